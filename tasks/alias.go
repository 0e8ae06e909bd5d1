package tasks

import (
	"slices"

	"tiendo/tasks/directory"
)

// sameName tells whether two written names differ only in case, tone marks, spelling variants and punctuation.
func sameName(a, b string) bool { return directory.Fold(a) == directory.Fold(b) }

// rememberAlias keeps a written name for the agency or group that a person mapped it to, unless it is known already.
func (s *Documents) rememberAlias(tx DocumentTx, actor Person, to Party) error {
	aliases, err := tx.Aliases()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(aliases, func(a Alias) bool {
		return sameName(a.Name, to.Written) && a.AgencyID == to.AgencyID && a.GroupID == to.GroupID
	}) {
		return nil
	}
	a := Alias{Name: to.Written, AgencyID: to.AgencyID, GroupID: to.GroupID}
	if a.ID, err = tx.InsertAlias(a); err != nil {
		return err
	}
	_, err = tx.Audit(entry(s.Now(), actor, "alias.added", Subject{SubjectAlias, a.ID}).with(nil, aliasValues(a)))
	return err
}

func aliasValues(a Alias) map[string]any {
	return map[string]any{"name": a.Name, "agency": a.AgencyID, "group": a.GroupID}
}
