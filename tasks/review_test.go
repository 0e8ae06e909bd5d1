package tasks_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

func TestDraftsAreCorrectedAddedAndRemoved(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.reader.out.Drafts = []tasks.Draft{
		{Ref: "1", Text: "một", Section: "I", Source: tasks.Place{Part: "text", Block: 1}},
		{Ref: "2", Text: "hai", Section: "I", Source: tasks.Place{Part: "text", Block: 2}},
		{Ref: "3", Text: "ba", Section: "II", Source: tasks.Place{Part: "text", Block: 3}, Written: tasks.WrittenDue{Phrase: "quý IV", Kind: tasks.DueDate}},
	}
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	drafts := r.drafts(d.ID)
	check(t, r.documents.RemoveDraft(ctx, r.secretariat, d.ID, drafts[0].ID, drafts[0].Version))
	// The positions have a gap now: the neighbour is found by its position, not by counting.
	id := must(r.documents.AddDraft(ctx, r.secretariat, d.ID, drafts[1].Position, r.duty()))(t)
	first := must(r.documents.AddDraft(ctx, r.secretariat, d.ID, -7, r.duty()))(t)
	last := must(r.documents.AddDraft(ctx, r.secretariat, d.ID, 1<<60, r.duty()))(t)
	var order []int64
	for _, x := range r.drafts(d.ID) {
		order = append(order, x.ID)
		if x.ID == id && (x.Source.Block != 2 || x.Section != "I" || !x.Checked) {
			t.Errorf("added %+v", x)
		}
		if x.Position < 1 || x.Position > 100 {
			t.Errorf("position %d", x.Position)
		}
	}
	if want := []int64{first, drafts[1].ID, id, drafts[2].ID, last}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	in := r.duty(func(in *tasks.DraftInput) {
		in.Ref, in.Text, in.Phrase, in.Joint = " 3.a ", "dòng một\r\ndòng hai", "trong quý IV", true
		in.Leads, in.Cooperating, in.Version = leads(r.snv, r.stc), leads(r.thue), drafts[2].Version
	})
	check(t, r.documents.UpdateDraft(ctx, r.secretariat, d.ID, drafts[2].ID, in))
	got := r.drafts(d.ID)[3]
	if got.Ref != "3.a" || got.Text != "dòng một\ndòng hai" || got.Written.Phrase != "trong quý IV" || got.Written.Kind != tasks.DueDate || !got.Joint ||
		got.Deadline != in.Deadline || !slices.Equal(got.LeadAgencies(), []int64{r.snv, r.stc}) || got.Section != "II" || got.Source.Block != 3 {
		t.Errorf("corrected %+v", got)
	}
	// A lost update: what was read is no longer what is there.
	for name, err := range map[string]error{
		"correct": r.documents.UpdateDraft(ctx, r.colleague, d.ID, got.ID, in),
		"check":   r.documents.CheckDraft(ctx, r.colleague, d.ID, got.ID, drafts[2].Version, false),
		"remove":  r.documents.RemoveDraft(ctx, r.colleague, d.ID, got.ID, drafts[2].Version),
		"head":    failure(r.documents.UpdateHead(ctx, r.colleague, d.ID, tasks.HeadInput{Head: tasks.Head{Kind: "plan"}, Cadence: "FREQ=MONTHLY", Version: d.Version + 1})),
		"issue":   r.documents.Issue(ctx, r.colleague, d.ID, 1),
		"discard": r.documents.Discard(ctx, r.colleague, d.ID, 1),
	} {
		if !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("%s of an old version: %v", name, err)
		}
	}
	// A version of 0 compares nothing, everywhere.
	check(t, r.documents.CheckDraft(ctx, r.colleague, d.ID, got.ID, 0, false))
	if r.drafts(d.ID)[3].Checked {
		t.Error("still checked")
	}
	check(t, r.documents.RemoveDraft(ctx, r.colleague, d.ID, got.ID, 0))
	want := []string{
		"document.imported", "document.draft_removed", "document.draft_added", "document.draft_added", "document.draft_added",
		"document.draft_changed", "document.draft_checked", "document.draft_removed",
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}); !slices.Equal(got, want) {
		t.Errorf("trail %v", got)
	}
}

