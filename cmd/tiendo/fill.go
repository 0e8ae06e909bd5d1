package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tiendo/cmd/tiendo/sample"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// fill makes the made-up province, unless the folder holds it already: its people, its documents read by the real reader, and the
// history from July on, by the same services that people use, with the clock moved from event to event.
func (d *demo) fill(ctx context.Context, io streams) error {
	if !d.clock.Now().IsZero() {
		return nil
	}
	fmt.Fprintln(io.out, "Filling the made-up province: four documents, three months of reports and mails …")
	if err := newHistory(d).play(ctx); err != nil {
		return fmt.Errorf("fill the demo: %w", err)
	}
	return d.saveClock()
}

// fillMany makes the province with many made-up assignments in place of the sample's documents and history, unless the folder holds
// one already.
func (d *demo) fillMany(ctx context.Context, assignments int, io streams) error {
	if !d.clock.Now().IsZero() {
		return nil
	}
	d.clock.Set(mustTime(demoStart))
	if err := d.loadSample(ctx); err != nil {
		return fmt.Errorf("fill the demo: %w", err)
	}
	if err := d.fillBulk(ctx, assignments, io.out); err != nil {
		return fmt.Errorf("fill the demo: %w", err)
	}
	return d.saveClock()
}

// duty names an assignment as the history does; period is the last day of that of a duty that recurs.
type duty struct{ document, ref, agency, period string }

// history plays what the sample tells.
type history struct {
	*demo
	people      map[string]tasks.Person // by address
	assignments map[duty]int64
	documents   map[string]int64 // by the name that the history has for them
	// agencies and groups are known by their codes, which the history does not change.
	agencies, groups map[string]int64
}

func newHistory(d *demo) *history {
	return &history{demo: d, people: make(map[string]tasks.Person), assignments: make(map[duty]int64), documents: make(map[string]int64)}
}

func (h *history) play(ctx context.Context) error {
	h.clock.Set(mustTime("2026-07-06T07:00:00+07:00"))
	if err := h.setUp(ctx); err != nil {
		return err
	}
	type scene struct {
		at  string
		run func() error
	}
	var scenes []scene
	reviews := sample.Reviews()
	for i, doc := range sample.Documents() {
		scenes = append(scenes, scene{reviews[i].Import, func() error { return h.issue(ctx, doc, reviews[i]) }})
	}
	asked := &asking{history: h, Consultation: sample.Asked()}
	scenes = append(scenes, scene{asked.Import, func() error { return asked.open(ctx) }})
	for _, a := range asked.Answers {
		scenes = append(scenes, scene{a.At, func() error { return asked.answer(ctx, a) }})
	}
	for _, e := range sample.History() {
		scenes = append(scenes, scene{e.At, func() error { return h.event(ctx, e) }})
	}
	slices.SortStableFunc(scenes, func(a, b scene) int { return mustTime(a.at).Compare(mustTime(b.at)) })
	for _, s := range scenes {
		if err := h.step(ctx, s.at); err != nil {
			return err
		}
		if err := s.run(); err != nil {
			return fmt.Errorf("%s: %w", s.at, h.inWords(err))
		}
	}
	if err := h.saveViews(ctx); err != nil {
		return h.inWords(err)
	}
	return h.step(ctx, demoStart)
}

func (h *history) step(ctx context.Context, at string) error {
	to := mustTime(at)
	if to.Before(h.clock.Now()) {
		return nil
	}
	return h.scheduler.StepTo(ctx, h.clock.Set, h.deliverer, to)
}

func (h *history) setUp(ctx context.Context) error { return h.loadSample(ctx) }

// loadSample loads the workbook and gives the printed accounts their password.
func (a *app) loadSample(ctx context.Context) error {
	plan, err := a.directory.LoadBook(ctx, tasks.System, sample.Agencies())
	if err != nil {
		return a.inWords(err)
	}
	if len(plan.Errors) > 0 {
		return fmt.Errorf("workbook: %v", plan.Errors)
	}
	for _, account := range sample.Accounts() {
		p, err := a.byEmail(ctx, account.Email)
		if err != nil {
			return err
		}
		if err := a.accounts.SetPassword(ctx, tasks.System, p.ID, demoPassword); err != nil {
			return err
		}
	}
	return nil
}

func (h *history) person(ctx context.Context, email string) (tasks.Person, error) {
	if p, ok := h.people[email]; ok {
		return p, nil
	}
	p, err := h.byEmail(ctx, email)
	h.people[email] = p
	return p, err
}

// issue imports a document, corrects what was read as the sample's review says, and issues it.
func (h *history) issue(ctx context.Context, in sample.Document, r sample.Review) error {
	who, err := h.person(ctx, r.Who)
	if err != nil {
		return err
	}
	doc, err := h.app.documents.Import(ctx, who, newDocument(in))
	if err != nil {
		return err
	}
	for _, n := range r.Names {
		agency, group, err := h.byCode(ctx, n.Code)
		if err != nil {
			return err
		}
		if err := h.app.documents.MapName(ctx, who, doc.ID, n.Written, agency, group, true); err != nil {
			return err
		}
	}
	review, err := h.app.documents.Review(ctx, who, doc.ID)
	if err != nil {
		return err
	}
	head := tasks.HeadInput{Head: review.Document.Head, Cadence: r.Cadence}
	if _, err := h.app.documents.UpdateHead(ctx, who, doc.ID, head); err != nil {
		return err
	}
	if err := h.correct(ctx, who, doc.ID, review.Drafts, r.Duties); err != nil {
		return err
	}
	if err := h.step(ctx, r.Issue); err != nil {
		return err
	}
	if err := h.app.documents.Issue(ctx, who, doc.ID, 0); err != nil {
		return err
	}
	return h.remember(ctx, in.Name, doc.ID)
}

