package tasks_test

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// workingDays is the service of the rig's calendar, with the table in the database.
func (r *rig) workingDays() *tasks.WorkingDays {
	r.t.Helper()
	s := r.instance(r.rules)
	check(r.t, s.Fill(r.t.Context()))
	return s
}

// instance is another program on the same database.
func (r *rig) instance(rules tasks.Rules) *tasks.WorkingDays {
	return &tasks.WorkingDays{
		Store: r.db.WorkingDays(), Rules: rules, Now: r.business.now, System: r.system.now,
		Reading: func(c *calendar.Calendar) tasks.DeadlineReader { return deadlines{c} },
	}
}

// worded imports a document whose duties' deadlines are read from the words, and issues it when asked to.
func (r *rig) worded(number string, issue bool, words ...string) (int64, []tasks.Assignment) {
	r.t.Helper()
	head := tasks.Head{Kind: tasks.KindDirective, Number: number, Date: date("2026-10-02"), Title: "Chỉ thị"}
	read := deadlines{r.rules.Calendar}
	r.reader.out = tasks.Extraction{Head: head}
	for _, w := range words {
		due, _ := read.ReadDeadline(w, head)
		due.Phrase = w
		r.reader.out.Drafts = append(r.reader.out.Drafts, tasks.Draft{Text: "Việc " + w, Written: due, Leads: []tasks.Party{{AgencyID: r.snv}}})
	}
	d, err := r.documents.Import(r.t.Context(), r.secretariat, tasks.NewDocument{Head: head, Files: []tasks.Upload{{Name: "ct.docx", Data: []byte(number)}}})
	check(r.t, err)
	for _, dr := range r.drafts(d.ID) {
		check(r.t, r.documents.UpdateDraft(r.t.Context(), r.secretariat, d.ID, dr.ID, tasks.DraftInput{
			Ref: dr.Ref, Text: dr.Text, Phrase: dr.Written.Phrase, Deadline: dr.Deadline, Cadence: dr.Cadence, Leads: leads(r.snv), Cooperating: leads(r.stc), Checked: true,
		}))
	}
	if !issue {
		return d.ID, nil
	}
	check(r.t, r.documents.Issue(r.t.Context(), r.secretariat, d.ID, 0))
	return d.ID, must(r.documents.Get(r.t.Context(), r.secretariat, d.ID))(r.t).Assignments
}

// The day that is announced and waits in the table that the program comes with.
var cultureDay = calendar.Exception{Date: calendar.NewDate(2026, 11, 24), Name: "Ngày Văn hóa Việt Nam"}

// Forty working days after 2 October 2026, a Friday, are eight weeks: Friday 27 November. With 24 November off they end on Monday the 30th.
const fortyDays = "trong thời hạn 40 ngày làm việc kể từ ngày ký"

