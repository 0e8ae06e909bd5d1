package simulated_test

import (
	"time"

	"tiendo/notify"
)

// span is a stretch of time.
type span struct{ from, to time.Time }

func (s span) holds(at time.Time) bool { return !at.Before(s.from) && at.Before(s.to) }

// chaos is what goes wrong in a year.
type chaos struct {
	away []span // the mail server
	down []span // the program
}

func within(list []span, at time.Time) bool {
	for _, s := range list {
		if s.holds(at) {
			return true
		}
	}
	return false
}

// trouble plans the year's outages: of the mail server for hours, days and a week, of the program for an hour in which jobs fire, and for days.
func (w *world) trouble() {
	length := int(w.size.to - w.size.from)
	some := func() day { return w.size.from + day(w.between(8, max(9, length-8))) }
	for range max(1, length/60) {
		d := some()
		w.chaos.away = append(w.chaos.away, span{d.at(w.between(0, 16), w.random.IntN(60)), (d + 1).at(w.between(6, 16), w.random.IntN(60))})
	}
	for range max(1, length/40) {
		d, h := some(), w.between(6, 15)
		w.chaos.away = append(w.chaos.away, span{d.at(h, 30), d.at(h+w.between(1, 5), 15)})
	}
	for range max(1, length/180) {
		d := some()
		w.chaos.away = append(w.chaos.away, span{d.at(w.between(7, 15), 20), (d + 7).at(w.between(7, 15), 40)})
	}
	for range max(1, length/30) {
		d, h := some(), w.between(6, 8)
		w.chaos.down = append(w.chaos.down, span{d.at(h, 45), d.at(h+w.between(1, 2), 50)})
	}
	for range max(1, length/90) {
		d := some()
		w.chaos.down = append(w.chaos.down, span{d.at(w.between(7, 18), 10), (d + day(w.between(1, 3))).at(w.between(7, 18), 10)})
	}
}

// ticks lists when the program looks at the clock on a day.
func (w *world) ticks(d day) []time.Time {
	var out []time.Time
	add := func(h, m int) { out = append(out, d.at(h, m)) }
	if !isWorking(d) {
		if w.chance(60) {
			add(w.between(6, 21), w.random.IntN(60))
		}
		return out
	}
	if w.chance(30) {
		add(7, w.between(0, 59))
	}
	add(8, pick(w, []int{0, 0, 1, w.random.IntN(40)}))
	add(9, pick(w, []int{0, 0, 1, w.random.IntN(40)}))
	add(w.between(10, 11), w.random.IntN(60))
	add(w.between(13, 15), w.random.IntN(60))
	add(16, w.between(5, 59))
	if w.chance(25) {
		add(w.between(17, 23), w.random.IntN(60))
	}
	return out
}

// tick lets every instance run once, and the oracle judge what came of it. A process that is killed on the way is started again, and runs
// three minutes later.
func (w *world) tick() {
	now := w.now()
	if within(w.chaos.down, now) {
		w.done["runs missed"]++
		w.note("down")
		return
	}
	switch away := within(w.chaos.away, now); {
	case away && w.server.isUp():
		w.server.down()
		w.done["mail server lost"]++
		w.note("the mail server is gone")
	case !away && !w.server.isUp():
		w.server.up()
		w.note("the mail server is back")
	}
	if w.chance(3) {
		w.restart()
		now = w.now()
	}
	kill := isWorking(w.today()) && w.chance(w.size.kills)
	if kill {
		pick(w, w.programs).arm(w.random.IntN(1+w.random.IntN(120)), blow(w.random.IntN(int(blows))))
	}
	w.run(now)
	dead, orphans := w.bury(now)
	w.judge(now, !dead, orphans)
	if dead {
		w.pass(now.Add(3 * time.Minute))
		w.run(w.now())
		w.judge(w.now(), true, 0)
	}
	w.done["runs"]++
	w.note("ran; the server took %d mails", w.arrived)
}

// run lets every instance do its work; some do it one after the other, some at the same time.
func (w *world) run(now time.Time) {
	ctx := w.t.Context()
	run := func(p *program) error { return p.run(ctx, now) }
	deliver := func(p *program) error { return p.deliver(ctx, w.server.isUp()) }
	if len(w.programs) > 1 && w.chance(40) {
		w.check(together(w.programs, func(p *program) error {
			if err := run(p); err != nil {
				return err
			}
			return deliver(p)
		}))
	} else {
		w.check(together(w.programs, run))
	}
	w.check(together(w.programs, deliver))
}

// bury starts every process again that was killed, and counts the mails with which they died on their lips.
func (w *world) bury(now time.Time) (dead bool, orphans int) {
	for i, p := range w.programs {
		if p.isDead() {
			dead, orphans = true, orphans+p.orphan
			w.oracle.left += len(p.hands)
			w.oracle.died = now
			w.check(p.end())
			w.programs[i] = w.start(p.name + "'")
			w.done["killed"]++
			w.note("%s was killed %s, with %d mails in its hands, of which the server has %d", p.name, blowNames[p.how], len(p.hands), p.orphan)
			continue
		}
		p.disarm()
	}
	return dead, orphans
}

func (k *killer) disarm() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.armed = false
}

// restart ends an instance and starts another two minutes later, when nobody else's lease holds it up.
func (w *world) restart() {
	i := w.random.IntN(len(w.programs))
	w.check(w.programs[i].end())
	w.note("%s ended", w.programs[i].name)
	w.programs[i] = w.start(w.programs[i].name + "+")
	w.pass(w.now().Add(notify.DefaultLease))
	w.done["restarted"]++
}

// judge hands what has reached the far end to the oracle.
func (w *world) judge(now time.Time, ran bool, orphans int) {
	var letters []letter
	mails := w.server.collect()
	w.arrived = len(mails)
	for _, m := range mails {
		letters = append(letters, read(w.t, m))
	}
	w.oracle.tick(now, letters, ran, w.server.isUp(), orphans)
}

// pass moves both clocks.
func (w *world) pass(to time.Time) {
	if to.After(w.now()) {
		w.business.set(to)
		w.system.set(to)
	}
}
