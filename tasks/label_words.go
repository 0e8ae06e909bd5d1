package tasks

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/tasks/calendar"
)

// saysDay tells whether folded words name the day, with its year or without: "15 12 2026", "15 12", "ngay 15 thang 12 nam 2026".
func saysDay(folded string, day calendar.Date) bool {
	return !day.IsZero() && slices.ContainsFunc(daysIn(folded), func(d calendar.Date) bool {
		return d.Day == day.Day && d.Month == day.Month && (d.Year == day.Year || d.Year == 0)
	})
}

// saysWholeDay tells whether folded words name the day with its year.
func saysWholeDay(folded string, day calendar.Date) bool { return slices.Contains(daysIn(folded), day) }

// daysIn lists the days that folded words name in numbers; the year is 0 where it is left unsaid.
func daysIn(folded string) []calendar.Date {
	var days []calendar.Date
	words := strings.Fields(folded)
	number := func(i int) int {
		if i >= len(words) || len(words[i]) > 4 {
			return 0
		}
		n, err := strconv.Atoi(words[i])
		if err != nil {
			return 0
		}
		return n
	}
	for i := range words {
		day, at := number(i), i+1
		if day < 1 || day > 31 {
			continue
		}
		if at < len(words) && words[at] == "thang" {
			at++
		}
		month := number(at)
		if month < 1 || month > 12 {
			continue
		}
		at++
		if at < len(words) && words[at] == "nam" {
			at++
		}
		year := number(at)
		if year < 1900 {
			year = 0
		}
		days = append(days, calendar.Date{Year: year, Month: time.Month(month), Day: day})
	}
	return days
}

// frequency names how often a rule comes, as labels do; "" when they have no name for it.
func frequency(rule string) string {
	parts := make(map[string]string)
	for part := range strings.SplitSeq(strings.TrimPrefix(rule, "RRULE:"), ";") {
		name, value, _ := strings.Cut(part, "=")
		parts[name] = value
	}
	interval := 1
	if n, err := strconv.Atoi(parts["INTERVAL"]); err == nil {
		interval = n
	}
	months := 0 // between two dates
	switch parts["FREQ"] {
	case "DAILY", "WEEKLY":
		if interval == 1 {
			return parts["FREQ"]
		}
	case "MONTHLY":
		months = interval
	case "YEARLY":
		months = 12 * interval
		if by := parts["BYMONTH"]; by != "" && interval == 1 {
			months = 12 / len(strings.Split(by, ","))
		}
	}
	return map[int]string{1: "MONTHLY", 3: "QUARTERLY", 6: "HALF_YEARLY", 12: "YEARLY"}[months]
}
