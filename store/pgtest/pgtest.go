// Package pgtest gives tests schemas of their own in a PostgreSQL database. Tests alone import it.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Variable is the environment variable with the DSN of a database in which tests may make schemas.
const Variable = "TIENDO_TEST_POSTGRES"

// Schema makes a schema for the test, drops it at the end, and answers a DSN under which nothing else is seen. Without the
// environment variable the test is skipped.
func Schema(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv(Variable)
	if dsn == "" {
		t.Skipf("%s is not set: no PostgreSQL to test with", Variable)
	}
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	execute(t, dsn, "CREATE SCHEMA "+name)
	t.Cleanup(func() { execute(t, dsn, "DROP SCHEMA "+name+" CASCADE") })
	q := address.Query()
	q.Set("search_path", name)
	address.RawQuery = q.Encode()
	return address.String()
}

func execute(t testing.TB, dsn, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.WithoutCancel(t.Context()), statement); err != nil {
		t.Fatal(err)
	}
}
