package tasks_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// asks lists the open notices of consultations as "event agency occurrence", of focal points alone.
func (r *rig) asks() []string {
	names := map[int64]string{r.snv: "snv", r.stc: "stc", r.syt: "syt"}
	var out []string
	for _, n := range r.notices(tasks.NoticeConsultation) {
		if n.Role == tasks.RoleFocal {
			out = append(out, n.Event+" "+names[n.AgencyID])
		}
	}
	slices.Sort(out)
	return out
}

func TestTheDayOfAConsultationIsMoved(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, agree(items)))
	r.at("2026-10-21 08:00")
	move := func(who tasks.Person, due, reason string, version int64) error {
		in := tasks.ConsultationMove{Reason: reason, Version: version}
		if due != "" {
			in.Due = date(due)
		}
		return r.documents.MoveConsultation(ctx, who, id, in)
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"no day":           {move(r.secretariat, "", "Chờ", 0), tasks.CodeInvalid, "field.required"},
		"no reason":        {move(r.secretariat, "2026-10-30", " ", 0), tasks.CodeInvalid, "field.required"},
		"yesterday":        {move(r.secretariat, "2026-10-19", "Chờ", 0), tasks.CodeInvalid, "consultation.past"},
		"the same":         {move(r.secretariat, "2026-10-20", "Chờ", 0), tasks.CodeInvalid, "consultation.same_day"},
		"a mistyped year":  {move(r.secretariat, "2062-10-30", "Chờ", 0), tasks.CodeInvalid, "extension.too_far"},
		"another version":  {move(r.secretariat, "2026-10-30", "Chờ", 99), tasks.CodeConflict, "error.conflict"},
		"a leader":         {move(r.leader, "2026-10-30", "Chờ", 0), tasks.CodeForbidden, "error.forbidden"},
		"who is asked":     {move(r.focal, "2026-10-30", "Chờ", 0), tasks.CodeForbidden, "error.forbidden"},
		"who is not asked": {move(r.admin, "2026-10-30", "Chờ", 0), tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	check(t, move(r.secretariat, "2026-10-30", "Các cơ quan xin thêm thời gian", 1))
	v := r.office(id)
	if c := v.Consultation; c.Due != date("2026-10-30") || c.DueSetOn != date("2026-10-21") || c.Version != 2 {
		t.Errorf("moved: %+v", c)
	}
	// Who has answered is not told.
	if got, want := r.asks(), []string{"asked snv", "asked stc", "moved stc"}; !slices.Equal(got, want) {
		t.Errorf("told %v", got)
	}
	if e := v.Trail[0]; e.Action != "consultation.moved" || !strings.Contains(e.Before, "2026-10-20") || !strings.Contains(e.After, "xin thêm thời gian") {
		t.Errorf("trail %+v", e)
	}
	check(t, r.documents.CloseConsultation(ctx, r.secretariat, id, 0))
	refused(t, move(r.secretariat, "2026-11-10", "Chờ", 0), tasks.CodeConflict, "consultation.closed")
}

func TestMoreAgenciesAreAsked(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	add := func(who tasks.Person, reason string, agencies ...int64) error {
		return r.documents.AddAskedAgencies(ctx, who, id, tasks.AskMore{Agencies: agencies, Reason: reason})
	}
	r.at("2026-10-08 08:00")
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"nobody":        {add(r.secretariat, "Có liên quan"), tasks.CodeInvalid, "field.required"},
		"no reason":     {add(r.secretariat, "", r.syt), tasks.CodeInvalid, "field.required"},
		"a stranger":    {add(r.secretariat, "Có liên quan", 999), tasks.CodeInvalid, "party.unknown_agency"},
		"asked already": {add(r.secretariat, "Có liên quan", r.snv, r.stc), tasks.CodeInvalid, "consultation.asked_already"},
		"a leader":      {add(r.leader, "Có liên quan", r.syt), tasks.CodeForbidden, "error.forbidden"},
		"who is asked":  {add(r.focal, "Có liên quan", r.syt), tasks.CodeForbidden, "error.forbidden"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	doctor := r.person("Mai", focalOf(r.syt))
	if _, err := r.documents.OwnConsultation(ctx, doctor, id, r.syt); tasks.CodeOf(err) != tasks.CodeNotFound {
		t.Errorf("before it is asked: %v", err)
	}
	check(t, add(r.secretariat, "Có mục về y tế", r.snv, r.syt, r.syt))
	a, ok := r.office(id).Answer(r.syt)
	if !ok || a.AskedOn != date("2026-10-08") || a.AskedWhy != "Có mục về y tế" || a.State() != tasks.AnswerNone {
		t.Errorf("asked later: %+v", a)
	}
	if got, want := r.asks(), []string{"asked snv", "asked stc", "asked syt"}; !slices.Equal(got, want) {
		t.Errorf("told %v", got)
	}
	if got := must(r.documents.OwnConsultation(ctx, doctor, id, r.syt))(t).Items; len(got) != len(items) || got[0].Text != items[0].Text {
		t.Errorf("asked what the others were not: %+v", got)
	}
	check(t, r.documents.AnswerConsultation(ctx, doctor, id, r.syt, agree(items)))
	r.at("2026-10-21 08:00")
	refused(t, add(r.secretariat, "Có liên quan", r.thue), tasks.CodeInvalid, "consultation.move_first")
}

// letter is an answer on paper that agrees to all but the first item.
func letter(items []tasks.ConsultationItem, text string) tasks.LetterInput {
	in := tasks.LetterInput{AnswerInput: commented(items, text), On: date("2026-10-06")}
	in.Number = "412/SNV-CCHC"
	in.Files = []tasks.Upload{{Name: "412-snv.pdf", Data: []byte("%PDF-1.7 chữ của công văn")}}
	return in
}

func TestALetterIsRecorded(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	r.at("2026-10-08 08:00")
	record := func(who tasks.Person, agency int64, in tasks.LetterInput) error {
		return r.documents.RecordAnswer(ctx, who, id, agency, in)
	}
	with := func(change func(*tasks.LetterInput)) tasks.LetterInput {
		in := letter(items, "Nêu rõ cơ quan phối hợp")
		change(&in)
		return in
	}
	good := letter(items, "Nêu rõ cơ quan phối hợp")
	check(t, r.documents.AnswerConsultation(ctx, r.other, id, r.stc, agree(items)))
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"no number":          {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.Number = "" })), tasks.CodeInvalid, "field.required"},
		"no day":             {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.On = calendar.Date{} })), tasks.CodeInvalid, "field.required"},
		"a day to come":      {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.On = date("2026-10-09") })), tasks.CodeInvalid, "consultation.letter_to_come"},
		"before the asking":  {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.On = date("2026-10-04") })), tasks.CodeInvalid, "consultation.letter_before"},
		"an item left out":   {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.Items = nil })), tasks.CodeInvalid, "consultation.no_stance"},
		"a program":          {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.Files[0] = tasks.Upload{Name: "x.exe", Data: []byte("MZ")} })), tasks.CodeInvalid, "upload.type"},
		"another version":    {record(r.secretariat, r.snv, with(func(in *tasks.LetterInput) { in.Version = 99 })), tasks.CodeConflict, "error.conflict"},
		"who is not asked":   {record(r.secretariat, r.syt, good), tasks.CodeNotFound, ""},
		"it answered itself": {record(r.secretariat, r.stc, good), tasks.CodeConflict, "consultation.answered_itself"},
		"for one's own":      {record(r.both, r.snv, good), tasks.CodeForbidden, "consultation.record_own"},
		"a leader":           {record(r.leader, r.snv, good), tasks.CodeForbidden, "error.forbidden"},
		"the agency":         {record(r.focal, r.snv, good), tasks.CodeForbidden, "error.forbidden"},
		"nobody concerned":   {record(r.admin, r.snv, good), tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	check(t, record(r.secretariat, r.snv, good))
	v := r.office(id)
	a, _ := v.Answer(r.snv)
	if a.State() != tasks.AnswerSent || !a.Recorded() || a.SentOn != date("2026-10-06") || a.Number != "412/SNV-CCHC" || a.RecordedBy != r.secretariat.ID || len(v.Letters) != 1 {
		t.Fatalf("recorded %+v, letters %+v", a, v.Letters)
	}
	file := v.Letters[0].File.ID
	for who, want := range map[*tasks.Person]tasks.Code{&r.secretariat: "", &r.leader: "", &r.focal: "", &r.head: "", &r.other: tasks.CodeNotFound, &r.admin: tasks.CodeNotFound} {
		_, f, err := r.documents.OpenConsultationLetter(ctx, *who, id, file)
		if tasks.CodeOf(err) != want {
			t.Errorf("%s opens the letter: %v", who.Name, err)
		}
		if err == nil {
			if got := string(must(io.ReadAll(f))(t)); got != "%PDF-1.7 chữ của công văn" {
				t.Errorf("the letter holds %q", got)
			}
			check(t, f.Close())
		}
	}
	if e := v.Trail[0]; e.Action != "consultation.recorded" || e.AgencyID != r.snv || !strings.Contains(e.After, "412/SNV-CCHC") {
		t.Errorf("trail %+v", e)
	}

	// It is mended: another file, other words.
	mended := letter(items, "Bỏ mục này")
	mended.Version, mended.Keep = a.Version, nil
	mended.Files[0].Name = "412-snv-ban-dung.pdf"
	check(t, record(r.colleague, r.snv, mended))
	v = r.office(id)
	if len(v.Letters) != 1 || v.Letters[0].File.Name != "412-snv-ban-dung.pdf" || v.Comments[0].Text != "Bỏ mục này" {
		t.Errorf("mended %+v, %+v", v.Letters, v.Comments)
	}
	// The agency's own answer stands in its place.
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, agree(items)))
	if a, _ = r.office(id).Answer(r.snv); a.Recorded() || a.SentOn != date("2026-10-06") {
		t.Errorf("answered itself: %+v", a)
	}
	refused(t, record(r.secretariat, r.snv, good), tasks.CodeConflict, "consultation.answered_itself")
}

