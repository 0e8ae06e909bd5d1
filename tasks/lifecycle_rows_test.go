package tasks_test

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

func calendarMinutes(n int) time.Duration { return time.Duration(n)*time.Minute + 7*time.Second }

// row is an assignment as the database has it; NULL is "" or 0.
type row struct {
	id, task, document, version, dueVersion, percent, unconfirmedBy, series, completedAt         int64
	state, firstDue, firstMended, due, dueSetOn, cadence, submittedOn, evidence, periodDue, kind string
	leads, cooperating                                                                           string // identifiers with commas
}

func (a row) leadIDs() []int64 { return identifiers(a.leads) }

func (a row) cooperatingIDs() []int64 { return identifiers(a.cooperating) }

func identifiers(list string) []int64 {
	var out []int64
	for _, s := range strings.Split(list, ",") {
		if id, err := strconv.ParseInt(s, 10, 64); err == nil {
			out = append(out, id)
		}
	}
	return out
}

// rawDatabase is a connection to the database beside the program's, that only reads.
func rawDatabase(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	driver, source := "pgx", dsn
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		driver, source = "sqlite3", "file:"+path+"?mode=ro&_busy_timeout=5000"
	}
	db, err := sql.Open(driver, source)
	check(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

// countingQuery is a query of one row with a text: how many rows every table has, and the sum of their versions.
func countingQuery(t testing.TB, db *sql.DB) string {
	t.Helper()
	tables, err := column(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
	versioned := "SELECT count(*) FROM pragma_table_info('%s') WHERE name = 'version'"
	if err != nil {
		tables, err = column(db, "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name")
		versioned = "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '%s' AND column_name = 'version'"
	}
	check(t, err)
	var parts []string
	for _, name := range tables {
		if slices.Contains([]string{"leases", "job_runs", "throttles", "schema_migrations"}, name) || strings.Contains(name, "migration") {
			continue
		}
		has, err := column(db, fmt.Sprintf(versioned, name))
		check(t, err)
		counted := "(SELECT CAST(count(*) AS TEXT)"
		if has[0] != "0" {
			counted += " || '/' || CAST(coalesce(sum(version), 0) AS TEXT)"
		}
		parts = append(parts, "'"+name+" ' || "+counted+" FROM "+name+")")
	}
	return "SELECT " + strings.Join(parts, " || ' ' || ")
}

func column(db *sql.DB, query string) ([]string, error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// texts reads the first column of a query.
func (l *life) texts(query string, args ...any) []string {
	l.t.Helper()
	out, err := column(l.sql, fmt.Sprintf(query, args...))
	if err != nil {
		l.t.Fatalf("%s: %v", query, err)
	}
	return out
}

// numbers reads the first column of a query.
func (l *life) numbers(query string, args ...any) []int64 {
	l.t.Helper()
	var out []int64
	for _, s := range l.texts(query, args...) {
		out = append(out, identifiers(s)...)
	}
	return out
}

const rowQuery = `SELECT a.id, a.task_id, a.document_id, a.version, a.due_version, a.percent, coalesce(a.unconfirmed_by, 0), coalesce(a.series_id, 0),
	coalesce(a.completed_at, 0), a.state, coalesce(a.first_due, ''), coalesce(a.first_mended, ''), coalesce(a.due, ''), coalesce(a.due_set_on, ''),
	a.cadence, coalesce(a.submitted_on, ''), coalesce(a.evidence, ''), coalesce(a.period_due, ''), d.kind
	FROM assignments a JOIN documents d ON d.id = a.document_id`

// look reads all assignments, and how many rows there are of everything.
func (l *life) look() {
	l.t.Helper()
	l.rows = make(map[int64]row, len(l.rows))
	rows, err := l.sql.Query(rowQuery)
	check(l.t, err)
	defer rows.Close()
	for rows.Next() {
		var a row
		check(l.t, rows.Scan(&a.id, &a.task, &a.document, &a.version, &a.dueVersion, &a.percent, &a.unconfirmedBy, &a.series, &a.completedAt, &a.state,
			&a.firstDue, &a.firstMended, &a.due, &a.dueSetOn, &a.cadence, &a.submittedOn, &a.evidence, &a.periodDue, &a.kind))
		l.rows[a.id] = a
	}
	check(l.t, rows.Err())
	rows.Close()
	parts, err := l.sql.Query("SELECT assignment_id, agency_id, part FROM assignment_agencies ORDER BY assignment_id, position")
	check(l.t, err)
	defer parts.Close()
	for parts.Next() {
		var id, agency int64
		var part string
		check(l.t, parts.Scan(&id, &agency, &part))
		a := l.rows[id]
		if part == string(tasks.PartLead) {
			a.leads += "," + strconv.FormatInt(agency, 10)
		} else {
			a.cooperating += "," + strconv.FormatInt(agency, 10)
		}
		l.rows[id] = a
	}
	check(l.t, parts.Err())
	parts.Close()
	l.ids = slices.Sorted(maps.Keys(l.rows))
	l.trace = l.texts("%s", l.counting)[0]
}
