// Package icalendar writes days on which something falls due as an iCalendar file (RFC 5545), for a person's calendar program: the feed that
// it reads and the file that comes with a mail are the same entries under the same names, so that none stands there twice.
package icalendar

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Status is what an entry's day is worth.
type Status int

const (
	Confirmed Status = iota
	Tentative        // the duty rests
	Cancelled        // it has ended: programs strike the entry out or drop it
)

var statuses = map[Status]ics.ObjectStatus{
	Confirmed: ics.ObjectStatusConfirmed, Tentative: ics.ObjectStatusTentative, Cancelled: ics.ObjectStatusCancelled,
}

// Day is one entry: a whole day that blocks no time, without an alarm, since tiendo reminds by mail.
type Day struct {
	// Kind and ID name the entry for good.
	Kind tasks.CalendarKind
	ID   int64
	On   calendar.Date
	// Sequence grows with each change of the day (RFC 5545, section 3.8.7.4).
	Sequence  int
	ChangedAt time.Time
	Status    Status
	Summary   string
	Lines     []string // of the description; the address is its last
	Href      string
	// Categories are words that a program may filter by.
	Categories []string
}

// File is a calendar file.
type File struct {
	Language string
	// Host is the name of the server, which makes the names of entries unique in the world.
	Host string
	// Name is that of the calendar, and Refresh how often a program is to read it again ("PT6H"); both are "" of a file that comes with a mail:
	// its entries go into a calendar that has a name.
	Name, Refresh string
	Days          []Day
}

// Text is the file. Its method is PUBLISH: it asks nobody to come (RFC 5546, section 3.2.1). The same days are always the same text.
func (f File) Text() string {
	cal := ics.NewCalendar()
	cal.SetProductId("-//tiendo//tiendo//" + strings.ToUpper(f.Language))
	cal.SetMethod(ics.MethodPublish)
	if f.Name != "" {
		cal.SetName(f.Name)
		cal.SetXWRCalName(f.Name)
	}
	if f.Refresh != "" {
		cal.SetXPublishedTTL(f.Refresh)
		cal.SetRefreshInterval(f.Refresh)
	}
	for _, d := range f.Days {
		d.add(cal, f.Host)
	}
	return cal.Serialize(ics.WithNewLineWindows)
}

func (d Day) add(cal *ics.Calendar, host string) {
	e := cal.AddEvent(string(d.Kind) + "-" + strconv.FormatInt(d.ID, 10) + "@" + host)
	e.SetDtStampTime(d.ChangedAt)
	e.SetLastModifiedAt(d.ChangedAt)
	e.SetSequence(d.Sequence)
	e.SetAllDayStartAt(d.On.Start(time.UTC))
	e.SetAllDayEndAt(d.On.AddDays(1).Start(time.UTC)) // the first day that is not in it
	e.SetTimeTransparency(ics.TransparencyTransparent)
	e.SetStatus(statuses[d.Status])
	e.SetSummary(d.Summary)
	e.SetDescription(strings.Join(append(d.Lines, d.Href), "\n"))
	e.SetURL(d.Href)
	for _, c := range d.Categories {
		e.AddCategory(c)
	}
}
