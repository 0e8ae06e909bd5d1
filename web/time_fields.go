package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// timeForm is a deadline or a reporting cadence as it was typed. Its controls are named by the field of the deadline ("deadline",
// "default_due"), "cadence" and "rule".
type timeForm struct {
	due     string // the name of the deadline's control
	Day     string
	Cadence string // one of commonCadences, otherCadence, or empty
	Rule    string // a rule of one's own, RFC 5545
}

// timeOf shows a stored deadline or cadence.
func timeOf(due string, day calendar.Date, rule string) timeForm {
	f := timeForm{due: due, Day: day.String(), Cadence: rule}
	if rule != "" && !slices.Contains(commonCadences, rule) {
		f.Cadence, f.Rule = otherCadence, rule
	}
	return f
}

// typedTime reads the controls.
func typedTime(c *gin.Context, due string) timeForm {
	return timeForm{due: due, Day: strings.TrimSpace(c.PostForm(due)), Cadence: c.PostForm("cadence"), Rule: strings.TrimSpace(c.PostForm("rule"))}
}

// values are the deadline and the rule that were typed. A day that is none, or a choice of another rule without one, comes back as
// a refused form, in words of the given key for the missing rule.
func (f timeForm) values() (day calendar.Date, rule string, err error) {
	var wrong []tasks.FieldError
	day, ok := formDate(f.Day)
	if !ok {
		wrong = append(wrong, tasks.FieldError{Field: f.due, Key: "document_form.bad_date"})
	}
	rule = f.Cadence
	if rule == otherCadence || rule == "" {
		rule = f.Rule
	}
	if f.Cadence == otherCadence && rule == "" {
		wrong = append(wrong, tasks.FieldError{Field: "rule", Key: "document_form.no_rule"})
	}
	if len(wrong) > 0 {
		return day, rule, tasks.Invalid(wrong...)
	}
	return day, rule, nil
}

// timeLabels are keys of the words around the controls.
type timeLabels struct{ Due, DueHint, Cadence, NoCadence string }

// fields are the three controls; prefix keeps their ids apart from other forms of the page.
func (f timeForm) fields(w *templates.Words, fe fieldErrors, prefix string, l timeLabels) []templates.Field {
	hint := ""
	if l.DueHint != "" {
		hint = w.T(l.DueHint)
	}
	fields := []templates.Field{
		{Name: f.due, Type: "date", Label: w.T(l.Due), Hint: hint, Value: isoDay(f.Day), Narrow: true},
		{Name: "cadence", Type: "select", Label: w.T(l.Cadence), Blank: w.T(l.NoCadence), Value: f.Cadence, Options: cadenceOptions(w)},
		{Name: "rule", Label: w.T("document_form.rule"), Hint: w.T("document_form.rule_hint"), Value: f.Rule, MaxLength: 300},
	}
	for i := range fields {
		fields[i].ID = prefix + fields[i].Name
		fields[i] = fe.on(fields[i])
		// Browsers show an empty date control for text that is no date, which would lose what was typed.
		if fields[i].Type == "date" && fields[i].Error != "" {
			fields[i].Type, fields[i].Value = "text", f.Day
		}
	}
	// What is wrong with the cadence is wrong with the rule when that was typed.
	if cadence, rule := &fields[1], &fields[2]; f.Rule != "" && (f.Cadence == "" || f.Cadence == otherCadence) && rule.Error == "" {
		rule.Error, cadence.Error = cadence.Error, ""
	}
	return fields
}

// isoDay is the typed day as a date control takes it; text that is no day stays.
func isoDay(text string) string {
	if d, ok := formDate(text); ok {
		return d.String()
	}
	return text
}

// joinInvalid makes one refused form of two; an error of another kind wins.
func joinInvalid(a, b error) error {
	var fields []tasks.FieldError
	for _, err := range []error{a, b} {
		if err == nil {
			continue
		}
		e, ok := invalidOf(err)
		if !ok {
			return err
		}
		fields = append(fields, e.Fields...)
	}
	if len(fields) == 0 {
		return nil
	}
	return tasks.Invalid(fields...)
}
