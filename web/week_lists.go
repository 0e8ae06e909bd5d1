package web

import (
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

// weekList is a list that a week keeps: what leaders were to decide, what was finished, what fell due.
type weekList struct {
	ID, Title string
	Rows      []weekListRow
	Rest      string // how many more there were
	// Folded shows the title alone at first, Noted that rows have notes.
	Folded, Noted bool
}

// weekListRow is one duty of such a list.
type weekListRow struct {
	Href, Text, Ref, Agency string
	Note                    string // what made it stand there
	// State is what became of it since the Monday; empty while nothing has.
	State      string
	Restricted bool
}

// weekLists are the lists of the week; without those of decisions where the page shows what waits now.
func weekLists(w *templates.Words, names map[int64]tasks.Agency, v tasks.Week, decisions bool) (out []weekList) {
	for _, list := range tasks.WeekLists {
		section := v.Lists[list]
		asked := list == tasks.WeekExtensions || list == tasks.WeekDeclines || list == tasks.WeekLong
		if len(section.Rows) == 0 || asked && !decisions {
			continue
		}
		l := weekList{ID: string(list), Title: w.T("week_list."+string(list), section.Total), Folded: !asked, Noted: list != tasks.WeekFinished}
		for _, row := range section.Rows {
			l.Rows = append(l.Rows, weekListLine(w, names, row))
		}
		if rest := section.Total - len(section.Rows); rest > 0 {
			l.Rest = w.T("week_list.rest", rest)
		}
		out = append(out, l)
	}
	return out
}

func weekListLine(w *templates.Words, names map[int64]tasks.Agency, row tasks.WeekRow) weekListRow {
	l := weekListRow{
		Href: assignmentHref(row.ID), Text: dutyTitle(row.Text), Agency: leadNames(w, names, row.Leads), Restricted: row.Restricted,
		Ref: strings.Join(dutyRef(w, row.DocumentKind, row.DocumentNumber, row.Ref), " · "),
	}
	var notes []string
	switch row.List {
	case tasks.WeekExtensions:
		notes = append(notes, w.T("week_list.asks_again", row.Times+1, row.Asked))
	case tasks.WeekDeclines:
		notes = append(notes, w.T("week_list.asks_other"))
	case tasks.WeekDue:
		notes = append(notes, w.T("week_list.due_on", row.Day))
	}
	if row.DaysLate > 0 {
		notes = append(notes, w.T("week_list.late", w.T("week.days", row.DaysLate)))
	}
	l.Note = strings.Join(notes, " · ")
	if row.Settled && row.List != tasks.WeekFinished {
		l.State = w.T("week_list.settled")
		if !row.AssignmentRow.State.Open() {
			l.State = w.T("state." + string(row.AssignmentRow.State))
		}
	}
	return l
}