func TestChangeOfWorkingDays(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	ctx := t.Context()
	_, a := r.worded("10/CT-UBND", true, fortyDays, "chậm nhất ngày 24/11/2026", fortyDays, fortyDays, fortyDays, fortyDays, fortyDays, "trước ngày 27/11/2026")
	for i, want := range []string{"2026-11-27", "2026-11-24", "2026-11-27", "2026-11-27", "2026-11-27", "2026-11-27", "2026-11-27", "2026-11-27"} {
		if got := a[i].Due.String(); got != want {
			t.Fatalf("duty %d is due %s, want %s", i, got, want)
		}
	}
	// Of those due in forty working days: 0 stays as it is, 2 was extended, 3 is done, 4 waits to be confirmed, 5 rests, 6 was mended by hand.
	r.ask(r.focal, a[2].ID, "2026-12-10")
	check(t, r.assignments.DecideExtension(ctx, r.leader, a[2].ID, tasks.ExtensionDecision{Grant: true, Due: date("2026-12-10")}))
	r.report(r.focal, a[3].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, a[3].ID, 0))
	r.report(r.focal, a[4].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Hold(ctx, r.secretariat, a[5].ID, tasks.PauseInput{Reason: "Chờ", Authority: "Chủ tịch"}))
	check(t, r.assignments.CorrectDeadline(ctx, r.secretariat, a[6].ID, tasks.DeadlineCorrectionInput{Due: date("2026-11-20"), Reason: "Ghi nhầm"}))

	change := tasks.DayChange{Set: []calendar.Exception{cultureDay}, Document: "12/TB-VPCP"}
	v := must(s.Preview(ctx, r.secretariat, change))(t)
	if v.Moved != 3 || len(v.Deadlines) != 3 || v.Stay != 1 || v.Overdue != 0 || len(v.Changes) != 1 || v.Version != 1 {
		t.Errorf("preview %+v", v)
	}
	if r.rules.Calendar.IsWorking(cultureDay.Date) == false {
		t.Error("a preview changed the calendar")
	}
	if seen := must(s.Preview(ctx, r.admin, change))(t); seen.Moved != 3 || len(seen.Deadlines) != 0 {
		t.Errorf("an admin sees duties: %+v", seen)
	}
	done := must(s.Apply(ctx, r.secretariat, change, v.Version))(t)
	if done.Moved != 3 {
		t.Errorf("done %+v", done)
	}
	if r.rules.Calendar.IsWorking(cultureDay.Date) {
		t.Error("the calendar has not changed")
	}
	for i, want := range []struct{ due, first string }{
		{"2026-11-30", "2026-11-30"}, {"2026-11-24", "2026-11-24"}, {"2026-12-10", "2026-11-27"}, {"2026-11-27", "2026-11-27"},
		{"2026-11-30", "2026-11-30"}, {"2026-11-30", "2026-11-30"}, {"2026-11-20", "2026-11-20"}, {"2026-11-27", "2026-11-27"},
	} {
		is := r.assignment(a[i].ID).Assignment
		if is.Due.String() != want.due || is.First().String() != want.first || is.FirstDue != a[i].FirstDue {
			t.Errorf("duty %d: due %s, first %s (%s), want %+v", i, is.Due, is.First(), is.FirstDue, want)
		}
		if i == 0 && (is.DueVersion != a[0].DueVersion || is.DueSetOn != a[0].DueSetOn) {
			t.Errorf("the version of the deadline changed: %+v", is)
		}
	}
	trail := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a[0].ID})
	if last := trail[len(trail)-1]; last != "assignment.deadline_reckoned" {
		t.Errorf("trail %v", trail)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectProvince}); !slices.Equal(got, []string{"working_days.changed"}) {
		t.Errorf("trail of the province %v", got)
	}
	// The lead and who cooperates of the one that is open and of the one that rests; not of the one that waits to be confirmed.
	var events []tasks.Notice
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == tasks.EventDeadlineReckoned {
			events = append(events, n)
		}
	}
	slices.SortFunc(events, func(a, b tasks.Notice) int { return cmp.Compare(a.ID, b.ID) })
	if len(events) != 4 || events[0].Subject.ID != a[0].ID || events[2].Subject.ID != a[5].ID || events[0].Occurrence != "k2:2026-11-27:2026-11-30" {
		t.Errorf("told %+v", events)
	}
	if was, due, ok := tasks.ReadReckoned(events[0].Occurrence); !ok || was.String() != "2026-11-27" || due.String() != "2026-11-30" {
		t.Errorf("read %s, %s, %v", was, due, ok)
	}

	// Back again, and what was taken for the day written before is found again.
	back := tasks.DayChange{Clear: []calendar.Date{cultureDay.Date}}
	if done := must(s.Apply(ctx, r.admin, back, 2))(t); done.Moved != 3 {
		t.Errorf("back: %+v", done)
	}
	if is := r.assignment(a[0].ID).Assignment; is.Due.String() != "2026-11-27" {
		t.Errorf("due %s", is.Due)
	}
	refused(t, failure(s.Apply(ctx, r.admin, back, 3)), tasks.CodeInvalid, "days.nothing")
}

