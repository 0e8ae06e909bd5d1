package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// ownPages are about the signed-in person alone: a deputy has his own.
var ownPages = []string{"/login", "/logout", "/account/calendar"}

// deputyEveryRoute asks every route as somebody without any role who acts for the focal point of the lead: as long as that lasts he gets
// what the focal point gets, the day after what he gets himself.
func (sc *scene) deputyEveryRoute(table []row) {
	lead, nobody := slices.Index(visitors, focalEmail), slices.Index(visitors, noRoleEmail)
	must(sc.Accounts.AppointDeputy(sc.ctx(), tasks.System, sc.people[focalEmail].ID, tasks.DeputationInput{
		DeputyID: sc.people[noRoleEmail].ID, From: sc.today(), To: sc.today(), Reason: "Đi công tác", KeepsMails: true,
	}))(sc.t)
	browser := sc.signIn(noRoleEmail)
	ask := func(t *testing.T, as int) {
		for _, row := range table {
			if slices.ContainsFunc(ownPages, func(p string) bool { return strings.HasPrefix(row.path, p) }) {
				continue
			}
			path := sc.path(row.path)
			var p *page
			if row.method == http.MethodGet {
				p = browser.get(path)
			} else {
				p = browser.post(path, row.form)
			}
			if got := answerOf(p); got != row.want[as] {
				t.Errorf("%s %s: %s (status %d, to %q), want %s", row.method, path, got, p.status, p.location, row.want[as])
			}
		}
	}
	sc.t.Run("deputy of the lead's focal point", func(t *testing.T) { ask(t, lead) })
	sc.clock.set(sc.today().AddDays(1).Start(sc.Rules.Location))
	sc.t.Run("deputy the day after", func(t *testing.T) { ask(t, nobody) })
}
