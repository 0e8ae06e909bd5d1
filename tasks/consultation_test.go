package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// consulted is a draft of two duties about which snv and stc are asked until 20 October; items are its two items.
func (r *rig) consulted(number string) (id, document int64, items []tasks.ConsultationItem) {
	r.t.Helper()
	document = r.draft(number, r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }),
		r.duty(func(in *tasks.DraftInput) { in.Text, in.Leads = "Công khai ngân sách", leads(r.stc) }))
	id = r.open(document)
	return id, document, must(r.documents.Consultation(r.t.Context(), r.secretariat, id))(r.t).Items
}

func (r *rig) open(document int64) int64 {
	r.t.Helper()
	return must(r.documents.OpenConsultation(r.t.Context(), r.secretariat, document, tasks.ConsultationInput{
		Title: "Dự thảo Chỉ thị", Due: date("2026-10-20"), Note: "Kính gửi các cơ quan", Agencies: []int64{r.snv, r.stc},
	}))(r.t)
}

func (r *rig) office(id int64) tasks.ConsultationView {
	r.t.Helper()
	return must(r.documents.Consultation(r.t.Context(), r.secretariat, id))(r.t)
}

func agree(items []tasks.ConsultationItem) tasks.AnswerInput {
	in := tasks.AnswerInput{Send: true}
	for _, i := range items {
		in.Items = append(in.Items, tasks.ItemAnswer{ItemID: i.ID, Stance: tasks.StanceAgree})
	}
	return in
}

func commented(items []tasks.ConsultationItem, text string) tasks.AnswerInput {
	in := agree(items)
	in.Items[0] = tasks.ItemAnswer{ItemID: items[0].ID, Stance: tasks.StanceComment, Text: text}
	return in
}

func TestAConsultationKeepsWhatWasAsked(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, document, items := r.consulted("1/CT")
	if len(items) != 2 || items[0].Text != "Rà soát thủ tục hành chính" || items[0].Leads != "Sở Nội vụ" || items[0].Cooperating != "Sở Tài chính" ||
		items[0].Due != date("2026-10-30") || items[1].Position != 2 {
		t.Fatalf("asked %+v", items)
	}
	var told []string
	for _, n := range r.notices(tasks.NoticeConsultation) {
		told = append(told, n.Event+" "+string(n.Role))
	}
	if len(told) != 4 || !slices.Contains(told, "asked head") || !slices.Contains(told, "asked focal") {
		t.Errorf("told %v", told)
	}
	// What happens to the drafts later changes nothing of what was asked.
	drafts := r.drafts(document)
	in := r.duty()
	in.Text, in.Version = "Chữ khác", drafts[0].Version
	check(t, r.documents.UpdateDraft(ctx, r.secretariat, document, drafts[0].ID, in))
	if got := r.office(id).Items; got[0].Text != items[0].Text {
		t.Errorf("asked %q after the draft was changed", got[0].Text)
	}
	refused(t, second(r.documents.OpenConsultation(ctx, r.secretariat, document, tasks.ConsultationInput{
		Title: "Lần hai", Due: date("2026-10-20"), Agencies: []int64{r.snv},
	})), tasks.CodeConflict, "consultation.one_open")
	check(t, r.documents.CloseConsultation(ctx, r.secretariat, id, 0))
	again := r.open(document)
	rows, _, err := r.documents.Consultations(ctx, r.secretariat, 0, 10)
	check(t, err)
	if len(rows) != 2 || rows[0].ID != again || rows[0].Asked != 2 || rows[0].Sent != 0 || rows[1].Closed != tasks.ConsultationEnded {
		t.Errorf("list %+v", rows)
	}
	rows, more, err := r.documents.Consultations(ctx, r.focal, 0, 1)
	check(t, err)
	if len(rows) != 1 || !more || rows[0].Own.AgencyID != r.snv {
		t.Errorf("an agency's list %+v, more %v", rows, more)
	}
}

func second[T any](_ T, err error) error { return err }

