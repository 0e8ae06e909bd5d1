package tasks

import (
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
)

// DayChange is what somebody wants of the table of working days.
type DayChange struct {
	Set   []calendar.Exception
	Clear []calendar.Date // days that are to be as any of their week
	// Years, when given, are written anew whole: what the table has of them and the change does not name is cleared.
	Years []int
	// Document is the announcement or decision that says so.
	Document string
}

// What a line of a change says of its day.
const (
	dayOff     = "off"
	dayWorking = "working"
	dayUsual   = "usual" // as any of its week
)

// The limits of a change of the table.
const (
	maxDayLines = 2000
	maxDayName  = 200
	minDayYear  = 2000
	maxDayYear  = 2199
)

// DaysText writes days as the lines that ReadDays reads: day, what it is, name and "pending" or "-", with tabs between, under a line of names.
func DaysText(days []calendar.Exception) string {
	return DayChange{Set: days}.Text()
}

// Text writes the change as lines that ReadDays reads. Years and Document are not part of it.
func (c DayChange) Text() string {
	var b strings.Builder
	b.WriteString("date\tkind\tname\tpending\n")
	for _, e := range c.Set {
		kind, pending := dayOff, "-"
		if e.Working {
			kind = dayWorking
		}
		if e.Pending {
			pending = "pending"
		}
		b.WriteString(e.Date.String() + "\t" + kind + "\t" + e.Name + "\t" + pending + "\n")
	}
	for _, d := range c.Clear {
		b.WriteString(d.String() + "\t" + dayUsual + "\t\t-\n")
	}
	return b.String()
}

// ReadDays reads lines of days with tabs between their columns: those of DaysText, whose first line may name the columns in another order, or
// a list from elsewhere with the columns date, name, kind and status. What is wrong is named as the field, with the line.
func ReadDays(field, text string) (DayChange, error) {
	var c DayChange
	var f fields
	columns := map[string]int{"date": 0, "kind": 1, "name": 2, "pending": 3}
	text = strings.TrimPrefix(text, "\uFEFF")
	read := 0
	for i, line := range strings.Split(lineEnds.Replace(text), "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if read == 0 && isHeading(cells) {
			clear(columns)
			for n, cell := range cells {
				columns[columnOf(cell)] = n
			}
			read++
			continue
		}
		if read++; read > maxDayLines+1 {
			f.add(field, "days.too_many", strconv.Itoa(maxDayLines))
			break
		}
		cell := func(name string) string {
			if n, ok := columns[name]; ok && n < len(cells) {
				return strings.TrimSpace(cells[n])
			}
			return ""
		}
		if key, arg := c.read(cell); key != "" {
			f.add(field, key, strconv.Itoa(i+1), arg)
		}
		if len(f) == 10 {
			break // the rest of a file that is no such list would say the same
		}
	}
	if len(f) == 0 && len(c.Set)+len(c.Clear) == 0 {
		f.add(field, "days.empty")
	}
	return c, f.err()
}

func isHeading(cells []string) bool {
	return slices.ContainsFunc(cells, func(cell string) bool { return columnOf(cell) == "date" })
}

// columnOf is the column that a heading names.
func columnOf(heading string) string {
	switch heading = strings.ToLower(strings.TrimSpace(heading)); heading {
	case "ngày", "ngay":
		return "date"
	case "loại", "loai":
		return "kind"
	case "tên", "ten", "tên gọi":
		return "name"
	case "status", "trạng thái":
		return "pending"
	}
	return heading
}

// read adds a line. A key tells what is wrong with it.
func (c *DayChange) read(cell func(string) string) (key, arg string) {
	day, ok := dayOf(cell("date"))
	if !ok || day.Year < minDayYear || day.Year > maxDayYear {
		return "days.bad_date", cell("date")
	}
	kind, ok := kindOf(cell("kind"))
	if !ok {
		return "days.bad_kind", cell("kind")
	}
	if kind == dayUsual {
		c.Clear = append(c.Clear, day)
		return "", ""
	}
	waits := strings.ToLower(cell("pending"))
	c.Set = append(c.Set, calendar.Exception{
		Date: day, Working: kind == dayWorking, Name: cell("name"), Pending: waits == "pending" || waits == "chờ",
	})
	return "", ""
}

// dayOf reads 2026-09-02 and 2/9/2026.
func dayOf(text string) (calendar.Date, bool) {
	if d, err := calendar.ParseDate(text); err == nil && !d.IsZero() {
		return d, true
	}
	part := strings.Split(text, "/")
	if len(part) != 3 {
		return calendar.Date{}, false
	}
	pad := func(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s }
	d, err := calendar.ParseDate(part[2] + "-" + pad(part[1]) + "-" + pad(part[0]))
	return d, err == nil && !d.IsZero()
}

// kindOf reads what a day is. Lists of holidays from elsewhere say more of a day off than that it is one.
func kindOf(text string) (kind string, ok bool) {
	switch text = strings.ToLower(text); {
	case text == "":
		return "", false
	case text == dayWorking, strings.HasPrefix(text, "make-up"), text == "làm bù", text == "làm việc":
		return dayWorking, true
	case text == dayUsual, text == "bỏ":
		return dayUsual, true
	case text == dayOff, strings.HasPrefix(text, "nghỉ"):
		return dayOff, true
	}
	for _, word := range []string{"statutory", "day off", "tết break", "substitute"} {
		if strings.Contains(text, word) {
			return dayOff, true
		}
	}
	return "", false
}

// check notes what cannot be in the table. The field of a day is its own place in the change, when the form has one.
func (c DayChange) check() (DayChange, error) {
	var f fields
	c.Document = f.line("document", c.Document, false, MaxDocumentNumber)
	seen := make(map[calendar.Date]bool)
	named := func(d calendar.Date) {
		if seen[d] {
			f.add("days", "days.twice", d.String())
		}
		seen[d] = true
	}
	c.Set = slices.Clone(c.Set)
	for i, e := range c.Set {
		var name fields
		e.Name = name.line("name", strings.ReplaceAll(e.Name, "\t", " "), true, maxDayName)
		if name.err() != nil {
			f.add("days", "days.bad_name", e.Date.String(), strconv.Itoa(maxDayName))
		}
		if e.Working && calendar.IsWeekday(e.Date) {
			f.add("days", "days.works_anyway", e.Date.String())
		}
		named(e.Date)
		c.Set[i] = e
	}
	for _, d := range c.Clear {
		named(d)
	}
	if len(c.Set)+len(c.Clear) > maxDayLines {
		f.add("days", "days.too_many", strconv.Itoa(maxDayLines))
	}
	return c, f.err()
}

// apply is the table with the change made.
func (c DayChange) apply(days []calendar.Exception) []calendar.Exception {
	named := make(map[calendar.Date]bool)
	for _, e := range c.Set {
		named[e.Date] = true
	}
	for _, d := range c.Clear {
		named[d] = true
	}
	out := slices.DeleteFunc(slices.Clone(days), func(e calendar.Exception) bool {
		return named[e.Date] || slices.Contains(c.Years, e.Date.Year)
	})
	out = append(out, c.Set...)
	slices.SortFunc(out, func(a, b calendar.Exception) int { return a.Date.Compare(b.Date) })
	return out
}

// Whole is the change as one that writes the years of its days anew.
func (c DayChange) Whole() DayChange {
	c.Years = nil
	for _, e := range c.Set {
		c.Years = append(c.Years, e.Date.Year)
	}
	slices.Sort(c.Years)
	c.Years = slices.Compact(c.Years)
	return c
}
