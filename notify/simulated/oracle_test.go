package simulated_test

import (
	"fmt"
	"slices"
	"time"
)

// rules are those that the oracle holds mails to; it has them from what was asked for, not from the program.
type rules struct {
	before, cooperating     []int // working days before the deadline's own day; 0: that day
	after, head, specialist int   // working days after it
	every                   int
	window                  time.Duration
	reminds, sums           int  // hours of the day, in minutes
	office                  bool // events wait for office hours
	waitingReports          bool // the secretariat is reminded of what waits for it
	confirm                 int  // working days within which a report is to be confirmed
}

var asked = rules{
	before: []int{10, 5, 1}, cooperating: []int{5, 0}, after: 1, head: 3, specialist: 10, every: 5,
	window: 10 * time.Minute, reminds: 8 * 60, sums: 9 * 60, office: true, waitingReports: true, confirm: 5,
}

// The roles in which people are told.
const (
	focal       = "focal"
	head        = "head"
	secretariat = "secretariat"
	leader      = "leader"
)

// citizen is a person as the oracle knows him.
type citizen struct {
	id     int64
	name   string
	email  string
	active bool
	roles  []capacity
	// reminded is the day of his last reminder, gone when he left.
	reminded day
	gone     time.Time
	// hour is from when on in the day he wants to be reminded, in minutes; quiet: he wants no roll-ups.
	hour  int
	quiet bool
}

// capacity is a role for an agency, and since when he has had it without a break.
type capacity struct {
	role   string
	agency int64
	since  time.Time
}

// errand is a duty as the oracle knows it.
type errand struct {
	id, document int64
	leads, coop  []int64
	due, set     day // 0 with a cadence
	version      int
	state        string // assigned, in_progress, submitted, returned, completed, on_hold, cancelled
	rested       string // the state before a hold or a cancel
	submitted    day
	issued       day
	periods      []period
}

// period is a day on which a report is expected.
type period struct {
	due      day
	answered bool
}

func (e *errand) open() bool {
	return e.state == "assigned" || e.state == "in_progress" || e.state == "returned"
}

func (e *errand) ended() bool { return e.state == "completed" || e.state == "cancelled" }

func (e *errand) part(agency int64) bool {
	return slices.Contains(e.leads, agency) || slices.Contains(e.coop, agency)
}

// telling is something that the people of a role must be told once.
type telling struct {
	kind    string // of the mail
	what    string // of an event: its section; of a reminder: whose
	class   string // of events: a newer one of the same makes it untrue
	duty    *errand
	of      int64 // the document of an issue
	agency  int64
	role    string
	period  day // of a periodic report
	version int
	step    int
	week    day
	month   bool
	born    time.Time
	told    map[int64]bool
	over    bool // no longer true, or everybody knows
}

func (w *telling) String() string {
	s := w.kind + " " + w.what
	if w.duty != nil {
		s += fmt.Sprintf(" duty %d (%s, due %s set %s v%d)", w.duty.id, w.duty.state, w.duty.due, w.duty.set, w.duty.version)
	}
	if w.of != 0 {
		s += fmt.Sprintf(" document %d", w.of)
	}
	return s + fmt.Sprintf(" for %s of %d, step %d period %s week %s, since %s", w.role, w.agency, w.step, w.period, w.week, w.born.Format(minute))
}

const minute = "Mon 02/01 15:04"

// oracle goes through the year beside the program. It is told what people do and when the program ran, and knows what had to be told.
type oracle struct {
	people   map[int64]*citizen
	byMail   map[string]*citizen
	offices  map[capacity][]*citizen // by role and agency, all who ever had it
	duties   map[int64]*errand
	order    []*errand // those that have not ended
	papers   map[int64][]*errand
	last     map[any]*telling // of what is told step by step, or of which only the newest is true
	open     []*telling
	at       map[any][]*telling     // the open ones of a duty, document, agency or the province
	ran      time.Time              // when the jobs ran last
	agencies map[int64]int64        // by the number in their names
	empty    map[capacity]time.Time // since when nobody has had a role
	vacant   map[capacity]span      // when nobody had a role that somebody has again

	seen    map[string]int // mails by Message-ID
	repeats int            // how many mails may come once more
	left    int            // mails that killed processes had in their hands: nobody knows whether the server has them, so they are sent as they are
	died    time.Time      // when the last process was killed
	counts  map[string]int
	faults  []string
}

