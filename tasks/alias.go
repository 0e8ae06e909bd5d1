package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/directory"
)

// sameName tells whether two written names differ only in case, tone marks, spelling variants and punctuation.
func sameName(a, b string) bool { return directory.Fold(a) == directory.Fold(b) }

// knows tells whether the agency or group has the name already.
func knows(aliases []Alias, a Alias) bool {
	return slices.ContainsFunc(aliases, func(o Alias) bool {
		return sameName(o.Name, a.Name) && o.AgencyID == a.AgencyID && o.GroupID == a.GroupID
	})
}

// aliasTx is what adding another name needs of a transaction.
type aliasTx interface {
	DirectoryReader
	AuditWriter
	AliasWriter
}

// addAlias keeps another name of an agency or group, unless it is known already.
func addAlias(tx aliasTx, now time.Time, actor Person, a Alias) error {
	return learnAlias(tx, now, actor, a, 0)
}

// learnAlias is addAlias of a name that was learnt at the review of a document.
func learnAlias(tx aliasTx, now time.Time, actor Person, a Alias, documentID int64) error {
	known, err := tx.Aliases()
	if err != nil || knows(known, a) {
		return err
	}
	if a.ID, err = tx.InsertAlias(a); err != nil {
		return err
	}
	if err := tx.SetAliasOrigin(a.ID, AliasOrigin{now, actor.ID, documentID}); err != nil {
		return err
	}
	_, err = tx.Audit(entry(now, actor, "alias.added", Subject{SubjectAlias, a.ID}).with(nil, aliasValues(a)))
	return err
}

func aliasValues(a Alias) map[string]any {
	return map[string]any{"name": a.Name, "agency": a.AgencyID, "group": a.GroupID}
}
