package notify_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// counting counts transactions that write, and what is read of duties in them.
type counting struct {
	notify.ComposeStore
	writes, reads int
}

func (c *counting) Update(ctx context.Context, fn func(notify.ComposeTx) error) error {
	c.writes++
	return c.ComposeStore.Update(ctx, func(tx notify.ComposeTx) error { return fn(countingTx{tx, c}) })
}

type countingTx struct {
	notify.ComposeTx
	*counting
}

func (tx countingTx) AssignmentRows(ids []int64) ([]tasks.AssignmentRow, error) {
	tx.reads++
	return tx.ComposeTx.AssignmentRows(ids)
}

// Colleagues' mails are written in one transaction, and what they are told is read once for all.
func TestColleaguesAreToldTogether(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	for i := range 3 {
		w.person("Lê An", fmt.Sprintf("an%d@nv.vn", i), focal(interior))
		w.person("Trần Bình", fmt.Sprintf("binh%d@tc.vn", i), focal(finance))
	}
	w.stepTo("2026-10-05 07:30")
	w.issue("10/CT-UBND",
		duty{text: "Việc của Sở Nội vụ", due: "2026-10-15", leads: []int64{interior}},
		duty{text: "Việc của Sở Tài chính", due: "2026-10-15", leads: []int64{finance}},
	)
	set, err := templates.Load(templates.InZone(w.rules.Location))
	w.check(err)
	seen := &counting{ComposeStore: w.db.Compose()}
	composer, err := notify.NewComposer(seen, set, w.rules, notify.Settings{BaseURL: baseURL, Province: "tỉnh Mẫu Sơn", FromAddress: w.from, FromName: "tiendo"}, w.random)
	w.check(err)
	w.check(composer.Compose(t.Context(), w.business.now()))
	mails := w.mails(tasks.NoticeIssued)
	if len(mails) != 6 || seen.writes != 1 || seen.reads != 2 {
		t.Errorf("%d mails in %d transactions, duties read %d times; want 6 in one, those of each agency once", len(mails), seen.writes, seen.reads)
	}
	w.business.add(10 * time.Minute)
	w.deliver()
	for _, m := range w.server.all() {
		text, interiors := parse(t, m.body).text, strings.HasSuffix(m.to, "nv.vn")
		if strings.Contains(text, "Việc của Sở Nội vụ") != interiors || strings.Contains(text, "Việc của Sở Tài chính") == interiors {
			t.Errorf("%s is told\n%s", m.to, text)
		}
	}
}

// meddling does something of another instance between what composing has planned and what it writes.
type meddling struct {
	notify.ComposeStore
	meddle func()
}

func (m *meddling) Update(ctx context.Context, fn func(notify.ComposeTx) error) error {
	if do := m.meddle; do != nil {
		m.meddle = nil
		do()
	}
	return m.ComposeStore.Update(ctx, fn)
}

// Somebody whose mail another instance takes back while a colleague's is written is told all the same.
func TestMailTakenBackWhileColleaguesAreTold(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@nv.vn", focal(interior))
	w.stepTo("2026-10-05 07:30")
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior}})
	// As when another instance has told one of them so far.
	w.check(w.db.Compose().Update(t.Context(), func(tx notify.ComposeTx) error {
		open, err := tx.OpenNotices(tasks.NoticeIssued, w.business.now(), 0, 9)
		if err != nil {
			return err
		}
		return tx.InsertMails([]notify.Mail{{Kind: tasks.NoticeIssued, PersonID: an.ID, To: an.Email, MessageID: "<other@nv.vn>", CreatedAt: w.business.now()}},
			[][]int64{{open[0].ID}})
	}))
	other := w.mails(tasks.NoticeIssued)[0].ID
	store := &meddling{ComposeStore: w.db.Compose(), meddle: func() {
		w.check(w.db.Compose().Update(t.Context(), func(tx notify.ComposeTx) error { return tx.Withdraw([]int64{other}) }))
	}}
	set, err := templates.Load(templates.InZone(w.rules.Location))
	w.check(err)
	composer, err := notify.NewComposer(store, set, w.rules, notify.Settings{BaseURL: baseURL, Province: "tỉnh Mẫu Sơn", FromAddress: w.from, FromName: "tiendo"}, w.random)
	w.check(err)
	var told []string
	for range 2 {
		w.check(composer.Compose(t.Context(), w.business.now()))
		told = nil
		for _, m := range w.mails(tasks.NoticeIssued) {
			if m.State == notify.MailWaiting {
				told = append(told, m.To)
			}
		}
	}
	equal(t, "told in the end", told, "binh@nv.vn", "an@nv.vn")
}
