package tasks_test

import (
	"crypto/rand"
	"database/sql"
	"io"
	"log/slog"
	mrand "math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tiendo/notify"
	"tiendo/store"
	"tiendo/store/storetest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// The seed and the number of steps, unless the environment names others.
const (
	lifeSeed  = 20261122
	lifeSteps = 1600
	lifeDay   = 40 // steps a day
)

// TestLifecycleProperties lets people of all roles do random steps, legal and illegal, for more than a year, and looks after each step and
// each day whether what must hold does. What it looks with is its own: SQL and plain counting.
func TestLifecycleProperties(t *testing.T) {
	seed, steps := number(t, "TIENDO_TEST_SEED", lifeSeed), int(number(t, "TIENDO_TEST_STEPS", lifeSteps))
	if testing.Short() {
		steps = 400
	}
	l := newLife(t, seed)
	t.Logf("seed %d, %d steps (TIENDO_TEST_SEED, TIENDO_TEST_STEPS)", seed, steps)
	for i := range 5 {
		check(t, l.documents.Issue(t.Context(), l.secretariat, l.draftDocument(l.secretariat, 1+i%3), 0))
	}
	l.look()
	for l.n = range steps {
		l.step()
		if t.Failed() {
			t.Fatalf("seed %d, step %d at %s: %s", seed, l.n, l.business.at.Format("2006-01-02 15:04"), l.doing)
		}
		if l.n%lifeDay == lifeDay-1 {
			l.doing = "a day passes"
			l.pass()
			l.holds()
			if t.Failed() {
				t.Fatalf("seed %d, after step %d at %s", seed, l.n, l.business.at.Format("2006-01-02 15:04"))
			}
		}
	}
	l.verify()
	var never []string
	for _, s := range lifeTable {
		t.Logf("%-28s %4d done, %4d refused", s.name, l.done[s.name], l.refused[s.name])
		if l.done[s.name] == 0 {
			never = append(never, s.name)
		}
	}
	// What is rare may be missing now and then; more tells that the steps no longer fit the program.
	if steps >= lifeSteps && len(never) > len(lifeTable)/10 {
		t.Errorf("never done: %q", never)
	}
}

func number(t *testing.T, name string, otherwise int64) int64 {
	v := os.Getenv(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// life is a province in which anything may happen.
type life struct {
	*rig
	sql       *sql.DB // reads beside the services
	random    *mrand.Rand
	scheduler *notify.Scheduler

	people   []tasks.Person
	agencies []int64
	names    map[int64]string // of the agencies
	counting string           // counts the rows of every table

	n     int
	doing string
	sent  int64         // the version that the step names
	rows  map[int64]row // as they were looked at last
	ids   []int64       // of the rows, sorted
	trace string        // how many rows every table had

	number        int               // of documents
	first         map[int64]string  // the first deadline, once there is one
	folded        map[int64]*folded // what the trail says
	lastAudit     int64
	days          int
	history       map[int64][]string // what was done to each
	done, refused map[string]int
	total         int // of the weights
}

func newLife(t *testing.T, seed int64) *life {
	t.Helper()
	dsn := storetest.DSN(t)
	db, err := store.Open(t.Context(), dsn, store.Options{Unsynced: true})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	l := &life{
		rig: newRigOn(t, db), random: mrand.New(mrand.NewPCG(uint64(seed), 0)), first: make(map[int64]string), folded: make(map[int64]*folded),
		history: make(map[int64][]string), done: make(map[string]int), refused: make(map[string]int),
	}
	l.sql = rawDatabase(t, dsn)
	l.counting = countingQuery(t, l.sql)
	for _, s := range lifeTable {
		l.total += s.weight
	}

	sgd := l.agency("SGDĐT", "Sở Giáo dục và Đào tạo", directory.KindDepartment)
	kbnn := l.agency("KBNN", "Kho bạc Nhà nước", directory.KindVertical)
	l.agencies = []int64{l.snv, l.stc, l.syt, l.thue, sgd, kbnn}
	secretariat := tasks.Grant{Role: tasks.RoleSecretariat}
	l.people = []tasks.Person{
		l.secretariat, l.colleague, l.leader, l.admin, l.focal, l.head, l.other, l.both,
		l.person("Nga", secretariat), l.person("Tuấn", focalOf(l.stc), focalOf(l.syt)), l.person("Bình", tasks.Grant{Role: tasks.RoleHead, AgencyID: l.stc}),
		l.person("Oanh", focalOf(l.syt)), l.person("Phúc", focalOf(sgd)), l.person("Quý", tasks.Grant{Role: tasks.RoleHead, AgencyID: sgd}),
		l.person("Sơn", focalOf(kbnn)), l.person("Vân", tasks.Grant{Role: tasks.RoleLeader}, secretariat),
	}
	l.names = l.agencyNames()
	gone := l.person("Yên", focalOf(l.snv), secretariat)
	gone.Active = false
	l.people = append(l.people, must(l.accounts.SavePerson(t.Context(), tasks.System, gone))(t))

	set, err := templates.Load(templates.InZone(l.rules.Location))
	check(t, err)
	composer, err := notify.NewComposer(db.Compose(), set, l.rules, notify.Settings{
		BaseURL: "https://tiendo.example.gov.vn", Province: "tỉnh Mẫu Sơn", FromAddress: "tiendo@mauson.example.gov.vn", FromName: "tiendo",
	}, rand.Reader)
	check(t, err)
	jobs := notify.Jobs{Store: db.Jobs(), Rules: l.rules, Ladder: tasks.DefaultLadder(), Weeks: l.weeks, Cadences: l.assignments, Agencies: &tasks.AgencyChanges{Store: db.AgencyChanges(), Duties: l.assignments}}
	l.scheduler, err = notify.NewScheduler(db.Jobs(), db.Outbox(), composer, jobs.List(notify.DefaultSpecs()), l.rules, l.business.now, l.system.now,
		slog.New(slog.NewTextHandler(io.Discard, nil)))
	check(t, err)
	check(t, l.scheduler.RunDue(t.Context(), l.business.at))
	return l
}

// lifeStep is one thing that somebody may try.
type lifeStep struct {
	name   string
	weight int
	// by tells who alone may do it to the assignment. nil: what it is done to is no single assignment.
	by func(l *life, p tasks.Person, a row) bool
	// only tells who alone may do what is done to no single assignment; nil: anybody who may do it to one of them.
	only func(p tasks.Person) bool
	// from and to are the states between which it leads, as words; to "" leaves the state as it is.
	from, to string
	// among is a query of the assignments to which it is mostly tried; "": by their states.
	among    string
	quiet    bool // the assignment may stay as it is
	many     bool // changes others too
	adds     bool // makes new ones
	removes  bool
	apart    bool // changes no assignment
	prepares bool // do changes something by itself
	// do prepares the step and answers the call that is watched; nil: there is nothing to do it with.
	do func(l *life, who tasks.Person, a row) func() error
}

const (
	openWords = "assigned in_progress returned"
	liveWords = openWords + " on_hold submitted"
)

func within(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

func (l *life) chance(percent int) bool { return l.random.IntN(100) < percent }

func pick[T any](l *life, list []T) T { return list[l.random.IntN(len(list))] }

// step lets somebody do something, mostly what he may do to what it may be done to.
func (l *life) step() {
	s := lifeTable[0]
	for i, at := 0, l.random.IntN(l.total); at >= 0; i++ {
		s = lifeTable[i]
		at -= s.weight
	}
	l.business.at = l.business.at.Add(calendarMinutes(1 + l.random.IntN(9)))
	var a row
	if len(l.ids) > 0 {
		a = l.rows[pick(l, l.ids)]
		if fitting := l.fitting(s); len(fitting) > 0 && l.chance(85) {
			a = l.rows[pick(l, fitting)]
		}
	}
	who := pick(l, l.people)
	may := func(p tasks.Person) bool { return s.by != nil && s.by(l, p, a) || s.only != nil && s.only(p) }
	if (s.by != nil || s.only != nil) && l.chance(80) {
		entitled := slices.DeleteFunc(slices.Clone(l.people), func(p tasks.Person) bool { return !may(l.entitled(p)) })
		if len(entitled) > 0 {
			who = pick(l, entitled)
		}
	} else if s.by == nil && s.only == nil && l.chance(80) {
		who = pick(l, []tasks.Person{l.secretariat, l.colleague, l.people[8]})
	}
	l.doing, l.sent = s.name+" by "+who.Name+" on "+strconv.FormatInt(a.id, 10), 0
	signedIn := l.acting(who)
	who = l.entitled(l.own(who))
	call := s.do(l, signedIn, a)
	if call == nil {
		return
	}
	if s.prepares {
		l.look() // what was prepared is no part of it
	}
	before, trace, sentBy := l.rows, l.trace, l.sentBy(a)
	err := call()
	l.look()
	if err == nil {
		l.notHisOwn(s.name, who, sentBy)
	}
	l.judge(s, who, a, before, trace, err)
}

// fitting are the assignments to which the step is mostly tried.
func (l *life) fitting(s lifeStep) []int64 {
	if s.among != "" {
		return l.numbers("%s", s.among)
	}
	return l.inStates(s.from)
}

func (l *life) inStates(words string) []int64 {
	var out []int64
	for _, id := range l.ids {
		if words != "" && within(words, l.rows[id].state) {
			out = append(out, id)
		}
	}
	return out
}

// judge compares what was with what is after a step.
func (l *life) judge(s lifeStep, who tasks.Person, a row, before map[int64]row, trace string, err error) {
	t := l.t
	if err != nil {
		l.refused[s.name]++
		if code := tasks.CodeOf(err); code == tasks.CodeInternal || code == tasks.CodeUnavailable {
			t.Errorf("failed: %v\n%s", err, l.told(a.id))
		}
		if l.trace != trace {
			t.Errorf("refused (%v), but it left a trace: rows\n%s\n%s", err, trace, l.trace)
		}
		for id, was := range before {
			if l.rows[id] != was {
				t.Errorf("refused (%v), but %+v is %+v", err, was, l.rows[id])
			}
		}
		return
	}
	l.done[s.name]++
	single := s.by != nil
	if s.only != nil && !s.only(who) {
		t.Errorf("%s may not do this", who.Name)
	}
	if single {
		is := l.rows[a.id]
		l.history[a.id] = append(l.history[a.id], l.business.at.Format("2006-01-02 15:04 ")+s.name+" by "+who.Name+": "+a.state+" → "+is.state)
		if !s.by(l, who, a) || !who.Active {
			t.Errorf("%s may not do this to %+v", who.Name, a)
		}
		if s.from != "" && !within(s.from, a.state) {
			t.Errorf("done to one that is %s", a.state)
		}
		if s.to != "" && !within(s.to, is.state) || s.to == "" && is.state != a.state {
			t.Errorf("%s became %s\n%s", a.state, is.state, l.told(a.id))
		}
		if l.sent != 0 && l.sent != a.version {
			t.Errorf("version %d was named, and done to version %d", l.sent, a.version)
		}
		if !s.quiet && is.version != a.version+1 {
			t.Errorf("version %d became %d", a.version, is.version)
		}
	}
	for id, was := range before {
		is, there := l.rows[id]
		switch {
		case !there:
			if !s.removes {
				t.Errorf("assignment %d is gone", id)
			}
			delete(l.first, id)
			delete(l.folded, id)
		case is != was && s.apart:
			t.Errorf("assignment %d was %+v, is %+v, though nothing was done to any", id, was, is)
		case is != was && (is.version != was.version+1 || single && !s.many && id != a.id):
			t.Errorf("assignment %d was %+v, is %+v", id, was, is)
		case is == was && is.version != was.version:
			t.Errorf("assignment %d: version %d became %d", id, was.version, is.version)
		}
	}
	for id, is := range l.rows {
		if _, there := before[id]; !there && (!s.adds || is.version != 1) {
			t.Errorf("assignment %d is new: %+v", id, is)
		}
		if is.leads == "" {
			t.Errorf("assignment %d has no lead\n%s", id, l.told(id))
		}
		l.sameFirst(is)
	}
}

// sameFirst sees to it that the first deadline never changes.
func (l *life) sameFirst(is row) {
	if was, known := l.first[is.id]; known && was != is.firstDue {
		l.t.Errorf("the first deadline of %d was %q and is %q\n%s", is.id, was, is.firstDue, l.told(is.id))
	}
	if is.firstDue != "" {
		l.first[is.id] = is.firstDue
	}
}

func (l *life) told(id int64) string { return strings.Join(l.history[id], "\n") }

// pass lets days pass and the scheduler run, now and then twice as after a restart.
func (l *life) pass() {
	l.look()
	before := l.rows
	day := l.rules.Day(l.business.at).AddDays(1 + l.random.IntN(9))
	l.at(day.String() + " 09:30")
	check(l.t, l.scheduler.RunDue(l.t.Context(), l.business.at))
	l.look()
	if l.chance(20) {
		once := l.trace
		check(l.t, l.scheduler.RunDue(l.t.Context(), l.business.at))
		if l.look(); l.trace != once {
			l.t.Errorf("the jobs of %s did more when they ran again: rows\n%s\n%s", day, once, l.trace)
		}
	}
	for id, was := range before {
		if is := l.rows[id]; is != was && !l.inherited(was, is) {
			l.t.Errorf("the jobs changed %+v: %+v", was, l.rows[id])
		}
	}
	for id, is := range l.rows {
		if _, there := before[id]; !there && (is.series == 0 || is.state != string(tasks.StateAssigned)) {
			l.t.Errorf("the jobs made %+v", is)
		}
		l.sameFirst(is)
	}
	l.days++
}

func (l *life) today() calendar.Date { return l.rules.Day(l.business.at) }
