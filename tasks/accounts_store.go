package tasks

import (
	"context"
	"time"
)

// AccountStore opens transactions on people and their credentials.
type AccountStore interface {
	View(ctx context.Context, fn func(AccountReader) error) error
	Update(ctx context.Context, fn func(AccountTx) error) error
}

// PersonQuery asks for one page of people, by name.
type PersonQuery struct {
	Words    string // of the name or address, without tone marks
	Role     Role
	AgencyID int64
	Inactive bool // also those that are disabled
	// Unreachable keeps those whose mails come back.
	Unreachable bool
	After       string
	Limit       int
}

// PersonPage is one page of people.
type PersonPage struct {
	Rows  []Person
	Next  string
	Total int
}

// AccountReader reads people. A missing row is ErrNotFound.
type AccountReader interface {
	DirectoryReader
	ThrottleReader
	CalendarFeedReader
	DeputyReader
	FollowerReader
	Person(id int64) (Person, error)
	PersonByEmail(email string) (Person, error)
	People(q PersonQuery) (PersonPage, error)
	// PasswordHash is the encoded argon2id hash; "" when the person never set a password.
	PasswordHash(personID int64) (string, error)
	// CountActive counts the active people who have the role.
	CountActive(role Role) (int, error)
	// Token finds an unused one-time link by the SHA-256 of its secret.
	Token(hash string) (Token, error)
}

// AccountTx changes people.
type AccountTx interface {
	AccountReader
	ThrottleTx
	CalendarFeedWriter
	SuccessionTx
	DeputyTx
	AuditWriter
	NoticeWriter
	InsertPerson(p Person) (int64, error)
	UpdatePerson(p Person) error // grants too; where id and version
	SetPasswordHash(personID int64, hash string) error
	InsertToken(t Token) error
	// DeleteTokens removes every one-time link of the person.
	DeleteTokens(personID int64) error
}

// Token is a one-time link to set a password: only its hash is kept. Expires is on the system clock.
type Token struct {
	Hash     string
	PersonID int64
	Purpose  string // "invited" or "reset"
	Expires  time.Time
}
