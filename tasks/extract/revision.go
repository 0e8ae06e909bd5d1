package extract

import (
	"strings"
)

// What a document does to an earlier one.
const (
	RevisionReplaces = "replaces" // thay thế
	RevisionAmends   = "amends"   // sửa đổi, bổ sung
	RevisionRepeals  = "repeals"  // bãi bỏ
)

// Revision is an earlier document that this one replaces, amends or repeals, as its title or its text names it.
type Revision struct {
	Kind   string `json:"kind"`
	Number string `json:"number"`
	Date   string `json:"date"` // YYYY-MM-DD, "" when it is not told whole
}

// revisionWords name what is done, as whole words, folded: "thay the" may stand before the document and, passive, behind it.
var revisionWords = []struct{ words, kind string }{
	{"sua doi bo sung", RevisionAmends}, {"sua doi", RevisionAmends}, {"bo sung", RevisionAmends}, {"dieu chinh", RevisionAmends},
	{"thay the", RevisionReplaces}, {"bai bo", RevisionRepeals}, {"het hieu luc", RevisionRepeals},
}

// revisionReach is how many octets may stand between the words and the number: "sửa đổi, bổ sung một số nội dung tại Kế hoạch số …".
const revisionReach = 160

// Revisions finds in the title, and in the sentences that say so of this document itself, which earlier documents it replaces, amends or
// repeals; each once, in the order in which they are named. A law that was itself amended ("Luật … sửa đổi, bổ sung năm …", "được sửa
// đổi bởi …") and a text to be drafted ("tham mưu ban hành quyết định thay thế …") are none.
func Revisions(sources []*Source) []Revision {
	head := headOf(sources)
	var out []Revision
	add := func(text string) {
		for _, r := range revisionsIn(text) {
			known := false
			for _, have := range out {
				known = known || strings.EqualFold(have.Number, r.Number)
			}
			if !known && !strings.EqualFold(r.Number, head.Number) {
				out = append(out, r)
			}
		}
	}
	add(head.Title)
	for _, s := range sources {
		for _, b := range s.Blocks {
			if b.Kind != Paragraph {
				continue
			}
			for sentence := range strings.SplitSeq(b.Text, ". ") {
				if ofItself(sentence) {
					add(sentence)
				}
			}
		}
	}
	return out
}

// ofItself reports whether the subject of a sentence is the document in which it stands: "Chỉ thị này thay thế Chỉ thị số …", or a
// repealing order that begins with its verb, "Bãi bỏ Kế hoạch số …".
func ofItself(sentence string) bool {
	f := foldWords(sentence)
	for _, r := range revisionWords {
		at := strings.Index(" "+f+" ", " "+r.words+" ")
		if at < 0 {
			continue
		}
		before := " " + f[:at]
		if strings.HasSuffix(strings.TrimRight(before, " "), " nay") || strings.Contains(before+" ", " nay va ") || strings.Contains(before+" ", " ky ban hanh ") {
			return true
		}
		if len(strings.Fields(before)) <= 2 && r.kind != RevisionAmends { // "Điều 2. Bãi bỏ …", "1. Thay thế …"
			return true
		}
	}
	return false
}

// revisionsIn reads the documents that stand behind the words of revision, up to the next such words.
func revisionsIn(text string) []Revision {
	var out []Revision
	at := documentNumber.FindAllStringIndex(text, -1)
	end := 0
	for _, span := range at {
		before := text[end:span[0]]
		if end == 0 && len(before) > revisionReach {
			before = before[len(before)-revisionReach:]
		}
		kind := ""
		f := " " + foldWords(before) + " "
		last := -1
		for _, r := range revisionWords {
			if i := strings.LastIndex(f, " "+r.words+" "); i > last && !strings.Contains(f, " duoc "+r.words+" ") {
				last, kind = i, r.kind
			}
		}
		if kind == "" && len(out) > 0 && end > 0 && len(before) < 80 && joinsDocuments(f) {
			kind = out[len(out)-1].Kind
		}
		if kind != "" {
			r := Revision{Kind: kind, Number: tidyNumber(text[span[0]:span[1]])}
			rest := text[span[1]:]
			if days := wholeDays(rest); len(days) > 0 && days[0].from < 20 {
				r.Date = days[0].day.String()
			}
			out = append(out, r)
		}
		end = span[1]
	}
	return out
}

// joinsDocuments reports whether folded words only go on with a list of documents: "ngày … và Quyết định số".
func joinsDocuments(f string) bool {
	for _, w := range strings.Fields(f) {
		switch w {
		case "trong", "tai", "theo", "can", "thuc", "cua":
			return false
		}
	}
	return strings.Contains(f, " va ") || strings.Contains(f, " so ")
}
