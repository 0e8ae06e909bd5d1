package sample

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// daysOff are the public holidays of July to October 2026 that fall on a weekday (the 2nd of September, the day before it, and
// the Monday that was swapped).
var daysOff = []string{"2026-08-31", "2026-09-01", "2026-09-02"}

// demoStart is when the demo's clock starts.
const demoStart = "2026-10-05T07:00:00+07:00"

// monthlyPeriods are the periods of the duty that recurs which are open when the demo begins: the last two months.
var monthlyPeriods = []string{"2026-08-25", "2026-09-25"}

// tracked is one assignment as the events leave it.
type tracked struct {
	due       string
	state     string
	submitted string // day of the submission that waits or was confirmed
	final     bool   // needs no confirmation
	approved  bool   // a head approves what is reported as done
	word      string // what a leader said and the agency has not answered
	parts     map[string]string
	asks      string // what the agency asks for and nobody has decided on
	evidence  bool   // the newest report has some
	leads     []string
}

// keyOf names an assignment of the history.
func keyOf(document, ref, agency, period string) string {
	return strings.TrimSpace(fmt.Sprint(document, " ", ref, " ", agency, " ", period))
}

func (e Event) key() string { return keyOf(e.Document, e.Ref, e.Agency, e.Period) }

// assignments makes the assignments that the documents give once reviewed; joint ones stand under each of their leads.
func assignments(t *testing.T, s setup) (map[string]*tracked, int) {
	t.Helper()
	out, count := map[string]*tracked{}, 0
	for _, r := range Reviews() {
		corrections := map[string]Correction{}
		for _, c := range r.Duties {
			corrections[c.Ref+c.Start] = c
		}
		for _, w := range wantedTasks[r.Document] {
			c, corrected := corrections[w.ref]
			delete(corrections, w.ref)
			if c.Remove {
				continue
			}
			due := c.Due
			if due == "" && w.kind == "date" {
				due = w.date
			}
			if w.kind == "recurring" && c.Cadence == "" {
				t.Errorf("%s %s recurs and has no cadence (corrected: %v)", r.Document, w.ref, corrected)
			}
			var together *tracked
			for _, code := range w.codes {
				codes := []string{code}
				if members, ok := s.members[code]; ok {
					codes = members
				}
				for _, code := range codes {
					if !slices.Contains(s.agencies, code) {
						t.Errorf("%s %s: no agency %s", r.Document, w.ref, code)
					}
					periods := []string{""}
					if c.Opens > 0 {
						periods = monthlyPeriods
					}
					for _, period := range periods {
						if !c.Joint || together == nil {
							together = &tracked{due: due + period, state: "assigned", final: c.Unconfirmed, parts: map[string]string{}}
							count++
						}
						together.leads = append(together.leads, code)
						out[keyOf(r.Document, w.ref, code, period)] = together
					}
				}
			}
		}
		for ref := range corrections {
			t.Errorf("%s: a correction of %q, which is no duty", r.Document, ref)
		}
	}
	return out, count
}

