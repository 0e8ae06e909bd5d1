package tasks_test

import (
	"fmt"
	"slices"
	"testing"

	"tiendo/tasks"
)

// The choices of a select are the newest documents; one that is chosen already is among them however old it is, unless the person may
// not read it.
func TestChosenDocumentStaysAChoice(t *testing.T) {
	r := newRig(t)
	first, _ := r.issue("1/CT", r.duty())
	draft := r.draft("2/CT", r.duty())
	for i := range 60 {
		r.issue(fmt.Sprintf("%d/CT", i+3), r.duty())
	}
	stranger := r.person("Khách", focalOf(r.syt))
	for name, c := range map[string]struct {
		who    tasks.Person
		chosen int64
		want   int // names
		there  bool
	}{
		"nothing chosen":     {r.secretariat, 0, 60, false},
		"an old one":         {r.secretariat, first, 61, true},
		"of an agency":       {r.focal, first, 61, true},
		"a draft":            {r.secretariat, draft, 60, false},
		"none of that id":    {r.secretariat, 1 << 40, 60, false},
		"of other agencies'": {stranger, first, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // what was read the first time may be kept
				names, err := r.documents.Names(t.Context(), c.who, c.chosen)
				check(t, err)
				there := slices.ContainsFunc(names, func(n tasks.DocumentName) bool { return n.ID == c.chosen })
				if len(names) != c.want || there != c.there {
					t.Errorf("%d names, there: %v", len(names), there)
				}
			}
		})
	}
}
