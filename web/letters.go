package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// lettersPath is the register of letters of reminder and criticism.
const lettersPath = "/letters"

func agencyLetterHref(id int64, rest ...string) string {
	return lettersPath + "/" + idText(id) + strings.Join(rest, "")
}

type lettersPage struct {
	templates.Layout
	Headline, Lede string
	// Late is who is late; nil for who reads but what his agencies were written.
	Late       *lateCard
	CountsHref string
	Filters    templates.FilterForm
	Rows       []letterLine
	Empty      templates.Empty
	Pager      templates.Pager
}

// lateCard lists the agencies that are late by more than a limit. Action is where drafts are asked for; empty for who only reads.
type lateCard struct {
	Limit  templates.FilterForm
	Title  string
	Hint   string
	Rows   []lateRow
	None   string
	Action string
	Beyond int
	Kind   templates.Field
	Acts   bool // at least one can be chosen
}

// lateRow is one agency with what it was written before.
type lateRow struct {
	Name, Choice      string
	Late              int
	Href              string
	Oldest            string
	Written, LastText string
	Last              string // leads to the last letter
	Draft             string // leads to its draft
	Chosen            bool
}

// letterLine is one letter of the register.
type letterLine struct {
	Href, Label, Agency string
	Kind                string
	State               templates.Chip
	Date                string
	Duties              int
}

// letterChips mark the states of letters.
var letterChips = map[tasks.LetterState]templates.Chip{
	tasks.LetterDraft: {Class: "wait", Mark: "◷"}, tasks.LetterIssued: {Class: "ok", Mark: "✓"}, tasks.LetterWithdrawn: {Mark: "–"},
}

func letterChip(w *templates.Words, state tasks.LetterState) templates.Chip {
	chip := letterChips[state]
	chip.Text = w.T("letters.state_" + string(state))
	return chip
}

// lettersTyped is the form for drafts as it was refused.
type lettersTyped struct {
	err      error
	kind     string
	agencies []string
}

// letters shows who is late and what was written to whom.
func (s *Server) letters(c *gin.Context, actor tasks.Person) error {
	return s.showLetters(c, actor, http.StatusOK, c.Query("beyond"), lettersTyped{})
}

// beyondOf reads the limit; the usual one when none is typed.
func beyondOf(typed string) int {
	if typed = strings.TrimSpace(typed); typed == "" {
		return tasks.LateBeyond
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}

func (s *Server) showLetters(c *gin.Context, actor tasks.Person, status int, beyond string, try lettersTyped) error {
	ctx, w := c.Request.Context(), s.words(actor)
	q, wrong := letterQuery(c)
	p := lettersPage{Headline: w.T("letters.headline_own"), Lede: w.T("letters.lede_own")}
	fe, _ := s.invalid(actor, joinInvalid(try.err, wrong))
	if actor.Can(tasks.ActionLetterRead) {
		p.CountsHref = lettersPath + "/counts"
		v, err := s.Letters.Late(ctx, actor, beyondOf(beyond))
		if again, refused := s.invalid(actor, err); refused {
			fe, status = again, http.StatusUnprocessableEntity
			v = tasks.LateView{Beyond: beyondOf(beyond)}
		} else if err != nil {
			return err
		}
		p.Headline, p.Lede = lettersHeadline(w, v), w.T("letters.lede_read")
		if actor.Can(tasks.ActionLetterManage) {
			p.Lede = w.T("letters.lede")
		}
		p.Late = s.lateCard(w, actor, v, beyond, try, fe)
	}
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	} else if err := s.letterRows(ctx, w, actor, q, &p); err != nil {
		return err
	}
	p.Pager.ExportHref = exportOf(c)
	if q.After != "" {
		p.Pager.PrevHref = pageHref(c, "")
	}
	if p.Pager.NextHref != "" {
		p.Pager.NextHref = pageHref(c, p.Pager.NextHref)
	}
	agencies, err := s.Directory.List(ctx)
	if err != nil {
		return err
	}
	p.Filters = letterFilters(w, actor, q, agencies, c, fe)
	if len(p.Rows) == 0 && wrong == nil {
		p.Empty = templates.Empty{Text: w.T("letters.empty"), Hint: w.T("letters.empty_hint_own")}
		if actor.Can(tasks.ActionLetterRead) {
			p.Empty.Hint = w.T("letters.empty_hint")
		}
		p.Pager.ExportHref = ""
		if p.Filters.Active {
			p.Empty = templates.Empty{Text: w.T("letters.none_fit")}
		}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Filters.Fields...)
	if p.Late != nil {
		p.Problems = append(p.Problems, fieldErrors{}.problems(asShown(p.Late)...)...)
		if text := fe.byField["agency"]; text != "" {
			p.Problems = append(p.Problems, templates.Problem{Text: text})
		}
	}
	if try.err != nil && tasks.CodeOf(try.err) != tasks.CodeInvalid {
		p.Problems = append(p.Problems, templates.Problem{Text: s.explain(actor, try.err)})
	}
	return s.render(c, status, "letters", p)
}