func TestDraftsThatAreRefused(t *testing.T) {
	r := newRig(t)
	document, elsewhere := r.draft("1/CT", r.duty()), r.draft("2/CT", r.duty())
	draft, foreign := r.drafts(document)[0].ID, r.drafts(elsewhere)[0].ID
	change := func(fn func(*tasks.DraftInput)) tasks.DraftInput { return r.duty(fn) }
	for name, c := range map[string]struct {
		in  tasks.DraftInput
		key string
	}{
		"no text":              {change(func(in *tasks.DraftInput) { in.Text = " \n" }), "field.required"},
		"a long text":          {change(func(in *tasks.DraftInput) { in.Text = strings.Repeat("ữ", tasks.MaxDutyText+1) }), "field.too_long"},
		"a NUL":                {change(func(in *tasks.DraftInput) { in.Text = "a\x00b" }), "field.not_text"},
		"bad UTF-8":            {change(func(in *tasks.DraftInput) { in.Deliverable = "a\xffb" }), "field.not_text"},
		"an escape":            {change(func(in *tasks.DraftInput) { in.Text = "a\x1b[31m" }), "field.not_text"},
		"a rule that is none":  {change(func(in *tasks.DraftInput) { in.Deadline, in.Cadence = calendar.Date{}, "FREQ=SECONDLY" }), "field.bad_rule"},
		"a huge rule":          {change(func(in *tasks.DraftInput) { in.Cadence = "FREQ=MONTHLY;BYMONTHDAY=" + strings.Repeat("1,", 5000) + "1" }), "field.too_long"},
		"deadline and cadence": {change(func(in *tasks.DraftInput) { in.Cadence = "FREQ=MONTHLY" }), "draft.deadline_or_cadence"},
		"no such agency":       {change(func(in *tasks.DraftInput) { in.Leads = leads(99_999) }), "party.unknown_agency"},
		"no such group":        {change(func(in *tasks.DraftInput) { in.Cooperating = []tasks.Party{{GroupID: 99_999}} }), "party.unknown_group"},
		"no such member": {change(func(in *tasks.DraftInput) {
			in.Leads = []tasks.Party{{GroupID: r.departments, Members: []int64{99_999}}}
		}), "party.unknown_agency"},
		"agency and group":        {change(func(in *tasks.DraftInput) { in.Leads = []tasks.Party{{GroupID: r.departments, AgencyID: r.snv}} }), "party.choose"},
		"members of an agency":    {change(func(in *tasks.DraftInput) { in.Leads = []tasks.Party{{AgencyID: r.snv, Members: []int64{r.stc}}} }), "party.choose"},
		"members of nothing":      {change(func(in *tasks.DraftInput) { in.Leads = []tasks.Party{{Written: "x", Members: []int64{r.stc}}} }), "party.choose"},
		"a name as long as a day": {change(func(in *tasks.DraftInput) { in.Leads = written(strings.Repeat("x", 5000)) }), "field.too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.documents.AddDraft(t.Context(), r.secretariat, document, 0, c.in)
			refused(t, err, tasks.CodeInvalid, c.key)
			refused(t, r.documents.UpdateDraft(t.Context(), r.secretariat, document, draft, c.in), tasks.CodeInvalid, c.key)
			refused(t, r.documents.UpdateDraft(t.Context(), r.focal, document, draft, c.in), tasks.CodeNotFound, "")
		})
	}
	refused(t, r.documents.UpdateDraft(t.Context(), r.secretariat, document, foreign, r.duty()), tasks.CodeNotFound, "")
	refused(t, r.documents.RemoveDraft(t.Context(), r.secretariat, document, foreign, 0), tasks.CodeNotFound, "")
	if got := r.drafts(document); len(got) != 1 || got[0].Version != 1 {
		t.Errorf("drafts %+v", got)
	}
}

