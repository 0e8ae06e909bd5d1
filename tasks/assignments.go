package tasks

import (
	"context"
	"fmt"
	"io"
	"slices"
)

// Assignments is the service of assignments: lists, reports, decisions.
type Assignments struct {
	Store AssignmentStore
	Files FileStore
	Rules Rules
	Now   Clock // business
}

// List answers one page of the assignments that the actor may see.
func (s *Assignments) List(ctx context.Context, actor Person, q AssignmentQuery) (AssignmentPage, error) {
	pages, err := s.Lists(ctx, actor, []AssignmentQuery{q})
	if err != nil {
		return AssignmentPage{}, err
	}
	return pages[0], nil
}

// Lists answers one page of each of several lists at once, as List does.
func (s *Assignments) Lists(ctx context.Context, actor Person, queries []AssignmentQuery) ([]AssignmentPage, error) {
	agencies, all := actor.Scope(ActionAssignmentRead)
	if !all && len(agencies) == 0 {
		return make([]AssignmentPage, len(queries)), may(actor, ActionAssignmentList)
	}
	today := s.Rules.Day(s.Now())
	soon := s.Rules.SoonUntil(today)
	pages := make([]AssignmentPage, len(queries))
	var asked []AssignmentQuery
	var at []int
	for i, q := range queries {
		q.Visible = nil
		if !all {
			// Of other agencies nobody learns whether mails reach them.
			q.Visible, q.Unreached = agencies, false
		}
		if len(q.States) > 0 {
			if q.States = distinctStates(q.States); len(q.States) == 0 {
				continue // there are no such assignments
			}
		}
		q.Today, q.SoonUntil, q.Limit = today, soon, pageSize(q.Limit)
		q.spans(s.Rules.Location)
		asked, at = append(asked, q), append(at, i)
	}
	if len(asked) == 0 {
		return pages, nil
	}
	var found []AssignmentPage
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		found, err = tx.AssignmentPages(asked)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list assignments: %w", err)
	}
	for n, i := range at {
		pages[i] = found[n]
	}
	return pages, nil
}

// distinctStates are the states that exist, each once: an address may name any, any number of times.
func distinctStates(states []State) []State {
	var out []State
	for _, s := range States {
		if slices.Contains(states, s) {
			out = append(out, s)
		}
	}
	return out
}

// Figures counts the assignments of an agency (0: the province) today. Those of an agency are for its own people and for those who
// see the whole province.
func (s *Assignments) Figures(ctx context.Context, actor Person, agencyID int64) (Figures, error) {
	agencies, all := actor.Scope(ActionAssignmentRead)
	if !all && !slices.Contains(agencies, agencyID) {
		return Figures{}, E(CodeForbidden, "error.forbidden")
	}
	q := s.Rules.figureQuery(s.Rules.Day(s.Now()))
	q.AgencyID = agencyID
	var f Figures
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		f, err = tx.Figures(q)
		return err
	})
	if err != nil {
		return Figures{}, fmt.Errorf("figures of agency %d: %w", agencyID, err)
	}
	return f, nil
}

// AssignmentView is one assignment with everything that its page shows, and what the actor may do to it now.
type AssignmentView struct {
	Setting
	File       DocumentFile  // the file in which the duty stands; zero when it was typed
	Source     []SourceBlock // the duty's block with its neighbours
	Reports    []Report
	Notes      []CadenceNote
	Extensions []Extension  // the newest first
	Pauses     []Pause      // the newest first
	Declines   []Decline    // the newest first
	Remarks    []RemarkLine // what leaders said, the newest first
	// Contributions are the parts of cooperating agencies that the actor may see, the newest first.
	Contributions []ContributionLine
	// Series is that of a recurring duty; nil of one that does not recur.
	Series *Series
	// Letters are those of reminder and criticism that list it, as far as the actor may know, the newest first.
	Letters    []DutyLetter
	Trail      []AuditEntry
	People     map[int64]Person
	Timeliness Timeliness
	MayReport  bool
	// AsksHead tells that a submission of the actor has to be approved by his agency's head first.
	AsksHead bool
	// MayDecide is the secretariat's; OwnReport tells that he reported himself and somebody else must decide.
	MayDecide bool
	OwnReport bool
}

// Waiting is the submission that waits for a decision; ok is false when there is none. That of a duty that ended before it was decided
// on waits no more.
func (v AssignmentView) Waiting() (Report, bool) {
	if v.Assignment.State != StateSubmitted {
		return Report{}, false
	}
	return waiting(v.Reports)
}

// WaitingExtension is the request for a later deadline that waits for a decision; ok is false when there is none, or the duty has ended.
func (v AssignmentView) WaitingExtension() (Extension, bool) {
	return pendingExtension(v.Assignment, v.Extensions)
}

func waiting(reports []Report) (Report, bool) {
	for _, r := range reports {
		if r.Kind == ReportSubmission && r.Outcome == "" {
			return r, true
		}
	}
	return Report{}, false
}