// What moves may become overdue by it, and the other way round.
func TestWorkingDaysMakeOverdue(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	r.worded("10/CT-UBND", true, fortyDays)
	r.at("2026-11-28 09:00")
	change := tasks.DayChange{Set: []calendar.Exception{cultureDay}}
	if v := must(s.Preview(t.Context(), r.secretariat, change))(t); v.Recovered != 1 || v.Overdue != 0 {
		t.Errorf("preview %+v", v)
	}
	must(s.Apply(t.Context(), r.secretariat, change, 1))(t)
	if v := must(s.Preview(t.Context(), r.secretariat, tasks.DayChange{Clear: []calendar.Date{cultureDay.Date}}))(t); v.Overdue != 1 || v.Recovered != 0 {
		t.Errorf("preview %+v", v)
	}
}

// Deadlines of drafts follow, as long as nobody has set them by hand; who reviews looks at them again.
func TestWorkingDaysOfDrafts(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	ctx := t.Context()
	id, _ := r.worded("11/CT-UBND", false, fortyDays, fortyDays, "chậm nhất ngày 24/11/2026")
	byHand := r.drafts(id)[1]
	check(t, r.documents.UpdateDraft(ctx, r.secretariat, id, byHand.ID, tasks.DraftInput{
		Text: byHand.Text, Phrase: byHand.Written.Phrase, Deadline: date("2026-11-20"), Leads: leads(r.snv), Checked: true,
	}))
	change := tasks.DayChange{Set: []calendar.Exception{cultureDay}}
	if done := must(s.Apply(ctx, r.secretariat, change, 1))(t); done.Drafts != 1 || done.Moved != 0 {
		t.Errorf("done %+v", done)
	}
	got := r.drafts(id)
	if d := got[0]; d.Deadline.String() != "2026-11-30" || d.Written.Date != d.Deadline || d.Written.Phrase != fortyDays || d.Checked ||
		!slices.ContainsFunc(d.Doubts, func(o tasks.Doubt) bool {
			return o.Key == tasks.DoubtDaysChanged && slices.Equal(o.Args, []string{fortyDays, "2026-11-27", "2026-11-30"})
		}) {
		t.Errorf("draft %+v", d)
	}
	for i, want := range []string{"", "2026-11-20", "2026-11-24"} {
		if i > 0 && (got[i].Deadline.String() != want || !got[i].Checked) {
			t.Errorf("draft %d %+v", i, got[i])
		}
	}
	if trail := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id}); trail[len(trail)-1] != "document.days_changed" {
		t.Errorf("trail %v", trail)
	}
}

