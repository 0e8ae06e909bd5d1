package web

import (
	"slices"
	"sync"

	"tiendo/tasks"
	"tiendo/templates"
)

// Most pages make the same of the same rows. What was made last is used again while the rows that were just read are the same, so that
// it is never older than they. It is shared: nobody may change it.

// agencyIndex is the directory as lists use it.
type agencyIndex struct {
	mu   sync.Mutex
	made madeAgencies
}

type madeAgencies struct {
	ordered []tasks.Agency
	byID    map[int64]tasks.Agency
	options []templates.Option // as a select offers them
}

func (x *agencyIndex) of(read []tasks.Agency) madeAgencies {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.made.byID != nil && slices.Equal(x.made.ordered, read) {
		return x.made
	}
	made := madeAgencies{ordered: slices.Clone(read), byID: make(map[int64]tasks.Agency, len(read)), options: agencyChoices(read)}
	for _, a := range read {
		made.byID[a.ID] = a
	}
	x.made = made
	return made
}

// documentChoices are the documents as a select offers them, by language.
type documentChoices struct {
	mu   sync.Mutex
	made map[string]madeChoices
}

type madeChoices struct {
	of      []tasks.DocumentName
	options []templates.Option
}

func (x *documentChoices) of(w *templates.Words, read []tasks.DocumentName) []templates.Option {
	x.mu.Lock()
	defer x.mu.Unlock()
	last, ok := x.made[w.Lang()]
	if ok && slices.Equal(last.of, read) {
		return last.options
	}
	options := make([]templates.Option, 0, len(read))
	for _, d := range read {
		label := documentLabel(w, d.Kind, d.Number)
		if d.Title != "" {
			label = w.T("duty.titled", label, excerpt(d.Title, 60))
		}
		options = append(options, templates.Option{Value: idText(d.ID), Label: label})
	}
	if x.made == nil {
		x.made = make(map[string]madeChoices)
	}
	x.made[w.Lang()] = madeChoices{slices.Clone(read), options}
	return options
}
