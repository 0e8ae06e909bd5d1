package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"tiendo/tasks"
)

// A planned change that the directory has overtaken stays planned on its day; the secretariat finds it in its inbox with the reason, and
// carries it out itself when the directory is mended.
func TestAPlannedChangeThatCannotBeCarriedOut(t *testing.T) {
	r := newRig(t)
	r.runDue() // the program has run before
	_, list := r.issue("20/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	office := r.signIn(officeEmail)
	day := r.today().AddDays(1)
	created := office.post("/directory/changes", url.Values{
		"kind": {"merge"}, "day": {day.String()}, "document": {"12/NQ-HĐND"}, "predecessors_text": {"Sở Nội vụ"}, "successors_text": {"Sở Tài chính"},
	}).want(http.StatusSeeOther)
	place := created.location
	office.post(place+"/confirm", created.follow().form(place+"/confirm")).follow().want(http.StatusOK).wantText("Đã xác nhận")
	office.get(place).want(http.StatusOK).wantNoText("Danh mục đã khác")

	save := func(to string) {
		t.Helper()
		a := must(r.Directory.All(r.ctx(), r.people[officeEmail]))(t).Agencies
		i := slices.IndexFunc(a, func(a tasks.Agency) bool { return a.ID == r.agencies["STC"].ID })
		a[i].To = to
		must(r.Directory.SaveAgency(r.ctx(), r.people[officeEmail], a[i]))(t)
	}
	save(r.today().String())
	office.get(place).want(http.StatusOK).wantText("Danh mục đã khác", "“Sở Tài chính” không hoạt động vào ngày ấy", "sẽ thực hiện")
	office.get("/inbox").want(http.StatusOK).wantNoText("chưa thực hiện được")

	r.clock.set(day.Start(r.Rules.Location))
	r.runDue() // no failure of the program
	inbox := office.get("/inbox").want(http.StatusOK).wantText("Thay đổi cơ quan từ ngày", "12/NQ-HĐND", "chưa thực hiện được")
	if !slices.Contains(inbox.links(), place) {
		t.Errorf("the inbox leads to %v", inbox.links())
	}
	r.signIn(leaderEmail).get("/directory/changes").want(http.StatusForbidden)
	office.get("/directory/changes").want(http.StatusOK).wantText("đến ngày, chưa thực hiện được")
	stuck := office.get(place).want(http.StatusOK).wantText("Danh mục đã khác", "chưa thực hiện được")
	again := office.post(place+"/confirm", stuck.form(place+"/confirm")).want(http.StatusUnprocessableEntity).wantText("không hoạt động vào ngày ấy")

	save("")
	office.post(place+"/confirm", again.form(place+"/confirm")).follow().want(http.StatusOK).wantText("Đã thực hiện")
	if got := must(r.Assignments.Get(r.ctx(), tasks.System, list[0].ID))(t).Assignment.Leads; !slices.Equal(got, []int64{r.agencies["STC"].ID}) {
		t.Errorf("led by %v", got)
	}
	office.get("/inbox").want(http.StatusOK).wantNoText("chưa thực hiện được")
}
