package tasks_test

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/tasks"
)

func from(address string, devices ...string) tasks.Visitor {
	return tasks.Visitor{Address: netip.MustParseAddr(address), Devices: devices}
}

// newGuessRig is newRig with cheap hashing.
func newGuessRig(t *testing.T) *rig {
	t.Helper()
	r := newRig(t)
	r.accounts.Passwords = must(tasks.CheapPasswords())(t)
	return r
}

// guess tries a wrong password and tells whether it was looked at.
func (r *rig) guess(v tasks.Visitor, email string) bool {
	r.t.Helper()
	_, err := r.accounts.SignInFrom(r.t.Context(), v, email, "sai mật khẩu")
	var e *tasks.Error
	if !errors.As(err, &e) {
		r.t.Fatalf("guess: %v", err)
	}
	switch e.Code {
	case tasks.CodeUnauthenticated:
		return true
	case tasks.CodeTooMany:
		if e.RetryAfter <= 0 || len(e.Args) != 1 || e.Args[0] == "0" {
			r.t.Errorf("refused without saying for how long: %v after %v", e, e.RetryAfter)
		}
		return false
	}
	r.t.Fatalf("guess: %v", err)
	return false
}

// guesses tries n times and counts those that were looked at.
func (r *rig) guesses(n int, v tasks.Visitor, email string) int {
	r.t.Helper()
	looked := 0
	for range n {
		if r.guess(v, email) {
			looked++
		}
	}
	return looked
}

const (
	attackerPlace = "203.0.113.9"
	ownPlace      = "198.51.100.7"
)

