package tasks

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tiendo/tasks/calendar"
)

// The trail of each subject is a chain: every row is sealed with the SHA-256 (FIPS 180-4) over the seal of the row before it, its
// identifier and the digest of its content. Whoever changes, removes or slips in a row would have to make all later seals of the chain
// anew; those of a Monday are sealed together, and that seal went out with the week's digest.
//
//	content  at, actor, agency and subject identifier as 8 octets each, big-endian, the instant in Unix milliseconds; name, action, kind
//	         of subject, before and after each as the number of its octets (8, big-endian) and its octets in UTF-8
//	digest   SHA-256(content)
//	seal     SHA-256(seal before, nothing for the first · identifier as 8 octets · digest)
//	week     SHA-256(seal of the week before, nothing for the first · of each chain that has grown since, by kind and identifier of its
//	         subject: kind with its length, identifier, newest seal)

// Seal is a SHA-256 of a chain; nil before the first.
type Seal []byte

// shownSeal is how many octets of a seal people are shown: as many as nobody can make a second content for.
const shownSeal = 16

// String is the beginning of the seal in groups, as people compare it.
func (s Seal) String() string {
	digits := hex.EncodeToString(s[:min(len(s), shownSeal)])
	var groups []string
	for group := range slices.Chunk([]byte(digits), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

// Digest is the SHA-256 of an entry's content: all of it but the identifier, which it may not have yet.
func (e AuditEntry) Digest() []byte {
	content := make([]byte, 0, 128+len(e.Before)+len(e.After))
	for _, n := range []int64{e.At.UnixMilli(), e.ActorID, e.AgencyID, e.Subject.ID} {
		content = appendNumber(content, n)
	}
	for _, s := range []string{e.ActorName, e.Action, string(e.Subject.Kind), e.Before, e.After} {
		content = appendText(content, s)
	}
	sum := sha256.Sum256(content)
	return sum[:]
}

// NextSeal seals a row behind the one with the seal given.
func NextSeal(before Seal, id int64, digest []byte) Seal {
	sum := sha256.Sum256(slices.Concat(before, appendNumber(nil, id), digest))
	return sum[:]
}

func appendNumber(to []byte, n int64) []byte { return binary.BigEndian.AppendUint64(to, uint64(n)) }

func appendText(to []byte, s string) []byte {
	// Some engines cannot hold these, and a backup that goes from one to another replaces them.
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(string([]rune(s)), "\x00", "")
	}
	return append(appendNumber(to, int64(len(s))), s...)
}

// SealedEntry is an audit row with its place in the chain of its subject.
type SealedEntry struct {
	AuditEntry
	Position int64 // from 1; 0 when it has none
	Seal     Seal
}

// ChainHead is the newest seal of a chain.
type ChainHead struct {
	Subject Subject
	Seal    Seal
}

// WeekSeal seals the trail of a week: of every chain that has grown since the week before.
type WeekSeal struct {
	Monday calendar.Date // zero: what was there before the first
	LastID int64         // the highest identifier of the rows that it covers
	Chains int64         // how many have grown
	Seal   Seal
	At     time.Time // business time of sealing
}

// SealWeek seals chain heads behind the week before, in the order of their subjects.
func SealWeek(before Seal, heads []ChainHead) Seal {
	slices.SortFunc(heads, func(a, b ChainHead) int { return a.Subject.compare(b.Subject) })
	w := NewWeekSum(before)
	for _, h := range heads {
		w.Add(h)
	}
	return w.Sum()
}

func (s Subject) compare(o Subject) int {
	return cmp.Or(strings.Compare(string(s.Kind), string(o.Kind)), cmp.Compare(s.ID, o.ID))
}

// ChainFault is what is wrong with a chain; the words are in locales under "chain.".
type ChainFault string

const (
	ChainUnsealed ChainFault = "unsealed" // the row has no seal: it was not written by the program
	ChainGap      ChainFault = "gap"      // a row before it is missing, or one was slipped in
	ChainOrder    ChainFault = "order"    // its identifier is not higher than that of the row before it
	ChainContent  ChainFault = "content"  // its content, or what was before it, is not what was sealed
	ChainWeek     ChainFault = "week"     // the chains as they stood on a Monday are not what was sealed then
)

// ChainBreak is a place at which the trail is not as it was sealed.
type ChainBreak struct {
	Fault   ChainFault
	Subject Subject   // of a row
	RowID   int64     // 0: of a week
	At      time.Time // of the row, as it says now; of a week when it was sealed
	Week    WeekSeal  // of a week
	Action  string    // of a row, as it says now
}

// ErrChainOrder tells that rows were not handed over in the order of their chains.
var ErrChainOrder = errors.New("audit rows are not in the order of their chains")

// ChainCheck verifies the trail as it is handed over row by row, and keeps no more than the weeks.
type ChainCheck struct {
	// Rows and Chains count what was seen.
	Rows, Chains int64

	weeks  []WeekSeal
	sums   []*WeekSum
	last   SealedEntry
	broken bool // the chain of last
	// first is the row that was broken first in time: of the lowest identifier.
	first  *ChainBreak
	breaks int64
}

// NewChainCheck begins a verification against the weeks' seals, the earliest first.
func NewChainCheck(weeks []WeekSeal) *ChainCheck {
	c := &ChainCheck{weeks: weeks}
	var before Seal
	for _, w := range weeks {
		c.sums = append(c.sums, NewWeekSum(before))
		before = w.Seal
	}
	return c
}

// Add takes the next row: by kind of subject, subject and position. Rows without a seal may come anywhere among those of their subject.
func (c *ChainCheck) Add(e SealedEntry) error {
	c.Rows++
	if len(e.Seal) == 0 || e.Position == 0 {
		c.found(ChainUnsealed, e)
		return nil
	}
	before := c.last
	if before.Subject != e.Subject {
		if before.Subject.compare(e.Subject) > 0 {
			return ErrChainOrder
		}
		c.head(before, 0)
		c.Chains++
		before, c.broken = SealedEntry{}, false
	} else {
		c.head(before, e.ID)
	}
	c.last = e
	switch {
	case c.broken: // what follows a break is not judged again
		return nil
	case e.Position != before.Position+1:
		c.found(ChainGap, e)
	case e.ID <= before.ID:
		c.found(ChainOrder, e)
	case !bytes.Equal(e.Seal, NextSeal(before.Seal, e.ID, e.Digest())):
		c.found(ChainContent, e)
	default:
		return nil
	}
	c.broken = true
	return nil
}

// head adds a row to the week at whose end it was the newest of its chain; next is the identifier of the row behind it, 0 for none.
func (c *ChainCheck) head(e SealedEntry, next int64) {
	if e.ID == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(c.weeks, e.ID, func(w WeekSeal, id int64) int { return cmp.Compare(w.LastID, id) })
	if i < len(c.weeks) && (next == 0 || next > c.weeks[i].LastID) {
		c.sums[i].Add(ChainHead{e.Subject, e.Seal})
	}
}

func (c *ChainCheck) found(fault ChainFault, e SealedEntry) {
	c.breaks++
	if c.first == nil || e.ID < c.first.RowID {
		c.first = &ChainBreak{Fault: fault, Subject: e.Subject, RowID: e.ID, At: e.At, Action: e.Action}
	}
}

// End answers the breaks: the first of all rows, if any, and every week that is not as it was sealed. broken counts the rows at which
// a chain breaks or that have no seal.
func (c *ChainCheck) End() (breaks []ChainBreak, broken int64) {
	c.head(c.last, 0)
	c.last = SealedEntry{}
	if c.first != nil {
		breaks = append(breaks, *c.first)
	}
	for i, w := range c.weeks {
		if w.Chains != c.sums[i].Chains || !bytes.Equal(w.Seal, c.sums[i].Sum()) || i > 0 && w.LastID < c.weeks[i-1].LastID {
			breaks = append(breaks, ChainBreak{Fault: ChainWeek, Week: w, At: w.At})
		}
	}
	return breaks, c.breaks
}
