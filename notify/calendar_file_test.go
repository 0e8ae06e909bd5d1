package notify_test

import (
	"strconv"
	"strings"
	"testing"

	"tiendo/notify/lint"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// entries reads a calendar file: by UID, each property of an entry.
func entries(t *testing.T, f lint.File) map[string]map[string]string {
	t.Helper()
	text := strings.ReplaceAll(string(f.Content), "\r\n ", "")
	out := make(map[string]map[string]string)
	var e map[string]string
	for line := range strings.SplitSeq(text, "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		switch {
		case line == "BEGIN:VEVENT":
			e = make(map[string]string)
		case line == "END:VEVENT":
			if out[e["UID"]] != nil {
				t.Errorf("%s twice", e["UID"])
			}
			out[e["UID"]], e = e, nil
		case e != nil:
			e[name] = value
		}
	}
	return out
}

// A mail that tells of new or changed deadlines brings them as a calendar file: those that the person's agencies lead, each once, under the
// same name when its day changes.
func TestCalendarFileOfMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Rà soát, công bố danh mục; trình Chủ tịch", due: "2026-11-16", phrase: "trước ngày 17/11", leads: []int64{interior}, cooperating: []int64{finance}},
		duty{text: "Trả lời phản ánh, kiến nghị", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", leads: []int64{interior}},
		duty{text: "Chuyện BÍ MẬT", due: "2026-11-27", phrase: "trong tháng BÍ MẬT", leads: []int64{interior}},
	)
	w.check(w.assignments.Restrict(t.Context(), w.secretariat, a[2].TaskID, tasks.RestrictInput{Restricted: true, Reason: "Việc nội bộ"}))
	w.stepTo("2026-10-05 10:30")
	issued := w.parsedTo(tasks.NoticeIssued, "an@nv.vn")
	if len(issued) != 1 || len(issued[0].files) != 1 || issued[0].files[0].Name != "thoi-han.ics" {
		t.Fatalf("mails %+v", issued)
	}
	for _, text := range []string{issued[0].text, strings.Join(issued[0].outline, "\n")} {
		if !strings.Contains(text, "Kèm theo tệp lịch có 3 thời hạn") {
			t.Errorf("nothing is said of the file in:\n%s", text)
		}
	}
	due := "due-" + strconv.FormatInt(a[0].ID, 10) + "@tiendo.example.gov.vn"
	days := entries(t, issued[0].files[0])
	if e := days[due]; len(days) != 3 || e["DTSTART;VALUE=DATE"] != "20261116" || e["DTEND;VALUE=DATE"] != "20261117" || e["SEQUENCE"] != "0" ||
		e["SUMMARY"] != `Hạn: Rà soát\, công bố danh mục\; trình Chủ tịch (Chỉ thị 10/CT-UBND)` || e["STATUS"] != "CONFIRMED" ||
		e["URL"] != baseURL+"/assignments/"+strconv.FormatInt(a[0].ID, 10) || !strings.Contains(e["DESCRIPTION"], "trước ngày 17/11") {
		t.Errorf("entries %v", days)
	}
	secret := "due-" + strconv.FormatInt(a[2].ID, 10) + "@tiendo.example.gov.vn"
	if e := days[secret]; e["DTSTART;VALUE=DATE"] != "20261127" || !strings.HasPrefix(e["SUMMARY"], "Hạn: Nhiệm vụ hạn chế") || strings.Contains(string(issued[0].files[0].Content), "BÍ M") {
		t.Errorf("restricted: %v", e)
	}
	for uid, e := range days {
		if uid != due && uid != secret && (!strings.HasPrefix(uid, "report-") || e["DTSTART;VALUE=DATE"] != "20261025" || !strings.HasPrefix(e["SUMMARY"], "Kỳ báo cáo: ")) {
			t.Errorf("%s: %v", uid, e)
		}
	}
	// Who only cooperates has no deadline of his own.
	if m := w.parsedTo(tasks.NoticeIssued, "binh@tc.vn"); len(m) != 1 || len(m[0].files) != 0 || strings.Contains(m[0].text, "tệp lịch") {
		t.Errorf("mails of who cooperates: %+v", m)
	}

	// A moved deadline moves the entry; what has no new day brings no file.
	w.check(w.assignments.CorrectDeadline(t.Context(), w.secretariat, a[0].ID, tasks.DeadlineCorrectionInput{Due: calendar.MustParseDate("2026-11-20"), Reason: "Gõ nhầm"}))
	w.stepTo("2026-10-05 11:00")
	events := w.parsedTo(tasks.NoticeEvent, "an@nv.vn")
	if len(events) != 1 || len(events[0].files) != 1 {
		t.Fatalf("events %+v", events)
	}
	if days = entries(t, events[0].files[0]); len(days) != 1 || days[due]["DTSTART;VALUE=DATE"] != "20261120" || days[due]["SEQUENCE"] != "1" {
		t.Errorf("entries %v", days)
	}
	for _, m := range w.parsedTo(tasks.NoticeEvent, "binh@tc.vn") {
		if len(m.files) != 0 {
			t.Error("who cooperates gets a file")
		}
	}
	w.submit(an, a[0].ID)
	w.check(w.assignments.Return(t.Context(), w.secretariat, a[0].ID, 0, "Thiếu số văn bản"))
	w.stepTo("2026-10-05 14:00")
	if events = w.parsedTo(tasks.NoticeEvent, "an@nv.vn"); len(events) != 2 || len(events[1].files) != 0 {
		t.Errorf("%d events, the last with %d files", len(events), len(events[len(events)-1].files))
	}
}
