package simulated_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

var cadences = []struct {
	rule   string
	months []int
	dom    int
}{
	{"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", []int{3, 6, 9, 12}, 15},
	{"FREQ=MONTHLY;BYMONTHDAY=20", []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 20},
}

// issue issues a document with some duties now.
func (w *world) issue(duties int) {
	w.issued++
	p, by, ctx := w.through(), w.clerk(), w.t.Context()
	kinds := []tasks.DocumentKind{tasks.KindDirective, tasks.KindPARPlan, tasks.KindPlan, tasks.KindDispatch, tasks.KindConclusion}
	d, err := p.documents.Import(ctx, by, tasks.NewDocument{Head: tasks.Head{
		Kind: pick(w, kinds), Number: fmt.Sprintf("%d/VB-UBND", w.issued), Date: w.today().date(), Issuer: "UBND tỉnh", Title: "Cải cách hành chính",
	}})
	w.check(err)
	var drafts []*errand
	for i := range duties {
		w.given++
		in, e, apart := w.duty()
		_, err := p.documents.AddDraft(ctx, by, d.ID, i, in)
		w.check(err)
		for _, leads := range apart {
			own := *e
			own.leads, own.periods = leads, slices.Clone(e.periods)
			drafts = append(drafts, &own)
		}
	}
	w.check(p.documents.Issue(ctx, by, d.ID, 0))
	view, err := p.documents.Get(ctx, by, d.ID)
	w.check(err)
	if len(view.Assignments) != len(drafts) {
		w.t.Fatalf("document %d has %d assignments, want %d", d.ID, len(view.Assignments), len(drafts))
	}
	agencies := make(map[int64]bool)
	for i, e := range drafts {
		a := view.Assignments[i]
		if !slices.Equal(a.Leads, e.leads) {
			w.t.Fatalf("assignment %d is led by %v, want %v", a.ID, a.Leads, e.leads)
		}
		e.id, e.document, e.state, e.version = a.ID, d.ID, "assigned", 1
		w.oracle.duties[e.id] = e
		w.oracle.order = append(w.oracle.order, e)
		w.oracle.papers[d.ID] = append(w.oracle.papers[d.ID], e)
		for _, a := range slices.Concat(e.leads, e.coop) {
			agencies[a] = true
		}
		w.plan(e)
	}
	for a := range agencies {
		w.oracle.tell(nil, &telling{kind: "issued", of: d.ID, agency: a, role: focal, born: w.now()})
	}
	w.done["documents issued"]++
	w.done["assignments issued"] += len(drafts)
}

// duty thinks of a duty; apart are the leads of each assignment that it becomes.
func (w *world) duty() (in tasks.DraftInput, e *errand, apart [][]int64) {
	today := w.today()
	e = &errand{issued: today, set: today}
	in = tasks.DraftInput{Text: fmt.Sprintf("Nhiệm vụ số %d: rà soát, báo cáo kết quả thực hiện", w.given), Checked: true}
	leads := []int64{pick(w, w.agencies)}
	if w.chance(15) {
		if other := pick(w, w.agencies); other != leads[0] {
			leads = append(leads, other)
		}
	}
	slices.Sort(leads)
	in.Joint = len(leads) > 1 && w.chance(60)
	apart = [][]int64{leads}
	if !in.Joint && len(leads) > 1 {
		apart = [][]int64{leads[:1], leads[1:]}
	}
	for range w.random.IntN(3) {
		if a := pick(w, w.agencies); !slices.Contains(leads, a) && !slices.Contains(e.coop, a) {
			e.coop = append(e.coop, a)
		}
	}
	for _, a := range leads {
		in.Leads = append(in.Leads, tasks.Party{AgencyID: a})
	}
	for _, a := range e.coop {
		in.Cooperating = append(in.Cooperating, tasks.Party{AgencyID: a})
	}
	if w.chance(10) {
		c := pick(w, cadences)
		in.Cadence = c.rule
		for d := shift(today, 10); d <= w.size.to+60; d++ {
			if at := d.noon(); at.Day() == c.dom && slices.Contains(c.months, int(at.Month())) {
				e.periods = append(e.periods, period{due: d})
			}
		}
		return in, e, apart
	}
	days := w.between(15, 100)
	switch {
	case w.chance(12):
		days = w.between(1, 10) // short: has fewer steps
	case w.chance(15):
		days = w.between(100, 220)
	}
	if e.due = min(today+day(days), lastDay); days > 10 && w.chance(80) {
		e.due = closing(e.due)
	}
	in.Deadline = e.due.date()
	return in, e, apart
}

