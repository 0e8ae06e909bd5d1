package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

type draftPage struct {
	templates.Layout
	Headline   string
	Document   string // its label
	ReviewHref string
	Action     string
	Hidden     []templates.Hidden
	Fields     []templates.Field
	Leads      partySection
	Joint      templates.Field
	Together   partySection // the cooperating agencies
	Time       []templates.Field
	Unneeded   templates.Field // no confirmation
	Restricted templates.Field
	Recurs     templates.Field // whether each period is a duty
	Doubts     []string
	Source     []sourceFile
	// Current is the draft as another person has saved it meanwhile.
	Current []templates.Fact
	// Keep names what is typed into the form where the browser keeps it until it is saved.
	Keep string
	// Closed: the document is not under review any more; what was typed is shown to be copied.
	Closed bool
}

// draftTyped is a draft as it stands in the form.
type draftTyped struct {
	ref, text, deliverable, phrase string
	time                           timeForm
	leads, cooperating             typedParties
	joint                          bool
	unconfirmed                    bool
	opens                          int
	restricted                     bool
}

func storedDraft(w *templates.Words, read timeReader, d tasks.Draft) draftTyped {
	return draftTyped{
		ref: d.Ref, text: d.Text, deliverable: d.Deliverable, phrase: d.Written.Phrase, time: timeOf(w, read, "deadline", d.Deadline, d.Cadence),
		leads: typedParties{parties: d.Leads}, cooperating: typedParties{parties: d.Cooperating}, joint: d.Joint,
		unconfirmed: d.UnconfirmedBy != 0, opens: d.Opens, restricted: d.Restricted,
	}
}

// reviewRoom is the document under review with what its forms need.
type reviewRoom struct {
	document tasks.Document
	files    []tasks.DocumentFile
	drafts   []tasks.Draft
	book     nameBook
	closed   bool // it is not under review any more
}

func (s *Server) reviewRoom(c *gin.Context, actor tasks.Person, id int64) (reviewRoom, error) {
	ctx := c.Request.Context()
	w, today := s.words(actor), s.Rules.Day(s.Now())
	r, err := s.Documents.Review(ctx, actor, id)
	if err == nil {
		return reviewRoom{document: r.Document, files: r.Files, drafts: r.Drafts, book: newNameBook(w, today, r.Directory, r.Agencies, r.Groups)}, nil
	}
	if keyOf(err) != "document.not_draft" {
		return reviewRoom{}, err
	}
	v, err := s.Documents.Get(ctx, actor, id)
	if err != nil {
		return reviewRoom{}, err
	}
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return reviewRoom{}, err
	}
	book := newNameBook(w, today, directory.New(e.Agencies, e.Groups, e.Aliases), e.Agencies, e.Groups)
	return reviewRoom{document: v.Document, book: book, closed: true}, nil
}

func (r reviewRoom) draft(id int64) (tasks.Draft, bool) {
	i := slices.IndexFunc(r.drafts, func(d tasks.Draft) bool { return d.ID == id })
	if i < 0 {
		return tasks.Draft{}, false
	}
	return r.drafts[i], true
}

// last is the position of the last draft; 0 without any.
func (r reviewRoom) last() int {
	position := 0
	for _, d := range r.drafts {
		position = max(position, d.Position)
	}
	return position
}

// draftForm shows the form of one draft; "new" that of a duty to be added behind the position of the query.
func (s *Server) draftForm(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	room, err := s.reviewRoom(c, actor, id)
	if err != nil {
		return err
	}
	if room.closed {
		return s.redirect(c, actor, documentHref(id), "")
	}
	if c.Param("draft") == "new" {
		after := int(formID(c.Query("after")))
		if c.Query("after") == "" {
			after = room.last()
		}
		return s.showDraft(c, actor, http.StatusOK, room, draftShown{typed: draftTyped{time: timeForm{due: "deadline"}}, after: after})
	}
	draftID, err := pathID(c, "draft")
	if err != nil {
		return err
	}
	d, ok := room.draft(draftID)
	if !ok {
		return tasks.ErrNotFound
	}
	return s.showDraft(c, actor, http.StatusOK, room, draftShown{typed: storedDraft(room.book.words, s.timesOf(room.document.Head), d), draft: d})
}

