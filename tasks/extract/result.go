package extract

import (
	"errors"
	"time"

	"tiendo/tasks/calendar"
)

// ErrClassified says that the head bears Mật, Tối mật or Tuyệt mật. State
// secrets may not be kept on a networked machine (Luật 117/2025/QH15, art.
// 5(2)): the caller keeps nothing of the file.
var ErrClassified = errors.New("the document is marked as a state secret")

// Result is what was read in one document: its head and its duties, in the
// order they stand in.
type Result struct {
	Document Head   `json:"document"`
	Tasks    []Task `json:"tasks"`
}

// Kinds of documents.
const (
	KindDirective  = "directive"
	KindPARPlan    = "par_plan"
	KindPAPIPlan   = "papi_plan"
	KindPlan       = "plan"
	KindConclusion = "conclusion"
	KindDispatch   = "dispatch"
	KindDecision   = "decision"
	KindOther      = "other"
)

// Head is the head of a document (Nghị định 30/2020/NĐ-CP, appendix I). What is
// not there, or blank in a draft, is "" or 0.
type Head struct {
	Kind   string `json:"kind"`
	Number string `json:"number"` // "012/CT-UBND"
	Date   string `json:"date"`   // YYYY-MM-DD
	Issuer string `json:"issuer"`
	Title  string `json:"title"`
	Year   int    `json:"year"` // the year the document plans for
	// YearTo is the last year of a span that the title names ("giai đoạn 2026 -
	// 2030"), else 0.
	YearTo int `json:"year_to,omitempty"`
	// Place is where the document was signed ("Mẫu Sơn"); it is not always the
	// province.
	Place string `json:"place,omitempty"`
	// Implements is the number of the document that this one carries out
	// ("76/NQ-CP"), from the title or the first "Thực hiện …".
	Implements string `json:"implements,omitempty"`
}

// Task is one duty as the document has it. Names of agencies are as written.
type Task struct {
	Ref         string   `json:"ref"`     // the path of numbers down to it: "1.a", "II.3.-2"
	Section     string   `json:"section"` // the heading it stands under
	Text        string   `json:"text"`
	Lead        []string `json:"lead"`
	Cooperating []string `json:"cooperating"`
	Due         Due      `json:"due"`
	Deliverable string   `json:"deliverable"`
	Criteria    []string `json:"criteria"` // criteria of an index, from a column of the plan
	Source      Place    `json:"source"`
	Doubts      []Doubt  `json:"doubts"`
}

// Kinds of deadlines.
const (
	DueDate        = "date"        // a day can be told
	DueRecurring   = "recurring"   // it comes again, see RRule
	DueOngoing     = "ongoing"     // all the time, or without an end
	DueConditional = "conditional" // hangs on an event that has no day
	DueNone        = "none"
)

// Due is a deadline: its words and what they come to.
type Due struct {
	Phrase string `json:"phrase"`
	Kind   string `json:"kind"`
	// Date is the last day, YYYY-MM-DD, in the province's time zone. It is ""
	// when the words do not tell a day for sure.
	Date  string `json:"date"`
	Time  string `json:"time"`  // hour of that day, HH:MM
	RRule string `json:"rrule"` // RFC 5545, without "RRULE:"
	Also  []Due  `json:"also"`  // further deadlines of the same duty
}

// Parts of a document.
const (
	PartText  = "text"
	PartTable = "table"
)

// Place says where a duty stands, so that the source can be shown beside it.
// File is the 0-based number of the source; Block and Row count as in Block and
// Row; Row is 0 in text.
type Place struct {
	File  int    `json:"file,omitempty"`
	Part  string `json:"part"`
	Block int    `json:"block"`
	Row   int    `json:"row"`
}

// Doubt is something a person must look at: a key whose words stand in the
// locales, and the words of the document that were hesitated over.
type Doubt struct {
	Key  string   `json:"key"`
	Args []string `json:"args"`
}

// Anchor is what a deadline's words hang on when they leave something unsaid:
// the day of the document, the year it is for, and the working days.
type Anchor struct {
	Date     calendar.Date // the zero Date when unknown
	Year     int           // 0 when unknown
	Calendar *calendar.Calendar
}

// year returns the year that unsaid years are taken from, 0 when there is none.
func (a Anchor) year() int {
	if !a.Date.IsZero() {
		return a.Date.Year
	}
	return a.Year
}

// AnchorOf returns the anchor that a head gives; to be used anew when a person
// corrects the head.
func AnchorOf(h Head, c *calendar.Calendar) Anchor {
	a := Anchor{Year: h.Year, Calendar: c}
	if d, err := calendar.ParseDate(h.Date); err == nil {
		a.Date = d
	}
	return a
}

// filled returns the task with empty slices in place of nil ones, as the
// contract of the JSON wants.
func (t Task) filled() Task {
	t.Lead, t.Cooperating, t.Criteria = orEmpty(t.Lead), orEmpty(t.Cooperating), orEmpty(t.Criteria)
	t.Doubts = orEmpty(t.Doubts)
	for i := range t.Doubts {
		t.Doubts[i].Args = orEmpty(t.Doubts[i].Args)
	}
	t.Due = t.Due.filled()
	return t
}

func (d Due) filled() Due {
	if d.Kind == "" {
		d.Kind = DueNone
	}
	d.Also = orEmpty(d.Also)
	for i := range d.Also {
		d.Also[i] = d.Also[i].filled()
	}
	return d
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// date makes a Date of numbers a person wrote, false when there is no such day.
func date(y, m, d int) (calendar.Date, bool) {
	if y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > 31 {
		return calendar.Date{}, false
	}
	got := calendar.NewDate(y, time.Month(m), d)
	return got, got.Day == d
}
