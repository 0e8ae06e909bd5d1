package templates

// functions are what templates may call, bound to one language.
//
//	t KEY ARGS…        words of a key
//	date, dateLong, weekdayDate, dayMonth   a day
//	clock, datetime    an instant, in the zone of the set
//	iso                a day or instant for <time datetime>
//	number, signed, percent                 a number
//	rate PART WHOLE    a share in percent
//	share N            the width of one of N equal columns, in whole percent
//	bytes              the size of a file
//	distance DAYS      working days to or past a deadline
//	chip KIND KEY      the Chip of a state or timeliness
//	rows TASKROWS      the lines of a list
//	when TASKROW       the deadline of a line
//	control FIELD      a box or a select with its label
//	drafts DRAFTROWS   the rows of a review
//	source FILES       the text of files
//	asset NAME         the address of a static file
//	lang               the language's tag
func (s *Set) functions(w *Words) map[string]any {
	return map[string]any{
		"t":           w.T,
		"date":        w.Date,
		"dateLong":    w.DateLong,
		"weekdayDate": w.WeekdayDate,
		"dayMonth":    w.DayMonth,
		"clock":       w.Clock,
		"datetime":    w.DateTime,
		"iso":         w.iso,
		"number":      w.Number,
		"signed":      w.Signed,
		"percent":     w.Percent,
		"rate":        w.Rate,
		"share":       func(n int) int { return 100 / max(n, 1) },
		"bytes":       w.Bytes,
		"distance":    w.Distance,
		"chip":        w.chip,
		"rows":        w.rows,
		"when":        w.whenHTML,
		"control":     w.control,
		"drafts":      w.drafts,
		"source":      w.source,
		"asset":       s.Asset,
		"lang":        w.Lang,
	}
}
