package office

import (
	"iter"
	"strconv"
	"time"
)

// Column is one column of a table of rows T.
type Column[T any] struct {
	Head string
	// Width in characters of a sheet; on paper columns share the line in this proportion. 0: as a date needs it.
	Width float64
	// Value answers what stands in the row's cell; see the package's comment for the types.
	Value func(T) any
	// Center puts text in the middle; numbers and dates are there anyway.
	Center bool
}

// Table is a list that is read while it is written.
type Table[T any] struct {
	Columns []Column[T]
	// Group names the group of a row; where it changes a line of its own says so. nil: no groups.
	Group func(T) string
	// Rows ends at its first error, which writing then answers.
	Rows iter.Seq2[T, error]
	// Empty stands where there is no row.
	Empty string
}

// Date is a day as tasks/calendar has it: String gives YYYY-MM-DD.
type Date interface {
	String() string
	IsZero() bool
}

const dateWidth = 11

func (c Column[T]) width() float64 {
	if c.Width == 0 {
		return dateWidth
	}
	return c.Width
}

// dayOf is midnight UTC of a date; ok is false when it is none.
func dayOf(d Date) (time.Time, bool) {
	if d.IsZero() {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, d.String())
	return t, err == nil
}

// Layouts of days and instants in documents; sheets have the same as number formats. Nghị định 30/2020/NĐ-CP, annex I, part II, 4b asks
// for two figures of days below 10 and of months 1 and 2.
const (
	dayLayout     = "02/01/2006"
	instantLayout = "15:04 02/01/2006"
)

// plain is a value as a document shows it; centred tells how.
func plain(value any) (text string, centred bool) {
	switch v := value.(type) {
	case nil:
		return "", false
	case string:
		return v, false
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case time.Time:
		if v.IsZero() {
			return "", true
		}
		return v.Format(instantLayout), true
	case Date:
		if day, ok := dayOf(v); ok {
			return day.Format(dayLayout), true
		}
		return "", true
	}
	panic("office: a cell may not hold this type")
}
