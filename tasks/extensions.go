package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
)

// ExtensionReader reads requests for later deadlines and corrections of mistyped ones.
type ExtensionReader interface {
	// Extensions lists the requests of an assignment, the newest first.
	Extensions(assignmentID int64) ([]Extension, error)
	// DeadlineCorrections lists the corrections of an assignment, the newest first.
	DeadlineCorrections(assignmentID int64) ([]DeadlineCorrection, error)
	// WaitingExtensions lists the requests that wait for a decision on duties that are neither completed nor cancelled, the oldest
	// first: at most limit with an identifier above after.
	WaitingExtensions(after int64, limit int) ([]Extension, error)
	AssignmentRows(ids []int64) ([]AssignmentRow, error)
}

// ExtensionWriter writes them. A second request that waits on the same assignment is a conflict.
type ExtensionWriter interface {
	InsertExtension(x Extension) (int64, error)
	UpdateExtension(x Extension) error // its outcome and decision
	InsertDeadlineCorrection(c DeadlineCorrection) (int64, error)
}

// moved is what a step about a deadline leaves in the trail, and what agencies are told of it; event is "" when none are.
type moved struct {
	agencyID          int64
	after             map[string]any
	event, occurrence string
	to                []int64
}

func deadlineFixed(a Assignment) error {
	return E(CodeConflict, "extension.not_in_state", "state."+string(a.State))
}

func parties(a Assignment) []int64 { return slices.Concat(a.Leads, a.Cooperating) }

// stepExtensionWithdrawn needs no deadline: a request that waits on a duty without one can still be taken back.
const stepExtensionWithdrawn = "extension_withdrawn"

// moveDeadline runs one step about an assignment's deadline: it authorises, loads, lets fn change what belongs to the step, saves, and
// writes the audit row and what agencies must be told. The assignment gets a new version, so that of two people one wins.
func (s *Assignments) moveDeadline(ctx context.Context, actor Person, id, version int64, action Action, step string,
	fn func(tx AssignmentTx, a *Assignment) (moved, error),
) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		a, err := acting(tx, actor, id, version, action)
		if err != nil {
			return err
		}
		if a.Due.IsZero() && step != stepExtensionWithdrawn {
			return E(CodeConflict, "extension.no_deadline")
		}
		before := a
		m, err := fn(tx, &a)
		if err != nil {
			return err
		}
		if err := tx.UpdateAssignment(a); err != nil {
			return err
		}
		row := entry(s.Now(), actor, "assignment."+step, Subject{SubjectAssignment, id})
		row.AgencyID = m.agencyID
		row.Before, row.After = encode(deadlineValues(before)), merge(deadlineValues(a), encode(m.after))
		if _, err := tx.Audit(row); err != nil {
			return err
		}
		return s.tellDeadline(tx, a, m)
	})
	if err != nil {
		return fmt.Errorf("%s of assignment %d: %w", step, id, err)
	}
	return nil
}

func deadlineValues(a Assignment) map[string]any {
	v := stateValues(a)
	v["due_version"], v["first_due"] = a.DueVersion, a.First().String()
	return v
}

