package tasks_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func (r *rig) letters() *tasks.Letters {
	return &tasks.Letters{Store: r.db.Letters(), Duties: r.assignments}
}

// lateDuties issues duties of snv due on the days, of which nothing was reported, and one of stc that is not late.
func (r *rig) lateDuties(number string, days ...string) []tasks.Assignment {
	r.t.Helper()
	var duties []tasks.DraftInput
	for _, day := range days {
		duties = append(duties, r.duty(func(in *tasks.DraftInput) { in.Deadline = date(day) }))
	}
	duties = append(duties, r.duty(func(in *tasks.DraftInput) { in.Leads, in.Deadline = leads(r.stc), date("2027-03-31") }))
	_, a := r.issue(number, duties...)
	return a[:len(days)]
}

// prepared makes a draft to the agency and answers it.
func (r *rig) prepared(kind tasks.LetterKind, agency int64) tasks.LetterView {
	r.t.Helper()
	made := must(r.letters().Prepare(r.t.Context(), r.secretariat, tasks.LettersInput{Kind: kind, Beyond: 5, Agencies: []int64{agency}}))(r.t)
	return must(r.letters().Get(r.t.Context(), r.secretariat, made[0]))(r.t)
}

// change is a draft as it stands.
func changeOf(v tasks.LetterView) tasks.LetterChange {
	in := tasks.LetterChange{Version: v.Letter.Version, Kind: v.Letter.Kind, About: v.Letter.About, Words: v.Letter.Words, AnswerBy: v.Letter.AnswerBy, Head: v.Letter.Head}
	for _, l := range v.Lines {
		in.Duties = append(in.Duties, l.AssignmentID)
	}
	return in
}

// Who is late is reckoned day by day, without the rule's own code: the working days after the deadline up to today.
func TestLateAgencies(t *testing.T) {
	r := newRig(t)
	r.lateDuties("1/CT", "2026-10-09", "2026-10-16", "2026-10-20", "2026-10-23")
	a := r.lateDuties("2/CT", "2026-10-12", "2026-10-12", "2026-10-12")
	r.submit(r.focal, a[0].ID)
	check(t, r.assignments.Hold(t.Context(), r.secretariat, a[1].ID, tasks.PauseInput{Reason: "Chờ hướng dẫn", Authority: "Chủ tịch UBND tỉnh"}))
	working := func(due, today calendar.Date) (n int) {
		for d := due.AddDays(1); !d.After(today); d = d.AddDays(1) {
			if w := d.Weekday(); w >= 1 && w <= 5 {
				n++
			}
		}
		return n
	}
	dues := []string{"2026-10-09", "2026-10-16", "2026-10-20", "2026-10-23", "2026-10-12"}
	for _, day := range []string{"2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-28"} {
		r.at(day + " 08:00")
		for _, beyond := range []int{0, 1, 3, 5, 11, 40} {
			want, oldest := 0, calendar.Date{}
			for _, due := range dues {
				if working(date(due), date(day)) > beyond {
					if want++; oldest.IsZero() || date(due).Before(oldest) {
						oldest = date(due)
					}
				}
			}
			v := must(r.letters().Late(t.Context(), r.leader, beyond))(t)
			got := tasks.LateLine{}
			if len(v.Agencies) > 0 {
				got = v.Agencies[0]
			}
			if len(v.Agencies) > 1 || got.Late != want || v.Duties != want || want > 0 && (got.Oldest != oldest || got.Days != working(oldest, date(day)) || got.AgencyID != r.snv) {
				t.Errorf("on %s beyond %d: %+v, want %d since %s", day, beyond, v.Agencies, want, oldest)
			}
		}
	}
	_, err := r.letters().Late(t.Context(), r.secretariat, -1)
	refused(t, err, tasks.CodeInvalid, "letters.bad_beyond")
	_, err = r.letters().Late(t.Context(), r.focal, 5)
	refused(t, err, tasks.CodeForbidden, "error.forbidden")
}

