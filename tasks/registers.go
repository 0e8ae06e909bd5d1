package tasks

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// RegisterReader reads what a register says besides the assignments.
type RegisterReader interface {
	// ChangesSince lists the audit rows of each assignment from the instant on, the oldest first; those without any are left out.
	ChangesSince(assignments []int64, at time.Time) (map[int64][]AuditEntry, error)
	// LastReports answers the newest report of each assignment up to the day, without evidence; those without any are left out.
	LastReports(assignments []int64, to calendar.Date) (map[int64]Report, error)
}

// check refuses a span that is none.
func (q RegisterQuery) check() error {
	var f fields
	switch {
	case q.From.IsZero():
		f.add("from", "field.required")
	case q.To.IsZero():
		f.add("to", "field.required")
	case q.To.Before(q.From):
		f.add("to", "register.bad_span")
	case q.To.Year > q.From.Year+maxSpan:
		f.add("to", "register.long_span")
	}
	return f.err()
}

// maxSpan is how many years a register's span may reach into.
const maxSpan = 10

// Register answers one page of the register. Others than those who read all get the assignments in which an agency of theirs has a part.
func (s *Assignments) Register(ctx context.Context, actor Person, q RegisterQuery) (RegisterPage, error) {
	agencies, all := actor.Scope(ActionRegisterRead)
	if !all && len(agencies) == 0 {
		return RegisterPage{}, may(actor, ActionRegisterRead)
	}
	if err := q.check(); err != nil {
		return RegisterPage{}, err
	}
	page := RegisterPage{On: s.registerDay(q)}
	query := AssignmentQuery{
		DocumentID: q.DocumentID, AgencyID: q.AgencyID, Part: q.Part, Sort: SortIssued, After: q.After, Limit: pageSize(q.Limit),
		AssignedBefore: q.To.AddDays(1).Start(s.Rules.Location), OpenAfter: q.From.Start(s.Rules.Location), Today: page.On, SoonUntil: s.Rules.SoonUntil(page.On),
	}
	if !all {
		query.Visible = agencies
	}
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		found, err := tx.Assignments(query)
		if err != nil {
			return err
		}
		page.Next, page.Total = found.Next, found.Total
		page.Rows, err = s.registerRows(tx, found.Rows, q, page.On)
		return err
	})
	if err != nil {
		return RegisterPage{}, fmt.Errorf("read register from %s to %s: %w", q.From, q.To, err)
	}
	return page, nil
}

// registerDay is the day whose end a register shows.
func (s *Assignments) registerDay(q RegisterQuery) calendar.Date {
	if today := s.Rules.Day(s.Now()); today.Before(q.To) {
		return today
	}
	return q.To
}

// registerRows are the lines as they stood at the end of the day.
func (s *Assignments) registerRows(tx AssignmentReader, rows []AssignmentRow, q RegisterQuery, on calendar.Date) ([]RegisterRow, error) {
	ids := make([]int64, len(rows))
	for i, a := range rows {
		ids[i] = a.ID
	}
	reports, err := tx.LastReports(ids, on)
	if err != nil {
		return nil, err
	}
	changes, err := tx.ChangesSince(ids, on.AddDays(1).Start(s.Rules.Location))
	if err != nil {
		return nil, err
	}
	soon := s.Rules.SoonUntil(on)
	out := make([]RegisterRow, len(rows))
	for i, a := range rows {
		for _, e := range changes[a.ID] {
			// Of what came later the count of extensions still knows.
			if e.extends() && a.Extended > 0 {
				a.Extended--
			}
		}
		a.Assignment = a.asOf(changes[a.ID])
		last := reports[a.ID]
		if q.Outgoing && a.Restricted {
			// What was reported is kept as the duty's words are.
			a, last = a.Sealed(), Report{}
		}
		row := RegisterRow{AssignmentRow: a, Timeliness: a.Timeliness(on, soon), Last: last, Given: !s.Rules.Day(a.AssignedAt).Before(q.From)}
		if day := s.Rules.Day(a.CompletedAt); !a.CompletedAt.IsZero() && !day.After(on) {
			row.CompletedOn = day
		}
		out[i] = row
	}
	return out, nil
}

// extending are the steps by which a deadline may be extended: each that moves it is kept as an extension.
var extending = []string{
	"assignment.extension_granted", "assignment." + string(StepReturn), "assignment." + string(StepResume), "assignment." + string(StepCarry),
	"assignment." + string(StepReassign),
}

// extends tells whether the step extended the deadline.
func (e AuditEntry) extends() bool {
	if !slices.Contains(extending, e.Action) {
		return false
	}
	var was, is struct {
		Due string `json:"due"`
	}
	return json.Unmarshal([]byte(e.Before), &was) == nil && json.Unmarshal([]byte(e.After), &is) == nil && was.Due != is.Due
}

// RegisterSummary counts the whole register, page by page: each line once for all, and once for each agency that leads it.
func (s *Assignments) RegisterSummary(ctx context.Context, actor Person, q RegisterQuery) (RegisterSummary, error) {
	own, all := actor.Scope(ActionRegisterRead)
	sum := RegisterSummary{On: s.registerDay(q)}
	byAgency := make(map[int64]*RegisterFigures)
	q.After, q.Limit = "", MaxPage
	for {
		page, err := s.Register(ctx, actor, q)
		if err != nil {
			return RegisterSummary{}, err
		}
		for _, row := range page.Rows {
			sum.All.add(row, page.On)
			for _, lead := range row.Leads {
				if !all && !slices.Contains(own, lead) || q.AgencyID != 0 && lead != q.AgencyID {
					continue
				}
				if byAgency[lead] == nil {
					byAgency[lead] = new(RegisterFigures)
				}
				byAgency[lead].add(row, page.On)
			}
		}
		if page.Next == "" {
			break
		}
		q.After = page.Next
	}
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		agencies, err := tx.Agencies()
		for _, a := range agencies {
			if f := byAgency[a.ID]; f != nil {
				sum.Agencies = append(sum.Agencies, AgencyRegister{a, *f})
			}
		}
		return err
	})
	if err != nil {
		return RegisterSummary{}, fmt.Errorf("agencies of register: %w", err)
	}
	return sum, nil
}
