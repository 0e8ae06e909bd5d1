package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// lifePage is a page about one assignment as a whole: whether it rests, or who has it.
type lifePage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	Timeliness     tasks.Timeliness
	State          tasks.State
	// Now is what stands at the moment and needs an answer.
	Now *lifeNow
	// Other says that somebody else must decide.
	Other        string
	Forms        []lifeForm
	Kept         []templates.Field
	Facts        []templates.Fact
	HistoryTitle string
	NoHistory    string
	Trail        []templates.TrailItem
}

// lifeNow is a hold that lasts, or a request that waits.
type lifeNow struct {
	Title, Text, Who, Reason string
	Withdraw                 *stepForm
}

// lifeForm is a form of the page, folded unless it is the one that is needed.
type lifeForm struct {
	ID, Action, Title, Hint, Button string
	Open                            bool
	Version                         int64
	Picks                           []templates.Pick
	Fields                          []templates.Field
}

// lifeAttempt is a form of the page that was refused: what was typed, and why.
type lifeAttempt struct {
	err   error
	form  string
	typed map[string]string
	picks map[string]partyPick
}

// lifeFields are all that the forms send, besides the version and the agencies.
var lifeFields = []string{"proposed", "joint", "due", "authority", "document", "reason"}

// lifePicks are the choices of agencies.
var lifePicks = []string{"leads", "cooperating"}

// lifeBuilder makes such a page from what the service read.
type lifeBuilder struct {
	*Server
	w        *templates.Words
	actor    tasks.Person
	v        tasks.LifeView
	try      lifeAttempt
	errors   fieldErrors
	today    calendar.Date
	book     nameBook
	problems []templates.Problem
}

// openLife opens the page that build makes.
func (s *Server) openLife(c *gin.Context, actor tasks.Person, build func(*lifeBuilder) lifePage) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showLife(c, actor, id, http.StatusOK, lifeAttempt{}, build)
}

// showLife shows the page that build makes.
func (s *Server) showLife(c *gin.Context, actor tasks.Person, id int64, status int, try lifeAttempt, build func(*lifeBuilder) lifePage) error {
	ctx := c.Request.Context()
	v, err := s.Assignments.Life(ctx, actor, id)
	if err != nil {
		return err
	}
	b := lifeBuilder{Server: s, w: s.words(actor), actor: actor, v: v, try: try, today: s.Rules.Day(s.Now())}
	b.errors, _ = s.invalid(actor, try.err)
	if _, ok := formDate(try.typed["due"]); !ok && b.errors.byField["due"] != "" {
		b.errors.byField["due"] = b.w.T("deadline.bad_date")
	}
	if actor.Can(tasks.ActionReassign) {
		entries, err := s.Directory.Choices(ctx, actor)
		if err != nil {
			return err
		}
		b.book = s.bookOf(b.w, entries)
	}
	b.conflict()
	p := build(&b)
	a := v.Assignment
	p.Lede, p.State, p.Timeliness = dutyTitle(v.Task.Text), a.State, a.Timeliness(b.today, s.Rules.SoonUntil(b.today))
	p.Kept = b.kept(p)
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.problems
	return s.render(c, status, "life", p)
}

func (b *lifeBuilder) crumbs(title string) []templates.Action {
	d := b.v.Document
	return []templates.Action{
		{Href: documentHref(d.ID), Label: documentLabel(b.w, d.Kind, d.Number)},
		{Href: assignmentHref(b.v.Assignment.ID), Label: b.w.T("deadline.duty")}, {Label: b.w.T(title)},
	}
}

// conflict says what stands now in place of what the person saw.
func (b *lifeBuilder) conflict() {
	switch tasks.CodeOf(b.try.err) {
	case tasks.CodeConflict:
		text := b.w.T("duty.conflict", b.w.T("state."+string(b.v.Assignment.State)))
		if e, ok := errors.AsType[*tasks.Error](b.try.err); ok && e.Key != tasks.ErrConflict.Key {
			text = b.explain(b.actor, b.try.err)
		}
		b.problems = append(b.problems, templates.Problem{Text: text})
	case tasks.CodeForbidden, tasks.CodeStorageFull, tasks.CodeUnavailable:
		b.problems = append(b.problems, templates.Problem{Text: b.explain(b.actor, b.try.err)})
	}
}