func TestConsultationsThatAreRefused(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document := r.draft("1/CT", r.duty())
	empty := r.draft("2/CT")
	issued, _ := r.issue("3/CT", r.duty())
	good := tasks.ConsultationInput{Title: "Dự thảo", Due: date("2026-10-05"), Agencies: []int64{r.snv}}
	with := func(change func(*tasks.ConsultationInput)) tasks.ConsultationInput {
		in := good
		change(&in)
		return in
	}
	for name, c := range map[string]struct {
		who      tasks.Person
		document int64
		in       tasks.ConsultationInput
		code     tasks.Code
		key      string
	}{
		"no title":        {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Title = " " }), tasks.CodeInvalid, "field.required"},
		"no day":          {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Due = calendar.Date{} }), tasks.CodeInvalid, "field.required"},
		"yesterday":       {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Due = date("2026-10-04") }), tasks.CodeInvalid, "consultation.past"},
		"a mistyped year": {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Due = date("2062-10-04") }), tasks.CodeInvalid, "extension.too_far"},
		"nobody":          {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Agencies = nil }), tasks.CodeInvalid, "field.required"},
		"a stranger":      {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Agencies = []int64{999} }), tasks.CodeInvalid, "party.unknown_agency"},
		"another's file":  {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Files = []int64{1} }), tasks.CodeNotFound, ""},
		"another version": {r.secretariat, document, with(func(in *tasks.ConsultationInput) { in.Version = 99 }), tasks.CodeConflict, "error.conflict"},
		"nothing to ask":  {r.secretariat, empty, good, tasks.CodeInvalid, "consultation.nothing"},
		"issued":          {r.secretariat, issued, good, tasks.CodeConflict, "document.not_draft"},
		"a focal point":   {r.focal, document, good, tasks.CodeNotFound, ""},
		"a leader":        {r.leader, document, good, tasks.CodeNotFound, ""},
		"the admin":       {r.admin, document, good, tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, second(r.documents.OpenConsultation(ctx, c.who, c.document, c.in)), c.code, c.key)
		})
	}
}

