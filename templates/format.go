package templates

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Date is what the formatting functions accept as a calendar date: String gives
// it as YYYY-MM-DD (ISO 8601). A time.Time is accepted too and stands for its
// day in the zone it is shown in.
type Date interface {
	String() string
	Weekday() time.Weekday
}

// formatKeys are the words every language needs to write dates and numbers.
var formatKeys = []string{
	"format.decimal", "format.group", "format.percent", "format.date", "format.date_long", "format.weekday_date",
	"format.day_month", "format.clock", "format.datetime",
	"weekday.0", "weekday.1", "weekday.2", "weekday.3", "weekday.4", "weekday.5", "weekday.6",
	"weekday_short.0", "weekday_short.1", "weekday_short.2", "weekday_short.3", "weekday_short.4", "weekday_short.5", "weekday_short.6",
	"month.1", "month.2", "month.3", "month.4", "month.5", "month.6",
	"month.7", "month.8", "month.9", "month.10", "month.11", "month.12",
	"month_short.1", "month_short.2", "month_short.3", "month_short.4", "month_short.5", "month_short.6",
	"month_short.7", "month_short.8", "month_short.9", "month_short.10", "month_short.11", "month_short.12",
}

// Date writes a day in figures: 5/10/2026. A nil or zero date is empty text;
// what is no date is an error.
func (w *Words) Date(date any) (string, error) { return w.moment("format.date", date) }

// DateLong writes a day out: Thứ Hai, 5 tháng 10 năm 2026.
func (w *Words) DateLong(date any) (string, error) { return w.moment("format.date_long", date) }

// WeekdayDate writes weekday, day and month: Thứ Hai 5/10.
func (w *Words) WeekdayDate(date any) (string, error) { return w.moment("format.weekday_date", date) }

// DayMonth writes day and month: 5/10.
func (w *Words) DayMonth(date any) (string, error) { return w.moment("format.day_month", date) }

// Clock writes the time of day of an instant: 08:00.
func (w *Words) Clock(instant time.Time) (string, error) { return w.moment("format.clock", instant) }

// DateTime writes an instant: 08:00 5/10/2026.
func (w *Words) DateTime(instant time.Time) (string, error) {
	return w.moment("format.datetime", instant)
}

func (w *Words) moment(pattern string, value any) (string, error) {
	t, err := w.instant(value)
	if err != nil || t.IsZero() {
		return "", err
	}
	return fill(w.words[pattern], func(name string) (string, bool) {
		switch name {
		case "d":
			return strconv.Itoa(t.Day()), true
		case "m":
			return strconv.Itoa(int(t.Month())), true
		case "y":
			return strconv.Itoa(t.Year()), true
		case "weekday":
			return w.T("weekday." + strconv.Itoa(int(t.Weekday()))), true
		case "weekday_short":
			return w.T("weekday_short." + strconv.Itoa(int(t.Weekday()))), true
		case "month":
			return w.T("month." + strconv.Itoa(int(t.Month()))), true
		case "month_short":
			return w.T("month_short." + strconv.Itoa(int(t.Month()))), true
		case "H":
			return fmt.Sprintf("%02d", t.Hour()), true
		case "M":
			return fmt.Sprintf("%02d", t.Minute()), true
		}
		return "", false
	}), nil
}

// instant turns what a page may hold as a date into a time.Time; the zero time
// stands for none.
func (w *Words) instant(value any) (time.Time, error) {
	if v := reflect.ValueOf(value); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return time.Time{}, nil
	}
	switch v := value.(type) {
	case time.Time:
		return w.local(v), nil
	case *time.Time:
		return w.local(*v), nil
	case string:
		return isoDay(v)
	case Date:
		if z, ok := v.(interface{ IsZero() bool }); ok && z.IsZero() || reflect.Indirect(reflect.ValueOf(v)).IsZero() {
			return time.Time{}, nil
		}
		return isoDay(v.String())
	}
	return time.Time{}, fmt.Errorf("%T is no date", value)
}

func (w *Words) local(t time.Time) time.Time {
	if w.zone == nil || t.IsZero() {
		return t
	}
	return t.In(w.zone)
}

func isoDay(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}

// iso writes a date or an instant for the datetime attribute of <time>.
func (w *Words) iso(value any) (string, error) {
	t, err := w.instant(value)
	if err != nil || t.IsZero() {
		return "", err
	}
	switch value.(type) {
	case time.Time, *time.Time:
		return t.Format(time.RFC3339), nil
	}
	return t.Format(time.DateOnly), nil
}

// Number writes a whole number with its thousands grouped, or a fraction with
// at most two decimals. Text comes back as it is; nil is empty.
func (w *Words) Number(value any) (string, error) {
	if s, ok := value.(string); ok {
		return s, nil
	}
	if v := reflect.ValueOf(value); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return "", nil
	}
	n, ok := number(value)
	if !ok {
		return "", fmt.Errorf("%T is no number", value)
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return "–", nil
	}
	text := strconv.FormatFloat(math.Abs(n), 'f', 2, 64)
	whole, part, _ := strings.Cut(text, ".")
	part = strings.TrimRight(part, "0")
	var b strings.Builder
	if n < 0 && (strings.Trim(whole, "0") != "" || part != "") {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(w.words["format.group"])
		}
		b.WriteRune(digit)
	}
	if part != "" {
		b.WriteString(w.words["format.decimal"] + part)
	}
	return b.String(), nil
}

// Signed writes a change: +3, −3, and 0 as words.
func (w *Words) Signed(value any) (string, error) {
	n, ok := number(value)
	if !ok {
		return "", fmt.Errorf("%T is no number", value)
	}
	if n == 0 {
		return w.T("figure.unchanged"), nil
	}
	text, err := w.Number(value)
	if n > 0 {
		text = "+" + text
	}
	return text, err
}

// Percent writes a number that already is in percent: 84 %.
func (w *Words) Percent(value any) (string, error) {
	text, err := w.Number(value)
	return fill(w.words["format.percent"], func(string) (string, bool) { return text, true }), err
}

// Rate writes part of whole in whole percent; without a whole it is a dash.
// What is less than all is never rounded up to 100 %.
func (w *Words) Rate(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	p := math.Round(100 * float64(part) / float64(whole))
	if p == 100 && part < whole {
		p = 99
	}
	return w.must(w.Percent(p))
}

// Bytes writes the size of a file in decimal units, as file managers do: 1,2 MB.
func (w *Words) Bytes(size int64) string {
	n, unit := float64(size), "B"
	for _, next := range []string{"kB", "MB", "GB"} {
		// What would round up to 1000 already takes the next unit.
		if n < 999.5 {
			break
		}
		n, unit = n/1000, next
	}
	if n >= 10 {
		n = math.Round(n)
	} else {
		n = math.Round(n*10) / 10
	}
	return w.must(w.Number(n)) + " " + unit
}

// Distance writes how far a deadline is, in working days: negative is past it.
func (w *Words) Distance(days int) string {
	switch {
	case days == 0:
		return w.T("distance.today")
	case days > 0:
		return w.T("distance.left", days)
	}
	return w.T("distance.over", -days)
}

// number reads any of Go's numbers, also behind a pointer.
func number(value any) (float64, bool) {
	v := reflect.Indirect(reflect.ValueOf(value))
	switch {
	case !v.IsValid():
		return 0, false
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	case v.CanFloat():
		return v.Float(), true
	}
	return 0, false
}
