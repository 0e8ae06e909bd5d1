package simulated_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// size is how large a province is, and how much happens in it.
type size struct {
	agencies, people, duties, documents int
	from, to                            day
	kills                               int // per cent of the runs on working days
}

// world is a province whose people work on the program, and the oracle that watches.
type world struct {
	*house
	size     size
	random   *rand.Rand
	programs []*program
	oracle   *oracle
	chaos    chaos

	agencies []int64
	people   map[int64]tasks.Person
	staff    []int64 // of the secretariat
	leaders  []int64
	last     []int64 // everybody else who is active, in order
	issued   int     // documents
	given    int     // duties
	joined   int     // people who came
	queue    []deed
	done     map[string]int
	refused  map[string]int
	diary    []string // what happened to the program before the first fault
	arrived  int      // mails in the last run
}

// deed is what somebody is going to do.
type deed struct {
	at time.Time
	do func()
}

// note keeps what happened, until something is wrong.
func (w *world) note(format string, args ...any) {
	if len(w.oracle.faults) == 0 {
		w.diary = append(w.diary, w.now().Format(minute)+" "+fmt.Sprintf(format, args...))
	}
}

func (w *world) chance(percent int) bool { return w.random.IntN(100) < percent }

func (w *world) between(a, b int) int { return a + w.random.IntN(b-a+1) }

func pick[T any](w *world, list []T) T { return list[w.random.IntN(len(list))] }

// later plans a deed.
func (w *world) later(at time.Time, do func()) {
	if dayOf(at) > w.size.to {
		return
	}
	i, _ := slices.BinarySearchFunc(w.queue, at, func(d deed, at time.Time) int { return d.at.Compare(at) })
	w.queue = slices.Insert(w.queue, i, deed{at, do})
}

// officeTime is some time on the day or, if it is a day off, mostly on the next working day.
func (w *world) officeTime(d day) time.Time {
	seconds := time.Duration(w.random.IntN(3600)) * time.Second
	if w.chance(6) { // in the evening, or on a day off
		return d.at(w.between(6, 22), 0).Add(seconds)
	}
	d = from(d)
	if w.chance(55) {
		return d.at(7, 35).Add(seconds * 230 / 60)
	}
	return d.at(13, 35).Add(seconds * 200 / 60)
}

func (w *world) now() time.Time { return w.business.now() }

func (w *world) today() day { return dayOf(w.now()) }

// through is an instance whose pages people use now.
func (w *world) through() *program { return pick(w, w.programs) }

// populate makes agencies and people before the year begins.
func (w *world) populate() {
	p := w.programs[0]
	for i := range w.size.agencies {
		n := i + 1
		a, err := p.directory.SaveAgency(w.t.Context(), tasks.System, tasks.Agency{Code: fmt.Sprintf("A%d", n), Name: fmt.Sprintf("Sở A%d", n), Kind: directory.KindDepartment})
		w.check(err)
		w.agencies = append(w.agencies, a.ID)
		w.oracle.agency(int64(n), a.ID, w.now())
	}
	for range 4 {
		w.staff = append(w.staff, w.join(tasks.Grant{Role: tasks.RoleSecretariat}))
	}
	for range 3 {
		w.leaders = append(w.leaders, w.join(tasks.Grant{Role: tasks.RoleLeader}))
	}
	for i, a := range w.agencies {
		if i%9 != 4 {
			w.last = append(w.last, w.join(tasks.Grant{Role: tasks.RoleHead, AgencyID: a}))
		}
		if i%13 != 6 {
			w.last = append(w.last, w.join(tasks.Grant{Role: tasks.RoleFocal, AgencyID: a}))
		}
	}
	for len(w.people) < w.size.people {
		grants := []tasks.Grant{{Role: tasks.RoleFocal, AgencyID: pick(w, w.agencies)}}
		if w.chance(15) { // answers for two agencies, or is the head of one as well
			other := tasks.Grant{Role: pick(w, []tasks.Role{tasks.RoleFocal, tasks.RoleHead}), AgencyID: pick(w, w.agencies)}
			if other != grants[0] {
				grants = append(grants, other)
			}
		}
		w.last = append(w.last, w.join(grants...))
	}
	for _, id := range w.last {
		if w.chance(25) {
			w.choose(id)
		}
	}
}

// choose lets somebody say when he wants to be reminded, and whether he wants roll-ups.
func (w *world) choose(id int64) {
	in := tasks.MailSwitches{NoRollUps: w.chance(40)}
	if w.chance(70) {
		in.RemindAt = w.between(tasks.FirstReminderHour, 16)
	}
	p, err := w.through().accounts.SetMailSwitches(w.t.Context(), w.people[id], in)
	w.check(err)
	w.people[id] = p
	c := w.oracle.people[id]
	c.hour, c.quiet = in.RemindAt*60, in.NoRollUps
	w.done["switches chosen"]++
}

