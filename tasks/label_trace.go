package tasks

import (
	"slices"
	"strings"

	"tiendo/tasks/directory"
)

// trace finds, for each draft that was left, the proposal that it was: its index, -1 for one that a person added. No proposal is two
// drafts: of one that was split the part that kept its words is it.
func trace(read []ProposedDraft, left []Draft) []int {
	of := make([]int, len(left))
	taken := make([]bool, len(read))
	for i := range of {
		of[i] = -1
	}
	// From the surest sign to the weakest, each for all drafts before the next.
	for _, same := range []func(d Draft, p ProposedDraft) bool{
		func(d Draft, p ProposedDraft) bool {
			return d.Source == p.Source && d.Ref == p.Ref && sameName(d.Text, p.Text)
		},
		func(d Draft, p ProposedDraft) bool { return d.Source == p.Source && sameName(d.Text, p.Text) },
		func(d Draft, p ProposedDraft) bool { return d.Source == p.Source && sameWords(d.Text, p.Text) },
		func(d Draft, p ProposedDraft) bool { return d.Source == p.Source && d.Ref != "" && d.Ref == p.Ref },
		func(d Draft, p ProposedDraft) bool { return d.Source == p.Source && likeness(d.Text, p.Text) >= 0.6 },
		func(d Draft, p ProposedDraft) bool { return sameName(d.Text, p.Text) },
	} {
		for i, d := range left {
			if of[i] >= 0 {
				continue
			}
			j := slices.IndexFunc(read, func(p ProposedDraft) bool { return same(d, p) })
			for ; j >= 0 && j < len(read) && (taken[j] || !same(d, read[j])); j++ {
			}
			if j >= 0 && j < len(read) {
				of[i], taken[j] = j, true
			}
		}
	}
	return of
}

// likeness is how many of their words two texts share, 0 to 1, whatever the order.
func likeness(a, b string) float64 {
	x, y := directory.Words(a), directory.Words(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	count := make(map[string]int)
	for _, w := range x {
		count[w]++
	}
	common := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}

// Difference is one thing that people corrected: a key of the locales with its arguments.
type Difference struct {
	Key  string
	Args []string
}

// differences says what was corrected of one duty, by its label as proposed and as left.
func differences(was, is LabelTask) []Difference {
	var out []Difference
	add := func(key, from, to string) {
		out = append(out, Difference{"corrections." + key, []string{is.name(), from, to}})
	}
	if was.Ref != is.Ref {
		add("ref", was.Ref, is.Ref)
	}
	if !sameName(was.Start, is.Start) {
		add("start", was.Start, is.Start)
	}
	if likeness(strings.Join(was.Lead, " "), strings.Join(is.Lead, " ")) < 1 {
		add("lead", strings.Join(was.Lead, "; "), strings.Join(is.Lead, "; "))
	}
	if likeness(strings.Join(was.Cooperating, " "), strings.Join(is.Cooperating, " ")) < 1 {
		add("cooperating", strings.Join(was.Cooperating, "; "), strings.Join(is.Cooperating, "; "))
	}
	if a, b := was.Due.words(), is.Due.words(); a != b {
		add("due", a, b)
	}
	return out
}

// name is how a difference calls the duty.
func (t LabelTask) name() string { return strings.TrimSpace(t.Ref + " " + opening(t.Start, 6)) }

// words are the deadline's words with what they amount to.
func (d LabelDue) words() string {
	value := string(d.Kind)
	switch {
	case d.Date != nil:
		value = strings.TrimSpace(*d.Date + " " + d.Time)
	case d.Freq != nil:
		value = *d.Freq
	}
	if d.Phrase == "" {
		return value
	}
	return d.Phrase + " = " + value
}
