package extract

import (
	"regexp"
	"strconv"
	"strings"
)

// headRegion is how much of a document is looked at for its head.
const (
	headBlocks = 24  // lines or rows
	headLength = 600 // of one line
)

// headLines returns the lines of the head: paragraphs and cells, in order, up to
// the first numbered item.
func headLines(s *Source) []string {
	var out []string
	add := func(text string) {
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.Trim(squeeze(line), "*|_ "); foldWords(line) != "" {
				if len(line) > headLength {
					line = strings.ToValidUTF8(line[:headLength], "")
				}
				out = append(out, line)
			}
		}
	}
	for _, b := range s.Blocks {
		if len(out) >= headBlocks {
			break
		}
		if b.Kind == Table {
			for k, r := range b.Rows {
				if k >= headBlocks {
					break
				}
				for _, c := range r.Cells {
					if !c.Continued {
						add(c.Text)
					}
				}
			}
			continue
		}
		if mark, _ := readMark(b.Text); mark.kind != markNone && mark.kind <= markLetter && len(out) > 2 {
			break
		}
		add(b.Text)
	}
	return out
}

// kindNames are the names of kinds of documents as their titles begin.
var kindNames = []struct{ name, kind string }{
	{"chi thi", KindDirective}, {"ke hoach", KindPlan}, {"thong bao", KindConclusion}, {"cong dien", KindDispatch},
	{"quyet dinh", KindDecision}, {"chuong trinh", KindPlan}, {"de an", KindPlan}, {"phuong an", KindPlan}, {"cong van", KindDispatch},
	{"nghi quyet", KindOther}, {"bao cao", KindOther}, {"to trinh", KindOther}, {"huong dan", KindOther}, {"quy che", KindOther},
}

var (
	numberPattern = regexp.MustCompile(`(?:Số|số|SỐ)\s*:?\s*(\d{1,6}[a-zA-Z]?\s*[/-]\s*[\pL\d&.]+(?:(?:\s?[-/]\s?|-\s)[\pL\d&.]+)*)`)
	datePattern   = regexp.MustCompile(`(?i)ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})`)
	numberLabel   = regexp.MustCompile(`(?:Số|SỐ)\s*:`)
	yearPattern   = regexp.MustCompile(`(?i)năm\s+(20\d\d)`)
	aboutPattern  = regexp.MustCompile(`(?:V/v|V/V|v/v)\s*:?\s*`)
)

// headOf reads the head from the first source that has one.
func headOf(sources []*Source) Head {
	var best Head
	for i, s := range sources {
		h := readHead(headLines(s))
		if i == 0 || best.Number == "" && best.Date == "" && (h.Number != "" || h.Date != "") {
			best = h
		}
		if best.Number != "" {
			break
		}
	}
	return best
}

func readHead(lines []string) Head {
	var h Head
	kindLine, kindEnd := -1, 0
	var kindName string
	for i, line := range lines {
		if name, kind, end := kindAt(line); kind != "" {
			h.Kind, kindName, kindLine, kindEnd = kind, name, i, end
			break
		}
	}
	before := lines
	if kindLine >= 0 {
		before = append(append([]string{}, lines[:kindLine]...), lines[kindLine][:kindEnd])
	} else if len(before) > 8 {
		before = before[:8]
	}
	region := strings.Join(before, " ")
	if m := numberPattern.FindStringSubmatch(region); m != nil {
		h.Number = tidyNumber(m[1])
	}
	if m := datePattern.FindStringSubmatch(region); m != nil {
		y, _ := strconv.Atoi(m[3])
		mo, _ := strconv.Atoi(m[2])
		d, _ := strconv.Atoi(m[1])
		if day, ok := date(y, mo, d); ok {
			h.Date, h.Year = day.String(), y
		}
	}
	h.Issuer = issuer(region)
	h.Place = place(before)
	if kindLine >= 0 {
		h.Title = title(lines, kindLine, kindEnd, kindName)
		if h.Issuer != "" {
			h.Title = strings.TrimSpace(strings.TrimSuffix(h.Title, h.Issuer))
		}
	} else if at := aboutPattern.FindStringIndex(region); at != nil {
		h.Title = about(lines)
	}
	if h.Kind == "" || len(h.Number) > 0 && h.Kind == KindOther {
		h.Kind = kindOfNumber(h.Number)
	}
	h.Kind = refineKind(h.Kind, h.Title, kindName)
	h.Implements = implements(h, lines[kindLine+1:])
	if m := yearSpan.FindStringSubmatch(h.Title); m != nil {
		from, _ := strconv.Atoi(m[1])
		if to, _ := strconv.Atoi(m[2]); to > from {
			h.YearTo = to
		}
	}
	if y := plannedYear(h.Title); y > 0 && (h.Year == 0 || y >= h.Year-1 && y <= h.Year+1) {
		h.Year = y
	}
	return h
}

