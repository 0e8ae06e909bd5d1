package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/dsn"
	"tiendo/tasks"
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

// An agency's own address from which mails come back is marked where agencies are looked after.
func TestUnreachableMailbox(t *testing.T) {
	r := newRig(t)
	office, admin := r.signIn(officeEmail), r.signIn(adminEmail)
	agency := r.agencies["SNV"].ID
	const address = "vanthu.snv@mauson.example"
	r.did(r.Directory.SetMailbox(r.ctx(), r.person(officeEmail), tasks.Mailbox{AgencyID: agency, Address: address, Issued: true}))
	const mark, since = "Hộp thư văn thư: thư bị trả lại", "Thư gửi tới hộp thư văn thư của cơ quan bị trả lại, từ 09:00 5/10/2026"
	page := "/directory/agencies/" + text(agency)
	for i := range 2 {
		r.issue(fmt.Sprintf("%d/CT-UBND", i+1), rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
		r.clock.add(time.Hour)
		r.runDue()
		r.clock.add(time.Hour)
		r.sendAll()
		office.get("/directory").wantNoText(mark)
		office.get(page).wantNoText(since)
		r.comesBack(r.sentTo(address))
		office.get(page).wantText(address, "550 5.1.1 <không có> người này")
		r.clock.add(22 * time.Hour)
	}
	for _, c := range []*client{office, admin} {
		if got := strings.Count(c.get("/directory").wantText(mark).text(), mark); got != 1 {
			t.Errorf("%d agencies are marked", got)
		}
		c.get(page).wantText(since)
		c.get(page+"/mailbox").wantText(since, "550 5.1.1")
		if rowWith(c.get("/directory.xlsx").workbook(), mark) == nil {
			t.Error("the workbook does not say so")
		}
	}
	form := office.get(page + "/mailbox").form(page + "/mailbox")
	form.Set("address", "moi.snv@mauson.example")
	office.post(page+"/mailbox", form).want(http.StatusSeeOther)
	office.get("/directory").wantNoText(mark)
	office.get(page).wantNoText("bị trả lại")
}
