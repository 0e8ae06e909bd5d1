package notify_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// appoint lets the deputy act for the person on the days.
func (w *world) appoint(person, deputy tasks.Person, from, to string, keeps bool) tasks.Deputation {
	w.t.Helper()
	d, err := w.accounts.AppointDeputy(w.t.Context(), tasks.System, person.ID, tasks.DeputationInput{
		DeputyID: deputy.ID, From: calendar.MustParseDate(from), To: calendar.MustParseDate(to), Reason: "Đi công tác", KeepsMails: keeps,
	})
	w.check(err)
	return d
}

// gotten lists the mails that reached an address, each by its kind and whether it says for whom it was, in order.
func (w *world) gotten(address, inPlace string) []string {
	w.t.Helper()
	var out []string
	for _, m := range w.server.all() {
		p := parse(w.t, m.body)
		if !strings.Contains(p.to, "<"+address+">") {
			continue
		}
		kind, says := p.kind, strings.Contains(p.text, inPlace)
		if inPlace == "" {
			says = strings.Contains(p.text, "nhận thư này thay")
		}
		if says {
			kind += "*"
		}
		if says != strings.Contains(p.html, "nhận thư này thay") {
			w.t.Errorf("text and HTML differ in whether they say for whom:\n%s", p.text)
		}
		out = append(out, kind)
	}
	return out
}

// A deputy gets the other's mails of every kind while it lasts, each saying for whom and for how long; the other still gets his, or none.
func TestDeputyGetsTheMails(t *testing.T) {
	for _, c := range []struct {
		name  string
		keeps bool
	}{
		{"both get them", true},
		{"the deputy alone", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			binh := w.person("Ngô Bình", "binh@tc.vn", focal(finance))
			w.appoint(an, binh, "2026-10-05", "2026-10-16", c.keeps)
			_, list := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior}})
			w.stepTo("2026-10-06 08:00")
			w.submit(an, list[0].ID)
			w.check(w.assignments.Return(t.Context(), w.secretariat, list[0].ID, 0, "Thiếu phụ lục"))
			w.stepTo("2026-10-16 23:00")
			const line = "Ông/bà nhận thư này thay Lê An, từ 5/10/2026 đến hết 16/10/2026."
			theirs := w.gotten("binh@tc.vn", line)
			for _, kind := range []string{"issued*", "event*", "reminder*", "rollup*"} {
				if !slices.Contains(theirs, kind) {
					t.Errorf("the deputy got %v, want one of %s", theirs, kind)
				}
			}
			own := w.gotten("an@nv.vn", "")
			if c.keeps && len(own) != len(theirs) || !c.keeps && len(own) != 0 {
				t.Errorf("who is away got %v, his deputy %v", own, theirs)
			}
			w.stepTo("2026-10-20 12:00")
			if again := w.gotten("binh@tc.vn", line); len(again) != len(theirs) {
				t.Errorf("behind the last day the deputy got %v", again[len(theirs):])
			}
			if got := w.gotten("an@nv.vn", ""); len(got) <= len(own) || slices.ContainsFunc(got, func(k string) bool { return strings.HasSuffix(k, "*") }) {
				t.Errorf("behind the last day who was away got %v after %v", got, own)
			}
		})
	}
}

// Who is told the same by a right of his own gets one mail, as himself. A link to set a password is nobody else's.
func TestDeputyIsToldOnce(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	binh := w.person("Ngô Bình", "binh@nv.vn", focal(interior))
	w.appoint(an, binh, "2026-10-05", "2026-10-16", false)
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	_, err := w.accounts.Invite(t.Context(), tasks.System, an.ID)
	w.check(err)
	w.stepTo("2026-10-06 12:00")
	if got := w.gotten("binh@nv.vn", ""); !slices.Equal(got, []string{"issued"}) {
		t.Errorf("the deputy got %v", got)
	}
	if got := w.gotten("an@nv.vn", ""); !slices.Equal(got, []string{"account"}) {
		t.Errorf("who is away got %v", got)
	}
}

