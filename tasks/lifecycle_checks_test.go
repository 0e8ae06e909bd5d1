package tasks_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tiendo/store"
	"tiendo/tasks"
)

// holds looks whether all holds that must hold at the end of a day.
func (l *life) holds() {
	l.t.Helper()
	l.replay()
	for _, id := range l.ids {
		l.consistent(l.rows[id])
	}
	l.nothingLike()
	l.silent()
	l.figures()
	if l.days%10 == 0 {
		l.verify()
	}
}

// folded is an assignment as the trail tells of it.
type folded struct {
	state, percent, due, dueVersion, submittedOn, first, leads string
}

// values are those of a row of the trail under the names that it has for what it tells of.
func (f *folded) values() map[string]*string {
	return map[string]*string{
		"state": &f.state, "percent": &f.percent, "due": &f.due, "due_version": &f.dueVersion, "submitted_on": &f.submittedOn, "first_due": &f.first,
		"leads": &f.leads,
	}
}

func fields(object string) map[string]string {
	out := make(map[string]string)
	var raw map[string]any
	if object != "" && json.Unmarshal([]byte(object), &raw) != nil {
		return nil
	}
	for k, v := range raw {
		out[k] = fmt.Sprint(v)
		if list, ok := v.([]any); ok {
			out[k] = ""
			for _, e := range list {
				out[k] += "," + fmt.Sprint(e)
			}
		}
	}
	return out
}

// births are the steps with which an assignment begins.
var births = []string{"assignment.assigned", "assignment.added", "assignment.opened", takenOver}

// takenOver tells of the deadline in force and of the first; that the first was moved stands in a row of its own.
const takenOver = "assignment.taken_over"

// replay does again what the trail tells, and compares it with what is there.
func (l *life) replay() {
	rows, err := l.sql.Query(fmt.Sprintf("SELECT id, action, subject_id, before, after FROM audit WHERE subject_kind = 'assignment' AND id > %d ORDER BY id", l.lastAudit))
	check(l.t, err)
	defer rows.Close()
	for rows.Next() {
		var id int64
		var action, before, after string
		check(l.t, rows.Scan(&l.lastAudit, &action, &id, &before, &after))
		was, is := fields(before), fields(after)
		if _, there := l.rows[id]; !there {
			continue // recalled
		}
		f := l.folded[id]
		if slices.Contains(births, action) {
			if f != nil {
				l.t.Errorf("assignment %d begins twice", id)
			}
			f = &folded{state: "assigned", percent: "0", dueVersion: "1", first: is["due"]}
			l.folded[id] = f
		}
		if f == nil {
			l.t.Errorf("%s of assignment %d is told before it began", action, id)
			continue
		}
		// A row that names a new deadline without its version makes one.
		if _, named := is["due_version"]; before != "" && !named && (was["due"] != is["due"] || was["cadence"] != is["cadence"]) {
			f.dueVersion = fmt.Sprint(atoi(f.dueVersion) + 1)
			if f.first == "" {
				f.first = is["due"]
			}
		}
		for name, at := range f.values() {
			if told, ok := was[name]; ok && told != *at {
				l.t.Errorf("assignment %d: %s tells that %s was %q, and before it was %q\n%s", id, action, name, told, *at, l.told(id))
			}
			if told, ok := is[name]; ok {
				*at = told
			}
		}
		if action == takenOver {
			f.due = f.first
		}
	}
	check(l.t, rows.Err())
	for _, id := range l.ids {
		a, f := l.rows[id], l.folded[id]
		if f == nil {
			l.t.Errorf("the trail does not tell of %+v", a)
			continue
		}
		first := a.firstDue
		if a.firstMended != "" {
			first = a.firstMended
		}
		if is := (folded{a.state, fmt.Sprint(a.percent), a.due, fmt.Sprint(a.dueVersion), a.submittedOn, first, a.leads}); is != *f {
			l.t.Errorf("assignment %d is %+v, and by its trail %+v\n%s", id, is, *f, l.told(id))
		}
	}
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}