// closing is the next day on which offices like things to end: the fifteenth or the last of a month.
func closing(d day) day {
	for d.noon().Day() != 15 && (d+1).noon().Day() != 1 {
		d++
	}
	return d
}

// plan thinks of what becomes of a duty.
func (w *world) plan(e *errand) {
	if e.periods != nil {
		for _, p := range e.periods {
			if p.due < w.size.to && w.chance(85) {
				w.later(w.officeTime(p.due+day(w.between(-12, 9))), func() { w.report(e, tasks.ReportProgress) })
			}
		}
		if w.chance(25) {
			w.later(w.officeTime(e.issued+day(w.between(40, 200))), func() { w.report(e, tasks.ReportSubmission) })
		}
		return
	}
	length := int(e.due - e.issued)
	if length > 12 && w.chance(30) {
		w.later(w.officeTime(e.issued+day(w.between(3, length))), func() { w.report(e, tasks.ReportProgress) })
	}
	if w.chance(14) {
		w.later(w.officeTime(max(e.issued, e.due-day(w.between(-5, 12)))), func() { w.askExtension(e) })
	}
	if w.chance(3) {
		w.later(w.officeTime(e.issued+day(w.between(1, length+5))), func() { w.hold(e) })
	}
	if w.chance(3) {
		w.later(w.officeTime(e.issued+day(w.between(0, length+20))), func() { w.cancel(e) })
	}
	if w.chance(3) {
		w.later(w.officeTime(e.issued+day(w.between(1, length+3))), func() { w.correct(e) })
	}
	switch n := w.random.IntN(100); {
	case n < 75:
		w.later(w.officeTime(max(e.issued+1, e.due-day(w.between(-1, 18)))), func() { w.report(e, tasks.ReportSubmission) })
	case n < 97:
		w.later(w.officeTime(e.due+day(w.between(1, 30))), func() { w.report(e, tasks.ReportSubmission) })
	}
}

// try does something on a duty and tells whether it was done; a refusal of the rules is none of this test's business.
func (w *world) try(name string, do func(ctx context.Context, s *tasks.Assignments) error) bool {
	err := do(w.t.Context(), w.through().assignments)
	switch {
	case err == nil:
		w.done[name]++
		return true
	case tasks.CodeOf(err) == tasks.CodeInternal:
		w.t.Fatalf("%s at %s: %v", name, w.now().Format(minute), err)
	}
	w.refused[name]++
	if w.refused[name] == 1 {
		w.t.Logf("refused: %s: %v", name, err)
	}
	return false
}

// report sends progress or the result, and plans what is decided on it.
func (w *world) report(e *errand, kind tasks.ReportKind) {
	by, ok := w.reporter(e)
	if !e.open() || !ok {
		if !e.ended() && w.chance(70) {
			w.later(w.officeTime(w.today()+day(w.between(2, 6))), func() { w.report(e, kind) })
		}
		return
	}
	in := tasks.ReportInput{Kind: kind, Percent: w.between(10, 90), Text: "Đã thực hiện theo kế hoạch"}
	if !w.try("report "+string(kind), func(ctx context.Context, s *tasks.Assignments) error { return s.Report(ctx, by, e.id, in) }) {
		return
	}
	today := w.today()
	for i := range e.periods {
		if i == 0 || e.periods[i-1].due < today {
			e.periods[i].answered = true
		}
	}
	if kind == tasks.ReportProgress {
		if e.state == "assigned" {
			e.state = "in_progress"
		}
		return
	}
	e.state, e.submitted = "submitted", today
	if w.chance(4) {
		w.later(w.now().Add(time.Duration(w.between(1, 90))*time.Minute), func() { w.withdraw(e) })
	}
	days := w.between(0, 6)
	if w.chance(10) {
		days = w.between(7, 25)
	}
	w.later(w.officeTime(today+day(days)).Add(time.Minute), func() { w.decide(e) })
}