func newDocument(in sample.Document) tasks.NewDocument {
	var d tasks.NewDocument
	for _, f := range in.Files {
		d.Files = append(d.Files, tasks.Upload{Name: f.Name, Data: f.Data})
	}
	return d
}

func (h *history) byCode(ctx context.Context, code string) (agency, group int64, err error) {
	if h.agencies == nil {
		e, err := h.directory.All(ctx, tasks.System)
		if err != nil {
			return 0, 0, err
		}
		h.agencies, h.groups = make(map[string]int64), make(map[string]int64)
		for _, a := range e.Agencies {
			h.agencies[a.Code] = a.ID
		}
		for _, g := range e.Groups {
			h.groups[g.Code] = g.ID
		}
	}
	if agency, group = h.agencies[code], h.groups[code]; agency == 0 && group == 0 {
		return 0, 0, fmt.Errorf("no agency or group has the code %q", code)
	}
	return agency, group, nil
}

// correct applies the sample's corrections; one for a ref that was not read is an error, so that the sample and the reader stay in
// step.
func (h *history) correct(ctx context.Context, who tasks.Person, documentID int64, drafts []tasks.Draft, corrections []sample.Correction) error {
	for _, c := range corrections {
		i := slices.IndexFunc(drafts, func(d tasks.Draft) bool {
			return d.Ref == c.Ref && c.Start == "" || c.Start != "" && strings.HasPrefix(d.Text, c.Start)
		})
		if i < 0 {
			return fmt.Errorf("no duty %q %s was read", c.Ref, c.Start)
		}
		d := drafts[i]
		if c.Remove {
			if err := h.app.documents.RemoveDraft(ctx, who, documentID, d.ID, d.Version); err != nil {
				return err
			}
			continue
		}
		in := tasks.DraftInput{
			Ref: d.Ref, Text: d.Text, Deliverable: d.Deliverable, Phrase: d.Written.Phrase, Deadline: d.Deadline, Cadence: d.Cadence,
			Leads: d.Leads, Joint: c.Joint, Cooperating: d.Cooperating, Checked: true, Opens: c.Opens, Unconfirmed: c.Unconfirmed, Version: d.Version,
		}
		if c.Due != "" {
			due, err := calendar.ParseDate(c.Due)
			if err != nil {
				return err
			}
			in.Deadline, in.Cadence = due, ""
		}
		if c.Cadence != "" {
			in.Deadline, in.Cadence = calendar.Date{}, c.Cadence
		}
		if err := h.app.documents.UpdateDraft(ctx, who, documentID, d.ID, in); err != nil {
			return err
		}
	}
	return nil
}

// remember notes by which names the history speaks of the document's assignments.
func (h *history) remember(ctx context.Context, name string, documentID int64) error {
	h.documents[name] = documentID
	v, err := h.app.documents.Get(ctx, tasks.System, documentID)
	if err != nil {
		return err
	}
	refs := make(map[int64]string)
	for _, t := range v.Tasks {
		refs[t.ID] = t.Ref
	}
	for _, a := range v.Assignments {
		for _, lead := range a.Leads {
			d := duty{name, refs[a.TaskID], v.Agencies[lead].Code, ""}
			if !a.Period.IsZero() {
				d.period = a.Period.Due.String()
			}
			h.assignments[d] = a.ID
		}
	}
	return nil
}

// event does what one person did.
func (h *history) event(ctx context.Context, e sample.Event) error {
	who, err := h.person(ctx, e.Who)
	if err != nil {
		return err
	}
	id, err := h.assignment(ctx, duty{e.Document, e.Ref, e.Agency, e.Period})
	if err != nil {
		return err
	}
	switch e.Do {
	case sample.DoReport, sample.DoSubmit:
		in := tasks.ReportInput{Kind: tasks.ReportProgress, Percent: e.Percent, Text: e.Text, Documents: e.DocNumber}
		if e.Do == sample.DoSubmit {
			in.Kind = tasks.ReportSubmission
		}
		if e.Evidence != "" {
			data, err := sample.Evidence(e.Evidence)
			if err != nil {
				return err
			}
			in.Files = []tasks.Upload{{Name: e.Evidence, Data: data}}
		}
		err = h.app.assignments.Report(ctx, who, id, in)
	case sample.DoWithdraw:
		err = h.app.assignments.Withdraw(ctx, who, id, 0)
	case sample.DoConfirm:
		err = h.app.assignments.ConfirmWith(ctx, who, id, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted})
	case sample.DoReturn:
		err = h.app.assignments.Return(ctx, who, id, 0, e.Reason)
	default:
		err = h.lifeEvent(ctx, who, id, e)
	}
	if err != nil {
		return fmt.Errorf("%s %s %s %s by %s: %w", e.Do, e.Document, e.Ref, e.Agency, e.Who, err)
	}
	return nil
}
