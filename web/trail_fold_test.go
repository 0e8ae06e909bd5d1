package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Reminders of many days between two things that were done are one line of the history; what was done stands between them.
func TestHistoryCountsRemindersThatFollowEachOther(t *testing.T) {
	r, a := oneDuty(t)
	r.runDue() // the first run only notes the time
	day := func(list ...string) {
		for _, at := range list {
			r.at(at + " 08:00")
			r.runDue()
		}
	}
	day("2026-10-06", "2026-10-13", "2026-10-19", "2026-10-20")
	office := r.signIn(officeEmail)
	// The mail server is away: yesterday's reminders have run out, today's wait.
	office.get(path(a)).wantText("10 thư “Nhắc việc” từ 6/10/2026 đến 19/10/2026 (hết hiệu lực)", "Thư “Nhắc việc” tới").wantNoText("thư “Nhắc việc” từ 13/10/2026")
	r.at("2026-10-20 10:00")
	r.signIn(focalEmail).post(path(a, "/report"), url.Values{"kind": {"progress"}, "percent": {"40"}, "text": {"Đang lấy ý kiến."}})
	day("2026-10-26", "2026-10-27", "2026-11-02", "2026-11-03")
	history := office.get(path(a)).text()
	_, history, _ = strings.Cut(history, "Ai đã được báo")
	report, later, earlier := strings.Index(history, "Đang lấy ý kiến."), strings.Index(history, "thư “Nhắc việc” từ 2"), strings.Index(history, "14 thư “Nhắc việc” từ 6/10/2026 đến 20/10/2026")
	if later < 0 || later > report || report > earlier {
		t.Errorf("reminders after the report at %d, the report at %d, those before it at %d:\n%s", later, report, earlier, history)
	}
}

// A page whose address does not begin as that of its entry in the navigation marks the entry all the same.
func TestNavigationMarksPagesBelowAnEntry(t *testing.T) {
	r, _ := oneDuty(t)
	office := r.signIn(officeEmail)
	for page, entry := range map[string]string{"/letters": "/register", "/letters/counts": "/register", "/month": "/week", "/working-days": "/directory", "/settings/reminders": "/outbox"} {
		if body := office.get(page).want(http.StatusOK).body; !strings.Contains(body, `href="`+entry+`" aria-current="page"`) {
			t.Errorf("%s does not mark %s", page, entry)
		}
	}
}

// Who only reads the register of letters is not told to write one, and an agency nothing of drafts.
func TestLettersSayToEachWhatHeCanDo(t *testing.T) {
	r, _ := oneDuty(t)
	r.signIn(officeEmail).get("/letters").wantText("Lập dự thảo công văn cho cơ quan chậm", "từ khi lập dự thảo")
	r.signIn(leaderEmail).get("/letters").wantText("văn bản Văn phòng đã lập gửi từng cơ quan").wantNoText("Lập dự thảo công văn")
	r.signIn(focalEmail).get("/letters").wantText("Văn bản xuất hiện ở đây khi đã ban hành.").wantNoText("dự thảo")
}

// A letter tells two periods of one duty apart, and names the document with its day.
func TestALetterNamesPeriods(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	d := r.importDocument("11/CT-UBND", rigDuty{text: "Báo cáo cải cách hành chính", leads: []string{"Sở Nội vụ"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25"})
	draft := must(r.Documents.Review(r.ctx(), r.person(officeEmail), d.ID))(t).Drafts[0]
	href := "/documents/" + text(d.ID) + "/drafts/" + text(draft.ID)
	form := office.get(href).form(href)
	form.Set("opens", "10")
	office.post(href, form).want(http.StatusSeeOther)
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), d.ID, 0); err != nil {
		t.Fatal(err)
	}
	r.runDue()
	for _, at := range []string{"2026-10-20 08:00", "2026-11-20 08:00", "2026-12-14 08:00"} {
		r.at(at)
		r.runDue()
	}
	form = office.get("/letters").form("/letters")
	form["agency"] = []string{text(r.agencies["SNV"].ID)}
	form.Set("kind", "reminder")
	office.post("/letters", form).want(http.StatusSeeOther)
	office.get("/letters/1").wantText("11/CT-UBND ngày 5/10/2026, mục 1, kỳ tháng 10/2026", "11/CT-UBND ngày 5/10/2026, mục 1, kỳ tháng 11/2026")
}
