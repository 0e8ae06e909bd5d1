package web

import (
	"errors"
	"slices"

	"tiendo/tasks"
	"tiendo/templates"
)

// wordForm is a small form about a duty that may stand several times on a page.
type wordForm struct {
	ID, Action, Title, Hint, Button string
	Version                         int64
	Back                            string
	Open                            bool // it was refused
	Files                           bool // it sends files
	Fields                          []templates.Field
}

// wordForms makes such forms, the one that was refused with what was typed.
type wordForms struct {
	w        *templates.Words
	actor    tasks.Person
	try      remarkAttempt
	errors   fieldErrors
	back     string
	problems []templates.Problem
	shown    map[string]bool
}

func (s *Server) wordForms(actor tasks.Person, try remarkAttempt, back string) *wordForms {
	f := &wordForms{w: s.words(actor), actor: actor, try: try, back: back, shown: make(map[string]bool)}
	f.errors, _ = s.invalid(actor, try.err)
	if _, ok := formDate(try.typed["due"]); !ok && f.errors.byField["due"] != "" {
		f.errors.byField["due"] = f.w.T("deadline.bad_date")
	}
	switch tasks.CodeOf(try.err) {
	case tasks.CodeConflict:
		text := f.w.T("remark.conflict")
		if e, ok := errors.AsType[*tasks.Error](try.err); ok && e.Key != tasks.ErrConflict.Key {
			text = s.explain(actor, try.err)
		}
		f.problems = append(f.problems, templates.Problem{Text: text})
	case tasks.CodeStorageFull, tasks.CodeUnavailable:
		f.problems = append(f.problems, templates.Problem{Text: s.explain(actor, try.err)})
	}
	return f
}

// form is the form of the name; its controls are told from those of the page's other forms by it.
func (f *wordForms) form(name, action, key string, version int64, fields []templates.Field) *wordForm {
	w, tried := f.w, f.try.form == name
	for i, field := range fields {
		field.ID = "f-" + name + "-" + field.Name
		if tried {
			field = f.errors.on(field)
			if field.Type != "date" {
				field.Value = f.try.typed[field.Name]
			}
		}
		if field.Type == "date" {
			value := field.Value
			if tried {
				value = f.try.typed[field.Name]
			}
			field = dayControl(field, value)
		}
		fields[i] = field
	}
	files := slices.ContainsFunc(fields, func(field templates.Field) bool { return field.Type == "file" })
	if tried {
		f.problems = append(f.problems, f.errors.problems(fields...)...)
	}
	f.shown[name] = true
	form := &wordForm{ID: name, Action: action, Version: version, Back: f.back, Open: tried, Files: files, Fields: fields, Title: w.T(key + "_title"), Button: w.T(key + "_button")}
	if w.Has(key + "_hint") {
		form.Hint = w.T(key + "_hint")
	}
	return form
}

func (f *wordForms) words(key string, required bool) templates.Field {
	return templates.Field{Name: "words", Type: "textarea", Label: f.w.T(key), Required: required, MaxLength: tasks.MaxReasonText}
}

func (f *wordForms) due(key string) templates.Field {
	return templates.Field{Name: "due", Type: "date", Label: f.w.T(key), Hint: f.w.T(key + "_hint"), Narrow: true}
}

func (f *wordForms) number(key string) templates.Field {
	return templates.Field{Name: "document", Label: f.w.T(key), MaxLength: tasks.MaxDocumentNumber}
}

func (f *wordForms) authority(required bool, value string) templates.Field {
	w := f.w
	return templates.Field{
		Name: "authority", Label: w.T("remark.authority"), Hint: w.T("remark.authority_hint"), Required: required, Value: value, MaxLength: tasks.MaxAuthority,
	}
}

// write is the form by which a leader says something on a duty, or the secretariat records it.
func (f *wordForms) write(a tasks.Assignment, kind tasks.RemarkKind) *wordForm {
	w := f.w
	choice := templates.Field{Name: "kind", Type: "radio", Label: w.T("remark.kind"), Required: true, Value: string(kind)}
	for _, k := range tasks.RemarkKinds {
		choice.Options = append(choice.Options, templates.Option{
			Value: string(k), Label: w.T("remark.kind_" + string(k)), Hint: w.T("remark.kind_" + string(k) + "_hint"),
		})
	}
	fields := []templates.Field{choice, f.words("remark.words", true), f.due("remark.due")}
	key := "remark.write"
	if !f.actor.Has(tasks.RoleLeader) {
		key = "remark.record"
		fields = append(fields, f.authority(true, ""))
	}
	fields = append(fields, f.number("remark.document"))
	if len(a.Cooperating) > 0 {
		fields = append(fields, templates.Field{Name: "wide", Type: "checkbox", Label: w.T("remark.wide"), Hint: w.T("remark.wide_hint")})
	}
	return f.form(writeName(a.ID), remarksHref(a.ID), key, a.Version, fields)
}

// answer is the form by which the lead answers a word.
func (f *wordForms) answer(a tasks.Assignment, r tasks.Remark) *wordForm {
	words := f.words("remark.answer_words", true)
	words.MaxLength, words.Rows = tasks.MaxReportText, 4
	return f.form(answerName(r.ID), remarkHref(a.ID, r.ID)+"/answer", "remark.answer", a.Version, []templates.Field{
		words, f.number("remark.answer_document"), f.files(answerName(r.ID)),
	})
}

// settle is the form by which a leader decides on a word that stands.
func (f *wordForms) settle(a tasks.Assignment, r tasks.Remark) *wordForm {
	w := f.w
	outcomes := []tasks.RemarkOutcome{tasks.RemarkAccept, tasks.RemarkAskAgain, tasks.RemarkWithdraw}
	if r.State != tasks.RemarkAnswered {
		outcomes = outcomes[1:]
	}
	choice := templates.Field{Name: "outcome", Type: "radio", Label: w.T("remark.settle"), Required: true}
	for _, o := range outcomes {
		choice.Options = append(choice.Options, templates.Option{Value: string(o), Label: w.T("remark.settle_" + string(o))})
	}
	words := f.words("remark.settle_words", false)
	words.Hint = w.T("remark.settle_words_hint")
	fields := []templates.Field{choice, words, f.due("remark.settle_due")}
	if !f.actor.Has(tasks.RoleLeader) {
		fields = append(fields, f.authority(false, r.Authority))
	}
	return f.form(settleName(r.ID), remarkHref(a.ID, r.ID)+"/settle", "remark.settle", a.Version, append(fields, f.number("remark.document")))
}

// remarkHref is the address of one word; only forms go there.
func remarkHref(assignment, remark int64) string {
	return remarksHref(assignment) + "/" + idText(remark)
}

// keptLabels of what was typed into a form that is no longer on the page.
var keptWords = []struct{ name, key string }{
	{"words", "remark.words"}, {"due", "remark.due"}, {"authority", "remark.authority"}, {"document", "remark.document"}, {"answer", "deadline.answer"},
}

// kept shows what was typed into a form that is no longer on the page.
func (f *wordForms) kept() []templates.Field {
	if f.try.form == "" || f.shown[f.try.form] {
		return nil
	}
	var fields []templates.Field
	for _, k := range keptWords {
		if value := f.try.typed[k.name]; value != "" {
			fields = append(fields, keptField(k.name, f.w.T(k.key), value))
		}
	}
	return fields
}
