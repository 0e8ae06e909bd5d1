package tasks_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/extract"
)

func TestRemovedIsBroughtBack(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id := r.draft("1/CT", r.duty(), r.duty(), r.duty())
	ds := r.drafts(id)
	check(t, r.documents.RemoveDraft(ctx, r.secretariat, id, ds[1].ID, ds[1].Version))
	review := must(r.documents.Review(ctx, r.secretariat, id))(t)
	if len(review.Drafts) != 2 || review.Plan.Duties != 2 || len(review.Removed) != 1 || review.Removed[0].ID != ds[1].ID {
		t.Fatalf("%d drafts, %d planned, removed %+v", len(review.Drafts), review.Plan.Duties, review.Removed)
	}
	if rows := must(r.documents.List(ctx, r.secretariat, tasks.DocumentQuery{}))(t).Rows; rows[0].Drafts != 2 {
		t.Errorf("the list counts %d drafts, want 2", rows[0].Drafts)
	}
	// What is removed can be neither changed, accepted, merged nor split.
	gone := review.Removed[0]
	refused(t, r.documents.CheckDraft(ctx, r.secretariat, id, gone.ID, gone.Version, true), tasks.CodeNotFound, "")
	refused(t, r.documents.RemoveDraft(ctx, r.secretariat, id, gone.ID, gone.Version), tasks.CodeNotFound, "")
	refused(t, failure(r.documents.SplitDraft(ctx, r.secretariat, id, gone.ID, gone.Version, 3)), tasks.CodeNotFound, "")
	// A duty that is added in the meantime does not take its place.
	must(r.documents.AddDraft(ctx, r.secretariat, id, ds[0].Position, r.duty()))(t)
	refused(t, r.documents.RestoreDraft(ctx, r.secretariat, id, gone.ID, gone.Version-1), tasks.CodeConflict, "")
	refused(t, r.documents.RestoreDraft(ctx, r.focal, id, gone.ID, gone.Version), tasks.CodeNotFound, "")
	check(t, r.documents.RestoreDraft(ctx, r.secretariat, id, gone.ID, gone.Version))
	refused(t, r.documents.RestoreDraft(ctx, r.secretariat, id, gone.ID, 0), tasks.CodeConflict, "")
	got := r.drafts(id)
	if len(got) != 4 || got[0].ID != ds[0].ID || got[2].ID != ds[1].ID || got[3].ID != ds[2].ID || got[2].Checked {
		t.Errorf("drafts %+v", got)
	}
	// Issued without the removed one; recalled with it.
	check(t, r.documents.RemoveDraft(ctx, r.secretariat, id, gone.ID, 0))
	check(t, r.documents.Issue(ctx, r.secretariat, id, 0))
	if v := must(r.documents.Get(ctx, r.secretariat, id))(t); len(v.Tasks) != 3 {
		t.Errorf("%d duties were issued, want 3", len(v.Tasks))
	}
	refused(t, r.documents.RestoreDraft(ctx, r.secretariat, id, gone.ID, 0), tasks.CodeConflict, "document.not_draft")
	check(t, r.documents.Recall(ctx, r.secretariat, id, 0))
	check(t, r.documents.RestoreDraft(ctx, r.secretariat, id, gone.ID, 0))
}

