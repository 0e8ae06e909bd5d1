package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// commonCadences are the rules that forms offer, those of quarters first, as most offices report by them.
var commonCadences = []string{
	calendar.DefaultCadence,
	"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
	"FREQ=MONTHLY;BYMONTHDAY=15",
	"FREQ=MONTHLY;BYMONTHDAY=20",
	"FREQ=MONTHLY;BYMONTHDAY=25",
	"FREQ=MONTHLY;BYMONTHDAY=-1",
	"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
	"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
	"FREQ=WEEKLY;BYDAY=FR",
}

// otherCadence is the choice of a form whose rule is typed.
const otherCadence = "other"

// cadenceOptions are the common cadences in words, and the one that is typed.
func cadenceOptions(w *templates.Words) []templates.Option {
	options := make([]templates.Option, 0, len(commonCadences)+1)
	for _, rule := range commonCadences {
		options = append(options, templates.Option{Value: rule, Label: capitalised(cadenceWords(w, rule))})
	}
	return append(options, templates.Option{Value: otherCadence, Label: w.T("cadence.other")})
}

// cadenceWords says a cadence of one rule (RFC 5545, section 3.3.10) or several in words. A shape that has none comes out as the rule itself.
func cadenceWords(w *templates.Words, cadence string) string {
	words := ""
	for i, rule := range calendar.SplitCadence(cadence) {
		if one := oneCadence(w, rule); i == 0 {
			words = one
		} else {
			words = w.T("series.and", words, one)
		}
	}
	return words
}

func oneCadence(w *templates.Words, rule string) string {
	parts, ok := ruleParts(rule)
	if !ok {
		return rule
	}
	until := parts["UNTIL"]
	delete(parts, "UNTIL")
	words := ruleWords(w, parts)
	if words == "" {
		return rule
	}
	if until == "" {
		return words
	}
	if len(until) < 8 {
		return rule
	}
	day, err := calendar.ParseDate(until[:4] + "-" + until[4:6] + "-" + until[6:8])
	if err != nil {
		return rule
	}
	return w.T("cadence.until", words, day)
}

// ruleParts splits a rule without DTSTART into its parts. The last of the days that a month may lack (28,29 with BYSETPOS=-1) is
// given as that day.
func ruleParts(rule string) (map[string]string, bool) {
	rule = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(rule)), "RRULE:")
	if rule == "" || strings.Contains(rule, "\n") {
		return nil, false
	}
	parts := make(map[string]string)
	for part := range strings.SplitSeq(rule, ";") {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return nil, false
		}
		parts[name] = value
	}
	if parts["BYSETPOS"] == "-1" {
		switch parts["BYMONTHDAY"] {
		case "28,29":
			parts["BYMONTHDAY"] = "29"
		case "28,29,30":
			parts["BYMONTHDAY"] = "30"
		default:
			return nil, false
		}
		delete(parts, "BYSETPOS")
	}
	if parts["INTERVAL"] == "1" {
		delete(parts, "INTERVAL")
	}
	return parts, true
}

func ruleWords(w *templates.Words, parts map[string]string) string {
	switch parts["FREQ"] {
	case "DAILY":
		if hasOnly(parts, "FREQ") {
			return w.T("cadence.daily")
		}
	case "WEEKLY":
		return weeklyWords(w, parts)
	case "MONTHLY":
		return monthlyWords(w, parts)
	case "YEARLY":
		if hasOnly(parts, "FREQ", "BYMONTH", "BYMONTHDAY") {
			return monthsWords(w, numbers(parts["BYMONTH"]), parts["BYMONTHDAY"])
		}
	}
	return ""
}

func weeklyWords(w *templates.Words, parts map[string]string) string {
	if !hasOnly(parts, "FREQ", "INTERVAL", "BYDAY") {
		return ""
	}
	var days []string
	for day := range strings.SplitSeq(parts["BYDAY"], ",") {
		i := slices.Index([]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}, day)
		if i < 0 {
			return ""
		}
		days = append(days, w.T("weekday."+strconv.Itoa(i)))
	}
	if n := parts["INTERVAL"]; n != "" {
		return w.T("cadence.every_weeks", n, strings.Join(days, ", "))
	}
	return w.T("cadence.weekly", strings.Join(days, ", "))
}

// monthlyWords says a rule by months. One of every second, third … month is that of certain months, counted from January.
func monthlyWords(w *templates.Words, parts map[string]string) string {
	if !hasOnly(parts, "FREQ", "INTERVAL", "BYMONTHDAY") {
		return ""
	}
	day := parts["BYMONTHDAY"]
	if text := parts["INTERVAL"]; text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || 12%n != 0 {
			return ""
		}
		var months []int
		for m := 1; m <= 12; m += n {
			months = append(months, m)
		}
		return monthsWords(w, months, day)
	}
	if day == "-1" {
		return w.T("cadence.monthly_end")
	}
	if on := dayOfMonth(w, day); on != "" {
		return w.T("cadence.monthly", on)
	}
	return ""
}

// monthsWords says a day of certain months of each year.
func monthsWords(w *templates.Words, months []int, day string) string {
	on := dayOfMonth(w, day)
	if on == "" || len(months) == 0 {
		return ""
	}
	switch {
	case slices.Equal(months, []int{3, 6, 9, 12}):
		if day == "-1" {
			return w.T("cadence.quarterly_end")
		}
		return w.T("cadence.quarterly_last", on)
	case slices.Equal(months, []int{1, 4, 7, 10}):
		return w.T("cadence.quarterly_first", on)
	case slices.Equal(months, []int{2, 5, 8, 11}):
		return w.T("cadence.quarterly_middle", on)
	case len(months) == 2 && months[1]-months[0] == 6:
		return w.T("cadence.half_yearly", on, monthName(w, "month", months[0]), monthName(w, "month", months[1]))
	case len(months) == 1:
		return w.T("cadence.yearly", on, monthName(w, "month", months[0]))
	}
	names := make([]string, len(months))
	for i, m := range months {
		names[i] = monthName(w, "month_short", m)
	}
	return w.T("cadence.months", on, strings.Join(names, ", "))
}

// monthName is a month's name from one of the tables of names, month and month_short.
func monthName(w *templates.Words, table string, month int) string {
	return w.T(table + "." + strconv.Itoa(month))
}

// dayOfMonth says one day of a month; "" when it is none or several.
func dayOfMonth(w *templates.Words, day string) string {
	if day == "-1" {
		return w.T("cadence.last_day")
	}
	if n, err := strconv.Atoi(day); err != nil || n < 1 || n > 31 {
		return ""
	}
	return w.T("cadence.day", day)
}

func numbers(list string) []int {
	var out []int
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

func hasOnly(parts map[string]string, names ...string) bool {
	for name := range parts {
		if !slices.Contains(names, name) {
			return false
		}
	}
	return true
}

// capitalised begins a text with a capital letter.
func capitalised(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
