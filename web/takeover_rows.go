package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// Rows that the page shows, and how many at once.
const (
	askedRows    = "ask"
	doubtRows    = "doubt"
	takeoverRows = 40
)

// rowsPlace is which of a tracker's rows a page shows: all, or those of one kind, and from which on.
type rowsPlace struct {
	show string
	from int
}

// rowsPlaceOf reads the place from the values of an address.
func rowsPlaceOf(value func(name string) string) rowsPlace {
	at := rowsPlace{show: value("show")}
	if at.show != askedRows && at.show != doubtRows {
		at.show = ""
	}
	if n, err := strconv.Atoi(value("from")); err == nil {
		at.from = max(n, 0)
	}
	return at
}

// postedPlace is the place on which the form stood that was sent.
func postedPlace(c *gin.Context) rowsPlace {
	_, query, _ := strings.Cut(c.PostForm("back"), "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return rowsPlace{}
	}
	return rowsPlaceOf(values.Get)
}

// query is the place as the end of an address.
func (at rowsPlace) query() string {
	values := make(url.Values)
	if at.show != "" {
		values.Set("show", at.show)
	}
	if at.from > 0 {
		values.Set("from", strconv.Itoa(at.from))
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// rowRank orders rows: those about which a person must be asked, those to be looked at, the rest.
func rowRank(v tasks.TakeoverView, d tasks.Draft) int {
	switch {
	case len(v.Problems[d.ID]) > 0:
		return 0
	case len(d.Doubts) > 0 && !d.Checked:
		return 1
	}
	return 2
}

// fillRows puts the rows that are asked for on the page, those first about which a person must be asked.
func (p *takeoverPage) fillRows(w *templates.Words, book nameBook, v tasks.TakeoverView, in takeoverInput) {
	var counts [3]int
	states := make(map[tasks.State]int)
	for _, d := range v.Drafts {
		counts[rowRank(v, d)]++
		if d.Taken != nil {
			states[d.Taken.State]++
		}
	}
	for _, state := range tasks.States {
		if states[state] > 0 {
			p.Figures = append(p.Figures, templates.Figure{Value: states[state], Text: w.T("state." + string(state))})
		}
	}
	rows, at := placedRows(v, in)
	base := takeoverHref(v.Takeover.ID, "")
	for _, l := range []struct {
		show, key string
		n         int
	}{{"", "takeover.show_all", len(v.Drafts)}, {askedRows, "takeover.show_ask", counts[0]}, {doubtRows, "takeover.show_doubt", counts[1]}} {
		p.Shows = append(p.Shows, showLink{Href: base + rowsPlace{show: l.show}.query() + "#rows", Text: w.T(l.key, l.n), Current: l.show == at.show})
	}
	end := min(at.from+takeoverRows, len(rows))
	from := func(n int) string { return base + rowsPlace{at.show, n}.query() + "#rows" }
	if at.from > 0 {
		p.Pager.PrevHref = from(max(0, at.from-takeoverRows))
	}
	if end < len(rows) {
		p.Pager.NextHref = from(end)
	}
	if len(rows) > takeoverRows {
		p.Pager.Text = w.T("takeover.pager", at.from+1, end, len(rows))
	}
	for _, d := range rows[at.from:end] {
		row := takeoverRowOf(w, book, v, d, in.row)
		row.Back = base + at.query()
		p.Rows = append(p.Rows, row)
	}
}

// placedRows are the rows among which the page shows some, and the place from which on it does. A row that was refused stands on the
// page wherever it is now.
func placedRows(v tasks.TakeoverView, in takeoverInput) ([]tasks.Draft, rowsPlace) {
	at := in.at
	ranked := slices.Clone(v.Drafts)
	slices.SortStableFunc(ranked, func(a, b tasks.Draft) int { return cmp.Compare(rowRank(v, a), rowRank(v, b)) })
	refused := func(d tasks.Draft) bool { return d.ID == in.row.draft }
	rows := slices.DeleteFunc(slices.Clone(ranked), func(d tasks.Draft) bool {
		return at.show == askedRows && rowRank(v, d) != 0 || at.show == doubtRows && rowRank(v, d) != 1
	})
	if slices.ContainsFunc(ranked, refused) && !slices.ContainsFunc(rows, refused) {
		rows, at.show = ranked, ""
	}
	if at.from >= len(rows) {
		at.from = 0
	}
	if i := slices.IndexFunc(rows, refused); i >= 0 && (i < at.from || i >= at.from+takeoverRows) {
		at.from = i / takeoverRows * takeoverRows
	}
	return rows, at
}
