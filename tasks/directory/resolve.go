package directory

import "slices"

// Party is one body found in a written name.
//
// Written is the part of the text it stands for, as written. At most one of
// AgencyID and GroupID is set; both 0 means the name is not known on that day,
// or belongs to several agencies that cannot be told apart (Ambiguous lists
// them). Except lists the agencies a group is written without, "(trừ …)".
type Party struct {
	Written   string
	AgencyID  int64
	GroupID   int64
	Except    []int64
	Ambiguous []int64
}

// Resolve reads the names in a written text on a day (ISO text; "" asks
// nothing about time), in the order written. Office holders stand for their
// agency, "các Sở: Tài chính, Nội vụ" for two agencies, a name that holds a
// comma or "và" for one. Only agencies that exist on the day are found: the
// name of one that is no more gives an unknown Party. A text without a word
// gives nil.
func (d *Directory) Resolve(written, day string) []Party {
	words := read(written)
	if p, ok := d.whole(written, words, day); ok {
		return []Party{p}
	}
	r := &reading{d: d, text: written, words: words, day: day}
	r.run()
	return r.parties
}

// whole finds a name that is the entire text, marks and brackets aside.
func (d *Directory) whole(written string, words []word, day string) (Party, bool) {
	words = bare(words)
	if len(words) == 0 {
		return Party{}, false
	}
	best := found{}
	for _, e := range d.entries[words[0].text[0]] {
		if e.validOn(day) && sameWords(e.name, words) {
			best.take(e, len(words))
		}
	}
	if best.end == 0 {
		return Party{}, false
	}
	return best.party(trimmed(written)), true
}

func sameWords(a, b []word) bool {
	return slices.EqualFunc(a, b, func(x, y word) bool { return x.text == y.text })
}

// found gathers the entries that take the longest part of a text.
type found struct {
	end      int
	rank     int
	agencies []int64
	groups   []int64
	// head is what following names may leave out: the "Sở" of "Sở Tài chính,
	// Nội vụ".
	head []word
}

func (f *found) take(e entry, end int) {
	if end < f.end || end == f.end && e.rank > f.rank {
		return
	}
	if end > f.end || e.rank < f.rank {
		*f = found{end: end, rank: e.rank, head: headOf(e.name)}
	}
	if e.agencyID != 0 && !slices.Contains(f.agencies, e.agencyID) {
		f.agencies = append(f.agencies, e.agencyID)
	}
	if e.groupID != 0 && !slices.Contains(f.groups, e.groupID) {
		f.groups = append(f.groups, e.groupID)
	}
}

// party is what was found. Where an agency and a group have the same name the
// agency is meant: a group's is made up by its office.
func (f *found) party(written string) Party {
	p := Party{Written: written}
	switch {
	case len(f.agencies) == 1:
		p.AgencyID = f.agencies[0]
	case len(f.agencies) > 1:
		p.Ambiguous = f.agencies
	case len(f.groups) > 0:
		p.GroupID = f.groups[0]
	}
	return p
}

// heads are the words names in a list share and write once.
var heads = [][]string{
	{"so"}, {"chi", "cuc"}, {"cuc"}, {"ban", "quan", "ly"}, {"ban"}, {"hoi"}, {"vien"}, {"bo"}, {"trung", "tam"}, {"cong", "ty"},
	{"uy", "ban", "nhan", "dan", "xa"}, {"uy", "ban", "nhan", "dan", "phuong"}, {"xa"}, {"phuong"},
}

func headOf(name []word) []word {
	for _, head := range heads {
		if startsWith(name, head...) && len(name) > len(head) {
			return name[:len(head)]
		}
	}
	return nil
}

// bestAt finds the name that takes the longest part of the text from word i
// on. Names that exist on the day win over others of the same length; when
// only others match, the part is known to be a name, but of nobody.
func (d *Directory) bestAt(words []word, i int, day string, head []word) found {
	var valid, gone found
	if i >= len(words) || words[i].mark {
		return found{}
	}
	key := words[i].text[0]
	if len(head) > 0 {
		key = head[0].text[0]
	}
	for _, e := range d.entries[key] {
		name := e.name
		if len(head) > 0 {
			if len(name) <= len(head) || !sameWords(name[:len(head)], head) {
				continue
			}
			name = name[len(head):]
		}
		n, loose := matchName(name, words[i:])
		if n == 0 {
			continue
		}
		if loose {
			// Initials of a whole name prove little: CT is "Cục Thuế" and "chủ
			// tịch". Three or more of an official name do.
			if n == 1 && len(head) == 0 && (e.rank > rankShort || len(name) < 3) {
				continue
			}
			e.rank = rankInitials
		}
		end := d.boundary(words, i+n)
		if end == 0 {
			continue
		}
		if e.validOn(day) {
			valid.take(e, end)
		} else {
			gone.take(e, end)
		}
	}
	if gone.end > valid.end {
		gone.agencies, gone.groups = nil, nil
		return gone
	}
	return valid
}

// boundary returns where a name that ends before word i ends in truth, with
// "tỉnh", "của tỉnh Mẫu Sơn", "có liên quan" taken in; 0 when the text goes on
// with words that make it another name.
func (d *Directory) boundary(words []word, i int) int {
	for range 4 {
		n := d.suffixAt(words, i)
		if n == 0 {
			break
		}
		i += n
	}
	if i >= len(words) || words[i].mark {
		return i
	}
	if exceptionAt(words[i:]) > 0 || joinAt(words[i:]) > 0 {
		return i
	}
	return 0
}

// suffixes that say nothing about which body is meant.
var suffixes = [][]string{
	{"co", "lien", "quan"}, {"lien", "quan"}, {"truc", "thuoc"}, {"dong", "tren", "dia", "ban"}, {"tren", "dia", "ban"},
	{"cua"}, {"cap"}, {"trong"}, {"thuoc"}, {"toan"}, {"tai"},
}

func (d *Directory) suffixAt(words []word, i int) int {
	rest := words[min(i, len(words)):]
	if n := levelAt(rest); n > 0 && (d.level == "" || d.level == levelOf(rest)) {
		return n + d.provinceAt(rest[n:])
	}
	if len(d.provinces) > 0 {
		if n := d.provinceAt(rest); n > 0 {
			return n
		}
	}
	for _, s := range suffixes {
		if startsWith(rest, s...) {
			// "của", "cấp" and the like lead to the level and mean nothing alone.
			if len(s) == 1 && levelAt(rest[1:]) == 0 {
				return 0
			}
			return len(s)
		}
	}
	return 0
}

// exceptionAt returns how many words say "except" at this place.
func exceptionAt(words []word) int {
	switch {
	case startsWith(words, "tru"):
		return 1
	case startsWith(words, "ngoai", "tru"), startsWith(words, "khong", "gom"):
		return 2
	case startsWith(words, "khong", "bao", "gom"):
		return 3
	}
	return 0
}
