package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// The weekly page is shown in meetings: those who read a restricted duty there are told that it is one, in what asks for a decision and
// among the worst late ones.
func TestTheWeekMarksRestrictedDuties(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("20/CT-UBND", rigDuty{text: "Rà soát hồ sơ nhân sự", leads: []string{"Sở Nội vụ"}, due: "2026-10-07"})
	if err := r.Assignments.Restrict(r.ctx(), r.person(officeEmail), list[0].TaskID, tasks.RestrictInput{Restricted: true, Reason: "Nhân sự"}); err != nil {
		t.Fatal(err)
	}
	r.clock.set(must(time.Parse(time.RFC3339, "2026-11-09T09:00:00+07:00"))(t))
	r.runDue()
	page := r.signIn(leaderEmail).get("/week").want(http.StatusOK).wantText("Rà soát hồ sơ nhân sự")
	if n := strings.Count(page.text(), "Hạn chế"); n != 2 {
		t.Errorf("marked %d times:\n%s", n, page.text())
	}
}
