package web

import (
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// partyValue is how forms and suggestions name an agency ("a12") or a group ("g3").
func partyValue(agencyID, groupID int64) string {
	if groupID != 0 {
		return "g" + strconv.FormatInt(groupID, 10)
	}
	return "a" + strconv.FormatInt(agencyID, 10)
}

// parseParty reads what partyValue wrote; a bare number is an agency. Anything else is neither.
func parseParty(value string) (agencyID, groupID int64) {
	if rest, ok := strings.CutPrefix(value, "g"); ok {
		return 0, formID(rest)
	}
	return formID(strings.TrimPrefix(value, "a")), 0
}

// nameBook puts identifiers of agencies and groups into names, and typed names into identifiers, on one day.
type nameBook struct {
	agencies  map[int64]tasks.Agency
	groups    map[int64]tasks.Group
	directory *directory.Directory
	day       string
	words     *templates.Words
}

func newNameBook(w *templates.Words, day calendar.Date, dir *directory.Directory, agencies []tasks.Agency, groups []tasks.Group) nameBook {
	b := nameBook{
		agencies: make(map[int64]tasks.Agency, len(agencies)), groups: make(map[int64]tasks.Group, len(groups)),
		directory: dir, day: day.String(), words: w,
	}
	for _, a := range agencies {
		b.agencies[a.ID] = a
	}
	for _, g := range groups {
		b.groups[g.ID] = g
	}
	return b
}

// party is the name of the agency or group; what is unknown goes by what is written.
func (b nameBook) party(p tasks.Party) string {
	switch {
	case p.AgencyID != 0:
		return b.agency(p.AgencyID)
	case p.GroupID != 0:
		if g, ok := b.groups[p.GroupID]; ok {
			return g.Name
		}
	}
	return p.Written
}

// agency is the agency's name; one that is not in the directory any more goes by a word for that.
func (b nameBook) agency(id int64) string { return agencyName(b.words, b.agencies, id) }

func agencyName(w *templates.Words, agencies map[int64]tasks.Agency, id int64) string {
	if a, ok := agencies[id]; ok {
		return a.Name
	}
	return w.T("document_word.unknown_agency")
}

// agencyNames joins the names of agencies.
func agencyNames(w *templates.Words, agencies map[int64]tasks.Agency, ids []int64) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = agencyName(w, agencies, id)
	}
	return strings.Join(names, ", ")
}

// whole is the agency or group with, of a group, all members of the day.
func (b nameBook) whole(agencyID, groupID int64) tasks.Party {
	p := tasks.Party{AgencyID: agencyID, GroupID: groupID}
	if groupID != 0 {
		p.Members = b.groups[groupID].MembersOn(b.day)
	}
	return p
}

// find looks a typed text up: one or several names as documents write them, or beginnings of names that fit only one each. unknown
// lists the parts of the text that stand for nobody, as typed.
func (b nameBook) find(text string) (found []tasks.Party, unknown []string) {
	// A comma may stand inside the one name that is being typed; a semicolon parts two.
	names := b.directory.Resolve(text, b.day)
	if fit, ok := b.onlyFit(text); ok && !strings.ContainsAny(text, ";\n") && !slices.ContainsFunc(names, resolved) {
		return []tasks.Party{fit}, nil
	}
	for _, p := range names {
		fit := b.whole(p.AgencyID, p.GroupID)
		if !resolved(p) {
			var ok bool
			if fit, ok = b.onlyFit(p.Written); !ok {
				unknown = append(unknown, p.Written)
				continue
			}
		}
		found = append(found, fit)
	}
	if text = strings.TrimSpace(text); len(names) == 0 && text != "" {
		unknown = []string{text}
	}
	return found, unknown
}

func resolved(p directory.Party) bool { return p.AgencyID != 0 || p.GroupID != 0 }

// onlyFit is the one agency or group that a beginning or a part of a name fits.
func (b nameBook) onlyFit(text string) (tasks.Party, bool) {
	fits := b.directory.Suggest(text, b.day, 2)
	if len(fits) != 1 || fits[0].Why == directory.WhyNear || fits[0].Why == directory.WhyReplaced {
		return tasks.Party{}, false
	}
	return b.whole(fits[0].AgencyID, fits[0].GroupID), true
}

// suggestions offers what a written name may stand for, the likeliest first. An agency that is no more is offered as its successor.
func (b nameBook) suggestions(written string, limit int) []templates.Option {
	var options []templates.Option
	seen := make(map[string]bool)
	for _, s := range b.directory.Suggest(written, b.day, limit) {
		o := templates.Option{Value: partyValue(s.AgencyID, s.GroupID), Label: s.Name}
		if s.Why == directory.WhyReplaced {
			if s.SuccessorID == 0 {
				continue
			}
			o = templates.Option{Value: partyValue(s.SuccessorID, 0), Label: b.agency(s.SuccessorID), Hint: b.words.T("document_word.replaces", s.Name)}
		}
		if s.GroupID != 0 {
			o.Hint = b.words.T("document_word.group_of", len(b.groups[s.GroupID].MembersOn(b.day)))
		}
		if !seen[o.Value] {
			seen[o.Value] = true
			options = append(options, o)
		}
	}
	b.tellApart(options)
	return options
}

// tellApart adds the codes of agencies and groups to options that have the same name.
func (b nameBook) tellApart(options []templates.Option) {
	times := make(map[string]int, len(options))
	for _, o := range options {
		times[directory.Fold(o.Label)]++
	}
	for i, o := range options {
		if times[directory.Fold(o.Label)] < 2 {
			continue
		}
		agencyID, groupID := parseParty(o.Value)
		code := b.agencies[agencyID].Code
		if groupID != 0 {
			code = b.groups[groupID].Code
		}
		options[i].Label += " (" + code + ")"
	}
}
