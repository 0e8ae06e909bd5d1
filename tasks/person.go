package tasks

import (
	"slices"
	"time"
)

// Person is somebody who signs in or is written to. Email is the sign-in name, kept in lower case.
type Person struct {
	ID       int64
	Email    string
	Name     string
	Position string // chức vụ, as written
	Phone    string
	Language string // "vi" or "en"
	Active   bool
	Grants   []Grant
	// Epoch grows whenever every session of the person must end: a new password, a changed grant, a disabled account.
	Epoch     int64
	CreatedAt time.Time
	Version   int64
	// RemindAt is the hour of the day from which he wants the day's reminders; 0: as soon as they are written.
	RemindAt int
	// NoRollUps: he wants no summaries of his agencies' weeks and months.
	NoRollUps bool
	// Unreachable is since when mails to the address come back; zero: they arrive, as far as is known. He is written to nevertheless. Saving a
	// person does not change it, but a new address begins anew.
	Unreachable time.Time

	// Stands are those for whom the signed-in person acts today; Grants holds their rights then too. Empty of a person who was only read.
	Stands []Stand
	own    []Grant // with Stands: his own
}

// Has tells whether the person has the role, in any agency.
func (p Person) Has(r Role) bool {
	return slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Role == r })
}

// AgencyIDs lists the agencies for which the person has any of the roles, each once, in the order granted.
func (p Person) AgencyIDs(roles ...Role) []int64 {
	var ids []int64
	for _, g := range p.Grants {
		if g.AgencyID != 0 && slices.Contains(roles, g.Role) && !slices.Contains(ids, g.AgencyID) {
			ids = append(ids, g.AgencyID)
		}
	}
	return ids
}

// System is the actor of what the program does by itself: scheduled jobs, the command line.
var System = Person{Name: "tiendo", Active: true}

// IsSystem tells whether the actor is the program itself.
func (p Person) IsSystem() bool {
	return p.ID == 0 && p.Active && len(p.Grants) == 0 && p.Name == System.Name
}
