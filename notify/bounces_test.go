package notify_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tiendo/notify"
	"tiendo/notify/dsn"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

func (w *world) bounces() *notify.Bounces {
	return &notify.Bounces{Store: w.db.Bounces(), Rules: w.rules, Business: w.business.now}
}

// reported reports on a mail as its recipient's server would.
func (w *world) reported(m notify.Mail, action dsn.Action, status, words string) notify.Taken {
	w.t.Helper()
	taken, err := w.bounces().Take(w.t.Context(), dsn.Report{
		MessageIDs: []string{"<of.another@x>", m.MessageID}, Recipients: []dsn.Recipient{{Final: m.To, Action: action, Status: status, Words: words}},
	})
	w.check(err)
	return taken
}

// newest is the last mail of the kind to the address.
func (w *world) newest(kind tasks.NoticeKind, to string) notify.Mail {
	w.t.Helper()
	mails := slices.DeleteFunc(w.mails(kind), func(m notify.Mail) bool { return m.To != to })
	if len(mails) == 0 {
		w.t.Fatalf("no mail %s to %s", kind, to)
	}
	return mails[len(mails)-1]
}

func (w *world) unreachable(id int64) bool {
	w.t.Helper()
	p, err := w.accounts.Person(w.t.Context(), tasks.System, id)
	w.check(err)
	return !p.Unreachable.IsZero()
}

func (w *world) issueTo(agency int64, number, at string) {
	w.t.Helper()
	w.business.set(w.at(at))
	w.issue(number, duty{text: "Rà soát thủ tục hành chính " + number, due: "2026-12-15", leads: []int64{agency}})
	w.stepTo(at[:11] + "11:00")
}

// Mails that come back on two days show the person as unreachable and tell the secretariat once; he is written to as before, and those who
// stand in for him as well. When mails arrive again all is as it was.
func TestUnreachable(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	agency := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê Thị An", "an@nv.vn", focal(agency))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(agency))
	w.issueTo(agency, "1/CT-UBND", "2026-10-05 08:00")
	first := w.newest(tasks.NoticeIssued, an.Email)
	if got := w.reported(first, dsn.Failed, "5.1.1", "550 5.1.1 User unknown"); got != (notify.Taken{Mail: first.ID, Action: dsn.Failed}) {
		t.Errorf("taken %+v", got)
	}
	if m := w.newest(tasks.NoticeIssued, an.Email); m.State != notify.MailBounced || m.LastError != "550 5.1.1 User unknown" {
		t.Errorf("the mail is %s, %q", m.State, m.LastError)
	}
	if got := w.reported(first, dsn.Failed, "5.1.1", "again"); !got.Known {
		t.Errorf("the same report again is %+v", got)
	}
	w.issueTo(agency, "2/CT-UBND", "2026-10-05 09:00")
	w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Failed, "5.1.1", "550")
	if w.unreachable(an.ID) {
		t.Error("two mails of one day are enough")
	}
	w.issueTo(agency, "3/CT-UBND", "2026-10-06 08:00")
	if got := w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Failed, "5.1.1", "550 5.1.1 User unknown"); !got.Unreachable || !w.unreachable(an.ID) {
		t.Errorf("after two days: %+v", got)
	}
	w.stepTo("2026-10-06 15:00")
	told := w.mails(tasks.NoticeUnreachable)
	if len(told) != 1 || told[0].To != w.secretariat.Email || told[0].State != notify.MailSent {
		t.Fatalf("told %+v", told)
	}
	for _, r := range w.server.all() {
		if m := parse(t, r.body); m.kind == string(tasks.NoticeUnreachable) {
			if m.subject != "Thư gửi Lê Thị An không tới được" {
				t.Errorf("subject %q", m.subject)
			}
			for _, want := range []string{"Sở Nội vụ · an@nv.vn", "Máy chủ thư trả lời: 550 5.1.1 User unknown", baseURL + "/people?show=unreachable"} {
				if !strings.Contains(m.text, want) {
					t.Errorf("the mail lacks %q:\n%s", want, m.text)
				}
			}
		}
	}

	// He gets his mail nevertheless, and so does the head, who is told why.
	w.issueTo(agency, "4/CT-UBND", "2026-10-07 08:00")
	third := w.newest(tasks.NoticeIssued, an.Email)
	if third.State != notify.MailSent || !strings.Contains(third.Subject, "4/CT-UBND") {
		t.Errorf("he gets %+v", third)
	}
	if m := w.newest(tasks.NoticeIssued, "truong@nv.vn"); !strings.Contains(m.Subject, "4/CT-UBND") {
		t.Errorf("the head gets %+v", m)
	}
	instead := false
	for _, r := range w.server.all() {
		instead = instead || r.to == "truong@nv.vn" && strings.Contains(parse(t, r.body).text, "Sở Nội vụ chưa có đầu mối nào nhận được thư")
	}
	if !instead {
		t.Error("the head is not told why he gets it")
	}
	w.reported(third, dsn.Failed, "5.1.1", "550")
	w.stepTo("2026-10-07 15:00")
	if n := len(w.mails(tasks.NoticeUnreachable)); n != 1 {
		t.Errorf("%d mails tell of it", n)
	}

	w.issueTo(agency, "5/CT-UBND", "2026-10-08 08:00")
	if got := w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Delivered, "2.0.0", "2.0.0"); !got.Reachable || w.unreachable(an.ID) {
		t.Errorf("after a delivery: %+v", got)
	}
	before := len(w.mails(tasks.NoticeIssued))
	w.issueTo(agency, "6/CT-UBND", "2026-10-09 08:00")
	if n := len(w.mails(tasks.NoticeIssued)) - before; n != 1 {
		t.Errorf("%d people are told, want him alone", n)
	}
	// What came back before counts no more.
	w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Failed, "5.1.1", "550")
	if w.unreachable(an.ID) {
		t.Error("one day is enough after a delivery")
	}
}

