package notify_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// letterTo is the newest mail of the kind to the address, as text; "" without one.
func (w *world) letterTo(kind tasks.NoticeKind, address string) string {
	w.t.Helper()
	mails := w.parsedTo(kind, address)
	if len(mails) == 0 {
		return ""
	}
	return strings.Join(strings.Fields(mails[len(mails)-1].text), " ")
}

// Whom an agency's notices reach: its focal points, else its head, else the secretariat; who takes another's place is told why.
func TestAgenciesWithoutAnybody(t *testing.T) {
	const (
		thu    = "thu@vp.example.gov.vn"
		an     = "an@nv.vn"
		truong = "truong@nv.vn"

		noFocal = "Sở Nội vụ chưa có đầu mối nào nhận được thư, nên thư này gửi đến thủ trưởng cơ quan."
		nobody  = "Sở Nội vụ chưa có đầu mối, thủ trưởng nào nhận được thư, nên thư này gửi đến bộ phận thường trực. " +
			"Đề nghị chuyển đến cơ quan, rồi cấp tài khoản đầu mối cho người của cơ quan, hoặc sửa địa chỉ thư của đầu mối nếu thư gửi đến đó bị trả lại."
		noHead   = "Sở Nội vụ chưa có thủ trưởng nào nhận được thư, nên thư này gửi đến bộ phận thường trực."
		instead  = "thay người của cơ quan"
		straight = "là đầu mối của Sở Nội vụ"
	)
	for name, tt := range map[string]struct {
		focal, head bool
		// Who is told of the issue, of a duty that is put on hold, on the day itself, and on the third day after it.
		issued, event, day, late []string
		says, saysLate           map[string]string // in the mails of the issue and the event, and of the third day after it
	}{
		"both": {true, true, []string{an}, []string{an}, []string{an}, []string{truong}, map[string]string{an: straight}, nil},
		"no head": {true, false, []string{an}, []string{an}, []string{an}, []string{thu},
			map[string]string{an: straight}, map[string]string{thu: noHead}},
		"no focal point": {false, true, []string{truong}, []string{truong}, []string{truong}, []string{truong}, map[string]string{truong: noFocal}, nil},
		"nobody":         {false, false, []string{thu}, []string{thu}, []string{thu}, []string{thu}, map[string]string{thu: nobody}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 08:00")
			interior := w.agency("Sở Nội vụ", directory.KindDepartment)
			if tt.focal {
				w.person("Lê An", an, focal(interior))
			}
			if tt.head {
				w.person("Hoàng Trưởng", truong, head(interior))
			}
			to := func(kind tasks.NoticeKind, day string) []string {
				var out []string
				for _, m := range w.mails(kind) {
					if w.rules.Day(m.CreatedAt).String() == day {
						out = append(out, m.To)
					}
				}
				return out
			}
			_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-12", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-12-30", leads: []int64{interior}})
			w.stepTo("2026-10-07 08:30")
			w.check(w.assignments.Hold(t.Context(), w.secretariat, a[1].ID, tasks.PauseInput{Reason: "Chờ Trung ương", Document: "12/TB-VP", Authority: "Chủ tịch UBND tỉnh"}))
			w.stepTo("2026-10-15 12:00")
			equal(t, "issued", to(tasks.NoticeIssued, "2026-10-05"), tt.issued...)
			equal(t, "event", to(tasks.NoticeEvent, "2026-10-07"), tt.event...)
			equal(t, "on the day", to(tasks.NoticeReminder, "2026-10-12"), tt.day...)
			equal(t, "three days late", to(tasks.NoticeReminder, "2026-10-15"), tt.late...)
			for address, words := range tt.says {
				for _, kind := range []tasks.NoticeKind{tasks.NoticeIssued, tasks.NoticeEvent} {
					if text := w.letterTo(kind, address); !strings.Contains(text, words) || strings.Contains(text, instead) != (words != straight) {
						t.Errorf("the %s mail to %s does not say %q:\n%s", kind, address, words, text)
					}
				}
			}
			for address, words := range tt.saysLate {
				if text := w.letterTo(tasks.NoticeReminder, address); !strings.Contains(text, words) {
					t.Errorf("the reminder to %s does not say %q:\n%s", address, words, text)
				}
			}
			if more := to(tasks.NoticeRollUp, "2026-10-12"); slices.Contains(more, thu) {
				t.Errorf("the summary of an agency went to %q", more)
			}
		})
	}
}

// What the secretariat was told in the place of an agency, the agency's focal point is told as soon as there is one, and nobody twice.
func TestIssueReachesWhoComesLater(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-30", leads: []int64{interior}})
	w.stepTo("2026-10-06 12:00")
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	w.stepTo("2026-10-07 12:00")
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.stepTo("2026-10-08 12:00")
	var to []string
	for _, m := range w.mails(tasks.NoticeIssued) {
		to = append(to, m.To)
	}
	equal(t, "told", to, "thu@vp.example.gov.vn", "truong@nv.vn")
	if left, err := w.outbox.Unreached(t.Context(), w.secretariat); err != nil || len(left) > 0 {
		t.Errorf("unreached %v, error %v", left, err)
	}
}

// One mail a person and day: what the secretariat is told in others' places stands in the reminder that it gets anyway.
func TestOneMailForSeveralAgenciesWithoutAnybody(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	var agencies []int64
	for _, name := range []string{"Xã Một", "Xã Hai", "Xã Ba"} {
		agencies = append(agencies, w.agency(name, directory.KindCommune))
	}
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-12", leads: agencies})
	w.stepTo("2026-10-12 12:00")
	mails := w.mails(tasks.NoticeReminder)
	var on12 int
	for _, m := range mails {
		if w.rules.Day(m.CreatedAt).String() == "2026-10-12" {
			on12++
		}
	}
	if on12 != 1 {
		t.Errorf("%d reminders on the day: %q", on12, w.told(tasks.NoticeReminder))
	}
	text := w.letterTo(tasks.NoticeReminder, "thu@vp.example.gov.vn")
	for _, want := range []string{"Xã Một, Xã Hai, Xã Ba chưa có đầu mối, thủ trưởng nào", "3 việc cần hoàn thành hôm nay", "/assignments "} {
		if !strings.Contains(text, want) {
			t.Errorf("the mail does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "/mine") {
		t.Errorf("the mail leads to a page that is not the secretariat's:\n%s", text)
	}
}

// Who is told for a missing head, beside what he follows himself, is not said to be that head.
func TestWhyOfWhoStandsInAndFollows(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	for email, agency := range map[string]int64{"an@nv.vn": interior, "binh@tc.vn": finance} {
		w.person("Đầu mối", email, focal(agency))
	}
	w.person("Giám đốc", "giamdoc@tc.vn", head(finance))
	// On 2/11 the one is three working days late, of whose agency there is no head; the other ten.
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-28", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-19", leads: []int64{finance}})
	w.stepTo("2026-11-02 12:00")
	text := w.letterTo(tasks.NoticeReminder, "thu@vp.example.gov.vn")
	for _, words := range []string{"Việc một", "Việc hai", "Sở Nội vụ chưa có thủ trưởng nào nhận được thư", "thuộc bộ phận thường trực theo dõi"} {
		if !strings.Contains(text, words) {
			t.Errorf("the mail does not say %q:\n%s", words, text)
		}
	}
	if strings.Contains(text, "vì là thủ trưởng") {
		t.Errorf("the mail takes its reader for a head:\n%s", text)
	}
}
