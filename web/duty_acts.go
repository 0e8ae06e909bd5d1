package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// membersPage is the form by which a duty is given to more agencies, or taken back from some.
type membersPage struct {
	templates.Layout
	Crumbs                 []templates.Action
	Headline, Lede, Hint   string
	Action, Button, Cancel string
	Picks                  []templates.Pick
	Chosen                 []templates.Option // agencies from which it is taken back; Value is what their box sends
	Fields                 []templates.Field
}

// nudgeDuty urges agencies to report on a duty: the chosen ones, or all that have not reported.
func (s *Server) nudgeDuty(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var chosen []int64
	for _, x := range chosenOf(c.PostFormArray("chosen")) {
		chosen = append(chosen, x.ID)
	}
	n := 0
	if len(chosen) == 0 && c.PostForm("all") == "" {
		// Who may not is told so before he is told what is wrong.
		if _, err = s.Assignments.Duty(c.Request.Context(), actor, tasks.DutyQuery{TaskID: id, Limit: 1}); err == nil {
			err = tasks.E(tasks.CodeForbidden, "error.forbidden")
			if actor.Can(tasks.ActionNudge) {
				err = tasks.Invalid(tasks.FieldError{Field: "chosen", Key: "duty.choose"})
			}
		}
	} else {
		period, _ := formDate(c.PostForm("period")) // of a duty that recurs
		if c.PostForm("all") != "" {
			n, err = s.Assignments.NudgePeriod(c.Request.Context(), actor, id, period)
		} else {
			n, err = s.Assignments.Nudge(c.Request.Context(), actor, id, chosen)
		}
	}
	if err == nil {
		return s.redirect(c, actor, matrixFilter{task: id, period: knownPeriod(c.PostForm("period"))}.href(""), "duty_matrix.nudged", n)
	}
	return s.dutyRefused(c, actor, id, err)
}

// dutyRefused answers a refused form of the page of a duty with that page.
func (s *Server) dutyRefused(c *gin.Context, actor tasks.Person, id int64, err error) error {
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		return s.showDuty(c, actor, matrixFilter{task: id, period: knownPeriod(c.PostForm("period"))}, statuses[code], err)
	}
	return err
}

// membersTry is such a form that was refused.
type membersTry struct {
	err   error
	typed map[string]string
	pick  partyPick
}

var memberFields = []string{"due", "authority", "document", "reason"}

func typedMembers(c *gin.Context) membersTry {
	t := membersTry{typed: make(map[string]string)}
	for _, name := range memberFields {
		t.typed[name] = strings.TrimSpace(c.PostForm(name))
	}
	return t
}

// addForm shows the form by which a duty is given to more agencies.
func (s *Server) addForm(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showAdd(c, actor, id, http.StatusOK, membersTry{})
}