// asShown are the controls of the card that are on the page.
func asShown(card *lateCard) []templates.Field {
	fields := card.Limit.Fields
	if card.Acts {
		fields = append(slices.Clone(fields), card.Kind)
	}
	return fields
}

func lettersHeadline(w *templates.Words, v tasks.LateView) string {
	if len(v.Agencies) == 0 {
		return w.T("letters.headline_none", v.Beyond)
	}
	return w.T("letters.headline", len(v.Agencies), v.Duties, v.Beyond)
}

// letterRows reads one page of the register. The pager's next address is the cursor.
func (s *Server) letterRows(ctx context.Context, w *templates.Words, actor tasks.Person, q tasks.LetterQuery, p *lettersPage) error {
	page, agencies, err := s.Letters.List(ctx, actor, q)
	if err != nil {
		return err
	}
	for _, l := range page.Rows {
		p.Rows = append(p.Rows, letterLine{
			Href: agencyLetterHref(l.ID), Label: letterLabel(w, l), Agency: agencyName(w, agencies, l.AgencyID), Kind: w.T("letters.kind_" + string(l.Kind)),
			State: letterChip(w, l.State), Date: dayTyped(l.Date), Duties: l.Duties,
		})
	}
	p.Pager.NextHref = page.Next
	if page.Total > 0 {
		p.Pager.Text = w.T("letters.count", countWords(w, page.Total))
	}
	return nil
}

// letterLabel names a letter by its number, or as the draft that it is.
func letterLabel(w *templates.Words, l tasks.Letter) string {
	if l.Number == "" {
		return w.T("letters.draft_of", l.AsOf)
	}
	return l.Number
}

// letterQuery is the list that the address asks for. Days that are none come back as a refused form.
func letterQuery(c *gin.Context) (tasks.LetterQuery, error) {
	q := tasks.LetterQuery{
		Kind: known(tasks.LetterKinds, c.Query("kind")), State: known(tasks.LetterStates, c.Query("state")), AgencyID: formID(c.Query("agency")), After: c.Query("after"),
	}
	var wrong []tasks.FieldError
	for name, to := range map[string]*calendar.Date{"from": &q.From, "to": &q.To} {
		var ok bool
		if *to, ok = formDate(c.Query(name)); !ok {
			wrong = append(wrong, tasks.FieldError{Field: name, Key: "assignment_list.bad_date"})
		}
	}
	if len(wrong) > 0 {
		return q, tasks.Invalid(wrong...)
	}
	return q, nil
}

func letterKindOptions(w *templates.Words) (options []templates.Option) {
	for _, k := range tasks.LetterKinds {
		options = append(options, templates.Option{Value: string(k), Label: w.T("letters.kind_" + string(k))})
	}
	return options
}

func letterFilters(w *templates.Words, actor tasks.Person, q tasks.LetterQuery, agencies []tasks.Agency, c *gin.Context, fe fieldErrors) templates.FilterForm {
	f := templates.FilterForm{Action: lettersPath, ClearHref: lettersPath}
	f.Active = q.Kind != "" || q.State != "" || q.AgencyID != 0 || c.Query("from") != "" || c.Query("to") != ""
	any := w.T("letters.any")
	f.Fields = []templates.Field{
		{Name: "kind", Type: "select", Label: w.T("letters.kind"), Blank: any, Value: string(q.Kind), Options: letterKindOptions(w)},
	}
	if actor.Can(tasks.ActionLetterRead) {
		state := templates.Field{Name: "state", Type: "select", Label: w.T("letters.state"), Blank: any, Value: string(q.State)}
		for _, st := range tasks.LetterStates {
			state.Options = append(state.Options, templates.Option{Value: string(st), Label: w.T("letters.state_" + string(st))})
		}
		f.Fields = append(f.Fields, state,
			templates.Field{Name: "agency", Type: "select", Label: w.T("letters.agency"), Blank: any, Value: idText(q.AgencyID), Options: agencyChoices(agencies)})
	}
	for _, name := range []string{"from", "to"} {
		f.Fields = append(f.Fields, fe.on(dayControl(templates.Field{Name: name, Label: w.T("letters." + name), Narrow: true}, c.Query(name))))
	}
	for i := range f.Fields {
		f.Fields[i].ID = "filter-" + f.Fields[i].Name
	}
	return f
}

