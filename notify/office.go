package notify

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// OfficeHours are the times of a working day at which people are told of events, in order. An empty list that is not nil is any time of
// any day.
type OfficeHours []OfficeSpan

// OfficeSpan is a part of a day by the clock of the province: minutes after midnight, From in it and To after it.
type OfficeSpan struct{ From, To int }

// DefaultOffice is 07:30 to 11:30 and 13:30 to 17:00.
func DefaultOffice() OfficeHours {
	return OfficeHours{{7*60 + 30, 11*60 + 30}, {13*60 + 30, 17 * 60}}
}

var officeSpan = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})$`)

// ParseOffice reads spans such as "07:30-11:30", in the order of the day. None at all is any time.
func ParseOffice(spans []string) (OfficeHours, error) {
	office := OfficeHours{}
	for _, s := range spans {
		m := officeSpan.FindStringSubmatch(s)
		if m == nil {
			return nil, fmt.Errorf("office hours %q: want a span such as 07:30-11:30", s)
		}
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) // digits only
		}
		span := OfficeSpan{n[0]*60 + n[1], n[2]*60 + n[3]}
		if n[1] > 59 || n[3] > 59 || span.To > 24*60 || span.From >= span.To {
			return nil, fmt.Errorf("office hours %q: want two times of one day, the earlier first", s)
		}
		if len(office) > 0 && span.From < office[len(office)-1].To {
			return nil, errors.New("office hours: the spans must follow one another")
		}
		office = append(office, span)
	}
	return office, nil
}

// Strings are the spans as ParseOffice reads them.
func (o OfficeHours) Strings() []string {
	out := make([]string, len(o))
	for i, s := range o {
		out[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
	}
	return out
}

// officeDays is how far ahead an opening is looked for; no holidays last as long.
const officeDays = 60

// opening is the instant itself when the office is open then, else the first after it at which it opens. With a calendar that has no
// working day for two months there is none; the instant itself is answered then, so that nothing waits for ever.
func (o OfficeHours) opening(cal *calendar.Calendar, zone *time.Location, at time.Time) time.Time {
	if len(o) == 0 {
		return at
	}
	day := calendar.DateOf(at, zone)
	for range officeDays {
		if cal.IsWorking(day) {
			for _, s := range o {
				if at.Before(clock(day, s.To, zone)) {
					return latest(at, clock(day, s.From, zone))
				}
			}
		}
		day = day.AddDays(1)
	}
	return at
}

// clock is the instant at which the province's clock shows so many minutes after midnight on the day.
func clock(day calendar.Date, minutes int, zone *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, minutes, 0, 0, zone)
}

// latest is the later of two instants.
func latest(a, b time.Time) time.Time { return slices.MaxFunc([]time.Time{a, b}, time.Time.Compare) }

// officeKinds are told when the office is open; gathered ones when their window of time is over besides.
var officeKinds = []struct {
	kind     tasks.NoticeKind
	gathered bool
}{{tasks.NoticeEvent, true}, {tasks.NoticeUnreachable, true}, {tasks.NoticeLetter, false}, {tasks.NoticeCalendar, false}}

// officeOpens is when events may be told at the earliest, from the instant on.
func (c *Composer) officeOpens(at time.Time) time.Time {
	return c.settings.Office.opening(c.rules.Calendar, c.rules.Location, at)
}

// open tells whether people may be told of events now.
func (p *pass) open([]tasks.Notice) bool { return !p.officeOpens(p.now).After(p.now) }

// gathered tells whether they may be, and the window of time of one of the notices is over: the others go with it.
func (p *pass) gathered(notices []tasks.Notice) bool {
	return p.open(notices) && slices.ContainsFunc(notices, func(n tasks.Notice) bool { return !p.now.Before(n.At.Add(p.settings.Window)) })
}

// holdEvents keeps mails of events that the server has not taken, while the office is closed, until it opens.
func (p *pass) holdEvents(ctx context.Context) error {
	opens := p.officeOpens(p.now)
	if !opens.After(p.now) {
		return nil
	}
	var waiting []tasks.NoticeKind
	err := p.store.View(ctx, func(tx ComposeReader) error {
		waiting = nil
		for _, k := range officeKinds {
			mails, err := tx.Untaken(k.kind)
			if err != nil {
				return err
			}
			if len(mails) > 0 {
				waiting = append(waiting, k.kind)
			}
		}
		return nil
	})
	if err == nil && len(waiting) > 0 {
		err = p.store.Update(ctx, func(tx ComposeTx) error {
			for _, kind := range waiting {
				if err := tx.HoldMails(kind, opens); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("hold mails of events: %w", err)
	}
	return nil
}
