package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// Weeks is the service of the weekly figures: Monday's freeze and the leaders' page.
type Weeks struct {
	Store WeekStore
	Rules Rules
	Now   Clock // business
	// Ladder says, where no other is set, from when on a late duty is for the leaders to decide on.
	Ladder Ladder
	// Digests is when the next digest goes behind an instant, zero: none does; ForewordBefore is how long before it the secretariat's
	// words for it are closed. nil: no words are taken.
	Digests        func(after time.Time) time.Time
	ForewordBefore time.Duration
}

// WorstLate is how many late duties a week keeps and its digest shows.
const WorstLate = 5

func (r Rules) figureQuery(today calendar.Date) FigureQuery {
	return FigureQuery{Today: today, SoonUntil: r.SoonUntil(today), WeekEnd: today.Monday().AddDays(6)}
}

// AgencyWeek is one agency's line.
type AgencyWeek struct {
	Agency Agency
	Figures
}

// Week is what the leaders' page and the digest show.
type Week struct {
	Monday   calendar.Date
	Frozen   bool // false: as of now, because no Monday has been frozen yet
	Province Figures
	Before   *Figures // of the Monday before; nil when it was not frozen
	Agencies []AgencyWeek
	Worst    []LateRow
	// Lists are what the week keeps beside its figures; none of a week that is as of now, or older than they are.
	Lists    map[WeekList]WeekSection
	Foreword Foreword
	// Documents counts the issued documents of a week that is as of now; no Monday keeps their number.
	Documents int
}

// LateRow is one of the worst late duties.
type LateRow struct {
	AssignmentRow
	DaysLate int // working days
}

// Freeze stores the figures of a Monday, by agency and for the province, with the worst late duties, and seals the trail. A Monday that
// is stored already stays as it is; of another day it is the week's Monday that is meant.
func (s *Weeks) Freeze(ctx context.Context, monday calendar.Date) error {
	monday = monday.Monday()
	if err := s.seal(ctx, monday); err != nil {
		return fmt.Errorf("seal week of %s: %w", monday, err)
	}
	err := s.Store.Update(ctx, func(tx WeekTx) error {
		frozen, err := tx.WeekFigures(monday)
		if err != nil || len(frozen) > 0 {
			return err
		}
		w, err := s.current(tx, monday)
		if err != nil {
			return err
		}
		figures := []WeekFigures{{Monday: monday, Figures: w.Province}}
		for _, a := range w.Agencies {
			figures = append(figures, WeekFigures{Monday: monday, AgencyID: a.Agency.ID, Figures: a.Figures})
		}
		worst := make([]LateDuty, len(w.Worst))
		for i, row := range w.Worst {
			worst[i] = LateDuty{AssignmentID: row.ID, DaysLate: row.DaysLate}
		}
		if err := tx.FreezeWeek(figures, worst); err != nil {
			return err
		}
		if w.Lists, err = s.lists(tx, monday); err != nil {
			return err
		}
		return keepLists(tx, w)
	})
	if err != nil {
		return fmt.Errorf("freeze week of %s: %w", monday, err)
	}
	return nil
}

// current reckons the week as of its day.
func (s *Weeks) current(tx WeekReader, day calendar.Date) (Week, error) {
	q := s.Rules.figureQuery(day)
	w := Week{Monday: day.Monday()}
	var err error
	if w.Province, err = tx.Figures(q); err != nil {
		return Week{}, err
	}
	byAgency, err := tx.AgencyFigures(q)
	if err != nil {
		return Week{}, err
	}
	if w.Agencies, err = agencyWeeks(tx, byAgency); err != nil {
		return Week{}, err
	}
	page, err := tx.Assignments(AssignmentQuery{
		Timeliness: Overdue, Today: q.Today, SoonUntil: q.SoonUntil, Sort: SortUrgent, Limit: WorstLate,
	})
	if err != nil {
		return Week{}, err
	}
	for _, row := range page.Rows {
		w.Worst = append(w.Worst, LateRow{row, s.Rules.Calendar.WorkingDays(row.Due, day)})
	}
	return w, nil
}

