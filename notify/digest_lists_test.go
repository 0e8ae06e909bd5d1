package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// The digest is one screen: what the leaders are to decide, the five worst, eight agencies, what was finished and what falls due; and what
// the secretariat has to say.
func TestDigestLists(t *testing.T) {
	w := newWorld(t, "2026-08-03 06:00")
	ctx, day := t.Context(), calendar.MustParseDate
	w.person("Nguyễn Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	names := []string{
		"Sở Nông nghiệp và Môi trường", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Công Thương", "Sở Y tế", "Sở Tư pháp", "Sở Khoa học và Công nghệ",
		"Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch", "Thanh tra tỉnh",
	}
	var agencies []int64
	people := make(map[int64]tasks.Person)
	for i, name := range names {
		id := w.agency(name, directory.KindDepartment)
		agencies = append(agencies, id)
		people[id] = w.person("Đầu mối "+name, "dm"+string(rune('a'+i))+"@mauson.vn", focal(id))
	}
	duties := []duty{
		{text: "Công khai thủ tục đất đai tại 12 xã, phường theo danh mục đã công bố và niêm yết tại bộ phận một cửa", due: "2026-08-20", leads: agencies[:1]},
		{text: "Xây dựng khung kiến trúc chính quyền số", due: "2026-10-30", leads: agencies[1:2]},
		{text: "Rút ngắn thời gian cấp phép", due: "2026-12-30", leads: agencies[2:3]},
		{text: "Báo cáo số hóa hồ sơ quý III", due: "2026-10-08", leads: agencies[3:4]},
	}
	for i, id := range agencies {
		duties = append(duties, duty{text: "Rà soát thủ tục nội bộ, nhóm " + string(rune('A'+i)), due: day("2026-09-01").AddDays(i * 3).String(), leads: []int64{id}})
	}
	w.runDue("2026-08-03 06:00")
	_, a := w.issue("10/CT-UBND", duties...)
	for i, until := range []string{"2026-08-25", "2026-09-03"} {
		w.stepTo([]string{"2026-08-10 09:00", "2026-08-20 09:00"}[i])
		w.check(w.assignments.AskExtension(ctx, people[agencies[0]], a[0].ID, tasks.ExtensionInput{Due: day(until), Reason: "Chờ ý kiến bộ"}))
		w.check(w.assignments.DecideExtension(ctx, w.secretariat, a[0].ID, tasks.ExtensionDecision{Grant: true, Due: day(until), Authority: "Chủ tịch UBND tỉnh"}))
	}
	w.check(w.assignments.AskExtension(ctx, people[agencies[0]], a[0].ID, tasks.ExtensionInput{Due: day("2026-11-15"), Reason: "Chờ ý kiến bộ"}))
	w.check(w.assignments.Decline(ctx, people[agencies[1]], a[1].ID, tasks.DeclineInput{Proposed: agencies[7], Reason: "Thuộc ngành khoa học"}))
	w.stepTo("2026-10-01 09:00")
	w.submit(people[agencies[2]], a[2].ID)
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[2].ID, 0))

	w.stepTo("2026-10-05 08:00")
	monday := day("2026-10-05")
	open, ok, err := w.weeks.NextForeword(ctx, w.secretariat)
	w.check(err)
	if !ok || open.Monday != monday || !open.Closes.Equal(w.at("2026-10-05 08:30")) || !open.Goes.Equal(w.at("2026-10-05 09:00")) {
		t.Fatalf("the open digest is %+v, %v", open, ok)
	}
	w.check(w.weeks.SetForeword(ctx, w.secretariat, monday, "Tuần này họp Ban Chỉ đạo chiều thứ Năm.\n\nĐề nghị cho ý kiến về hồ sơ đất đai.", 0))
	w.business.set(w.at("2026-10-05 08:30"))
	if err := w.weeks.SetForeword(ctx, w.secretariat, monday, "Muộn quá", 1); tasks.CodeOf(err) != tasks.CodeConflict {
		t.Errorf("after the closing: %v", err)
	}
	w.stepTo("2026-10-05 09:30")
	all := w.server.all()
	var m parsed
	for _, r := range all {
		if p := parse(t, r.body); p.kind == "digest" {
			m = p
		}
	}
	text := strings.Join(strings.Fields(m.text), " ")
	for _, want := range []string{
		"Lời của Văn phòng Tuần này họp Ban Chỉ đạo chiều thứ Năm. Đề nghị cho ý kiến về hồ sơ đất đai.",
		"Cần lãnh đạo quyết định (7)",
		"QUÁ HẠN 22 ngày làm việc · Sở Nông nghiệp và Môi trường · xin gia hạn lần 3, đến 15/11/2026",
		"Sở Nội vụ · đề nghị giao cơ quan khác chủ trì",
		"5 việc quá hạn kéo dài · lâu nhất 23 ngày làm việc",
		"Hoàn thành tuần trước (1) * Rút ngắn thời gian cấp phép · Sở Tài chính",
		"Đến hạn tuần này (1) * Báo cáo số hóa hồ sơ quý III · 8/10 · Sở Xây dựng",
		"và 5 cơ quan khác",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the digest lacks %q:\n%s", want, m.text)
		}
		words, _, _ := strings.Cut(strings.Split(want, " * ")[0], " · ")
		if !strings.Contains(strings.Join(strings.Fields(strings.Join(m.outline, " ")), " "), words) {
			t.Errorf("the HTML lacks %q", words)
		}
	}

	// What is decided on later stays in the week, and is known there to be settled.
	w.check(w.assignments.DecideExtension(ctx, w.secretariat, a[0].ID, tasks.ExtensionDecision{Authority: "Chủ tịch UBND tỉnh", Answer: "Đã gia hạn hai lần"}))
	v, err := w.weeks.Get(ctx, w.secretariat, monday)
	w.check(err)
	if asked := v.Lists[tasks.WeekExtensions]; asked.Total != 1 || len(asked.Rows) != 1 || !asked.Rows[0].Settled || len(asked.Standing()) != 0 || asked.Rows[0].Asked != day("2026-11-15") {
		t.Errorf("the week's request: %+v", asked)
	}
}
