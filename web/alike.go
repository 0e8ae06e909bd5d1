package web

import (
	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// agencyChoices are the agencies as a select offers them. Names repeat across mergers: those that look alike, whatever their tone marks,
// case and spelling, are told apart by their codes.
func agencyChoices(agencies []tasks.Agency) []templates.Option {
	alike := make(map[string]int, len(agencies))
	for _, a := range agencies {
		alike[directory.Fold(a.Name)]++
	}
	options := make([]templates.Option, 0, len(agencies))
	for _, a := range agencies {
		o := templates.Option{Value: idText(a.ID), Label: a.Name}
		if alike[directory.Fold(a.Name)] > 1 {
			o.Label = withCode(a)
		}
		options = append(options, o)
	}
	return options
}

func withCode(a tasks.Agency) string { return a.Name + " (" + a.Code + ")" }

// told is the agency's name, with its code when another agency of the book looks alike.
func (b nameBook) told(id int64) string {
	a, ok := b.agencies[id]
	if !ok {
		return b.agency(id)
	}
	folded := directory.Fold(a.Name)
	for _, o := range b.agencies {
		if o.ID != id && directory.Fold(o.Name) == folded {
			return withCode(a)
		}
	}
	return a.Name
}
