package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type takeoverPage struct {
	templates.Layout
	Headline, Lede string
	Figures        []templates.Figure
	Documents      []takeoverDocument // those about which something is to be said
	Names          []trackerName
	Days           []dayForm
	Shows          []showLink
	Rows           []takeoverRow
	Pager          templates.Pager
	Left           []string
	LeftTitle      string
	Done           []sourceLink // documents that were taken over already
	IssueAction    string
	Seen           string
	Tell           templates.Field
	Button         string
	Discard        *templates.ConfirmForm
}

// takeoverDocument is a document of the tracker that lacks something, or that is there already.
type takeoverDocument struct {
	Href, Text string
	Problems   []string
	Same       []sourceLink
}

// dayForm gives all duties that were done without a day theirs.
type dayForm struct {
	Action, Text, Button string
	Field                *templates.Field // nil: the day of each deadline
}

// takeoverRow is one row of the tracker with what was read and the form that corrects it.
type takeoverRow struct {
	ID                   int64
	Place, Ref           string // where it stands in the file
	Document, Href       string
	Text                 string
	Leads, Cooperating   string
	State                tasks.State
	First, Due, Done     string
	Words                []string // of the tracker
	Problems, Doubts     []string
	Checked              bool
	Action, Back, Remove string
	EditHref             string
	Version              int64
	Fields               []templates.Field
	Open                 bool
}

// rowInput is a refused correction of one row.
type rowInput struct {
	draft  int64
	fields map[string]string
	fieldErrors
}

// takeoverInput is what was typed and refused on the page.
type takeoverInput struct {
	name nameInput
	row  rowInput
	at   rowsPlace
	day  string
	days fieldErrors
	// problem stands on top.
	problem string
}

// takeover shows what was read of a tracker: what must be asked first, then doubts, then the rest.
func (s *Server) takeover(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "takeover")
	if err != nil {
		return err
	}
	v, err := s.Documents.Takeover(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	return s.showTakeover(c, actor, http.StatusOK, v, takeoverInput{at: rowsPlaceOf(c.Query)})
}

func (s *Server) showTakeover(c *gin.Context, actor tasks.Person, status int, v tasks.TakeoverView, in takeoverInput) error {
	w := s.words(actor)
	book := newNameBook(w, s.Rules.Day(s.Now()), v.Directory, v.Agencies, v.Groups)
	base := takeoverHref(v.Takeover.ID, "")
	p := takeoverPage{
		Lede: w.T("takeover.lede", v.Takeover.Name, v.Takeover.CreatedAt), IssueAction: base + "/issue", Seen: v.Seen,
		Tell:   templates.Field{Name: "tell", Type: "checkbox", Label: w.T("takeover.tell")},
		Button: w.T("takeover.button", v.Assignments()),
	}
	p.Names = trackerNames(w, book, v, in.name)
	p.Documents, p.Done = takeoverDocuments(w, v)
	p.Days = s.dayForms(w, v, in, base+"/days")
	p.fillRows(w, book, v, in)
	for _, l := range v.Takeover.Left {
		if l.Row == 0 {
			p.Left = append(p.Left, w.T(l.Why, l.Sheet, l.Text))
		} else {
			p.Left = append(p.Left, w.T("takeover.left_row", l.Sheet, l.Row, w.T(l.Why), l.Text))
		}
	}
	p.LeftTitle = w.T("takeover.left", len(p.Left))
	blocked := 0
	for _, plan := range v.Plans {
		blocked += len(plan.Problems)
	}
	switch {
	case len(v.Plans) == 0:
		p.Headline, p.Button = w.T("takeover.headline_done", len(v.Order)), ""
	case blocked > 0:
		p.Headline, p.Button = w.T("takeover.headline_blocked", len(v.Drafts), blocked), ""
	default:
		p.Headline = w.T("takeover.headline_ready", len(v.Drafts), len(v.Plans))
	}
	if len(v.Plans) > 0 {
		p.Discard = &templates.ConfirmForm{
			Summary: w.T("takeover.discard"), Text: w.T("takeover.discard_text"), Action: base + "/discard", Button: w.T("takeover.discard_button"),
			Hidden: []templates.Hidden{{Name: "seen", Value: v.Seen}},
		}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Wide = true
	if in.problem != "" {
		p.Problems = []templates.Problem{{Text: in.problem}}
	}
	for _, f := range p.Names {
		p.Problems = append(p.Problems, f.Other.Problem()...)
	}
	for _, d := range p.Days {
		if d.Field != nil {
			p.Problems = append(p.Problems, d.Field.Problem()...)
		}
	}
	for _, r := range p.Rows {
		for _, f := range r.Fields {
			p.Problems = append(p.Problems, f.Problem()...)
		}
	}
	return s.render(c, status, "takeover", p)
}

func takeoverDocuments(w *templates.Words, v tasks.TakeoverView) (lacking []takeoverDocument, done []sourceLink) {
	for _, id := range v.Order {
		d := v.Documents[id]
		label := documentLabel(w, d.Kind, d.Number)
		plan, draft := v.Plans[id]
		if !draft {
			done = append(done, sourceLink{Href: documentHref(id), Text: label})
			continue
		}
		line := takeoverDocument{Href: documentHref(id, "/review#head"), Text: label}
		for _, problem := range plan.Problems {
			if problem.DraftID == 0 {
				line.Problems = append(line.Problems, w.T(problem.Key, args(problem.Args)...))
			}
		}
		for _, same := range v.Same[id] {
			line.Same = append(line.Same, sourceLink{Href: documentHref(same.ID), Text: sameLabel(w, same)})
		}
		if len(line.Problems)+len(line.Same) > 0 {
			lacking = append(lacking, line)
		}
	}
	return lacking, done
}

// dayForms offer a day for all duties that were done and have none.
func (s *Server) dayForms(w *templates.Words, v tasks.TakeoverView, in takeoverInput, action string) []dayForm {
	missing := 0
	for _, d := range v.Drafts {
		if d.Taken != nil && d.Taken.Done() && d.Taken.CompletedOn.IsZero() {
			missing++
		}
	}
	if missing == 0 {
		return nil
	}
	day := in.days.on(dayControl(templates.Field{Name: "day", Label: w.T("takeover.day"), Narrow: true}, in.day))
	return []dayForm{
		{Action: action, Text: w.T("takeover.days_due", missing), Button: w.T("takeover.days_due_button")},
		{Action: action, Text: w.T("takeover.days_one", missing), Button: w.T("takeover.days_one_button"), Field: &day},
	}
}