// Get reads one assignment. To those whose agencies have no part in it, it does not exist.
func (s *Assignments) Get(ctx context.Context, actor Person, id int64) (AssignmentView, error) {
	var v AssignmentView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Setting, err = setting(tx, actor, id); err != nil {
			return err
		}
		if v.Reports, err = tx.Reports(id); err != nil {
			return err
		}
		if v.Notes, err = tx.CadenceNotes(id); err != nil {
			return err
		}
		if v.Extensions, err = tx.Extensions(id); err != nil {
			return err
		}
		if v.Pauses, err = tx.Pauses(id); err != nil {
			return err
		}
		if v.Declines, err = tx.Declines(id); err != nil {
			return err
		}
		if v.Remarks, err = remarkLines(tx, actor, v.Assignment); err != nil {
			return err
		}
		if v.Contributions, err = s.contributionLines(tx, actor, v.Assignment); err != nil {
			return err
		}
		if v.Series, err = seriesOf(tx, v.Assignment); err != nil {
			return err
		}
		if v.Letters, err = lettersOn(tx, actor, v.Assignment); err != nil {
			return err
		}
		if v.Trail, err = tx.Trail(Subject{SubjectAssignment, id}, 200); err != nil {
			return err
		}
		if v.Trail, err = seenTrail(tx, actor, v.Assignment, v.Trail); err != nil {
			return err
		}
		files, err := tx.DocumentFiles(v.Document.ID, true)
		if err != nil {
			return err
		}
		closed, err := filesClosed(tx, actor, v.Document.ID)
		if err != nil {
			return err
		}
		// What stands beside the duty may be a restricted one.
		if v.File, v.Source = surroundings(files, v.Task.Source); closed {
			v.File, v.Source, v.Task.Source = DocumentFile{}, nil, Place{}
		}
		if agency := reportsFor(actor, v.Assignment); agency != 0 {
			if v.AsksHead, err = asksHead(tx, actor, agency); err != nil {
				return err
			}
		}
		v.Reports = slices.DeleteFunc(v.Reports, func(r Report) bool { return r.hiddenFrom(actor) })
		v.People, err = tx.PeopleByID(slices.Concat(peopleOf(v.Reports), LifeView{Pauses: v.Pauses, Declines: v.Declines}.people(), remarkPeople(v.Remarks), contributionPeople(v.Contributions), followerIDs(v.Assignment.Followers)))
		return err
	})
	if err != nil {
		return AssignmentView{}, fmt.Errorf("read assignment %d: %w", id, err)
	}
	today := s.Rules.Day(s.Now())
	a := v.Assignment
	v.Timeliness = a.Timeliness(today, s.Rules.SoonUntil(today))
	v.MayReport = actor.CanOn(ActionReport, a.Leads, a.Cooperating)
	v.MayDecide = actor.CanOn(ActionDecide, a.Leads, a.Cooperating)
	if r, ok := v.Waiting(); ok {
		v.OwnReport = r.By(actor)
	}
	return v, nil
}

// visible loads an assignment that the actor may see; another does not exist for him.
func visible(tx AssignmentReader, actor Person, id int64) (Assignment, error) {
	a, err := tx.Assignment(id)
	if err != nil {
		return Assignment{}, err
	}
	if !actor.CanOn(ActionAssignmentRead, a.Leads, a.Cooperating) {
		return Assignment{}, ErrNotFound
	}
	return a, nil
}

// surroundings picks the block in which a duty stands with the one before and the one behind; of a table only its row.
func surroundings(files []DocumentFile, p Place) (DocumentFile, []SourceBlock) {
	if p.Block == 0 || p.File < 0 || p.File >= len(files) {
		return DocumentFile{}, nil
	}
	f := files[p.File]
	blocks := f.Blocks
	f.Blocks = nil
	i := slices.IndexFunc(blocks, func(b SourceBlock) bool { return b.Block == p.Block })
	if i < 0 {
		return f, nil
	}
	if p.Row != 0 {
		b := blocks[i]
		b.Rows = slices.DeleteFunc(slices.Clone(b.Rows), func(r SourceRow) bool { return r.Row != p.Row })
		return f, []SourceBlock{b}
	}
	var out []SourceBlock
	for _, b := range blocks[max(0, i-1):min(len(blocks), i+2)] {
		if len(b.Rows) == 0 {
			out = append(out, b)
		}
	}
	return f, out
}

func peopleOf(reports []Report) []int64 {
	var ids []int64
	for _, r := range reports {
		for _, id := range []int64{r.PersonID, r.DecidedBy, r.ApprovedBy, r.Judged.By} {
			if id != 0 && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// OpenEvidence opens a file of a report on an assignment that the actor may see. The caller closes it.
func (s *Assignments) OpenEvidence(ctx context.Context, actor Person, attachmentID int64) (Attachment, io.ReadSeekCloser, error) {
	var a Attachment
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if a, err = tx.Attachment(attachmentID); err != nil {
			return err
		}
		if a.ReportID == 0 {
			return ErrNotFound
		}
		r, err := tx.Report(a.ReportID)
		if err != nil {
			return err
		}
		_, err = visible(tx, actor, r.AssignmentID)
		if err == nil && r.hiddenFrom(actor) {
			return ErrNotFound
		}
		return err
	})
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("open evidence %d: %w", attachmentID, err)
	}
	f, err := s.Files.Open(a.Hash)
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("open evidence %d: %w", attachmentID, err)
	}
	return a, f, nil
}