func TestAgenciesAnswerForThemselves(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	answer := func(who tasks.Person, agency int64, in tasks.AnswerInput) error {
		return r.documents.AnswerConsultation(ctx, who, id, agency, in)
	}
	// Begun, and seen by the agency alone.
	check(t, answer(r.focal, r.snv, tasks.AnswerInput{Items: []tasks.ItemAnswer{{ItemID: items[0].ID, Text: "Nêu rõ cơ quan phối hợp"}}, General: "Nháp"}))
	v := r.office(id)
	a, _ := v.Answer(r.snv)
	if a.State() != tasks.AnswerSaved || len(v.Comments) != 0 {
		t.Errorf("the secretariat sees %+v of an answer that was not sent: %+v", a, v.Comments)
	}
	own := must(r.documents.OwnConsultation(ctx, r.head, id, r.snv))(t)
	if len(own.Answers) != 1 || len(own.Comments) != 2 || own.Comments[0].Stance != tasks.StanceComment {
		t.Errorf("the head sees %+v, %+v", own.Answers, own.Comments)
	}
	refused(t, answer(r.head, r.snv, tasks.AnswerInput{Version: 1, Send: true}), tasks.CodeConflict, "error.conflict")

	// Sent: each item has a word.
	some := commented(items, "Nêu rõ cơ quan phối hợp")
	some.Items = some.Items[:1]
	refused(t, answer(r.head, r.snv, some), tasks.CodeInvalid, "consultation.no_stance")
	some.AgreeRest, some.Number, some.Version = true, "412/SNV", 2
	check(t, answer(r.head, r.snv, some))
	v = r.office(id)
	if a, _ = v.Answer(r.snv); a.State() != tasks.AnswerSent || a.SentOn != date("2026-10-05") || a.Number != "412/SNV" || a.Late(v.Consultation.Due) || a.SavedBy != r.head.ID {
		t.Errorf("answer %+v", a)
	}
	if len(v.Comments) != 3 || v.Comments[0].Text != "Nêu rõ cơ quan phối hợp" || v.Comments[1].Stance != tasks.StanceAgree || v.Comments[2].ItemID != 0 || v.Comments[2].Stance != "" {
		t.Errorf("comments %+v", v.Comments)
	}
	// What was sent stays whole when it is changed.
	change := some
	change.Version, change.Send, change.AgreeRest = 3, false, false
	refused(t, answer(r.focal, r.snv, change), tasks.CodeInvalid, "consultation.no_stance")

	// The other agency, late.
	r.at("2026-10-21 08:00")
	if _, err := r.documents.OwnConsultation(ctx, r.other, id, r.snv); tasks.CodeOf(err) != tasks.CodeNotFound {
		t.Errorf("another agency's answer: %v", err)
	}
	check(t, answer(r.other, r.stc, tasks.AnswerInput{Send: true, AgreeRest: true}))
	v = r.office(id)
	if a, _ = v.Answer(r.stc); !a.Late(v.Consultation.Due) {
		t.Errorf("an answer after the day is not late: %+v", a)
	}
	other := must(r.documents.OwnConsultation(ctx, r.other, id, r.stc))(t)
	for _, c := range other.Comments {
		if c.AgencyID != r.stc || strings.Contains(c.Text, "Nêu rõ") {
			t.Errorf("another agency's comment is seen: %+v", c)
		}
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"for another agency":   {answer(r.focal, r.stc, agree(items)), tasks.CodeNotFound, ""},
		"the secretariat":      {answer(r.secretariat, r.snv, agree(items)), tasks.CodeForbidden, "error.forbidden"},
		"a leader":             {answer(r.leader, r.snv, agree(items)), tasks.CodeForbidden, "error.forbidden"},
		"the admin":            {answer(r.admin, r.snv, agree(items)), tasks.CodeNotFound, ""},
		"agrees and comments":  {answer(r.other, r.stc, tasks.AnswerInput{Items: []tasks.ItemAnswer{{ItemID: items[0].ID, Stance: tasks.StanceAgree, Text: "x"}}}), tasks.CodeInvalid, "consultation.agree_with_text"},
		"a comment of nothing": {answer(r.other, r.stc, commented(items, "")), tasks.CodeInvalid, "consultation.comment_without_text"},
		"no stance at all":     {answer(r.other, r.stc, tasks.AnswerInput{Items: []tasks.ItemAnswer{{ItemID: items[0].ID, Stance: "?"}}, Send: true}), tasks.CodeInvalid, "field.required"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}

	check(t, r.documents.CloseConsultation(ctx, r.secretariat, id, 0))
	refused(t, answer(r.focal, r.snv, agree(items)), tasks.CodeConflict, "consultation.closed")
	refused(t, r.documents.CloseConsultation(ctx, r.secretariat, id, 0), tasks.CodeConflict, "consultation.closed")
	want := []string{"consultation.opened", "consultation.saved", "consultation.answered", "consultation.answered", "consultation.closed"}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectConsultation, ID: id}); !slices.Equal(got, want) {
		t.Errorf("trail %v", got)
	}
	for _, e := range r.office(id).Trail {
		if e.Action == "consultation.saved" && strings.Contains(e.After+e.Before, "Nêu rõ") {
			t.Errorf("what was not sent stands in the trail: %+v", e)
		}
		if e.Action == "consultation.answered" && e.AgencyID == 0 {
			t.Errorf("an answer of no agency: %+v", e)
		}
	}
}