// An agency that had begun an answer keeps it to itself: the row of a letter tells nothing of it.
func TestALetterTellsNothingOfWhatWasNotSent(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	begun := tasks.AnswerInput{Items: []tasks.ItemAnswer{{ItemID: items[0].ID, Text: "Chữ chưa gửi"}}}
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, begun))
	in := letter(items, "Chữ của công văn")
	in.On = date("2026-10-05")
	check(t, r.documents.RecordAnswer(ctx, r.secretariat, id, r.snv, in))
	for _, e := range r.office(id).Trail {
		if strings.Contains(e.Before+e.After, "Chữ chưa gửi") {
			t.Errorf("the trail tells what was not sent: %+v", e)
		}
	}
}

// Nobody replies to an answer that he has a part in, whoever saved it last.
func TestNoAuthorRepliesToHisAnswer(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	check(t, r.documents.AnswerConsultation(ctx, r.both, id, r.snv, commented(items, "Thêm Sở Y tế")))
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, commented(items, "Thêm Sở Y tế và Sở Xây dựng")))
	reply := tasks.ReplyInput{CommentID: r.office(id).Comments[0].ID, Reply: tasks.ReplyAccepted}
	_, err := r.documents.ReplyToComments(ctx, r.both, id, []tasks.ReplyInput{reply})
	refused(t, err, tasks.CodeInvalid, "consultation.own_answer")
	check(t, second(r.documents.ReplyToComments(ctx, r.secretariat, id, []tasks.ReplyInput{reply})))
	// Who put a letter into writing wrote none of it.
	again := newRig(t)
	id, _, items = again.consulted("2/CT")
	check(t, again.documents.RecordAnswer(ctx, again.secretariat, id, again.snv, func() tasks.LetterInput {
		in := letter(items, "Thêm Sở Y tế")
		in.On = date("2026-10-05")
		return in
	}()))
	reply.CommentID = again.office(id).Comments[0].ID
	check(t, second(again.documents.ReplyToComments(ctx, again.secretariat, id, []tasks.ReplyInput{reply})))
}