func (w *world) withdraw(e *errand) {
	by, ok := w.reporter(e)
	if e.state != "submitted" || !ok {
		return
	}
	if w.try("withdraw", func(ctx context.Context, s *tasks.Assignments) error { return s.Withdraw(ctx, by, e.id, 0) }) {
		e.state, e.submitted = "in_progress", 0
		w.later(w.officeTime(w.today()+day(w.between(0, 9))), func() { w.report(e, tasks.ReportSubmission) })
	}
}

// decide confirms what waits, or sends it back.
func (w *world) decide(e *errand) {
	if e.state != "submitted" || w.now().Before(dayOf(w.now()).at(0, 0)) {
		return
	}
	by := w.clerk()
	if w.chance(25) {
		if w.try("return", func(ctx context.Context, s *tasks.Assignments) error {
			return s.Return(ctx, by, e.id, 0, "Thiếu số liệu")
		}) {
			w.sentBack(e, sectionReturned)
		}
		return
	}
	if w.try("confirm", func(ctx context.Context, s *tasks.Assignments) error { return s.Confirm(ctx, by, e.id, 0) }) {
		e.state = "completed"
		if w.chance(4) && e.periods == nil {
			w.later(w.officeTime(w.today()+day(w.between(0, 10))).Add(time.Minute), func() { w.reopen(e) })
		}
	}
}

func (w *world) sentBack(e *errand, section string) {
	e.state, e.submitted = "returned", 0
	w.oracle.event(e, section, "report", e.leads, w.now())
	if w.chance(90) {
		w.later(w.officeTime(w.today()+day(w.between(0, 18))).Add(2*time.Minute), func() { w.report(e, tasks.ReportSubmission) })
	}
}

func (w *world) reopen(e *errand) {
	by := w.clerk()
	if e.state == "completed" && w.try("reopen", func(ctx context.Context, s *tasks.Assignments) error {
		return s.Reopen(ctx, by, e.id, 0, "Số liệu sai")
	}) {
		w.back(e)
		w.sentBack(e, sectionReopened)
	}
}

// back puts a duty that had ended among the open ones again.
func (w *world) back(e *errand) {
	if !slices.Contains(w.oracle.order, e) {
		w.oracle.order = append(w.oracle.order, e)
	}
}

func (w *world) parties(e *errand) []int64 { return slices.Concat(e.leads, e.coop) }

// moveTo gives a duty another deadline.
func (w *world) moveTo(e *errand, due day) {
	e.due, e.set = due, w.today()
	e.version++
}

func (w *world) askExtension(e *errand) {
	by, ok := w.reporter(e)
	wants := max(e.due, w.today()) + day(w.between(5, 45))
	if !e.open() || !ok || wants > lastDay {
		return
	}
	in := tasks.ExtensionInput{Due: wants.date(), Reason: "Chờ hướng dẫn"}
	if w.try("ask extension", func(ctx context.Context, s *tasks.Assignments) error { return s.AskExtension(ctx, by, e.id, in) }) {
		w.later(w.officeTime(w.today()+day(w.between(0, 8))).Add(time.Minute), func() { w.decideExtension(e, wants) })
	}
}

