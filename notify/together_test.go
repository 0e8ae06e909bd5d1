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
