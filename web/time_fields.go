package web

import (
	"fmt"
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
	Cadence string // one of commonCadences, otherCadence, noCadence, or empty
	Rule    string // a cadence of one's own, in words or as a rule of RFC 5545
	Also    string // a second one, in words or as a rule
}

// noCadence is the choice of a form that changes many: neither deadline nor cadence of their own.
const noCadence = "default"

// timeReader reads a deadline or cadence that was typed in words into the field named.
type timeReader func(field, words string) (calendar.Date, string, error)

// timesOf reads typed times as a document of that head means them.
func (s *Server) timesOf(h tasks.Head) timeReader {
	return func(field, words string) (calendar.Date, string, error) { return s.Documents.ReadTime(field, words, h) }
}

// timeOf shows a stored deadline or cadence. A cadence that is none of the common ones is shown in words when these are read as the same
// again, else as its rule.
func timeOf(w *templates.Words, read timeReader, due string, day calendar.Date, rule string) timeForm {
	f := timeForm{due: due, Day: dayTyped(day), Cadence: rule}
	if rules := calendar.SplitCadence(rule); len(rules) > 1 {
		f.Cadence, f.Also = rules[0], strings.ReplaceAll(strings.Join(rules[1:], "\n"), "\n", ruleBreak)
		if len(rules) == 2 {
			f.Also = typedRule(w, read, rules[1])
		}
	}
	if f.Cadence == "" || slices.Contains(commonCadences, f.Cadence) {
		return f
	}
	f.Cadence, f.Rule = otherCadence, typedRule(w, read, f.Cadence)
	return f
}

// typedRule is a rule as people type it: in words when these are read as the same again.
func typedRule(w *templates.Words, read timeReader, rule string) string {
	words := cadenceWords(w, rule)
	if _, again, err := read("rule", words); err == nil && again == rule {
		return words
	}
	return rule
}

// dayTyped is a day as people type it.
func dayTyped(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d/%d/%d", d.Day, int(d.Month), d.Year)
}

// typedTime reads the controls.
func typedTime(c *gin.Context, due string) timeForm {
	return timeForm{due: due, Day: strings.TrimSpace(c.PostForm(due)), Cadence: c.PostForm("cadence"), Rule: strings.TrimSpace(c.PostForm("rule")), Also: strings.TrimSpace(c.PostForm("also"))}
}

// empty tells that nothing was typed or chosen.
func (f timeForm) empty() bool { return f.Day == "" && f.Cadence == "" && f.Rule == "" && f.Also == "" }

// maxTimeWords bounds the words of a deadline.
const maxTimeWords = 300

// values are the deadline and the rule that were typed, in numbers or in words. What is neither comes back as a refused form.
func (f timeForm) values(read timeReader) (day calendar.Date, rule string, err error) {
	var wrong []error
	day, ok := formDate(f.Day)
	if !ok {
		var err error
		// A cadence typed where the deadline goes is understood as one.
		day, rule, err = read(f.due, firstRunes(f.Day, maxTimeWords))
		wrong = append(wrong, err)
	}
	own, err := f.cadence(read)
	wrong = append(wrong, err)
	switch {
	case rule != "" && (own != "" || f.Cadence == noCadence), f.Cadence == noCadence && !day.IsZero():
		wrong = append(wrong, tasks.Invalid(tasks.FieldError{Field: "cadence", Key: "draft.deadline_or_cadence"}))
	case rule == "":
		rule = own
	}
	also, err := f.second(read)
	wrong = append(wrong, err)
	if rule != "" && also != "" {
		rule += "\n"
	}
	return day, rule + also, joinInvalid(wrong...)
}

// ruleBreak parts rules that stand in one line.
const ruleBreak = " | "

// second is the cadence beside the first that was typed.
func (f timeForm) second(read timeReader) (string, error) {
	if f.Also == "" || strings.Contains(f.Also, "=") {
		return strings.ReplaceAll(f.Also, strings.TrimSpace(ruleBreak), "\n"), nil
	}
	_, rule, err := read("also", firstRunes(f.Also, maxTimeWords))
	if err == nil && rule == "" {
		err = tasks.Invalid(tasks.FieldError{Field: "also", Key: "time.no_cadence", Args: []string{f.Also}})
	}
	return rule, err
}

// cadence is the rule that was chosen or typed.
func (f timeForm) cadence(read timeReader) (string, error) {
	switch {
	case f.Cadence == noCadence:
		return "", nil
	case f.Cadence != otherCadence && f.Cadence != "":
		return f.Cadence, nil
	case f.Rule == "" && f.Cadence == otherCadence:
		return "", tasks.Invalid(tasks.FieldError{Field: "rule", Key: "document_form.no_rule"})
	case f.Rule == "" || strings.Contains(f.Rule, "="):
		return f.Rule, nil
	}
	_, rule, err := read("rule", firstRunes(f.Rule, maxTimeWords))
	if err == nil && rule == "" {
		err = tasks.Invalid(tasks.FieldError{Field: "rule", Key: "time.no_cadence", Args: []string{f.Rule}})
	}
	return rule, err
}

func firstRunes(text string, most int) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), most)])
}

// timeLabels are keys of the words around the controls.
type timeLabels struct{ Due, DueHint, Cadence, NoCadence string }

// fields are the three controls; prefix keeps their ids apart from other forms of the page.
func (f timeForm) fields(w *templates.Words, fe fieldErrors, prefix string, l timeLabels) []templates.Field {
	hint := w.T("time.hint")
	if l.DueHint != "" {
		hint = w.T(l.DueHint) + " " + hint
	}
	fields := []templates.Field{
		{Name: f.due, Label: w.T(l.Due), Hint: hint, Value: f.Day, MaxLength: maxTimeWords, Autocomplete: "off"},
		{Name: "cadence", Type: "select", Label: w.T(l.Cadence), Blank: w.T(l.NoCadence), Value: f.Cadence, Options: cadenceOptions(w)},
		{Name: "rule", Label: w.T("document_form.rule"), Hint: w.T("document_form.rule_hint"), Value: f.Rule, MaxLength: maxTimeWords, Autocomplete: "off"},
		{Name: "also", Label: w.T("series.also"), Hint: w.T("series.also_hint"), Value: f.Also, MaxLength: maxTimeWords, Autocomplete: "off"},
	}
	for i := range fields {
		fields[i].ID = prefix + fields[i].Name
		fields[i] = fe.on(fields[i])
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

// dayControl makes f a control of a day that holds what is stored or was typed. What is no day stands in a box for text to be mended: a
// browser shows an empty date control for it, and what was typed would be lost.
func dayControl(f templates.Field, typed string) templates.Field {
	f.Type, f.Value = "date", isoDay(typed)
	if _, ok := formDate(typed); !ok {
		f.Type = "text"
	}
	return f
}

// joinInvalid makes one refused form of several; an error of another kind wins.
func joinInvalid(errs ...error) error {
	var fields []tasks.FieldError
	for _, err := range errs {
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