func (s *Server) lateCard(w *templates.Words, actor tasks.Person, v tasks.LateView, typed string, try lettersTyped, fe fieldErrors) *lateCard {
	if strings.TrimSpace(typed) == "" {
		typed = strconv.Itoa(v.Beyond)
	}
	card := &lateCard{
		Title: w.T("letters.late_title"), Hint: w.T("letters.late_hint"), Beyond: v.Beyond,
		Limit: templates.FilterForm{Action: lettersPath, Fields: []templates.Field{fe.on(templates.Field{
			Name: "beyond", Type: "number", Label: w.T("letters.beyond"), Value: typed, Min: "0", Max: strconv.Itoa(tasks.MaxLateBeyond), InputMode: "numeric", Narrow: true, Required: true,
		})}},
	}
	if actor.Can(tasks.ActionLetterManage) {
		card.Action = lettersPath
	}
	kind := string(tasks.LetterReminder)
	if try.err != nil {
		kind = try.kind
	}
	card.Kind = fe.on(templates.Field{ID: "f-new-kind", Name: "kind", Type: "radio", Label: w.T("letters.kind"), Value: kind, Required: true, Options: letterKindOptions(w)})
	if len(v.Agencies) == 0 {
		card.None = w.T("letters.none_late", v.Beyond)
	}
	for _, l := range v.Agencies {
		row := lateRow{
			Name: l.Agency.Name, Late: l.Late, Oldest: w.T("letters.oldest", l.Oldest, l.Days),
			Href: listHref("agency", idText(l.AgencyID), "part", string(tasks.PartLead), "timeliness", string(tasks.Overdue), "due_to", v.DueTo.String()),
		}
		if n := l.Written; n.Reminders+n.Criticisms > 0 {
			row.Written = w.T("letters.written", n.Reminders, n.Criticisms)
		}
		if last := l.Written.Last; last.ID != 0 {
			row.Last, row.LastText = agencyLetterHref(last.ID), w.T("letters.last_"+string(last.Kind), last.Number, last.Date)
		}
		if l.Draft != 0 {
			row.Draft = agencyLetterHref(l.Draft)
		} else if card.Action != "" {
			row.Choice, card.Acts = idText(l.AgencyID), true
			row.Chosen = slices.Contains(try.agencies, row.Choice)
		}
		card.Rows = append(card.Rows, row)
	}
	return card
}

// prepareLetters makes drafts to the agencies that were chosen.
func (s *Server) prepareLetters(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionLetterManage) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	try := lettersTyped{kind: c.PostForm("kind"), agencies: c.PostFormArray("agency")}
	made, err := s.Letters.Prepare(c.Request.Context(), actor, tasks.LettersInput{
		Kind: tasks.LetterKind(try.kind), Beyond: beyondOf(c.PostForm("beyond")), Agencies: formIDs(try.agencies), Usual: s.usualHead(s.words(actor)),
	})
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		try.err = err
		return s.showLetters(c, actor, status, c.PostForm("beyond"), try)
	}
	switch {
	case err != nil:
		return err
	case len(made) == 1:
		return s.redirect(c, actor, agencyLetterHref(made[0]), "letters.made_one")
	}
	return s.redirect(c, actor, lettersPath+"?state="+string(tasks.LetterDraft), "letters.made", len(made))
}

// usualHead is the head of the first letter: that of the settings, without what is of reports alone.
func (s *Server) usualHead(w *templates.Words) tasks.LetterHead {
	l := s.Letterhead
	return tasks.LetterHead{
		Parent: l.Parent, Issuer: l.Issuer, Place: l.Place, Recipients: []string{w.T("letters.as_above"), w.T("letters.archive")}, Capacity: l.Capacity, Title: l.Title, Name: l.Name,
	}
}
