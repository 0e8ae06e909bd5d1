package directory

import "slices"

// Ranks of what a match rests on; of two that take the same part of the text
// the lower wins.
const (
	rankName = iota
	rankShort
	rankAlias
	// rankVariant: the name with or without "tỉnh", "UBND".
	rankVariant
	// rankInitials: the text gives initials of the name only.
	rankInitials
)

// entry is one way to call one body.
type entry struct {
	agencyID, groupID int64
	name              []word
	rank              int
	from, to          string
}

func (e entry) validOn(day string) bool { return within(e.from, e.to, day) }

// Directory finds agencies and groups by name. It never changes once made and
// is safe for concurrent use.
type Directory struct {
	agencies []Agency
	groups   []Group
	byAgency map[int64]Agency
	byGroup  map[int64]Group
	names    map[int64][]string // further names of an agency: its aliases
	called   map[int64][]string // the same of a group
	// entries by the first letter of the name, which initials keep.
	entries map[byte][]entry
	// provinces are the province's own names, as in "tỉnh Mẫu Sơn"; empty when
	// no agency's name tells.
	provinces [][]word
	// level is "tinh" or "thanh pho" as far as the authority's name tells.
	level string
}

// New makes a directory. Aliases that name no known agency or group are left
// out.
func New(agencies []Agency, groups []Group, aliases []Alias) *Directory {
	d := &Directory{
		agencies: slices.Clone(agencies), groups: slices.Clone(groups),
		byAgency: map[int64]Agency{}, byGroup: map[int64]Group{},
		names: map[int64][]string{}, called: map[int64][]string{},
		entries: map[byte][]entry{},
	}
	for _, a := range agencies {
		d.byAgency[a.ID] = a
	}
	for _, g := range groups {
		d.byGroup[g.ID] = g
	}
	for _, a := range aliases {
		switch {
		case a.AgencyID != 0:
			d.names[a.AgencyID] = append(d.names[a.AgencyID], a.Name)
		case a.GroupID != 0:
			d.called[a.GroupID] = append(d.called[a.GroupID], a.Name)
		}
	}
	for _, a := range agencies {
		d.learnProvince(a)
	}
	for _, a := range agencies {
		e := entry{agencyID: a.ID, from: a.From, to: a.To}
		d.add(e, a.Kind, a.Name, rankName)
		d.add(e, a.Kind, a.ShortName, rankShort)
		for _, alias := range d.names[a.ID] {
			d.add(e, a.Kind, alias, rankAlias)
		}
	}
	for _, g := range groups {
		e := entry{groupID: g.ID}
		d.add(e, "", g.Name, rankName)
		for _, alias := range d.called[g.ID] {
			d.add(e, "", alias, rankAlias)
		}
	}
	return d
}

// learnProvince takes the province's own name from the authority's names:
// "UBND tỉnh Mẫu Sơn".
func (d *Directory) learnProvince(a Agency) {
	if a.Kind != KindAuthority {
		return
	}
	for _, name := range append([]string{a.Name}, d.names[a.ID]...) {
		words := bare(read(name))
		if i := levelIn(words); i >= 0 {
			d.level = levelOf(words[i:])
			if tail := words[i+levelAt(words[i:]):]; len(tail) > 0 {
				d.provinces = append(d.provinces, tail)
			}
		}
	}
}

// levelAt returns how many words name the province's level at this place:
// "tỉnh", "thành phố", "TP".
func levelAt(words []word) int {
	switch {
	case startsWith(words, "tinh"), startsWith(words, "tp"):
		return 1
	case startsWith(words, "thanh", "pho"):
		return 2
	}
	return 0
}

// levelOf is the level named at this place, "" when there is none.
func levelOf(words []word) string {
	switch {
	case levelAt(words) == 0:
		return ""
	case words[0].text == "tinh":
		return "tinh"
	}
	return "thanh pho"
}

// levelIn returns where the last level word of a name stands, -1 when it has
// none behind its first word or only as part of "Tỉnh ủy", "Tỉnh đoàn".
func levelIn(words []word) int {
	for i := len(words) - 1; i > 0; i-- {
		if n := levelAt(words[i:]); n > 0 {
			if rest := words[i+n:]; startsWith(rest, "uy") || startsWith(rest, "doan") {
				return -1
			}
			return i
		}
	}
	return -1
}

// add indexes a name and the forms it is also written in.
func (d *Directory) add(e entry, kind Kind, name string, rank int) {
	words := bare(read(name))
	if len(words) == 0 {
		return
	}
	e.name, e.rank = words, rank
	d.put(e)
	if rank == rankShort {
		return
	}
	e.rank = rankVariant
	if i := levelIn(words); i > 0 {
		if n := levelAt(words[i:]); i+n == len(words) || d.provinceAt(words[i+n:]) == len(words)-i-n {
			short := e
			if startsWith(words[i-1:], "cap") && i > 1 {
				i--
			}
			short.name = words[:i]
			d.put(short)
		}
	}
	if kind == KindCommune || kind == KindWard {
		committee := read("UBND")
		if startsWith(words, "uy", "ban", "nhan", "dan") {
			e.name = words[len(committee):]
		} else {
			e.name = append(committee, words...)
		}
		if len(e.name) > 0 {
			d.put(e)
		}
	}
}

func (d *Directory) put(e entry) {
	key := e.name[0].text[0]
	d.entries[key] = append(d.entries[key], e)
}

// provinceAt returns how many words at this place are the province's name. When
// that name is not known, up to four capitalised words are taken for it.
func (d *Directory) provinceAt(words []word) int {
	for _, p := range d.provinces {
		if n, _ := matchName(p, words); n > 0 {
			return n
		}
	}
	if len(d.provinces) > 0 {
		return 0
	}
	n := 0
	for n < len(words) && n < 4 && words[n].capital && !words[n].mark {
		n++
	}
	return n
}
