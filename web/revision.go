package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// revisionPage is the duties of an earlier document beside those of the draft that revises it.
type revisionPage struct {
	templates.Layout
	Headline, ReviewHref string
	Link                 revisionLink
	Facts                []templates.Fact
	Action, Drafts       string
	Version              int64
	Rows                 []revisionRow
	Earlier, New         string // column titles
}

// revisionLink is the form that says which document is revised.
type revisionLink struct {
	Open    bool
	Summary string
	Action  string
	Version int64
	Fields  []templates.Field
	Linked  bool
}

// revisionRow is one line of the comparison.
type revisionRow struct {
	ID           int64 // of the earlier duty; 0 of a new one
	Old, New     *revisionDuty
	Look         string
	Fate         *templates.Field
	Duty         *templates.Field // which new duty it goes on in
	Consequences []string
}

type revisionDuty struct {
	Label, Text, Time, Leads string
	Shares                   []dutyShare
}

// revisionInput is what stands in the forms where it is not what is stored.
type revisionInput struct {
	number, kind *string
	link         fieldErrors
	fates        map[int64]typedFate // by earlier duty
	errors       fieldErrors
	problem      string
}

// typedFate is what was chosen for one earlier duty.
type typedFate struct {
	fate, number string
	draft        int64 // the new duty that bore the number on the page that was sent; 0: none did
}

// revision shows the duties of the earlier document and of the draft side by side.
func (s *Server) revision(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Documents.Revision(c.Request.Context(), actor, id)
	if keyOf(err) == "document.not_draft" {
		return s.redirect(c, actor, documentHref(id), "")
	}
	if err != nil {
		return err
	}
	return s.showRevision(c, actor, http.StatusOK, v, revisionInput{})
}

// setRevises says which document the draft revises, or that it revises none.
func (s *Server) setRevises(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	number, kind := strings.TrimSpace(c.PostForm("number")), c.PostForm("kind")
	stored, said := number, "revision.linked"
	switch {
	case c.PostForm("remove") != "":
		stored, said = "", "revision.unlinked"
	case number == "":
		// Nothing is told of a form to those who may not ask.
		if _, err := s.Documents.Revision(c.Request.Context(), actor, id); err != nil {
			return err
		}
		err = tasks.Invalid(tasks.FieldError{Field: "number", Key: "field.required"})
	}
	if err == nil {
		err = s.Documents.SetRevises(c.Request.Context(), actor, id, formID(c.PostForm("version")), stored, tasks.RevisionKind(kind))
	}
	if err == nil {
		return s.redirect(c, actor, documentHref(id, "/revision"), said)
	}
	return s.revisionAgain(c, actor, id, err, revisionInput{number: &number, kind: &kind}, func(in *revisionInput, fe fieldErrors) { in.link = fe })
}

// chooseFates stores what becomes of each duty of the earlier document.
func (s *Server) chooseFates(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	in := revisionInput{fates: make(map[int64]typedFate)}
	var shown []int64 // the new duties as the page numbered them
	for text := range strings.SplitSeq(c.PostForm("drafts"), ",") {
		shown = append(shown, formID(text))
	}
	var choices []tasks.DutyChoice
	for _, task := range formIDs(c.PostFormArray("duty")) {
		name := strconv.FormatInt(task, 10)
		typed := typedFate{fate: c.PostForm("fate-" + name), number: strings.TrimSpace(c.PostForm("in-" + name))}
		if n := formID(typed.number); n > 0 && n <= int64(len(shown)) {
			typed.draft = shown[n-1]
		}
		in.fates[task] = typed
		choice := tasks.DutyChoice{TaskID: task, Fate: tasks.Fate(typed.fate)}
		if choice.Fate == tasks.FateGoesOn {
			choice.DraftID = typed.draft
		}
		choices = append(choices, choice)
	}
	if err = s.Documents.ChooseFates(c.Request.Context(), actor, id, formID(c.PostForm("version")), choices); err == nil {
		return s.redirect(c, actor, documentHref(id, "/revision"), "revision.saved")
	}
	return s.revisionAgain(c, actor, id, err, in, func(in *revisionInput, fe fieldErrors) { in.errors = fe })
}

