package web_test

import (
	"net/http"
	"testing"
	"time"

	"tiendo/notify"
)

// Every page of those who see the outbox says that no mail goes, since when, why, and what to do; others see nothing of it.
func TestStalledBanner(t *testing.T) {
	r := newRig(t)
	office, admin := r.signIn(officeEmail), r.signIn(adminEmail)
	r.issue("10/CT-UBND", rigDuty{text: "Báo cáo", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	r.runDue()
	const words = "không thư nào đi được"
	r.clock.add(69 * time.Minute) // held ten minutes, then waiting for less than an hour
	office.get("/inbox").want(http.StatusOK).wantNoText(words)
	r.clock.add(time.Minute)
	r.skew.add(time.Minute)
	claimed := must(r.db.Outbox().Claim(r.ctx(), r.clock.Now(), r.System(), r.System().Add(time.Minute), r.today(), 1))(t)
	claimed[0].NextTry = r.System().Add(time.Hour)
	if err := r.db.Outbox().Release(r.ctx(), claimed, "dial tcp: connection refused"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/inbox", "/outbox", "/documents", "/assignments"} {
		office.get(path).want(http.StatusOK).wantText("Từ 07:10 5/10/2026 "+words, "thư đang chờ", "kiểm tra máy chủ thư", "Xem tình trạng hệ thống", "connection refused")
	}
	if h1 := office.get("/health").want(http.StatusOK).wantText("connection refused", "Xem thư đang chờ").h1(); h1 != "Từ 07:10 5/10/2026 không thư nào đi được; 2 thư đang chờ." {
		t.Errorf("headline of the health page %q", h1)
	}
	for _, path := range []string{"/people", "/outbox", "/health"} {
		admin.get(path).want(http.StatusOK).wantText(words)
	}
	r.signIn(focalEmail).get("/mine").want(http.StatusOK).wantNoText(words)
	r.signIn(leaderEmail).get("/assignments").want(http.StatusOK).wantNoText(words)

	if err := r.db.Outbox().MarkSent(r.ctx(), []int64{claimed[0].ID}, r.clock.Now()); err != nil {
		t.Fatal(err)
	}
	r.skew.add(time.Minute)
	office.get("/inbox").want(http.StatusOK).wantNoText(words)
}

// A single recipient whose server puts mails off is no stand-still.
func TestOnePutOffIsNoStandstill(t *testing.T) {
	r := newRig(t)
	r.issue("10/CT-UBND", rigDuty{text: "Báo cáo", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	r.runDue()
	for _, m := range r.mails() {
		if m.To != focalEmail {
			if err := r.db.Outbox().MarkSent(r.ctx(), []int64{m.ID}, r.clock.Now()); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := r.db.Outbox().MarkRefused(r.ctx(), m, notify.Refusal{Reason: "452 mailbox full", Next: r.System().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	r.clock.add(5 * time.Hour)
	r.signIn(officeEmail).get("/inbox").want(http.StatusOK).wantNoText("không thư nào đi được")
}