// The first report of a cadence is expected ten working days after issue at the earliest.
func TestWorkingDaysOfCadences(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	ctx := t.Context()
	// Ten working days after Wednesday 11 November are Wednesday the 25th, with the 24th off Thursday the 26th.
	r.at("2026-11-11 09:00")
	_, a := r.issue("12/CT-UBND", r.duty(func(in *tasks.DraftInput) { in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=25" }))
	if got := r.notes(a[0].ID); len(got) != 1 || !strings.HasPrefix(got[0], "2026-11-25") {
		t.Fatalf("notes %v", got)
	}
	if done := must(s.Apply(ctx, r.secretariat, tasks.DayChange{Set: []calendar.Exception{cultureDay}}, 1))(t); done.Notes != 1 {
		t.Errorf("done %+v", done)
	}
	if got := r.notes(a[0].ID); len(got) != 1 || !strings.HasPrefix(got[0], "2026-12-25") {
		t.Errorf("notes %v", got)
	}
	if done := must(s.Apply(ctx, r.secretariat, tasks.DayChange{Clear: []calendar.Date{cultureDay.Date}}, 2))(t); done.Notes != 1 {
		t.Errorf("done %+v", done)
	}
	if got := r.notes(a[0].ID); len(got) == 0 || !strings.HasPrefix(got[0], "2026-11-25") {
		t.Errorf("notes %v", got)
	}
	// A first report that was given stands.
	r.at("2026-11-20 09:00")
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 10)
	before := r.notes(a[0].ID)
	must(s.Apply(ctx, r.secretariat, tasks.DayChange{Set: []calendar.Exception{cultureDay}}, 3))(t)
	if got := r.notes(a[0].ID); !slices.Equal(got, before) {
		t.Errorf("notes %v, before %v", got, before)
	}
}

func TestWorkingDaysRightsAndVersions(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	ctx := t.Context()
	change := tasks.DayChange{Set: []calendar.Exception{cultureDay}}
	for _, who := range []tasks.Person{r.focal, r.head, r.leader} {
		refused(t, failure(s.Year(ctx, who, 2026)), tasks.CodeForbidden, "")
		refused(t, failure(s.Preview(ctx, who, change)), tasks.CodeForbidden, "")
		refused(t, failure(s.Apply(ctx, who, change, 1)), tasks.CodeForbidden, "")
	}
	refused(t, failure(s.Apply(ctx, r.secretariat, change, 7)), tasks.CodeConflict, "")
	for key, set := range map[string][]calendar.Exception{
		"days.works_anyway": {{Date: date("2026-11-24"), Working: true, Name: "Làm bù"}},
		"days.bad_name":     {{Date: date("2026-11-24")}},
		"days.twice":        {cultureDay, cultureDay},
	} {
		refused(t, failure(s.Preview(ctx, r.secretariat, tasks.DayChange{Set: set})), tasks.CodeInvalid, key)
	}

	// Of two who change it at the same time one is told to look again.
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, d := range []string{"2027-02-08", "2027-02-09"} {
		wg.Go(func() {
			_, errs[i] = r.instance(r.rules).Apply(ctx, r.secretariat, tasks.DayChange{Set: []calendar.Exception{{Date: date(d), Name: "Tết"}}}, 1)
		})
	}
	wg.Wait()
	if codes := []tasks.Code{tasks.CodeOf(errs[0]), tasks.CodeOf(errs[1])}; !slices.Contains(codes, "") || !slices.Contains(codes, tasks.CodeConflict) {
		t.Errorf("both: %v", errs)
	}
}

// Another program on the same database sees the change when it looks, and looks no oftener than it is asked to.
func TestWorkingDaysOfOtherInstances(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	ctx := t.Context()
	rules := tasks.DefaultRules(zone, calendar.New(calendar.Default()))
	other := r.instance(rules)
	check(t, other.Fill(ctx))
	must(s.Apply(ctx, r.secretariat, tasks.DayChange{Set: []calendar.Exception{cultureDay}}, 1))(t)
	check(t, other.Recheck(ctx, 3*time.Second))
	if !rules.Calendar.IsWorking(cultureDay.Date) {
		t.Error("it looked again at once")
	}
	r.system.at = r.system.at.Add(3 * time.Second)
	check(t, other.Recheck(ctx, 3*time.Second))
	if rules.Calendar.IsWorking(cultureDay.Date) {
		t.Error("it did not see the change")
	}
	// One that starts later reads the table, not what the program comes with.
	late := tasks.DefaultRules(zone, calendar.New(calendar.Default()))
	check(t, r.instance(late).Fill(ctx))
	if late.Calendar.IsWorking(cultureDay.Date) {
		t.Error("a new instance does not know the day")
	}
}

func TestLackingYears(t *testing.T) {
	full := slices.Clone(calendar.Default())
	for _, d := range []string{"2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-09-03"} {
		full = append(full, calendar.Exception{Date: date(d), Name: "Nghỉ"})
	}
	for _, c := range []struct {
		today string
		days  []calendar.Exception
		want  []tasks.LackingYear
	}{
		{"2025-12-31", calendar.Default(), nil},
		{"2026-09-30", calendar.Default(), nil},
		{"2026-10-01", calendar.Default(), []tasks.LackingYear{{2027, 5}}},
		{"2026-12-31", full, nil},
		{"2027-01-01", calendar.Default(), []tasks.LackingYear{{2027, 5}}},
		{"2027-10-01", calendar.Default(), []tasks.LackingYear{{2027, 5}, {2028, 5}}},
		{"2026-10-01", nil, []tasks.LackingYear{{2026, 0}, {2027, 0}}},
	} {
		if got := tasks.DefaultRules(zone, calendar.New(c.days)).LackingYears(date(c.today)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.today, got, c.want)
		}
	}
}

func TestReadDays(t *testing.T) {
	off := func(d, name string) calendar.Exception { return calendar.Exception{Date: date(d), Name: name} }
	for name, c := range map[string]struct {
		text  string
		set   []calendar.Exception
		clear []string
		wrong string
	}{
		"as written":  {text: tasks.DaysText(calendar.Default()), set: calendar.Default()},
		"no heading":  {text: "2027-02-08\toff\tTết\n", set: []calendar.Exception{off("2027-02-08", "Tết")}},
		"typed":       {text: "\uFEFFNgày\tTên\tLoại\r\n8/2/2027\tTết\tnghỉ\r\n\r\n", set: []calendar.Exception{off("2027-02-08", "Tết")}},
		"other order": {text: "name\tdate\tkind\nTết\t2027-02-08\toff", set: []calendar.Exception{off("2027-02-08", "Tết")}},
		"cleared":     {text: "2027-02-08\tusual\t\t-", clear: []string{"2027-02-08"}},
		"with sources": {text: "date\tname\tsource\tkind\tweekday\tstatus\n2026-11-24\tNgày Văn hóa\thttps://x\tday off by resolution\tTue\tpending\n2026-01-10\tLàm bù\t\tmake-up WORKING Saturday\tSat\tofficial\n2026-01-02\tHoán đổi\t\tworking day swapped to a day off\tFri\tofficial", set: []calendar.Exception{
			{Date: date("2026-11-24"), Name: "Ngày Văn hóa", Pending: true}, {Date: date("2026-01-10"), Name: "Làm bù", Working: true}, off("2026-01-02", "Hoán đổi"),
		}},
		"no day":       {text: "2027-02-30\toff\tTết", wrong: "days.bad_date"},
		"far":          {text: "9999-02-01\toff\tTết", wrong: "days.bad_date"},
		"no kind":      {text: "2027-02-08\tholiday?\tTết", wrong: "days.bad_kind"},
		"no column":    {text: "Ngày\tx\n", wrong: "days.empty"},
		"empty":        {text: "", wrong: "days.empty"},
		"commas":       {text: "2027-02-08,off,Tết", wrong: "days.bad_date"},
		"far too many": {text: strings.Repeat("2027-02-08\toff\tTết\n", 2100), wrong: "days.too_many"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tasks.ReadDays("file", c.text)
			if c.wrong != "" {
				refused(t, err, tasks.CodeInvalid, c.wrong)
				return
			}
			check(t, err)
			var clear []string
			for _, d := range got.Clear {
				clear = append(clear, d.String())
			}
			if !slices.Equal(got.Set, c.set) || !slices.Equal(clear, c.clear) {
				t.Errorf("read %+v", got)
			}
		})
	}
}