func TestRepliesArePublished(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, _, items := r.consulted("1/CT")
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, commented(items, "Thêm Sở Y tế")))
	check(t, r.documents.AnswerConsultation(ctx, r.other, id, r.stc, agree(items)))
	publish := func(who tasks.Person, version int64) error {
		return second(r.documents.PublishReplies(ctx, who, id, version))
	}
	refused(t, publish(r.secretariat, 0), tasks.CodeConflict, "consultation.nothing_to_publish")
	c := r.office(id).Comments[0]
	reply := func(text string, version int64) {
		t.Helper()
		check(t, second(r.documents.ReplyToComments(ctx, r.secretariat, id, []tasks.ReplyInput{{CommentID: c.ID, Reply: tasks.ReplyExplained, Text: text, Version: version}})))
	}
	reply("Luật quy định", 0)
	own := func(who tasks.Person, agency int64) tasks.ConsultationComment {
		t.Helper()
		return must(r.documents.OwnConsultation(ctx, who, id, agency))(t).Comments[0]
	}
	if got := own(r.focal, r.snv); got.Reply != "" || got.ReplyText != "" || got.ReplyTo != "" || got.RepliedBy != 0 {
		t.Errorf("the agency reads a reply that was not published: %+v", got)
	}
	if got := r.office(id).Unpublished; !slices.Equal(got, []int64{r.snv}) {
		t.Errorf("not published: %v", got)
	}
	refused(t, publish(r.leader, 0), tasks.CodeForbidden, "error.forbidden")
	refused(t, publish(r.focal, 0), tasks.CodeForbidden, "error.forbidden")
	refused(t, publish(r.secretariat, 99), tasks.CodeConflict, "error.conflict")
	r.at("2026-10-07 08:00")
	if n := must(r.documents.PublishReplies(ctx, r.secretariat, id, 0))(t); n != 1 {
		t.Errorf("%d agencies told", n)
	}
	if got := own(r.focal, r.snv); got.Reply != tasks.ReplyExplained || got.ReplyText != "Luật quy định" {
		t.Errorf("the agency reads %+v", got)
	}
	if got, want := r.asks(), []string{"asked snv", "asked stc", "replied snv"}; !slices.Equal(got, want) {
		t.Errorf("told %v", got)
	}
	refused(t, publish(r.secretariat, 0), tasks.CodeConflict, "consultation.nothing_to_publish")
	// What is changed later shows at once; who asks to be told of it is told.
	r.at("2026-10-08 08:00")
	reply("Theo điều 12", r.office(id).Comments[0].Version)
	if got := own(r.focal, r.snv); got.ReplyText != "Theo điều 12" {
		t.Errorf("the agency reads %+v", got)
	}
	check(t, publish(r.secretariat, 0))
	if got, want := r.asks(), []string{"asked snv", "asked stc", "replied snv", "replied snv"}; !slices.Equal(got, want) {
		t.Errorf("told %v", got)
	}
}