func newOracle(start time.Time) *oracle {
	return &oracle{
		people: make(map[int64]*citizen), byMail: make(map[string]*citizen), offices: make(map[capacity][]*citizen), duties: make(map[int64]*errand),
		papers: make(map[int64][]*errand), last: make(map[any]*telling), at: make(map[any][]*telling), ran: start, seen: make(map[string]int),
		counts: make(map[string]int), agencies: make(map[int64]int64), empty: make(map[capacity]time.Time),
		vacant: make(map[capacity]span),
	}
}

func (o *oracle) fault(format string, args ...any) {
	o.faults = append(o.faults, fmt.Sprintf(format, args...))
}

// person notes who somebody is from now on. What he takes over from another he has had since that one had it.
func (o *oracle) person(id int64, name, email string, active bool, now time.Time, from *citizen, roles ...capacity) {
	c := o.people[id]
	if c == nil {
		c = &citizen{id: id, name: name, email: email}
		o.people[id], o.byMail[email] = c, c
	}
	for i, r := range roles {
		roles[i].since = now
		if j := slices.IndexFunc(c.roles, func(old capacity) bool { return old.role == r.role && old.agency == r.agency }); j >= 0 && c.active && active {
			roles[i].since = c.roles[j].since
		} else if from != nil {
			if since, ok := from.has(r.role, r.agency); ok {
				roles[i].since = since
			}
		}
		key := capacity{role: r.role, agency: r.agency}
		if !slices.Contains(o.offices[key], c) {
			o.offices[key] = append(o.offices[key], c)
		}
	}
	if c.active && !active {
		c.gone = now
	}
	before := c.roles
	c.active, c.roles = active, roles
	for _, r := range slices.Concat(before, roles) {
		o.empties(capacity{role: r.role, agency: r.agency}, now)
	}
}

// agency notes that there is an agency, which nobody works for yet.
func (o *oracle) agency(number, id int64, now time.Time) {
	o.agencies[number] = id
	for _, role := range []string{focal, head} {
		o.empties(capacity{role: role, agency: id}, now)
	}
}

// has tells since when somebody has had a role; ok is false when he has not.
func (c *citizen) has(role string, agency int64) (time.Time, bool) {
	if !c.active {
		return time.Time{}, false
	}
	for _, r := range c.roles {
		if r.role == role && r.agency == agency {
			return r.since, true
		}
	}
	return time.Time{}, false
}

// ways lists in whose role people are told: the head in the place of focal points that there are not, then the secretariat.
func (w *telling) ways() []capacity {
	own := capacity{role: w.role, agency: w.agency}
	switch {
	case w.agency == 0 || w.kind == "rollup":
		return []capacity{own}
	case w.role == focal:
		return []capacity{own, {role: head, agency: w.agency}, {role: secretariat}}
	}
	return []capacity{own, {role: secretariat}}
}

// since tells from when on somebody has been somebody whom the telling is for, as roles were had at the instant: a mail that is written in the
// place of nobody may arrive when there is somebody. ok is false when he is not.
func (o *oracle) since(c *citizen, w *telling, at time.Time) (time.Time, bool) {
	if w.kind == "rollup" && c.quiet {
		return time.Time{}, false
	}
	var alone time.Time // since when nobody has been there before him
	for _, r := range w.ways() {
		if since, ok := c.has(r.role, r.agency); ok {
			if since.Before(alone) {
				since = alone
			}
			return since, true
		}
		empty, ok := o.empty[r]
		if v := o.vacant[r]; !ok && v.holds(at) {
			empty, ok = v.from, true
		}
		if !ok {
			return time.Time{}, false
		}
		if empty.After(alone) {
			alone = empty
		}
	}
	return time.Time{}, false
}

// holders lists who has a role.
func (o *oracle) holders(r capacity) []*citizen {
	var out []*citizen
	for _, c := range o.offices[r] {
		if _, ok := c.has(r.role, r.agency); ok {
			out = append(out, c)
		}
	}
	return out
}

