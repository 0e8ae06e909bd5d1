package sample

import (
	"slices"
	"testing"
)

// applyLife does the same for what is no report.
func (a *tracked) applyLife(e Event) string {
	open := a.state != "submitted" && a.state != "completed" && a.state != "on_hold"
	switch e.Do {
	case DoOrder, DoExplain:
		if a.state == "completed" || a.word != "" || e.Text == "" || (e.Do == DoExplain) != (e.Due > e.At[:10]) {
			return "no such word"
		}
		a.word = e.Do
	case DoAnswer:
		if a.word == "" || e.Text == "" {
			return "nothing to answer"
		}
		a.word = ""
	case DoAsk:
		if !open || a.parts[e.To] != "" || e.Due <= e.At[:10] || e.Due > a.due || e.Text == "" || slices.Contains(a.leads, e.To) {
			return "no such part"
		}
		a.parts[e.To] = "asked"
	case DoContribute:
		if a.parts[e.To] != "asked" || e.Text == "" {
			return "was not asked"
		}
		a.parts[e.To] = "sent"
	case DoTake:
		if a.parts[e.To] != "sent" {
			return "was not sent"
		}
		a.parts[e.To] = "accepted"
	case DoDecline, DoExtend:
		if !open || a.asks != "" || e.Reason == "" || (e.Do == DoExtend) != (e.Due > a.due) {
			return "cannot ask for that"
		}
		a.asks = e.Do
	case DoHold:
		if !open || e.Reason == "" {
			return "cannot rest"
		}
		a.state = "on_hold"
	case DoWanting, DoAccept:
		if !a.evidence || (e.Do == DoWanting) != (e.Text != "") {
			return "no evidence to judge"
		}
	case DoLetter:
		if !open || a.due >= e.At[:10] || e.DocNumber == "" {
			return "not late"
		}
	case DoApproval:
		a.approved = true
	default:
		return "unknown"
	}
	return ""
}

// What a stranger is to meet in the demo is still there when it begins.
func TestHistoryLeavesWork(t *testing.T) {
	all, _ := assignments(t, openSetup(t))
	found := map[string]int{}
	for _, e := range History() {
		a := all[e.key()]
		if a == nil {
			t.Fatalf("no assignment %s", e.key())
		}
		a.apply(e, map[*tracked]string{})
		found[e.Do]++
		if e.Do == DoSubmit && a.approved {
			found["at the head"]++
		}
	}
	seen := map[*tracked]bool{}
	for _, a := range all {
		if seen[a] {
			continue
		}
		seen[a] = true
		found["word "+a.word]++
		found["asks "+a.asks]++
		found[a.state]++
		for _, p := range a.parts {
			found["part "+p]++
		}
	}
	for what, least := range map[string]int{
		"word " + DoOrder: 1, DoAnswer: 1, "asks " + DoDecline: 1, "asks " + DoExtend: 1, "on_hold": 1, "at the head": 1, DoWanting: 1, DoAccept: 1, DoLetter: 1,
		"part asked": 1, "part sent": 1, "part accepted": 1,
	} {
		if found[what] < least {
			t.Errorf("%s: %d, want at least %d", what, found[what], least)
		}
	}
	if found["word "+DoExplain] > 0 {
		t.Error("an explanation was not given")
	}
}

// The draft that is out for comment is asked about by those who may, and answered by two of those who are asked, in its time.
func TestConsultationIsPossible(t *testing.T) {
	s := openSetup(t)
	c := Asked()
	if c.Import >= c.Open || c.Open[:10] >= c.Due || c.Due <= demoStart[:10] || !slices.Contains(s.grants[c.Who], "Văn phòng") {
		t.Errorf("asked from %s to %s by %s", c.Open, c.Due, c.Who)
	}
	refs := map[string]bool{}
	for _, w := range wantedDraft {
		refs[w.ref] = true
	}
	for _, a := range c.Answers {
		if !slices.Contains(c.Agencies, a.Agency) || !slices.Contains(s.grants[a.Who], "Đầu mối "+a.Agency) || a.At <= c.Open || a.At >= demoStart {
			t.Errorf("answered by %s at %s", a.Agency, a.At)
		}
		for _, comment := range a.Comments {
			if !refs[comment.Ref] || comment.Text == "" {
				t.Errorf("%s comments on %q", a.Agency, comment.Ref)
			}
		}
	}
	if len(c.Answers) != 2 || len(c.Agencies) < 4 {
		t.Errorf("%d of %d answered", len(c.Answers), len(c.Agencies))
	}
	for _, v := range Views() {
		if !slices.Contains(s.grants[v.Who], "Văn phòng") || v.Name == "" || v.Query == "" {
			t.Errorf("a view %+v", v)
		}
	}
}
