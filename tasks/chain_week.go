package tasks

import (
	"crypto/sha256"
	"hash"
)

// WeekSum is the seal of a week in the making.
type WeekSum struct {
	Chains int64 // that were added
	hash   hash.Hash
}

// NewWeekSum begins the seal of a week behind that of the week before, nil for the first.
func NewWeekSum(before Seal) *WeekSum {
	w := &WeekSum{hash: sha256.New()}
	w.hash.Write(before)
	return w
}

// Add takes the newest seal of the next chain that has grown; they come in the order of their subjects, by kind and identifier.
func (w *WeekSum) Add(h ChainHead) {
	content := appendText(make([]byte, 0, 64), string(h.Subject.Kind))
	content = appendNumber(content, h.Subject.ID)
	w.hash.Write(append(content, h.Seal...))
	w.Chains++
}

// Sum is the seal of what was added.
func (w *WeekSum) Sum() Seal { return w.hash.Sum(nil) }
