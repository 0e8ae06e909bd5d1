package directory

import "strings"

// reading is one walk through a text, name by name.
type reading struct {
	d       *Directory
	text    string
	words   []word
	day     string
	parties []Party
	// head is the word the names of a list share: "Sở".
	head []word
}

func (r *reading) run() {
	for i := r.afterJoins(0); i < len(r.words); i = r.afterJoins(i) {
		if found := r.nameAt(i); found.end > 0 {
			i = r.known(i, found)
		} else {
			i = r.unknown(i)
		}
	}
}

// known notes the name found and returns where to go on: behind its
// exceptions, brackets and apposition.
func (r *reading) known(start int, found found) int {
	p := found.party(r.between(start, found.end))
	end := found.end
	var strangers []Party
	if p.GroupID != 0 {
		if from, to, next := r.exception(end); next > 0 {
			for _, out := range r.d.Resolve(r.between(from, to), r.day) {
				switch {
				case out.AgencyID != 0:
					p.Except = append(p.Except, out.AgencyID)
				case out.GroupID != 0:
					p.Except = append(p.Except, r.d.byGroup[out.GroupID].MembersOn(r.day)...)
				default:
					// An exception nobody knows must be seen by a person.
					strangers = append(strangers, out)
				}
			}
			end = next
			p.Written = r.between(start, end)
		}
	}
	r.parties = append(append(r.parties, p), strangers...)
	if end < len(r.words) && r.words[end].text == "(" {
		end = r.closing(end)
	}
	if end+1 < len(r.words) && r.words[end].text == "-" && startsWith(r.words[end+1:], "co", "quan") {
		// "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo" is one body.
		for end < len(r.words) && r.words[end].text != "," && r.words[end].text != ";" && r.words[end].text != "\n" {
			end++
		}
	}
	return end
}

// exception finds "(trừ …)", ", trừ …" or "trừ …" at word i: the words it
// names and where to go on, 0 when there is none.
func (r *reading) exception(i int) (from, to, next int) {
	rest := r.words[i:]
	opened := startsWith(rest, "(")
	if opened || startsWith(rest, ",") {
		rest = rest[1:]
	}
	n := exceptionAt(rest)
	if n == 0 {
		return 0, 0, 0
	}
	from = len(r.words) - len(rest) + n
	if opened {
		next = r.closing(i)
		to = next
		if r.words[next-1].text == ")" {
			to--
		}
		return from, to, next
	}
	for to = from; to < len(r.words) && r.words[to].text != ";" && r.words[to].text != "\n"; to++ {
	}
	return from, to, to
}

