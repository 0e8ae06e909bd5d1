package tasks_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

const goodPassword = "mật khẩu đủ dài"

func (r *rig) password(p tasks.Person, password string) {
	r.t.Helper()
	check(r.t, r.accounts.SetPassword(r.t.Context(), tasks.System, p.ID, password))
}

func TestSignIn(t *testing.T) {
	r := newRig(t)
	r.password(r.focal, goodPassword)
	r.password(r.other, goodPassword)
	off := must(r.accounts.Person(t.Context(), r.admin, r.other.ID))(t)
	off.Active = false
	must(r.accounts.SavePerson(t.Context(), r.admin, off))(t)
	for name, c := range map[string]struct {
		email, password string
		ok              bool
	}{
		"right":             {r.focal.Email, goodPassword, true},
		"typed differently": {" LAN@MauSon.gov.vn\t", goodPassword, true},
		"wrong":             {r.focal.Email, goodPassword + "x", false},
		"empty":             {r.focal.Email, "", false},
		"unknown":           {"khong@mauson.gov.vn", goodPassword, false},
		"disabled":          {r.other.Email, goodPassword, false},
		"never set":         {r.head.Email, "", false},
		"huge":              {r.focal.Email, strings.Repeat("x", 1<<20), false},
		"no address":        {"", goodPassword, false},
		"octets":            {"\x00\xff", goodPassword, false},
	} {
		p, err := r.accounts.SignIn(t.Context(), c.email, c.password)
		if c.ok {
			if err != nil || p.ID != r.focal.ID {
				t.Errorf("%s: %v, %v", name, p, err)
			}
			continue
		}
		var e *tasks.Error
		if !errors.As(err, &e) || e.Code != tasks.CodeUnauthenticated || e.Key != "sign_in.wrong" || err.Error() != "unauthenticated: sign_in.wrong" {
			t.Errorf("%s: %v", name, err)
		}
		if p.ID != 0 {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestWhatEndsSessions(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(r *rig, p tasks.Person) error
		ends bool
	}{
		"nothing": {func(*rig, tasks.Person) error { return nil }, false},
		"a new telephone": {func(r *rig, p tasks.Person) error {
			p.Phone = "0901"
			_, err := r.accounts.SavePerson(t.Context(), r.admin, p)
			return err
		}, false},
		"a grant": {func(r *rig, p tasks.Person) error {
			p.Grants = append(slices.Clone(p.Grants), focalOf(r.syt))
			_, err := r.accounts.SavePerson(t.Context(), r.admin, p)
			return err
		}, true},
		"disabled": {func(r *rig, p tasks.Person) error {
			p.Active = false
			_, err := r.accounts.SavePerson(t.Context(), r.admin, p)
			return err
		}, true},
		"a new address": {func(r *rig, p tasks.Person) error {
			p.Email = "lan2@mauson.gov.vn"
			_, err := r.accounts.SavePerson(t.Context(), r.admin, p)
			return err
		}, true},
		"a new password": {func(r *rig, p tasks.Person) error {
			_, err := r.accounts.ChangePassword(t.Context(), p, goodPassword, goodPassword+"2")
			return err
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.password(r.focal, goodPassword)
			p := must(r.accounts.SignIn(t.Context(), r.focal.Email, goodPassword))(t)
			check(t, c.do(r, p))
			_, err := r.accounts.Current(t.Context(), p.ID, p.Epoch)
			if !c.ends {
				check(t, err)
			} else {
				refused(t, err, tasks.CodeUnauthenticated, "error.sign_in")
			}
		})
	}
	r := newRig(t)
	_, err := r.accounts.Current(t.Context(), 4711, 0)
	refused(t, err, tasks.CodeUnauthenticated, "")
}

func TestChangePassword(t *testing.T) {
	r := newRig(t)
	r.password(r.focal, goodPassword)
	for name, c := range map[string]struct{ old, next, key string }{
		"wrong": {"không phải", goodPassword, "password.wrong"}, "short": {goodPassword, "ngắn quá", "password.too_short"},
		"long": {goodPassword, strings.Repeat("ữ", tasks.MaxPassword+1), "field.too_long"},
	} {
		_, err := r.accounts.ChangePassword(t.Context(), r.focal, c.old, c.next)
		if refused(t, err, tasks.CodeInvalid, c.key); t.Failed() {
			t.Fatal(name)
		}
	}
	p := must(r.accounts.ChangePassword(t.Context(), r.focal, goodPassword, strings.Repeat("ữ", tasks.MaxPassword)))(t)
	must(r.accounts.Current(t.Context(), p.ID, p.Epoch))(t)
	must(r.accounts.SignIn(t.Context(), p.Email, strings.Repeat("ữ", tasks.MaxPassword)))(t)
	_, err := r.accounts.SignIn(t.Context(), p.Email, goodPassword)
	refused(t, err, tasks.CodeUnauthenticated, "")
	for _, who := range []tasks.Person{r.admin, r.focal, {}} {
		refused(t, r.accounts.SetPassword(t.Context(), who, r.focal.ID, goodPassword), tasks.CodeForbidden, "")
		_, err := r.accounts.AddWithPassword(t.Context(), who, tasks.Person{Name: "X", Email: "x@y.vn", Active: true}, "ngắn")
		refused(t, err, tasks.CodeForbidden, "")
	}
	// A password that is refused leaves no person behind, and nobody who exists gets another's password this way.
	_, err = r.accounts.AddWithPassword(t.Context(), tasks.System, tasks.Person{Name: "X", Email: "x@y.vn", Active: true}, "ngắn")
	refused(t, err, tasks.CodeInvalid, "password.too_short")
	if page := must(r.accounts.People(t.Context(), r.admin, tasks.PersonQuery{Words: "x"}))(t); page.Total != 0 {
		t.Errorf("people %+v", page.Rows)
	}
	added := must(r.accounts.AddWithPassword(t.Context(), tasks.System, tasks.Person{Name: "X", Email: "x@y.vn", Active: true}, goodPassword))(t)
	if got := must(r.accounts.SignIn(t.Context(), "x@y.vn", goodPassword))(t); got.ID != added.ID || got.Version != added.Version {
		t.Errorf("%+v, want %+v", got, added)
	}
}

// secret is that of the newest account notice.
func (r *rig) secret() string {
	r.t.Helper()
	n := r.notices(tasks.NoticeAccount)
	if len(n) == 0 {
		r.t.Fatal("no link was sent")
	}
	return slices.MaxFunc(n, func(a, b tasks.Notice) int { return int(a.ID - b.ID) }).Payload
}

func TestOneTimeLinks(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	reset := func() string { check(t, r.accounts.RequestReset(ctx, " Lan@mauson.gov.vn")); return r.secret() }
	invite := func() string { return must(r.accounts.Invite(ctx, r.admin, r.focal.ID))(t) }
	for name, c := range map[string]struct {
		link      func() string
		meanwhile func()
		ok        bool
	}{
		"a reset at once":            {reset, func() {}, true},
		"a reset just in time":       {reset, func() { r.system.at = r.system.at.Add(tasks.ResetLife - time.Second) }, true},
		"a reset too late":           {reset, func() { r.system.at = r.system.at.Add(tasks.ResetLife) }, false},
		"an invitation just in time": {invite, func() { r.system.at = r.system.at.Add(tasks.InvitationLife - time.Second) }, true},
		"an invitation too late":     {invite, func() { r.system.at = r.system.at.Add(tasks.InvitationLife) }, false},
		"a year of business time":    {reset, func() { r.business.at = r.business.at.AddDate(1, 0, 0) }, true},
		"a new link ends the old":    {invite, func() { invite() }, false},
		"a reset ends an invitation": {invite, func() { reset() }, false},
		"looked at by a scanner": {invite, func() {
			check(t, r.accounts.RequestReset(ctx, r.other.Email)) // another's link ends nothing
			must(r.accounts.TokenOwner(ctx, r.secret()))(t)
		}, true},
		"a new password ends it": {invite, func() { r.password(r.focal, goodPassword) }, false},
		"disabled": {invite, func() {
			p := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
			p.Active = false
			must(r.accounts.SavePerson(ctx, r.admin, p))(t)
		}, false},
		"disabled and enabled again": {invite, func() {
			for _, active := range []bool{false, true} {
				p := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
				p.Active = active
				must(r.accounts.SavePerson(ctx, r.admin, p))(t)
			}
		}, false},
		"sent to an address that was wrong": {invite, func() {
			p := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
			p.Email = "lan.dung@mauson.gov.vn"
			must(r.accounts.SavePerson(ctx, r.admin, p))(t)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r = newRig(t)
			link := c.link()
			c.meanwhile()
			owner, err := r.accounts.TokenOwner(ctx, link)
			if c.ok {
				if err != nil || owner.ID != r.focal.ID {
					t.Fatalf("owner %v, %v", owner, err)
				}
				_, err = r.accounts.UseToken(ctx, link, "ngắn")
				refused(t, err, tasks.CodeInvalid, "password.too_short") // and the link still holds
				p := must(r.accounts.UseToken(ctx, link, goodPassword))(t)
				must(r.accounts.Current(ctx, p.ID, p.Epoch))(t)
				must(r.accounts.SignIn(ctx, p.Email, goodPassword))(t)
			} else {
				refused(t, err, tasks.CodeNotFound, "link.used")
			}
			_, err = r.accounts.UseToken(ctx, link, goodPassword)
			refused(t, err, tasks.CodeNotFound, "link.used")
		})
	}
	r = newRig(t)
	for _, secret := range []string{"", "x", strings.Repeat("x", 1<<20), "\x00"} {
		_, err := r.accounts.UseToken(ctx, secret, goodPassword)
		refused(t, err, tasks.CodeNotFound, "link.used")
	}
	// Nobody learns whether an address is known.
	for _, email := range []string{"khong@mauson.gov.vn", "", "\x00\xff"} {
		check(t, r.accounts.RequestReset(ctx, email))
	}
	if got := r.notices(tasks.NoticeAccount); len(got) != 0 {
		t.Errorf("notices %+v", got)
	}
	for _, who := range []tasks.Person{r.secretariat, r.focal, {}} {
		if _, err := r.accounts.Invite(ctx, who, r.focal.ID); err == nil {
			t.Errorf("%s invites", who.Name)
		}
	}
	_, err := r.accounts.Invite(ctx, r.admin, 4711)
	refused(t, err, tasks.CodeNotFound, "")
}

func TestALinkIsUsedOnceByTwoAtOnce(t *testing.T) {
	r := newRig(t)
	link := must(r.accounts.Invite(t.Context(), r.admin, r.focal.ID))(t)
	errs := make(chan error)
	for range 2 {
		go func() { _, err := r.accounts.UseToken(t.Context(), link, goodPassword); errs <- err }()
	}
	if a, b := <-errs, <-errs; (a == nil) == (b == nil) {
		t.Errorf("%v and %v", a, b)
	}
}

func TestPeople(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	good := tasks.Person{Name: "Trần  Thị\tA", Email: " A@MauSon.gov.vn ", Active: true, Grants: []tasks.Grant{focalOf(r.snv), focalOf(r.snv), {Role: tasks.RoleLeader}}}
	p := must(r.accounts.SavePerson(ctx, r.admin, good))(t)
	if p.Name != "Trần Thị A" || p.Email != "a@mauson.gov.vn" || p.Language != "vi" || len(p.Grants) != 2 || !p.CreatedAt.Equal(r.business.at) {
		t.Errorf("person %+v", p)
	}
	if stored := must(r.accounts.Person(ctx, r.admin, p.ID))(t); !slices.Equal(stored.Grants, p.Grants) || stored.Version != p.Version {
		t.Errorf("stored %+v, answered %+v", stored, p)
	}
	for name, c := range map[string]struct {
		change func(*tasks.Person)
		key    string
	}{
		"no name":            {func(p *tasks.Person) { p.Name = "" }, "field.required"},
		"a header in a name": {func(p *tasks.Person) { p.Name = "A\x00Bcc: x" }, "field.not_text"},
		"a long name":        {func(p *tasks.Person) { p.Name = strings.Repeat("ữ", 101) }, "field.too_long"},
		"no address":         {func(p *tasks.Person) { p.Email = "" }, "field.bad_email"},
		"a name as address":  {func(p *tasks.Person) { p.Email = "A <b@mauson.gov.vn>" }, "field.bad_email"},
		"two addresses":      {func(p *tasks.Person) { p.Email = "a@x.vn,b@x.vn" }, "field.bad_email"},
		"not sendable":       {func(p *tasks.Person) { p.Email = "trần@mauson.gov.vn" }, "field.bad_email"},
		"a long address":     {func(p *tasks.Person) { p.Email = strings.Repeat("a", 250) + "@x.vn" }, "field.bad_email"},
		"taken":              {func(p *tasks.Person) { p.Email = "LAN@mauson.gov.vn" }, "person.email_taken"},
		"a language":         {func(p *tasks.Person) { p.Language = "tlh" }, "field.required"},
		"no agency":          {func(p *tasks.Person) { p.Grants = []tasks.Grant{{Role: tasks.RoleFocal}} }, "person.bad_grant"},
		"an agency too many": {func(p *tasks.Person) { p.Grants = []tasks.Grant{{Role: tasks.RoleAdmin, AgencyID: r.snv}} }, "person.bad_grant"},
		"no such role":       {func(p *tasks.Person) { p.Grants = []tasks.Grant{{Role: "king"}} }, "person.bad_grant"},
		"no such agency":     {func(p *tasks.Person) { p.Grants = []tasks.Grant{focalOf(4711)} }, "party.unknown_agency"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, id := range []int64{0, p.ID} {
				in := tasks.Person{ID: id, Name: "B", Email: "b@mauson.gov.vn", Active: true}
				c.change(&in)
				_, err := r.accounts.SavePerson(ctx, r.admin, in)
				refused(t, err, tasks.CodeInvalid, c.key)
				for _, who := range []tasks.Person{r.secretariat, r.focal, r.leader} {
					_, err := r.accounts.SavePerson(ctx, who, in)
					refused(t, err, tasks.CodeForbidden, "")
				}
			}
		})
	}
	_, err := r.accounts.SavePerson(ctx, r.admin, tasks.Person{ID: 4711, Name: "B", Email: "b@mauson.gov.vn"})
	refused(t, err, tasks.CodeNotFound, "")
	p.Phone = "1"
	must(r.accounts.SavePerson(ctx, r.admin, p))(t)
	if _, err := r.accounts.SavePerson(ctx, r.admin, p); !errors.Is(err, tasks.ErrConflict) {
		t.Errorf("a lost update: %v", err)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectPerson, ID: p.ID}); !slices.Equal(got, []string{"person.added", "person.changed"}) {
		t.Errorf("trail %v", got)
	}
	for _, who := range []tasks.Person{r.focal, r.leader} {
		_, err := r.accounts.People(ctx, who, tasks.PersonQuery{})
		refused(t, err, tasks.CodeForbidden, "")
		_, err = r.accounts.Person(ctx, who, p.ID)
		refused(t, err, tasks.CodeForbidden, "")
	}
}

func TestTheLastAdminStaysOne(t *testing.T) {
	r := newRig(t)
	without := func(p tasks.Person) tasks.Person { p.Grants = nil; return p }
	disabled := func(p tasks.Person) tasks.Person { p.Active = false; return p }
	for name, change := range map[string]func(tasks.Person) tasks.Person{"role": without, "disabled": disabled} {
		_, err := r.accounts.SavePerson(t.Context(), r.admin, change(r.admin))
		refused(t, err, tasks.CodeConflict, "person.last_admin")
		if p := must(r.accounts.Person(t.Context(), tasks.System, r.admin.ID))(t); !p.Active || !p.Has(tasks.RoleAdmin) {
			t.Errorf("%s: %+v", name, p)
		}
	}
	second := r.person("Ba", tasks.Grant{Role: tasks.RoleAdmin})
	must(r.accounts.SavePerson(t.Context(), second, disabled(r.admin)))(t)
	_, err := r.accounts.SavePerson(t.Context(), second, without(second))
	refused(t, err, tasks.CodeConflict, "person.last_admin")
}