// Reports that make nobody unreachable.
func TestBouncesThatDoNotCount(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	agency := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê Thị An", "an@nv.vn", focal(agency))
	var mails []notify.Mail
	for i, day := range []string{"2026-10-05", "2026-10-06", "2026-11-09"} {
		w.issueTo(agency, string(rune('1'+i))+"/CT-UBND", day+" 08:00")
		mails = append(mails, w.newest(tasks.NoticeIssued, an.Email))
	}
	w.stepTo("2026-11-09 12:00")
	for _, m := range mails {
		w.reported(m, dsn.Delayed, "4.4.1", "timeout")
		w.reported(m, dsn.Relayed, "2.0.0", "")
		w.reported(m, dsn.Expanded, "2.0.0", "")
	}
	take := func(r dsn.Report) notify.Taken {
		taken, err := w.bounces().Take(t.Context(), r)
		w.check(err)
		return taken
	}
	failed := []dsn.Recipient{{Final: an.Email, Action: dsn.Failed, Status: "5.1.1"}}
	if got := take(dsn.Report{MessageIDs: []string{"<nobody@knows>"}, Recipients: failed}); got.Mail != 0 {
		t.Errorf("another's mail is %+v", got)
	}
	if got := take(dsn.Report{Recipients: []dsn.Recipient{{Final: "nobody@nv.vn", Action: dsn.Failed}}}); got.Mail != 0 {
		t.Errorf("a mail to nobody is %+v", got)
	}
	// A month lies between them.
	w.reported(mails[0], dsn.Failed, "5.1.1", "550")
	if w.reported(mails[2], dsn.Failed, "5.1.1", "550"); w.unreachable(an.ID) {
		t.Error("failures more than a month apart are enough")
	}
	// The address has changed since.
	an.Email = "an.moi@nv.vn"
	an, err := w.accounts.SavePerson(t.Context(), tasks.System, an)
	w.check(err)
	if w.reported(mails[1], dsn.Failed, "5.1.1", "550"); w.unreachable(an.ID) {
		t.Error("mails to an address that he has no more count")
	}
	// A report that names no mail is of the last one to the address.
	w.issueTo(agency, "9/CT-UBND", "2026-11-10 08:00")
	last := w.newest(tasks.NoticeIssued, an.Email)
	if got := take(dsn.Report{Recipients: []dsn.Recipient{{Original: "AN.moi@nv.vn", Action: dsn.Failed, Status: "5.2.2"}}}); got.Mail != last.ID {
		t.Errorf("without a Message-ID: %+v, want mail %d", got, last.ID)
	}
}