// draftShown is what the form shows: what was typed, of which draft (zero: a new one), and what was wrong.
type draftShown struct {
	typed   draftTyped
	draft   tasks.Draft
	after   int
	wrong   fieldErrors
	stale   bool
	message string
}

func (s *Server) showDraft(c *gin.Context, actor tasks.Person, status int, room reviewRoom, d draftShown) error {
	w, t := room.book.words, d.typed
	base := documentHref(room.document.ID)
	p := draftPage{
		Document: documentLabel(w, room.document.Kind, room.document.Number), ReviewHref: base + "/review#drafts", Action: base + "/drafts",
		Headline: w.T("draft_form.new"), Closed: room.closed,
	}
	if d.draft.ID != 0 {
		p.Headline = w.T("draft_form.edit", refWords(w, d.draft.Ref, d.draft.Position))
		p.ReviewHref, p.Action = draftAnchor(room.document.ID, d.draft.ID), documentHref(room.document.ID, "/drafts/", d.draft.ID)
		p.Hidden = []templates.Hidden{{Name: "version", Value: versionText(d.draft.Version)}}
		p.Doubts = doubtWords(w, d.draft)
		p.Source = sourceOf(around(room.files, d.draft.Source), []sourceDuty{{
			Place: tasks.Place{Part: d.draft.Source.Part, Block: d.draft.Source.Block, Row: d.draft.Source.Row},
			Words: dutyWords(d.draft.Written, d.draft.Leads, d.draft.Cooperating),
			Link:  sourceLink{Href: "#f-text", Text: refWords(w, d.draft.Ref, d.draft.Position)},
		}})
	}
	if !room.closed {
		p.Keep = keepName(actor, room.document.ID, "draft", d.draft.ID, d.draft.Version)
	} else {
		p.ReviewHref = base
	}
	if d.draft.ID == 0 {
		p.Fields = append(p.Fields, placeField(room, d.after))
	}
	p.Fields = append(p.Fields,
		d.wrong.on(templates.Field{Name: "ref", Label: w.T("draft_form.ref"), Value: t.ref, MaxLength: 50, Narrow: true}),
		d.wrong.on(templates.Field{Name: "text", Type: "textarea", Rows: 5, Label: w.T("draft_form.text"), Value: t.text, Required: true, MaxLength: tasks.MaxDutyText}),
		d.wrong.on(templates.Field{Name: "deliverable", Label: w.T("draft_form.deliverable"), Value: t.deliverable, MaxLength: 1000}),
	)
	t.leads.wrong = strings.TrimSpace(t.leads.wrong + " " + d.wrong.byField["lead"])
	p.Leads, p.Together = t.leads.section(room.book, "lead"), t.cooperating.section(room.book, "cooperating")
	p.Joint = templates.Field{Name: "joint", Type: "radio", Label: w.T("draft_form.several"), Required: true, Value: "0", Options: []templates.Option{
		{Value: "0", Label: w.T("draft_form.each")}, {Value: "1", Label: w.T("draft_form.together")},
	}}
	p.Unneeded = templates.Field{Name: "unconfirmed", Type: "checkbox", Label: w.T("confirm.draft"), Hint: w.T("confirm.draft_hint")}
	p.Restricted = templates.Field{Name: "restricted", Type: "checkbox", Label: w.T("restricted.draft"), Hint: w.T("restricted.draft_hint")}
	if t.restricted {
		p.Restricted.Value = "1"
	}
	if t.unconfirmed {
		p.Unneeded.Value = "1"
	}
	if t.joint {
		p.Joint.Value = "1"
	}
	p.Recurs = recursField(w, d.wrong, t.opens)
	p.Time = append([]templates.Field{
		d.wrong.on(templates.Field{Name: "phrase", Label: w.T("draft_form.phrase"), Value: t.phrase, MaxLength: 500}),
	}, t.time.fields(w, d.wrong, "f-", timeLabels{
		Due: "draft_form.deadline", Cadence: "review.cadence", NoCadence: "review.no_cadence",
	})...)
	if def := timeWords(w, room.document.DefaultDue, room.document.Cadence); def != "" {
		p.Time[1].Hint += " " + w.T("draft_form.default_hint", def)
	}
	if d.stale {
		p.Current = currentDraft(room.book, room.document, d.draft)
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = d.wrong.problems(append(append(slices.Clone(p.Fields), p.Time...), p.Recurs)...)
	p.Problems = append(p.Problems, templates.Problems(p.Leads.Pick, p.Together.Pick)...)
	if d.message != "" {
		p.Problems = append([]templates.Problem{{Text: w.T(d.message)}}, p.Problems...)
	}
	return s.render(c, status, "draft_form", p)
}

// placeField asks behind which duty a new one stands.
func placeField(room reviewRoom, after int) templates.Field {
	const most = 60 // runes of a duty's words
	w := room.book.words
	f := templates.Field{
		Name: "after", Type: "select", Label: w.T("draft_form.after"), Value: strconv.Itoa(after), Required: true,
		Options: []templates.Option{{Value: "0", Label: w.T("draft_form.first")}},
	}
	for _, d := range room.drafts {
		f.Options = append(f.Options, templates.Option{Value: strconv.Itoa(d.Position), Label: refWords(w, d.Ref, d.Position) + " " + excerpt(d.Text, most)})
	}
	return f
}

// currentDraft says how a draft stands now, beside what another person typed.
func currentDraft(book nameBook, doc tasks.Document, d tasks.Draft) []templates.Fact {
	w := book.words
	names := func(parties []tasks.Party) string {
		var out []string
		for _, p := range book.partyList(parties) {
			out = append(out, strings.TrimSpace(p.Text+" "+p.Note))
		}
		return strings.Join(out, ", ")
	}
	return []templates.Fact{
		{Label: w.T("draft_form.ref"), Text: d.Ref},
		{Label: w.T("draft_form.text"), Text: d.Text},
		{Label: w.T("draft_form.deliverable"), Text: d.Deliverable},
		{Label: w.T("document_form.lead"), Text: names(d.Leads)},
		{Label: w.T("document_form.cooperating"), Text: names(d.Cooperating)},
		{Label: w.T("draft_form.time"), Text: cmp.Or(timeWords(w, d.Deadline, d.Cadence), timeWords(w, doc.DefaultDue, doc.Cadence)), Note: d.Written.Phrase},
	}
}

// around is the file of a place with the blocks about it; of a table only the rows about the duty's, which keep their numbers.
func around(files []tasks.DocumentFile, p tasks.Place) []tasks.DocumentFile {
	const near = 2
	if p.Block == 0 || p.File >= len(files) {
		return nil
	}
	f := files[p.File]
	i := slices.IndexFunc(f.Blocks, func(b tasks.SourceBlock) bool { return b.Block == p.Block })
	if i < 0 {
		return nil
	}
	if p.Row != 0 {
		b := f.Blocks[i]
		b.Rows = slices.DeleteFunc(slices.Clone(b.Rows), func(r tasks.SourceRow) bool { return r.Row != p.Row && r.Row != 1 })
		f.Blocks = []tasks.SourceBlock{b}
		return []tasks.DocumentFile{f}
	}
	blocks := f.Blocks[max(0, i-near):min(len(f.Blocks), i+near+1)]
	f.Blocks = slices.DeleteFunc(slices.Clone(blocks), func(b tasks.SourceBlock) bool { return len(b.Rows) > 0 })
	return []tasks.DocumentFile{f}
}
