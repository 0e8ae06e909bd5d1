package web_test

import (
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"

	"tiendo/web"
)

// Mails are composed after what people change, not after each sign of life of an open page.
func TestASignOfLifeChangesNothing(t *testing.T) {
	var changed atomic.Int64
	r := newRig(t, func(s *web.Server) { s.Changed = func() { changed.Add(1) } })
	doc := r.importDocument("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	c := r.signIn(officeEmail)
	base := "/documents/" + text(doc.ID)
	before := changed.Load()
	c.post(base+"/here", url.Values{"step": {"0"}}).want(http.StatusOK)
	if n := changed.Load() - before; n != 0 {
		t.Errorf("a sign of life counts as %d changes", n)
	}
	c.post(base+"/head", c.get(base+"/review").form(base+"/head")).want(http.StatusSeeOther)
	if n := changed.Load() - before; n != 1 {
		t.Errorf("a change counts as %d", n)
	}
}
