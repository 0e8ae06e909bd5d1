package extract

import (
	"math"
	"strings"
)

// trackerTable walks the rows of one sheet.
type trackerTable struct {
	grid
	trackerColumns
	reader  *trackerReader
	section string
	head    Head // the document of a section's row, or of the row above
	// byRow: the document was told in a row of its own, for those below.
	byRow bool
	last  *TrackedDuty
}

// cell gives the words of the first column of a role that has some; above tells that they are merged over from the row above.
func (t *trackerTable) cell(i int, r trackerRole) (text string, above bool) {
	for _, col := range t.having(r) {
		c := t.at(i, col)
		if c == nil || c.Col != col || strings.Trim(c.Text, " -–.…\n") == "" {
			continue
		}
		return strings.TrimSpace(c.Text), c.Continued
	}
	return "", false
}

// cells joins the words of all columns of a role.
func (t *trackerTable) cells(i int, r trackerRole) string {
	var out []string
	for _, col := range t.having(r) {
		if c := t.at(i, col); c != nil && c.Col == col && !c.Continued && c.Text != "" {
			out = append(out, squeeze(c.Text))
		}
	}
	return strings.Join(out, "; ")
}

func (t *trackerTable) left(i int, why string) {
	t.reader.out.Left = append(t.reader.out.Left, TrackerRow{Sheet: t.Sheet, Row: t.rows[i].Number, Text: firstWords(longest(t.rows[i]), 20), Why: why})
}

func (t *trackerTable) row(i int) {
	if t.repeated(i) {
		return
	}
	task, taskAbove := t.cell(i, trackerTask)
	lead, leadAbove := t.cell(i, trackerLead)
	if t.sectionRow(i, task, lead) {
		t.setSection(longest(t.rows[i]))
		return
	}
	if task == "" || taskAbove && (leadAbove || lead == "") {
		if t.last != nil && taskAbove {
			t.join(i)
			return
		}
		t.left(i, LeftNoDuty)
		return
	}
	t.add(i, task, lead)
}

// repeated reports whether a row holds nothing, is the head again, or numbers its columns.
func (t *trackerTable) repeated(i int) bool {
	cells, same, numbers := 0, 0, 0
	for _, c := range t.rows[i].Cells {
		text := strings.Trim(c.Text, " .-…\n")
		if text == "" {
			continue
		}
		cells++
		if strings.HasSuffix(foldWords(t.heads[c.Col]), foldWords(text)) {
			same++
		}
		if columnNumbers.MatchString(text) {
			numbers++
		}
	}
	return cells == 0 || cells > 2 && (same*2 > cells || numbers == cells) || t.rows[i].Header
}

// sectionRow reports whether a row is a heading: the same words all over, or words and nobody, no time and no state beside them.
func (t *trackerTable) sectionRow(i int, task, lead string) bool {
	if distinct(t.rows[i]) == 1 {
		return true
	}
	if task == "" || lead != "" && lead != task {
		return false
	}
	for _, r := range []trackerRole{
		trackerDue, trackerExtended, trackerStatus, trackerTick, trackerResult, trackerCompleted, trackerPercent,
		trackerDocument, trackerDocumentNumber, trackerCooperating,
	} {
		if text, above := t.cell(i, r); text != "" && text != task && !above {
			return false
		}
	}
	return true
}

// setSection takes a heading; one that names a document is the document of the rows below, when no column tells theirs.
func (t *trackerTable) setSection(words string) {
	t.section = squeeze(words)
	number := documentNumber.FindString(words)
	if number == "" || t.has(trackerDocument) || t.has(trackerDocumentNumber) {
		return
	}
	t.head, t.byRow = documentOf(words, ""), true
}

// documentOf reads number, date and title of a document in words.
func documentOf(words, day string) Head {
	h := Head{Date: day}
	at := documentNumber.FindStringIndex(words)
	rest := words
	if at != nil {
		h.Number = tidyNumber(words[at[0]:at[1]])
		h.Kind = kindOfNumber(h.Number)
		rest = words[at[1]:]
	}
	if days := wholeDays(rest); len(days) > 0 {
		if h.Date == "" {
			h.Date = days[0].day.String()
		}
		rest = rest[days[0].to:]
	}
	for _, word := range []string{"về việc", "v/v", "về"} {
		if k := strings.Index(strings.ToLower(rest), word); k >= 0 && k < 40 && len(strings.ToLower(rest)) == len(rest) {
			h.Title = squeeze(strings.Trim(rest[k+len(word):], " :.;"))
			break
		}
	}
	return h
}

// document reads the document of row i and its doubts.
func (t *trackerTable) document(i int, ds *doubts) Head {
	var h Head
	words, above := t.cell(i, trackerDocumentNumber)
	date, _ := t.cell(i, trackerDocumentDate)
	title, _ := t.cell(i, trackerDocumentTitle)
	whole, wholeAbove := t.cell(i, trackerDocument)
	day := ""
	if days := wholeDays(date); len(days) > 0 {
		day = days[0].day.String()
	}
	switch {
	case words != "":
		h = documentOf(words, day)
		if h.Number == "" && len(words) <= 60 {
			h.Number, h.Kind = tidyNumber(words), KindOther // an office may keep bare numbers
		}
	case whole != "":
		above = wholeAbove
		if h = documentOf(whole, day); h.Number == "" {
			ds.add(DoubtDocumentUnread, firstWords(whole, 12))
		}
	case t.head.Number != "":
		if !t.byRow {
			ds.add(DoubtDocumentAbove, t.head.Number)
		}
		return t.head
	}
	if title != "" {
		h.Title = squeeze(title)
	}
	if above && h.Date == "" && h.Number == t.head.Number {
		h.Date = t.head.Date
	}
	if h.Number != "" {
		t.head, t.byRow = h, false
	}
	return h
}

