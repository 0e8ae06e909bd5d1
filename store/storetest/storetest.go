// Package storetest gives tests of other rooms fresh databases. Tests alone import it.
package storetest

import (
	"os"
	"path/filepath"
	"testing"

	"tiendo/store"
	"tiendo/store/pgtest"
)

// Variable is the environment variable that names the engine: "sqlite", also when it is not set, or "postgres".
const Variable = "TIENDO_TEST_ENGINE"

// DSN is that of a new, empty database, which is removed at the end of the test.
func DSN(t testing.TB) string {
	t.Helper()
	switch engine := os.Getenv(Variable); engine {
	case "", "sqlite":
		return "sqlite:" + filepath.Join(t.TempDir(), "tiendo.db")
	case "postgres":
		return pgtest.Schema(t)
	default:
		t.Fatalf("%s is %q: want sqlite or postgres", Variable, engine)
		return ""
	}
}

// Open opens a new, empty database with the program's schema, and closes it at the end of the test.
func Open(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), DSN(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	return db
}
