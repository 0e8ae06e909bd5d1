package simulated_test

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// tick judges what arrived when the program ran at the instant: ran tells that it was not killed on the way, up that the server took mails.
// repeats is how many mails were with the server when a process died before it could note that.
func (o *oracle) tick(now time.Time, letters []letter, ran, up bool, repeats int) {
	o.repeats += repeats
	o.write(now)
	if ran {
		o.ran = now
	}
	before := make(map[int64]day)
	for _, l := range letters {
		if c := o.byMail[l.to]; c != nil && before[c.id] == 0 {
			before[c.id] = c.reminded + 1
		}
		known := len(o.faults)
		o.arrived(now, l)
		if len(o.faults) > known && o.left > 0 && l.composed.Before(now) && !o.died.Before(l.composed) {
			o.left, o.faults = o.left-1, o.faults[:known]
			o.counts["mails as a killed process left them"]++
		}
	}
	if ran && up {
		o.missing(now, before)
	}
	if ran {
		o.forget(now)
	}
}

// arrived judges one mail.
func (o *oracle) arrived(now time.Time, l letter) {
	o.counts["mails: "+l.kind]++
	today := dayOf(now)
	c := o.byMail[l.to]
	if c == nil {
		o.fault("%s: a mail to %s, who is nobody: %s", now.Format(minute), l.to, l.subject)
		return
	}
	if o.seen[l.id]++; o.seen[l.id] > 1 {
		o.counts["mails repeated after a kill"]++
		if o.repeats--; o.repeats < 0 {
			o.fault("%s: %q to %s came %d times", now.Format(minute), l.subject, l.to, o.seen[l.id])
		}
		return
	}
	if !c.active {
		o.fault("%s: %q to %s, who left on %s", now.Format(minute), l.subject, l.to, c.gone.Format(minute))
	}
	switch l.kind {
	case "reminder", "rollup", "digest":
		if !isWorking(today) {
			o.fault("%s: %q to %s on a day off", now.Format(minute), l.subject, l.to)
		}
	case "event":
		if asked.office && !inOffice(now) {
			o.fault("%s: %q to %s out of office hours", now.Format(minute), l.subject, l.to)
		}
	}
	switch l.kind {
	case "reminder":
		if c.reminded == today {
			o.fault("%s: a second reminder to %s this day: %s", now.Format(minute), l.to, l.subject)
		}
		c.reminded = today
		if hour := max(asked.reminds, c.hour); now.Before(today.at(hour/60, hour%60)) {
			o.fault("%s: %q to %s before the hour", now.Format(minute), l.subject, l.to)
		}
		o.lines(now, c, l)
	case "event":
		o.lines(now, c, l)
	case "issued":
		o.learns(now, c, l, o.named(l.subject, o.at[l.document]))
	case "rollup":
		o.learns(now, c, l, o.at[[2]any{"rollup", o.agencies[agencyIn(l.subject)]}])
	case "digest":
		o.learns(now, c, l, o.at["digest"])
	default:
		o.fault("%s: a mail of the kind %q to %s", now.Format(minute), l.kind, l.to)
	}
}

var (
	agencyName   = regexp.MustCompile(`Sở A(\d+)`)
	moreAgencies = regexp.MustCompile(`\d+ cơ quan khác`)
)

// named leaves out the tellings of agencies that a subject does not name: who began to answer for a second one when the mail of the first
// was written already has a mail for each.
func (o *oracle) named(subject string, of []*telling) []*telling {
	if moreAgencies.MatchString(subject) {
		return of
	}
	agencies := make(map[int64]bool)
	for _, m := range agencyName.FindAllStringSubmatch(subject, -1) {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		agencies[o.agencies[n]] = true
	}
	var out []*telling
	for _, w := range of {
		if agencies[w.agency] {
			out = append(out, w)
		}
	}
	return out
}

func agencyIn(s string) int64 {
	m := agencyName.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseInt(m[1], 10, 64)
	return n
}

// lines judges each duty of a mail.
func (o *oracle) lines(now time.Time, c *citizen, l letter) {
	if len(l.lines) == 0 {
		o.fault("%s: a %s to %s without a duty:\n%s", now.Format(minute), l.kind, l.to, l.text)
	}
	aged := l.kind != "event"
	for _, n := range l.lines {
		e := o.duties[n.duty]
		if e == nil {
			o.fault("%s: %q to %s names duty %d, which there is not", now.Format(minute), l.subject, l.to, n.duty)
			continue
		}
		fits := func(w *telling) bool {
			if w.kind != l.kind {
				return false
			}
			if w.kind == "event" {
				return w.what == n.section
			}
			if slices.Contains(periodicSections, n.section) {
				d := w.period.noon()
				return w.period != 0 && n.when == [2]int{d.Day(), int(d.Month())}
			}
			return w.period == 0 && (w.what == "waiting") == (n.section == sectionWaiting)
		}
		var known *telling
		told := 0
		for _, w := range o.at[e] {
			if _, his := o.since(c, w, l.composed); !his || !fits(w) {
				continue
			}
			if w.told[c.id] || w.over {
				known = w
				continue
			}
			if !o.holds(w) || w.rests() {
				known = w
				continue
			}
			w.told[c.id] = true
			told++
			aged = aged || !now.Before(w.born.Add(asked.window))
		}
		if told == 0 {
			o.fault("%s: %s %q to %s tells of duty %d (%s, due %s) under %q; known: %v", now.Format(minute), l.kind, l.subject, l.to, e.id, e.state, e.due, n.section, known)
		}
		o.counts["lines: "+l.kind]++
	}
	if !aged {
		o.fault("%s: %q to %s went before its ten minutes were over", now.Format(minute), l.subject, l.to)
	}
	if l.more {
		// What no longer fits into the mail is told by its last line.
		for _, w := range o.open {
			if _, his := o.since(c, w, l.composed); his && w.kind == l.kind && !w.over && o.holds(w) {
				w.told[c.id] = true
			}
		}
	}
}

