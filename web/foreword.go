package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

const forewordPath = "/week/foreword"

// forewordForm takes the secretariat's words for the next digest.
type forewordForm struct {
	Action, Title, Hint string
	Monday              string
	Version             int64
	Field               templates.Field
	Button              string
	// Now is what stands there when what was typed is not; empty when nothing does.
	Now string
}

// forewordTry is that form as it was refused.
type forewordTry struct {
	err  error
	text string
}

// setForeword saves the words for the digest; an empty text takes them away.
func (s *Server) setForeword(c *gin.Context, actor tasks.Person) error {
	text := c.PostForm("text")
	monday, err := calendar.ParseDate(c.PostForm("week"))
	if err != nil {
		return tasks.ErrNotFound
	}
	err = s.Weeks.SetForeword(c.Request.Context(), actor, monday, text, formID(c.PostForm("version")))
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		return s.showWeek(c, actor, status, remarkAttempt{}, &forewordTry{err, text})
	}
	if err != nil {
		return err
	}
	flash := "foreword.saved"
	if strings.TrimSpace(text) == "" {
		flash = "foreword.removed"
	}
	return s.redirect(c, actor, "/week#foreword", flash, weekNumber(s.words(actor), monday))
}

// forewordForm is the form for the next digest; nil to those who may not write for it.
func (s *Server) forewordForm(ctx context.Context, actor tasks.Person, try *forewordTry) (*forewordForm, []templates.Problem, error) {
	open, ok, err := s.Weeks.NextForeword(ctx, actor)
	if err != nil || !ok {
		return nil, nil, err
	}
	w := s.words(actor)
	week := weekNumber(w, open.Monday)
	f := &forewordForm{
		Action: forewordPath, Title: w.T("foreword.title", week), Monday: open.Monday.String(), Version: open.Version, Button: w.T("foreword.save"),
		Hint: w.T("foreword.hint", s.instantWords(w, open.Goes), s.instantWords(w, open.Closes)),
	}
	f.Field = templates.Field{
		Name: "text", ID: "foreword-text", Type: "textarea", Rows: 4, Label: w.T("foreword.label"), Value: open.Text, MaxLength: tasks.MaxForeword,
		Hint: w.T("foreword.limit", strconv.Itoa(tasks.MaxForeword)),
	}
	if try == nil {
		return f, nil, nil
	}
	f.Field.Value = try.text
	fe, invalid := s.invalid(actor, try.err)
	f.Field = fe.on(f.Field)
	if invalid {
		return f, fe.problems(f.Field), nil
	}
	if open.Text != strings.TrimSpace(try.text) {
		f.Now = open.Text
	}
	return f, []templates.Problem{{ID: "foreword-text", Text: s.explain(actor, try.err)}}, nil
}

// instantWords is an hour with its weekday and date.
func (s *Server) instantWords(w *templates.Words, at time.Time) string {
	at = at.In(s.Rules.Location)
	clock, err := w.Clock(at)
	day, dayErr := w.WeekdayDate(s.Rules.Day(at))
	if err != nil || dayErr != nil {
		return w.T("foreword.at", at, "") // cannot happen to an instant and a day
	}
	return w.T("foreword.at", clock, day)
}
