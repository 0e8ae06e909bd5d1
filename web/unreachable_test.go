package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/dsn"
)

// sendAll takes every mail that may go as sent.
func (r *rig) sendAll() {
	r.t.Helper()
	out := r.db.Outbox()
	for {
		claimed := must(out.Claim(r.ctx(), r.clock.Now(), time.Now(), time.Now().Add(time.Minute), r.today(), 50))(r.t)
		if len(claimed) == 0 {
			return
		}
		var ids []int64
		for _, m := range claimed {
			ids = append(ids, m.ID)
		}
		r.did(out.MarkSent(r.ctx(), ids, r.clock.Now()))
	}
}

// sentTo is the newest mail to the address.
func (r *rig) sentTo(email string) notify.Mail {
	r.t.Helper()
	var newest notify.Mail
	for _, m := range r.mails() {
		if m.To == email && m.ID > newest.ID {
			newest = m
		}
	}
	if newest.ID == 0 {
		r.t.Fatalf("no mail to %s", email)
	}
	return newest
}

func (r *rig) comesBack(m notify.Mail) {
	r.t.Helper()
	must(r.Bounces.Take(r.ctx(), dsn.Report{
		MessageIDs: []string{m.MessageID}, Recipients: []dsn.Recipient{{Final: m.To, Action: dsn.Failed, Status: "5.1.1", Words: "550 5.1.1 <không có> người này"}},
	}))(r.t)
}

func TestUnreachablePeople(t *testing.T) {
	r := newRig(t)
	admin, office := r.signIn(adminEmail), r.signIn(officeEmail)
	_, a := r.issue("10/CT-UBND", rigDuty{text: "Báo cáo kết quả rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-11-16"})
	path := fmt.Sprintf("/assignments/%d", a[0].ID)
	r.runDue()
	office.get("/assignments?reached=no").wantNoText("rà soát thủ tục") // its mails are on their way
	office.get(path).wantText("Ai đã được báo", focalEmail, "Nguyễn Thị Đầu (Sở Nội vụ)").wantNoText("Chưa ai ở Sở Nội vụ nhận được thư")
	r.clock.add(time.Hour)
	r.sendAll()
	first := r.sentTo(focalEmail)
	r.comesBack(first)
	office.get("/assignments?reached=no").wantNoText("rà soát thủ tục") // another focal point has it
	r.comesBack(r.sentTo(standingEmail))
	person := r.personHref(focalEmail)
	office.get("/people?show=unreachable").wantNoText("Nguyễn Thị Đầu")
	office.get(person).wantText("Thư bị trả lại", "550 5.1.1 <không có> người này").wantNoText("Thư đã tới được")

	// Nobody of the agency has it; who leads another does not learn of it, and the agency itself of its own alone.
	office.get("/assignments?reached=no").wantText("rà soát thủ tục", "Thư giao việc: Có cơ quan chưa ai nhận được")
	office.get("/assignments.xlsx?reached=no").want(http.StatusOK)
	p := office.get(path).wantText("Chưa ai ở Sở Nội vụ nhận được thư giao việc: thư bị trả lại", "Bị trả lại", focalEmail)
	p.wantNoText("Chưa ai ở Sở Tài chính")
	r.signIn(focalEmail).get(path).wantText("Chưa ai ở Sở Nội vụ nhận được thư giao việc", "Nguyễn Thị Đầu (Sở Nội vụ)").wantNoText("Hoàng Văn Tài", "550 5.1.1")
	r.signIn(otherEmail).get(path).wantText("Hoàng Văn Tài (Sở Tài chính)").wantNoText("Chưa ai ở", "Nguyễn Thị Đầu (")
	r.signIn(leaderEmail).get(path).wantText("Chưa ai ở Sở Nội vụ nhận được thư giao việc", "Nguyễn Thị Đầu (Sở Nội vụ)").wantNoText(focalEmail, "550 5.1.1")
	r.signIn(otherEmail).get("/assignments?reached=no").wantText("rà soát thủ tục") // the filter is not theirs

	// Tried again, and back on another day.
	retry := fmt.Sprintf("/outbox/%d/retry", first.ID)
	list := office.get("/outbox?state=bounced").wantText("Bị trả lại", "550 5.1.1")
	office.post(retry, list.form(retry)).follow()
	r.clock.add(24 * time.Hour)
	r.sendAll()
	r.comesBack(r.sentTo(focalEmail))
	office.get("/people").wantText("Thư bị trả lại")
	office.get("/outbox").wantText("1 người không nhận được thư: thư gửi tới bị trả lại")
	office.get("/people?show=unreachable").wantText("Nguyễn Thị Đầu").wantNoText("Hoàng Văn Tài")
	admin.get("/people.xlsx?show=unreachable").want(http.StatusOK)
	reach := person + "/reachable"
	p = admin.get(person).wantText("Thư gửi tới người này bị trả lại, từ", "Thư đã tới được")
	r.signIn(focalEmail).post(reach, url.Values{}).want(http.StatusForbidden)
	admin.post(reach, p.form(reach)).wantRedirect(person).follow().wantText("thư tới được người này", "Thư bị trả lại").wantNoText("Thư đã tới được")
	office.get("/people?show=unreachable").wantNoText("Nguyễn Thị Đầu")
	admin.post("/people/99999/reachable", url.Values{}).want(http.StatusNotFound)
	office.get("/audit").wantText("ghi nhận thư tới được người này", "ghi nhận thư gửi tới người này bị trả lại")
}
