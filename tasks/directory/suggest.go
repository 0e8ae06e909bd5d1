package directory

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Why says what of a name matched the typed text.
type Why string

// Reasons of a suggestion.
const (
	// WhyName: the typed text is the name or begins it.
	WhyName Why = "name"
	// WhyShort: it begins the short name or the initials ("snv").
	WhyShort Why = "short"
	// WhyAlias: it is or begins an alias.
	WhyAlias Why = "alias"
	// WhyRead: read as Resolve does, it names this body ("Giám đốc Sở Nội vụ").
	WhyRead Why = "read"
	// WhyWords: each word typed begins a word of the name.
	WhyWords Why = "words"
	// WhyNear: the name differs by few letters or words.
	WhyNear Why = "near"
	// WhyReplaced: the name fits an agency that does not exist on the day.
	WhyReplaced Why = "replaced"
)

// Suggestion is an agency or a group offered for what was typed; exactly one
// of AgencyID and GroupID is set.
type Suggestion struct {
	AgencyID int64
	GroupID  int64
	// Name is the name to show, as stored.
	Name string
	Why  Why
	// SuccessorID goes with WhyReplaced: the agency that stands in its place on
	// the day, 0 when none is known. Resolve never takes an agency that is no
	// more; a person may choose its successor.
	SuccessorID int64
}

// Tiers of suggestions, best first.
const (
	tierExact = iota
	tierName
	tierShort
	tierAlias
	tierRead
	tierOrder // words in the order of the name
	tierWords // words in any order
	tierNear
	noTier
)

// Suggest completes a text being typed without tone marks, or offers the
// nearest names for one that was written and is not known; best first, at
// most limit. The day is ISO text; agencies that do not exist then come behind
// those of the same fit, marked WhyReplaced. An empty text suggests nothing.
func (d *Directory) Suggest(typed, day string, limit int) []Suggestion {
	query := Fold(typed)
	if query == "" || limit <= 0 {
		return nil
	}
	read := map[int64]bool{}
	readGroups := map[int64]bool{}
	for _, p := range d.Resolve(typed, day) {
		read[p.AgencyID] = true
		readGroups[p.GroupID] = true
		for _, id := range p.Ambiguous {
			read[id] = true
		}
	}
	var all []scored
	for _, a := range d.agencies {
		s := scored{Suggestion: Suggestion{AgencyID: a.ID, Name: a.Name}, gone: !a.ValidOn(day)}
		s.fit(query, a.Name, a.ShortName, d.names[a.ID], read[a.ID])
		if s.gone {
			s.Why, s.SuccessorID = WhyReplaced, d.successorOn(a, day)
		}
		all = append(all, s)
	}
	for _, g := range d.groups {
		s := scored{Suggestion: Suggestion{GroupID: g.ID, Name: g.Name}}
		s.fit(query, g.Name, "", d.called[g.ID], readGroups[g.ID])
		all = append(all, s)
	}
	all = slices.DeleteFunc(all, func(s scored) bool { return s.tier == noTier })
	slices.SortStableFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.tier, b.tier), compareBool(a.gone, b.gone), cmp.Compare(a.distance, b.distance))
	})
	out := make([]Suggestion, 0, min(limit, len(all)))
	for _, s := range all[:min(limit, len(all))] {
		out = append(out, s.Suggestion)
	}
	return out
}

