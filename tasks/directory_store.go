package tasks

import (
	"context"

	"tiendo/tasks/directory"
)

// Agency, Group, Membership and Alias are the directory's; days in them are ISO text.
type (
	Agency     = directory.Agency
	Group      = directory.Group
	Membership = directory.Membership
	Alias      = directory.Alias
)

// DirectoryReader reads agencies, groups and aliases: the whole of each, by name in Vietnamese order.
type DirectoryReader interface {
	Agencies() ([]Agency, error)
	Groups() ([]Group, error) // with their members
	Aliases() ([]Alias, error)
	// ReachableAgencies lists the agencies that have an active focal point with an address: those whom the mails of
	// issue, events and reminders reach.
	ReachableAgencies() (map[int64]bool, error)
	// LearntNames answers one page of the aliases with their origins, the newest first.
	LearntNames(q LearntQuery) (LearntPage, error)
	// OpenDuties counts the assignments that the agency leads and that are neither completed nor cancelled.
	OpenDuties(agencyID int64) (int, error)
	// HeadApproves tells whether the agency wants its head to approve a report of completion before it goes.
	HeadApproves(agencyID int64) (bool, error)
	// HasHead tells whether the agency has an active head.
	HasHead(agencyID int64) (bool, error)
	// Mailboxes lists the agencies' own addresses, those without one any more too.
	Mailboxes() ([]Mailbox, error)
}

// AliasWriter adds other names of agencies and groups.
type AliasWriter interface {
	// InsertAlias gives the identifier of a name that is there already as it is.
	InsertAlias(a Alias) (int64, error)
	// SetAliasOrigin notes where a name came from, unless that is noted already.
	SetAliasOrigin(id int64, o AliasOrigin) error
}

// DirectoryStore opens transactions on the directory.
type DirectoryStore interface {
	View(ctx context.Context, fn func(DirectoryReader) error) error
	Update(ctx context.Context, fn func(DirectoryTx) error) error
}

// DirectoryTx changes the directory, people included, so that a workbook is loaded whole or not at all.
type DirectoryTx interface {
	DirectoryReader
	AuditWriter
	PersonByEmail(email string) (Person, error)
	InsertAgency(a Agency) (int64, error)
	// SetHeadApproves says whether the agency's head approves reports of completion first; see HeadApproves.
	SetHeadApproves(agencyID int64, on bool) error
	SetMailbox(m Mailbox) error  // ErrConflict when the stored version is another
	UpdateAgency(a Agency) error // ErrConflict when the stored version is another
	InsertGroup(g Group) (int64, error)
	UpdateGroup(g Group) error // replaces its members; ErrConflict when the stored version is another
	AliasWriter
	DeleteAlias(id int64) error
	InsertPerson(p Person) (int64, error)
	UpdatePerson(p Person) error
}
