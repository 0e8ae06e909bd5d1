package store

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A backup is a gzip-compressed tar, the same for every engine:
//
//	files/<SHA-256>            each upload that the rows refer to
//	tables/<table>/0001.ndjson the rows of a table, one JSON array a line, in parts of a few megabytes: a tar names a member's
//	                           length before its content, and neither memory nor the disk should have to hold a whole table
//	manifest.json              last: what there is, and the SHA-256 of each member
//
// Values are JSON numbers, strings and null; octets are base64. Of a text that is not valid UTF-8, which an old SQLite file may hold and
// PostgreSQL cannot, the wrong octets become U+FFFD, as in everything that is stored.

// backupFormat is the format that is written, and the newest that is read.
const backupFormat = 1

const (
	manifestName = "manifest.json"
	filesFolder  = "files/"
	tablesFolder = "tables/"
	partSize     = 4 << 20
)

// leftOut names the tables whose rows stay out of a backup: who holds one must not be able to sign in with what it holds, and what
// belongs to running processes means nothing to others. schema_versions is written by the migrations.
var leftOut = map[string]bool{
	"schema_versions": true, "sessions": true, "tokens": true, "devices": true, "throttles": true, "leases": true, "send_turns": true,
}

// ErrDamaged is what reading a backup answers that is not as it was written.
var ErrDamaged = errors.New("this is no complete backup, or it is damaged")

// ErrNotEmpty is what Restore answers when there is something where it is to write.
var ErrNotEmpty = errors.New("restoring needs an empty place")

// Manifest is the last member of a backup: what it holds.
type Manifest struct {
	Format  int             `json:"format"`
	Program string          `json:"program"` // as it named its version
	Engine  string          `json:"engine"`  // that the rows came from; they go into any
	Schema  int             `json:"schema"`
	At      time.Time       `json:"at"` // UTC
	Tables  []ManifestTable `json:"tables"`
	Files   []ManifestFile  `json:"files"` // uploads, named by their hash
}

// ManifestTable is one table of a backup.
type ManifestTable struct {
	Name    string           `json:"name"`
	Columns []ManifestColumn `json:"columns"` // in the order of the rows' values
	Rows    int64            `json:"rows"`
	// LastID is the highest identifier ever given, also to a row that is gone; 0 when the table does not number itself.
	LastID int64          `json:"last_id,omitempty"`
	Parts  []ManifestFile `json:"parts"`
}

// ManifestColumn is a column and its kind: int, text or bytes.
type ManifestColumn struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// ManifestFile is a member: its name inside its folder, its octets and their SHA-256 in hexadecimal.
type ManifestFile struct {
	Name   string `json:"name,omitempty"` // empty: SHA256
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Rows counts the rows of all tables.
func (m Manifest) Rows() int64 {
	var n int64
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// members lists what the manifest promises, by the names of the tar.
func (m Manifest) members() (map[string]ManifestFile, error) {
	list := make(map[string]ManifestFile)
	add := func(name string, f ManifestFile) error {
		if _, twice := list[name]; twice || !isHash(f.SHA256) {
			return fmt.Errorf("%w: its manifest names %s wrongly", ErrDamaged, name)
		}
		list[name] = f
		return nil
	}
	for _, f := range m.Files {
		if err := add(filesFolder+f.SHA256, f); err != nil {
			return nil, err
		}
	}
	for _, t := range m.Tables {
		for _, p := range t.Parts {
			if err := add(tablesFolder+t.Name+"/"+p.Name, p); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// The kinds of columns. Engines name more types than the schema uses; another one is refused, lest a value change on its way.
const (
	kindInt   = "int"
	kindText  = "text"
	kindBytes = "bytes"
)

func kindOf(databaseType string) (string, error) {
	switch strings.ToUpper(databaseType) {
	case "INTEGER", "BIGINT", "SMALLINT", "INT8", "INT4", "INT2":
		return kindInt, nil
	case "TEXT":
		return kindText, nil
	case "BLOB", "BYTEA":
		return kindBytes, nil
	}
	return "", fmt.Errorf("backups do not know the column type %q", databaseType)
}
