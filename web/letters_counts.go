package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
	"tiendo/templates/office"
)

// letterCountsPage counts the letters of a year by month and by agency.
type letterCountsPage struct {
	templates.Layout
	Headline, Lede string
	Filters        templates.FilterForm
	Months         []letterCountRow
	Agencies       []letterCountRow
	Empty          templates.Empty
	Pager          templates.Pager
}

// letterCountRow is a month or an agency with what was written.
type letterCountRow struct {
	Name, Href                      string
	Reminders, Criticisms, Agencies int
}

func (r *letterCountRow) add(c tasks.LetterCount) {
	if c.Kind == tasks.LetterCriticism {
		r.Criticisms += c.Letters
	} else {
		r.Reminders += c.Letters
	}
}

// monthAgency is what one count is of, whatever the kind of letter.
type monthAgency struct {
	month  calendar.Date
	agency int64
}

func monthAgencyOf(n tasks.LetterCount) monthAgency { return monthAgency{n.Month, n.AgencyID} }

// letterTally are the counts of a span, added up.
type letterTally struct {
	months, agencies      []letterCountRow
	reminders, criticisms int // papers: one to several agencies counts once
	counts                []tasks.LetterCount
	names                 map[int64]tasks.Agency
	from, to              calendar.Date
	year, month           int // month 0: the whole year
}

// tallyLetters counts the letters of the year, or month, that the address asks for.
func (s *Server) tallyLetters(c *gin.Context, actor tasks.Person) (t letterTally, err error) {
	t.year = s.Rules.Day(s.Now()).Year
	if y, err := strconv.Atoi(c.Query("year")); err == nil && y >= 2000 && y <= 2100 {
		t.year = y
	}
	t.from, t.to = calendar.NewDate(t.year, time.January, 1), calendar.NewDate(t.year, time.December, 31)
	if m, err := strconv.Atoi(c.Query("month")); err == nil && m >= 1 && m <= 12 {
		t.month = m
		t.from, t.to = calendar.NewDate(t.year, time.Month(m), 1), calendar.EndOfMonth(t.year, time.Month(m))
	}
	if t.counts, t.names, err = s.Letters.Counts(c.Request.Context(), actor, t.from, t.to); err != nil {
		return t, err
	}
	w := s.words(actor)
	papers := make(map[tasks.LetterKind]map[string]bool)
	byAgency := make(map[int64]*letterCountRow)
	seen := make(map[monthAgency]bool)
	for _, n := range t.counts {
		if papers[n.Kind] == nil {
			papers[n.Kind] = make(map[string]bool)
		}
		for _, number := range n.Numbers {
			papers[n.Kind][number] = true
		}
		month := letterMonth(w, n.Month)
		if len(t.months) == 0 || t.months[len(t.months)-1].Name != month {
			t.months = append(t.months, letterCountRow{Name: month, Href: lettersHref(n.Month, calendar.EndOfMonth(n.Month.Year, n.Month.Month), 0)})
		}
		last := &t.months[len(t.months)-1]
		if last.add(n); !seen[monthAgencyOf(n)] {
			seen[monthAgencyOf(n)] = true
			last.Agencies++
		}
		if byAgency[n.AgencyID] == nil {
			byAgency[n.AgencyID] = &letterCountRow{Name: agencyName(w, t.names, n.AgencyID), Href: lettersHref(t.from, t.to, n.AgencyID)}
		}
		byAgency[n.AgencyID].add(n)
	}
	for _, row := range byAgency {
		t.agencies = append(t.agencies, *row)
	}
	slices.SortFunc(t.agencies, func(a, b letterCountRow) int {
		return cmp.Or(cmp.Compare(b.Criticisms, a.Criticisms), cmp.Compare(b.Reminders, a.Reminders), cmp.Compare(a.Name, b.Name))
	})
	t.reminders, t.criticisms = len(papers[tasks.LetterReminder]), len(papers[tasks.LetterCriticism])
	return t, nil
}

// lettersHref leads to the letters of a span that were issued.
func lettersHref(from, to calendar.Date, agency int64) string {
	href := lettersPath + "?from=" + from.String() + "&state=" + string(tasks.LetterIssued) + "&to=" + to.String()
	if agency != 0 {
		href += "&agency=" + idText(agency)
	}
	return href
}

func (t letterTally) span(w *templates.Words) string {
	if t.month != 0 {
		return letterMonth(w, t.from)
	}
	return w.T("register.year", strconv.Itoa(t.year))
}

func letterMonth(w *templates.Words, day calendar.Date) string {
	return w.T("register.month", strconv.Itoa(int(day.Month)), strconv.Itoa(day.Year))
}

