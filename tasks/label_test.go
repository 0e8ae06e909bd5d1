package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// labelled imports the duties as read from a text, lets a person change them, checks all and answers the correction.
func (r *rig) labelled(text string, read []tasks.Draft, change func(id int64, drafts []tasks.Draft)) tasks.Correction {
	r.t.Helper()
	ctx := r.t.Context()
	r.reader.out = tasks.Extraction{
		Head: tasks.Head{Kind: tasks.KindDirective, Number: "5/CT-UBND", Date: date("2026-10-02")}, Drafts: read,
		Blocks: [][]tasks.SourceBlock{{{Block: 1, Text: text}}},
	}
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: text}))(r.t)
	change(d.ID, r.drafts(d.ID))
	for _, x := range r.drafts(d.ID) {
		check(r.t, r.documents.CheckDraft(ctx, r.secretariat, d.ID, x.ID, 0, true))
	}
	return must(r.documents.Correction(ctx, r.secretariat, d.ID))(r.t)
}

// correct changes one draft as the form does.
func (r *rig) correct(id int64, d tasks.Draft, change func(in *tasks.DraftInput)) {
	r.t.Helper()
	in := tasks.DraftInput{
		Ref: d.Ref, Text: d.Text, Deliverable: d.Deliverable, Phrase: d.Written.Phrase, Deadline: d.Deadline, Cadence: d.Cadence,
		Leads: d.Leads, Joint: d.Joint, Cooperating: d.Cooperating,
	}
	change(&in)
	check(r.t, r.documents.UpdateDraft(r.t.Context(), r.secretariat, id, d.ID, in))
}

