package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// The forms of the page on which a duty is held, taken back or let go on.
const (
	formHold    = "hold"
	formResume  = "resume"
	formCancel  = "cancel"
	formRestore = "restore"
)

// pauseHref is the address of that page.
func pauseHref(id int64) string { return assignmentHref(id) + "/pause" }

// pause shows when a duty rested or was taken back, and what the person can do about it.
func (s *Server) pause(c *gin.Context, actor tasks.Person) error {
	return s.openLife(c, actor, (*lifeBuilder).pausePage)
}

// hold lets a duty rest.
func (s *Server) hold(c *gin.Context, actor tasks.Person) error {
	return s.pauseStep(c, actor, formHold, "life.held", s.Assignments.Hold)
}

// resume lets it go on.
func (s *Server) resume(c *gin.Context, actor tasks.Person) error {
	return s.pauseStep(c, actor, formResume, "life.resumed", s.Assignments.Resume)
}

// cancel takes a duty back.
func (s *Server) cancel(c *gin.Context, actor tasks.Person) error {
	return s.pauseStep(c, actor, formCancel, "life.cancelled", s.Assignments.Cancel)
}

// restore undoes that.
func (s *Server) restore(c *gin.Context, actor tasks.Person) error {
	return s.pauseStep(c, actor, formRestore, "life.restored", s.Assignments.Restore)
}

func (s *Server) pauseStep(c *gin.Context, actor tasks.Person, form, done string,
	do func(ctx context.Context, actor tasks.Person, id int64, in tasks.PauseInput) error,
) error {
	return s.lifeStep(c, actor, form, (*lifeBuilder).pausePage, func(ctx context.Context, id, version int64, due calendar.Date, try lifeAttempt) (string, error) {
		if due.IsZero() && try.typed["due"] != "" {
			return "", tasks.Invalid(tasks.FieldError{Field: "due", Key: "deadline.bad_date"})
		}
		in := tasks.PauseInput{Reason: try.typed["reason"], Document: try.typed["document"], Authority: try.typed["authority"], Version: version}
		if form == formResume {
			in.Due = due
		}
		return done, do(ctx, actor, id, in)
	})
}

func (b *lifeBuilder) pausePage() lifePage {
	w, v := b.w, b.v
	p := lifePage{
		Crumbs: b.crumbs("life.pause"), Headline: w.T("life.headline_" + string(headState(v.Assignment.State))), Facts: b.pauseFacts(), Trail: b.pauseHistory(),
		HistoryTitle: w.T("life.pause_history"), NoHistory: w.T("life.no_pauses"),
	}
	if last, ok := v.Lasting(); ok {
		p.Now = b.lasting(last)
	}
	if v.Own && (v.MayHold || v.MayResume || v.MayCancel || v.MayRestore) {
		p.Other = w.T("life.own")
		return p
	}
	if v.MayResume {
		p.Forms = append(p.Forms, b.form(formResume, "/resume", true, b.resumeFields()))
	}
	if v.MayHold {
		p.Forms = append(p.Forms, b.form(formHold, "/hold", b.try.form == "", b.decisionFields(v.NeedsAuthority)))
	}
	if v.MayCancel {
		p.Forms = append(p.Forms, b.form(formCancel, "/cancel", false, b.decisionFields(v.NeedsAuthority)))
	}
	if v.MayRestore {
		p.Forms = append(p.Forms, b.form(formRestore, "/restore", true, []templates.Field{b.numberField("deadline.decision_document"), b.reasonField("decide.reason")}))
	}
	return p
}

// headState is the state by which the page's headline goes.
func headState(s tasks.State) tasks.State {
	switch s {
	case tasks.StateOnHold, tasks.StateCancelled, tasks.StateCompleted, tasks.StateSubmitted:
		return s
	}
	return "open"
}

// lasting says from when the duty rests or is taken back, by whose word and why.
func (b *lifeBuilder) lasting(x tasks.Pause) *lifeNow {
	w := b.w
	return &lifeNow{
		Title: w.T("life.now_" + string(x.Kind)), Text: b.said(w.T("life.since_"+string(x.Kind), longDate(w, x.Since)), x.Authority, x.Document),
		Who: w.T("life.recorded", b.who(x.PersonID, 0), x.At), Reason: x.Reason,
	}
}

func (b *lifeBuilder) resumeFields() []templates.Field {
	w, a := b.w, b.v.Assignment
	fields := b.decisionFields(false)
	if a.Due.IsZero() {
		return fields
	}
	due := templates.Field{
		Name: "due", Type: "date", Label: w.T("life.resume_due"), Narrow: true, Value: b.v.Proposed.String(),
		Hint: w.T("life.resume_due_hint", a.Due, b.v.Proposed),
	}
	if b.v.Proposed.IsZero() {
		due.Hint = w.T("life.reassign_due_hint", a.Due)
	}
	return slices.Insert(fields, 0, due)
}

func (b *lifeBuilder) pauseFacts() []templates.Fact {
	a, w := b.v.Assignment, b.w
	facts := []templates.Fact{{Label: w.T("part.lead"), Text: agencyNames(w, b.v.Agencies, a.Leads)}}
	if !a.Due.IsZero() {
		facts = append(facts, templates.Fact{Label: w.T("deadline.in_force"), Text: w.T("duty.day", a.Due), Href: deadlineHref(a.ID)})
	}
	return facts
}

// pauseHistory is all that stopped the duty and let it go on, the newest first.
func (b *lifeBuilder) pauseHistory() []templates.TrailItem {
	w := b.w
	var items []templates.TrailItem
	for _, x := range b.v.Pauses {
		items = append(items, templates.TrailItem{
			At: x.At, Who: b.who(x.PersonID, 0), Quote: x.Reason, Text: b.said(w.T("life.did_"+string(x.Kind)), x.Authority, x.Document),
		})
		if l := x.Lifted; !l.On.IsZero() {
			key := "life.did_restore"
			if x.Kind == tasks.PauseHold {
				key = "life.did_resume"
			}
			items = append(items, templates.TrailItem{
				At: l.At, Who: b.who(l.PersonID, 0), Quote: l.Reason, Text: b.said(w.T(key), l.Authority, l.Document),
			})
		}
	}
	slices.SortStableFunc(items, func(x, y templates.TrailItem) int { return cmp.Or(y.At.Compare(x.At)) })
	return items
}