func TestALetterFromDraftToIssue(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.lateDuties("1/CT", "2026-10-09", "2026-10-12", "2026-10-23")
	r.at("2026-10-28 08:00")
	in := tasks.LettersInput{Kind: tasks.LetterReminder, Beyond: 5, Agencies: []int64{r.snv, r.stc}, Usual: tasks.LetterHead{Issuer: "UBND tỉnh"}}
	for name, c := range map[string]struct {
		who    tasks.Person
		change func(*tasks.LettersInput)
		code   tasks.Code
		key    string
	}{
		"a leader":      {r.leader, func(*tasks.LettersInput) {}, tasks.CodeForbidden, "error.forbidden"},
		"the agency":    {r.focal, func(*tasks.LettersInput) {}, tasks.CodeForbidden, "error.forbidden"},
		"no agency":     {r.secretariat, func(in *tasks.LettersInput) { in.Agencies = nil }, tasks.CodeInvalid, "letters.no_agency"},
		"no kind":       {r.secretariat, func(in *tasks.LettersInput) { in.Kind = "x" }, tasks.CodeInvalid, "field.required"},
		"nobody late":   {r.secretariat, func(in *tasks.LettersInput) { in.Agencies = []int64{r.stc} }, tasks.CodeConflict, "letters.none_made"},
		"beyond reason": {r.secretariat, func(in *tasks.LettersInput) { in.Beyond = 9999 }, tasks.CodeInvalid, "letters.bad_beyond"},
	} {
		t.Run(name, func(t *testing.T) {
			in := in
			c.change(&in)
			_, err := r.letters().Prepare(ctx, c.who, in)
			refused(t, err, c.code, c.key)
		})
	}
	made := must(r.letters().Prepare(ctx, r.secretariat, in))(t)
	if len(made) != 1 {
		t.Fatalf("made %v: stc is not late", made)
	}
	id := made[0]
	v := must(r.letters().Get(ctx, r.secretariat, id))(t)
	if l := v.Letter; l.State != tasks.LetterDraft || l.AgencyID != r.snv || l.Duties != 2 || l.AsOf != date("2026-10-28") || l.Head.Issuer != "UBND tỉnh" || len(v.Lines) != 2 ||
		v.Lines[0].AssignmentID != a[0].ID || v.Lines[0].Late != 13 || v.Lines[1].Late != 12 {
		t.Fatalf("draft %+v, %+v", l, v.Lines)
	}
	// One draft an agency; it is the secretariat's and the leaders' alone.
	_, err := r.letters().Prepare(ctx, r.colleague, in)
	refused(t, err, tasks.CodeConflict, "letters.none_made")
	must(r.letters().Get(ctx, r.leader, id))(t)
	for _, who := range []tasks.Person{r.focal, r.head, r.other, r.admin} {
		_, err := r.letters().Get(ctx, who, id)
		refused(t, err, tasks.CodeNotFound, "")
	}
	if got := must(r.assignments.Get(ctx, r.secretariat, a[0].ID))(t).Letters; len(got) != 0 {
		t.Errorf("a draft stands on its duty: %+v", got)
	}

	// It is changed: one duty is left out, what is on time and what is another's cannot come in.
	r.at("2026-10-29 08:00")
	change := changeOf(v)
	change.About, change.Words, change.AnswerBy, change.Duties = " đôn  đốc ", "Đề nghị khẩn trương", date("2026-11-05"), []int64{a[1].ID, a[2].ID, 9999}
	for name, c := range map[string]struct {
		change func(*tasks.LetterChange)
		code   tasks.Code
		key    string
	}{
		"another version": {func(c *tasks.LetterChange) { c.Version = 99 }, tasks.CodeConflict, "error.conflict"},
		"no duty":         {func(c *tasks.LetterChange) { c.Duties = []int64{a[2].ID} }, tasks.CodeInvalid, "letters.no_duty"},
		"a day past":      {func(c *tasks.LetterChange) { c.AnswerBy = date("2026-10-28") }, tasks.CodeInvalid, "letters.answer_past"},
		"no kind":         {func(c *tasks.LetterChange) { c.Kind = "" }, tasks.CodeInvalid, "field.required"},
		"recipients":      {func(c *tasks.LetterChange) { c.Head.Recipients = slices.Repeat([]string{"x"}, 31) }, tasks.CodeInvalid, "letters.many_recipients"},
	} {
		t.Run(name, func(t *testing.T) {
			in := change
			c.change(&in)
			refused(t, r.letters().Change(ctx, r.secretariat, id, in), c.code, c.key)
		})
	}
	check(t, r.letters().Change(ctx, r.secretariat, id, change))
	v = must(r.letters().Get(ctx, r.secretariat, id))(t)
	if l := v.Letter; l.About != "đôn đốc" || l.Duties != 1 || l.AsOf != date("2026-10-29") || v.Lines[0].AssignmentID != a[1].ID || v.Lines[0].Late != 13 {
		t.Errorf("changed %+v, %+v", l, v.Lines)
	}

	// It is issued, with a signed copy.
	r.at("2026-10-30 08:00")
	record := tasks.LetterRecord{Version: v.Letter.Version, Number: " 412/UBND-VP ", Date: date("2026-10-29"), Files: []tasks.Upload{{Name: "412.pdf", Data: []byte("%PDF-1.7 bản ký")}}}
	for name, c := range map[string]struct {
		who    tasks.Person
		change func(*tasks.LetterRecord)
		code   tasks.Code
		key    string
	}{
		"no number":       {r.secretariat, func(in *tasks.LetterRecord) { in.Number = " " }, tasks.CodeInvalid, "field.required"},
		"no day":          {r.secretariat, func(in *tasks.LetterRecord) { in.Date = calendar.Date{} }, tasks.CodeInvalid, "field.required"},
		"a day to come":   {r.secretariat, func(in *tasks.LetterRecord) { in.Date = date("2026-10-31") }, tasks.CodeInvalid, "letters.to_come"},
		"a year ago":      {r.secretariat, func(in *tasks.LetterRecord) { in.Date = date("2025-10-28") }, tasks.CodeInvalid, "letters.long_ago"},
		"a program":       {r.secretariat, func(in *tasks.LetterRecord) { in.Files[0].Name = "x.exe"; in.Files[0].Data = []byte("MZ") }, tasks.CodeInvalid, "upload.type"},
		"another version": {r.secretariat, func(in *tasks.LetterRecord) { in.Version = 1 }, tasks.CodeConflict, "error.conflict"},
		"a leader":        {r.leader, func(*tasks.LetterRecord) {}, tasks.CodeForbidden, "error.forbidden"},
		"the agency":      {r.focal, func(*tasks.LetterRecord) {}, tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := record
			in.Files = slices.Clone(record.Files)
			c.change(&in)
			refused(t, r.letters().Issue(ctx, c.who, id, in), c.code, c.key)
		})
	}
	check(t, r.letters().Issue(ctx, r.secretariat, id, record))
	refused(t, r.letters().Issue(ctx, r.secretariat, id, record), tasks.CodeConflict, "letters.is_issued")
	refused(t, r.letters().Change(ctx, r.secretariat, id, change), tasks.CodeConflict, "letters.is_issued")
	refused(t, r.letters().Drop(ctx, r.secretariat, id, 0), tasks.CodeConflict, "letters.is_issued")
	var told []string
	for _, n := range r.notices(tasks.NoticeLetter) {
		if n.Event != tasks.EventLetterIssued || n.AgencyID != r.snv || n.Subject != (tasks.Subject{Kind: tasks.SubjectLetter, ID: id}) {
			t.Errorf("notice %+v", n)
		}
		told = append(told, string(n.Role))
	}
	if !slices.Equal(told, []string{"focal", "head"}) {
		t.Errorf("told %q", told)
	}

	// The agency reads it and its file; others do not.
	for who, want := range map[*tasks.Person]tasks.Code{&r.focal: "", &r.head: "", &r.leader: "", &r.other: tasks.CodeNotFound, &r.admin: tasks.CodeNotFound} {
		v, err := r.letters().Get(ctx, *who, id)
		if tasks.CodeOf(err) != want {
			t.Errorf("%s reads the letter: %v", who.Name, err)
		}
		if err == nil && (v.Letter.Number != "412/UBND-VP" || v.Manages || len(v.Lines) != 1 || !v.Lines[0].Open) {
			t.Errorf("%s reads %+v", who.Name, v)
		}
		page, _, err := r.letters().List(ctx, *who, tasks.LetterQuery{})
		if wanted := want == ""; wanted != (len(page.Rows) == 1) || err != nil && who != &r.admin {
			t.Errorf("%s lists %+v, %v", who.Name, page, err)
		}
	}
	file := must(r.letters().Get(ctx, r.focal, id))(t).Files[0].ID
	_, f, err := r.letters().OpenFile(ctx, r.head, id, file)
	check(t, err)
	if got := string(must(io.ReadAll(f))(t)); got != "%PDF-1.7 bản ký" {
		t.Errorf("the copy holds %q", got)
	}
	check(t, f.Close())
	_, _, err = r.letters().OpenFile(ctx, r.other, id, file)
	refused(t, err, tasks.CodeNotFound, "")
	// It stands on the duty that it lists, and not on the one that was left out.
	for who, want := range map[*tasks.Person]int{&r.secretariat: 1, &r.leader: 1, &r.focal: 1} {
		got := must(r.assignments.Get(ctx, *who, a[1].ID))(t).Letters
		if len(got) != want || got[0].Number != "412/UBND-VP" || got[0].Late != 13 {
			t.Errorf("%s sees on the duty %+v", who.Name, got)
		}
	}
	if got := must(r.assignments.Get(ctx, r.focal, a[0].ID))(t).Letters; len(got) != 0 {
		t.Errorf("on the duty that was left out: %+v", got)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectLetter, ID: id}); !slices.Equal(got, []string{"letter.prepared", "letter.changed", "letter.issued"}) {
		t.Errorf("trail %q", got)
	}
}