func (s *Assignments) tellDeadline(tx AssignmentTx, a Assignment, m moved) error {
	if m.event == "" || a.ended() {
		return nil
	}
	now := s.Now()
	for _, agency := range m.to {
		err := tx.AddNotice(Notice{
			Kind: NoticeEvent, Event: m.event, Subject: Subject{SubjectAssignment, a.ID}, AgencyID: agency, Role: RoleFocal,
			Occurrence: m.occurrence, Day: s.Rules.Day(now), At: now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// notOwn refuses somebody who reported on the assignment himself or asked for a later deadline of it.
func notOwn(tx AssignmentReader, actor Person, a Assignment) error {
	own, err := ownDeadline(tx, actor, a.ID)
	if err == nil && own {
		err = E(CodeForbidden, "extension.own")
	}
	return err
}

func ownDeadline(tx AssignmentReader, actor Person, id int64) (bool, error) {
	if actor.IsSystem() {
		return false, nil
	}
	reports, err := tx.Reports(id)
	if err != nil {
		return false, err
	}
	asked, err := tx.Extensions(id)
	if err != nil || slices.ContainsFunc(reports, func(r Report) bool { return r.By(actor) }) ||
		slices.ContainsFunc(asked, func(x Extension) bool { return x.Origin == "" && actor.Is(x.PersonID) }) {
		return err == nil, err
	}
	return representedOn(tx, actor, id)
}

// AskExtension asks for a later deadline of a duty that is still owed. One request waits at a time; the clock runs on.
func (s *Assignments) AskExtension(ctx context.Context, actor Person, id int64, in ExtensionInput) error {
	return s.moveDeadline(ctx, actor, id, in.Version, ActionExtensionAsk, "extension_asked", func(tx AssignmentTx, a *Assignment) (moved, error) {
		if !a.State.Open() {
			return moved{}, deadlineFixed(*a)
		}
		list, err := tx.Extensions(a.ID)
		if err != nil {
			return moved{}, err
		}
		if _, waits := waitingExtension(list); waits {
			return moved{}, E(CodeConflict, "extension.one_waits")
		}
		agency := reportsFor(actor, *a)
		if agency == 0 {
			return moved{}, E(CodeForbidden, "error.forbidden")
		}
		now := s.Now()
		in, err := in.check(*a, s.Rules.Day(now))
		if err != nil {
			return moved{}, err
		}
		x := Extension{
			AssignmentID: a.ID, AgencyID: agency, PersonID: actor.ID, Was: a.Due, Asked: in.Due, Reason: in.Reason, Document: in.Document, At: now,
		}
		if x.ID, err = tx.InsertExtension(x); err != nil {
			return moved{}, err
		}
		return moved{agencyID: agency, after: map[string]any{
			"extension": x.ID, "asked": x.Asked.String(), "reason": x.Reason, "document": x.Document,
		}}, nil
	})
}

// WithdrawExtension takes back the request that waits. Anyone who may ask for the lead may take it back.
func (s *Assignments) WithdrawExtension(ctx context.Context, actor Person, id, version int64) error {
	return s.moveDeadline(ctx, actor, id, version, ActionExtensionAsk, stepExtensionWithdrawn, func(tx AssignmentTx, a *Assignment) (moved, error) {
		x, err := requested(tx, a.ID)
		if err != nil {
			return moved{}, err
		}
		x.Outcome, x.DecidedBy, x.DecidedAt = ExtensionWithdrawn, actor.ID, s.Now()
		return moved{agencyID: reportsFor(actor, *a), after: map[string]any{"extension": x.ID}}, tx.UpdateExtension(x)
	})
}

func requested(tx AssignmentReader, id int64) (Extension, error) {
	list, err := tx.Extensions(id)
	if err != nil {
		return Extension{}, err
	}
	x, ok := waitingExtension(list)
	if !ok {
		return Extension{}, E(CodeConflict, "extension.none_waits")
	}
	return x, nil
}

// DecideExtension grants the request that waits, with the date asked for or another, or refuses it with a reason. Granting makes a new
// version of the deadline and tells the lead and cooperating agencies; the first deadline stays. Nobody decides on what he himself
// reported on or asked for.
func (s *Assignments) DecideExtension(ctx context.Context, actor Person, id int64, in ExtensionDecision) error {
	step, event := "extension_refused", EventExtensionRefused
	if in.Grant {
		step, event = "extension_granted", EventExtensionGranted
	}
	return s.moveDeadline(ctx, actor, id, in.Version, ActionExtensionDecide, step, func(tx AssignmentTx, a *Assignment) (moved, error) {
		if a.ended() {
			return moved{}, deadlineFixed(*a)
		}
		x, err := requested(tx, a.ID)
		if err != nil {
			return moved{}, err
		}
		if err := notOwn(tx, actor, *a); err != nil {
			return moved{}, err
		}
		d, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return moved{}, err
		}
		in, err := in.check(*a, s.needsAuthority(actor, d))
		if err != nil {
			return moved{}, err
		}
		now := s.Now()
		x.Outcome, x.DecidedBy, x.DecidedAt = ExtensionRefused, actor.ID, now
		x.Authority, x.Decision, x.Answer = in.Authority, in.Document, in.Answer
		to := a.Leads
		if in.Grant {
			x.Outcome, x.Granted, to = ExtensionGranted, in.Due, parties(*a)
			a.setDue(in.Due, s.Rules.Day(now))
		}
		return moved{
			after: map[string]any{"extension": x.ID, "authority": x.Authority, "document": x.Decision, "reason": x.Answer},
			event: event, occurrence: "x" + strconv.FormatInt(x.ID, 10), to: to,
		}, tx.UpdateExtension(x)
	})
}

// needsAuthority tells whether the actor can only record another's word on the document's deadlines.
func (s *Assignments) needsAuthority(actor Person, d Document) bool {
	return s.Rules.ExtensionBy(d.Kind) == RoleLeader && !actor.Has(RoleLeader)
}

// DeadlineView is the deadline of one assignment with all that moved it, and what the actor may do about it now.
type DeadlineView struct {
	Setting
	Extensions  []Extension          // the newest first
	Corrections []DeadlineCorrection // the newest first
	People      map[int64]Person
	MayAsk      bool
	MayWithdraw bool
	MayDecide   bool
	MayCorrect  bool
	// Own tells that he reported on it or asked himself, so that somebody else must decide or correct.
	Own bool
	// NeedsAuthority tells that he can only record a leader's word.
	NeedsAuthority bool
}

// Waiting is the request that waits for a decision; ok is false when there is none. That of a duty that has ended waits no more, unless
// it is reopened.
func (v DeadlineView) Waiting() (Extension, bool) {
	return pendingExtension(v.Assignment, v.Extensions)
}

// Deadline reads the deadline of one assignment. To those whose agencies have no part in it, it does not exist.
func (s *Assignments) Deadline(ctx context.Context, actor Person, id int64) (DeadlineView, error) {
	var v DeadlineView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Setting, err = setting(tx, actor, id); err != nil {
			return err
		}
		if v.Extensions, err = tx.Extensions(id); err != nil {
			return err
		}
		if v.Corrections, err = tx.DeadlineCorrections(id); err != nil {
			return err
		}
		if v.Own, err = ownDeadline(tx, actor, id); err != nil {
			return err
		}
		v.People, err = tx.PeopleByID(v.people())
		return err
	})
	if err != nil {
		return DeadlineView{}, fmt.Errorf("deadline of assignment %d: %w", id, err)
	}
	a := v.Assignment
	may := func(action Action) bool { return !a.Due.IsZero() && actor.CanOn(action, a.Leads, a.Cooperating) }
	_, waits := v.Waiting()
	asks := actor.CanOn(ActionExtensionAsk, a.Leads, a.Cooperating) && reportsFor(actor, a) != 0
	v.MayAsk, v.MayWithdraw = asks && !a.Due.IsZero() && a.State.Open() && !waits, asks && waits
	v.MayDecide = may(ActionExtensionDecide) && waits
	v.MayCorrect = may(ActionDeadlineCorrect) && a.State != StateCancelled
	v.NeedsAuthority = s.needsAuthority(actor, v.Document)
	return v, nil
}

func (v DeadlineView) people() []int64 {
	var ids []int64
	add := func(id int64) {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, x := range v.Extensions {
		add(x.PersonID)
		add(x.DecidedBy)
	}
	for _, c := range v.Corrections {
		add(c.PersonID)
	}
	return ids
}

// WaitingExtension is a request that waits for a decision, with the line of its duty.
type WaitingExtension struct {
	Extension
	Row AssignmentRow
}

// WaitingExtensions lists the requests that are put before the actor, the oldest first: at most limit, behind the one with the
// identifier after; more tells that there are others of them. A leader may decide on all, but is asked only about those that the settings
// leave to him.
func (s *Assignments) WaitingExtensions(ctx context.Context, actor Person, after int64, limit int) (list []WaitingExtension, more bool, err error) {
	if err := may(actor, ActionExtensionDecide); err != nil {
		return nil, false, err
	}
	err = s.Store.View(ctx, func(tx AssignmentReader) error {
		for {
			page, err := tx.WaitingExtensions(after, limit+1)
			if err != nil {
				return err
			}
			ids := make([]int64, len(page))
			for i, x := range page {
				ids[i] = x.AssignmentID
			}
			rows, err := tx.AssignmentRows(ids)
			if err != nil {
				return err
			}
			for i, x := range page {
				after = x.ID
				if !s.decides(actor, rows[i].DocumentKind) {
					continue
				}
				if len(list) == limit {
					more = true
					return nil
				}
				list = append(list, WaitingExtension{x, rows[i]})
			}
			if len(page) <= limit {
				return nil
			}
		}
	})
	if err != nil {
		return nil, false, fmt.Errorf("waiting extensions: %w", err)
	}
	return list, more, nil
}

// decides tells whether requests on the duties of a document of the kind are put before the actor: all before the secretariat, which
// records what a leader says, and before a leader those that are his.
func (s *Assignments) decides(actor Person, kind DocumentKind) bool {
	return actor.IsSystem() || actor.Has(RoleSecretariat) || s.Rules.ExtensionBy(kind) == RoleLeader
}
