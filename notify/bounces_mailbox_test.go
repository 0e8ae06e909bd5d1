package notify_test

import (
	"slices"
	"testing"

	"tiendo/notify"
	"tiendo/notify/dsn"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// An agency's own address is shown as unreachable as a person is: after two days, until a mail arrives or the address is another.
func TestUnreachableMailboxes(t *testing.T) {
	const address = "vanthu@nv.vn"
	set := func(w *world, agency int64, address string) {
		t.Helper()
		_, m, err := w.directory.Mailbox(t.Context(), w.secretariat, agency)
		w.check(err)
		m.Address, m.Issued = address, true
		w.check(w.directory.SetMailbox(t.Context(), w.secretariat, m))
	}
	fails := func(w *world, agency int64, number, at string) {
		t.Helper()
		w.issueTo(agency, number, at)
		w.reported(w.newest(tasks.NoticeIssued, address), dsn.Failed, "5.2.2", "552 5.2.2 Hộp thư đầy")
	}
	for _, tt := range []struct {
		name string
		do   func(w *world, agency int64)
		want bool // shown still
	}{
		{"nothing", func(*world, int64) {}, true},
		{"a delivery", func(w *world, agency int64) {
			w.issueTo(agency, "3/CT-UBND", "2026-10-07 08:00")
			w.reported(w.newest(tasks.NoticeIssued, address), dsn.Delivered, "2.0.0", "")
		}, false},
		{"a delivery of what went before", func(w *world, agency int64) {
			mails := w.mails(tasks.NoticeIssued)
			i := slices.IndexFunc(mails, func(m notify.Mail) bool { return m.To == address })
			w.reported(mails[i], dsn.Delivered, "2.0.0", "")
		}, true},
		{"another address", func(w *world, agency int64) { set(w, agency, "moi@nv.vn") }, false},
		{"no address", func(w *world, agency int64) {
			_, m, err := w.directory.Mailbox(t.Context(), w.secretariat, agency)
			w.check(err)
			m.Address = ""
			w.check(w.directory.SetMailbox(t.Context(), w.secretariat, m))
		}, false},
		{"a mail that went five days ago", func(w *world, agency int64) {
			w.issueTo(agency, "3/CT-UBND", "2026-10-07 08:00")
			w.business.set(w.at("2026-10-12 08:00"))
		}, true},
		{"a mail that went six days ago", func(w *world, agency int64) {
			w.issueTo(agency, "3/CT-UBND", "2026-10-07 08:00")
			w.business.set(w.at("2026-10-13 09:00"))
		}, false},
		{"a month", func(w *world, _ int64) { w.business.set(w.at("2026-11-06 09:00")) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 07:00")
			agency, other := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			w.person("Lê Thị An", "an@nv.vn", focal(agency))
			set(w, agency, address)
			set(w, other, "vanthu@tc.vn")
			shown := func() bool {
				t.Helper()
				_, err := w.bounces().Settle(t.Context())
				w.check(err)
				list, err := w.bounces().Mailboxes(t.Context(), w.secretariat)
				w.check(err)
				_, of := list[agency]
				if len(list) > 1 || len(list) == 1 && !of {
					t.Errorf("shown are %v", list)
				}
				return of
			}
			fails(w, agency, "1/CT-UBND", "2026-10-05 08:00")
			fails(w, agency, "1b/CT-UBND", "2026-10-05 09:00")
			if shown() {
				t.Error("one day is enough")
			}
			fails(w, agency, "2/CT-UBND", "2026-10-06 08:00")
			if !shown() {
				t.Error("two days are not enough")
			}
			if list, err := w.bounces().OfMailbox(t.Context(), w.secretariat, agency, 2); err != nil || len(list) != 2 || list[0].Address != address || list[0].Words != "552 5.2.2 Hộp thư đầy" {
				t.Errorf("came back %+v, %v", list, err)
			}
			if list, err := w.bounces().OfMailbox(t.Context(), w.secretariat, other, 2); err != nil || len(list) != 0 {
				t.Errorf("of another agency came back %+v, %v", list, err)
			}
			tt.do(w, agency)
			if got := shown(); got != tt.want {
				t.Errorf("shown %v, want %v", got, tt.want)
			}
		})
	}
	w := newWorld(t, "2026-10-05 07:00")
	an := w.person("Lê Thị An", "an@nv.vn", focal(w.agency("Sở Nội vụ", directory.KindDepartment)))
	if _, err := w.bounces().Mailboxes(t.Context(), an); tasks.CodeOf(err) != tasks.CodeForbidden {
		t.Errorf("a focal point: %v", err)
	}
	if _, err := w.bounces().OfMailbox(t.Context(), an, 1, 9); tasks.CodeOf(err) != tasks.CodeForbidden {
		t.Errorf("a focal point: %v", err)
	}
}
