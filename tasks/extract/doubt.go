package extract

import "slices"

// Keys of doubts. Words for them stand in the locales.
const (
	DoubtNoYear      = "due.no_year"      // args: the words; the year was taken from the document
	DoubtBadDate     = "due.bad_date"     // args: the words; there is no such day
	DoubtPast        = "due.past"         // args: the words, the day; it lies before the document
	DoubtVague       = "due.vague"        // args: the words; no day can be told
	DoubtSeveral     = "due.several"      // args: all phrases; the first is taken
	DoubtFurther     = "due.further"      // args: the words of the one taken, then each other day (YYYY-MM-DD) or cadence (RFC 5545)
	DoubtNoDay       = "due.no_day"       // args: the words; a cadence without a day, the period's last is taken
	DoubtNoFrequency = "due.no_frequency" // args: the words; "định kỳ" without a period
	DoubtNoStart     = "due.no_start"     // args: the words; a period whose first day is unknown
	DoubtEvent       = "due.event"        // args: the words; a day that hangs on an event as well
	DoubtTentative   = "due.tentative"    // args: the words; "dự kiến", "xin gia hạn"
	DoubtMisread     = "due.misread"      // args: the words; a scan's letters were read as digits
	DoubtShortYear   = "due.short_year"   // args: the words, the year they were read as
	DoubtLunar       = "due.lunar"        // args: the words; a day of the lunar calendar, no solar one beside it
	DoubtOneHalf     = "due.one_half"     // args: the words; a half-yearly duty of which one day is said, the other is not made up
	DoubtManner      = "due.manner"       // args: the words; "thường xuyên" may only be the manner

	DoubtNoLead       = "lead.none"      // nobody is named
	DoubtLeadIn       = "lead.inherited" // args: the names; from a general lead-in
	DoubtLeadHeading  = "lead.heading"   // args: the heading; taken whole as a name
	DoubtLeadSentence = "lead.sentence"  // args: the names; from a later sentence
	DoubtLeadFurther  = "lead.further"   // args: the names; a later clause obliges them too, they were not taken
	DoubtLeadEnd      = "lead.end"       // args: the names; the word after them is not known as a verb, where they end was guessed
	DoubtLeadShort    = "lead.short"     // args: the short form, the name that the document defines it for
	DoubtLeadUnread   = "lead.unread"    // args: the cell; not read as names

	DoubtColumns   = "table.columns"     // args: the columns' heads; which is the duty was guessed
	DoubtRowPart   = "table.row_part"    // args: the row's words; a row without a number, perhaps part of the one above
	DoubtRowMerged = "table.row_merged"  // args: the words; several rows under one number were joined
	DoubtNoText    = "table.no_text"     // a row whose duty is empty; the section's words are taken
	DoubtRunOn     = "text.run_together" // a paragraph that was cut at its inner numbers
)

// doubts collects doubts, each once.
type doubts []Doubt

func (ds *doubts) add(key string, args ...string) {
	d := Doubt{Key: key, Args: args}
	for _, have := range *ds {
		if have.Key == d.Key && slices.Equal(have.Args, d.Args) {
			return
		}
	}
	*ds = append(*ds, d)
}