// letterCounts shows how many letters there were of each kind.
func (s *Server) letterCounts(c *gin.Context, actor tasks.Person) error {
	t, err := s.tallyLetters(c, actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	p := letterCountsPage{
		Headline: w.T("letters.counts_headline", t.span(w), t.reminders, t.criticisms), Lede: w.T("letters.counts_lede"), Months: t.months, Agencies: t.agencies,
	}
	year := templates.Field{ID: "filter-year", Name: "year", Type: "number", Label: w.T("letters.year"), Value: strconv.Itoa(t.year), Min: "2000", Max: "2100", InputMode: "numeric", Narrow: true, Required: true}
	month := templates.Field{ID: "filter-month", Name: "month", Type: "select", Label: w.T("letters.month"), Blank: w.T("letters.whole_year"), Value: strconv.Itoa(t.month)}
	for m := 1; m <= 12; m++ {
		month.Options = append(month.Options, templates.Option{Value: strconv.Itoa(m), Label: w.T("letters.month_of", m)})
	}
	p.Filters = templates.FilterForm{Action: lettersPath + "/counts", Fields: []templates.Field{year, month}}
	if len(t.counts) == 0 {
		p.Headline = w.T("letters.counts_none", t.span(w))
		p.Empty = templates.Empty{Text: w.T("letters.counts_empty"), Hint: w.T("letters.counts_empty_hint")}
	} else {
		p.Pager.ExportHref = exportOf(c)
	}
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "letter_counts", p)
}

// exportLetterCounts gives the counts, month by month.
func (s *Server) exportLetterCounts(c *gin.Context, actor tasks.Person) error {
	t, err := s.tallyLetters(c, actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	type row struct {
		letterCountRow
		month string
	}
	var rows []row
	at := make(map[monthAgency]int)
	for _, n := range t.counts {
		i, known := at[monthAgencyOf(n)]
		if !known {
			i = len(rows)
			at[monthAgencyOf(n)] = i
			rows = append(rows, row{letterCountRow{Name: agencyName(w, t.names, n.AgencyID)}, letterMonth(w, n.Month)})
		}
		rows[i].add(n)
	}
	return sendList(s, c, actor, exported[row]{
		key: "letter_counts", lines: []string{w.T("letters.counts_headline", t.span(w), t.reminders, t.criticisms)},
		group: func(r row) string { return r.month }, page: onePage(rows),
		columns: []office.Column[row]{
			{Head: w.T("letters.agency"), Width: 44, Value: func(r row) any { return r.Name }},
			{Head: w.T("letters.kind_reminder"), Width: 14, Value: func(r row) any { return r.Reminders }},
			{Head: w.T("letters.kind_criticism"), Width: 14, Value: func(r row) any { return r.Criticisms }},
		},
	})
}

// exportLetters gives the register.
func (s *Server) exportLetters(c *gin.Context, actor tasks.Person) error {
	ctx, w := c.Request.Context(), s.words(actor)
	q, err := letterQuery(c)
	if err != nil {
		return s.letters(c, actor)
	}
	agencies, err := s.Directory.List(ctx)
	if err != nil {
		return err
	}
	names := make(map[int64]tasks.Agency, len(agencies))
	for _, a := range agencies {
		names[a.ID] = a
	}
	return sendList(s, c, actor, exported[tasks.Letter]{
		key: "letters", lines: filtersChosen(w, letterFilters(w, actor, q, agencies, c, fieldErrors{})),
		columns: []office.Column[tasks.Letter]{
			{Head: w.T("letters.number"), Width: 20, Value: func(l tasks.Letter) any { return l.Number }},
			{Head: w.T("letters.date"), Value: func(l tasks.Letter) any { return l.Date }},
			{Head: w.T("letters.kind"), Width: 14, Value: func(l tasks.Letter) any { return w.T("letters.kind_" + string(l.Kind)) }},
			{Head: w.T("letters.agency"), Width: 44, Value: func(l tasks.Letter) any { return agencyName(w, names, l.AgencyID) }},
			{Head: w.T("letters.about"), Width: 44, Value: func(l tasks.Letter) any { return letterAbout(w, l) }},
			{Head: w.T("letters.duties_count"), Width: 11, Value: func(l tasks.Letter) any { return l.Duties }},
			{Head: w.T("letters.answer_by"), Value: func(l tasks.Letter) any { return l.AnswerBy }},
			{Head: w.T("letters.state"), Width: 14, Center: true, Value: func(l tasks.Letter) any { return w.T("letters.state_" + string(l.State)) }},
		},
		page: func(after string) ([]tasks.Letter, string, error) {
			q.After, q.Limit = after, tasks.MaxPage
			page, _, err := s.Letters.List(ctx, actor, q)
			return page.Rows, page.Next, err
		},
	})
}