func (w *world) decideExtension(e *errand, due day) {
	if e.ended() {
		return
	}
	by := w.clerk()
	in := tasks.ExtensionDecision{Grant: w.chance(70), Due: due.date(), Authority: "Chủ tịch UBND tỉnh", Answer: "Theo tình hình thực tế"}
	name := "refuse extension"
	if in.Grant {
		name = "grant extension"
	}
	if !w.try(name, func(ctx context.Context, s *tasks.Assignments) error { return s.DecideExtension(ctx, by, e.id, in) }) {
		return
	}
	if in.Grant {
		w.moveTo(e, due)
		w.oracle.event(e, sectionGranted, "deadline", w.parties(e), w.now())
		return
	}
	w.oracle.event(e, sectionRefused, "refused", e.leads, w.now())
}

func (w *world) correct(e *errand) {
	due := e.due + day(w.between(-9, 9))
	if !e.open() || due == e.due || due <= e.issued || due > lastDay {
		return
	}
	by, in := w.clerk(), tasks.DeadlineCorrectionInput{Due: due.date(), Reason: "Ghi nhầm ngày"}
	if w.try("correct deadline", func(ctx context.Context, s *tasks.Assignments) error { return s.CorrectDeadline(ctx, by, e.id, in) }) {
		w.moveTo(e, due)
		w.oracle.event(e, sectionCorrected, "deadline", w.parties(e), w.now())
	}
}

func (w *world) decision(due calendar.Date) tasks.PauseInput {
	return tasks.PauseInput{Reason: "Chờ ý kiến", Authority: "Chủ tịch UBND tỉnh", Due: due}
}

func (w *world) hold(e *errand) {
	by := w.clerk()
	if !e.open() || !w.try("hold", func(ctx context.Context, s *tasks.Assignments) error {
		return s.Hold(ctx, by, e.id, w.decision(calendar.Date{}))
	}) {
		return
	}
	e.rested, e.state = e.state, "on_hold"
	w.oracle.event(e, sectionHeld, "pause", w.parties(e), w.now())
	w.later(w.officeTime(w.today()+day(w.between(0, 40))).Add(time.Minute), func() { w.resume(e) })
}

func (w *world) resume(e *errand) {
	if e.state != "on_hold" {
		return
	}
	by, in := w.clerk(), w.decision(calendar.Date{})
	due := max(e.due, w.today()) + day(w.between(3, 30))
	if w.chance(50) && due <= lastDay {
		in.Due = due.date()
	}
	if !w.try("resume", func(ctx context.Context, s *tasks.Assignments) error { return s.Resume(ctx, by, e.id, in) }) {
		return
	}
	e.state = e.rested
	if !in.Due.IsZero() {
		w.moveTo(e, due)
	}
	w.oracle.event(e, sectionResumed, "pause", w.parties(e), w.now())
	w.later(w.officeTime(w.today()+day(w.between(1, 30))), func() { w.report(e, tasks.ReportSubmission) })
}

func (w *world) cancel(e *errand) {
	by := w.clerk()
	if !e.open() || !w.try("cancel", func(ctx context.Context, s *tasks.Assignments) error {
		return s.Cancel(ctx, by, e.id, w.decision(calendar.Date{}))
	}) {
		return
	}
	w.oracle.dropAll(e)
	e.rested, e.state = e.state, "cancelled"
	w.oracle.event(e, sectionCancelled, "pause", w.parties(e), w.now())
	if w.chance(25) {
		w.later(w.officeTime(w.today()+day(w.between(0, 6))).Add(time.Minute), func() { w.restore(e) })
	}
}

func (w *world) restore(e *errand) {
	by := w.clerk()
	if e.state == "cancelled" && w.try("restore", func(ctx context.Context, s *tasks.Assignments) error {
		return s.Restore(ctx, by, e.id, w.decision(calendar.Date{}))
	}) {
		e.state = e.rested
		w.back(e)
		w.oracle.event(e, sectionRestored, "pause", w.parties(e), w.now())
		w.later(w.officeTime(w.today()+day(w.between(1, 20))), func() { w.report(e, tasks.ReportSubmission) })
	}
}
