package store

import (
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// collators are kept because making one costs more than sorting a page; one is not safe for concurrent use.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// sortByName puts a whole list in Vietnamese order, equal names by identifier.
func sortByName[T any](rows []T, name func(T) string) {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	slices.SortStableFunc(rows, func(a, b T) int { return c.CompareString(name(a), name(b)) })
}

// Agencies implements tasks.DirectoryReader.
func (tx *Tx) Agencies() ([]tasks.Agency, error) {
	return tx.memos.agencies.read(tx, func() ([]tasks.Agency, error) {
		rows, err := all(tx, readAgency, "SELECT id, code, name, short_name, kind, valid_from, valid_to, successor_id, version FROM agencies ORDER BY id")
		sortByName(rows, func(a tasks.Agency) string { return a.Name })
		return rows, err
	}, "SELECT coalesce(string_agg(id || ':' || version, ','), '') FROM (SELECT id, version FROM agencies ORDER BY id) AS every")
}

func readAgency(r scanner) (tasks.Agency, error) {
	var a tasks.Agency
	err := r.Scan(&a.ID, &a.Code, &a.Name, &a.ShortName, &a.Kind, text{&a.From}, text{&a.To}, ref{&a.SuccessorID}, &a.Version)
	return a, err
}

// InsertAgency implements tasks.DirectoryTx. The agency begins with version 1.
func (tx *Tx) InsertAgency(a tasks.Agency) (int64, error) {
	return tx.insert(`INSERT INTO agencies (code, name, short_name, kind, valid_from, valid_to, successor_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.Code, a.Name, a.ShortName, string(a.Kind), textValue(a.From), textValue(a.To), refValue(a.SuccessorID))
}

// UpdateAgency implements tasks.DirectoryTx.
func (tx *Tx) UpdateAgency(a tasks.Agency) error {
	return tx.versioned("agencies", a.ID, `UPDATE agencies SET code = $1, name = $2, short_name = $3, kind = $4, valid_from = $5, valid_to = $6,
		successor_id = $7, version = version + 1 WHERE id = $8 AND version = $9`,
		a.Code, a.Name, a.ShortName, string(a.Kind), textValue(a.From), textValue(a.To), refValue(a.SuccessorID), a.ID, a.Version)
}

// Groups implements tasks.DirectoryReader.
func (tx *Tx) Groups() ([]tasks.Group, error) {
	groups, err := all(tx, func(r scanner) (g tasks.Group, err error) {
		err = r.Scan(&g.ID, &g.Code, &g.Name, &g.Version)
		return g, err
	}, "SELECT id, code, name, version FROM agency_groups ORDER BY id")
	if err != nil {
		return nil, err
	}
	type member struct {
		group int64
		directory.Membership
	}
	members, err := all(tx, func(r scanner) (m member, err error) {
		err = r.Scan(&m.group, &m.AgencyID, text{&m.From}, text{&m.To})
		return m, err
	}, "SELECT group_id, agency_id, valid_from, valid_to FROM group_members ORDER BY group_id, position")
	if err != nil {
		return nil, err
	}
	of := make(map[int64][]directory.Membership)
	for _, m := range members {
		of[m.group] = append(of[m.group], m.Membership)
	}
	for i := range groups {
		groups[i].Members = of[groups[i].ID]
	}
	sortByName(groups, func(g tasks.Group) string { return g.Name })
	return groups, nil
}

// InsertGroup implements tasks.DirectoryTx. The group begins with version 1.
func (tx *Tx) InsertGroup(g tasks.Group) (int64, error) {
	id, err := tx.insert("INSERT INTO agency_groups (code, name) VALUES ($1, $2)", g.Code, g.Name)
	if err != nil {
		return 0, err
	}
	return id, tx.insertMembers(id, g.Members)
}

// UpdateGroup implements tasks.DirectoryTx.
func (tx *Tx) UpdateGroup(g tasks.Group) error {
	err := tx.versioned("agency_groups", g.ID, "UPDATE agency_groups SET code = $1, name = $2, version = version + 1 WHERE id = $3 AND version = $4",
		g.Code, g.Name, g.ID, g.Version)
	if err != nil {
		return err
	}
	if err := tx.exec("DELETE FROM group_members WHERE group_id = $1", g.ID); err != nil {
		return err
	}
	return tx.insertMembers(g.ID, g.Members)
}

func (tx *Tx) insertMembers(group int64, members []directory.Membership) error {
	var values []any
	for i, m := range members {
		values = append(values, group, i, m.AgencyID, textValue(m.From), textValue(m.To))
	}
	return tx.insertRows("group_members (group_id, position, agency_id, valid_from, valid_to)", 5, values)
}

// Aliases implements tasks.DirectoryReader.
func (tx *Tx) Aliases() ([]tasks.Alias, error) {
	rows, err := all(tx, func(r scanner) (a tasks.Alias, err error) {
		err = r.Scan(&a.ID, &a.Name, ref{&a.AgencyID}, ref{&a.GroupID})
		return a, err
	}, "SELECT id, name, agency_id, group_id FROM aliases ORDER BY id")
	sortByName(rows, func(a tasks.Alias) string { return a.Name })
	return rows, err
}

// InsertAlias implements tasks.DirectoryTx. An alias that is there already keeps its identifier.
func (tx *Tx) InsertAlias(a tasks.Alias) (int64, error) {
	if err := tx.turn("aliases"); err != nil {
		return 0, err
	}
	same, err := all(tx, readID, `SELECT id FROM aliases WHERE name = $1 AND coalesce(agency_id, 0) = $2 AND coalesce(group_id, 0) = $3`,
		a.Name, a.AgencyID, a.GroupID)
	if err != nil || len(same) > 0 {
		return append(same, 0)[0], err
	}
	return tx.insert("INSERT INTO aliases (name, agency_id, group_id) VALUES ($1, $2, $3)", a.Name, refValue(a.AgencyID), refValue(a.GroupID))
}

// DeleteAlias implements tasks.DirectoryTx.
func (tx *Tx) DeleteAlias(id int64) error { return tx.touch("DELETE FROM aliases WHERE id = $1", id) }