// A single attacker, however long he hammers one name, does not keep its owner out: neither from a browser that is known nor from
// a new one, only perhaps from his own address.
func TestOneAttackerLocksNobodyOut(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	known := must(r.accounts.SignInFrom(t.Context(), from(ownPlace), r.focal.Email, goodPassword))(t)
	if known.Device == "" {
		t.Fatal("the browser is not remembered")
	}
	looked := 0
	for range 24 * 6 { // a day, every ten minutes
		looked += r.guesses(12, from(attackerPlace), r.focal.Email)
		r.system.at = r.system.at.Add(10 * time.Minute)
	}
	if looked < 100 || looked > 160 {
		t.Errorf("%d guesses in a day", looked)
	}
	r.guesses(40, from(attackerPlace), r.focal.Email)
	for name, v := range map[string]tasks.Visitor{
		"her browser":                          from(ownPlace, known.Device),
		"her browser, at the attacker's place": from(attackerPlace, known.Device),
		"a new browser":                        from(ownPlace),
		"a new browser on another network":     from("2001:db8:1::7"),
	} {
		if in, err := r.accounts.SignInFrom(t.Context(), v, r.focal.Email, goodPassword); err != nil || in.Person.ID != r.focal.ID {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Others at the attacker's place go in as well.
	r.password(r.other, goodPassword)
	must(r.accounts.SignInFrom(t.Context(), from(attackerPlace), r.other.Email, goodPassword))(t)
}

// Many networks together can use up what strangers may try of a name. Known browsers go on, and a link by mail lets the owner in.
func TestManyAttackersLockNoOwnerOut(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	known := must(r.accounts.SignInFrom(t.Context(), from(ownPlace), r.focal.Email, goodPassword))(t)
	looked := 0
	for i := range 40 {
		looked += r.guesses(6, from(fmt.Sprintf("203.0.113.%d", i)), r.focal.Email)
	}
	if looked != 100 {
		t.Errorf("%d guesses of one name at once, want 100", looked)
	}
	must(r.accounts.SignInFrom(t.Context(), from(ownPlace, known.Device), r.focal.Email, goodPassword))(t)
	_, err := r.accounts.SignInFrom(t.Context(), from(ownPlace), r.focal.Email, goodPassword)
	refused(t, err, tasks.CodeTooMany, "sign_in.throttled")
	check(t, r.accounts.RequestResetFrom(t.Context(), from(ownPlace), r.focal.Email))
	p := must(r.accounts.UseToken(t.Context(), r.secret(), goodPassword+"2"))(t)
	device := must(r.accounts.Remember(t.Context(), from(ownPlace), p))(t)
	must(r.accounts.SignInFrom(t.Context(), from(ownPlace, device), r.focal.Email, goodPassword+"2"))(t)
}

func TestSprayingOnePasswordOnManyNames(t *testing.T) {
	r := newGuessRig(t)
	looked := 0
	for i := range 150 {
		looked += r.guesses(1, from(attackerPlace), fmt.Sprintf("nguoi%d@mauson.gov.vn", i))
	}
	if looked != 100 {
		t.Errorf("%d names were tried from one network at once, want 100", looked)
	}
	// One line has 64 bits of an IPv6 network to choose from.
	looked = 0
	for i := range 20 {
		looked += r.guesses(1, from(fmt.Sprintf("2001:db8::%x", i+1)), r.focal.Email)
	}
	if looked != 10 {
		t.Errorf("%d guesses of one name from one IPv6 network, want 10", looked)
	}
	if !r.guess(from("2001:db8:0:1::1"), r.focal.Email) {
		t.Error("the next network is refused")
	}
	if r.guesses(11, from("::ffff:192.0.2.1"), "a@mauson.gov.vn")+r.guesses(1, from("192.0.2.1"), "a@mauson.gov.vn") != 10 {
		t.Error("the same IPv4 address written in two ways counts as two")
	}
}

func TestBudgetsFillUpAgain(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	v := from(ownPlace)
	if n := r.guesses(15, v, r.focal.Email); n != 10 {
		t.Fatalf("%d guesses at once, want 10", n)
	}
	_, err := r.accounts.SignInFrom(t.Context(), v, r.focal.Email, goodPassword)
	refused(t, err, tasks.CodeTooMany, "sign_in.throttled")
	var e *tasks.Error
	errors.As(err, &e)
	r.business.at = r.business.at.AddDate(1, 0, 0) // the wrong clock
	r.system.at = r.system.at.Add(e.RetryAfter - time.Second)
	_, err = r.accounts.SignInFrom(t.Context(), v, r.focal.Email, goodPassword)
	refused(t, err, tasks.CodeTooMany, "")
	r.system.at = r.system.at.Add(time.Second)
	must(r.accounts.SignInFrom(t.Context(), v, r.focal.Email, goodPassword))(t)
	// Who knew the password after all begins anew; a right password costs nothing.
	for range 30 {
		must(r.accounts.SignInFrom(t.Context(), v, r.focal.Email, goodPassword))(t)
	}
	if n := r.guesses(15, v, r.focal.Email); n != 10 {
		t.Errorf("%d guesses after a success, want 10", n)
	}
}

// Failures count before the password is looked at, so that sending many at once gets no more of them through.
func TestManyGuessesAtOnce(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	hashing := r.accounts.Passwords.Done()
	var looked atomic.Int64
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if _, err := r.accounts.SignInFrom(t.Context(), from(attackerPlace), r.focal.Email, "sai"); tasks.CodeOf(err) == tasks.CodeUnauthenticated {
				looked.Add(1)
			} else if tasks.CodeOf(err) != tasks.CodeTooMany {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := r.accounts.Passwords.Done() - hashing; looked.Load() != 10 || n != 10 {
		t.Errorf("%d of 40 were looked at, %d hashed, want 10", looked.Load(), n)
	}
}

// A secret that somebody made up, or that is another's, makes no browser known.
func TestMadeUpDevices(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	r.password(r.other, goodPassword)
	others := must(r.accounts.SignInFrom(t.Context(), from(attackerPlace), r.other.Email, goodPassword))(t).Device
	r.guesses(10, from(attackerPlace), r.focal.Email)
	for _, device := range []string{others, "", "x", "\x00"} {
		if r.guess(from(attackerPlace, device), r.focal.Email) {
			t.Errorf("%q opens a new budget", device)
		}
	}
	in := must(r.accounts.SignInFrom(t.Context(), from(ownPlace, "planted"), r.focal.Email, goodPassword))(t)
	if in.Device == "" || in.Device == "planted" {
		t.Errorf("a planted secret is taken over: %q", in.Device)
	}
	// Two people of one browser.
	again := must(r.accounts.SignInFrom(t.Context(), from(ownPlace, others, in.Device), r.focal.Email, goodPassword))(t)
	if again.Device != "" {
		t.Error("a known browser is given another secret")
	}
	if n := r.guesses(15, from(ownPlace, others, in.Device), r.focal.Email); n != 10 {
		t.Errorf("%d guesses in a known browser, want 10", n)
	}
	r.system.at = r.system.at.Add(tasks.DeviceLife + time.Hour)
	if again = must(r.accounts.SignInFrom(t.Context(), from(ownPlace, in.Device), r.focal.Email, goodPassword))(t); again.Device == "" {
		t.Error("a browser is known for ever")
	}
}

// What is refused costs the same whoever it is about: one hash, no more and no less statements that could be told apart by time.
func TestNobodyCanTellWhoHasAnAccount(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	r.password(r.other, goodPassword)
	off := must(r.accounts.Person(t.Context(), r.admin, r.other.ID))(t)
	off.Active = false
	must(r.accounts.SavePerson(t.Context(), r.admin, off))(t)
	names := []string{r.focal.Email, r.other.Email, r.head.Email, "khong@mauson.gov.vn", "không phải thư", ""}
	for i, email := range names {
		before := r.accounts.Passwords.Done()
		v := from(fmt.Sprintf("192.0.2.%d", i+1))
		for n := range 12 {
			_, err := r.accounts.SignInFrom(t.Context(), v, email, "sai mật khẩu")
			want, key := tasks.CodeUnauthenticated, "sign_in.wrong"
			if n >= 10 {
				want, key = tasks.CodeTooMany, "sign_in.throttled"
			}
			refused(t, err, want, key)
		}
		if n := r.accounts.Passwords.Done() - before; n != 10 {
			t.Errorf("%q: %d hashes for 10 tries", email, n)
		}
	}
}

func TestResetsDoNotFlood(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	links := func() int { return len(r.notices(tasks.NoticeAccount)) }
	for range 10 {
		check(t, r.accounts.RequestResetFrom(t.Context(), from(attackerPlace), r.focal.Email))
	}
	if n := links(); n != 3 {
		t.Errorf("%d mails at once, want 3", n)
	}
	// The owner gets the same answer, no mail, and the newest of those in the mailbox holds.
	check(t, r.accounts.RequestResetFrom(t.Context(), from(ownPlace), r.focal.Email))
	if n := links(); n != 3 {
		t.Errorf("%d mails, want 3", n)
	}
	must(r.accounts.UseToken(t.Context(), r.secret(), goodPassword+"2"))(t)
	check(t, r.accounts.RequestResetFrom(t.Context(), from(ownPlace), r.focal.Email))
	if n := links(); n != 4 {
		t.Errorf("%d mails after a link was used, want 4", n)
	}
	day := links()
	for range 24 * 12 {
		r.system.at = r.system.at.Add(5 * time.Minute)
		_ = r.accounts.RequestResetFrom(t.Context(), from(attackerPlace), r.focal.Email)
	}
	if n := links() - day; n > 75 {
		t.Errorf("%d mails in a day", n)
	}
	if _, err := r.accounts.TokenOwner(t.Context(), r.secret()); err != nil {
		t.Errorf("the newest link does not hold: %v", err)
	}
	// One network that asks for many names.
	var err error
	asked := 0
	for i := range 60 {
		if err = r.accounts.RequestResetFrom(t.Context(), from("192.0.2.77"), fmt.Sprintf("n%d@mauson.gov.vn", i)); err == nil {
			asked++
		}
	}
	if refused(t, err, tasks.CodeTooMany, ""); asked != 30 {
		t.Errorf("%d requests from one network, want 30", asked)
	}
	check(t, r.accounts.RequestResetFrom(t.Context(), from(ownPlace), "x@mauson.gov.vn"))
}

func TestOldPasswordIsNotGuessed(t *testing.T) {
	r := newGuessRig(t)
	r.password(r.focal, goodPassword)
	for range 10 {
		_, err := r.accounts.ChangePassword(t.Context(), r.focal, "sai", goodPassword+"2")
		refused(t, err, tasks.CodeInvalid, "password.wrong")
	}
	_, err := r.accounts.ChangePassword(t.Context(), r.focal, goodPassword, goodPassword+"2")
	refused(t, err, tasks.CodeTooMany, "error.too_many_for")
	r.password(r.other, goodPassword)
	must(r.accounts.ChangePassword(t.Context(), r.other, goodPassword, goodPassword+"2"))(t)
}

func TestThrottlesAreSwept(t *testing.T) {
	r := newGuessRig(t)
	for i := range 30 {
		r.guess(from(fmt.Sprintf("203.0.113.%d", i)), fmt.Sprintf("n%d@mauson.gov.vn", i))
	}
	if n := must(r.accounts.SweepThrottles(t.Context()))(t); n != 0 {
		t.Errorf("%d budgets that still count were removed", n)
	}
	r.system.at = r.system.at.Add(15 * time.Minute)
	r.guess(from(ownPlace), "a@mauson.gov.vn") // a failure sweeps
	r.system.at = r.system.at.Add(15 * time.Minute)
	if n := must(r.accounts.SweepThrottles(t.Context()))(t); n != 3 {
		t.Errorf("%d budgets were left, want the 3 of the last failure", n)
	}
}

// Two admins who remove each other at the same moment: one stays.
func TestTwoAdminsRemoveEachOther(t *testing.T) {
	for range 5 {
		r := newRig(t)
		second := r.person("Ba", tasks.Grant{Role: tasks.RoleAdmin})
		errs := make(chan error)
		for actor, target := range map[*tasks.Person]tasks.Person{&r.admin: second, &second: r.admin} {
			target.Active = false
			go func() { _, err := r.accounts.SavePerson(t.Context(), *actor, target); errs <- err }()
		}
		a, b := <-errs, <-errs
		if (a == nil) == (b == nil) {
			t.Fatalf("%v and %v", a, b)
		}
		left := 0
		for _, id := range []int64{r.admin.ID, second.ID} {
			if p := must(r.accounts.Person(t.Context(), tasks.System, id))(t); p.Active && p.Has(tasks.RoleAdmin) {
				left++
			}
		}
		if left != 1 {
			t.Errorf("%d admins are left", left)
		}
	}
}