// whom lists the people whom the telling is for now, and in which role.
func (o *oracle) whom(w *telling) ([]*citizen, capacity) {
	for _, r := range w.ways() {
		people := o.holders(r)
		if w.kind == "rollup" {
			people = slices.DeleteFunc(people, func(c *citizen) bool { return c.quiet })
		}
		if len(people) > 0 {
			return people, r
		}
	}
	return nil, capacity{}
}

// empties notes since when nobody has had a role.
func (o *oracle) empties(r capacity, now time.Time) {
	since, known := o.empty[r]
	switch people := o.holders(r); {
	case len(people) > 0:
		if known {
			o.vacant[r] = span{since, now}
		}
		delete(o.empty, r)
	case !known:
		o.empty[r] = now
	}
}

// subject is under what a telling is found again when a mail comes.
func (w *telling) subject() any {
	switch {
	case w.duty != nil:
		return w.duty
	case w.of != 0:
		return w.of
	case w.kind == "rollup":
		return [2]any{"rollup", w.agency}
	}
	return w.kind
}

// tell adds what is to be told; the older one of the same key is not told any more. A key of nil stands alone.
func (o *oracle) tell(key any, w *telling) {
	if key != nil {
		if old := o.last[key]; old != nil {
			if w.week != 0 && old.week == w.week {
				return // the same week's, of a run that ended before its time
			}
			old.over = true
		}
		o.last[key] = w
	}
	w.told = make(map[int64]bool)
	o.open = append(o.open, w)
	o.at[w.subject()] = append(o.at[w.subject()], w)
	o.counts["notices: "+w.kind]++
}

type eventOf struct {
	duty   *errand
	class  string
	agency int64
}

// event is told to the focal points of agencies.
func (o *oracle) event(e *errand, section, class string, agencies []int64, now time.Time) {
	for _, a := range agencies {
		o.tell(eventOf{e, class, a}, &telling{kind: "event", what: section, class: class, duty: e, agency: a, role: focal, born: now})
	}
}

// dropAll ends what was still to be told of a duty that is taken back.
func (o *oracle) dropAll(e *errand) {
	for _, w := range o.at[e] {
		w.over = true
	}
}

// holds tells whether a telling is still of use to those whom it is for.
func (o *oracle) holds(w *telling) bool {
	e := w.duty
	switch w.kind {
	case "issued":
		return slices.ContainsFunc(o.papers[w.of], func(e *errand) bool { return e.state != "cancelled" && e.part(w.agency) })
	case "reminder":
		if w.what == "waiting" {
			return e.state == "submitted" && int(e.submitted) == w.version
		}
		mine := slices.Contains(e.leads, w.agency) || w.what == "cooperating" && slices.Contains(e.coop, w.agency) || w.role == secretariat
		if w.period != 0 {
			return e.open() && mine && slices.ContainsFunc(e.periods, func(p period) bool { return p.due == w.period && !p.answered })
		}
		return e.open() && mine && w.version == e.version
	case "event":
		switch w.class {
		case "report":
			return e.state == "returned" && slices.Contains(e.leads, w.agency)
		case "pause":
			switch w.what {
			case sectionHeld:
				return e.state == "on_hold"
			case sectionCancelled:
				return e.state == "cancelled"
			}
			return !e.ended() && e.state != "on_hold"
		}
		return !e.ended() && e.part(w.agency)
	}
	return true
}

// rests tells that a telling waits until its duty goes on.
func (w *telling) rests() bool { return w.class == "report" && w.duty.state == "on_hold" }

// The sections of event mails, by their words.
const (
	sectionReturned  = "Bị trả lại, cần báo cáo lại"
	sectionReopened  = "Được mở lại, cần làm tiếp"
	sectionGranted   = "Được gia hạn"
	sectionRefused   = "Không được gia hạn"
	sectionCorrected = "Đính chính thời hạn"
	sectionHeld      = "Tạm dừng"
	sectionResumed   = "Tiếp tục thực hiện"
	sectionRestored  = "Huỷ việc thu hồi"
	sectionCancelled = "Thu hồi"
	sectionPeriodic  = "Báo cáo định kỳ"
	sectionWaiting   = "Báo cáo chờ xác nhận quá lâu"
)

// periodicSections are of periodic reports; their lines show which one is missing.
var periodicSections = []string{sectionPeriodic, "Kỳ báo cáo còn thiếu kéo dài, cần đôn đốc"}