func TestTheSecretariatReplies(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, document, items := r.consulted("1/CT")
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, commented(items, "Thêm Sở Y tế")))
	check(t, r.documents.AnswerConsultation(ctx, r.other, id, r.stc, tasks.AnswerInput{Items: []tasks.ItemAnswer{{ItemID: items[1].ID, Text: "Nháp"}}}))
	v := r.office(id)
	c := v.Comments[0]
	draft := tasks.ReplyInput{CommentID: must(r.documents.OwnConsultation(ctx, r.other, id, r.stc))(t).Comments[0].ID, Reply: tasks.ReplyAccepted}
	reply := func(who tasks.Person, in ...tasks.ReplyInput) error {
		return second(r.documents.ReplyToComments(ctx, who, id, in))
	}
	accepted := tasks.ReplyInput{CommentID: c.ID, Reply: tasks.ReplyAccepted, Text: "Đã bổ sung", Version: c.Version}
	for name, k := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"the agency":         {reply(r.focal, accepted), tasks.CodeForbidden, "error.forbidden"},
		"a leader":           {reply(r.leader, accepted), tasks.CodeForbidden, "error.forbidden"},
		"nobody asked":       {reply(r.admin, accepted), tasks.CodeNotFound, ""},
		"what was not sent":  {reply(r.secretariat, draft), tasks.CodeNotFound, ""},
		"no reason":          {reply(r.secretariat, tasks.ReplyInput{CommentID: c.ID, Reply: tasks.ReplyExplained}), tasks.CodeInvalid, "field.required"},
		"words, no outcome":  {reply(r.secretariat, tasks.ReplyInput{CommentID: c.ID, Text: "x"}), tasks.CodeInvalid, "consultation.no_reply"},
		"another version":    {reply(r.secretariat, tasks.ReplyInput{CommentID: c.ID, Reply: tasks.ReplyAccepted, Version: 99}), tasks.CodeConflict, "consultation.comment_changed"},
		"of another subject": {reply(r.secretariat, tasks.ReplyInput{CommentID: 9999}), tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, k.err, k.code, k.key) })
	}
	if n := must(r.documents.ReplyToComments(ctx, r.secretariat, id, []tasks.ReplyInput{accepted}))(t); n != 1 {
		t.Errorf("%d replies kept", n)
	}
	accepted.Version++
	if n := must(r.documents.ReplyToComments(ctx, r.colleague, id, []tasks.ReplyInput{accepted}))(t); n != 0 {
		t.Errorf("%d replies kept that stood so already", n)
	}
	if got := r.office(id).Comments[0]; got.Reply != tasks.ReplyAccepted || got.ReplyText != "Đã bổ sung" || got.RepliedBy != r.secretariat.ID || got.Outdated() {
		t.Errorf("reply %+v", got)
	}
	// The agency changes its words: the reply stands beside them until there is a new one.
	check(t, r.documents.AnswerConsultation(ctx, r.head, id, r.snv, commented(items, "Bỏ mục này")))
	got := r.office(id).Comments[0]
	if !got.Outdated() || got.ReplyTo != "Thêm Sở Y tế" || got.Text != "Bỏ mục này" {
		t.Errorf("after the comment was changed %+v", got)
	}
	refused(t, reply(r.secretariat, accepted), tasks.CodeConflict, "consultation.comment_changed")
	if n := must(r.documents.ReplyToComments(ctx, r.secretariat, id, []tasks.ReplyInput{{CommentID: c.ID, Version: got.Version}}))(t); n != 0 {
		t.Error("saving the others took back a reply that waits to be looked at")
	}
	explained := tasks.ReplyInput{CommentID: c.ID, Reply: tasks.ReplyExplained, Text: "Luật quy định", Version: got.Version}
	check(t, reply(r.secretariat, explained))

	// He who answered for the agency does not reply to himself.
	check(t, r.documents.AnswerConsultation(ctx, r.both, id, r.snv, commented(items, "Bỏ cả hai mục")))
	mine := tasks.ReplyInput{CommentID: c.ID, Reply: tasks.ReplyAccepted}
	refused(t, reply(r.both, mine), tasks.CodeInvalid, "consultation.own_answer")
	check(t, reply(r.colleague, mine))

	// The document is issued: no more answers, the table is still written.
	check(t, r.documents.Issue(ctx, r.secretariat, document, 0))
	v = r.office(id)
	if v.Consultation.Closed != tasks.ConsultationIssued || v.Consultation.ClosedBy != r.secretariat.ID || len(v.Drafts) != 0 {
		t.Errorf("after issue %+v, drafts %v", v.Consultation, v.Drafts)
	}
	refused(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, agree(items)), tasks.CodeConflict, "consultation.closed")
	check(t, reply(r.secretariat, tasks.ReplyInput{CommentID: c.ID, Reply: tasks.ReplyPartly, Text: "Sửa một phần"}))
	if list := must(r.documents.Get(ctx, r.secretariat, document))(t).Consultations; len(list) != 1 || list[0].ID != id {
		t.Errorf("the issued document leads to %+v", list)
	}
	if list := must(r.documents.Get(ctx, r.focal, document))(t).Consultations; len(list) != 0 {
		t.Errorf("an agency's page leads to %+v", list)
	}
}

