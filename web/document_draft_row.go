package web

import (
	"cmp"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// What the rows of a review are made of.
type (
	draftRow  = templates.DraftRow
	partyName = templates.PartyName
)

// removedRow is a draft that a person has said is no duty.
type removedRow struct {
	ID, Version   int64
	Ref, Text     string
	RestoreAction string
}

func removedRows(w *templates.Words, r tasks.Review) []removedRow {
	const most = 300 // runes of its words
	var out []removedRow
	for _, d := range r.Removed {
		out = append(out, removedRow{
			ID: d.ID, Version: d.Version, Ref: refWords(w, d.Ref, d.Position), Text: excerpt(d.Text, most),
			RestoreAction: documentHref(r.Document.ID, "/drafts/", d.ID, "/restore"),
		})
	}
	return out
}

// above is the draft before it in the document, zero for the first.
func draftRowOf(w *templates.Words, book nameBook, doc tasks.Document, above, d tasks.Draft) draftRow {
	base := documentHref(doc.ID, "/drafts/", d.ID)
	row := draftRow{
		ID: d.ID, Version: d.Version, Mark: draftVersion(d), Ref: refWords(w, d.Ref, d.Position), Text: d.Text, Phrase: d.Written.Phrase, Checked: d.Checked, Restricted: d.Restricted,
		Leads: book.partyList(d.Leads), Cooperating: book.partyList(d.Cooperating),
		SourceHref: sourceHref("", d.Source), EditHref: base, CheckAction: base + "/check", RemoveAction: base + "/remove",
		SplitHref: base + "/split", Early: d.Early(doc),
	}
	if above.ID != 0 {
		row.MergeAction = base + "/merge?above=" + draftVersion(above)
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
	if d.Opens > 0 && d.Deadline.IsZero() {
		row.Time = w.T("series.draft_words", row.Time)
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
		case "due.several", "lead.inherited", "lead.sentence", "lead.further", "lead.end", "table.columns":
			// These name as many words of the document as there are.
			words = []any{"“" + strings.Join(d.Args, "”, “") + "”"}
		case "due.further":
			// The words of the time that was taken, then the other times as the calendar has them.
			if len(d.Args) > 1 {
				words = []any{d.Args[0], furtherTimes(w, d.Args[1:])}
			}
		case tasks.DoubtMergedTimes:
			for i, text := range d.Args {
				words[i] = furtherTimes(w, []string{text})
			}
		case tasks.DoubtRecomputed:
			for i := 1; i < len(words); i++ {
				words[i] = cmp.Or(furtherTimes(w, d.Args[i:i+1]), w.T("document_word.no_time"))
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

func (b nameBook) partyList(parties []tasks.Party) []partyName {
	var out []partyName
	for _, p := range parties {
		words := partyName{Text: b.party(p)}
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
