package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// standInTracker answers what a test wants to have been read, whatever the file.
type standInTracker struct {
	out tasks.TrackerReading
	err error
}

func (s standInTracker) ReadTracker(context.Context, tasks.Upload) (tasks.TrackerReading, error) {
	return s.out, s.err
}

// trackedRow is a row of a tracker that the interior department leads.
func trackedRow(text string, state tasks.State, due string) tasks.Draft {
	d := tasks.Draft{
		Ref: "1", Text: text, Leads: []tasks.Party{{Written: "Sở Nội vụ"}},
		Taken: &tasks.TakenOver{State: state, Status: "Như sổ", Sheet: "Sheet1", Row: 8},
	}
	if due != "" {
		d.Deadline = calendar.MustParseDate(due)
	}
	return d
}

func (r *rig) importTracker(documents ...tasks.TrackedDocument) tasks.Takeover {
	r.t.Helper()
	r.Documents.Trackers = standInTracker{out: tasks.TrackerReading{
		Documents: documents, Left: []tasks.LeftRow{{Sheet: "Sheet1", Row: 40, Text: "Cộng", Why: "tracker_left.no_duty"}},
	}}
	return must(r.Documents.ImportTracker(r.ctx(), r.person(officeEmail), tasks.TrackerInput{
		File: tasks.Upload{Name: "so-theo-doi.xlsx", Data: []byte("x")}, Number: "Sổ theo dõi", Title: "Việc khác",
	}))(r.t)
}

// TestTakeover takes a tracker over in the browser: upload, questions, answers, and the duties as they stood.
func TestTakeover(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	head := tasks.Head{Kind: tasks.KindDirective, Number: "10/CT-UBND", Date: calendar.MustParseDate("2026-03-05"), Title: "Cải cách hành chính"}
	rows := []tasks.Draft{
		trackedRow("Rà soát vị trí việc làm", tasks.StateInProgress, "2026-12-31"),
		trackedRow("Không hiểu tình trạng", "", "2026-12-31"),
		trackedRow("Xong mà không có ngày", tasks.StateCompleted, "2026-06-30"),
	}
	rows[0].Taken.FirstDue, rows[0].Taken.Moved = calendar.MustParseDate("2026-06-30"), "Gia hạn đến 31/12/2026"
	rows = append(rows, trackedRow("Của cơ quan lạ", tasks.StateAssigned, "2026-12-31"))
	rows[3].Leads = []tasks.Party{{Written: "Quỹ Hỗ trợ Mẫu"}}
	for i := range 50 {
		rows = append(rows, trackedRow(fmt.Sprintf("Việc thứ %d", i), tasks.StateAssigned, "2026-12-31"))
	}
	r.Documents.Trackers = standInTracker{out: tasks.TrackerReading{
		Documents: []tasks.TrackedDocument{{Head: head, Drafts: rows}}, Left: []tasks.LeftRow{{Sheet: "Ghi chép", Text: "Họ tên", Why: "tracker_left.no_head"}},
	}}
	c.get("/documents/new").want(http.StatusOK)
	if v, _ := c.get("/documents/takeover").want(http.StatusOK).value("number"); !strings.HasPrefix(v, "Sổ theo dõi ") {
		t.Errorf("the number offered is %q", v)
	}
	c.upload("/documents/takeover", url.Values{"number": {"Sổ 1"}}).want(http.StatusUnprocessableEntity).wantText("Hãy chọn tệp sổ theo dõi.")
	p := c.upload("/documents/takeover", url.Values{"number": {"Sổ 1"}}, file{"files", "so.xlsx", []byte("x")})
	base := p.want(http.StatusSeeOther).location
	base, _, _ = strings.Cut(base, "?")
	p = p.follow().want(http.StatusOK)
	p.wantText("Đọc được 54 nhiệm vụ, còn 3 điều cần trả lời", "Quỹ Hỗ trợ Mẫu", "Không hiểu tình trạng “Như sổ”: hãy chọn.", "Trang Ghi chép không có dòng tiêu đề", "1–40 trong 54")
	if strings.Index(p.text(), "Không hiểu tình trạng “Như sổ”") > strings.Index(p.text(), "Việc thứ 0") {
		t.Error("what must be asked does not stand first")
	}
	p.wantNoText("Tiếp nhận 54 phân công")
	c.get(base+"?from=40").want(http.StatusOK).wantText("Việc thứ 49", "41–54 trong 54")
	c.get(base + "?show=ask").want(http.StatusOK).wantText("Của cơ quan lạ").wantNoText("Việc thứ 0")
	c.post(base+"/issue", url.Values{"seen": {"x"}}).want(http.StatusConflict).wantText("Nội dung đã thay đổi")

	id := must(r.Documents.Takeover(r.ctx(), r.person(officeEmail), 1))(t)
	draft := func(i int) string {
		return fmt.Sprintf("/documents/%d/drafts/%d", id.Order[0], id.Drafts[i].ID)
	}
	form := p.form(draft(1) + "/taken")
	form.Set("state", "completed")
	form.Set("completed_on", "ngày mai")
	c.post(draft(1)+"/taken", form).want(http.StatusUnprocessableEntity).wantText("Rà soát vị trí việc làm")
	if v, _ := c.post(draft(1)+"/taken", form).value("completed_on"); v == "" {
		t.Error("what was typed is lost")
	}
	form.Set("state", "in_progress")
	form.Set("completed_on", "")
	form.Set("first_due", "2026-09-30")
	form.Set("percent", "25")
	c.post(draft(1)+"/taken", form).want(http.StatusSeeOther)
	c.post(draft(1)+"/taken", form).want(http.StatusConflict).wantText("vừa được người khác sửa")
	c.post(base+"/days", url.Values{"day": {"2027-01-01"}}).want(http.StatusUnprocessableEntity).wantText("chưa đến")
	c.post(base+"/days", url.Values{}).want(http.StatusUnprocessableEntity)
	c.post(base+"/days", url.Values{"by_deadline": {"1"}}).want(http.StatusSeeOther)
	c.post(base+"/names", url.Values{"written": {"Quỹ Hỗ trợ Mẫu"}, "party_text": {"không có cơ quan này"}}).want(http.StatusUnprocessableEntity)
	c.post(base+"/names", url.Values{"written": {"Quỹ Hỗ trợ Mẫu"}, "party_text": {"Sở Tài chính"}, "remember": {"1"}}).want(http.StatusSeeOther)
	c.post(draft(5)+"/leave", url.Values{"version": {"1"}}).want(http.StatusSeeOther)

	p = c.get(base).want(http.StatusOK).wantText("53 nhiệm vụ của 1 văn bản đã sẵn sàng tiếp nhận", "Tiếp nhận 53 phân công")
	c.post(base+"/issue", p.form(base+"/issue")).want(http.StatusSeeOther)
	c.get(base).want(http.StatusOK).wantText("Đã tiếp nhận sổ theo dõi vào 1 văn bản")
	r.runDue()
	if n := len(r.mails()); n != 0 {
		t.Errorf("%d mails", n)
	}
	var own tasks.Assignment
	for _, a := range must(r.Documents.Get(r.ctx(), r.person(officeEmail), id.Order[0]))(t).Assignments {
		if a.FirstDue == calendar.MustParseDate("2026-06-30") && a.DueVersion == 2 {
			own = a
		}
	}
	c.get(fmt.Sprintf("/assignments/%d", own.ID)).want(http.StatusOK).wantText("tiếp nhận từ sổ theo dõi", "Như sổ", "ghi lại việc gia hạn theo sổ theo dõi", "Gia hạn đến 31/12/2026")
	c.post(base+"/discard", url.Values{}).want(http.StatusConflict)
}

