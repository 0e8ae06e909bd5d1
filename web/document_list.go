package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type documentListPage struct {
	templates.Layout
	Headline string
	New      *templates.Action
	Consult  string // where drafts for comment are; "" for those who have none
	Filters  templates.FilterForm
	Rows     []documentLine
	Empty    templates.Empty
	Pager    templates.Pager
}

// documentLine is one document of the list.
type documentLine struct {
	Href, Label, Title string
	Date               calendar.Date
	State              tasks.DocumentState
	Duties, Assigned   string
	Overdue            int
	Action             *templates.Action
}

// documentList shows the documents that the person may read, the newest first.
func (s *Server) documentList(c *gin.Context, actor tasks.Person) error {
	w, q := s.words(actor), documentQuery(c)
	page, err := s.Documents.List(c.Request.Context(), actor, q)
	if err != nil {
		return err
	}
	manages := actor.Can(tasks.ActionDocumentManage)
	p := documentListPage{Filters: documentFilters(w, q, manages)}
	for _, row := range page.Rows {
		p.Rows = append(p.Rows, documentRow(w, row, manages))
	}
	if manages || hasAgency(actor) {
		p.Consult = "/consultations"
	}
	p.Headline = documentHeadline(w, page, q)
	p.Layout = s.layout(c, actor, p.Headline)
	add := &templates.Action{Href: "/documents/new", Label: w.T("document_list.new")}
	if manages {
		p.New = add
	}
	p.Empty = templates.Empty{Text: w.T("document_list.empty"), Hint: w.T("document_list.empty_reader")}
	if manages {
		p.Empty.Hint = w.T("document_list.empty_manager")
	}
	if p.Filters.Active {
		p.Empty = templates.Empty{Text: w.T("document_list.none_fit"), Hint: w.T("document_list.none_fit_hint")}
	}
	p.Pager = documentPager(page, q)
	p.Pager.ExportHref = exportOf(c)
	return s.render(c, http.StatusOK, "document_list", p)
}

// documentQuery is the list that the address asks for.
func documentQuery(c *gin.Context) tasks.DocumentQuery {
	return tasks.DocumentQuery{
		Words: strings.TrimSpace(c.Query("q")), After: c.Query("after"),
		Kind: known(tasks.DocumentKinds, c.Query("kind")), State: known(documentStates, c.Query("state")),
	}
}

// documentStates lists the states by which the list is filtered.
var documentStates = []tasks.DocumentState{tasks.DocumentDraft, tasks.DocumentIssued, tasks.DocumentClosed}

// known is the value when it is one of those that exist, else the empty one.
func known[T ~string](all []T, value string) T {
	if slices.Contains(all, T(value)) {
		return T(value)
	}
	return ""
}

func documentFilters(w *templates.Words, q tasks.DocumentQuery, manages bool) templates.FilterForm {
	f := templates.FilterForm{Action: "/documents", ClearHref: "/documents", Active: q.Words != "" || q.Kind != "" || q.State != ""}
	f.Fields = []templates.Field{
		{Name: "q", Type: "search", Label: w.T("document_list.words"), Value: q.Words, MaxLength: 200},
		{Name: "kind", Type: "select", Label: w.T("document_form.kind"), Blank: w.T("document_list.any"), Value: string(q.Kind), Options: kindOptions(w)},
	}
	if manages {
		state := templates.Field{Name: "state", Type: "select", Label: w.T("document_list.state"), Blank: w.T("document_list.any"), Value: string(q.State)}
		for _, st := range documentStates {
			state.Options = append(state.Options, templates.Option{Value: string(st), Label: w.T("document_state." + string(st))})
		}
		f.Fields = append(f.Fields, state)
	}
	return f
}

func documentRow(w *templates.Words, row tasks.DocumentRow, manages bool) documentLine {
	l := documentLine{
		Href: documentHref(row.ID), Label: documentLabel(w, row.Kind, row.Number), Title: row.Title, Date: row.Date, State: row.State,
		Overdue: row.Overdue, Duties: w.T("document_word.duties", row.Tasks),
	}
	if row.State == tasks.DocumentDraft {
		l.Duties = w.T("document_word.duties", row.Drafts)
		if manages {
			l.Href = documentHref(row.ID, "/review")
			l.Action = &templates.Action{Href: l.Href, Label: w.T("document_list.review"), Quiet: true}
		}
		return l
	}
	var parts []string
	if row.Assignments > 0 || row.Cooperating == 0 {
		parts = append(parts, w.T("document_list.completed_of", row.Completed, row.Assignments))
	}
	if row.Cooperating > 0 {
		parts = append(parts, w.T("document_list.cooperating", row.Cooperating))
	}
	l.Assigned = strings.Join(parts, "; ")
	l.Action = &templates.Action{Href: l.Href, Label: w.T("document_list.open"), Quiet: true}
	return l
}

// documentHeadline says how many documents there are and what is late or waits in those that are shown.
func documentHeadline(w *templates.Words, page tasks.DocumentPage, q tasks.DocumentQuery) string {
	total := w.T("document_list.count", page.Total)
	switch {
	case page.Total == 0:
		return w.T("document_list.no_documents")
	case page.Total > tasks.CountCap:
		return w.T("document_list.count_more", tasks.CountCap)
	case q.After != "" || page.Next != "":
		return total // the figures of a part would be taken for those of all
	}
	drafts, overdue := 0, 0
	for _, row := range page.Rows {
		overdue += row.Overdue
		if row.State == tasks.DocumentDraft {
			drafts++
		}
	}
	switch {
	case drafts > 0 && overdue > 0:
		return w.T("document_list.count_both", total, drafts, overdue)
	case drafts > 0:
		return w.T("document_list.count_drafts", total, drafts)
	case overdue > 0:
		return w.T("document_list.count_overdue", total, overdue)
	}
	return total
}

func documentPager(page tasks.DocumentPage, q tasks.DocumentQuery) templates.Pager {
	link := func(after string) string {
		v := url.Values{}
		for name, value := range map[string]string{"q": q.Words, "kind": string(q.Kind), "state": string(q.State), "after": after} {
			if value != "" {
				v.Set(name, value)
			}
		}
		if len(v) == 0 {
			return "/documents"
		}
		return "/documents?" + v.Encode()
	}
	var p templates.Pager
	if q.After != "" {
		p.PrevHref = link("")
	}
	if page.Next != "" {
		p.NextHref = link(page.Next)
	}
	return p
}