// form is a form of the page with what was typed into it when it was refused. open tells that it is the one that is needed.
func (b *lifeBuilder) form(name, path string, open bool, fields []templates.Field, picks ...templates.Pick) lifeForm {
	w := b.w
	tried := b.try.form == name
	for i, f := range fields {
		f.ID = "f-" + name + "-" + f.Name // the page has several forms
		if tried {
			f = b.errors.on(f)
			if typed := b.try.typed[f.Name]; f.Type == "date" {
				f = dayControl(f, typed)
			} else {
				f.Value = typed
			}
		}
		fields[i] = f
	}
	if tried {
		for _, p := range picks {
			if p.Error != "" {
				b.problems = append(b.problems, templates.Problem{ID: p.ControlID(), Text: p.Label + ": " + p.Error})
			}
		}
		b.problems = append(b.problems, b.errors.problems(fields...)...)
	}
	return lifeForm{
		ID: name, Action: assignmentHref(b.v.Assignment.ID) + path, Version: b.v.Assignment.Version, Fields: fields, Picks: picks, Open: open || tried,
		Title: w.T("life." + name + "_title"), Hint: w.T("life." + name + "_hint"), Button: w.T("life." + name + "_button"),
	}
}

func (b *lifeBuilder) reasonField(label string) templates.Field {
	return templates.Field{Name: "reason", Type: "textarea", Label: b.w.T(label), Required: true, MaxLength: tasks.MaxReasonText}
}

func (b *lifeBuilder) numberField(label string) templates.Field {
	return templates.Field{Name: "document", Label: b.w.T(label), MaxLength: tasks.MaxDocumentNumber}
}

// decisionFields are by whose word, on what document and why.
func (b *lifeBuilder) decisionFields(needed bool) []templates.Field {
	var fields []templates.Field
	if !b.actor.Has(tasks.RoleLeader) {
		fields = append(fields, templates.Field{
			Name: "authority", Label: b.w.T("deadline.authority"), Hint: b.w.T("life.authority_hint"), Required: needed, MaxLength: tasks.MaxAuthority,
		})
	}
	return append(fields, b.numberField("deadline.decision_document"), b.reasonField("decide.reason"))
}

// kept shows what was typed into a form that is no longer on the page.
func (b *lifeBuilder) kept(p lifePage) []templates.Field {
	for _, f := range p.Forms {
		if f.ID == b.try.form {
			return nil
		}
	}
	labels := map[string]string{"due": "deadline.new_due", "authority": "deadline.authority", "document": "deadline.number", "reason": "decide.reason"}
	var fields []templates.Field
	for _, name := range lifeFields {
		if value := b.try.typed[name]; value != "" && labels[name] != "" {
			fields = append(fields, keptField(name, b.w.T(labels[name]), value))
		}
	}
	return fields
}

func (b *lifeBuilder) who(person, agency int64) string {
	return personOf(b.w, b.actor, b.v.Agencies, b.v.People[person].Name, agency)
}

// said adds by whose word and on what document something was decided.
func (b *lifeBuilder) said(text, authority, number string) string {
	if authority != "" {
		text = b.w.T("deadline.by_word", text, authority)
	}
	if number != "" {
		text = b.w.T("deadline.numbered", text, number)
	}
	return text
}

// lifeStep takes one step from a form of such a page; do answers what to say when it is done. A day that cannot be read is none.
func (s *Server) lifeStep(c *gin.Context, actor tasks.Person, form string, build func(*lifeBuilder) lifePage,
	do func(ctx context.Context, id, version int64, due calendar.Date, try lifeAttempt) (string, error),
) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	try := lifeAttempt{form: form, typed: make(map[string]string), picks: make(map[string]partyPick)}
	for _, name := range lifeFields {
		try.typed[name] = strings.TrimSpace(c.PostForm(name))
	}
	if form == formReassign && actor.Can(tasks.ActionReassign) {
		entries, err := s.Directory.Choices(ctx, actor)
		if err != nil {
			return err
		}
		for _, name := range lifePicks {
			try.picks[name] = typedPick(c, s.bookOf(s.words(actor), entries), name, false)
		}
	}
	due, _ := formDate(try.typed["due"])
	done, err := do(ctx, id, formID(c.PostForm("version")), due, try)
	if err == nil {
		back := assignmentHref(id)
		if fromWeek(c, actor) {
			back = "/week"
		}
		return s.redirect(c, actor, back, done)
	}
	try.err = err
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		if fromWeek(c, actor) {
			return s.showWeek(c, actor, statuses[code], remarkAttempt{err: err, form: form + "-" + idText(id), typed: try.typed}, nil)
		}
		return s.showLife(c, actor, id, statuses[code], try, build)
	}
	return err
}
