package tasks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"tiendo/tasks/calendar"
)

// Letters is the service of letters of reminder and criticism.
type Letters struct {
	Store  LetterStore
	Duties *Assignments // with the same database, files, rules and clock
}

// LateLine is an agency that is late, with what it was written before.
type LateLine struct {
	LateAgency
	Agency  Agency
	Days    int   // working days that its oldest is late
	Draft   int64 // its letter that is being prepared; 0: none
	Written AgencyLetters
}

// LateView is who is late by more than a limit.
type LateView struct {
	Beyond int
	On     calendar.Date
	DueTo  calendar.Date // the last deadline of what is late beyond the limit
	// Agencies begin with the one that has most.
	Agencies []LateLine
	Duties   int // of all, each once for each agency that leads it
}

// Late lists the agencies that lead duties late by more than so many working days today.
func (s *Letters) Late(ctx context.Context, actor Person, beyond int) (LateView, error) {
	if err := may(actor, ActionLetterRead); err != nil {
		return LateView{}, err
	}
	if beyond < 0 || beyond > MaxLateBeyond {
		return LateView{}, Invalid(FieldError{Field: "beyond", Key: "letters.bad_beyond", Args: []string{fmt.Sprint(MaxLateBeyond)}})
	}
	rules := s.Duties.Rules
	today := rules.Day(s.Duties.Now())
	v := LateView{Beyond: beyond, On: today, DueTo: rules.LateSince(today, beyond)}
	err := s.Store.View(ctx, func(tx LetterReader) error {
		v.Agencies, v.Duties = nil, 0
		late, err := tx.LateAgencies(v.DueTo)
		if err != nil || len(late) == 0 {
			return err
		}
		agencies, err := agencyMap(tx)
		if err != nil {
			return err
		}
		drafts, err := tx.LetterDrafts()
		if err != nil {
			return err
		}
		written, err := tx.AgencyLetters(calendar.Date{Year: today.Year, Month: 1, Day: 1})
		if err != nil {
			return err
		}
		for _, l := range late {
			v.Duties += l.Late
			v.Agencies = append(v.Agencies, LateLine{
				LateAgency: l, Agency: agencies[l.AgencyID], Days: rules.LateDays(l.Oldest, today), Draft: drafts[l.AgencyID], Written: written[l.AgencyID],
			})
		}
		slices.SortStableFunc(v.Agencies, func(a, b LateLine) int {
			return cmp.Or(cmp.Compare(b.Late, a.Late), a.Oldest.Compare(b.Oldest), cmp.Compare(a.AgencyID, b.AgencyID))
		})
		return nil
	})
	if err != nil {
		return LateView{}, fmt.Errorf("agencies late by more than %d days: %w", beyond, err)
	}
	return v, nil
}

// List answers one page of the register with the agencies by identifier: to whom all is open the drafts too, to others what their agencies
// were written.
func (s *Letters) List(ctx context.Context, actor Person, q LetterQuery) (page LetterPage, agencies map[int64]Agency, err error) {
	own, all := actor.Scope(ActionLetterRead)
	if !all && len(own) == 0 {
		return page, nil, may(actor, ActionLetterRead)
	}
	q.Limit = pageSize(q.Limit)
	err = s.Store.View(ctx, func(tx LetterReader) (err error) {
		if agencies, err = agencyMap(tx); err != nil {
			return err
		}
		if q.Visible = nil; !all {
			q.Visible = []int64{}
			for id := range agencies {
				if intersects(letterReaders(agencies, id), own) {
					q.Visible = append(q.Visible, id)
				}
			}
		}
		page, err = tx.Letters(q)
		return err
	})
	if err != nil {
		return page, nil, fmt.Errorf("list letters: %w", err)
	}
	return page, agencies, nil
}

// LetterLine is a duty of a letter as the actor may read it.
type LetterLine struct {
	LetterDuty
	Row AssignmentRow // without its words where he may not read them
	// Open tells that he may open the duty.
	Open bool
}

// LetterView is what the page of a letter shows.
type LetterView struct {
	Letter   Letter
	Agencies map[int64]Agency
	Lines    []LetterLine
	// Choices are, of a draft that the actor may change, the agency's duties that are late today, those that it lists among them; More tells
	// that there are others.
	Choices []LetterLine
	More    bool
	Files   []LetterFile
	People  map[int64]Person
	Trail   []AuditEntry // for those who read all
	// Unreached tells that nobody of the agency gets mail.
	Unreached bool
	Manages   bool
}

// Get reads a letter. A draft is for those alone who read all.
func (s *Letters) Get(ctx context.Context, actor Person, id int64) (LetterView, error) {
	var v LetterView
	err := s.Store.View(ctx, func(tx LetterReader) error {
		l, err := readableLetter(tx, actor, id)
		if err != nil {
			return err
		}
		v = LetterView{Letter: l, Manages: actor.Can(ActionLetterManage)}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		duties, err := tx.LetterDuties(id)
		if err != nil {
			return err
		}
		if v.Lines, err = s.lines(tx, actor, duties); err != nil {
			return err
		}
		if v.Files, err = tx.LetterFiles(id); err != nil {
			return err
		}
		reached, err := tx.ReachableAgencies()
		if err != nil {
			return err
		}
		v.Unreached = !reached[l.AgencyID]
		if l.State == LetterDraft && v.Manages {
			choices, more, err := s.choices(tx, l)
			if err != nil {
				return err
			}
			if v.Choices, err = s.lines(tx, actor, choices); err != nil {
				return err
			}
			v.More = more
		}
		if !actor.Can(ActionLetterRead) {
			return nil
		}
		if v.People, err = tx.PeopleByID([]int64{l.MadeBy, l.IssuedBy, l.WithdrawnBy}); err != nil {
			return err
		}
		v.Trail, err = tx.Trail(Subject{SubjectLetter, id}, DefaultPage)
		return err
	})
	if err != nil {
		return LetterView{}, fmt.Errorf("letter %d: %w", id, err)
	}
	return v, nil
}