// plannedYear returns the year that a title names, 0 for none or for one that is
// only a horizon ("đến năm 2035").
func plannedYear(title string) int {
	for _, m := range yearPattern.FindAllStringSubmatchIndex(title, -1) {
		if f := fold(title[:m[0]]); strings.HasSuffix(f, "den ") || strings.HasSuffix(f, "het ") {
			continue
		}
		y, _ := strconv.Atoi(title[m[2]:m[3]])
		return y
	}
	return 0
}

// kindAt finds the name of a kind of document in capitals at the start of a line,
// or after the number and date in a line that runs on; end is where it begins.
func kindAt(line string) (name, kind string, begin int) {
	ts := tokenize(line)
	for i := range ts {
		if i > 0 && i < 8 && !numberPattern.MatchString(line[:ts[i].start]) {
			continue
		}
		for _, k := range kindNames {
			words := strings.Fields(k.name)
			if foldedAt(ts, i, words...) && ts[i].acronym() && ts[i+1].acronym() {
				return k.name, k.kind, ts[i].start
			}
		}
		if i > 60 {
			break
		}
	}
	return "", "", 0
}

// tidyNumber closes the gaps of "07 /CT-UBND".
func tidyNumber(s string) string { return strings.TrimRight(strings.ReplaceAll(s, " ", ""), ".") }

// kindOfNumber tells the kind by the letters of the number: CT, KH, TB, CĐ, QĐ;
// a number without them is an official letter's (Nghị định 30/2020/NĐ-CP).
func kindOfNumber(number string) string {
	i := strings.IndexAny(number, "/-")
	if i < 0 {
		return KindOther
	}
	for part := range strings.FieldsFuncSeq(number[i+1:], func(r rune) bool { return r == '-' || r == '/' || r == '.' }) {
		switch fold(part) {
		case "ct":
			return KindDirective
		case "kh", "ctr", "da", "pa":
			return KindPlan
		case "tb":
			return KindConclusion
		case "cd":
			return KindDispatch
		case "qd":
			return KindDecision
		case "nq", "bc", "ttr", "hd", "qc":
			return KindOther
		}
	}
	return KindDispatch
}

// refineKind tells plans of administrative reform and PAPI plans from others and notices of
// conclusions from other notices.
func refineKind(kind, title, name string) string {
	f := foldWords(title)
	switch kind {
	case KindPlan:
		if strings.Contains(f, "papi") || strings.Contains(f, "hieu qua quan tri va hanh chinh cong") {
			return KindPAPIPlan
		}
		if strings.Contains(f, "par index") || strings.Contains(f, "cai cach hanh chinh") {
			return KindPARPlan
		}
	case KindConclusion:
		if name != "" && !strings.Contains(f, "ket luan") && !strings.Contains(f, "y kien") && !strings.Contains(f, "chi dao") {
			return KindOther
		}
	}
	return kind
}