// What the label says of the time: what the document's words say, as the person understood them, never the secretariat's own day.
func TestLabelOfTheDeadline(t *testing.T) {
	r := newRig(t)
	type due = tasks.WrittenDue
	const text = "Rà soát quy trình một cửa trước ngày 15/12/2026 và báo cáo"
	for _, c := range []struct {
		name   string
		read   due
		change func(in *tasks.DraftInput)
		want   string // kind, date or frequency; "?" behind it: not sure
	}{
		{"as read", due{Phrase: "quý IV/2026", Kind: tasks.DueDate, Date: date("2026-12-31")}, nil, "date 2026-12-31"},
		{"no words, the secretariat's own day", due{Kind: tasks.DueNone}, func(in *tasks.DraftInput) { in.Deadline = date("2026-11-30") }, "none"},
		{"no words read, the duty names the day", due{Kind: tasks.DueNone}, func(in *tasks.DraftInput) { in.Deadline = date("2026-12-15") }, "date 2026-12-15"},
		{"no words, a cadence", due{Kind: tasks.DueNone}, func(in *tasks.DraftInput) { in.Cadence = "FREQ=MONTHLY" }, "none"},
		{"misread words", due{Phrase: "quý IV", Kind: tasks.DueDate, Date: date("2027-12-31")}, func(in *tasks.DraftInput) { in.Deadline = date("2026-12-31") }, "date 2026-12-31"},
		{"words without a day, understood", due{Phrase: "trước ngày 20/11", Kind: tasks.DueDate}, func(in *tasks.DraftInput) { in.Deadline = date("2026-11-20") }, "date 2026-11-20"},
		{"words without a day, left", due{Phrase: "trước ngày 20/11", Kind: tasks.DueDate}, nil, "date ?"},
		{"a whole date in words, another day set", due{Phrase: "trước ngày 15/12/2026", Kind: tasks.DueDate, Date: date("2026-12-15")}, func(in *tasks.DraftInput) { in.Deadline = date("2026-12-01") }, "date 2026-12-15"},
		{"the first of two dates was meant", due{Phrase: "từ 01/12/2026 đến 15/12/2026", Kind: tasks.DueDate, Date: date("2026-12-15")}, func(in *tasks.DraftInput) { in.Deadline = date("2026-12-01") }, "date 2026-12-01"},
		{"not this duty's", due{Phrase: "năm 2026", Kind: tasks.DueDate, Date: date("2026-12-31")}, func(in *tasks.DraftInput) { in.Phrase, in.Deadline = "", tasks.Draft{}.Deadline }, "none"},
		{"the day taken out, the words left", due{Phrase: "năm 2026", Kind: tasks.DueDate, Date: date("2026-12-31")}, func(in *tasks.DraftInput) { in.Deadline = tasks.Draft{}.Deadline }, "date 2026-12-31 ?"},
		{"ongoing, with a day to follow it up", due{Phrase: "thường xuyên", Kind: tasks.DueOngoing}, func(in *tasks.DraftInput) { in.Deadline = date("2026-12-31") }, "ongoing"},
		{"conditional, with a cadence", due{Phrase: "sau khi có hướng dẫn", Kind: tasks.DueConditional}, func(in *tasks.DraftInput) { in.Cadence = "FREQ=MONTHLY" }, "conditional"},
		{"recurring as read", due{Phrase: "hằng quý", Kind: tasks.DueRecurring, RRule: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"}, nil, "recurring QUARTERLY"},
		{"another frequency", due{Phrase: "định kỳ", Kind: tasks.DueRecurring, RRule: "FREQ=MONTHLY;BYMONTHDAY=25"}, func(in *tasks.DraftInput) { in.Cadence = "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15" }, "recurring HALF_YEARLY"},
		{"a single day for a recurring duty", due{Phrase: "hằng tháng", Kind: tasks.DueRecurring, RRule: "FREQ=MONTHLY;BYMONTHDAY=-1"}, func(in *tasks.DraftInput) { in.Cadence, in.Deadline = "", date("2026-12-31") }, "recurring MONTHLY ?"},
		{"a date that recurs", due{Phrase: "ngày 20", Kind: tasks.DueDate, Date: date("2026-10-20")}, func(in *tasks.DraftInput) {
			in.Deadline, in.Cadence = tasks.Draft{}.Deadline, "FREQ=MONTHLY;BYMONTHDAY=20"
		}, "recurring MONTHLY"},
		{"other words with their day", due{Phrase: "năm 2026", Kind: tasks.DueDate, Date: date("2026-12-31")}, func(in *tasks.DraftInput) { in.Phrase, in.Deadline = "trước ngày 15/12/2026", date("2026-12-15") }, "date 2026-12-15"},
		{"other words without a time", due{Kind: tasks.DueNone}, func(in *tasks.DraftInput) { in.Phrase = "theo kế hoạch riêng" }, "none ?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := tasks.Draft{Ref: "1", Text: text, Written: c.read, Leads: written("Sở Nội vụ"), Source: tasks.Place{Part: "text", Block: 1}}
			got := r.labelled(text, []tasks.Draft{read}, func(id int64, drafts []tasks.Draft) {
				if c.change != nil {
					r.correct(id, drafts[0], c.change)
				}
			}).Files[0].Label.Tasks[0]
			words := []string{string(got.Due.Kind)}
			if got.Due.Date != nil {
				words = append(words, *got.Due.Date)
			}
			if got.Due.Freq != nil {
				words = append(words, *got.Due.Freq)
			}
			if got.Ambiguous != "" {
				words = append(words, "?")
			}
			if said := strings.Join(words, " "); said != c.want {
				t.Errorf("%s (%s), want %s", said, got.Ambiguous, c.want)
			}
		})
	}
}

// Leads go by the document's words where those stayed, else by names; what a person added counts when it stands in the document.
func TestLabelsOfCorrectedDuties(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	const text = "1. Các sở, ban, ngành công khai thủ tục hành chính. 2. Sở Tài chính bố trí kinh phí năm 2027; Thuế tỉnh công bố danh mục nộp thuế điện tử cho người dân. 3. Căn cứ Luật Tổ chức chính quyền địa phương."
	at := tasks.Place{Part: "text", Block: 1}
	c := r.labelled(text, []tasks.Draft{
		{Ref: "1", Text: "Công khai thủ tục hành chính", Leads: written("Các sở"), Source: at},
		{Ref: "2", Text: "Bố trí kinh phí năm 2027", Leads: written("Sở Tài chính"), Cooperating: written("Đơn vị lạ"), Source: at},
		{Ref: "3", Text: "Căn cứ Luật Tổ chức chính quyền địa phương", Source: at},
	}, func(id int64, drafts []tasks.Draft) {
		// Fewer members of a group are the office's choice, the words stay; an unknown name that is mapped stays as written too.
		r.correct(id, drafts[0], func(in *tasks.DraftInput) { in.Leads[0].Members = []int64{r.snv} })
		check(t, r.documents.MapName(ctx, r.secretariat, id, "Đơn vị lạ", r.thue, 0, true))
		r.correct(id, r.drafts(id)[1], func(in *tasks.DraftInput) {
			in.Text = "Chi tiền cho năm sau" // reworded: no words of the document
			in.Leads = []tasks.Party{{AgencyID: r.snv}}
		})
		check(t, r.documents.RemoveDraft(ctx, r.secretariat, id, drafts[2].ID, 0))
		must(r.documents.AddDraft(ctx, r.secretariat, id, 2, r.duty(func(in *tasks.DraftInput) {
			in.Ref, in.Text, in.Leads = "2", "Công bố danh mục nộp thuế điện tử cho người dân", leads(r.thue)
		})))(t)
		must(r.documents.AddDraft(ctx, r.secretariat, id, 9, r.duty(func(in *tasks.DraftInput) { in.Text = "Mua thêm hai máy quét cho bộ phận một cửa" })))(t)
	})
	label := c.Files[0].Label
	var got []string
	for _, x := range label.Tasks {
		got = append(got, x.Start+" | "+strings.Join(x.Lead, ";")+" | "+strings.Join(x.Cooperating, ";"))
	}
	want := []string{
		"Công khai thủ tục hành chính | Các sở | ",
		"Bố trí kinh phí năm 2027 | Sở Nội vụ | Đơn vị lạ",
		"Công bố danh mục nộp thuế điện tử cho người dân | Thuế tỉnh | ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("labels\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var keys []string
	for _, d := range c.Differences {
		keys = append(keys, strings.TrimPrefix(d.Key, "corrections."))
	}
	if want := []string{"lead", "added", "own", "removed"}; !slices.Equal(keys, want) {
		t.Errorf("differences %v, want %v", keys, want)
	}
	if !c.Changed() || !c.Kept || c.Proposed != 3 || label.Document.Number != "5/CT-UBND" {
		t.Errorf("correction %+v", c)
	}
}

// A head that was completed by hand is the document's only as far as the document says it.
func TestLabelOfTheHead(t *testing.T) {
	r := newRig(t)
	text := "CHỈ THỊ ngày 05 tháng 10 năm 2026. Sở Nội vụ rà soát quy trình."
	read := []tasks.Draft{{Ref: "1", Text: "Rà soát quy trình", Leads: written("Sở Nội vụ"), Source: tasks.Place{Part: "text", Block: 1}}}
	c := r.labelled(text, read, func(id int64, _ []tasks.Draft) {
		_, err := r.documents.UpdateHead(t.Context(), r.secretariat, id, tasks.HeadInput{
			Head: tasks.Head{Kind: tasks.KindDispatch, Number: "77/CĐ-UBND", Date: date("2026-10-05"), Title: "Về rà soát"}, Cadence: "FREQ=MONTHLY",
		})
		check(t, err)
	})
	h := c.Files[0].Label.Document
	if h.Kind != tasks.KindDispatch || h.Number != "5/CT-UBND" || h.Date != "2026-10-05" || h.Title != "Về rà soát" {
		t.Errorf("head %+v", h)
	}
}

// Who may not manage documents learns nothing; what is not reviewed has no labels yet.
func TestCorrectionsThatAreRefused(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id := r.draft("1/CT", r.duty()) // typed by hand: no file
	for _, who := range []tasks.Person{r.leader, r.admin, r.focal} {
		_, err := r.documents.Correction(ctx, who, id)
		refused(t, err, tasks.CodeForbidden, "")
		_, err = r.documents.Reviewed(ctx, who, date("2026-10-01"))
		refused(t, err, tasks.CodeForbidden, "")
	}
	_, err := r.documents.Correction(ctx, r.secretariat, id)
	refused(t, err, tasks.CodeConflict, "corrections.nothing")
	r.reader.out.Drafts = []tasks.Draft{{Ref: "1", Text: "một", Leads: written("Sở Nội vụ")}}
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "một"}))(t)
	_, err = r.documents.Correction(ctx, r.secretariat, d.ID)
	refused(t, err, tasks.CodeConflict, "corrections.unchecked")
	list := func(since string) []int64 {
		return must(r.documents.Reviewed(ctx, r.secretariat, date(since)))(t)
	}
	if got := list("2026-10-01"); len(got) != 0 {
		t.Errorf("reviewed before anybody checked: %v", got)
	}
	check(t, r.documents.CheckDraft(ctx, r.secretariat, d.ID, r.drafts(d.ID)[0].ID, 0, true))
	if got := list("2026-10-05"); !slices.Equal(got, []int64{d.ID}) {
		t.Errorf("reviewed %v, want %d", got, d.ID)
	}
	if got := list("2026-10-06"); len(got) != 0 {
		t.Errorf("reviewed since tomorrow: %v", got)
	}
	check(t, r.documents.Discard(ctx, r.secretariat, d.ID, 0))
	if got := list("2026-10-01"); len(got) != 0 {
		t.Errorf("discarded, and listed: %v", got)
	}
}
