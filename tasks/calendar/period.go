package calendar

// Unit is what a period is counted in.
type Unit int

// The units a directive counts in. A half-year is six months and a half-month
// fifteen days (Civil Code 2015, art. 146(1)).
const (
	Day Unit = iota
	WorkingDay
	Week
	Month
	Year
)

// Period returns the last day of a period of n units that begins with start.
// The first day is not counted (Civil Code 2015, art. 147(2)); a period of
// weeks, months or years ends on the corresponding day, or on the last day of
// a month that lacks it (art. 148(2) to (4)). With rollForward a last day that
// is not worked moves to the next working day (art. 148(5)). n is at least 1;
// 0 is start itself.
func (c *Calendar) Period(start Date, n int, unit Unit, rollForward bool) Date {
	days := c.now()
	var end Date
	switch unit {
	case WorkingDay:
		end = days.add(start, n)
	case Week:
		end = start.AddDays(7 * n)
	case Month:
		end = start.AddMonths(n)
	case Year:
		end = start.AddMonths(12 * n)
	default:
		end = start.AddDays(n)
	}
	if rollForward {
		return days.onOrAfter(end)
	}
	return end
}
