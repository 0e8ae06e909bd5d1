package notify_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// fateOf lists what became of the mails to an address, the oldest first.
func (w *world) fateOf(address string) []string {
	w.t.Helper()
	var states []string
	for _, kind := range []tasks.NoticeKind{tasks.NoticeIssued, tasks.NoticeEvent, tasks.NoticeReminder, tasks.NoticeRollUp} {
		for _, m := range w.mails(kind) {
			if m.To == address {
				states = append(states, string(m.State))
			}
		}
	}
	return states
}

// What waits for somebody who is disabled goes to his successor instead; nothing more goes to him.
func TestMailsOfWhoLeavesGoToHisSuccessor(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*tasks.Person)
	}{
		{"disabled", func(p *tasks.Person) { p.Active = false }},
		{"without the agency", func(p *tasks.Person) { p.Grants = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			interior := w.agency("Sở Nội vụ", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			binh := w.person("Ngô Bình", "binh@nv.vn", head(interior))
			w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
			w.runDue("2026-10-05 09:31")
			if got := w.fateOf("an@nv.vn"); !slices.Equal(got, []string{"waiting"}) {
				t.Fatalf("before: %v", got)
			}
			c.change(&an)
			_, err := w.accounts.SavePersonWith(t.Context(), tasks.System, an, tasks.Successors{Focal: binh.ID})
			w.check(err)
			w.stepTo("2026-10-05 12:00")
			equal(t, "taken back", w.fateOf("an@nv.vn"), "expired")
			equal(t, "to the successor", w.fateOf("binh@nv.vn"), "sent")
			for _, m := range w.server.all() {
				if strings.Contains(parse(t, m.body).to, "an@nv.vn") {
					t.Error("he was written to")
				}
			}
		})
	}
}

// Who takes over from a colleague while the server is away has one mail of the day, with what he took over.
func TestHeirIsRemindedOfAllInOneMail(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an, binh := w.person("Lê An", "an@nv.vn", focal(interior)), w.person("Ngô Bình", "binh@tc.vn", focal(finance))
	w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-10-15", leads: []int64{finance}},
	)
	w.stepTo("2026-10-05 12:00")
	w.server.stop()
	w.stepTo("2026-10-15 08:30")
	an.Active = false
	_, err := w.accounts.SavePersonWith(t.Context(), tasks.System, an, tasks.Successors{Focal: binh.ID})
	w.check(err)
	w.runDue("2026-10-15 09:00")
	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.stepTo("2026-10-15 18:00")
	equal(t, "sent", reminders(t, server), "reminder binh@tc.vn: Sở Nội vụ, Sở Tài chính có 2 việc cần hoàn thành hôm nay")
}

// An agency's own address gets copies of what it chose, without links; its focal points get theirs as before.
func TestMailboxGetsCopies(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	finance := w.agency("Sở Tài chính", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.check(w.directory.SetMailbox(ctx, w.secretariat, tasks.Mailbox{AgencyID: interior, Address: "VanThu@nv.vn", Issued: true, Overdue: true}))
	w.check(w.directory.SetMailbox(ctx, w.secretariat, tasks.Mailbox{AgencyID: finance, Address: "vanthu@tc.vn", Overdue: true}))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior, finance}})
	w.stepTo("2026-10-05 12:00")
	equal(t, "issued", w.fateOf("vanthu@nv.vn"), "sent")
	equal(t, "not chosen", w.fateOf("vanthu@tc.vn"))
	equal(t, "the focal point's own", w.fateOf("an@nv.vn"), "sent")
	w.stepTo("2026-10-15 23:00")
	if n := len(w.fateOf("vanthu@nv.vn")); n != 1 {
		t.Errorf("%d mails before the duty is overdue, want one", n)
	}
	w.stepTo("2026-10-16 12:00")
	for _, address := range []string{"vanthu@nv.vn", "vanthu@tc.vn"} {
		found := false
		for _, m := range w.server.all() {
			p := parse(t, m.body)
			if !strings.Contains(p.to, address) {
				continue
			}
			if strings.Contains(p.html, "href=") || strings.Contains(p.text, baseURL) {
				t.Errorf("the %s mail to %s has links:\n%s", p.kind, address, p.text)
			}
			if !strings.Contains(p.text, "Kính gửi văn thư") || !strings.Contains(p.text, "Việc một") {
				t.Errorf("the %s mail to %s:\n%s", p.kind, address, p.text)
			}
			found = found || p.kind == "reminder" && strings.Contains(p.text, "QUÁ HẠN")
		}
		if !found {
			t.Errorf("%s was not told that it is overdue", address)
		}
	}
}

// A copy to the mailbox alone tells nobody who answers: whoever becomes focal point later is told.
func TestMailboxAloneReachesNobody(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.check(w.directory.SetMailbox(t.Context(), w.secretariat, tasks.Mailbox{AgencyID: interior, Address: "vanthu@nv.vn", Issued: true}))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	w.stepTo("2026-10-06 12:00")
	equal(t, "the copy", w.fateOf("vanthu@nv.vn"), "sent")
	unreached, err := w.outbox.Unreached(t.Context(), w.secretariat)
	w.check(err)
	if len(unreached) != 1 {
		t.Errorf("%d notices that nobody could receive, want one", len(unreached))
	}
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.stepTo("2026-10-06 14:00")
	equal(t, "the focal point", w.fateOf("an@nv.vn"), "sent")
	equal(t, "no second copy", w.fateOf("vanthu@nv.vn"), "sent")
}

// A leader's digest begins with what is overdue in his own charge.
func TestDigestBeginsWithTheLeadersOwn(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	chairman := w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.person("Phó Chủ Tịch", "pct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	id, _ := w.issue("10/CT-UBND", duty{text: "Việc của Chủ tịch", due: "2026-10-07", leads: []int64{interior}})
	w.check(w.documents.SetFollowers(t.Context(), w.secretariat, id, 0, tasks.Followers{Leader: chairman.ID}))
	w.issue("11/CT-UBND", duty{text: "Việc khác", due: "2026-10-07", leads: []int64{interior}})
	w.stepTo("2026-10-12 12:00")
	const own = "Quá hạn trong lĩnh vực đồng chí phụ trách (1)"
	seen := 0
	for _, m := range w.server.all() {
		p := parse(t, m.body)
		if p.kind != "digest" {
			continue
		}
		// The first is of the start's own Monday, before anything was late.
		has, mine := strings.Contains(p.text, own), strings.Contains(p.to, "<ct@")
		if has != strings.Contains(p.html, own) || has && !mine {
			t.Errorf("the digest to %s:\n%s", p.to, p.text)
		}
		if has {
			seen++
			if i, j := strings.Index(p.text, "Việc của Chủ tịch"), strings.Index(p.text, "Việc khác"); i < 0 || i > j {
				t.Errorf("his own does not come first:\n%s", p.text)
			}
		}
	}
	if seen != 1 {
		t.Errorf("%d digests tell of his own, want one", seen)
	}
}
