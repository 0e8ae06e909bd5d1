package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
	"tiendo/templates/office"
)

// dutiesInLetter is how many duties a letter lists itself; more go into an annex.
const dutiesInLetter = 5

// letterDocument gives a letter as a document to be signed (công văn: Nghị định 30/2020/NĐ-CP, annex III, form 1.5). It leaves the house:
// restricted duties stand there by their number alone.
func (s *Server) letterDocument(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Letters.Get(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	if !v.Manages {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	w := s.words(actor)
	p := paper{w: w, v: v, l: paperLetter(w, v.Letter)}
	return s.sendDocument(c, actor, w.T("letters.file_"+string(v.Letter.Kind), agencyName(w, v.Agencies, v.Letter.AgencyID)),
		office.Properties{Title: capitalised(p.l.Subject), Language: language(w.Lang())}, p.write)
}

// paper is a letter as it is written.
type paper struct {
	w *templates.Words
	v tasks.LetterView
	l letter
}

// paperLetter is the head and foot of a letter. One that was issued has its number with the symbol already.
func paperLetter(w *templates.Words, l tasks.Letter) letter {
	h := l.Head
	out := letter{
		Letterhead: Letterhead{Parent: h.Parent, Issuer: h.Issuer, Place: h.Place, Symbol: h.Symbol, Recipients: h.Recipients, Capacity: h.Capacity, Title: h.Title, Name: h.Name},
		Subject:    letterAbout(w, l), date: l.Date,
	}
	if l.Number != "" {
		out.Number, out.Symbol, _ = strings.Cut(l.Number, "/")
	}
	return out
}

func (p paper) write(d *office.Document) {
	w := p.w
	writeHead(d, w, p.l, 0.4)
	d.Text(w.T("letters.addressed", agencyName(w, p.v.Agencies, p.v.Letter.AgencyID)), office.Style{Align: office.Center, Before: 12, After: 12})
	annexed := len(p.v.Lines) > dutiesInLetter
	before, after := p.paragraphs(annexed)
	body := office.Style{Align: office.Justify, Indent: true, Before: 3, After: 3}
	for _, text := range before {
		style := body
		if style.KeepNext = !annexed; !annexed {
			style.After = 6
		}
		d.Text(text, style)
	}
	if !annexed {
		p.table(d)
	}
	for i, text := range after {
		style := body
		if i == 0 && !annexed {
			style.Before = 8
		}
		d.Text(text, style)
	}
	writeFoot(d, w, p.l)
	if !annexed {
		return
	}
	d.Section(true)
	d.Text(w.T("register.annex"), office.Style{Bold: true, Align: office.Center})
	d.Text(upper(w.T("letters.annex_title", agencyName(w, p.v.Agencies, p.v.Letter.AgencyID))), office.Style{Bold: true, Align: office.Center})
	d.Text(w.T("letters.annex_of", p.l.numberText(w, "register.number_inline"), p.l.dayText(w), p.issuer()), office.Style{Italic: true, Align: office.Center, Rule: 0.25, After: 8})
	p.table(d)
}

// issuer names who writes, or leaves room for it.
func (p paper) issuer() string {
	if p.l.Issuer == "" {
		return "……"
	}
	return p.l.Issuer
}

// paragraphs are the letter's words before and after the list of its duties. Who is under the chairman is ordered, others are asked.
func (p paper) paragraphs(annexed bool) (before, after []string) {
	w, l := p.w, p.v.Letter
	agency := p.v.Agencies[l.AgencyID]
	kind := string(l.Kind)
	list := "letters.doc_list_below"
	if annexed {
		list = "letters.doc_list_annexed"
	}
	before = []string{w.T("letters.doc_"+kind+"_state", agency.Name, len(p.v.Lines), l.AsOf, w.T(list))}
	asks := w.T("letters.doc_orders")
	if !directory.Ordered(agency.Kind) {
		asks = w.T("letters.doc_asks")
	}
	after = []string{w.T("letters.doc_"+kind+"_ask", p.issuer(), asks, agency.Name)}
	points := []string{w.T("letters.doc_" + kind + "_finish")}
	if l.AnswerBy.IsZero() {
		points = append(points, w.T("letters.doc_"+kind+"_report"))
	} else {
		points = append(points, w.T("letters.doc_"+kind+"_report_by", l.AnswerBy))
	}
	for i, point := range points {
		after = append(after, w.T("letters.doc_point", i+1, point))
	}
	after = append(after, paragraphs(l.Words)...)
	return before, append(after, w.T("letters.doc_closing", p.issuer(), asks, agency.Name))
}

// table lists the duties with their deadlines, and by how much they are late on the letter's day.
func (p paper) table(d *office.Document) {
	w := p.w
	office.WriteTable(d, office.Table[tasks.LetterLine]{
		Columns: withNumbers(w, []office.Column[tasks.LetterLine]{
			{Head: w.T("export.duty_words"), Width: 50, Value: func(l tasks.LetterLine) any {
				if l.Row.Hidden || l.Row.Restricted {
					return hiddenWords(w, l.Row)
				}
				return l.Row.Text
			}},
			{Head: w.T("register.document"), Width: 22, Value: func(l tasks.LetterLine) any {
				return strings.Join(letterDutyRef(w, l.Row), ",\n")
			}},
			{Head: w.T("letters.due"), Width: 14, Value: func(l tasks.LetterLine) any { return l.Due }},
			{Head: w.T("letters.late"), Width: 12, Value: func(l tasks.LetterLine) any { return l.Late }},
		}),
		Rows: listed(p.v.Lines), Empty: w.T("export.empty"),
	})
}

// letterDutyRef names a duty as a letter does: the document with its day, the item, and of a recurring one the period.
func letterDutyRef(w *templates.Words, row tasks.AssignmentRow) []string {
	parts := dutyRef(w, row.DocumentKind, row.DocumentNumber, row.Ref)
	if !row.DocumentDate.IsZero() {
		parts[0] = w.T("letters.document_of", parts[0], row.DocumentDate)
	}
	if !row.Period.IsZero() {
		parts = append(parts, w.T("period.label", periodName(w, row.Period)))
	}
	return parts
}
