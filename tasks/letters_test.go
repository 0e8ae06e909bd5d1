package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// Letters are counted by the month of their own date, by agency and kind; one paper to several agencies has one number.
func TestLettersAreCounted(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.lateDuties("1/CT", "2026-10-09")
	r.issue("2/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Deadline = leads(r.stc), date("2026-10-09") }))
	issue := func(kind tasks.LetterKind, agency int64, number, day string) {
		t.Helper()
		v := r.prepared(kind, agency)
		check(t, r.letters().Issue(ctx, r.secretariat, v.Letter.ID, tasks.LetterRecord{Number: number, Date: date(day)}))
	}
	r.at("2026-11-30 08:00")
	issue(tasks.LetterReminder, r.snv, "1/UBND", "2026-10-30")
	issue(tasks.LetterReminder, r.stc, "1/UBND", "2026-10-30")
	issue(tasks.LetterReminder, r.snv, "2/UBND", "2026-10-31")
	issue(tasks.LetterCriticism, r.snv, "3/UBND", "2026-11-01")
	r.prepared(tasks.LetterReminder, r.snv) // a draft is none
	counts, _, err := r.letters().Counts(ctx, r.leader, date("2026-10-01"), date("2026-11-30"))
	check(t, err)
	type line struct {
		month   string
		agency  int64
		kind    tasks.LetterKind
		letters int
	}
	var got []line
	papers := make(map[string]bool)
	for _, c := range counts {
		got = append(got, line{c.Month.String(), c.AgencyID, c.Kind, c.Letters})
		for _, n := range c.Numbers {
			papers[n] = true
		}
	}
	if want := []line{{"2026-10-01", r.snv, tasks.LetterReminder, 2}, {"2026-10-01", r.stc, tasks.LetterReminder, 1}, {"2026-11-01", r.snv, tasks.LetterCriticism, 1}}; !slices.Equal(got, want) || len(papers) != 3 {
		t.Errorf("counts %+v, want %+v; papers %v", got, want, papers)
	}
	counts, _, err = r.letters().Counts(ctx, r.secretariat, date("2026-11-01"), date("2026-11-30"))
	if check(t, err); len(counts) != 1 {
		t.Errorf("of November %+v", counts)
	}
	_, _, err = r.letters().Counts(ctx, r.head, date("2026-11-01"), date("2026-11-30"))
	refused(t, err, tasks.CodeForbidden, "error.forbidden")
	v := must(r.letters().Late(ctx, r.secretariat, 5))(t)
	for _, l := range v.Agencies {
		switch w := l.Written; {
		case l.AgencyID == r.snv && (w.Reminders != 2 || w.Criticisms != 1 || w.Last.Number != "3/UBND" || l.Draft == 0),
			l.AgencyID == r.stc && (w.Reminders != 1 || w.Criticisms != 0 || l.Draft != 0):
			t.Errorf("agency %d was written %+v, draft %d", l.AgencyID, w, l.Draft)
		}
	}
	for _, c := range []struct {
		q    tasks.LetterQuery
		want int
	}{
		{tasks.LetterQuery{}, 5}, {tasks.LetterQuery{State: tasks.LetterIssued}, 4}, {tasks.LetterQuery{State: tasks.LetterDraft}, 1},
		{tasks.LetterQuery{Kind: tasks.LetterCriticism}, 1}, {tasks.LetterQuery{AgencyID: r.stc}, 1}, {tasks.LetterQuery{From: date("2026-10-31")}, 2},
		{tasks.LetterQuery{To: date("2026-10-30")}, 2},
	} {
		page, _, err := r.letters().List(ctx, r.secretariat, c.q)
		if check(t, err); page.Total != c.want || len(page.Rows) != c.want {
			t.Errorf("%+v: %d of %d, want %d", c.q, len(page.Rows), page.Total, c.want)
		}
	}
	first, _, err := r.letters().List(ctx, r.secretariat, tasks.LetterQuery{Limit: 3})
	check(t, err)
	rest, _, err := r.letters().List(ctx, r.secretariat, tasks.LetterQuery{Limit: 3, After: first.Next})
	if check(t, err); len(first.Rows) != 3 || len(rest.Rows) != 2 || rest.Next != "" || first.Rows[2].ID <= rest.Rows[0].ID {
		t.Errorf("pages %+v, %+v", first, rest)
	}
}

// The words of a restricted duty stand in a letter for those alone who may read them; a duty that went to another agency is closed to the one
// that had it.
func TestALetterKeepsWhatIsRestricted(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.lateDuties("1/CT", "2026-10-09", "2026-10-12")
	check(t, r.assignments.Restrict(ctx, r.secretariat, a[0].TaskID, tasks.RestrictInput{Restricted: true, Reason: "Nhạy cảm"}))
	r.at("2026-10-28 08:00")
	v := r.prepared(tasks.LetterReminder, r.snv)
	check(t, r.letters().Issue(ctx, r.secretariat, v.Letter.ID, tasks.LetterRecord{Number: "1/UBND", Date: date("2026-10-28")}))
	if l := must(r.letters().Get(ctx, r.focal, v.Letter.ID))(t).Lines; !l[0].Row.Restricted || l[0].Row.Hidden || l[0].Row.Text == "" {
		t.Errorf("its lead reads %+v", l[0])
	}
	for i := range a {
		check(t, r.assignments.Reassign(ctx, r.colleague, a[i].ID, tasks.ReassignInput{Leads: []int64{r.stc}, Reason: "Đúng chức năng", Authority: "Chủ tịch UBND tỉnh"}))
	}
	for _, l := range must(r.letters().Get(ctx, r.focal, v.Letter.ID))(t).Lines {
		if l.Open || !l.Row.Hidden || l.Row.Text != "" {
			t.Errorf("who has it no more reads %+v", l)
		}
	}
	// The lead of now does not learn what the one before was written.
	if l := must(r.assignments.Get(ctx, r.other, a[1].ID))(t).Letters; len(l) != 0 {
		t.Errorf("another agency's letters: %+v", l)
	}
}

// What an agency was written, the one that takes over from it reads; the paper keeps its name.
func TestASuccessorReadsLetters(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.lateDuties("1/CT", "2026-10-09")
	r.at("2026-10-28 08:00")
	v := r.prepared(tasks.LetterReminder, r.snv)
	check(t, r.letters().Issue(ctx, r.secretariat, v.Letter.ID, tasks.LetterRecord{Number: "1/UBND", Date: date("2026-10-28")}))
	_, err := r.letters().Get(ctx, r.other, v.Letter.ID)
	refused(t, err, tasks.CodeNotFound, "")
	old := must(r.directory.All(ctx, tasks.System))(t).Agency(r.snv)
	old.To, old.SuccessorID = "2026-10-28", r.stc
	must(r.directory.SaveAgency(ctx, tasks.System, old))(t)
	r.at("2026-10-29 08:00")
	if l := must(r.letters().Get(ctx, r.other, v.Letter.ID))(t).Letter; l.AgencyID != r.snv {
		t.Errorf("the letter went to agency %d", l.AgencyID)
	}
	if page, _, err := r.letters().List(ctx, r.other, tasks.LetterQuery{}); err != nil || len(page.Rows) != 1 {
		t.Errorf("the successor lists %+v, %v", page, err)
	}
}