// issuer is what stands above the number, without the national name and motto.
func issuer(region string) string {
	if i := numberLabel.FindStringIndex(region); i != nil {
		region = region[:i[0]]
	} else if i := datePattern.FindStringIndex(region); i != nil {
		region = region[:strings.LastIndexAny(region[:i[0]], ",.")+1]
	} else {
		return ""
	}
	ts := tokenize(region)
	var out []string
	for i := 0; i < len(ts); i++ {
		switch {
		case foldedAt(ts, i, "cong", "hoa", "xa", "hoi"):
			for i+1 < len(ts) && ts[i].fold != "nam" {
				i++
			}
		case foldedAt(ts, i, "doc", "lap"):
			for i+1 < len(ts) && ts[i].fold != "phuc" {
				i++
			}
		case ts[i].kind == word && ts[i].acronym():
			out = append(out, ts[i].text)
		}
	}
	return strings.Join(out, " ")
}

// title is what follows the name of the kind: the rest of its line and the lines
// after it up to the body.
func title(lines []string, at, begin int, name string) string {
	words := strings.Fields(lines[at][begin:])
	rest := strings.Join(words[min(len(words), len(strings.Fields(name))):], " ")
	parts := []string{}
	if i := strings.Index(rest, "Về việc"); i > 0 {
		rest = rest[i:] // what a stamp left on the line is no title
	}
	if rest != "" {
		if isUpper(firstWords(rest, 3)) {
			capitals := upperPrefix(rest)
			parts = append(parts, capitals)
			if len(capitals) < len(rest) {
				return squeeze(strings.Join(parts, " "))
			}
		} else {
			parts = append(parts, rest)
		}
	}
	for i, line := range lines[min(at+1, len(lines)):] {
		upper := isUpper(line)
		if !titleLine(line, upper, i == 0 && rest == "", len(parts) > 0 && !isUpper(parts[len(parts)-1])) {
			break
		}
		parts = append(parts, strings.Trim(line, "-–—_ "))
	}
	return squeeze(strings.Join(parts, " "))
}

// titleLine reports whether a line goes on a title.
func titleLine(line string, upper, first, inSmall bool) bool {
	f := foldWords(line)
	for _, p := range []string{"can cu", "thuc hien", "de ", "ngay ", "thoi gian qua", "chu tich", "uy ban", "thu tuong", "kinh gui", "kem theo", "ban hanh kem", "trong ", "xet", "theo de nghi", "giam doc", "bo truong", "muc luc"} {
		if strings.HasPrefix(f, p) {
			if p == "thuc hien" && first && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":") && !strings.HasSuffix(line, ";") && !strings.Contains(f, "nhu sau") {
				return true // "KẾ HOẠCH", then "Thực hiện Nghị quyết số … về …"
			}
			return first && upper && !strings.HasPrefix(f, "chu tich") && !strings.HasPrefix(f, "can cu")
		}
	}
	if mark, _ := readMark(line); mark.kind != markNone || f == "" || strings.HasPrefix(line, "(") {
		return false
	}
	if upper {
		return true
	}
	return (first || inSmall && len(line) < 120) && len(line) < 400 && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":")
}

// upperPrefix returns the words of s in capitals at its start, numbers and marks
// among them.
func upperPrefix(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		letters := false
		for _, r := range w {
			if r >= 'a' && r <= 'z' || strings.ContainsRune("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ", r) {
				letters = true
			}
		}
		if letters {
			return strings.Join(words[:i], " ")
		}
	}
	return s
}

// about is the subject of an official letter: "V/v …".
func about(lines []string) string {
	for i, line := range lines {
		if at := aboutPattern.FindStringIndex(line); at != nil {
			out := line[at[0]:]
			if i+1 < len(lines) && len(line) < 80 && !firstIsUpper(lines[i+1]) && datePattern.FindString(lines[i+1]) == "" {
				out += " " + lines[i+1]
			}
			return squeeze(out)
		}
	}
	return ""
}