func TestHistoryIsPossible(t *testing.T) {
	s := openSetup(t)
	all, count := assignments(t, s)
	if count < 165 || count > 185 {
		t.Errorf("%d assignments, want about 175", count)
	}
	issued := map[string]string{}
	for _, r := range Reviews() {
		issued[r.Document] = r.Issue
		if !slices.Contains(s.grants[r.Who], "Văn phòng") {
			t.Errorf("%s is not of the secretariat", r.Who)
		}
	}
	last, reporter := "", map[*tracked]string{}
	for _, e := range History() {
		name := fmt.Sprint(e.At, " ", e.Do, " ", e.Document, " ", e.Ref, " ", e.Agency)
		at, err := time.Parse(time.RFC3339, e.At)
		switch {
		case err != nil:
			t.Fatalf("%s: %v", name, err)
		case e.At < last || e.At < issued[e.Document] || e.At >= demoStart:
			t.Errorf("%s: out of order or outside the months of the story", name)
		case at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || slices.Contains(daysOff, at.Format(time.DateOnly)):
			t.Errorf("%s: on a day off", name)
		case at.Hour() < 8 || at.Hour() > 17:
			t.Errorf("%s: outside office hours", name)
		}
		last = e.At
		a, ok := all[e.key()]
		if !ok {
			t.Errorf("%s: no such assignment", name)
			continue
		}
		if e.Evidence != "" {
			if data, err := Evidence(e.Evidence); err != nil || len(data) == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
		grant := "Đầu mối " + e.Agency
		switch e.Do {
		case DoConfirm, DoReturn, DoHold, DoWanting, DoAccept, DoLetter:
			grant = "Văn phòng"
		case DoOrder, DoExplain:
			grant = "Lãnh đạo"
		case DoApproval:
			grant = "Thủ trưởng " + e.Agency
		case DoContribute:
			grant = "Đầu mối " + e.To
		}
		if e.To != "" && !slices.Contains(s.agencies, e.To) {
			t.Errorf("%s: no agency %s", name, e.To)
		}
		if !slices.Contains(s.grants[e.Who], grant) {
			t.Errorf("%s: %s is not %s", name, e.Who, grant)
		}
		if problem := a.apply(e, reporter); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// apply moves the assignment as the lifecycle allows and says what is wrong, or "".
func (a *tracked) apply(e Event, reporter map[*tracked]string) string {
	waiting := a.state == "submitted"
	switch e.Do {
	case DoReport:
		if waiting || a.state == "completed" || e.Text == "" || e.Percent < 1 || e.Percent > 99 {
			return "no such progress from " + a.state
		}
		if a.state == "assigned" {
			a.state = "in_progress"
		}
	case DoSubmit:
		if waiting || a.state == "completed" || e.Text == "" || e.Percent != 100 || a.due == "" {
			return "cannot be submitted from " + a.state
		}
		a.evidence = e.DocNumber != "" || e.Evidence != ""
		if a.approved {
			return "" // it waits for the head
		}
		a.state, a.submitted, reporter[a] = "submitted", e.At[:10], e.Who
		if a.final {
			a.state = "completed"
		}
	case DoWithdraw, DoReturn, DoConfirm:
		if !waiting {
			return "nothing waits: " + a.state
		}
		if e.Do == DoReturn && e.Reason == "" {
			return "returned without a reason"
		}
		if e.Do != DoWithdraw && reporter[a] == e.Who {
			return "decided by who submitted it"
		}
		a.state = map[string]string{DoWithdraw: "in_progress", DoReturn: "returned", DoConfirm: "completed"}[e.Do]
		if a.state != "completed" {
			a.submitted = ""
		}
	default:
		return a.applyLife(e)
	}
	return ""
}

func TestHistoryLeavesEveryState(t *testing.T) {
	all, _ := assignments(t, openSetup(t))
	for _, e := range History() {
		if a := all[e.key()]; a != nil {
			a.apply(e, map[*tracked]string{})
		}
	}
	counts, seen := map[string]int{}, map[*tracked]bool{}
	for _, a := range all {
		if seen[a] {
			continue
		}
		seen[a] = true
		counts[a.state]++
		open := a.state != "completed" && a.state != "submitted" && a.state != "on_hold"
		switch {
		case a.due == "":
			counts["no_deadline"]++
		case open && a.due < "2026-10-05":
			counts["overdue"]++
			counts["overdue "+a.state]++
		case open && a.due <= "2026-10-11":
			counts["this week"]++
		case open && a.due <= "2026-10-18":
			counts["next week"]++
		case a.state == "completed" && a.submitted <= a.due:
			counts["on time"]++
		case a.state == "completed":
			counts["late"]++
		}
	}
	t.Logf("%v", counts)
	for state, want := range map[string]int{"overdue": 14, "overdue assigned": 4, "overdue returned": 3, "this week": 4, "next week": 5, "late": 7, "on_hold": 1} {
		if counts[state] != want {
			t.Errorf("%s: %d, want %d", state, counts[state], want)
		}
	}
	for state, least := range map[string]int{"completed": 20, "submitted": 6, "in_progress": 25, "returned": 4, "on time": 15, "no_deadline": 8} {
		if counts[state] < least {
			t.Errorf("%s: %d, want at least %d", state, counts[state], least)
		}
	}
}
