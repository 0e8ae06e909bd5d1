package store

import (
	"errors"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// dialect is the whole list of what differs between engines. Everything else is one SQL text.
type dialect struct {
	name   string // also the middle of the names of migrations for this engine alone: 0001_init.sqlite.sql
	driver string // as registered with database/sql
	// bind writes the text's $1, $2 … as the driver binds by position.
	bind func(query string) string
	// Column types and table options that migrations name in double braces.
	identity string // a primary key that numbers itself
	bytes    string // octets
	folded   string // text compared octet by octet, for ranges and keyset pages of folded words
	keyed    string // after the closing bracket of a table whose primary key is all that it holds
	// claim ends the subquery that picks mails to claim, so that two workers never wait for each other.
	claim string
	// isUnique tells whether the error is a violated unique key.
	isUnique func(err error) bool
}

var sqlite = dialect{
	name:     "sqlite",
	driver:   "sqlite3",
	bind:     positional,
	identity: "INTEGER PRIMARY KEY AUTOINCREMENT", // an alias of rowid; no other type is one. The trail outlives its subjects: no number twice
	bytes:    "BLOB",
	folded:   "TEXT", // BINARY is SQLite's own collation
	keyed:    " WITHOUT ROWID",
	claim:    "", // one writer at a time
	isUnique: func(err error) bool {
		var e sqlite3.Error
		return errors.As(err, &e) &&
			(e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey)
	},
}

// positional rewrites $N to ?N outside quoted text. SQLite takes $N as a name, numbered by its first appearance in the text, so
// that "$2 || $1" would silently swap its arguments; ?N is a position.
func positional(query string) string {
	var b strings.Builder
	b.Grow(len(query))
	quoted := false
	for i := range len(query) {
		c := query[i]
		if c == '\'' {
			quoted = !quoted
		}
		if c == '$' && !quoted && i+1 < len(query) && '0' <= query[i+1] && query[i+1] <= '9' {
			c = '?'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// schema fills in a migration's double braces.
func (d *dialect) schema(text string) string {
	return strings.NewReplacer("{{id}}", d.identity, "{{bytes}}", d.bytes, "{{folded}}", d.folded, "{{keyed}}", d.keyed).Replace(text)
}
