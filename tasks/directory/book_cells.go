package directory

import (
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// required returns the cell's text and notes when there is none.
func (b *bookReader) required(t table, r row, column string) (string, bool) {
	v := r.cells[column]
	if v == "" {
		b.at(t.sheet, r.number, column, BookRequired)
	}
	return v, v != ""
}

// span reads two dates and notes when they are no dates or the wrong way
// round. Empty stays open.
func (b *bookReader) span(t table, r row, fromColumn, toColumn string) (from, to string) {
	from, fromOK := b.date(t, r, fromColumn)
	to, toOK := b.date(t, r, toColumn)
	if fromOK && toOK && from != "" && to != "" && from > to {
		b.at(t.sheet, r.number, toColumn, BookDatesReversed, shown(from), shown(to))
	}
	return from, to
}

func shown(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format("2/1/2006")
}

func (b *bookReader) date(t table, r row, column string) (string, bool) {
	v := r.cells[column]
	if v == "" {
		return "", true
	}
	day, ok := readDate(v, t.as1904)
	if !ok {
		b.at(t.sheet, r.number, column, BookBadDate, v)
	}
	return day, ok
}

// Years outside these are slips: the number 2025 is a day of 1905 to a
// spreadsheet.
const firstYear, lastYear = 1945, 2200

// readDate reads d/m/yyyy, yyyy-mm-dd, or a spreadsheet's own day number.
func readDate(s string, as1904 bool) (string, bool) {
	var t time.Time
	var err error
	if serial, numberErr := strconv.ParseFloat(s, 64); numberErr == nil {
		if serial < 0 || serial > 3e6 {
			return "", false
		}
		t, err = excelize.ExcelDateToTime(serial, as1904)
	} else if t, err = time.Parse(time.DateOnly, s); err != nil {
		t, err = time.Parse("2/1/2006", strings.NewReplacer("-", "/", ".", "/", " ", "").Replace(s))
	}
	if err != nil || t.Year() < firstYear || t.Year() > lastYear {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

// readEmail returns the address in small letters.
func readEmail(s string) (string, bool) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 {
		return "", false
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' || c == '"' {
			return "", false
		}
	}
	_, domain, _ := strings.Cut(s, "@")
	if !strings.Contains(domain, ".") || strings.HasPrefix(domain, "[") {
		return "", false
	}
	return strings.ToLower(s), true
}

// codeKey is what two spellings of one code have in common.
func codeKey(code string) string { return strings.ToUpper(code) }

// list splits names separated by semicolons, each once.
func list(s string) []string {
	var out []string
	seen := map[string]bool{}
	for name := range strings.SplitSeq(s, ";") {
		if name = strings.TrimSpace(name); name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}