// membersOf reads a duty for somebody who may change who has it; what he may not see is not there.
func (s *Server) membersOf(c *gin.Context, actor tasks.Person, id int64, action tasks.Action) (tasks.DutyView, error) {
	v, err := s.Assignments.Duty(c.Request.Context(), actor, tasks.DutyQuery{TaskID: id, Limit: tasks.MaxPage})
	if err == nil && !actor.Can(action) {
		err = tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return v, err
}

func (s *Server) showAdd(c *gin.Context, actor tasks.Person, id int64, status int, try membersTry) error {
	v, err := s.membersOf(c, actor, id, tasks.ActionDutyAdd)
	if err != nil {
		return err
	}
	if v.Only != 0 {
		return s.redirect(c, actor, assignmentHref(v.Only), "")
	}
	entries, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	fe, _ := s.invalid(actor, try.err)
	pick := try.pick.field(s.bookOf(w, entries), fe, "agencies", "duty_matrix.add_agencies", false)
	pick.Required = true
	p := membersPage{
		Headline: w.T("duty_matrix.add_title"), Lede: oneLine(v.Task.Text), Hint: w.T("duty_matrix.add_hint"), Action: dutyHref(id, "/add"),
		Button: w.T("duty_matrix.add_button"), Picks: []templates.Pick{pick},
	}
	due := templates.Field{Name: "due", Type: "date", Label: w.T("duty_matrix.add_due"), Narrow: true, Hint: w.T("duty_matrix.add_due_hint", dueText(w, v.Due, v.Cadence))}
	if try.err == nil {
		try.typed = map[string]string{"due": v.Due.String()}
	}
	fields := append([]templates.Field{due}, memberDecision(w, v.NeedsAuthority)...)
	return s.showMembers(c, actor, status, p, v, fields, fe, try)
}

// memberDecision are by whose word, on what document and why.
func memberDecision(w *templates.Words, needsAuthority bool) []templates.Field {
	return []templates.Field{
		{Name: "authority", Label: w.T("deadline.authority"), Hint: w.T("life.authority_hint"), Required: needsAuthority, MaxLength: tasks.MaxAuthority},
		{Name: "document", Label: w.T("deadline.decision_document"), MaxLength: tasks.MaxDocumentNumber},
		{Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Required: true, MaxLength: tasks.MaxReasonText},
	}
}

// showMembers fills what both forms have alike.
func (s *Server) showMembers(c *gin.Context, actor tasks.Person, status int, p membersPage, v tasks.DutyView, fields []templates.Field, fe fieldErrors, try membersTry) error {
	w := s.words(actor)
	p.Crumbs = append(s.dutyCrumbs(w, v)[1:2:2], templates.Action{Href: dutyHref(v.Task.ID), Label: w.T("duty_matrix.duty")}, templates.Action{Label: p.Headline})
	p.Cancel = dutyHref(v.Task.ID)
	for _, f := range fields {
		if f.Type == "date" {
			f = dayControl(f, try.typed[f.Name])
		} else {
			f.Value = try.typed[f.Name]
		}
		p.Fields = append(p.Fields, fe.on(f))
	}
	p.Layout = s.layout(c, actor, p.Headline)
	for _, pick := range p.Picks {
		if pick.Error != "" {
			p.Problems = append(p.Problems, templates.Problem{ID: pick.ControlID(), Text: pick.Label + ": " + pick.Error})
		}
	}
	p.Problems = append(p.Problems, fe.problems(p.Fields...)...)
	if text := fe.byField["chosen"]; text != "" {
		p.Problems = append(p.Problems, templates.Problem{Text: text})
	}
	switch tasks.CodeOf(try.err) {
	case tasks.CodeConflict:
		text := w.T("duty_matrix.conflict")
		if e, ok := errors.AsType[*tasks.Error](try.err); ok && e.Key != tasks.ErrConflict.Key {
			text = s.explain(actor, try.err)
		}
		p.Problems = append(p.Problems, templates.Problem{Text: text})
	case tasks.CodeForbidden, tasks.CodeStorageFull, tasks.CodeUnavailable:
		p.Problems = append(p.Problems, templates.Problem{Text: s.explain(actor, try.err)})
	}
	return s.render(c, status, "duty_members", p)
}

// addAgencies gives a duty to more agencies.
func (s *Server) addAgencies(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if _, err := s.membersOf(c, actor, id, tasks.ActionDutyAdd); err != nil {
		return err
	}
	ctx, try := c.Request.Context(), typedMembers(c)
	entries, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	try.pick = typedPick(c, s.bookOf(s.words(actor), entries), "agencies", false)
	due, ok := formDate(try.typed["due"])
	wrong := try.pick.wrong("agencies")
	if !ok {
		wrong = append(wrong, tasks.FieldError{Field: "due", Key: "deadline.bad_date"})
	}
	if len(wrong) > 0 {
		err = tasks.Invalid(wrong...)
	} else {
		err = s.Assignments.AddAgencies(ctx, actor, id, tasks.AddAgenciesInput{
			Agencies: try.pick.agencies(), Due: due, Reason: try.typed["reason"], Document: try.typed["document"], Authority: try.typed["authority"],
		})
	}
	if err == nil {
		return s.redirect(c, actor, dutyHref(id), "duty_matrix.added", len(try.pick.agencies()))
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		try.err = err
		return s.showAdd(c, actor, id, statuses[code], try)
	}
	return err
}

// releaseForm shows from which agencies a duty is to be taken back, and asks why.
func (s *Server) releaseForm(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showRelease(c, actor, id, http.StatusOK, chosenOf(c.QueryArray("chosen")), membersTry{})
}

func (s *Server) showRelease(c *gin.Context, actor tasks.Person, id int64, status int, chosen []tasks.Chosen, try membersTry) error {
	v, err := s.membersOf(c, actor, id, tasks.ActionPause)
	if err != nil {
		return err
	}
	if v.Only != 0 {
		return s.redirect(c, actor, assignmentHref(v.Only), "")
	}
	if len(chosen) == 0 && try.err == nil {
		return s.dutyRefused(c, actor, id, tasks.Invalid(tasks.FieldError{Field: "chosen", Key: "duty.choose"}))
	}
	w := s.words(actor)
	fe, _ := s.invalid(actor, try.err)
	p := membersPage{
		Headline: w.T("duty_matrix.release_title"), Lede: oneLine(v.Task.Text), Hint: w.T("duty_matrix.release_hint"), Action: dutyHref(id, "/release"),
		Button: w.T("duty_matrix.release_button"),
	}
	// Of several pages the chosen ones are on one: the versions are those of now, which the person sees with their states.
	for _, r := range v.Rows {
		if slices.ContainsFunc(chosen, func(x tasks.Chosen) bool { return x.ID == r.ID }) && r.State != tasks.StateCompleted && r.State != tasks.StateCancelled {
			p.Chosen = append(p.Chosen, templates.Option{
				Value: chosenValue(r.Assignment), Label: agencyNames(w, v.Agencies, r.Leads), Hint: w.T("state." + string(r.State)),
			})
		}
	}
	return s.showMembers(c, actor, status, p, v, memberDecision(w, v.NeedsAuthority), fe, try)
}

// releaseAgencies takes a duty back from chosen agencies.
func (s *Server) releaseAgencies(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	chosen, try := chosenOf(c.PostFormArray("chosen")), typedMembers(c)
	err = s.Assignments.ReleaseAgencies(c.Request.Context(), actor, id, chosen, tasks.PauseInput{
		Reason: try.typed["reason"], Document: try.typed["document"], Authority: try.typed["authority"],
	})
	if err == nil {
		return s.redirect(c, actor, dutyHref(id), "duty_matrix.released", len(chosen))
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeForbidden, tasks.CodeStorageFull, tasks.CodeUnavailable:
		if code == tasks.CodeForbidden && !actor.Can(tasks.ActionPause) {
			return err
		}
		note(c, err)
		try.err = err
		return s.showRelease(c, actor, id, statuses[code], chosen, try)
	}
	return err
}
