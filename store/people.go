package store

import (
	"slices"
	"strings"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

var (
	_ tasks.AccountTx   = (*Tx)(nil)
	_ tasks.DirectoryTx = (*Tx)(nil)
	_ notify.ComposeTx  = (*Tx)(nil)
)

const personColumns = "p.id, p.email, p.name, p.position, p.phone, p.language, p.active, p.epoch, p.created_at, p.version, p.remind_at, p.no_rollups, p.unreachable_since"

func readPerson(r scanner) (tasks.Person, error) {
	var p tasks.Person
	err := r.Scan(personFields(&p)...)
	return p, err
}

func personFields(p *tasks.Person) []any {
	return []any{&p.ID, &p.Email, &p.Name, &p.Position, &p.Phone, &p.Language, yes{&p.Active}, &p.Epoch, instant{&p.CreatedAt}, &p.Version, &p.RemindAt, yes{&p.NoRollUps}, instant{&p.Unreachable}}
}

// Person implements tasks.AccountReader.
func (tx *Tx) Person(id int64) (tasks.Person, error) {
	if tx.lock == "" {
		return tx.granted(id)
	}
	return tx.person("SELECT "+personColumns+" FROM people p WHERE p.id = $1"+tx.lock, id)
}

// StillActive implements notify.ComposeReader.
func (tx *Tx) StillActive(ids []int64) ([]int64, error) {
	var active []int64
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		some, err := all(tx, readID, "SELECT id FROM people WHERE active = 1 AND id IN "+in(&w, chunk)+" ORDER BY id"+tx.hold, w.args...)
		if err != nil {
			return nil, err
		}
		active = append(active, some...)
	}
	return active, nil
}

// granted reads a person with his grants by one statement: each page begins with it. No engine locks what an outer join may lack.
func (tx *Tx) granted(id int64) (tasks.Person, error) {
	var p tasks.Person
	_, err := all(tx, func(r scanner) (_ struct{}, err error) {
		var g tasks.Grant
		err = r.Scan(append(personFields(&p), text{(*string)(&g.Role)}, ref{&g.AgencyID})...)
		if g.Role != "" {
			p.Grants = append(p.Grants, g)
		}
		return struct{}{}, err
	}, "SELECT "+personColumns+", g.role, g.agency_id FROM people p LEFT JOIN grants g ON g.person_id = p.id WHERE p.id = $1 ORDER BY g.position", id)
	if err == nil && p.ID == 0 {
		err = tasks.ErrNotFound
	}
	return p, err
}

// PersonByEmail implements tasks.AccountReader; the case of the address does not matter.
func (tx *Tx) PersonByEmail(email string) (tasks.Person, error) {
	return tx.person("SELECT "+personColumns+" FROM people p WHERE p.email = $1", strings.ToLower(email))
}

func (tx *Tx) person(query string, args ...any) (tasks.Person, error) {
	p, err := one(tx, readPerson, query, args...)
	if err != nil {
		return tasks.Person{}, err
	}
	people := []tasks.Person{p}
	err = tx.loadGrants(people)
	return people[0], err
}

// PeopleByID implements tasks.AssignmentReader.
func (tx *Tx) PeopleByID(ids []int64) (map[int64]tasks.Person, error) {
	found := make(map[int64]tasks.Person)
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		people, err := tx.people("SELECT "+personColumns+" FROM people p WHERE p.id IN "+in(&w, chunk), w.args...)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			found[p.ID] = p
		}
	}
	return found, nil
}

// Recipients implements notify.ComposeReader.
func (tx *Tx) Recipients(role tasks.Role, agencyID int64) ([]tasks.Person, error) {
	var w where
	w.and("p.active = 1")
	granted := "SELECT person_id FROM grants WHERE role = " + w.arg(string(role))
	if agencyID != 0 {
		granted += " AND agency_id = " + w.arg(agencyID)
	}
	w.and("p.id IN (" + granted + ")")
	people, err := tx.people("SELECT "+personColumns+" FROM people p"+w.String()+" ORDER BY p.id", w.args...)
	sortByName(people, func(p tasks.Person) string { return p.Name })
	return people, err
}

// ReminderHours implements notify.ComposeReader.
func (tx *Tx) ReminderHours() ([]int, error) {
	return all(tx, func(r scanner) (hour int, err error) {
		err = r.Scan(&hour)
		return hour, err
	}, "SELECT DISTINCT remind_at FROM people WHERE active = 1 AND remind_at > 0 ORDER BY remind_at")
}

