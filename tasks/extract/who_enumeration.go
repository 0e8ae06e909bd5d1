package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// apposition reports whether a dash at i opens "Cơ quan thường trực …".
func (n names) apposition(i int) bool {
	return (foldedAt(n.ts, i+1, "co", "quan") || foldedAt(n.ts, i+1, "don", "vi")) && (foldedAt(n.ts, i+3, "thuong") || foldedAt(n.ts, i+3, "dau") || foldedAt(n.ts, i+3, "chu", "tri"))
}

func (n names) skipApposition(i int) int {
	if !n.apposition(i) {
		return i
	}
	narrow := n
	narrow.strict = true
	if _, next := narrow.item(i + 1); !n.cell && next < len(n.ts) && n.opensDuty(next) {
		return next // no colon or comma before what it does
	}
	for i < len(n.ts) && n.ts[i].text != ":" && n.ts[i].text != ";" && n.ts[i].text != "." && n.ts[i].text != "," {
		i++
	}
	return i
}

// inner reports whether the comma or "và" at i stands inside a name: "Phòng, chống
// thiên tai", "Ban Quản lý Khu kinh tế X và các Khu công nghiệp".
func (n names) inner(i, start int) bool {
	switch t := n.ts[i]; {
	case t.text == ",":
		next := at(n.ts, i+1).fold
		return at(n.ts, i-1).fold == "phong" && (next == "chong" || next == "chua")
	case t.low == "và":
		return foldedAt(n.ts, start, "ban", "quan", "ly") && foldedAt(n.ts, i+1, "cac", "khu")
	}
	return false
}

// dashJoins reports whether the dash at i joins the halves of one name:
// "HĐND - UBND", "Ngân hàng … - Chi nhánh …", "chính trị - xã hội".
func (n names) dashJoins(i int) bool {
	before, after := at(n.ts, i-1), at(n.ts, i+1)
	return before.acronym() && after.acronym() || foldedAt(n.ts, i+1, "chi", "nhanh") || foldedAt(n.ts, i-2, "chinh", "tri") && foldedAt(n.ts, i+1, "xa", "hoi")
}

// closing returns the index after the bracket that closes the one at i.
func (n names) closing(i int) int {
	depth := 0
	for ; i < len(n.ts); i++ {
		switch n.ts[i].text {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(n.ts)
}

// narrows reports whether the bracket at i says who is in the group or not: it
// is part of the name.
func (n names) narrows(i int) bool {
	for _, w := range []string{"bao", "tru", "ngoai", "khong", "ke"} {
		if at(n.ts, i+1).fold == w {
			return true
		}
	}
	return false
}

// bracketList reads "(gồm các Sở: Tài chính, Nội vụ)": the members stand for the
// group before the bracket.
func (n names) bracketList(i, close int) ([]string, bool) {
	j := i + 1
	switch {
	case foldedAt(n.ts, j, "gom"), foldedAt(n.ts, j, "bao", "gom"):
		for j < close && !n.begins(j) && n.ts[j].text != ":" {
			j++
		}
	default:
		return nil, false
	}
	if j >= close {
		return nil, false
	}
	inner := names{text: n.text, ts: n.ts[:close-1], cell: true}
	list, next := inner.list(j)
	return list, len(list) > 1 && next >= close-1
}

// enumeration reads "các Sở: A, B, C" from the colon at i: the head in the
// singular before each. It returns nil when what stands before the colon is no
// bare group.
func (n names) enumeration(start, i int) ([]string, int) {
	head := n.text[n.ts[start].start:n.ts[i-1].end]
	if i-start > 9 || !at(n.ts, i+1).capital() || verbAt(n.ts, i+1) > 0 && !at(n.ts, i+2).capital() && at(n.ts, i+3).text != "," && !(at(n.ts, i+3).low == "và" && at(n.ts, i+4).capital()) {
		return nil, i
	}
	last := fold(head)
	ends := func(nouns ...string) bool {
		return slices.ContainsFunc(nouns, func(s string) bool { return strings.HasSuffix(last, " "+s) })
	}
	departments, places := ends("so", "bo", "ban", "cuc"), ends("tinh", "thanh pho", "xa", "phuong", "huyen", "quan", "dac khu", "co quan", "don vi", "nganh")
	if !departments && !places || !strings.Contains(last, "cac ") {
		return nil, i
	}
	var items []string
	j := i + 1
	from := j
	flush := func(to int) {
		if to > from {
			items = append(items, strings.TrimSpace(n.text[n.ts[from].start:n.ts[to-1].end]))
		}
	}
	isSo := strings.HasSuffix(last, "so")
	for j < len(n.ts) {
		t := n.ts[j]
		after := n.separator(j)
		if isSo && (t.text == "-" || t.text == "–") {
			j++ // "Lao động - Thương binh và Xã hội"
			continue
		}
		if after > j {
			if isSo && t.low == "và" && j > from && n.lowAnd(j) || isSo && t.text == "," && n.partOfName(j) {
				j = after
				continue
			}
			flush(j)
			if t := at(n.ts, after); places && levels[t.low] && !t.capital() && at(n.ts, after+1).capital() {
				j, from = after+1, after
				continue
			}
			if !at(n.ts, after).capital() || n.begins(after) && !(places && at(n.ts, after).fold != "so" && at(n.ts, after+1).capital()) {
				from = j
				break
			}
			j, from = after, after
			continue
		}
		if t.text == "(" {
			flush(j)
			j = n.closing(j)
			from = j
			continue
		}
		if t.kind == mark && t.text != "-" && t.text != "–" || t.kind == word && !t.capital() && n.ends(j, from) {
			break
		}
		j++
	}
	flush(j)
	if len(items) == 0 {
		return nil, i
	}
	if places {
		return []string{squeeze(strings.TrimRight(n.text[n.ts[start].start:n.ts[j-1].end], " ,;"))}, j
	}
	singular := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.Replace(head, "các ", "", 1), "Các "), "các "))
	if k := strings.LastIndex(singular, ","); k >= 0 || len(items) == 0 {
		singular = ""
	}
	if r, size := utf8.DecodeRuneInString(singular); size > 0 {
		singular = string(unicode.ToUpper(r)) + singular[size:] // "các sở: Y tế" is "Sở Y tế"
	}
	for k := range items {
		if singular != "" {
			items[k] = singular + " " + items[k]
		}
	}
	return items, j
}

// lowAnd reports whether the "và" at j joins the two halves of a ministry-like
// name ("Giáo dục và Đào tạo") rather than the last of a list.
func (n names) lowAnd(j int) bool {
	for _, pair := range departmentPairs {
		if at(n.ts, j-1).fold == pair[0] && at(n.ts, j+1).fold == pair[1] {
			return true
		}
	}
	return false
}

// partOfName reports whether the comma at j stands inside a department's name.
func (n names) partOfName(j int) bool {
	return at(n.ts, j-1).fold == "hoa" && foldedAt(n.ts, j+1, "the", "thao")
}

// departmentPairs are the words on either side of "và" in the names of
// departments (Nghị định 45/2025/NĐ-CP and Nghị định 24/2014/NĐ-CP).
var departmentPairs = [][2]string{
	{"duc", "dao"}, {"hoc", "cong"}, {"nghiep", "moi"}, {"nghiep", "phat"}, {"nguyen", "moi"},
	{"hoach", "dau"}, {"tin", "truyen"}, {"binh", "xa"}, {"thao", "du"}, {"toc", "ton"}, {"hoach", "kien"},
}
