// Package store keeps everything that tiendo knows: the rows in a database, the bytes of uploads in a folder. It is the only room
// that speaks SQL. It implements the small interfaces that tasks and notify declare, one type a subject (Documents, Assignments,
// Directory, Accounts, Weeks, Jobs, Compose, Outbox), all over one transaction type, Tx.
//
// The SQL is one text for every engine, written with $1, $2 …; what differs between engines is listed in dialect.go. Instants are
// stored as Unix milliseconds (finer parts are cut off) and come back in UTC; days are ISO text, NULL for no day; identifiers of 0
// are NULL where the column is a foreign key. No statement asks the database for the time: instants are handed in.
package store
