package tasks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How guessing passwords is slowed down without letting anybody lock somebody else out.
//
// Every try takes from a budget before the password is hashed, and gets it back when the password was right; so only failures
// count, however many are sent at once. Which budget depends on where the try comes from:
//
//   - A browser in which this person has signed in before shows it by a cookie ("device cookie", OWASP: Slow Down Online Guessing
//     Attacks with Device Cookies). It has a budget of its own for this name. Nothing that happens elsewhere takes from it.
//   - Any other try takes from three: of this name from this network, of this network whatever the name (one password tried on many
//     names), and of this name from wherever (many networks, one name).
//
// One network refills the first more slowly than the third refills itself, and the first is a tenth of the third: a single network
// never empties a name's budget, so who hammers a name from his place does not keep its owner out from hers, in an unknown browser
// either. Many networks together can empty it; then the owner's known browsers still work, and from an unknown one she proves
// that the mailbox is hers, by a one-time link, which asks none of these budgets. The answer is the same for names that do not exist.
//
// A budget is a generic cell rate algorithm (ITU-T I.371): one instant, at which it would be full again, on the system clock. Budgets
// live in the database, so that several instances share them, and under a hash, so that no name or address is kept.

// limit is a budget: so many tries at once, then one in each period.
type limit struct {
	purpose string
	burst   int
	every   time.Duration
}

// The budgets. Offices share one address among many people, so those of a network are wide.
var (
	limitDevice       = limit{"sign-in, device", 10, 2 * time.Minute}
	limitPlace        = limit{"sign-in, name and network", 10, 10 * time.Minute}
	limitNetwork      = limit{"sign-in, network", 100, 30 * time.Second}
	limitName         = limit{"sign-in, name", 100, 2 * time.Minute}
	limitOldPassword  = limit{"old password, person", 10, 2 * time.Minute}
	limitResetName    = limit{"reset, name", 3, 20 * time.Minute}
	limitResetNetwork = limit{"reset, network", 30, 2 * time.Minute}
	limitLink         = limit{"unknown link, network", 60, time.Minute}
	limitCalendar     = limit{"calendar, address", 30, time.Minute}
)

// budget is a limit of somebody or something.
type budget struct {
	limit
	of string
}

func (l limit) of(whose ...string) budget { return budget{l, strings.Join(whose, "\x00")} }

// key names the budget in the database.
func (b budget) key() string {
	sum := sha256.Sum256([]byte(b.purpose + "\x00" + b.of))
	return hex.EncodeToString(sum[:])
}

// room is how full_at must be at most for one more try: the budget is one instant, at which it would be full again.
func (b budget) room(now time.Time) time.Time { return now.Add(time.Duration(b.burst-1) * b.every) }

// wait is how long until there is room, given when the budget is full; 0: there is.
func (b budget) wait(fullAt, now time.Time) time.Duration { return max(0, fullAt.Sub(b.room(now))) }

// ThrottleReader reads budgets.
type ThrottleReader interface {
	// FullAt is when the budget is full again; the zero time when it is full.
	FullAt(key string) (time.Time, error)
	// KnowsDevice tells whether the person with this address has signed in with the device, by the hash of its secret.
	KnowsDevice(hash, email string, now time.Time) (bool, error)
}

// ThrottleTx takes from budgets and remembers devices.
type ThrottleTx interface {
	ThrottleReader
	// Take moves the instant at which the budget is full on by every, counted from now at the earliest, unless that instant is
	// after room: then it changes nothing and taken is false. It is one step to others who take at the same time.
	Take(key string, now, room time.Time, every time.Duration) (taken bool, err error)
	// GiveBack undoes one Take.
	GiveBack(key string, every time.Duration) error
	// Refill makes a budget full.
	Refill(key string) error
	// AddDevice remembers a device of a person until it expires.
	AddDevice(hash string, personID int64, expires time.Time) error
	// SweepThrottles removes budgets that were full, and devices that expired, before the instant.
	SweepThrottles(before time.Time) (int, error)
}

// Visitor is who tries something before it is known who he is.
type Visitor struct {
	Address netip.Addr
	Devices []string // the secrets of the device cookie: one for each person who signs in with this browser
}

// network is what one line to the outside has: one IPv4 address, or the 64 bits of an IPv6 network (RFC 6177, RFC 7421).
func (v Visitor) network() string {
	a := v.Address.Unmap().WithZone("")
	if a.Is6() {
		p, err := a.Prefix(64)
		if err == nil {
			return p.String()
		}
	}
	return a.String()
}

// tooMany refuses for a while. key's words get the minutes to wait.
func tooMany(key string, wait time.Duration) *Error {
	return &Error{Code: CodeTooMany, Key: key, Args: []string{strconv.Itoa(int(math.Ceil(wait.Minutes())))}, RetryAfter: wait}
}

// errNoRoom ends a transaction in which one budget had no room, so that nothing is taken from the others.
type errNoRoom struct{ wait time.Duration }

func (e errNoRoom) Error() string { return "no room for " + e.wait.String() }

// take takes one try from each budget, or from none: then wait is how long until all have room. It looks before it takes, because
// what is refused anyway shall cost no writing.
func (s *Accounts) take(ctx context.Context, budgets ...budget) (wait time.Duration, err error) {
	err = s.Store.View(ctx, func(tx AccountReader) (err error) {
		wait, err = s.waitFor(tx, budgets)
		return err
	})
	if err != nil || wait > 0 {
		return wait, err
	}
	err = s.Store.Update(ctx, func(tx AccountTx) (err error) {
		if wait, err = s.takeAll(tx, budgets); err == nil && wait > 0 {
			return errNoRoom{wait}
		}
		return err
	})
	if full := (errNoRoom{}); errors.As(err, &full) {
		return full.wait, nil
	}
	return 0, err
}

// takeAll is take inside a transaction, which has to be undone when wait is not 0.
func (s *Accounts) takeAll(tx AccountTx, budgets []budget) (wait time.Duration, err error) {
	now := s.System()
	// In one order, so that two who take the same budgets do not wait for each other.
	budgets = slices.SortedFunc(slices.Values(budgets), func(a, b budget) int { return strings.Compare(a.key(), b.key()) })
	for _, b := range budgets {
		taken, err := tx.Take(b.key(), now, b.room(now), b.every)
		if err != nil {
			return 0, err
		}
		if taken {
			continue
		}
		fullAt, err := tx.FullAt(b.key())
		if err != nil {
			return 0, err
		}
		wait = max(wait, b.wait(fullAt, now), time.Second)
	}
	return wait, nil
}

// waitFor is how long until all budgets have room.
func (s *Accounts) waitFor(tx AccountReader, budgets []budget) (wait time.Duration, err error) {
	now := s.System()
	for _, b := range budgets {
		fullAt, err := tx.FullAt(b.key())
		if err != nil {
			return 0, err
		}
		wait = max(wait, b.wait(fullAt, now))
	}
	return wait, nil
}

// keepFull is how long a budget that is full again stays in the database.
const keepFull = time.Minute

// SweepThrottles removes what no longer says anything; it answers how many rows. Whoever fails to sign in calls it now and then, so
// that a flood of made-up names does not fill the disk.
func (s *Accounts) SweepThrottles(ctx context.Context) (int, error) {
	var n int
	err := s.Store.Update(ctx, func(tx AccountTx) (err error) {
		n, err = tx.SweepThrottles(s.System().Add(-keepFull))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("sweep throttles: %w", err)
	}
	return n, nil
}
