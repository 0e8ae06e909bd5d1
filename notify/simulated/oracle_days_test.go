package simulated_test

import (
	"slices"
	"time"
)

// fired tells whether an hour of the day, in minutes, has come on one of the days since the jobs ran last.
func (o *oracle) fired(now time.Time, hour int) (day, bool) {
	for d := dayOf(now); d >= dayOf(o.ran); d-- {
		if at := d.at(hour/60, hour%60); at.After(o.ran) && !at.After(now) {
			return d, true
		}
	}
	return 0, false
}

// write finds what the day asks for, when the jobs run at the instant.
func (o *oracle) write(now time.Time) {
	today := dayOf(now)
	if _, ok := o.fired(now, asked.reminds); ok && isWorking(today) {
		o.remind(now, today)
	}
	// Of the firings on working days since the last run the newest counts: a Monday off makes it the next working day.
	for d := today; d >= dayOf(o.ran); d-- {
		at := d.at(asked.sums/60, asked.sums%60)
		if at.After(now) || !at.After(o.ran) || !isWorking(d) {
			continue
		}
		monday := d
		for monday.weekday() != time.Monday {
			monday--
		}
		if from(monday) == d {
			o.sumUp(now, monday, false)
			o.tell("digest", &telling{kind: "digest", role: leader, week: monday, born: now})
			break
		}
	}
	for d := today; d >= dayOf(o.ran); d-- {
		at := d.at(asked.sums/60, asked.sums%60)
		if at.After(now) || !at.After(o.ran) || !isWorking(d) {
			continue
		}
		if first := d - day(d.noon().Day()-1); from(first) == d {
			o.sumUp(now, first, true)
			break
		}
	}
}

type sumOf struct {
	agency int64
	role   string
	month  bool
}

// sumUp is for every agency that leads something.
func (o *oracle) sumUp(now time.Time, week day, month bool) {
	leads := make(map[int64]bool)
	for _, e := range o.duties {
		for _, a := range e.leads {
			leads[a] = true
		}
	}
	for a := range leads {
		for _, role := range []string{focal, head} {
			o.tell(sumOf{a, role, month}, &telling{kind: "rollup", agency: a, role: role, week: week, month: month, born: now})
		}
	}
}

type stepOf struct {
	duty   *errand
	period day
	what   string
	agency int64
	role   string
}

// remind finds the newest step of every deadline and missing report.
func (o *oracle) remind(now time.Time, today day) {
	o.order = slices.DeleteFunc(o.order, (*errand).ended)
	for _, e := range o.order {
		if asked.waitingReports && e.state == "submitted" {
			within := shift(e.submitted, asked.confirm)
			o.step(e, 0, int(e.submitted), "waiting", []int64{0}, secretariat, rungs(within, nil, false, 1, asked.every, today), e.submitted, now, today)
		}
		if !e.open() {
			continue
		}
		if e.periods == nil {
			o.climb(e, e.due, 0, e.set, now, today)
			continue
		}
		for _, p := range e.periods {
			if !p.answered {
				o.climb(e, p.due, p.due, e.issued, now, today)
			}
		}
	}
}

func (o *oracle) climb(e *errand, due, period, set day, now time.Time, today day) {
	if due-40 > today {
		return // the first step of no deadline comes so early, not even around Tết
	}
	o.step(e, period, e.version, "lead", e.leads, focal, rungs(due, asked.before, true, asked.after, asked.every, today), set, now, today)
	if asked.head > 0 {
		o.step(e, period, e.version, "head", e.leads, head, rungs(due, nil, false, asked.head, asked.every, today), set, now, today)
	}
	if asked.specialist > 0 {
		o.step(e, period, e.version, "specialist", []int64{0}, secretariat, rungs(due, nil, false, asked.specialist, asked.every, today), set, now, today)
	}
	if len(asked.cooperating) > 0 && period == 0 { // a periodic report is the leads' alone
		days := slices.DeleteFunc(slices.Clone(asked.cooperating), func(n int) bool { return n == 0 })
		o.step(e, period, e.version, "cooperating", e.coop, focal, rungs(due, days, len(days) < len(asked.cooperating), 0, 0, today), set, now, today)
	}
}

func (o *oracle) step(e *errand, period day, version int, what string, agencies []int64, role string, list []rung, set day, now time.Time, today day) {
	r, ok := newest(list, set, today)
	if !ok {
		return
	}
	for _, a := range agencies {
		key := stepOf{e, period, what, a, role}
		if old := o.last[key]; old != nil && old.version == version && old.step == r.step {
			continue
		}
		o.tell(key, &telling{kind: "reminder", what: what, duty: e, agency: a, role: role, period: period, version: version, step: r.step, born: now})
	}
}