func TestMerge(t *testing.T) {
	ctx := t.Context()
	due, later := date("2026-11-15"), date("2026-12-01")
	for name, c := range map[string]struct {
		upper, lower calendar.Date
		want         calendar.Date
		doubt        bool
	}{
		"equal":      {due, due, due, false},
		"upper only": {due, calendar.Date{}, due, false},
		"lower only": {calendar.Date{}, due, due, false},
		"different":  {due, later, due, true},
		"none":       {calendar.Date{}, calendar.Date{}, calendar.Date{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			id := r.draft("1/CT",
				r.duty(func(in *tasks.DraftInput) {
					in.Text, in.Deadline, in.Leads = "Rà soát.", c.upper, leads(r.snv, r.stc)
				}),
				r.duty(func(in *tasks.DraftInput) {
					in.Text, in.Deadline, in.Leads, in.Cooperating = "Báo cáo kết quả.", c.lower, leads(r.stc, r.syt), leads(r.thue)
				}), r.duty())
			ds := r.drafts(id)
			check(t, r.documents.MergeDraft(ctx, r.secretariat, id, versions(ds[1])[0], versions(ds[0])[0]))
			got := r.drafts(id)
			if len(got) != 2 || got[0].Text != "Rà soát.\nBáo cáo kết quả." || got[0].Deadline != c.want || got[0].Checked ||
				!slices.Equal(got[0].LeadAgencies(), []int64{r.snv, r.stc, r.syt}) || !slices.Equal(got[0].CooperatingAgencies(), []int64{r.thue}) {
				t.Errorf("merged %+v", got)
			}
			if has := slices.ContainsFunc(got[0].Doubts, func(d tasks.Doubt) bool { return d.Key == tasks.DoubtMergedTimes }); has != c.doubt {
				t.Errorf("doubts %v, want one: %v", got[0].Doubts, c.doubt)
			}
			// Neither twice, nor the first, nor with what has changed or is not right above.
			refused(t, r.documents.MergeDraft(ctx, r.secretariat, id, versions(ds[1])[0], versions(ds[0])[0]), tasks.CodeNotFound, "")
			refused(t, r.documents.MergeDraft(ctx, r.secretariat, id, versions(got[0])[0], versions(got[1])[0]), tasks.CodeInvalid, "draft.none_above")
			refused(t, r.documents.MergeDraft(ctx, r.secretariat, id, versions(got[1])[0], versions(ds[0])[0]), tasks.CodeConflict, "")
			refused(t, r.documents.MergeDraft(ctx, r.secretariat, id, versions(got[1])[0], versions(got[1])[0]), tasks.CodeConflict, "")
			refused(t, r.documents.MergeDraft(ctx, r.focal, id, versions(got[1])[0], versions(got[0])[0]), tasks.CodeNotFound, "")
		})
	}
}

func TestSplit(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	text := "Rà soát thủ tục; báo cáo kết quả trước ngày 15/11/2026."
	id := r.draft("1/CT", r.duty(func(in *tasks.DraftInput) {
		in.Ref, in.Text, in.Phrase, in.Checked = "2.a", text, "trước ngày 15/11/2026", true
	}), r.duty())
	ds := r.drafts(id)
	clauses := tasks.Clauses(text)
	if len(clauses) != 2 || clauses[1].Text != "báo cáo kết quả trước ngày 15/11/2026." {
		t.Fatalf("clauses %+v", clauses)
	}
	for _, at := range []int{-1, 0, len([]rune(text)), 9999} {
		refused(t, failure(r.documents.SplitDraft(ctx, r.secretariat, id, ds[0].ID, ds[0].Version, at)), tasks.CodeInvalid, "draft.split_nothing")
	}
	second := must(r.documents.SplitDraft(ctx, r.secretariat, id, ds[0].ID, ds[0].Version, clauses[1].At))(t)
	got := r.drafts(id)
	if len(got) != 3 || got[0].Text != "Rà soát thủ tục;" || got[1].ID != second || got[1].Text != clauses[1].Text || got[1].Ref != "2.a" || got[2].ID != ds[1].ID {
		t.Fatalf("split %+v", got)
	}
	for i, want := range []bool{true, false} {
		d := got[i]
		if has := slices.ContainsFunc(d.Doubts, func(o tasks.Doubt) bool { return o.Key == tasks.DoubtSplitTime }); has != want || d.Checked ||
			d.Deadline != ds[0].Deadline || !slices.Equal(d.LeadAgencies(), ds[0].LeadAgencies()) {
			t.Errorf("part %d: %+v", i+1, d)
		}
	}
	refused(t, failure(r.documents.SplitDraft(ctx, r.secretariat, id, ds[0].ID, ds[0].Version, 5)), tasks.CodeConflict, "")
	refused(t, failure(r.documents.SplitDraft(ctx, r.focal, id, ds[0].ID, 0, 5)), tasks.CodeNotFound, "")
}

func TestClausesAreTheWords(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "một câu": 1, "Một. Hai; ba": 3, "a)\nb)\n\nc)": 3, "theo khoản 1. Điều 2": 1, "TP. Huế rà soát. Sở Y tế báo cáo.": 2, " . . ": 1, "Xong.": 1,
	} {
		var all strings.Builder
		clauses := tasks.Clauses(text)
		for _, c := range clauses {
			if c.At != len([]rune(all.String())) {
				t.Errorf("%q: clause %q at %d", text, c.Text, c.At)
			}
			all.WriteString(c.Text)
		}
		if all.String() != text || len(clauses) != want {
			t.Errorf("%q: clauses %+v, want %d", text, clauses, want)
		}
	}
}