// A leader reads everything and changes nothing.
func TestLeadersReadConsultations(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, document, items := r.consulted("1/CT")
	check(t, r.documents.AnswerConsultation(ctx, r.focal, id, r.snv, commented(items, "Thêm Sở Y tế")))
	check(t, r.documents.AnswerConsultation(ctx, r.other, id, r.stc, tasks.AnswerInput{General: "Chữ chưa gửi"}))
	v := must(r.documents.Consultation(ctx, r.leader, id))(t)
	if v.MayManage || len(v.Comments) != 2 || v.Comments[0].Text != "Thêm Sở Y tế" || v.Drafts != nil || len(v.Trail) == 0 {
		t.Errorf("the leader reads %+v", v)
	}
	if rows, _, err := r.documents.Consultations(ctx, r.leader, 0, 10); err != nil || len(rows) != 1 || rows[0].Asked != 2 || rows[0].Sent != 1 {
		t.Errorf("the leader's list %+v, %v", rows, err)
	}
	for name, err := range map[string]error{
		"answer": r.documents.AnswerConsultation(ctx, r.leader, id, r.snv, agree(items)),
		"reply":  second(r.documents.ReplyToComments(ctx, r.leader, id, nil)),
		"close":  r.documents.CloseConsultation(ctx, r.leader, id, 0),
	} {
		t.Run(name, func(t *testing.T) { refused(t, err, tasks.CodeForbidden, "error.forbidden") })
	}
	check(t, r.documents.Issue(ctx, r.secretariat, document, 0))
	if list := must(r.documents.Get(ctx, r.leader, document))(t).Consultations; len(list) != 1 {
		t.Errorf("the document leads the leader to %+v", list)
	}
}

// A letter answers what its agency was asked: of a restricted item that does not name it nothing is asked.
func TestALetterAnswersWhatItsAgencyMayRead(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document := r.draft("1/CT", r.duty(), r.duty(func(in *tasks.DraftInput) { in.Text, in.Leads, in.Restricted = "Chữ hạn chế", leads(r.stc), true }))
	id := r.open(document)
	v := r.office(id)
	if items := v.ItemsFor(r.snv); len(v.Items) != 2 || len(items) != 1 || items[0].ID != v.Items[0].ID {
		t.Fatalf("asked of snv: %+v", items)
	}
	in := tasks.LetterInput{AnswerInput: agree(v.Items[:1]), On: date("2026-10-05")}
	in.Number = "412/SNV"
	check(t, r.documents.RecordAnswer(ctx, r.secretariat, id, r.snv, in))
	if got := r.office(id).Comments; len(got) != 1 || got[0].ItemID != v.Items[0].ID {
		t.Errorf("the letter says %+v", got)
	}
	refused(t, r.documents.RecordAnswer(ctx, r.secretariat, id, r.stc, in), tasks.CodeInvalid, "consultation.no_stance")
}
