package store

import (
	"slices"
	"testing"
)

// Lists have few lengths, hold what was asked for and nothing else.
func TestIn(t *testing.T) {
	texts := make(map[string]bool)
	for n := 1; n <= maxParameters; n++ {
		values := make([]int64, n)
		for i := range values {
			values[i] = int64(i + 1)
		}
		var w where
		texts[in(&w, values)] = true
		if len(w.args) > 2 && 2*len(w.args) > 3*n+2 {
			t.Errorf("%d arguments for %d values", len(w.args), n)
		}
		var got []int64
		for _, a := range w.args {
			got = append(got, a.(int64))
		}
		if got = slices.Compact(got); !slices.Equal(got, values) {
			t.Fatalf("of %d values %v are asked for", n, got)
		}
	}
	if len(texts) > 20 {
		t.Errorf("%d texts", len(texts))
	}
	var w where
	if got := in(&w, []int64(nil)); got != "(NULL)" || len(w.args) != 0 {
		t.Errorf("of none %s with %v", got, w.args)
	}
}