func TestHead(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT")
	in := tasks.HeadInput{
		Head:       tasks.Head{Kind: tasks.KindDecision, Number: " 7/QĐ-UBND ", Date: date("2026-10-01"), Issuer: "UBND", Title: "Một\nhai", Year: 2026},
		DefaultDue: date("2026-12-31"), Version: 1,
	}
	check(t, failure(r.documents.UpdateHead(t.Context(), r.secretariat, id, in)))
	got := r.document(id)
	if got.Number != "7/QĐ-UBND" || got.Title != "Một hai" || got.DefaultDue != in.DefaultDue || got.Cadence != "" || got.Version != 2 {
		t.Errorf("head %+v", got)
	}
	for name, c := range map[string]struct {
		change func(*tasks.HeadInput)
		key    string
	}{
		"kind": {func(in *tasks.HeadInput) { in.Kind = "" }, "field.required"},
		"year": {func(in *tasks.HeadInput) { in.Year = 20265 }, "field.bad_year"},
		"rule": {func(in *tasks.HeadInput) { in.Cadence = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }, "field.bad_rule"},
		"no default": {func(in *tasks.HeadInput) {
			in.DefaultDue = calendar.Date{}
		}, "document.no_default"},
		"control": {func(in *tasks.HeadInput) { in.Number = "7\x07" }, "field.not_text"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := in
			c.change(&bad)
			refused(t, failure(r.documents.UpdateHead(t.Context(), r.secretariat, id, bad)), tasks.CodeInvalid, c.key)
			refused(t, failure(r.documents.UpdateHead(t.Context(), r.leader, id, bad)), tasks.CodeNotFound, "")
		})
	}
}

func TestTheSameNumberIsWarnedOf(t *testing.T) {
	r := newRig(t)
	first, second := r.draft("10/CT-UBND"), r.draft("10 /ct-ubnd")
	review := must(r.documents.Review(t.Context(), r.secretariat, second))(t)
	if len(review.SameAs) != 1 || review.SameAs[0].ID != first {
		t.Errorf("same as %+v", review.SameAs)
	}
	if review := must(r.documents.Review(t.Context(), r.secretariat, r.draft("11/CT-UBND")))(t); len(review.SameAs) != 0 {
		t.Errorf("same as %+v", review.SameAs)
	}
}

func TestAMappedNameIsUnderstoodNextTime(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.reader.out.Drafts = []tasks.Draft{
		{Text: "một", Leads: written("Cơ quan  X"), Cooperating: written("cơ quan x", "Đội Y")},
		{Text: "hai", Leads: written("CƠ QUAN X", "Sở Tài chính")},
	}
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	check(t, r.documents.MapName(ctx, r.secretariat, d.ID, " cơ quan x ", r.syt, 0, true))
	check(t, r.documents.MapName(ctx, r.secretariat, d.ID, "đội y", 0, r.departments, false))
	got := r.drafts(d.ID)
	if !slices.Equal(got[0].LeadAgencies(), []int64{r.syt}) || !slices.Equal(got[1].LeadAgencies(), []int64{r.syt, r.stc}) ||
		!slices.Equal(got[0].CooperatingAgencies(), []int64{r.snv, r.stc}) || got[0].Leads[0].Written != "Cơ quan X" || len(got[0].Unmapped()) != 0 {
		t.Errorf("drafts %+v", got)
	}
	check(t, r.documents.MapName(ctx, r.secretariat, d.ID, "Cơ quan X", r.syt, 0, true))
	next := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	if got := r.drafts(next.ID)[0]; !slices.Equal(got.LeadAgencies(), []int64{r.syt}) || !slices.Equal(got.Unmapped(), []string{"Đội Y"}) {
		t.Errorf("next import %+v", got)
	}
	aliases := must(r.directory.All(ctx, r.secretariat))(t).Aliases
	if len(aliases) != 1 || aliases[0].AgencyID != r.syt {
		t.Errorf("aliases %+v", aliases)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAlias, ID: aliases[0].ID}); !slices.Equal(got, []string{"alias.added"}) {
		t.Errorf("trail of the alias %v", got)
	}
	for name, c := range map[string]struct {
		written       string
		agency, group int64
		key           string
	}{
		"no name":        {" ", r.syt, 0, "field.required"},
		"marks alone":    {"–", r.syt, 0, "field.required"},
		"nobody":         {"x", 0, 0, "party.choose"},
		"two":            {"x", r.syt, r.departments, "party.choose"},
		"no such agency": {"x", 4711, 0, "party.unknown_agency"},
		"no such group":  {"x", 0, 4711, "party.unknown_group"},
		"control":        {"x\x1b", r.syt, 0, "field.not_text"},
		"huge":           {strings.Repeat("x", tasks.MaxWrittenName+1), r.syt, 0, "field.too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, r.documents.MapName(ctx, r.secretariat, d.ID, c.written, c.agency, c.group, true), tasks.CodeInvalid, c.key)
			refused(t, r.documents.MapName(ctx, r.admin, d.ID, c.written, c.agency, c.group, true), tasks.CodeNotFound, "")
		})
	}
	// A body that is no more is not found by its name, so the reviewer must say who took over.
	a := must(r.directory.SaveAgency(ctx, r.admin, tasks.Agency{Code: "CU", Name: "Sở Thông tin", Kind: directory.KindDepartment, To: "2026-06-30"}))(t)
	r.reader.out.Drafts = []tasks.Draft{{Text: "ba", Leads: written("Sở Thông tin")}}
	last := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	if got := r.drafts(last.ID)[0].LeadAgencies(); slices.Contains(got, a.ID) || len(got) > 0 {
		t.Errorf("leads %v", got)
	}
}

