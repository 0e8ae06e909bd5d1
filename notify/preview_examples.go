package notify

import (
	"slices"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const (
	previewLook = 400 // notices that are looked through for an example
	previewRows = 12  // duties of an example at most
	previewLink = "xem-truoc"
	previewID   = 1 << 62
)

// examples are notices of the name, the newest first: those that would be told now, and those that would not any more. What a job writes
// is made up from the duties as they stand, so that there is an example before its first run.
func (p *pass) examples(tx ComposeReader, k kind, name PreviewName, reader tasks.Person) (live, past []tasks.Notice, err error) {
	if name.Kind == tasks.NoticeAccount {
		// The link of a real one is a secret, and gone when its mail is composed.
		return []tasks.Notice{{Kind: name.Kind, Event: name.Event, PersonID: reader.ID, Payload: previewLink, At: p.now}}, nil, nil
	}
	notices, err := tx.RecentNotices(name.Kind, name.Event, name.Role, previewLook)
	if err != nil {
		return nil, nil, err
	}
	if name.Kind == tasks.NoticeRollUp {
		notices = slices.DeleteFunc(notices, func(n tasks.Notice) bool {
			_, month := monthTold(n)
			return month != name.Month
		})
	}
	made, err := p.madeUp(tx, name, notices)
	if err != nil {
		return nil, nil, err
	}
	if len(made) > 0 {
		notices = made
	}
	notices, _ = supersede(reversed(notices), k.newest)
	live = reversed(notices)
	if k.void != nil {
		void, err := k.void(tx, live)
		if err != nil {
			return nil, nil, err
		}
		for _, n := range live {
			if slices.Contains(void, n.ID) {
				past = append(past, n)
			}
		}
		live = without(live, void)
	}
	return live[:min(len(live), previewRows)], past[:min(len(past), previewRows)], nil
}

func reversed(notices []tasks.Notice) []tasks.Notice {
	out := slices.Clone(notices)
	slices.Reverse(out)
	return out
}

// madeUp are notices as the jobs would write them, with identifiers above those of any row: reminders always, the mails of a week when its
// figures are there and it has not been told of yet. newest are those that were written, the newest first. None: those are the example.
func (p *pass) madeUp(tx ComposeReader, name PreviewName, newest []tasks.Notice) ([]tasks.Notice, error) {
	if name.Kind == tasks.NoticeReminder && name.Role == tasks.RoleFocal {
		return p.madeUpReminders(tx)
	}
	if name.Kind != tasks.NoticeDigest && (name.Kind != tasks.NoticeRollUp || name.Month) {
		return nil, nil
	}
	n := tasks.Notice{ID: previewID, Kind: name.Kind, Occurrence: p.today.Monday().String(), Day: p.today, At: p.now}
	if len(newest) > 0 && newest[0].Occurrence == n.Occurrence {
		return nil, nil
	}
	figures, err := tx.WeekFigures(p.today.Monday())
	if err != nil {
		return nil, err
	}
	if name.Kind == tasks.NoticeDigest {
		n.Subject, n.Role = tasks.Subject{Kind: tasks.SubjectProvince}, tasks.RoleLeader
		if len(figures) == 0 {
			return nil, nil
		}
		return []tasks.Notice{n}, nil
	}
	if len(figures) == 0 && len(newest) > 0 {
		return nil, nil
	}
	// An agency that leads something: that of the most urgent duty.
	rows, err := p.urgent(tx, calendar.Date{})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	n.AgencyID, n.Role = rows[0].Leads[0], tasks.RoleFocal
	n.Subject = tasks.Subject{Kind: tasks.SubjectAgency, ID: n.AgencyID}
	return []tasks.Notice{n}, nil
}

// madeUpReminders are of the duties of one agency that are late or due soon; where none is, of those that come next.
func (p *pass) madeUpReminders(tx ComposeReader) (notices []tasks.Notice, err error) {
	rows, err := p.urgent(tx, p.rules.SoonUntil(p.today))
	if err == nil && len(rows) == 0 {
		rows, err = p.urgent(tx, calendar.Date{})
	}
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	agency := rows[0].Leads[0]
	for _, row := range rows {
		if !row.LedBy(agency) {
			continue
		}
		notices = append(notices, tasks.Notice{
			ID: previewID + int64(len(notices)), Kind: tasks.NoticeReminder, AgencyID: agency, Role: tasks.RoleFocal, Day: p.today, At: p.now,
			Subject:    tasks.Subject{Kind: tasks.SubjectAssignment, ID: row.ID},
			Occurrence: occurrence(row.DueVersion, p.rules.Calendar.WorkingDays(row.Due, p.today)),
		})
		if len(notices) == previewRows {
			break
		}
	}
	return notices, nil
}

// urgent are open duties with a deadline and a lead, up to the day unless it is zero, the most urgent first.
func (p *pass) urgent(tx ComposeReader, until calendar.Date) ([]tasks.AssignmentRow, error) {
	page, err := tx.Assignments(tasks.AssignmentQuery{
		States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}, DueFrom: calendar.Date{Year: 1, Month: 1, Day: 1},
		DueTo: until, Sort: tasks.SortUrgent, Today: p.today, SoonUntil: p.rules.SoonUntil(p.today), Limit: tasks.MaxPage,
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(page.Rows, func(row tasks.AssignmentRow) bool { return row.Due.IsZero() || len(row.Leads) == 0 }), nil
}
