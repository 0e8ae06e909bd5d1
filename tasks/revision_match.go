package tasks

import (
	"cmp"
	"slices"

	"tiendo/tasks/directory"
)

// OldDuty is a duty of a document that is replaced or amended, as far as it matters for finding it again.
type OldDuty struct {
	TaskID int64
	Ref    string
	Text   string
	Leads  []int64
}

// RevisionPair is a duty of a revised document beside the one that goes on in it. Either may be missing: an old duty that is in the new
// document no more (New is -1), a new one (Old is -1).
type RevisionPair struct {
	Old, New int // indexes of what was matched
	// Likeness of the words in per cent, 100 when they are the same; 0 of a pair that is none.
	Likeness int
}

// likeEnough is the likeness from which two duties are offered as the same one. A person decides.
const likeEnough = 45

// MatchDuties finds which duties of a revised document go on with which of the old one: by their words, and where these leave a choice
// by number and leads. Each duty is in one pair at most. Pairs come in the order of the new document; old duties without a new one stand
// at the end, in their own order.
func MatchDuties(old []OldDuty, drafts []Draft) []RevisionPair {
	type candidate struct {
		old, new, likeness, score int
	}
	oldWords, newWords := make([]wordBag, len(old)), make([]wordBag, len(drafts))
	// Only duties that share a word can be alike: duties are looked up by their words instead of each compared with each.
	having := make(map[string][]int)
	for i, o := range old {
		oldWords[i] = bagOf(o.Text)
		for w := range oldWords[i].count {
			having[w] = append(having[w], i)
		}
	}
	var found []candidate
	for n, d := range drafts {
		newWords[n] = bagOf(d.Text)
		shared := make(map[int]int)
		for w, k := range newWords[n].count {
			for _, o := range having[w] {
				shared[o] += min(k, oldWords[o].count[w])
			}
		}
		for o, common := range shared {
			likeness := 200 * common / (oldWords[o].all + newWords[n].all)
			if likeness < likeEnough {
				continue
			}
			score := 10 * likeness
			if old[o].Ref != "" && old[o].Ref == d.Ref {
				score += 60
			}
			if intersects(old[o].Leads, d.LeadAgencies()) {
				score += 80
			}
			found = append(found, candidate{o, n, likeness, score})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.new, b.new), cmp.Compare(a.old, b.old))
	})
	oldOf, taken := make(map[int]candidate), make(map[int]bool)
	for _, c := range found {
		if _, has := oldOf[c.new]; has || taken[c.old] {
			continue
		}
		oldOf[c.new], taken[c.old] = c, true
	}
	var pairs []RevisionPair
	for n := range drafts {
		if c, ok := oldOf[n]; ok {
			pairs = append(pairs, RevisionPair{Old: c.old, New: n, Likeness: c.likeness})
		} else {
			pairs = append(pairs, RevisionPair{Old: -1, New: n})
		}
	}
	for o := range old {
		if !taken[o] {
			pairs = append(pairs, RevisionPair{Old: o, New: -1})
		}
	}
	return pairs
}

// wordBag counts the words of a text and the pairs of neighbours, so that the same words in another order are less alike.
type wordBag struct {
	count map[string]int
	all   int
}

func bagOf(text string) wordBag {
	b := wordBag{count: make(map[string]int)}
	previous := ""
	for _, w := range directory.Words(text) {
		b.count[w]++
		b.all++
		if previous != "" {
			b.count[previous+" "+w]++
			b.all++
		}
		previous = w
	}
	return b
}
