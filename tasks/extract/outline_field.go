package extract

import (
	"regexp"
	"strings"
)

// role is what a labelled line or a table's column holds.
type role byte

const (
	roleNone role = iota
	roleNumber
	roleTask
	roleLead
	roleCooperating
	roleDue
	roleDeliverable
	roleCriteria
	roleIgnored // funding, notes, state of progress
)

// fields are the labelled lines of a duty: "Cơ quan chủ trì: …".
type fields struct {
	lead, cooperating, due, deliverable, content string
}

func (f *fields) set(r role, text string) {
	join := func(to *string, sep string) {
		if *to == "" {
			*to = text
		} else if text != "" {
			*to += sep + text
		}
	}
	switch r {
	case roleLead:
		join(&f.lead, "; ")
	case roleCooperating:
		join(&f.cooperating, "; ")
	case roleDue:
		join(&f.due, "; ")
	case roleDeliverable:
		join(&f.deliverable, "; ")
	case roleTask:
		join(&f.content, " ")
	}
}

// over returns f with what is missing taken from the fields above.
func (f fields) over(above fields) fields {
	if f.lead == "" {
		f.lead = above.lead
	}
	if f.cooperating == "" {
		f.cooperating = above.cooperating
	}
	if f.due == "" {
		f.due = above.due
	}
	if f.deliverable == "" {
		f.deliverable = above.deliverable
	}
	return f
}

// line takes a labelled line whose role is known, and the further labels in its
// words: "Chủ trì: Sở Nội vụ. Phối hợp: Sở Tài chính. Thời gian: Quý II".
func (f *fields) line(r role, value string) {
	from := 0
	for _, m := range labelBreak.FindAllStringIndex(value, -1) {
		if next, _ := labelled(value[m[1]:]); next != roleNone {
			f.set(r, strings.TrimRight(value[from:m[0]], " .;"))
			r, from = next, m[1]+strings.IndexByte(value[m[1]:], ':')+1
		}
	}
	f.set(r, strings.TrimRight(strings.TrimSpace(value[from:]), " .;"))
}

var labelBreak = regexp.MustCompile(`[.;\n]\s*(?:[-+*]\s*)?`)

// cellFields reads a cell that has labels inside: "Chủ trì: …; phối hợp: …".
func cellFields(cell string) (fields, bool) {
	var f fields
	r, value := labelled(strings.TrimLeft(cell, "-+* "))
	if r != roleLead && r != roleCooperating {
		return f, false
	}
	f.line(r, value)
	return f, f.lead != "" || f.cooperating != ""
}

// bracketFields reads labels in a bracket of a duty: "… (Chủ trì: Sở Nội vụ; thời
// gian: Quý II/2026)".
func bracketFields(text string) (fields, bool) {
	for _, m := range bracket.FindAllStringSubmatch(text, -1) {
		r, value := labelled(m[1])
		if r != roleLead && r != roleDue && r != roleCooperating {
			continue
		}
		var f fields
		f.line(r, value)
		return f, true
	}
	for _, m := range bracketed.FindAllStringSubmatch(text, -1) {
		// "(Sở Tài chính chủ trì, phối hợp với Sở Tư pháp; hoàn thành …)"
		if !strings.Contains(fold(m[1]), "chu tri") {
			continue
		}
		if leads, with, ok := shared(strings.SplitN(m[1], ";", 2)[0]); ok {
			return fields{lead: strings.Join(leads, "; "), cooperating: strings.Join(with, "; ")}, true
		}
	}
	return fields{}, false
}

// sentenceFields reads labels behind a duty's words: "… . Cơ quan chủ trì: Sở Tài
// chính; cơ quan phối hợp: …; thời gian hoàn thành: …".
func sentenceFields(text string) (fields, bool) {
	for _, m := range labelBreak.FindAllStringIndex(text, -1) {
		r, value := labelled(text[m[1]:])
		if r != roleLead && r != roleCooperating {
			continue
		}
		var f fields
		f.line(r, value)
		return f, f.lead != ""
	}
	return fields{}, false
}

