package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// directoryView puts the directory into lines, narrowed by the filter.
type directoryView struct {
	words     *templates.Words
	book      nameBook
	entries   tasks.Entries
	reachable map[int64]bool
	returned  map[int64]time.Time // since when mails to the agency's own address come back
	today     string
	filter    directoryFilter
}

func agencyHref(id int64) string { return "/directory/agencies/" + strconv.FormatInt(id, 10) }

func groupHref(id int64) string { return "/directory/groups/" + strconv.FormatInt(id, 10) }

// unreached tells whether the agency exists and nobody there gets mail. The province's own committee gives duties and gets none.
func (v directoryView) unreached(a tasks.Agency) bool {
	return a.ValidOn(v.today) && a.Kind != directory.KindAuthority && !v.reachable[a.ID]
}

// headline says how many agencies and groups there are today, and how many of them no mail reaches.
func (v directoryView) headline() string {
	agencies, unreached := 0, 0
	for _, a := range v.entries.Agencies {
		if a.ValidOn(v.today) {
			agencies++
		}
		if v.unreached(a) {
			unreached++
		}
	}
	switch {
	case len(v.entries.Agencies) == 0:
		return v.words.T("directory.headline_empty")
	case unreached > 0:
		return v.words.T("directory.headline_unreached", agencies, len(v.entries.Groups), unreached)
	}
	return v.words.T("directory.headline", agencies, len(v.entries.Groups))
}

func (v directoryView) filters() templates.FilterForm {
	w, f := v.words, v.filter
	form := templates.FilterForm{Action: "/directory", ClearHref: "/directory", Active: f != directoryFilter{}}
	kind := templates.Field{Name: "kind", Type: "select", Label: w.T("directory.kind"), Blank: w.T("directory.any"), Value: string(f.kind)}
	for _, k := range directory.Kinds() {
		kind.Options = append(kind.Options, templates.Option{Value: string(k), Label: w.T("agency_kind." + string(k))})
	}
	form.Fields = []templates.Field{
		{Name: "q", Type: "search", Label: w.T("directory.words"), Value: f.words, MaxLength: 200},
		kind,
		{Name: "show", Type: "select", Label: w.T("directory.show"), Blank: w.T("directory.show_active"), Value: f.show, Options: []templates.Option{
			{Value: showUnreached, Label: w.T("directory.show_unreached")}, {Value: showAll, Label: w.T("directory.show_all")},
		}},
	}
	return form
}

// fits tells whether each typed word begins a word of one of the names.
func (v directoryView) fits(names ...string) bool {
	var words []string
	for _, n := range names {
		words = append(words, strings.Fields(directory.Fold(n))...)
	}
	for typed := range strings.FieldsSeq(directory.Fold(v.filter.words)) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, typed) }) {
			return false
		}
	}
	return true
}

// aliasesOf lists the other names of an agency or group.
func (v directoryView) aliasesOf(agencyID, groupID int64) []string {
	var names []string
	for _, a := range v.entries.Aliases {
		if a.AgencyID == agencyID && a.GroupID == groupID {
			names = append(names, a.Name)
		}
	}
	return names
}

func (v directoryView) tables() []agencyTable {
	var tables []agencyTable
	for _, kind := range directory.Kinds() {
		if v.filter.kind != "" && v.filter.kind != kind {
			continue
		}
		var t agencyTable
		for _, a := range v.entries.Agencies {
			shown := v.filter.show == showAll || v.filter.show == showActive && (a.To == "" || a.To >= v.today) || v.filter.show == showUnreached && v.unreached(a)
			if a.Kind != kind || !shown || !v.fits(append(v.aliasesOf(a.ID, 0), a.Name, a.ShortName, a.Code)...) {
				continue
			}
			t.Rows = append(t.Rows, agencyEntry{
				Href: agencyHref(a.ID), Name: a.Name, Code: a.Code, Short: a.ShortName, Valid: validWords(v.words, a.From, a.To),
				Successor: v.successor(a), Unreached: v.unreached(a), Returned: !v.returned[a.ID].IsZero(),
			})
		}
		if len(t.Rows) > 0 {
			t.Caption = v.words.T("directory.caption", v.words.T("agency_kind."+string(kind)), len(t.Rows))
			tables = append(tables, t)
		}
	}
	return tables
}

func (v directoryView) successor(a tasks.Agency) string {
	if a.SuccessorID == 0 {
		return ""
	}
	return v.book.agency(a.SuccessorID)
}

// validWords says a span of validity; "" when it is open on both sides.
func validWords(w *templates.Words, from, to string) string {
	first, last := shownDay(w, from), shownDay(w, to)
	switch {
	case first != "" && last != "":
		return w.T("directory.valid_between", first, last)
	case first != "":
		return w.T("directory.valid_from", first)
	case last != "":
		return w.T("directory.valid_to", last)
	}
	return ""
}

// shownDay writes an ISO day the language's way.
func shownDay(w *templates.Words, iso string) string {
	d, err := calendar.ParseDate(iso)
	if err != nil {
		return iso
	}
	text, err := w.Date(d)
	if err != nil {
		return iso
	}
	return text
}

func (v directoryView) groups() []groupLine {
	var lines []groupLine
	for _, g := range v.entries.Groups {
		if !v.fits(append(v.aliasesOf(0, g.ID), g.Name, g.Code)...) {
			continue
		}
		lines = append(lines, groupLine{
			Href: groupHref(g.ID), Name: g.Name, Code: g.Code, Members: v.words.T("directory.members_today", len(g.MembersOn(v.today))),
		})
	}
	return lines
}

func (v directoryView) aliases() []aliasLine {
	var lines []aliasLine
	for _, a := range v.entries.Aliases {
		of := v.book.party(tasks.Party{AgencyID: a.AgencyID, GroupID: a.GroupID})
		if v.fits(a.Name, of) {
			lines = append(lines, aliasLine{
				Remove: "/directory/aliases/" + strconv.FormatInt(a.ID, 10) + "/remove", Name: a.Name, Of: of,
				Question: v.words.T("directory.alias_remove_named", a.Name),
			})
		}
	}
	return lines
}

func (v directoryView) empty() *templates.Empty {
	if (v.filter == directoryFilter{}) {
		return &templates.Empty{Text: v.words.T("directory.empty"), Hint: v.words.T("directory.empty_hint")}
	}
	return &templates.Empty{Text: v.words.T("directory.none_fit"), Hint: v.words.T("directory.none_fit_hint")}
}
