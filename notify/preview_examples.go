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
	if name.Kind == tasks.NoticeReminder && name.Role == tasks.RoleFocal || name.Kind == tasks.NoticeRollUp && !name.Month && len(notices) == 0 {
		made, err := p.madeUp(tx, name)
		if err != nil {
			return nil, nil, err
		}
		if len(made) > 0 {
			notices = made
		}
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

// madeUp are notices as the jobs would write them of the most urgent duties of one agency. Their identifiers are above those of any row.
func (p *pass) madeUp(tx ComposeReader, name PreviewName) (notices []tasks.Notice, err error) {
	page, err := tx.Assignments(tasks.AssignmentQuery{
		States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}, DueFrom: calendar.Date{Year: 1, Month: 1, Day: 1},
		Sort: tasks.SortUrgent, Today: p.today, SoonUntil: p.rules.SoonUntil(p.today), Limit: tasks.MaxPage,
	})
	if err != nil {
		return nil, err
	}
	var agency int64
	for _, row := range page.Rows {
		if row.Due.IsZero() || len(row.Leads) == 0 || agency != 0 && !row.LedBy(agency) {
			continue
		}
		if agency == 0 {
			agency = row.Leads[0]
		}
		n := tasks.Notice{ID: previewID + int64(len(notices)), Kind: name.Kind, AgencyID: agency, Role: tasks.RoleFocal, Day: p.today, At: p.now}
		if name.Kind == tasks.NoticeRollUp {
			n.Subject, n.Occurrence = tasks.Subject{Kind: tasks.SubjectAgency, ID: agency}, p.today.Monday().String()
			return []tasks.Notice{n}, nil
		}
		n.Subject = tasks.Subject{Kind: tasks.SubjectAssignment, ID: row.ID}
		n.Occurrence = occurrence(row.DueVersion, p.rules.Calendar.WorkingDays(row.Due, p.today))
		if notices = append(notices, n); len(notices) == previewRows {
			break
		}
	}
	return notices, nil
}
