package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

// Clock tells the time. Two are handed in everywhere: business (due dates, notices, holds; the demo moves it) and system
// (leases, sessions, one-time links, back-off).
type Clock func() time.Time

// Rules are the settings by which the domain reckons.
type Rules struct {
	Location *time.Location
	Calendar *calendar.Calendar
	// DueSoon is how many working days before its deadline a duty counts as due_soon.
	DueSoon int
	// FirstCadence is how many working days after issue the first cadence note may fall due at the earliest.
	FirstCadence int
	// ConfirmWithin is after how many working days a submission waits too long for its confirmation.
	ConfirmWithin int
	// SecretariatExtends are the kinds of documents whose extensions the secretariat decides on by itself; see ExtensionBy.
	SecretariatExtends []DocumentKind
}

// DefaultRules are those of the design: five working days, ten for the first cadence note.
func DefaultRules(loc *time.Location, cal *calendar.Calendar) Rules {
	return Rules{Location: loc, Calendar: cal, DueSoon: 5, FirstCadence: 10, ConfirmWithin: 5, SecretariatExtends: DefaultSecretariatExtends()}
}

// Day is the calendar day of an instant in the province's zone.
func (r Rules) Day(t time.Time) calendar.Date { return calendar.DateOf(t, r.Location) }

// WaitsLong is the last day of submission of those that wait too long for their confirmation on the day.
func (r Rules) WaitsLong(today calendar.Date) calendar.Date {
	return r.Calendar.Add(r.Calendar.OnOrBefore(today), -r.ConfirmWithin).AddDays(-1)
}

// SoonUntil is the last deadline that counts as due_soon on the day.
func (r Rules) SoonUntil(today calendar.Date) calendar.Date { return r.Calendar.Add(today, r.DueSoon) }
