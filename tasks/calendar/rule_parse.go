package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// basicLayout is a DATE value of RFC 5545 section 3.3.4.
const basicLayout = "20060102"

// readOption splits "DTSTART…\nRRULE:…" and reads the parts; hasStart says
// whether the text itself named the day the rule begins.
func readOption(s string) (option *rrule.ROption, hasStart bool, err error) {
	s = strings.ToUpper(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")))
	start := anchor
	if first, rest, found := strings.Cut(s, "\n"); found {
		value, ok := strings.CutPrefix(first, "DTSTART")
		if !ok {
			return nil, false, errors.New("the first of two lines must be DTSTART")
		}
		value = value[strings.LastIndex(value, ":")+1:]
		if start, err = parseDay(value); err != nil {
			return nil, false, fmt.Errorf("DTSTART: %w", err)
		}
		hasStart, s = true, strings.TrimSpace(rest)
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "RRULE:"), ";")
	seen := map[string]bool{}
	var parts []string
	var until Date
	for part := range strings.SplitSeq(s, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if seen[name] {
			return nil, false, fmt.Errorf("%s stands twice", name)
		}
		seen[name] = true
		switch name {
		case "DTSTART", "BYEASTER":
			return nil, false, fmt.Errorf("%s is no part of a rule (RFC 5545)", name)
		case "BYHOUR", "BYMINUTE", "BYSECOND":
			return nil, false, fmt.Errorf("%s has no place in a rule of whole days", name)
		case "UNTIL":
			// A time of day is cut off: the rule is of whole days.
			day, _, _ := strings.Cut(value, "T")
			if until, err = parseDay(day); err != nil {
				return nil, false, fmt.Errorf("UNTIL: %w", err)
			}
			continue
		case "INTERVAL", "COUNT":
			if strings.Trim(value, "0") == "" {
				return nil, false, fmt.Errorf("%s must be at least 1", name)
			}
		}
		parts = append(parts, name+"="+value)
	}
	option, err = rrule.StrToROption(strings.Join(parts, ";"))
	if err != nil {
		return nil, false, err
	}
	if option.Interval == 1 {
		option.Interval = 0
	}
	option.Dtstart = start.utc()
	if !until.IsZero() {
		option.Until = until.utc()
	}
	return option, hasStart, nil
}

func parseDay(s string) (Date, error) {
	// A DATE-TIME in DTSTART begins on its date.
	s, _, _ = strings.Cut(s, "T")
	t, err := time.Parse(basicLayout, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date, want YYYYMMDD", s)
	}
	return fromTime(t), nil
}

// checkOption holds the rule to what RFC 5545 section 3.3.10 allows; the
// library accepts more and gives it meanings of its own.
func checkOption(o *rrule.ROption, hasStart bool) error {
	numbered := slices.ContainsFunc(o.Byweekday, func(w rrule.Weekday) bool { return w.N() != 0 })
	switch {
	case o.Freq > rrule.DAILY:
		return errors.New("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")
	case o.Interval < 0 || o.Interval > maxInterval:
		return fmt.Errorf("INTERVAL must be 1 to %d", maxInterval)
	case o.Count < 0:
		return errors.New("COUNT must be at least 1")
	case o.Count > 0 && !o.Until.IsZero():
		return errors.New("COUNT and UNTIL exclude each other")
	case o.Count > 0 && !hasStart:
		return errors.New("COUNT needs a DTSTART to count from")
	case len(o.Byweekno) > 0 && o.Freq != rrule.YEARLY:
		return errors.New("BYWEEKNO goes with FREQ=YEARLY only")
	case len(o.Byyearday) > 0 && o.Freq != rrule.YEARLY:
		return errors.New("BYYEARDAY goes with FREQ=YEARLY only")
	case len(o.Bymonthday) > 0 && o.Freq == rrule.WEEKLY:
		return errors.New("BYMONTHDAY does not go with FREQ=WEEKLY")
	case numbered && o.Freq != rrule.MONTHLY && o.Freq != rrule.YEARLY:
		return errors.New("a numbered BYDAY goes with FREQ=MONTHLY or YEARLY only")
	case numbered && len(o.Byweekno) > 0:
		return errors.New("a numbered BYDAY does not go with BYWEEKNO")
	case len(o.Bysetpos) > 0 && len(o.Bymonth)+len(o.Bymonthday)+len(o.Byyearday)+len(o.Byweekno)+len(o.Byweekday) == 0:
		return errors.New("BYSETPOS needs another BY part")
	}
	_, err := rrule.NewRRule(*o)
	return err
}

// fillFromStart writes out the parts a rule takes from its first day, so that
// the rule may later be run from another day.
func fillFromStart(o *rrule.ROption) {
	start := fromTime(o.Dtstart)
	if len(o.Byyearday)+len(o.Bymonthday)+len(o.Byweekday) > 0 {
		return
	}
	switch {
	case o.Freq == rrule.WEEKLY || len(o.Byweekno) > 0:
		days := []rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}
		o.Byweekday = []rrule.Weekday{days[start.Weekday()]}
	case o.Freq == rrule.YEARLY:
		if len(o.Bymonth) == 0 {
			o.Bymonth = []int{int(start.Month)}
		}
		o.Bymonthday = []int{start.Day}
	case o.Freq == rrule.MONTHLY:
		o.Bymonthday = []int{start.Day}
	}
}