// agencyWeeks orders agencies as a leader wants them: the most overdue first, then the largest, then by name as the directory has them.
func agencyWeeks(tx DirectoryReader, figures map[int64]Figures) ([]AgencyWeek, error) {
	agencies, err := tx.Agencies()
	if err != nil {
		return nil, err
	}
	var out []AgencyWeek
	for _, a := range agencies {
		if f, ok := figures[a.ID]; ok {
			out = append(out, AgencyWeek{a, f})
		}
	}
	slices.SortStableFunc(out, func(a, b AgencyWeek) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.All, a.All))
	})
	return out, nil
}

// Get reads a week as it was frozen. A zero monday asks for the latest; when none is frozen yet the week is as of now.
func (s *Weeks) Get(ctx context.Context, actor Person, monday calendar.Date) (Week, error) {
	if err := may(actor, ActionWeekRead); err != nil {
		return Week{}, err
	}
	var w Week
	err := s.Store.View(ctx, func(tx WeekReader) (err error) {
		today := s.Rules.Day(s.Now())
		if monday.IsZero() {
			if monday, err = tx.LatestMonday(today); err != nil {
				return err
			}
			if monday.IsZero() {
				if w, err = s.current(tx, today); err != nil {
					return err
				}
				w.Documents, err = tx.CountDocuments()
				return err
			}
		}
		w, err = FrozenWeek(tx, monday)
		return err
	})
	if err != nil {
		return Week{}, fmt.Errorf("read week of %s: %w", monday, err)
	}
	return w, nil
}

// FrozenWeek reads a week as it was frozen, for those who hold a reader: the page and the digest show the same.
func FrozenWeek(tx FrozenWeekReader, monday calendar.Date) (Week, error) {
	frozen, err := tx.WeekFigures(monday)
	if err != nil {
		return Week{}, err
	}
	if len(frozen) == 0 {
		return Week{}, ErrNotFound
	}
	w := Week{Monday: monday, Frozen: true}
	byAgency := make(map[int64]Figures)
	for _, f := range frozen {
		if f.AgencyID == 0 {
			w.Province = f.Figures
		} else {
			byAgency[f.AgencyID] = f.Figures
		}
	}
	if w.Agencies, err = agencyWeeks(tx, byAgency); err != nil {
		return Week{}, err
	}
	before, err := tx.WeekFigures(monday.AddDays(-7))
	if err != nil {
		return Week{}, err
	}
	for _, f := range before {
		if f.AgencyID == 0 {
			w.Before = &f.Figures
		}
	}
	late, err := tx.LateDuties(monday)
	if err != nil {
		return Week{}, err
	}
	if w.Worst, err = lateRows(tx, late); err != nil {
		return Week{}, err
	}
	return w, frozenLists(tx, &w)
}

func lateRows(tx FrozenWeekReader, late []LateDuty) ([]LateRow, error) {
	ids := make([]int64, len(late))
	for i, l := range late {
		ids[i] = l.AssignmentID
	}
	rows, err := rowsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	var out []LateRow
	for _, l := range late {
		if row, ok := rows[l.AssignmentID]; ok {
			out = append(out, LateRow{row, l.DaysLate})
		}
	}
	return out, nil
}

// WithPredecessors answers the agencies' figures as of now, each with those of the agencies that it took over from: how they would stand had
// the work always been under its name. An assignment that two of them led counts once.
func (s *Weeks) WithPredecessors(ctx context.Context, actor Person) ([]AgencyWeek, error) {
	if err := may(actor, ActionWeekRead); err != nil {
		return nil, err
	}
	var out []AgencyWeek
	err := s.Store.View(ctx, func(tx WeekReader) error {
		q := s.Rules.figureQuery(s.Rules.Day(s.Now()))
		q.Heirs = true
		figures, err := tx.AgencyFigures(q)
		if err != nil {
			return err
		}
		out, err = agencyWeeks(tx, figures)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("figures with predecessors: %w", err)
	}
	return out, nil
}