// A record is mended with its reason; a letter that is withdrawn is in no count and on no duty, and its agency is told.
func TestALetterIsMendedAndWithdrawn(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.lateDuties("1/CT", "2026-10-09")
	r.at("2026-10-28 08:00")
	v := r.prepared(tasks.LetterCriticism, r.snv)
	id := v.Letter.ID
	check(t, r.letters().Issue(ctx, r.secretariat, id, tasks.LetterRecord{Number: "9/UBND-VP", Date: date("2026-10-27"), Files: []tasks.Upload{{Name: "a.pdf", Data: []byte("%PDF-1.7 a")}}}))
	before := len(r.notices(tasks.NoticeLetter))

	mended := tasks.LetterRecord{Number: "10/UBND-VP", Date: date("2026-10-28"), Files: []tasks.Upload{{Name: "b.pdf", Data: []byte("%PDF-1.7 b")}}}
	refused(t, r.letters().Correct(ctx, r.colleague, id, mended), tasks.CodeInvalid, "field.required")
	mended.Reason = "Ghi nhầm số"
	refused(t, r.letters().Correct(ctx, r.focal, id, mended), tasks.CodeForbidden, "error.forbidden")
	check(t, r.letters().Correct(ctx, r.colleague, id, mended))
	got := must(r.letters().Get(ctx, r.secretariat, id))(t)
	if l := got.Letter; l.Number != "10/UBND-VP" || l.Date != date("2026-10-28") || len(got.Files) != 1 || got.Files[0].Name != "b.pdf" || l.State != tasks.LetterIssued {
		t.Errorf("mended %+v, %+v", l, got.Files)
	}
	if e := got.Trail[0]; e.Action != "letter.corrected" || !strings.Contains(e.After, "Ghi nhầm số") || !strings.Contains(e.Before, "9/UBND-VP") {
		t.Errorf("trail %+v", e)
	}
	if n := len(r.notices(tasks.NoticeLetter)); n != before {
		t.Errorf("%d notices after the correction, want %d", n, before)
	}

	// Another letter to the agency in the year cannot have its number; one to another agency can: it is the same paper.
	other := r.prepared(tasks.LetterReminder, r.snv)
	same := tasks.LetterRecord{Number: "10/UBND-VP", Date: date("2026-10-28")}
	refused(t, r.letters().Issue(ctx, r.secretariat, other.Letter.ID, same), tasks.CodeInvalid, "letters.number_taken")

	refused(t, r.letters().Withdraw(ctx, r.secretariat, id, 0, " "), tasks.CodeInvalid, "field.required")
	refused(t, r.letters().Withdraw(ctx, r.leader, id, 0, "Nhầm"), tasks.CodeForbidden, "error.forbidden")
	refused(t, r.letters().Withdraw(ctx, r.secretariat, id, 1, "Nhầm"), tasks.CodeConflict, "error.conflict")
	check(t, r.letters().Withdraw(ctx, r.secretariat, id, got.Letter.Version, "Gửi nhầm cơ quan"))
	if l := must(r.assignments.Get(ctx, r.secretariat, a[0].ID))(t).Letters; len(l) != 0 {
		t.Errorf("on the duty still: %+v", l)
	}
	if counts, _, err := r.letters().Counts(ctx, r.leader, date("2026-01-01"), date("2026-12-31")); err != nil || len(counts) != 0 {
		t.Errorf("counted still: %+v, %v", counts, err)
	}
	if l := must(r.letters().Get(ctx, r.focal, id))(t).Letter; l.State != tasks.LetterWithdrawn || l.Reason != "Gửi nhầm cơ quan" {
		t.Errorf("withdrawn %+v", l)
	}
	notices := r.notices(tasks.NoticeLetter)
	if last := notices[len(notices)-1]; last.Event != tasks.EventLetterWithdrawn || len(notices) != before+2 {
		t.Errorf("notices %+v", notices)
	}
	check(t, r.letters().Issue(ctx, r.secretariat, other.Letter.ID, same))
}

func TestADraftIsDropped(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.lateDuties("1/CT", "2026-10-09")
	r.at("2026-10-28 08:00")
	v := r.prepared(tasks.LetterReminder, r.snv)
	refused(t, r.letters().Drop(ctx, r.leader, v.Letter.ID, 0), tasks.CodeForbidden, "error.forbidden")
	refused(t, r.letters().Drop(ctx, r.secretariat, v.Letter.ID, 99), tasks.CodeConflict, "error.conflict")
	check(t, r.letters().Drop(ctx, r.secretariat, v.Letter.ID, v.Letter.Version))
	_, err := r.letters().Get(ctx, r.secretariat, v.Letter.ID)
	refused(t, err, tasks.CodeNotFound, "")
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectLetter, ID: v.Letter.ID}); !slices.Equal(got, []string{"letter.prepared", "letter.dropped"}) {
		t.Errorf("trail %q", got)
	}
	r.prepared(tasks.LetterReminder, r.snv)
}