// consistent looks at what must hold of one assignment whatever happened.
func (l *life) consistent(a row) {
	completed, waits := a.state == "completed", a.state == "submitted"
	for what, wrong := range map[string]bool{
		"is completed at no time, or at one without being so": completed != (a.completedAt != 0),
		"was submitted on no day, or on one without being so": (completed || waits) != (a.submittedOn != ""),
		"has neither deadline nor cadence, or both":           (a.due == "") == (a.cadence == ""),
		"has a deadline and no first one":                     a.due != "" && a.firstDue == "",
		"has another deadline of the first version":           a.dueVersion == 1 && a.due != a.firstDue,
		"has done more than all, or less than nothing":        a.percent < 0 || a.percent > 100,
		"is led by one who only cooperates":                   slices.ContainsFunc(a.leadIDs(), func(id int64) bool { return slices.Contains(a.cooperatingIDs(), id) }),
	} {
		if wrong {
			l.t.Errorf("assignment %d %s: %+v\n%s", a.id, what, a, l.told(a.id))
		}
	}
}

// never lists what no query may find. Each answers identifiers of assignments.
var never = []struct{ what, query string }{
	{"has agencies with another state, deadline or document than its own", `SELECT a.id FROM assignment_agencies g JOIN assignments a ON a.id = g.assignment_id
		WHERE g.state <> a.state OR g.due <> coalesce(a.due, '~') OR coalesce(g.submitted_on, '') <> coalesce(a.submitted_on, '') OR g.document_id <> a.document_id`},
	{"waits without a submission", `SELECT a.id FROM assignments a WHERE a.state = 'submitted'
		AND (SELECT count(*) FROM reports r WHERE r.assignment_id = a.id AND r.kind = 'submission' AND r.outcome = '') <> 1`},
	{"is open with a submission that waits", `SELECT a.id FROM assignments a JOIN reports r ON r.assignment_id = a.id
		WHERE a.state NOT IN ('submitted', 'cancelled') AND r.kind = 'submission' AND r.outcome = ''`},
	{"is completed without a report that was confirmed", `SELECT a.id FROM assignments a WHERE a.state = 'completed'
		AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.assignment_id = a.id AND r.outcome = 'confirmed')`},
	{"rests without a decision on it", `SELECT a.id FROM assignments a WHERE a.state = 'on_hold'
		AND (SELECT count(*) FROM pauses p WHERE p.assignment_id = a.id AND p.kind = 'hold' AND p.lifted_on IS NULL) <> 1
		AND NOT (EXISTS (SELECT 1 FROM audit u WHERE u.subject_kind = 'assignment' AND u.subject_id = a.id AND u.action = '` + takenOver + `')
			AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.assignment_id = a.id AND p.kind = 'hold'))`},
	{"goes on while a decision that it does not lasts", `SELECT a.id FROM assignments a JOIN pauses p ON p.assignment_id = a.id AND p.lifted_on IS NULL
		WHERE a.state NOT IN ('on_hold', 'cancelled')`},
	{"has two requests that wait", `SELECT assignment_id FROM extensions WHERE outcome = '' GROUP BY assignment_id HAVING count(*) > 1`},
	{"was taken back with a request that waits", `SELECT a.id FROM assignments a JOIN extensions x ON x.assignment_id = a.id WHERE a.state = 'cancelled' AND x.outcome = ''`},
	{"was taken back with a decline that waits", `SELECT a.id FROM assignments a JOIN declines x ON x.assignment_id = a.id WHERE a.state = 'cancelled' AND x.outcome = ''`},
	{"has ended and awaits a periodic report", `SELECT a.id FROM assignments a JOIN cadence_notes n ON n.assignment_id = a.id
		WHERE a.state IN ('completed', 'cancelled') AND n.report_id IS NULL`},
	{"has a deadline and awaits a periodic report", `SELECT a.id FROM assignments a JOIN cadence_notes n ON n.assignment_id = a.id WHERE a.due IS NOT NULL AND n.report_id IS NULL`},
	{"had a submission returned by who sent it", `SELECT assignment_id FROM reports WHERE outcome = 'returned' AND decided_by = person_id`},
	{"had a submission confirmed by who sent it, though it needed that", `SELECT r.assignment_id FROM reports r WHERE r.outcome = 'confirmed' AND r.decided_by = r.person_id
		AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.subject_kind = 'assignment' AND u.subject_id = r.assignment_id AND u.action LIKE '%_final')`},
	{"was extended by who asked for it or reported", `SELECT x.assignment_id FROM extensions x WHERE x.outcome IN ('granted', 'refused') AND (x.origin = '' AND x.decided_by = x.person_id
		OR EXISTS (SELECT 1 FROM reports r WHERE r.assignment_id = x.assignment_id AND r.person_id = x.decided_by AND r.at < x.decided_at))`},
	{"was held or taken back by who reported on it", `SELECT p.assignment_id FROM pauses p JOIN reports r ON r.assignment_id = p.assignment_id AND r.person_id = p.person_id AND r.at < p.at`},
	{"was reassigned by who reported on it", `SELECT x.assignment_id FROM reassignments x JOIN reports r ON r.assignment_id = x.assignment_id AND r.person_id = x.person_id AND r.at < x.at
		AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.subject_kind = 'assignment' AND u.subject_id = x.assignment_id AND u.action = 'assignment.inherit' AND u.at = x.at)`},
	{"was insisted on by who asked", `SELECT assignment_id FROM declines WHERE outcome IN ('insisted', 'reassigned') AND decided_by = person_id`},
	{"waits for the head of an agency that does not lead it", `SELECT r.assignment_id FROM reports r WHERE r.outcome = 'at_head' AND NOT EXISTS (
		SELECT 1 FROM assignment_agencies g WHERE g.assignment_id = r.assignment_id AND g.agency_id = r.agency_id AND g.part = 'lead')`},
	{"has a remark that was settled by who answered it", `SELECT m.assignment_id FROM remarks m WHERE m.state = 'accepted'
		AND m.closed_by = (SELECT w.person_id FROM remark_answers w WHERE w.remark_id = m.id AND w.agency_id IS NOT NULL ORDER BY w.id DESC LIMIT 1)`},
	{"has a part that was accepted by who sent it", `SELECT c.assignment_id FROM contributions c WHERE c.state = 'accepted'
		AND c.closed_by = (SELECT p.person_id FROM contribution_parts p WHERE p.contribution_id = c.id AND p.again = 0 ORDER BY p.id DESC LIMIT 1)`},
	{"has evidence of another state than its newest report with any", `SELECT a.id FROM assignments a WHERE coalesce(a.evidence, '') <> coalesce((SELECT r.evidence FROM reports r
		WHERE r.assignment_id = a.id AND r.documents <> '' AND r.outcome NOT IN ('withdrawn', 'at_head', 'sent_back', 'lapsed') ORDER BY r.id DESC LIMIT 1), '')`},
	{"is of a period that its series has not opened", `SELECT a.id FROM assignments a WHERE a.series_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM series_periods p WHERE p.series_id = a.series_id AND p.due = a.period_due)`},
	{"recurs under a cadence", `SELECT a.id FROM assignments a WHERE a.series_id IS NOT NULL AND a.cadence <> ''`},
	// What it took over from another is a duty of its own, even beside one that it had done and that is reopened.
	{"is led by an agency that leads the same duty twice", `SELECT max(a.id) FROM assignments a JOIN assignment_agencies g ON g.assignment_id = a.id AND g.part = 'lead'
		WHERE a.state NOT IN ('completed', 'cancelled') AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.subject_kind = 'assignment' AND u.subject_id = a.id
		AND u.action = 'assignment.inherit') GROUP BY a.task_id, coalesce(a.period_due, ''), g.agency_id HAVING count(*) > 1`},
	{"is in a document that is a draft", `SELECT a.id FROM assignments a JOIN documents d ON d.id = a.document_id WHERE d.state = 'draft'`},
	{"is of another document than its task", `SELECT a.id FROM assignments a JOIN tasks t ON t.id = a.task_id WHERE t.document_id <> a.document_id`},
}

