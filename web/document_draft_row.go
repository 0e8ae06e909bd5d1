package web

import (
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// draftRow is one draft duty on the review screen.
type draftRow struct {
	ID, Version        int64
	Ref, Section, Text string
	Leads, Cooperating []partyWords
	Shares             string // how many assignments it becomes
	Time, Phrase       string // its time in words; as the document words it
	NoTime             bool
	Past               bool // its deadline has passed already
	Doubts             []string
	Look               bool // a person must look: doubts, an unknown name, no lead, no time
	Checked, Marked    bool
	SourceHref         string
	EditHref           string
	CheckAction        string
	RemoveAction       string
}

// partyWords is an agency or group by name, or a written name that nobody knows yet.
type partyWords struct {
	Text    string
	Note    string
	Unknown bool
}

func draftRowOf(w *templates.Words, book nameBook, doc tasks.Document, d tasks.Draft) draftRow {
	base := documentHref(doc.ID, "/drafts/", d.ID)
	row := draftRow{
		ID: d.ID, Version: d.Version, Ref: refWords(w, d.Ref, d.Position), Text: d.Text, Phrase: d.Written.Phrase, Checked: d.Checked,
		Leads: book.partyList(d.Leads), Cooperating: book.partyList(d.Cooperating),
		SourceHref: sourceHref("", d.Source), EditHref: base, CheckAction: base + "/check", RemoveAction: base + "/remove",
	}
	due := d.Deadline
	if due.IsZero() && d.Cadence == "" {
		due = doc.DefaultDue
	}
	row.Past = !due.IsZero() && due.String() < book.day
	row.Time = timeWords(w, d.Deadline, d.Cadence)
	if row.Time == "" {
		def := timeWords(w, doc.DefaultDue, doc.Cadence)
		row.NoTime = def == ""
		row.Time = w.T("document_word.by_default", def)
		if row.NoTime {
			row.Time = w.T("document_word.no_time")
		}
	}
	if n := len(d.LeadAgencies()); n > 1 {
		row.Shares = w.T("review.shares", n)
		if d.Joint {
			row.Shares = w.T("review.joint", n)
		}
	}
	row.Doubts = doubtWords(w, d)
	blocked := row.NoTime || len(d.Leads) == 0 || len(d.Unmapped()) > 0
	row.Look = blocked || len(row.Doubts) > 0 && !d.Checked
	return row
}

// doubtWords says what the reader of the file hesitated over. A doubt about a time that names no words is about the duty's own.
func doubtWords(w *templates.Words, draft tasks.Draft) []string {
	var out []string
	for _, d := range draft.Doubts {
		if len(d.Args) == 0 && strings.HasPrefix(d.Key, "due.") {
			d.Args = []string{draft.Written.Phrase}
		}
		words := args(d.Args)
		switch d.Key {
		case "due.several", "lead.inherited", "lead.sentence", "lead.further", "table.columns":
			// These name as many words of the document as there are.
			words = []any{"“" + strings.Join(d.Args, "”, “") + "”"}
		case "due.further":
			// The words of the time that was taken, then the other times as the calendar has them.
			if len(d.Args) > 1 {
				words = []any{d.Args[0], furtherTimes(w, d.Args[1:])}
			}
		case "due.past":
			if day, ok := lastDay(d.Args); ok {
				words[len(words)-1] = day
			}
		}
		out = append(out, w.T(d.Key, words...))
	}
	return out
}

// furtherTimes words days and cadences.
func furtherTimes(w *templates.Words, texts []string) string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = text
		if day, err := calendar.ParseDate(text); err == nil {
			out[i] = timeWords(w, day, "")
		} else if _, err := calendar.ParseRule(text); err == nil {
			out[i] = timeWords(w, calendar.Date{}, text)
		}
	}
	return strings.Join(out, "; ")
}

// lastDay reads the last argument as a day.
func lastDay(texts []string) (calendar.Date, bool) {
	if len(texts) == 0 {
		return calendar.Date{}, false
	}
	day, err := calendar.ParseDate(texts[len(texts)-1])
	return day, err == nil
}

func (b nameBook) partyList(parties []tasks.Party) []partyWords {
	var out []partyWords
	for _, p := range parties {
		words := partyWords{Text: b.party(p)}
		switch {
		case !p.Mapped() && p.GroupID == 0:
			words.Unknown = true
		case p.GroupID != 0:
			words.Unknown = len(p.Members) == 0
			words.Note = b.words.T("document_word.members", len(p.Members), len(b.groups[p.GroupID].MembersOn(b.day)))
		}
		out = append(out, words)
	}
	return out
}

// draftAnchor is where a draft stands on the review screen.
func draftAnchor(documentID, draftID int64) string {
	return documentHref(documentID, "/review#draft-", strconv.FormatInt(draftID, 10))
}
