package web

import (
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

// find looks a typed text up: one or several names as documents write them, or the beginning of a name that fits only one. It
// answers nothing when any part of the text stays unknown.
func (b nameBook) find(text string) []tasks.Party {
	var out []tasks.Party
	for _, p := range b.directory.Resolve(text, b.day) {
		if p.AgencyID == 0 && p.GroupID == 0 {
			out = nil
			break
		}
		out = append(out, b.whole(p.AgencyID, p.GroupID))
	}
	if len(out) > 0 {
		return out
	}
	fits := b.directory.Suggest(text, b.day, 2)
	if len(fits) == 1 && fits[0].Why != directory.WhyNear && fits[0].Why != directory.WhyReplaced {
		return []tasks.Party{b.whole(fits[0].AgencyID, fits[0].GroupID)}
	}
	return nil
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
	return options
}
