package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

func TestAgenciesAreMergedOnADay(t *testing.T) {
	r := newRig(t)
	r.runDue() // the program has run before
	_, list := r.issue("20/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, cooperating: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Đơn giản hoá biểu mẫu", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	r.signIn(focalEmail).submit(list[2], "Đã xong")
	if err := r.Assignments.Confirm(r.ctx(), r.person(officeEmail), list[2].ID, 0); err != nil {
		t.Fatal(err)
	}
	office := r.signIn(officeEmail)
	if !slices.Contains(office.get("/directory").links(), "/directory/changes") {
		t.Error("the directory does not lead to changes of agencies")
	}
	snv := text(r.agencies["SNV"].ID)
	if links := office.get("/directory/agencies/" + snv).links(); !slices.Contains(links, "/directory/changes/new?agency="+snv) {
		t.Errorf("an agency's page leads to %v", links)
	}
	office.get("/directory/changes").want(http.StatusOK).wantText("Chưa ghi lần sáp nhập")
	form := office.get("/directory/changes/new?agency=" + snv).want(http.StatusOK).form("/directory/changes")
	if form.Get("predecessors") != "a"+snv && !strings.Contains(form.Get("predecessors"), snv) {
		t.Errorf("the agency is not chosen already: %v", form)
	}

	// A refused form keeps what was typed.
	day := r.today().AddDays(1)
	form.Set("day", day.String())
	form.Set("document", "1654/NQ-UBTVQH15")
	form.Set("reason", "Sắp xếp tổ chức bộ máy")
	form.Set("predecessors_text", "Sở Tài chính")
	form.Set("founded", "SM Sở Mới")
	again := office.post("/directory/changes", form).want(http.StatusUnprocessableEntity).wantText("Dòng “SM Sở Mới” chưa đúng")
	form = again.form("/directory/changes")
	if form.Get("founded") != "SM Sở Mới" || form.Get("document") != "1654/NQ-UBTVQH15" || len(form["predecessors"]) != 2 {
		t.Errorf("typed %v", form)
	}
	form.Set("founded", "SM; Sở Mới; SM")
	created := office.post("/directory/changes", form).want(http.StatusSeeOther)
	place := created.location
	shown := created.follow().want(http.StatusOK).wantText("Xem trước: 2 nhiệm vụ", "Sở Nội vụ, Sở Tài chính → Sở Mới", "thành lập mới, mã SM",
		"Nhiệm vụ chủ trì chưa kết thúc", "Nhiệm vụ đã kết thúc, ở lại dưới tên cũ", "Rà soát thủ tục hành chính", "Công khai ngân sách", "Tên cũ vẫn hiểu")
	shown.wantNoText("Đơn giản hoá biểu mẫu")

	// Choices; of two who have the page open the second sees it anew.
	choices := shown.form(place)
	stale := url.Values{"version": {choices.Get("version")}}
	other := text(r.people[otherEmail].ID)
	choices.Set("person-"+other, "-1")
	choices.Del("fold")
	shown = office.post(place, choices).follow().want(http.StatusOK).wantText("Đã lưu lựa chọn")
	if got := shown.form(place); got.Get("person-"+other) != "-1" || got.Get("fold") != "" {
		t.Errorf("chosen %v", got)
	}
	office.post(place+"/confirm", stale).want(http.StatusConflict).wantText("Người khác vừa sửa thay đổi này")
	office.post(place+"/confirm", shown.form(place+"/confirm")).follow().want(http.StatusOK).wantText("Đã xác nhận", "sẽ thực hiện")
	office.get("/directory/changes").wantText("1 thay đổi cơ quan đang chuẩn bị hoặc chờ đến ngày")

	// Its day comes: the job carries it out, the people of the one that takes over are told, and reminded from then on.
	r.clock.set(day.Start(r.Rules.Location))
	r.runDue()
	office.get(place).want(http.StatusOK).wantText("Đã thực hiện: 2 nhiệm vụ đã chuyển")
	r.clock.add(9 * time.Hour) // the window of events has passed
	r.runDue()
	var told []string
	for _, m := range r.rawMails() {
		if strings.Contains(m.text, "Nhận từ cơ quan tiền thân") {
			told = append(told, m.to)
			if !strings.Contains(m.text, "Rà soát thủ tục hành chính") || !strings.Contains(m.text, "thay Sở Nội vụ") || !strings.Contains(m.text, "1654/NQ-UBTVQH15") {
				t.Errorf("the mail says\n%s", m.text)
			}
		}
	}
	if !slices.Contains(told, focalEmail) || slices.Contains(told, otherEmail) {
		t.Errorf("told %v", told)
	}
	focal := r.signIn(focalEmail)
	focal.get("/mine").want(http.StatusOK).wantText("Sở Mới còn 2 việc") // not the old agency's empty page
	focal.get("/mine?agency=" + snv).want(http.StatusOK).wantText("Sở Nội vụ không còn việc phải làm")
	focal.get(path(list[0])).want(http.StatusOK).wantText("Sở Mới")
	focal.get(path(list[2])).want(http.StatusOK).wantText("Sở Nội vụ", "Hoàn thành")
	r.signIn(otherEmail).get(path(list[1])).want(http.StatusNotFound)
	office.get(path(list[0])).wantText("chuyển sang cơ quan kế thừa")
	office.get("/directory/agencies/" + snv).want(http.StatusOK).wantText("Sửa Sở Nội vụ")
	office.get("/directory?show=all").wantText("kế thừa: Sở Mới")

	// Figures either way.
	week := office.get("/week").want(http.StatusOK)
	if !slices.Contains(week.links(), "/week?with=predecessors") {
		t.Fatalf("the week's page leads to %v", week.links())
	}
	line := func(p *page, agency string) string {
		for _, row := range p.elements("tr") {
			if words := textOf(row); strings.HasPrefix(words, agency) {
				return words
			}
		}
		return ""
	}
	if got := line(week, "Sở Nội vụ"); !strings.Contains(got, "0 / 1") {
		t.Errorf("the old agency by itself: %q", got)
	}
	with := office.get("/week?with=predecessors").want(http.StatusOK).wantText("gồm cả nhiệm vụ của các cơ quan mà cơ quan này kế thừa")
	if got := line(with, "Sở Mới"); !strings.Contains(got, "0 / 3") || line(with, "Sở Nội vụ") != "" {
		t.Errorf("with predecessors: %q, %q", got, line(with, "Sở Nội vụ"))
	}
	office.get("/week.xlsx?with=predecessors").want(http.StatusOK)
}

func TestASplitIsChosenDutyByDuty(t *testing.T) {
	r := newRig(t)
	var duties []rigDuty
	for range tasks.ChangePage + 1 {
		duties = append(duties, rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	}
	duties[0].leads, duties[0].cooperating = []string{"Công an tỉnh"}, []string{"Sở Nội vụ"}
	_, list := r.issue("20/CT-UBND", duties...)
	office := r.signIn(officeEmail)
	created := office.post("/directory/changes", url.Values{
		"kind": {"split"}, "day": {r.today().String()}, "document": {"12/NQ"}, "predecessors_text": {"Sở Nội vụ"}, "successors_text": {"Sở Tài chính"},
		"founded": {"SHAI; Sở Hai"},
	}).want(http.StatusSeeOther)
	place := created.location
	created.follow().want(http.StatusOK).wantText("1–50 trong 51", "Sở Nội vụ phối hợp") // else the row reads as if the lead changed
	shown := office.get(place + "?page=2").want(http.StatusOK).wantText("51–51 trong 51")
	choices := shown.form(place)
	last := list[tasks.ChangePage].ID
	choices.Set("to-"+text(last), "1")
	shown = office.post(place, choices).wantRedirect(place + "?page=2").follow().want(http.StatusOK)
	if got := shown.form(place).Get("to-" + text(last)); got != "1" {
		t.Errorf("the choice comes back as %q", got)
	}
	office.post(place+"/confirm", shown.form(place+"/confirm")).follow().want(http.StatusOK).wantText("Đã thực hiện; các cơ quan liên quan")
	if got := must(r.Assignments.Get(r.ctx(), tasks.System, last))(t).Assignment.Leads; len(got) != 1 || got[0] == r.agencies["STC"].ID || got[0] == r.agencies["SNV"].ID {
		t.Errorf("the last duty is led by %v", got)
	}
	if got := must(r.Assignments.Get(r.ctx(), tasks.System, list[0].ID))(t).Assignment.Cooperating; !slices.Equal(got, []int64{r.agencies["STC"].ID}) {
		t.Errorf("with the first duty cooperates %v", got)
	}
	if got := must(r.Assignments.Get(r.ctx(), tasks.System, list[1].ID))(t).Assignment.Leads; !slices.Equal(got, []int64{r.agencies["STC"].ID}) {
		t.Errorf("the second duty is led by %v", got)
	}
	office.post(place+"/drop", url.Values{}).want(http.StatusConflict).wantText("đã thực hiện hoặc đã bỏ")
}