// neverAsked lists what no query may find of consultations.
var neverAsked = []struct{ what, query string }{
	{"is open beside another of its document", "SELECT max(id) FROM consultations WHERE closed_because = '' AND document_id IS NOT NULL GROUP BY document_id HAVING count(*) > 1"},
	{"is open, and its document is no draft", `SELECT c.id FROM consultations c LEFT JOIN documents d ON d.id = c.document_id
		WHERE c.closed_because = '' AND coalesce(d.state, '') <> 'draft'`},
	{"has an answer that says nothing of an item", `SELECT n.consultation_id FROM consultation_answers n JOIN consultation_items i ON i.consultation_id = n.consultation_id
		WHERE n.sent_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consultation_comments m WHERE m.consultation_id = n.consultation_id AND m.agency_id = n.agency_id
			AND m.item_id = i.id AND m.stance <> '')`},
	{"has a comment without words in an answer that was sent", `SELECT m.consultation_id FROM consultation_comments m
		JOIN consultation_answers n ON n.consultation_id = m.consultation_id AND n.agency_id = m.agency_id
		WHERE n.sent_on IS NOT NULL AND (m.stance = 'comment' AND m.text = '' OR m.stance = 'agree' AND m.text <> '')`},
	{"has a reply to what was not sent", `SELECT m.consultation_id FROM consultation_comments m
		JOIN consultation_answers n ON n.consultation_id = m.consultation_id AND n.agency_id = m.agency_id WHERE m.reply <> '' AND n.sent_on IS NULL`},
	{"has a reply to words of nobody", "SELECT consultation_id FROM consultation_comments WHERE reply <> '' AND reply_to = ''"},
	{"was closed at no time, or at one without being so", "SELECT id FROM consultations WHERE (closed_because <> '') <> (closed_at IS NOT NULL)"},
	{"reminds of what is closed", `SELECT c.id FROM mails w JOIN mail_notices k ON k.mail_id = w.id JOIN notices n ON n.id = k.notice_id
		JOIN consultations c ON n.subject_kind = 'consultation' AND n.subject_id = c.id
		WHERE w.state = 'waiting' AND c.closed_because <> '' AND n.event IN ('asked', 'remind')`},
}