// join adds a further row of the same duty and agency to the one above.
func (t *trackerTable) join(i int) {
	if more := t.cells(i, trackerResult); more != "" && !strings.Contains(t.last.Progress, more) {
		t.last.Progress = strings.TrimLeft(t.last.Progress+"; "+more, "; ")
	}
	if more := t.cells(i, trackerNote); more != "" && !strings.Contains(t.last.Note, more) {
		t.last.Note = strings.TrimLeft(t.last.Note+"; "+more, "; ")
	}
	ds := doubts(t.last.Doubts)
	ds.add(DoubtRowMerged, firstWords(t.last.Text, 12))
	t.last.Doubts = ds
}

// add makes the duty of row i.
func (t *trackerTable) add(i int, task, lead string) {
	var ds doubts
	ref, _ := t.cell(i, trackerNumber)
	d := TrackedDuty{Sheet: t.Sheet, Percent: -1}
	d.Task = Task{
		Ref: strings.TrimRight(ref, ". )"), Section: t.section, Text: task,
		Deliverable: t.cells(i, trackerDeliverable), Source: Place{Part: PartTable, Block: t.Index, Row: t.rows[i].Number},
	}
	head := t.document(i, &ds)
	t.who(i, &d, lead, &ds)
	d.Note = t.cells(i, trackerNote)
	d.Progress = t.cells(i, trackerResult)
	anchor := AnchorOf(head, t.reader.calendar)
	t.due(i, &d, anchor, &ds)
	t.percent(i, &d, &ds)
	t.state(i, &d, &ds)
	d.Task.Doubts = ds
	d.Task = d.Task.filled()
	d.Extended = d.Extended.filled()
	if head.Number == "" {
		head = Head{} // one document of the tracker's own
	}
	doc := t.reader.document(head)
	doc.Rows = append(doc.Rows, d)
	t.last = &doc.Rows[len(doc.Rows)-1]
}

func (t *trackerTable) who(i int, d *TrackedDuty, lead string, ds *doubts) {
	with, _ := t.cell(i, trackerCooperating)
	if leads, others, ok := shared(lead); ok {
		d.Lead, d.Cooperating = leads, others
	} else if lead != "" {
		names, ok := cellNames(lead)
		if d.Lead = names; !ok {
			ds.add(DoubtLeadUnread, squeeze(lead))
		}
	} else {
		ds.add(DoubtNoLead)
	}
	if with != "" {
		names, _ := cellNames(with)
		d.Cooperating = append(d.Cooperating, names...)
	}
}

// due reads the first deadline and the one now in force.
func (t *trackerTable) due(i int, d *TrackedDuty, anchor Anchor, ds *doubts) {
	text, _ := t.cell(i, trackerDue)
	if m, ok := readMoved(text, anchor); ok {
		text = m.before
		t.move(d, m, ds)
		if text == "" && !m.asked {
			ds.add(DoubtFirstDue, m.words)
		}
	}
	if text != "" {
		due, found := ReadDeadline(cadenceCell(text), anchor)
		d.Due = due
		*ds = append(*ds, found...)
	}
	if column := t.cells(i, trackerExtended); column != "" {
		if m, ok := readMoved("gia hạn "+column, anchor); ok {
			m.words = column
			m.asked = strings.HasPrefix(foldWords(column), "xin ") || strings.HasPrefix(foldWords(column), "de nghi ")
			t.move(d, m, ds)
		}
	}
	for _, words := range []string{d.Note, d.Progress} {
		if m, ok := readMoved(words, anchor); ok && d.Extended.Kind == "" {
			t.move(d, m, ds)
			if !m.asked {
				ds.add(DoubtMovedInNote, m.words)
			}
		}
	}
}

func (t *trackerTable) move(d *TrackedDuty, m movedDue, ds *doubts) {
	switch {
	case m.asked:
		ds.add(DoubtAskedToMove, m.words)
		return
	case m.day == "":
		ds.add(DoubtVague, m.words)
		return
	case m.many:
		ds.add(DoubtMovedSeveral, m.words)
	}
	d.Extended = Due{Phrase: m.words, Kind: DueDate, Date: m.day}
}

func (t *trackerTable) percent(i int, d *TrackedDuty, ds *doubts) {
	text, _ := t.cell(i, trackerPercent)
	if text == "" {
		return
	}
	v, sign, ok := cellNumber(text)
	if ok && !sign && t.fraction {
		v *= 100
	}
	if !ok || v > 100 {
		if _, isState := statusOf(text); !isState {
			ds.add(DoubtPercentUnread, squeeze(text))
		}
		return
	}
	d.Percent = int(math.Round(v))
}

// bareCadences are the words of a cell that names nothing but how often is reported, as "Tháng" or "BC quý", in the form in which deadlines
// are worded.
var bareCadences = map[string]string{
	"tuan": "hằng tuần", "thang": "hằng tháng", "quy": "hằng quý", "nam": "hằng năm", "6 thang": "6 tháng một lần",
}

// cadenceCell words a deadline's cell that holds such a word alone as a cadence; any other stays.
func cadenceCell(text string) string {
	words := foldWords(text)
	for _, opening := range []string{"bao cao ", "bc ", "dinh ky "} {
		words = strings.TrimPrefix(words, opening)
	}
	if cadence := bareCadences[words]; cadence != "" {
		return cadence
	}
	return text
}