func TestConsultationsEndWithTheirDocument(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, document, items := r.consulted("1/CT")
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, commented(items, "Giữ nguyên")))
	check(t, r.documents.Discard(ctx, r.secretariat, document, 0))
	v := r.office(id)
	if v.Consultation.Closed != tasks.ConsultationDiscarded || v.Consultation.DocumentID != 0 || v.Consultation.Number != "1/CT" || len(v.Comments) != 2 {
		t.Errorf("after the draft was discarded %+v, %+v", v.Consultation, v.Comments)
	}
	own := must(r.documents.OwnConsultation(ctx, r.focal, id, r.snv))(t)
	if len(own.Items) != 2 || own.Comments[0].Text != "Giữ nguyên" {
		t.Errorf("the agency's own answer: %+v", own)
	}
}

// What waits: for an agency what is open, for the secretariat what is over or answered by all.
func TestWhatWaits(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, _ := r.consulted("1/CT")
	if rows := must(r.documents.AskedOf(ctx, r.focal, r.snv, 10))(t); len(rows) != 1 || rows[0].Own.State() != tasks.AnswerNone {
		t.Errorf("asked of the agency %+v", rows)
	}
	refused(t, second(r.documents.AskedOf(ctx, r.focal, r.stc, 10)), tasks.CodeNotFound, "")
	ripe := func() int { return len(must(r.documents.RipeConsultations(ctx, r.secretariat, 10))(t)) }
	if n := ripe(); n != 0 {
		t.Errorf("%d wait for the secretariat before the day", n)
	}
	r.at("2026-10-21 08:00")
	if n := ripe(); n != 1 {
		t.Errorf("%d wait for the secretariat after the day", n)
	}
	r.at("2026-10-06 08:00")
	for who, agency := range map[*tasks.Person]int64{&r.focal: r.snv, &r.other: r.stc} {
		check(t, r.documents.AnswerConsultation(ctx, *who, id, agency, tasks.AnswerInput{Send: true, AgreeRest: true}))
	}
	if n := ripe(); n != 1 {
		t.Errorf("%d wait for the secretariat after all have answered", n)
	}
	check(t, r.documents.CloseConsultation(ctx, r.secretariat, id, 0))
	if rows := must(r.documents.AskedOf(ctx, r.focal, r.snv, 10))(t); ripe() != 0 || len(rows) != 0 {
		t.Errorf("closed, %d wait for the secretariat and %+v for the agency", ripe(), rows)
	}
	refused(t, second(r.documents.RipeConsultations(ctx, r.focal, 10)), tasks.CodeForbidden, "")
}

// A group's members are asked, and the words of the directory at that moment are kept.
func TestAskedWordsAreKept(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	must(r.directory.SaveAgency(ctx, tasks.System, tasks.Agency{ID: r.snv, Code: "SNV", Name: "Sở Nội vụ và Lao động", Kind: directory.KindDepartment, Version: 1}))(t)
	if got := r.office(id).Items[0].Leads; got != items[0].Leads {
		t.Errorf("the lead was %q when asked, now %q", items[0].Leads, got)
	}
}
