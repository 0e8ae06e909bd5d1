package web

import (
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// mostExtended is the largest count of extensions that the filter offers: so often, or oftener.
const mostExtended = 3

// reachedNobody asks for duties of which nobody of an agency has had the mail.
const reachedNobody = "no"

// narrowing are filters of the list that are asked for more rarely, as typed.
type narrowing struct {
	Number                     string // of the document
	AssignedFrom, AssignedTo   string
	CompletedFrom, CompletedTo string
	Extended                   string
	Reached                    string // reachedNobody
}

func readNarrowing(get func(string) string) narrowing {
	day := func(name string) string { return strings.TrimSpace(get(name)) }
	n := narrowing{
		Number: oneLine(get("number")), AssignedFrom: day("assigned_from"), AssignedTo: day("assigned_to"),
		CompletedFrom: day("completed_from"), CompletedTo: day("completed_to"),
	}
	if times, err := strconv.Atoi(get("extended")); err == nil && 1 <= times && times <= mostExtended {
		n.Extended = strconv.Itoa(times)
	}
	n.Reached = known([]string{reachedNobody}, get("reached"))
	return n
}

// completed tells that finished work is asked for.
func (n narrowing) completed() bool { return n.CompletedFrom != "" || n.CompletedTo != "" }

// days reads a span of days; what is none is noted at its field.
func days(fromName, from, toName, to string) (first, last calendar.Date, wrong []tasks.FieldError) {
	first, ok := formDate(from)
	if !ok {
		wrong = append(wrong, tasks.FieldError{Field: fromName, Key: "assignment_list.bad_date"})
	}
	if last, ok = formDate(to); !ok {
		wrong = append(wrong, tasks.FieldError{Field: toName, Key: "assignment_list.bad_date"})
	}
	if !last.IsZero() && first.After(last) {
		wrong = append(wrong, tasks.FieldError{Field: toName, Key: "assignment_list.bad_range"})
	}
	return first, last, wrong
}

// add puts the filters into the query.
func (n narrowing) add(q *tasks.AssignmentQuery) (wrong []tasks.FieldError) {
	q.Number, q.Unreached = n.Number, n.Reached != ""
	q.Extended, _ = strconv.Atoi(n.Extended) // "" is 0: any
	q.AssignedFrom, q.AssignedTo, wrong = days("assigned_from", n.AssignedFrom, "assigned_to", n.AssignedTo)
	var more []tasks.FieldError
	q.CompletedFrom, q.CompletedTo, more = days("completed_from", n.CompletedFrom, "completed_to", n.CompletedTo)
	return append(wrong, more...)
}

// pairs are the names and values for the address of the list.
func (n narrowing) pairs() []string {
	return []string{
		"number", n.Number, "assigned_from", n.AssignedFrom, "assigned_to", n.AssignedTo, "completed_from", n.CompletedFrom, "completed_to", n.CompletedTo,
		"extended", n.Extended, "reached", n.Reached,
	}
}

// reachedField is the filter by whom mails have reached, for those who see every agency's duties.
func (n narrowing) reachedField(w *templates.Words) templates.Field {
	return templates.Field{
		Name: "reached", Type: "select", Label: w.T("told.filter"), Blank: w.T("assignment_list.any"), Value: n.Reached,
		Options: []templates.Option{{Value: reachedNobody, Label: w.T("told.filter_nobody")}},
	}
}

func (n narrowing) fields(w *templates.Words, any string) []templates.Field {
	var times []templates.Option
	for i := 1; i <= mostExtended; i++ {
		times = append(times, templates.Option{Value: strconv.Itoa(i), Label: w.T("assignment_list.extended_times", i)})
	}
	return []templates.Field{
		{Name: "number", Label: w.T("assignment_list.number"), Value: n.Number, MaxLength: 100, Narrow: true, Autocomplete: "off"},
		dayControl(templates.Field{Name: "assigned_from", Label: w.T("assignment_list.assigned_from")}, n.AssignedFrom),
		dayControl(templates.Field{Name: "assigned_to", Label: w.T("assignment_list.assigned_to")}, n.AssignedTo),
		dayControl(templates.Field{Name: "completed_from", Label: w.T("assignment_list.completed_from")}, n.CompletedFrom),
		dayControl(templates.Field{Name: "completed_to", Label: w.T("assignment_list.completed_to")}, n.CompletedTo),
		{Name: "extended", Type: "select", Label: w.T("assignment_list.extended"), Blank: any, Value: n.Extended, Options: times},
	}
}
