package extract

import (
	"strings"

	"tiendo/tasks/calendar"
)

// The grammar of deadlines. A phrase is cut into tokens and read from left to
// right; what no production takes is passed over. Productions stand as comments
// at the functions that read them.
//
//	phrase   = {mention | word}
//	mention  = lunar | counted | cadence | dated | "trong năm" | ongoing | event | vague
//	dated    = {before} [hour] (monthday | point [span] [years] [hour] [onward])
//	before   = "trước" | "đến" | "hết" | "trong" | "vào" | "chậm nhất" | "không quá" | "từ" | "kể từ" | "tính từ" | …
//	span     = ("-" | "đến" | "tới") {"hết" | "cuối"} point  |  "đến khi" event
//	onward   = "trở đi" | "và các năm tiếp theo"
//	point    = day | half | month | quarter | deictic | year
//	cadence  = ["định kỳ"] (times | weekdays | period [dayOf] {separator period [dayOf]} ["đến" point])
//	counted  = ("trong vòng" | "chậm nhất" | …) N unit [("kể từ" | "sau") start]
//
// A phrase that stands alone (a cell, a labelled line) is a deadline and its
// mentions are ranked by choose. In the sentence of a duty only those count that
// bind: the words before them and their clause make them its deadline.

// Deadline reads a phrase that is a deadline and nothing else: a cell, a
// labelled line, what a person types. Dates that hang on the document are taken
// from anchor; Resolve reads them anew when the head is corrected.
func Deadline(phrase string, anchor Anchor) Due {
	due, _ := ReadDeadline(phrase, anchor)
	return due
}

// ReadDeadline is Deadline with what was not sure.
func ReadDeadline(phrase string, anchor Anchor) (Due, []Doubt) {
	phrase = strings.TrimRight(whenText(phrase), " .;,")
	s := newScan(phrase, anchor, true)
	s.run()
	due, ds := s.choose(phrase)
	due.Phrase = phrase
	return due.filled(), ds
}

// deadlineIn finds the deadline that a sentence of duty sets, and leaves alone
// the other dates in it: those of laws, reporting periods, plans' own spans.
func deadlineIn(text string, anchor Anchor) (Due, []Doubt) {
	s := newScan(whenText(text), anchor, false)
	s.run()
	var past doubts
	s.deadlines(&past)
	due, ds := s.choose("")
	return due.filled(), append(past, ds...)
}

// mention is one thing said about time.
type mention struct {
	from, to int // tokens, the words before it included
	kind     string
	date     calendar.Date
	unit     unit
	hour     string
	rule     string
	also     []mention
	pre      before
	doubts   doubts
	noYear   int // month*100 + day of a day whose year was not said
	lunar    bool
	oneHalf  bool // a half-yearly duty of which one day is said
}

// before says which words stand right before a point of time.
type before struct {
	before, until, end, within, on, latest, from, since, counted, done, occasion, moment, expected, now bool
}

// scan finds the mentions of a text from left to right.
type scan struct {
	clock
	alone bool // the whole text is a deadline
	found []mention
	floor int // tokens before it belong to an earlier mention
}

func newScan(text string, anchor Anchor, alone bool) *scan {
	return &scan{clock: clock{text: text, ts: whenTokens(text, alone), bare: alone, doc: anchor}, alone: alone}
}

// maxMentions and maxClause bound the work on a text that is no sentence.
const (
	maxMentions = 64
	maxClause   = 150 // tokens
)

func (s *scan) run() {
	readers := []func(int) (mention, int){s.lunarDay, s.lunarBracket, s.schoolYear, s.counted, s.cadence, s.dated, s.thisYear, s.ongoing, s.event, s.vague}
	for i := 0; i < len(s.ts) && len(s.found) < maxMentions; {
		advanced := false
		for _, read := range readers {
			m, next := read(i)
			if next <= i {
				continue
			}
			if m.kind != "" {
				m.to = next
				s.found = append(s.found, m)
			}
			i, s.floor, advanced = next, next, true
			break
		}
		if !advanced {
			i++
		}
	}
}