// What is refused comes back as it was typed, where it was typed: a day that is none in a box for text, a row on the page it stood on.
func TestTakeoverKeepsPlaceAndWords(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	head := tasks.Head{Kind: tasks.KindDirective, Number: "10/CT-UBND", Date: calendar.MustParseDate("2026-03-05"), Title: "Cải cách hành chính"}
	var rows []tasks.Draft
	for i := range 130 {
		state := tasks.StateAssigned
		if i < 90 {
			state = "" // to be asked
		}
		rows = append(rows, trackedRow(fmt.Sprintf("Việc thứ %d.", i), state, "2026-12-31"))
	}
	rows[129].Taken.State = tasks.StateCompleted // without a day: asked too, after the others
	tracker := r.importTracker(tasks.TrackedDocument{Head: head, Drafts: rows})
	base := fmt.Sprintf("/documents/takeover/%d", tracker.ID)
	v := must(r.Documents.Takeover(r.ctx(), r.person(officeEmail), tracker.ID))(t)
	row := func(i int) string { return fmt.Sprintf("/documents/%d/drafts/%d", v.Order[0], v.Drafts[i].ID) }

	day := c.post(base+"/days", url.Values{"day": {"mồng ba"}}).want(http.StatusUnprocessableEntity)
	if got := day.form(base + "/days"); day.controlType("day") != "text" || !strings.Contains(day.body, `value="mồng ba"`) {
		t.Errorf("the day that was typed: %q, form %v", day.controlType("day"), got)
	}

	second := c.get(base+"?show=ask&from=40").want(http.StatusOK).wantText("41–80 trong 91", "Việc thứ 45.")
	form := second.form(row(45) + "/taken")
	form.Set("state", "completed")
	form.Set("completed_on", "hôm qua")
	p := c.post(row(45)+"/taken", form).want(http.StatusUnprocessableEntity).wantText("41–80 trong 91", "Việc thứ 45.").wantNoText("Việc thứ 100.")
	if got := p.form(row(45) + "/taken"); got.Get("completed_on") != "hôm qua" || got.Get("back") != form.Get("back") {
		t.Errorf("the row holds %v", got)
	}
	// A row that was mended by another is among those that are asked for no more; it stands there all the same, with what was typed.
	if err := r.Documents.SetTaken(r.ctx(), r.person(standingEmail), v.Order[0], v.Drafts[45].ID, tasks.TakenInput{State: tasks.StateAssigned, Due: v.Drafts[45].Deadline}); err != nil {
		t.Fatal(err)
	}
	p = c.post(row(45)+"/taken", form).want(http.StatusUnprocessableEntity).wantText("Việc thứ 45.")
	if got := p.form(row(45) + "/taken").Get("completed_on"); got != "hôm qua" {
		t.Errorf("what was typed is %q", got)
	}
	// A row that somebody else has mended cannot be left out from an old page, which stays where it was.
	c.post(row(45)+"/leave", form).want(http.StatusConflict).wantText("vừa được người khác sửa", "41–80 trong 90")
	form = c.get(base + "?from=40&show=ask").form(row(50) + "/taken")
	c.post(row(50)+"/leave", form).wantRedirect(base + "?from=40&show=ask#rows")
	// A place that no page of ours has named is none.
	form = c.get(base).form(row(0) + "/taken")
	form.Set("back", "https://elsewhere.example/?show=%0d%0a&from=-5")
	c.post(row(0)+"/leave", form).wantRedirect(base + "#rows")
}