func TestVisits(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id := r.draft("1/CT", r.duty())
	at := r.system.now()
	visit := func(who tasks.Person, after time.Duration) []string {
		t.Helper()
		var names []string
		for _, v := range must(r.documents.Visit(ctx, who, id, at.Add(after)))(t).Others {
			names = append(names, v.Name)
		}
		return names
	}
	if got := visit(r.secretariat, 0); len(got) != 0 {
		t.Errorf("alone, but with %v", got)
	}
	if got := visit(r.colleague, time.Minute); !slices.Equal(got, []string{r.secretariat.Name}) {
		t.Errorf("the colleague sees %v", got)
	}
	if got := visit(r.secretariat, 2*time.Minute); !slices.Equal(got, []string{r.colleague.Name}) {
		t.Errorf("sees %v", got)
	}
	// He has gone for a while.
	if got := visit(r.secretariat, 5*time.Minute); len(got) != 0 {
		t.Errorf("still sees %v", got)
	}
	review := must(r.documents.Review(ctx, r.colleague, id))(t)
	if o := review.Others(r.colleague, at.Add(5*time.Minute)); len(o) != 1 || o[0].PersonID != r.secretariat.ID {
		t.Errorf("the page names %+v", o)
	}
	for _, who := range []tasks.Person{r.focal, r.leader, r.admin} {
		refused(t, failure(r.documents.Visit(ctx, who, id, at)), tasks.CodeNotFound, "")
	}
	check(t, r.documents.Discard(ctx, r.secretariat, id, 0))
}

// deadlines reads typed deadlines as the program does.
type deadlines struct{ calendar *calendar.Calendar }

func (d deadlines) ReadDeadline(words string, h tasks.Head) (tasks.WrittenDue, []tasks.Doubt) {
	due, read := extract.ReadDeadline(words, extract.Anchor{Date: h.Date, Year: h.Year, Calendar: d.calendar})
	return writtenDue(due), readDoubts(read)
}

// Resolve implements tasks.DeadlineReader.
func (d deadlines) Resolve(written tasks.WrittenDue, doubted []tasks.Doubt, before, after tasks.Head) (tasks.WrittenDue, []tasks.Doubt, bool) {
	asRead := extract.Due{Phrase: written.Phrase, Kind: string(written.Kind), Date: written.Date.String(), Time: written.Time, RRule: written.RRule}
	var had []extract.Doubt
	for _, o := range doubted {
		had = append(had, extract.Doubt{Key: o.Key, Args: o.Args})
	}
	head := func(h tasks.Head) extract.Head { return extract.Head{Date: h.Date.String(), Year: h.Year} }
	due, left, changed := extract.Resolve(asRead, had, head(before), head(after), d.calendar)
	return writtenDue(due), readDoubts(left), changed
}

func writtenDue(due extract.Due) tasks.WrittenDue {
	out := tasks.WrittenDue{Phrase: due.Phrase, Kind: tasks.DueKind(due.Kind), Time: due.Time, RRule: due.RRule}
	if day, err := calendar.ParseDate(due.Date); err == nil {
		out.Date = day
	}
	return out
}

func readDoubts(read []extract.Doubt) []tasks.Doubt {
	var out []tasks.Doubt
	for _, o := range read {
		out = append(out, tasks.Doubt{Key: o.Key, Args: o.Args})
	}
	return out
}