// letterReaders are the agency to which a letter went and those that took over from it, one after the other.
func letterReaders(agencies map[int64]Agency, id int64) []int64 {
	ids := []int64{id}
	for next := agencies[id].SuccessorID; next != 0 && !slices.Contains(ids, next); next = agencies[next].SuccessorID {
		ids = append(ids, next)
	}
	return ids
}

// readableLetter reads a letter that the actor may know of: that to his agency, or to one from which it took over.
func readableLetter(tx LetterReader, actor Person, id int64) (Letter, error) {
	l, err := tx.Letter(id)
	if err != nil {
		return Letter{}, err
	}
	if actor.Can(ActionLetterRead) {
		return l, nil
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return Letter{}, err
	}
	if l.State == LetterDraft || !actor.CanOn(ActionLetterRead, letterReaders(agencies, l.AgencyID), nil) {
		return Letter{}, ErrNotFound
	}
	return l, nil
}

// lines are the duties as the actor may read them: what has gone over to another agency is no longer his to open.
func (s *Letters) lines(tx LetterReader, actor Person, duties []LetterDuty) ([]LetterLine, error) {
	ids := make([]int64, len(duties))
	for i, d := range duties {
		ids[i] = d.AssignmentID
	}
	rows, err := rowsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]LetterLine, len(duties))
	for i, d := range duties {
		row := rows[d.AssignmentID]
		open := actor.CanOn(ActionAssignmentRead, row.Leads, row.Cooperating)
		if !open || row.Restricted && !actor.CanOn(ActionRestrictedRead, row.Leads, row.Cooperating) {
			row = row.Sealed()
		}
		lines[i] = LetterLine{LetterDuty: d, Row: row, Open: open}
	}
	return lines, nil
}

// choices are the duties that the agency leads and that are late today by more than the letter's limit, as a letter of today lists them.
func (s *Letters) choices(tx LetterReader, l Letter) (list []LetterDuty, more bool, err error) {
	rules := s.Duties.Rules
	today := rules.Day(s.Duties.Now())
	page, err := tx.Assignments(AssignmentQuery{
		AgencyID: l.AgencyID, Part: PartLead, Timeliness: Overdue, DueTo: rules.LateSince(today, l.Beyond), Today: today, SoonUntil: rules.SoonUntil(today),
		Sort: SortUrgent, Limit: MaxLetterDuties,
	})
	if err != nil {
		return nil, false, err
	}
	for _, r := range page.Rows {
		list = append(list, LetterDuty{LetterID: l.ID, AssignmentID: r.ID, Due: r.Due, Late: rules.LateDays(r.Due, today)})
	}
	return list, page.Next != "", nil
}

// Counts counts the letters dated within the days by month, agency and kind, with the agencies by identifier.
func (s *Letters) Counts(ctx context.Context, actor Person, from, to calendar.Date) (counts []LetterCount, agencies map[int64]Agency, err error) {
	if err := may(actor, ActionLetterRead); err != nil {
		return nil, nil, err
	}
	err = s.Store.View(ctx, func(tx LetterReader) (err error) {
		if agencies, err = agencyMap(tx); err != nil {
			return err
		}
		counts, err = tx.LetterCounts(from, to)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("count letters from %s to %s: %w", from, to, err)
	}
	return counts, agencies, nil
}

// OpenFile opens a signed copy for those who may read the letter. The caller closes it.
func (s *Letters) OpenFile(ctx context.Context, actor Person, id, fileID int64) (Attachment, io.ReadSeekCloser, error) {
	var a Attachment
	err := s.Store.View(ctx, func(tx LetterReader) error {
		if _, err := readableLetter(tx, actor, id); err != nil {
			return err
		}
		files, err := tx.LetterFiles(id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(files, func(f LetterFile) bool { return f.ID == fileID })
		if i < 0 {
			return ErrNotFound
		}
		a = files[i].Attachment
		return nil
	})
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("file %d of letter %d: %w", fileID, id, err)
	}
	f, err := s.Duties.Files.Open(a.Hash)
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("file %d of letter %d: %w", fileID, id, err)
	}
	return a, f, nil
}

// lettersOn are the letters on a duty as the actor may know of them: an agency knows what it was written itself.
func lettersOn(tx AssignmentReader, actor Person, a Assignment) ([]DutyLetter, error) {
	list, err := tx.LettersOn(a.ID)
	if err != nil || len(list) == 0 || actor.Can(ActionLetterRead) {
		return list, err
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(l DutyLetter) bool {
		return !actor.CanOn(ActionLetterRead, letterReaders(agencies, l.AgencyID), nil)
	}), nil
}

// newestHead is the head with which the letter before went, or the one that is given.
func newestHead(tx LetterReader, usual LetterHead) (LetterHead, error) {
	head, err := tx.NewestLetterHead()
	if errors.Is(err, ErrNotFound) {
		return usual, nil
	}
	return head, err
}