// closing returns the place behind the bracket that word i opens.
func (r *reading) closing(i int) int {
	depth := 0
	for ; i < len(r.words); i++ {
		switch r.words[i].text {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

// unknown notes the words up to the next name or the end of the item, and
// returns where to go on.
func (r *reading) unknown(start int) int {
	if n := labelAt(r.words[start:]); n > 0 {
		return start + n
	}
	switch first := skipPlural(r.words, start); {
	case startsWith(r.words[first:], "so"):
		r.head = r.words[first : first+1]
	case looksLikeBody(r.words[start:]):
		r.head = nil
	}
	person := honorificAt(r.words[start:]) > 0
	inside := func(w word) bool {
		// "VP HĐND-UBND", "Sở TT&TT": these do not end a name nobody knows.
		return w.text == "-" && !person || w.ampersand
	}
	i := start
	for i < len(r.words) {
		w := r.words[i]
		if w.text == ";" || w.text == "\n" {
			break
		}
		if w.text == "(" {
			i = r.closing(i)
			continue
		}
		next := r.afterJoins(i)
		if next == i || i == start && !w.mark || inside(w) {
			i++
			continue
		}
		if next < len(r.words) {
			if found := r.nameAt(next); found.end > 0 {
				if person && titleAt(r.words[next:]).words > 0 {
					// "Đồng chí Nguyễn Văn A, Giám đốc Sở Nội vụ" is the office.
					return r.known(start, found)
				}
				break
			}
			// "Khu kinh tế và các Khu công nghiệp" goes on: a capital after "các".
			goesOn := w.text == "va" && startsWith(r.words[next:], "cac") && next+1 < len(r.words) && r.words[next+1].capital
			if w.text != ":" && !goesOn && looksLikeBody(r.words[next:]) {
				break
			}
		}
		i = next
	}
	end := i
	for end > start+1 && (r.words[end-1].skipped() || r.words[end-1].text == ")" && !strings.Contains(r.between(start, end), "(")) {
		end--
	}
	r.parties = append(r.parties, Party{Written: r.between(start, end)})
	return max(i, start+1)
}

// nameAt finds the longest name at word i, with the office and the shared
// head taken into account.
func (r *reading) nameAt(i int) found {
	var best found
	try := func(at int, head []word) {
		f := r.d.bestAt(r.words, at, r.day, head)
		if f.end > best.end || f.end == best.end && !best.hasAny() && f.hasAny() {
			best = f
			if head != nil {
				best.head = head
			}
		}
	}
	at := skipPlural(r.words, i)
	for {
		try(at, nil)
		if len(r.head) > 0 {
			try(at, r.head)
		}
		if at < len(r.words) && r.words[at].text == allDepartments {
			// "các sở, ngành nội vụ, tư pháp" lists departments.
			so := []word{{token: token{text: "so"}}}
			try(skipPlural(r.words, at+1), so)
		}
		title := titleAt(r.words[at:])
		if title.words == 0 {
			break
		}
		at = skipPlural(r.words, at+title.words)
		if len(title.head) > 0 {
			try(at, title.head)
		}
	}
	if best.end > 0 {
		r.head = best.head
	}
	return best
}

func (f found) hasAny() bool { return len(f.agencies)+len(f.groups) > 0 }

// skipPlural steps over "các" and a colon before a name.
func skipPlural(words []word, i int) int {
	for i < len(words) && (words[i].text == "cac" || words[i].text == ":") {
		i++
	}
	return i
}

// between is the text from one word to another, the latter not included.
func (r *reading) between(from, to int) string {
	if from >= to {
		return ""
	}
	return trimmed(r.text[r.words[from].start:r.words[to-1].end])
}

func trimmed(s string) string { return strings.Join(strings.Fields(s), " ") }

// afterJoins steps over what joins names: commas, "và", "phối hợp với".
func (r *reading) afterJoins(i int) int {
	for i < len(r.words) {
		if w := r.words[i]; w.mark && w.text != "(" {
			i++
			continue
		}
		n := joinAt(r.words[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

var joins = [][]string{{"va"}, {"cung"}, {"voi"}, {"hoac"}, {"chu", "tri"}, {"phoi", "hop"}}

// joinAt returns how many words at this place only join names.
func joinAt(words []word) int {
	for _, join := range joins {
		if startsWith(words, join...) {
			return len(join)
		}
	}
	return 0
}

// title is an office at the start of a name.
type title struct {
	words int
	// head is what the office's name holds of the agency's: "Chi cục trưởng
	// Thuế" heads the Chi cục Thuế.
	head []word
}

var titles = []struct {
	words []string
	head  string
}{
	{words: []string{"tong", "giam", "doc"}}, {words: []string{"giam", "doc"}}, {words: []string{"gd"}},
	{words: []string{"chu", "tich"}}, {words: []string{"ct"}}, {words: []string{"thu", "truong"}},
	{words: []string{"nguoi", "dung", "dau"}}, {words: []string{"lanh", "dao"}},
	{words: []string{"chi", "cuc", "truong"}, head: "chi cục"}, {words: []string{"cuc", "truong"}, head: "cục"},
	{words: []string{"vien", "truong"}, head: "viện"}, {words: []string{"chanh", "an"}}, {words: []string{"chanh"}},
	{words: []string{"chi", "huy", "truong"}}, {words: []string{"tu", "lenh"}}, {words: []string{"hieu", "truong"}},
	{words: []string{"bi", "thu"}}, {words: []string{"tong", "bien", "tap"}}, {words: []string{"chu", "nhiem"}},
	{words: []string{"truong"}},
}

// titleAt reads an honorific or an office, and the comma or "và" that joins it
// to another: "Giám đốc, Thủ trưởng các sở".
func titleAt(words []word) title {
	if n := honorificAt(words); n > 0 {
		return title{words: n}
	}
	for _, t := range titles {
		if !startsWith(words, t.words...) {
			continue
		}
		n := len(t.words)
		if n < len(words) && (words[n].text == "," || words[n].text == "va") && titleAt(words[n+1:]).words > 0 {
			n++
		}
		return title{words: n, head: read(t.head)}
	}
	return title{}
}

func honorificAt(words []word) int {
	for _, h := range [][]string{{"dong", "chi"}, {"d", "/", "c"}, {"dc"}, {"cac", "dong", "chi"}, {"ong"}, {"ba"}} {
		if startsWith(words, h...) {
			return len(h)
		}
	}
	return 0
}

// bodies are the words names of bodies begin with.
var bodies = [][]string{
	{"so"}, {"uy", "ban"}, {"hoi", "dong"}, {"cuc"}, {"chi", "cuc"}, {"tong", "cuc"}, {"ban"}, {"hoi"}, {"cong", "ty"},
	{"cong", "an"}, {"bo"}, {"vien"}, {"toa", "an"}, {"kho", "bac"}, {"ngan", "hang"}, {"trung", "tam"}, {"van", "phong"}, {"thanh", "tra"},
	{"lien"}, {"buu", "dien"}, {"doan"}, {"tinh"}, {"dang", "uy"}, {"dai"}, {"bao"}, {"don", "vi"}, {"co", "quan"}, {"dia", "phuong"},
	{"doanh", "nghiep"}, {"xa"}, {"phuong"}, {"dac", "khu"}, {"mat", "tran"}, {"hiep", "hoi"}, {"thue"}, {"thong", "ke"}, {"truong"},
	{"phong"}, {allCommunes}, {allDepartments},
}

// plainBodies begin a name in small letters too.
var plainBodies = []string{"so", "uy", "doanh", allCommunes, allDepartments}

// looksLikeBody reports whether a new name seems to begin, rather than the
// second half of one that holds a comma: "Ban Chỉ huy Phòng, chống thiên tai".
func looksLikeBody(words []word) bool {
	if honorificAt(words) > 0 || startsWith(words, "cac") {
		return true
	}
	if len(words) > 0 && words[0].capital && titleAt(words).words > 0 {
		return true
	}
	for _, b := range bodies {
		if !startsWith(words, b...) {
			continue
		}
		if words[0].capital {
			return true
		}
		for _, plain := range plainBodies {
			if words[0].text == plain {
				return true
			}
		}
	}
	return false
}

// labelAt returns how many words are a label before a list ("Cơ quan chủ trì,
// phối hợp:"), colon included.
func labelAt(words []word) int {
	if !startsWith(words, "co", "quan") && !startsWith(words, "don", "vi") {
		return 0
	}
	for n := 2; n < len(words); {
		switch rest := words[n:]; {
		case startsWith(rest, ":"):
			return n + 1
		case startsWith(rest, ","):
			n++
		case startsWith(rest, "thuc", "hien"), startsWith(rest, "dau", "moi"), startsWith(rest, "tham", "muu"):
			n += 2
		case joinAt(rest) > 0:
			n += joinAt(rest)
		default:
			return 0
		}
	}
	return 0
}