// A whole year is written anew; the others stay.
func TestWholeYears(t *testing.T) {
	r := newRig(t)
	s := r.workingDays()
	ctx := t.Context()
	change, err := tasks.ReadDays("file", "2027-01-01\toff\tTết Dương lịch\n2027-02-08\toff\tTết\n")
	check(t, err)
	v := must(s.Preview(ctx, r.secretariat, change.Whole()))(t)
	// Six of the seven days of the year that the table has fall away, one is new, one stays as it is.
	if len(v.Changes) != 7 {
		t.Errorf("changes %+v", v.Changes)
	}
	must(s.Apply(ctx, r.secretariat, change.Whole(), 1))(t)
	y := must(s.Year(ctx, r.secretariat, 2027))(t)
	if len(y.Days) != 2 || y.Known != 2 || !y.Lacks() || y.Version != 2 {
		t.Errorf("year %+v", y)
	}
	if y := must(s.Year(ctx, r.secretariat, 0))(t); y.Year != 2026 || y.Known != 13 || y.Made != 2 || y.Pending != 1 || y.Lacks() {
		t.Errorf("year %+v", y)
	}
	days, _, err := s.Table(ctx, r.admin)
	check(t, err)
	if !slices.IsSortedFunc(days, func(a, b calendar.Exception) int { return cmp.Compare(a.Date.String(), b.Date.String()) }) {
		t.Error("the table is in no order")
	}
}