// learns notes that a mail without lines of its own has told somebody.
func (o *oracle) learns(now time.Time, c *citizen, l letter, of []*telling) {
	told := 0
	var known *telling
	for _, w := range of {
		if _, his := o.since(c, w, l.composed); !his {
			continue
		}
		if w.over || w.told[c.id] || !o.holds(w) || l.kind == "issued" && now.Before(w.born.Add(asked.window)) {
			known = w
			continue
		}
		w.told[c.id] = true
		told++
	}
	if told == 0 {
		o.fault("%s: %s %q to %s tells nothing that is to be told; known: %v", now.Format(minute), l.kind, l.subject, l.to, known)
	}
}

// missing finds what should have come by now and did not. before is the day of the last reminder before this run, by person, plus one.
func (o *oracle) missing(now time.Time, before map[int64]day) {
	today := dayOf(now)
	working := isWorking(today)
	minutes := int(now.Sub(today.at(0, 0)) / time.Minute)
	for _, w := range o.open {
		if w.over || !o.holds(w) || w.rests() {
			continue
		}
		switch w.kind {
		case "reminder":
			if !working || minutes < asked.reminds {
				continue
			}
		case "rollup", "digest":
			if !working || minutes < asked.sums || w.kind == "rollup" && !o.counted(w.agency) {
				w.over = o.everyoneKnows(w) // that of an earlier day may have come with the first look of this one
				continue
			}
		case "event":
			if now.Before(w.born.Add(asked.window)) || asked.office && !inOffice(now) {
				continue
			}
		case "issued":
			if now.Before(w.born.Add(asked.window)) {
				continue
			}
		}
		left := 0
		people, as := o.whom(w)
		for _, c := range people {
			since, his := o.since(c, w, now)
			if !his || w.told[c.id] {
				continue
			}
			if w.kind == "reminder" && (minutes < c.hour || before[c.id] == today+1 || before[c.id] == 0 && c.reminded == today) {
				left++ // his hour has not come, or he had the mail of the day before this was to be told
				continue
			}
			if since.After(w.born) {
				continue // he came when the others knew
			}
			w.told[c.id] = true
			o.fault("%s: %s was not told: %v", now.Format(minute), c.email, w)
		}
		switch {
		case len(people) == 0 || w.kind == "issued" && as.role == secretariat:
			w.born = now // whoever comes is told
		case left == 0:
			w.over = true
		}
	}
}

// everyoneKnows tells whether all whom the telling is for have been told.
func (o *oracle) everyoneKnows(w *telling) bool {
	people, _ := o.whom(w)
	return len(people) > 0 && !slices.ContainsFunc(people, func(c *citizen) bool { return !w.told[c.id] })
}

// counted tells whether an agency leads something that counts.
func (o *oracle) counted(agency int64) bool {
	for _, e := range o.duties {
		if e.state != "cancelled" && e.state != "on_hold" && slices.Contains(e.leads, agency) {
			return true
		}
	}
	return false
}

// forget ends what is no longer true when the program looks: it is not told later either.
func (o *oracle) forget(now time.Time) {
	reminds := isWorking(dayOf(now)) && !now.Before(dayOf(now).at(asked.reminds/60, asked.reminds%60))
	sums := isWorking(dayOf(now)) && !now.Before(dayOf(now).at(asked.sums/60, asked.sums%60))
	for _, w := range o.open {
		if w.kind == "rollup" && sums && !w.over && !o.counted(w.agency) {
			// Nothing of the agency counted when its people would have been told.
			people, _ := o.whom(w)
			w.over = len(people) > 0
		}
		if !w.over && !w.rests() && (w.kind != "reminder" || reminds) && !o.holds(w) {
			w.over = true
			o.counts["notices that became untrue"]++
		}
	}
	gone := make(map[any]bool)
	o.open = slices.DeleteFunc(o.open, func(w *telling) bool {
		if w.over {
			gone[w.subject()] = true
		}
		return w.over
	})
	for s := range gone {
		if s = any(s); len(o.at[s]) > 8 {
			o.at[s] = slices.DeleteFunc(o.at[s], func(w *telling) bool { return w.over })
		}
	}
}

// inOffice tells whether offices are open: half past seven to half past eleven, half past one to five.
func inOffice(at time.Time) bool {
	d := dayOf(at)
	within := func(h1, m1, h2, m2 int) bool { return !at.Before(d.at(h1, m1)) && at.Before(d.at(h2, m2)) }
	return isWorking(d) && (within(7, 30, 11, 30) || within(13, 30, 17, 0))
}