// A person shown as unreachable is so no more when the address changes, when somebody says so, and when a mail has stayed away for as long
// as servers try.
func TestReachableAgain(t *testing.T) {
	tests := []struct {
		name string
		do   func(w *world, an tasks.Person, agency int64)
		want bool // unreachable still
	}{
		{"nothing", func(*world, tasks.Person, int64) {}, true},
		{"another name", func(w *world, an tasks.Person, _ int64) {
			an.Name, an.Version = "Lê An", 0
			_, err := w.accounts.SavePerson(w.t.Context(), tasks.System, an)
			w.check(err)
		}, true},
		{"another address", func(w *world, an tasks.Person, _ int64) {
			an.Email, an.Version = "an.moi@nv.vn", 0
			_, err := w.accounts.SavePerson(w.t.Context(), tasks.System, an)
			w.check(err)
		}, false},
		{"by hand", func(w *world, an tasks.Person, _ int64) {
			w.check(w.bounces().Reached(w.t.Context(), w.secretariat, an.ID))
		}, false},
		{"by hand, without the right", func(w *world, an tasks.Person, _ int64) {
			if err := w.bounces().Reached(w.t.Context(), an, an.ID); tasks.CodeOf(err) != tasks.CodeForbidden {
				w.t.Errorf("a focal point may say so: %v", err)
			}
		}, true},
		{"a mail that went five days ago", func(w *world, an tasks.Person, agency int64) {
			w.issueTo(agency, "3/CT-UBND", "2026-10-07 08:00")
			w.business.set(w.at("2026-10-12 08:00"))
		}, true},
		{"a mail that went six days ago", func(w *world, an tasks.Person, agency int64) {
			w.issueTo(agency, "3/CT-UBND", "2026-10-07 08:00")
			w.business.set(w.at("2026-10-13 09:00"))
		}, false},
		{"a mail that came back, and a later one five days ago", func(w *world, an tasks.Person, agency int64) {
			w.issueTo(agency, "3/CT-UBND", "2026-10-07 08:00")
			w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Failed, "5.1.1", "550")
			w.issueTo(agency, "4/CT-UBND", "2026-10-09 08:00")
			w.business.set(w.at("2026-10-14 09:00"))
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 07:00")
			agency := w.agency("Sở Nội vụ", directory.KindDepartment)
			an := w.person("Lê Thị An", "an@nv.vn", focal(agency))
			for i, day := range []string{"2026-10-05", "2026-10-06"} {
				w.issueTo(agency, string(rune('1'+i))+"/CT-UBND", day+" 08:00")
				w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Failed, "5.1.1", "550")
			}
			if !w.unreachable(an.ID) {
				t.Fatal("he is reachable")
			}
			tt.do(w, an, agency)
			settled, err := w.bounces().Settle(t.Context())
			w.check(err)
			if got := w.unreachable(an.ID); got != tt.want {
				t.Errorf("unreachable %v, want %v (%d settled)", got, tt.want, settled)
			}
		})
	}
}

func TestGoldenUnreachable(t *testing.T) {
	for language, folder := range map[string]string{"vi": "testdata", "en": filepath.Join("testdata", "en")} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 07:00")
			w.language = language
			agency, other := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("UBND xã An Bình", directory.KindCommune)
			office := w.person("Trần Thị Văn", "van@vp.example.gov.vn", tasks.Grant{Role: tasks.RoleSecretariat})
			an, binh := w.person("Lê Thị An", "an@nv.vn", focal(agency)), w.person("Trần Bình", "binh@anbinh.vn", focal(other), head(other))
			for i, day := range []string{"2026-10-05", "2026-10-06"} {
				number := string(rune('1'+i)) + "/CT-UBND"
				w.issueTo(agency, number, day+" 08:00")
				w.issueTo(other, number+"-B", day+" 09:00")
				w.reported(w.newest(tasks.NoticeIssued, an.Email), dsn.Failed, "5.1.1", "550 5.1.1 <an@nv.vn>: User unknown")
				w.reported(w.newest(tasks.NoticeIssued, binh.Email), dsn.Failed, "5.2.2", "552 5.2.2 Hộp thư đầy & không nhận nữa")
			}
			w.stepTo("2026-10-06 15:00")
			for _, r := range w.server.all() {
				if m := parse(t, r.body); m.kind == string(tasks.NoticeUnreachable) && r.to == office.Email {
					m.golden(t, language, folder, "unreachable")
					return
				}
			}
			t.Error("no mail tells of it")
		})
	}
}
