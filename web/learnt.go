package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type learntPage struct {
	templates.Layout
	Filters templates.FilterForm
	Rows    []learntLine
	Empty   templates.Empty
	Pager   templates.Pager
	Back    string // the address of this list, to come back to
}

// learntLine is one name with who taught it at the review of what.
type learntLine struct {
	Name, Of, Who, Question, Undo string
	When                          string
	Document, DocumentHref        string
}

const learntPath = "/directory/names"

// learntNames lists the names that reviewers taught, the newest first.
func (s *Server) learntNames(c *gin.Context, actor tasks.Person) error {
	ctx, w := c.Request.Context(), s.words(actor)
	q := tasks.LearntQuery{
		Words: strings.TrimSpace(c.Query("q")), Origin: known([]tasks.NameOrigin{tasks.NamesByHand, tasks.NamesOfAll}, c.Query("origin")), After: c.Query("after"),
	}
	page, err := s.Directory.LearntNames(ctx, actor, q)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	p := learntPage{Filters: learntFilters(w, q), Pager: pagerOf(c, page.Next), Back: c.Request.URL.RequestURI()}
	book := s.bookOf(w, e)
	for _, n := range page.Rows {
		p.Rows = append(p.Rows, s.learntLine(w, book, n))
	}
	p.Empty = templates.Empty{Text: w.T("learnt.empty"), Hint: w.T("learnt.empty_hint")}
	if p.Filters.Active {
		p.Empty = templates.Empty{Text: w.T("learnt.none_fit")}
	}
	title := w.T("learnt.headline", page.Total)
	switch {
	case p.Filters.Active:
		title = w.T("learnt.headline_fit", page.Total)
	case page.Total == 0:
		title = w.T("learnt.headline_empty")
	}
	p.Layout = s.layout(c, actor, title)
	return s.render(c, http.StatusOK, "learnt", p)
}

func (s *Server) learntLine(w *templates.Words, book nameBook, n tasks.LearntName) learntLine {
	l := learntLine{
		Name: n.Name, Of: book.party(tasks.Party{AgencyID: n.AgencyID, GroupID: n.GroupID}), Who: n.Person,
		Question: w.T("learnt.undo_named", n.Name), Undo: learntPath + "/" + strconv.FormatInt(n.ID, 10) + "/undo",
	}
	if !n.At.IsZero() {
		l.When = w.T("learnt.at", n.At.In(s.Rules.Location))
	}
	switch {
	case n.Document.ID != 0:
		l.Document, l.DocumentHref = documentLabel(w, n.Document.Kind, n.Document.Number), documentHref(n.Document.ID)
	case n.DocumentID != 0:
		l.Document = w.T("learnt.discarded")
	}
	return l
}

func learntFilters(w *templates.Words, q tasks.LearntQuery) templates.FilterForm {
	return templates.FilterForm{
		Action: learntPath, ClearHref: learntPath, Active: q.Words != "" || q.Origin != tasks.NamesOfReview,
		Fields: []templates.Field{
			{Name: "q", Type: "search", Label: w.T("learnt.words"), Value: q.Words, MaxLength: 200},
			{Name: "origin", Type: "select", Label: w.T("learnt.origin"), Blank: w.T("learnt.of_review"), Value: string(q.Origin), Options: []templates.Option{
				{Value: string(tasks.NamesByHand), Label: w.T("learnt.by_hand")}, {Value: string(tasks.NamesOfAll), Label: w.T("learnt.of_all")},
			}},
		},
	}
}

// forgetName undoes what was learnt and leads back to the list.
func (s *Server) forgetName(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Directory.ForgetName(c.Request.Context(), actor, id); err != nil {
		return err
	}
	back := localTarget(c.PostForm("back"))
	if back != learntPath && !strings.HasPrefix(back, learntPath+"?") {
		back = learntPath
	}
	return s.redirect(c, actor, back, "learnt.undone")
}