var bracketed = regexp.MustCompile(`\(([^()]+)\)`)

var bracket = regexp.MustCompile(`\(([^()]+:[^()]+)\)`)

// maxLabel is the longest label of a line, in words.
const maxLabel = 8

// labelled reads "Cơ quan phối hợp: Sở Tài chính" as a role and its words.
func labelled(s string) (role, string) {
	i := strings.IndexByte(s, ':')
	if i < 0 || i > 80 {
		switch foldWords(firstWords(s, 4)) {
		case "thoi gian thuc hien", "thoi gian hoan thanh", "thoi han hoan thanh", "thoi han thuc hien", "thoi gian trien khai":
			if len(s) < 200 {
				return roleDue, strings.TrimSpace(afterWords(s, 4))
			}
		}
		return roleNone, ""
	}
	label := foldWords(s[:i])
	if len(strings.Fields(label)) > maxLabel {
		return roleNone, ""
	}
	r, value := labelRole(label), strings.Trim(strings.TrimSpace(s[i+1:]), "* ")
	if r == roleIgnored || strings.HasPrefix(label, "ve ") {
		// "Về kinh phí: giao Sở Tài chính bố trí …" is a duty under its topic.
		if l := newDuty(value).own(false); len(l.names) > 0 && (l.from == leadItem || l.from == leadSentence) {
			return roleNone, ""
		}
	}
	return r, value
}

func firstWords(s string, n int) string {
	w := strings.Fields(s)
	return strings.Join(w[:min(n, len(w))], " ")
}

func afterWords(s string, n int) string {
	w := strings.Fields(s)
	return strings.Join(w[min(n, len(w)):], " ")
}

// labelRole tells a label's role by its folded words.
func labelRole(label string) role {
	label = strings.TrimPrefix(strings.TrimPrefix(label, "cac "), "ve ")
	prefix := func(list ...string) bool {
		for _, p := range list {
			if strings.HasPrefix(label, p) {
				return true
			}
		}
		return false
	}
	who := prefix("co quan", "don vi", "so nganh", "cap", "bo phan", "nguoi", "to chuc ca nhan", "dia phuong")
	switch {
	case strings.Contains(label, "phoi hop") && !strings.Contains(label, "chu tri") && (who || prefix("phoi hop")) && len(strings.Fields(label)) <= 6:
		return roleCooperating
	case prefix("chu tri", "co quan chu tri", "don vi chu tri") || who && (strings.Contains(label, "chu tri") || strings.Contains(label, "thuc hien") || strings.Contains(label, "chiu trach nhiem") || strings.Contains(label, "dau moi") || strings.Contains(label, "tham muu")) && !strings.Contains(label, "phoi hop"),
		label == "phan cong thuc hien", label == "phan cong", label == "trach nhiem thuc hien", label == "phan cong trach nhiem", who && strings.Contains(label, "chu tri phoi hop"):
		return roleLead
	case (prefix("thoi gian") && label != "thoi gian qua" && label != "thoi gian toi") || prefix("thoi han", "tien do thuc hien", "tien do hoan thanh", "han hoan thanh", "lo trinh thuc hien", "thoi diem hoan thanh"), label == "tien do":
		return roleDue
	case prefix("san pham", "ket qua dau ra", "ket qua du kien", "ket qua can dat", "du kien ket qua", "ket qua san pham"), label == "ket qua":
		return roleDeliverable
	case label == "noi dung", label == "nhiem vu", prefix("noi dung thuc hien", "noi dung cong viec", "noi dung nhiem vu", "nhiem vu cu the", "nhiem vu giai phap"):
		return roleTask
	case prefix("kinh phi", "nguon kinh phi", "dia diem", "ghi chu", "nguon luc", "hinh thuc", "thanh phan"):
		return roleIgnored
	}
	return roleNone
}