// People implements tasks.AccountReader.
func (tx *Tx) People(q tasks.PersonQuery) (tasks.PersonPage, error) {
	var page tasks.PersonPage
	var w where
	if !q.Inactive {
		w.and("p.active = 1")
	}
	if q.Unreachable {
		w.and("p.unreachable_since IS NOT NULL")
	}
	if q.Role != "" || q.AgencyID != 0 {
		granted := "SELECT person_id FROM grants WHERE 1 = 1"
		if q.Role != "" {
			granted += " AND role = " + w.arg(string(q.Role))
		}
		if q.AgencyID != 0 {
			granted += " AND agency_id = " + w.arg(q.AgencyID)
		}
		w.and("p.id IN (" + granted + ")")
	}
	begins(&w, "p.id", "person_words", "person_id", q.Words)
	var err error
	if page.Total, err = tx.total("FROM people p", &w); err != nil {
		return page, err
	}
	c, ok, err := parseCursor(q.After)
	if err != nil {
		return page, err
	}
	if ok {
		w.and("(p.sort_name, p.id) > (" + w.arg(c.Key) + ", " + w.arg(c.ID) + ")")
	}
	size := pageSize(q.Limit)
	query := "SELECT " + personColumns + " FROM people p" + w.String() + " ORDER BY p.sort_name, p.id LIMIT " + w.arg(size+1)
	if page.Rows, err = tx.people(query, w.args...); err != nil {
		return page, err
	}
	page.Rows, page.Next = cut(page.Rows, size, func(p tasks.Person) cursor { return cursor{directory.Fold(p.Name), p.ID} })
	return page, nil
}

func (tx *Tx) people(query string, args ...any) ([]tasks.Person, error) {
	people, err := all(tx, readPerson, query, args...)
	if err != nil {
		return nil, err
	}
	return people, tx.loadGrants(people)
}

func (tx *Tx) loadGrants(people []tasks.Person) error {
	at := make(map[int64]int, len(people))
	ids := make([]int64, len(people))
	for i, p := range people {
		at[p.ID], ids[i] = i, p.ID
	}
	type grant struct {
		person int64
		tasks.Grant
	}
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		grants, err := all(tx, func(r scanner) (g grant, err error) {
			err = r.Scan(&g.person, &g.Role, ref{&g.AgencyID})
			return g, err
		}, "SELECT person_id, role, agency_id FROM grants WHERE person_id IN "+in(&w, chunk)+" ORDER BY person_id, position", w.args...)
		if err != nil {
			return err
		}
		for _, g := range grants {
			p := &people[at[g.person]]
			p.Grants = append(p.Grants, g.Grant)
		}
	}
	return nil
}

// CountActive implements tasks.AccountReader.
func (tx *Tx) CountActive(role tasks.Role) (int, error) {
	if tx.lock != "" {
		// Two who take the last two of a role away at the same moment: the second counts what the first has left.
		if err := tx.turn("role " + string(role)); err != nil {
			return 0, err
		}
	}
	var n int
	err := tx.row(`SELECT count(DISTINCT p.id) FROM grants g JOIN people p ON p.id = g.person_id WHERE g.role = $1 AND p.active = 1`,
		string(role)).Scan(&n)
	return n, err
}

// ReachableAgencies implements tasks.DirectoryReader.
func (tx *Tx) ReachableAgencies() (map[int64]bool, error) {
	ids, err := all(tx, readID, `SELECT DISTINCT g.agency_id FROM grants g JOIN people p ON p.id = g.person_id
		WHERE g.role = $1 AND g.agency_id IS NOT NULL AND p.active = 1 AND p.email <> '' AND p.unreachable_since IS NULL`, string(tasks.RoleFocal))
	reachable := make(map[int64]bool, len(ids))
	for _, id := range ids {
		reachable[id] = true
	}
	return reachable, err
}

// InsertPerson implements tasks.AccountTx and tasks.DirectoryTx. An address that somebody has already is a conflict.
func (tx *Tx) InsertPerson(p tasks.Person) (int64, error) {
	id, err := tx.insert(`INSERT INTO people (email, name, sort_name, position, phone, language, active, epoch, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
		strings.ToLower(p.Email), p.Name, directory.Fold(p.Name), p.Position, p.Phone, p.Language, yesValue(p.Active), p.Epoch, p.CreatedAt.UnixMilli())
	if err != nil {
		return 0, err
	}
	p.ID = id
	return id, tx.insertGrants(p)
}

// UpdatePerson implements tasks.AccountTx and tasks.DirectoryTx.
func (tx *Tx) UpdatePerson(p tasks.Person) error {
	err := tx.versioned("people", p.ID, `UPDATE people SET email = $1, name = $2, sort_name = $3, position = $4, phone = $5,
		language = $6, active = $7, epoch = $8, version = version + 1,
		remind_at = $9, no_rollups = $10,
		unreachable_since = CASE WHEN email = $1 THEN unreachable_since END WHERE id = $11 AND version = $12`,
		strings.ToLower(p.Email), p.Name, directory.Fold(p.Name), p.Position, p.Phone, p.Language, yesValue(p.Active), p.Epoch,
		p.RemindAt, yesValue(p.NoRollUps), p.ID, p.Version)
	if err != nil {
		return err
	}
	if err := tx.exec("DELETE FROM grants WHERE person_id = $1", p.ID); err != nil {
		return err
	}
	return tx.insertGrants(p)
}

func (tx *Tx) insertGrants(p tasks.Person) error {
	var values []any
	for i, g := range p.Grants {
		values = append(values, p.ID, i, string(g.Role), refValue(g.AgencyID))
	}
	if err := tx.insertRows("grants (person_id, position, role, agency_id)", 4, values); err != nil {
		return err
	}
	return tx.indexWords("person_words", "person_id", p.ID, p.Name, p.Email)
}