// nothingLike asks for what must never be.
func (l *life) nothingLike() {
	for _, c := range neverAsked {
		for _, id := range l.numbers("%s", c.query) {
			l.t.Errorf("consultation %d %s", id, c.what)
		}
	}
	for _, c := range never {
		for i, id := range l.numbers("%s", c.query) {
			if i < 3 {
				l.t.Errorf("assignment %d %s: %+v\n%s", id, c.what, l.rows[id], l.told(id))
			}
		}
	}
}

// silent looks whether nobody is to be told of what has ended, but that.
func (l *life) silent() {
	about := `FROM notices n LEFT JOIN assignments a ON a.id = CASE n.subject_kind WHEN 'assignment' THEN n.subject_id
		WHEN 'cadence' THEN (SELECT c.assignment_id FROM cadence_notes c WHERE c.id = n.subject_id)
		WHEN 'remark' THEN (SELECT m.assignment_id FROM remarks m WHERE m.id = n.subject_id)
		WHEN 'contribution' THEN (SELECT c.assignment_id FROM contributions c WHERE c.id = n.subject_id) END `
	closed := `n.subject_kind IN ('assignment', 'cadence', 'remark', 'contribution') AND (a.id IS NULL OR a.state IN ('completed', 'cancelled')
		AND NOT (n.event IN ('cancelled', 'ended') AND a.state = 'cancelled') AND NOT (n.event IN ('evidence_wanting', 'series_begun', 'series_changed', 'series_ended') AND a.state = 'completed'))`
	name := `SELECT n.kind || ' ' || n.event || ' of ' || n.subject_kind || ' ' || CAST(n.subject_id AS TEXT) || ' (' || n.occurrence || '), ' || coalesce(a.state, 'gone') `
	open := "n.state = 'open' AND "
	if !l.rules.Calendar.IsWorking(l.today()) {
		open += "n.kind <> 'reminder' AND "
	}
	for _, what := range l.texts("%s", name+about+"WHERE "+open+closed) {
		l.t.Errorf("is still to be told: %s", what)
	}
	waiting := "JOIN mail_notices w ON w.notice_id = n.id JOIN mails m ON m.id = w.mail_id WHERE m.state = 'waiting' AND "
	if !l.rules.Calendar.IsWorking(l.today()) {
		waiting += "n.kind <> 'reminder' AND "
	}
	for _, what := range l.texts("%s", name+about+waiting+closed) {
		l.t.Errorf("a mail waits that tells: %s", what)
	}
}

