package templates

import (
	"slices"
	"strings"
)

// Field is one control of a form with its label, hint and error, rendered by
// {{template "field" .Name}}. Label, Hint and Error are words, not keys. Value
// is what was typed, also when it was wrong.
type Field struct {
	// ID of the control; "f-" and the name when empty.
	ID, Name    string
	Label, Hint string
	// Type is a type of <input> (text when empty), or textarea, select, radio,
	// checkboxes, checkbox, file, hidden.
	Type  string
	Value string
	// Values are the chosen ones of checkboxes.
	Values   []string
	Error    string
	Required bool
	// Options of select, radio and checkboxes. A checkbox on its own takes the
	// value it is sent with from its one option, or "1".
	Options []Option
	// Blank is the first, empty choice of a select; none when empty.
	Blank string

	// Rows of a textarea; 3 when zero.
	Rows int
	// Narrow keeps the control as wide as a date or a number.
	Narrow bool
	// Plain hides the label from the eye, not from screen readers.
	Plain bool

	// Autocomplete, InputMode, Min, Max, Step, Placeholder, Pattern, Accept and
	// Capture are the attributes of those names, left out when empty.
	Autocomplete, InputMode, Min, Max, Step, Placeholder, Pattern, Accept, Capture string
	// MaxLength in UTF-16 units, as browsers count; none when zero.
	MaxLength int
	Multiple  bool
	Autofocus bool
	ReadOnly  bool
	// Suggest is the address of a JSON list that completes what is typed; see
	// static/js/20-suggest.js.
	Suggest string
}

// Option is one choice of a field.
type Option struct{ Value, Label, Hint string }

// ControlID is the id of the control, the one that labels and problems point to.
func (f Field) ControlID() string {
	if f.ID != "" {
		return f.ID
	}
	return "f-" + f.Name
}

// DescribedBy lists the ids of hint and error for aria-describedby.
func (f Field) DescribedBy() string {
	return describedBy(f.ControlID(), f.Hint, f.Error)
}

// Kind is the partial that renders the field: input, textarea, select, choices,
// checkbox or hidden.
func (f Field) Kind() string {
	switch f.Type {
	case "textarea", "select", "checkbox", "hidden":
		return f.Type
	case "radio", "checkboxes":
		return "choices"
	}
	return "input"
}

// InputType is the type attribute of the <input>.
func (f Field) InputType() string {
	switch f.Type {
	case "":
		return "text"
	case "checkboxes":
		return "checkbox"
	}
	return f.Type
}

// Chosen says whether a choice of the field is taken.
func (f Field) Chosen(value string) bool {
	if f.Type == "checkboxes" {
		return slices.Contains(f.Values, value)
	}
	return f.Value == value
}

// SentValue is what a single checkbox sends when it is ticked.
func (f Field) SentValue() string {
	if len(f.Options) > 0 {
		return f.Options[0].Value
	}
	return "1"
}

// Pick chooses one or several things from a list too long to show, such as
// agencies: {{template "pick" .Leads}}. The chosen ones are ticked boxes sent as
// Name; what is typed is sent as TextName and is for the server to look up, so
// that it works without a script. With one, suggestions become ticked boxes.
type Pick struct {
	ID, Name, TextName string
	Label, Hint, Error string
	// Suggest is the address of the JSON list; the typed words go along as q.
	Suggest string
	Picked  []Option
	// Text is what was typed and not yet found.
	Text     string
	Required bool
	// Single keeps only the last pick.
	Single bool
}

// ControlID is the id of the text box.
func (p Pick) ControlID() string {
	if p.ID != "" {
		return p.ID
	}
	return "f-" + p.Name
}

// DescribedBy lists the ids of hint and error for aria-describedby.
func (p Pick) DescribedBy() string { return describedBy(p.ControlID(), p.Hint, p.Error) }

func describedBy(id, hint, err string) string {
	switch {
	case hint != "" && err != "":
		return id + "-hint " + id + "-error"
	case hint != "":
		return id + "-hint"
	case err != "":
		return id + "-error"
	}
	return ""
}

// Problem is one line of the list of errors above a form. Without an ID it
// concerns the whole form.
type Problem struct{ ID, Text string }

// Problem returns what the field was refused for, nil when it was not.
func (f Field) Problem() []Problem {
	if f.Error == "" {
		return nil
	}
	// A group of choices has no single control; the link leads to its first.
	if f.Kind() == "choices" {
		return []Problem{{ID: f.ControlID() + "-0", Text: named(f.Label, f.Error)}}
	}
	return []Problem{{ID: f.ControlID(), Text: named(f.Label, f.Error)}}
}

// Problem returns what the pick was refused for, nil when it was not.
func (p Pick) Problem() []Problem {
	if p.Error == "" {
		return nil
	}
	return []Problem{{ID: p.ControlID(), Text: named(p.Label, p.Error)}}
}

// named puts a field's label before its error: at the head of a page the error
// stands far from its field.
func named(label, err string) string {
	label = strings.TrimRight(label, " :")
	if label == "" {
		return err
	}
	return label + ": " + err
}

// Problems gathers the errors of a form's fields in their order, for
// Layout.Problems.
func Problems(fields ...interface{ Problem() []Problem }) []Problem {
	var all []Problem
	for _, field := range fields {
		all = append(all, field.Problem()...)
	}
	return all
}

// Hidden is a value a form sends along unseen.
type Hidden struct{ Name, Value string }

// ConfirmForm is a button that asks once more before it acts, without a script:
// {{template "confirm" .Recall}} shows Summary, and behind it Text, fields and
// the button that posts.
type ConfirmForm struct {
	Summary, Text, Action, Button string
	Fields                        []Field
	Hidden                        []Hidden
	// Open shows it unfolded, as after an error.
	Open bool
}

// FilterForm is a row of fields that narrow a list, sent by GET.
type FilterForm struct {
	Action    string
	Fields    []Field
	Hidden    []Hidden
	ClearHref string
	// Active says that some filter is set, so that clearing is offered.
	Active bool
	// Fold folds the fields on a small screen while no filter is set.
	Fold bool
}
