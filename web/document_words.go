package web

import (
	"errors"
	"fmt"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// documentLabel names a document by kind and number.
func documentLabel(w *templates.Words, kind tasks.DocumentKind, number string) string {
	if number == "" {
		return w.T("document_word.no_number", w.T("document_kind."+string(kind)))
	}
	return w.T("document_kind."+string(kind)) + " " + number
}

// documentHref is the address of a document's page with what follows it.
func documentHref(id int64, rest ...any) string {
	return "/documents/" + strconv.FormatInt(id, 10) + fmt.Sprint(rest...)
}

// timeWords says the deadline or cadence; "" when there is neither.
func timeWords(w *templates.Words, due calendar.Date, cadence string) string {
	if !due.IsZero() {
		return w.T("document_word.due", due)
	}
	if cadence != "" {
		return w.T("document_word.report", cadenceWords(w, cadence))
	}
	return ""
}

func kindOptions(w *templates.Words) []templates.Option {
	options := make([]templates.Option, len(tasks.DocumentKinds))
	for i, k := range tasks.DocumentKinds {
		options[i] = templates.Option{Value: string(k), Label: w.T("document_kind." + string(k))}
	}
	return options
}

// invalidOf finds the refused form in an error.
func invalidOf(err error) (*tasks.Error, bool) {
	e, ok := errors.AsType[*tasks.Error](err)
	return e, ok && e.Code == tasks.CodeInvalid
}

// keyOf is the key of an error's words.
func keyOf(err error) string {
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return e.Key
	}
	return ""
}

// problems lists what a form was refused for: what belongs to none of the fields first.
func (fe fieldErrors) problems(fields ...templates.Field) []templates.Problem {
	var out []templates.Problem
	if fe.first != "" {
		out = append(out, templates.Problem{Text: fe.first})
	}
	for _, f := range fields {
		out = append(out, f.Problem()...)
	}
	return out
}