// join adds somebody.
func (w *world) join(grants ...tasks.Grant) int64 {
	w.joined++
	p := tasks.Person{
		Name: fmt.Sprintf("Nguyễn Thị %d", w.joined), Email: fmt.Sprintf("p%d@mauson.example.vn", w.joined), Language: "vi", Active: true, Grants: grants,
	}
	return w.save(p)
}

// save stores who somebody is, and tells the oracle. Where he would leave work to nobody, a successor takes it.
func (w *world) save(p tasks.Person) int64 {
	accounts := w.through().accounts
	saved, err := accounts.SavePerson(w.t.Context(), tasks.System, p)
	var next tasks.Successors
	if tasks.CodeOf(err) == tasks.CodeInvalid && p.ID != 0 {
		other := func(list []int64) int64 {
			for {
				if id := pick(w, list); id != p.ID {
					return id
				}
			}
		}
		next = tasks.Successors{Focal: other(w.last), Specialist: other(w.staff), Leader: other(w.leaders)}
		saved, err = accounts.SavePersonWith(w.t.Context(), tasks.System, p, next)
		w.done["succeeded"]++
	}
	w.check(err)
	if next.Focal != 0 {
		var heir tasks.Person
		w.check(w.programs[0].db.Accounts().View(w.t.Context(), func(tx tasks.AccountReader) (err error) {
			heir, err = tx.Person(next.Focal)
			return err
		}))
		w.know(heir, w.oracle.people[p.ID])
	}
	w.know(saved, nil)
	return saved.ID
}

// know keeps who somebody is. What he takes over from another he has since that one had it.
func (w *world) know(p tasks.Person, from *citizen) {
	w.people[p.ID] = p
	var roles []capacity
	for _, g := range p.Grants {
		roles = append(roles, capacity{role: string(g.Role), agency: g.AgencyID})
	}
	w.oracle.person(p.ID, p.Name, p.Email, p.Active, w.now(), from, roles...)
}

// move lets somebody leave, come or change his agency.
func (w *world) move() {
	switch n := w.random.IntN(10); {
	case n < 3: // leaves
		id := pick(w, w.last)
		p := w.people[id]
		p.Active = false
		w.save(p)
		w.last = slices.DeleteFunc(w.last, func(o int64) bool { return o == id })
		w.done["left"]++
	case n < 6: // comes, mostly to where nobody is
		a, role := pick(w, w.agencies), tasks.RoleFocal
		for _, other := range w.agencies {
			if len(w.oracle.holders(capacity{role: focal, agency: other})) == 0 && w.chance(50) {
				a = other
			}
		}
		if len(w.oracle.holders(capacity{role: head, agency: a})) == 0 && w.chance(60) {
			role = tasks.RoleHead
		}
		w.last = append(w.last, w.join(tasks.Grant{Role: role, AgencyID: a}))
		w.done["came"]++
	case n < 9: // goes to another agency
		p := w.people[pick(w, w.last)]
		p.Grants = []tasks.Grant{{Role: pick(w, []tasks.Role{tasks.RoleFocal, tasks.RoleFocal, tasks.RoleHead}), AgencyID: pick(w, w.agencies)}}
		w.save(p)
		w.done["changed agency"]++
	case w.chance(30):
		w.choose(pick(w, w.last))
	case w.chance(50): // a leader goes, another comes
		i := w.random.IntN(len(w.leaders))
		p := w.people[w.leaders[i]]
		p.Active = false
		w.save(p)
		w.leaders[i] = w.join(tasks.Grant{Role: tasks.RoleLeader})
		w.done["leader changed"]++
	default:
		i := w.random.IntN(len(w.staff))
		p := w.people[w.staff[i]]
		p.Active = false
		w.save(p)
		w.staff[i] = w.join(tasks.Grant{Role: tasks.RoleSecretariat})
		w.done["secretariat changed"]++
	}
}

// reporter is somebody of a lead who may report; ok is false when there is nobody.
func (w *world) reporter(e *errand) (tasks.Person, bool) {
	var list []int64
	for _, a := range e.leads {
		for _, role := range []string{focal, head} {
			for _, c := range w.oracle.holders(capacity{role: role, agency: a}) {
				list = append(list, c.id)
			}
		}
	}
	if len(list) == 0 {
		return tasks.Person{}, false
	}
	return w.people[pick(w, list)], true
}

// clerk is somebody of the secretariat.
func (w *world) clerk() tasks.Person { return w.people[pick(w, w.staff)] }