// counted counts assignments as people do with a list and a pencil.
func (l *life) counted(rows []row) tasks.Figures {
	var f tasks.Figures
	today, soon := l.today(), l.fifthWorkingDay()
	sunday := today
	for sunday.Weekday() != 0 {
		sunday = sunday.AddDays(1)
	}
	for _, a := range rows {
		if a.state == "on_hold" || a.state == "cancelled" {
			continue
		}
		f.All++
		if a.due != "" && a.due < today.String() {
			f.Passed++
		}
		switch a.state {
		case "assigned":
			f.Assigned++
		case "in_progress":
			f.InProgress++
		case "returned":
			f.Returned++
		case "submitted":
			f.Waiting++
			continue
		case "completed":
			if f.Completed++; a.due == "" || a.submittedOn <= a.due {
				f.OnTime++
			}
			continue
		}
		switch {
		case a.due == "":
			f.NoDeadline++
		case a.due < today.String():
			f.Overdue++
		default:
			if a.due <= soon {
				f.DueSoon++
			}
			if a.due <= sunday.String() {
				f.DueWeek++
			}
		}
	}
	return f
}

// fifthWorkingDay is the last day on which what is due then is due soon.
func (l *life) fifthWorkingDay() string {
	d := l.today()
	for n := 0; n < 5; {
		if d = d.AddDays(1); l.rules.Calendar.IsWorking(d) {
			n++
		}
	}
	return d.String()
}

// figures compares what the program counts with its lists.
func (l *life) figures() {
	t, ctx := l.t, l.t.Context()
	all := slices.Collect(maps.Values(l.rows))
	today := l.today()
	soon := l.rules.SoonUntil(today)
	q := tasks.FigureQuery{Today: today, SoonUntil: soon, WeekEnd: today.Monday().AddDays(6)}
	var byAgency map[int64]tasks.Figures
	check(t, l.db.View(ctx, func(tx *store.Tx) (err error) {
		byAgency, err = tx.AgencyFigures(q)
		return err
	}))
	if got, want := must(l.assignments.Figures(ctx, l.leader, 0))(t), l.counted(all); got != want {
		t.Errorf("the province has %+v, counted %+v", got, want)
	}
	for _, agency := range l.agencies {
		own := slices.DeleteFunc(slices.Clone(all), func(a row) bool { return !slices.Contains(a.leadIDs(), agency) })
		want := l.counted(own)
		if got := must(l.assignments.Figures(ctx, l.secretariat, agency))(t); got != want {
			t.Errorf("agency %d has %+v, counted %+v", agency, got, want)
		}
		if byAgency[agency] != want {
			t.Errorf("by agency, %d has %+v, counted %+v", agency, byAgency[agency], want)
		}
		if agency != l.agencies[l.days%len(l.agencies)] {
			continue
		}
		ids := make(map[int64]int)
		for page := (tasks.AssignmentPage{Next: ""}); ; {
			page = must(l.assignments.List(ctx, l.secretariat, tasks.AssignmentQuery{AgencyID: agency, Part: tasks.PartLead, Limit: 50, After: page.Next}))(t)
			for _, r := range page.Rows {
				if ids[r.ID]++; string(r.State) != l.rows[r.ID].state || r.Due.String() != l.rows[r.ID].due {
					t.Errorf("the list shows %+v, there is %+v", r.Assignment, l.rows[r.ID])
				}
			}
			if page.Next == "" {
				break
			}
		}
		for _, a := range own {
			if ids[a.id] != 1 {
				t.Errorf("the list of agency %d shows assignment %d (%s) %d times", agency, a.id, a.state, ids[a.id])
			}
		}
		if len(ids) != len(own) {
			t.Errorf("the list of agency %d has %d, it leads %d", agency, len(ids), len(own))
		}
	}
}

// verify follows the chains of the trail.
func (l *life) verify() {
	chain, _, err := l.db.VerifyAudit(l.t.Context())
	check(l.t, err)
	if breaks, n := chain.End(); len(breaks) > 0 || n > 0 {
		l.t.Errorf("the trail is broken at %d places, first %+v", n, breaks[0])
	}
}