func TestDiscard(t *testing.T) {
	r := newRig(t)
	r.reader.out.Drafts = []tasks.Draft{{Text: "một"}}
	d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Files: []tasks.Upload{{Name: "a.txt", Data: []byte("x")}}}))(t)
	file := must(r.documents.Review(t.Context(), r.secretariat, d.ID))(t).Files[0].Attachment
	for _, who := range []tasks.Person{r.leader, r.focal, r.admin} {
		refused(t, r.documents.Discard(t.Context(), who, d.ID, 0), tasks.CodeNotFound, "")
	}
	check(t, r.documents.Discard(t.Context(), r.secretariat, d.ID, 0))
	_, err := r.documents.Get(t.Context(), r.secretariat, d.ID)
	refused(t, err, tasks.CodeNotFound, "")
	_, _, err = r.documents.OpenFile(t.Context(), r.secretariat, file.ID)
	refused(t, err, tasks.CodeNotFound, "")
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}); !slices.Equal(got, []string{"document.imported", "document.discarded"}) {
		t.Errorf("trail %v", got)
	}
	// The next document does not inherit the number by which the trail knows this one.
	next := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: next.ID}); !slices.Equal(got, []string{"document.imported"}) {
		t.Errorf("the next document's trail %v", got)
	}
	issued, _ := r.issue("1/CT", r.duty())
	refused(t, r.documents.Discard(t.Context(), r.secretariat, issued, 0), tasks.CodeConflict, "document.not_draft")
}

func TestADroppedNameIsOutOfEveryDuty(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.reader.out.Drafts = []tasks.Draft{
		{Text: "một", Leads: written("Các đơn vị  liên quan"), Cooperating: written("Đội Y")},
		{Text: "hai", Leads: written("Sở Tài chính"), Cooperating: written("các đơn vị liên quan", "Sở Nội vụ")},
	}
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	refused(t, r.documents.DropName(ctx, r.admin, d.ID, "Các đơn vị liên quan"), tasks.CodeNotFound, "")
	refused(t, r.documents.DropName(ctx, r.secretariat, d.ID, "–"), tasks.CodeInvalid, "field.required")
	check(t, r.documents.DropName(ctx, r.secretariat, d.ID, "các đơn vị liên quan"))
	got := r.drafts(d.ID)
	if len(got[0].Leads) != 0 || !slices.Equal(got[0].Unmapped(), []string{"Đội Y"}) || !slices.Equal(got[1].LeadAgencies(), []int64{r.stc}) || len(got[1].Unmapped()) != 0 {
		t.Errorf("drafts %+v", got)
	}
	problems := must(r.documents.Review(ctx, r.secretariat, d.ID))(t).Plan.Problems
	if !slices.ContainsFunc(problems, func(p tasks.Problem) bool { return p.DraftID == got[0].ID && p.Key == "issue.no_lead" }) {
		t.Errorf("a duty without a lead does not block: %+v", problems)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}); !slices.Contains(got, "document.name_dropped") {
		t.Errorf("trail %v", got)
	}
}

// failure is the error of a call that answers something else too.
func failure[T any](_ T, err error) error { return err }