// revisionAgain shows the page as it is now, with what was typed, after a refusal.
func (s *Server) revisionAgain(c *gin.Context, actor tasks.Person, id int64, failure error, in revisionInput, note func(*revisionInput, fieldErrors)) error {
	fe, refused := s.invalid(actor, failure)
	status := http.StatusUnprocessableEntity
	switch {
	case refused:
		note(&in, fe)
	case keyOf(failure) == "error.conflict":
		status, in.problem = http.StatusConflict, s.words(actor).T("revision.stale")
	default:
		return failure
	}
	v, err := s.Documents.Revision(c.Request.Context(), actor, id)
	if err != nil {
		return failure
	}
	return s.showRevision(c, actor, status, v, in)
}

func (s *Server) showRevision(c *gin.Context, actor tasks.Person, status int, v tasks.RevisionView, in revisionInput) error {
	w, d := s.words(actor), v.Document
	p := revisionPage{
		ReviewHref: documentHref(d.ID, "/review"), Action: documentHref(d.ID, "/revision"), Version: d.Version,
		Link: revisionLinkOf(w, v, in), Headline: w.T("revision.none", documentLabel(w, d.Kind, d.Number)),
	}
	if v.Earlier.ID != 0 {
		earlier := documentLabel(w, v.Earlier.Kind, v.Earlier.Number)
		p.Headline = w.T("revision.headline_"+string(d.Revises.Kind), documentLabel(w, d.Kind, d.Number), earlier, v.Plan.GoOn, v.Plan.Ended, v.Plan.New)
		if v.Plan.Doubtful > 0 {
			p.Headline = w.T("revision.headline_doubt", v.Plan.Doubtful, earlier)
		}
		p.Earlier, p.New = earlier, documentLabel(w, d.Kind, d.Number)
		p.Facts = revisionFacts(w, v.Plan)
	}
	number := make(map[int64]int, len(v.Drafts))
	var ids []string
	for i, dr := range v.Drafts {
		number[dr.ID] = i + 1
		ids = append(ids, strconv.FormatInt(dr.ID, 10))
	}
	p.Drafts = strings.Join(ids, ",")
	for _, row := range v.Rows {
		p.Rows = append(p.Rows, s.revisionRow(w, v, row, number, in))
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Wide = true
	if in.problem != "" {
		p.Problems = append(p.Problems, templates.Problem{Text: in.problem})
	}
	p.Problems = append(p.Problems, in.link.problems(p.Link.Fields...)...)
	for _, row := range p.Rows {
		if row.Fate != nil {
			p.Problems = append(p.Problems, templates.Problems(row.Fate, row.Duty)...)
		}
	}
	return s.render(c, status, "document_revision", p)
}

func revisionLinkOf(w *templates.Words, v tasks.RevisionView, in revisionInput) revisionLink {
	number, kind := v.Earlier.Number, string(v.Document.Revises.Kind)
	if in.number != nil {
		number, kind = *in.number, *in.kind
	}
	l := revisionLink{
		Open: v.Earlier.ID == 0 || in.number != nil, Action: documentHref(v.Document.ID, "/revision/document"), Version: v.Document.Version,
		Linked: v.Earlier.ID != 0, Summary: w.T("revision.choose"),
	}
	if l.Linked {
		l.Summary = w.T("revision.kind_"+string(v.Document.Revises.Kind)) + " " + documentLabel(w, v.Earlier.Kind, v.Earlier.Number)
	}
	var kinds []templates.Option
	for _, k := range tasks.RevisionKinds {
		kinds = append(kinds, templates.Option{Value: string(k), Label: w.T("revision.kind_" + string(k))})
	}
	l.Fields = []templates.Field{
		in.link.on(templates.Field{Name: "kind", Label: w.T("revision.kind"), Type: "select", Value: kind, Options: kinds, Required: true}),
		in.link.on(templates.Field{Name: "number", Label: w.T("revision.number"), Hint: w.T("revision.number_hint"), Value: number, Required: true, MaxLength: tasks.MaxDocumentNumber}),
	}
	return l
}

// revisionFacts say what issuing would do to the duties of the earlier document.
func revisionFacts(w *templates.Words, p tasks.RevisionPlan) []templates.Fact {
	facts := []templates.Fact{
		{Label: w.T("revision.go_on"), Text: w.T("document_word.duties", p.GoOn), Note: w.T("revision.shares", p.CarryOn)},
		{Label: w.T("revision.end"), Text: w.T("document_word.duties", p.Ended), Note: w.T("revision.shares", p.End)},
		{Label: w.T("revision.stay"), Text: w.T("document_word.duties", p.Stay)},
		{Label: w.T("revision.new"), Text: w.T("document_word.duties", p.New)},
	}
	if p.Done > 0 {
		facts = append(facts, templates.Fact{Label: w.T("revision.done"), Text: w.T("revision.shares", p.Done)})
	}
	return facts
}

func (s *Server) revisionRow(w *templates.Words, v tasks.RevisionView, row tasks.RevisionRow, number map[int64]int, in revisionInput) revisionRow {
	var out revisionRow
	if n := row.New; n != nil {
		due := n.Deadline
		cadence := n.Cadence
		if due.IsZero() && cadence == "" {
			due, cadence = v.Document.DefaultDue, v.Document.Cadence
		}
		out.New = &revisionDuty{
			Label: dutyNumber(w, number[n.ID], n.Ref), Text: n.Text, Time: timeWords(w, due, cadence),
			Leads: agencyNames(w, v.Agencies, n.LeadAgencies()),
		}
	}
	if row.Old == nil {
		return out
	}
	out.ID = row.Old.ID
	out.Old = &revisionDuty{Label: earlierNumber(w, v, *row.Old), Text: row.Old.Text, Time: sharedTime(w, row.Assignments)}
	today := s.Rules.Day(s.Now())
	for _, a := range row.Assignments {
		out.Old.Shares = append(out.Old.Shares, dutyShare{
			Href: assignmentHref(a.ID), Names: agencyNames(w, v.Agencies, a.Leads), State: a.State, Timeliness: a.Timeliness(today, s.Rules.SoonUntil(today)),
		})
	}
	if row.Doubtful() {
		out.Look = w.T("revision.look", row.Likeness)
	}
	out.Consequences = consequences(w, v, row)
	id := strconv.FormatInt(row.Old.ID, 10)
	fate, duty := string(row.Fate), ""
	if row.New != nil {
		duty = strconv.Itoa(number[row.New.ID])
	}
	gone := false
	if typed, ok := in.fates[row.Old.ID]; ok {
		fate = typed.fate
		duty, gone = typed.renumbered(number)
	}
	var fates []templates.Option
	for _, f := range row.Fates(v.Document.Revises.Kind) {
		fates = append(fates, templates.Option{Value: string(f), Label: w.T("revision.fate_" + string(f))})
	}
	f := in.errors.on(templates.Field{Name: "fate-" + id, Label: w.T("revision.fate"), Type: "select", Value: fate, Options: fates, Required: true})
	out.Fate = &f
	out.Duty = &templates.Field{Name: "in-" + id, Label: w.T("revision.duty"), InputMode: "numeric", Value: duty, Narrow: true, MaxLength: 6}
	if gone && fate == string(tasks.FateGoesOn) {
		out.Duty.Error = w.T("revision.duty_gone")
	}
	return out
}

// renumbered is what stands for the chosen duty on a page that numbers the new duties so: they may have been moved or removed since the
// person saw them, and the number that was typed may be another's now. gone tells that it has to be chosen anew.
func (t typedFate) renumbered(number map[int64]int) (text string, gone bool) {
	if n, there := number[t.draft]; there {
		return strconv.Itoa(n), false
	}
	if n := formID(t.number); t.draft == 0 && (n == 0 || n > int64(len(number))) {
		return t.number, false // named no duty, and names none
	}
	return "", true
}

// earlierNumber is the number of a duty of the earlier document, with the amendment that it went on in.
func earlierNumber(w *templates.Words, v tasks.RevisionView, t tasks.Task) string {
	for _, d := range v.Amendments {
		if d.ID == t.DocumentID {
			label := documentLabel(w, d.Kind, d.Number)
			if t.Ref == "" {
				return label
			}
			return w.T("revision.amended", t.Ref, label)
		}
	}
	return t.Ref
}

// dutyNumber is the number by which a choice names a new duty, with the document's own where that is another.
func dutyNumber(w *templates.Words, n int, ref string) string {
	if own := strconv.Itoa(n); ref == "" || ref == own {
		return w.T("revision.number_only", own)
	}
	return w.T("revision.numbered", n, ref)
}

// consequences say what the choice does where it is not the same for every lead.
func consequences(w *templates.Words, v tasks.RevisionView, row tasks.RevisionRow) []string {
	if row.Fate != tasks.FateGoesOn {
		return nil
	}
	c := row.Carry()
	var out []string
	add := func(key string, list []tasks.Assignment) {
		var ids []int64
		for _, a := range list {
			ids = append(ids, a.Leads...)
		}
		if len(ids) > 0 {
			out = append(out, w.T(key, agencyNames(w, v.Agencies, ids)))
		}
	}
	add("revision.lead_ends", c.Ended)
	add("revision.lead_done", c.Done)
	var fresh []int64
	for _, leads := range c.Fresh {
		fresh = append(fresh, leads...)
	}
	if len(fresh) > 0 {
		out = append(out, w.T("revision.lead_fresh", agencyNames(w, v.Agencies, fresh)))
	}
	if n := row.New; n.Deadline.IsZero() && n.Cadence == "" && len(c.On) > 0 {
		out = append(out, w.T("revision.time_kept"))
	}
	return out
}

// sharedTime is the deadline or cadence of assignments; "" when they differ.
func sharedTime(w *templates.Words, assignments []tasks.Assignment) string {
	if len(assignments) == 0 {
		return ""
	}
	for _, a := range assignments[1:] {
		if a.Due != assignments[0].Due || a.Cadence != assignments[0].Cadence {
			return w.T("document_page.several_times")
		}
	}
	return timeWords(w, assignments[0].Due, assignments[0].Cadence)
}

// revisionWords lead from the review to the comparison.
func revisionWords(w *templates.Words, r tasks.Review) string {
	if r.Earlier.ID == 0 {
		return w.T("revision.choose")
	}
	return w.T("revision.kind_"+string(r.Document.Revises.Kind)) + " " + documentLabel(w, r.Earlier.Kind, r.Earlier.Number) + ": " + w.T("revision.compare")
}

// revisionFact says before issue what becomes of the duties of the earlier document.
func revisionFact(w *templates.Words, r tasks.Review) templates.Fact {
	p := r.Plan.Revision
	return templates.Fact{
		Label: w.T("revision.kind_" + string(r.Document.Revises.Kind)), Text: documentLabel(w, r.Earlier.Kind, r.Earlier.Number),
		Href: documentHref(r.Document.ID, "/revision"), Note: w.T("revision.plan", p.GoOn, p.Ended, p.Stay, p.New),
	}
}

// revisionsOf name the documents before and after an issued one.
func revisionsOf(w *templates.Words, v tasks.DocumentView) []templates.Fact {
	var facts []templates.Fact
	if d := v.Earlier; d.ID != 0 {
		facts = append(facts, templates.Fact{Label: w.T("revision.kind_" + string(v.Document.Revises.Kind)), Text: documentLabel(w, d.Kind, d.Number), Href: documentHref(d.ID)})
	}
	for _, d := range v.RevisedBy {
		facts = append(facts, templates.Fact{Label: w.T("revision.by"), Text: documentLabel(w, d.Kind, d.Number), Href: documentHref(d.ID)})
	}
	return facts
}