// A leader's deputy gets his digest, with what is in the leader's own charge.
func TestDeputyGetsTheDigest(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	chairman := w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	secretary := w.person("Thư Ký", "tk@mauson.vn", tasks.Grant{Role: tasks.RoleSecretariat})
	id, _ := w.issue("10/CT-UBND", duty{text: "Việc của Chủ tịch", due: "2026-10-07", leads: []int64{interior}})
	w.check(w.documents.SetFollowers(t.Context(), w.secretariat, id, 0, tasks.Followers{Leader: chairman.ID}))
	w.appoint(chairman, secretary, "2026-10-12", "2026-10-16", true)
	w.stepTo("2026-10-12 12:00")
	found := false
	for _, m := range w.server.all() {
		p := parse(t, m.body)
		if p.kind == "digest" && strings.Contains(p.to, "<tk@mauson.vn>") {
			found = strings.Contains(p.text, "đồng chí phụ trách (1)") && strings.Contains(p.text, "nhận thư này thay Chủ Tịch")
		}
	}
	if !found {
		t.Error("the deputy has no digest with the leader's own duties")
	}
}

// What waits for a deputy whose time is over, or was ended, goes to whom it is for then.
func TestMailsOfAFormerDeputyAreTakenBack(t *testing.T) {
	for _, c := range []struct {
		name, to string
		end      func(w *world, d tasks.Deputation, an, binh tasks.Person)
	}{
		{"its last day is over", "2026-10-05", func(w *world, _ tasks.Deputation, _, _ tasks.Person) {}},
		{"it was ended", "2026-10-30", func(w *world, d tasks.Deputation, _, _ tasks.Person) {
			_, err := w.accounts.EndDeputation(w.t.Context(), tasks.System, d.ID, 0)
			w.check(err)
		}},
		{"the deputy was disabled", "2026-10-30", func(w *world, _ tasks.Deputation, _, binh tasks.Person) {
			binh.Active = false
			_, err := w.accounts.SavePerson(w.t.Context(), tasks.System, binh)
			w.check(err)
		}},
		{"the agency is his no more", "2026-10-30", func(w *world, _ tasks.Deputation, an, _ tasks.Person) {
			other := w.person("Hà Chi", "chi@nv.vn", head(an.Grants[0].AgencyID))
			an.Grants = []tasks.Grant{{Role: tasks.RoleSecretariat}}
			_, err := w.accounts.SavePersonWith(w.t.Context(), tasks.System, an, tasks.Successors{Focal: other.ID})
			w.check(err)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 23:55")
			interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			binh := w.person("Ngô Bình", "binh@tc.vn", focal(finance))
			d := w.appoint(an, binh, "2026-10-05", c.to, false)
			w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
			w.runDue("2026-10-05 23:56") // held for ten minutes
			if got := w.fateOf("binh@tc.vn"); !slices.Equal(got, []string{"waiting"}) {
				t.Fatalf("composed for the deputy: %v", got)
			}
			c.end(w, d, an, binh)
			w.stepTo("2026-10-06 12:00")
			if got := w.gotten("binh@tc.vn", ""); len(got) != 0 {
				t.Errorf("the former deputy got %v", got)
			}
			to := "an@nv.vn"
			if c.name == "the agency is his no more" {
				to = "chi@nv.vn"
			}
			if got := w.gotten(to, ""); !slices.Contains(got, "issued") {
				t.Errorf("%s got %v", to, got)
			}
		})
	}
}

// What waits for somebody when his deputy takes over goes to the deputy.
func TestWaitingMailsGoToTheDeputy(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	binh := w.person("Ngô Bình", "binh@tc.vn", focal(finance))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	w.runDue("2026-10-05 09:31")
	w.appoint(an, binh, "2026-10-05", "2026-10-09", false)
	w.stepTo("2026-10-05 12:00")
	if got := w.gotten("binh@tc.vn", ""); !slices.Equal(got, []string{"issued*"}) {
		t.Errorf("the deputy got %v", got)
	}
	if got := w.gotten("an@nv.vn", ""); len(got) != 0 {
		t.Errorf("who is away got %v", got)
	}
}