func TestReadTime(t *testing.T) {
	r := newRig(t)
	r.documents.Deadlines = deadlines{r.rules.Calendar}
	head := tasks.Head{Date: date("2026-07-24"), Year: 2026}
	for words, want := range map[string]string{
		"30/9": "2026-09-30", "quý III": "2026-09-30", "30/9/2027": "2027-09-30", "hết năm 2026": "2026-12-31", "trước ngày 15 tháng 8": "2026-08-15",
		"trong vòng 10 ngày kể từ ngày ký": "2026-08-03", "hằng tháng, trước ngày 25": "FREQ=MONTHLY;BYMONTHDAY=25",
		// refused
		"30/6": "time.no_year", "31/2/2027": "time.no_such_day", "thường xuyên": "time.ongoing", "sớm": "time.not_understood", "Sở Nội vụ": "time.not_understood",
		"15/8/2026 và 30/9/2026": "time.several", "": "time.not_understood",
	} {
		due, cadence, err := r.documents.ReadTime("deadline", words, head)
		got := due.String() + cadence
		if err != nil {
			got = err.(*tasks.Error).Fields[0].Key
		}
		if got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
}

// The head was misread; when it is corrected, the deadlines that hang on it follow, and those that a person has set do not.
func TestCorrectedHeadComputesDeadlinesAnew(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	read := deadlines{r.rules.Calendar}
	r.documents.Deadlines = read
	head := tasks.Head{Kind: tasks.KindDirective, Number: "10/CT-UBND", Date: date("2026-07-24"), Year: 2026}
	r.reader.out.Head = head
	for _, phrase := range []string{"trước ngày 30/9", "trong vòng 10 ngày kể từ ngày ký", "trước ngày 30/9/2026", "trước ngày 15/10", "trước ngày 20/10"} {
		due, doubts := read.ReadDeadline(phrase, head)
		due.Phrase = phrase
		r.reader.out.Drafts = append(r.reader.out.Drafts, tasks.Draft{Text: phrase, Written: due, Doubts: doubts})
	}
	// One whose day came from more than its words.
	r.reader.out.Drafts[4].Written.Date = date("2026-10-19")
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	ds := r.drafts(d.ID)
	check(t, r.documents.CheckDraft(ctx, r.secretariat, d.ID, ds[0].ID, 0, true))
	must(r.documents.SetColumns(ctx, r.secretariat, d.ID, versions(ds[3]), tasks.Columns{Time: true, Deadline: date("2026-10-16")}))(t)

	in := tasks.HeadInput{Head: head, Cadence: calendar.DefaultCadence}
	in.Title = "Về việc khác"
	if got := must(r.documents.UpdateHead(ctx, r.secretariat, d.ID, in))(t); len(got) != 0 {
		t.Errorf("a new title computes %v anew", got)
	}
	in.Date, in.Year = date("2025-07-24"), 2025
	got := must(r.documents.UpdateHead(ctx, r.secretariat, d.ID, in))(t)
	if want := []int64{ds[0].ID, ds[1].ID, ds[4].ID}; !slices.Equal(got, want) {
		t.Errorf("computed anew %v, want %v", got, want)
	}
	now := r.drafts(d.ID)
	for i, want := range []string{"2025-09-30", "2025-08-04", "2026-09-30", "2026-10-16", "2026-10-19"} {
		if now[i].Deadline.String() != want {
			t.Errorf("%q is now %v, want %s", now[i].Text, now[i].Deadline, want)
		}
	}
	for i, want := range []string{tasks.DoubtRecomputed, tasks.DoubtRecomputed, "", "", tasks.DoubtHeadChanged} {
		if has := slices.ContainsFunc(now[i].Doubts, func(d tasks.Doubt) bool { return d.Key == want }); want != "" && (!has || now[i].Checked) {
			t.Errorf("%q: doubts %v, checked %v; want %s", now[i].Text, now[i].Doubts, now[i].Checked, want)
		}
	}
	// What was changed back is as it was, without a trace of the detour but the doubt.
	in.Date, in.Year = head.Date, head.Year
	must(r.documents.UpdateHead(ctx, r.secretariat, d.ID, in))(t)
	for i, d := range r.drafts(d.ID) {
		if i < 2 && d.Deadline != ds[i].Deadline {
			t.Errorf("%q came back as %v, want %v", d.Text, d.Deadline, ds[i].Deadline)
		}
	}
}

func TestPlanWarnsOfDays(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT", r.duty(func(in *tasks.DraftInput) { in.Deadline = date("2026-10-20") }))
	set := func(day string) tasks.IssuePlan {
		t.Helper()
		d := r.document(id)
		d.Date = date(day)
		must(r.documents.UpdateHead(t.Context(), r.secretariat, id, tasks.HeadInput{Head: d.Head, Cadence: calendar.DefaultCadence}))(t)
		return r.plan(id)
	}
	if p := set("2026-10-05"); p.Future || p.Early != 0 {
		t.Errorf("today: %+v", p)
	}
	if p := set("2026-10-21"); !p.Future || p.Early != 1 || len(p.Problems) != 0 {
		t.Errorf("a day to come, behind the deadline: %+v", p)
	}
}