// successorOn follows the successors of an agency to the one that exists on
// the day.
func (d *Directory) successorOn(a Agency, day string) int64 {
	// A chain is no longer than there are agencies; more is a circle.
	for range d.agencies {
		next, ok := d.byAgency[a.SuccessorID]
		if !ok {
			return 0
		}
		if next.ValidOn(day) {
			return next.ID
		}
		a = next
	}
	return 0
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// scored is a suggestion with what it is ordered by.
type scored struct {
	Suggestion
	tier     int
	gone     bool
	distance float64
}

func (s *scored) fit(query, name, short string, aliases []string, read bool) {
	s.tier = noTier
	s.try(query, name, tierName, WhyName)
	s.try(query, short, tierShort, WhyShort)
	for _, alias := range aliases {
		s.try(query, alias, tierAlias, WhyAlias)
	}
	if read {
		s.offer(tierRead, 0, WhyRead)
	}
}

func (s *scored) offer(tier int, distance float64, why Why) {
	if tier < s.tier || tier == s.tier && distance < s.distance {
		s.tier, s.distance, s.Why = tier, distance, why
	}
}

// contractions are what people type instead of the full words; query and names
// are compared in both forms.
var contractions = strings.NewReplacer("uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "mat tran to quoc", "mttq", "ban quan ly", "bql")

func (s *scored) try(query, name string, tier int, why Why) {
	folded := Fold(name)
	if folded == "" {
		return
	}
	for _, form := range []struct{ query, name string }{{query, folded}, {contractions.Replace(query), contractions.Replace(folded)}} {
		switch {
		case form.name == form.query:
			s.offer(tierExact, 0, why)
		case strings.HasPrefix(form.name, form.query):
			s.offer(tier, 0, why)
		}
	}
	words := significant(contractions.Replace(folded))
	typed := significant(contractions.Replace(query))
	if startsInitials(typed, words) {
		s.offer(tierShort, 0, WhyShort)
	}
	if len(typed) > 0 {
		switch ordered, any := prefixes(typed, words); {
		case ordered:
			s.offer(tierOrder, float64(len(words)-len(typed)), WhyWords)
		case any:
			s.offer(tierWords, float64(len(words)-len(typed)), WhyWords)
		}
	}
	if distance, near := nearness(typed, words); near {
		s.offer(tierNear, distance, WhyNear)
	}
}

// significant leaves out "và" and "các", which people leave out too.
func significant(folded string) []string {
	return slices.DeleteFunc(strings.Fields(folded), func(w string) bool { return w == "va" || w == "cac" })
}

// startsInitials reports whether the typed words, run together, begin the
// initials of the name: "snv", "so khcn", "vpubnd". A first word may be
// written out.
func startsInitials(typed, words []string) bool {
	if len(typed) == 0 || len(words) < 2 {
		return false
	}
	rest := words
	if typed[0] == words[0] {
		typed, rest = typed[1:], words[1:]
	}
	joined := strings.Join(typed, "")
	if len(joined) < 2 {
		return false
	}
	var initials strings.Builder
	for _, w := range rest {
		if w == "ubnd" || w == "hdnd" || w == "mttq" || w == "bql" {
			initials.WriteString(w)
		} else {
			initials.WriteString(w[:1])
		}
	}
	return strings.HasPrefix(initials.String(), joined)
}

// prefixes reports whether each typed word begins a word of the name, in the
// name's order or in any, no word of the name used twice.
func prefixes(typed, words []string) (ordered, any bool) {
	next := 0
	ordered = true
	for _, t := range typed {
		i := slices.IndexFunc(words[next:], func(w string) bool { return strings.HasPrefix(w, t) })
		if i < 0 {
			ordered = false
			break
		}
		next += i + 1
	}
	if ordered {
		return true, true
	}
	used := make([]bool, len(words))
	for _, t := range typed {
		found := false
		for i, w := range words {
			if !used[i] && strings.HasPrefix(w, t) {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return false, false
		}
	}
	return false, true
}

// nearness compares a written name with a stored one: by letters, so that a
// slip of the pen is near, and by words shared, so that "Sở Văn hóa và Thể
// thao" is near "Sở Văn hóa, Thể thao và Du lịch". 0 is the same, 1 is far.
func nearness(typed, words []string) (distance float64, near bool) {
	a, b := strings.Join(typed, " "), strings.Join(words, " ")
	longest := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if len(a) < 4 || longest == 0 {
		return 1, false
	}
	byLetters := float64(EditDistance(a, b)) / float64(longest)
	shared := 0
	rest := slices.Clone(words)
	for _, t := range typed {
		if i := slices.Index(rest, t); i >= 0 {
			shared++
			rest = slices.Delete(rest, i, i+1)
		}
	}
	byWords := 1 - 2*float64(shared)/float64(len(typed)+len(words))
	// The first word alone ("Sở") is shared by too many.
	if byWords <= 0.5 && shared > 1 {
		distance, near = byWords, true
	}
	if byLetters <= 0.25 {
		distance, near = min(byLetters, cmp.Or(distance, 1)), true
	}
	return distance, near
}

// EditDistance is the number of letters to insert, delete, change, or swap
// with a neighbour to make a of b (restricted Damerau-Levenshtein).
func EditDistance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	before := make([]int, len(rb)+1)
	last := make([]int, len(rb)+1)
	row := make([]int, len(rb)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(ra); i++ {
		row[0] = i
		for j := 1; j <= len(rb); j++ {
			cost := 1
			if ra[i-1] == rb[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(rb)]
}
