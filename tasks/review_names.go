package tasks

import (
	"context"
	"slices"

	"tiendo/tasks/directory"
)

// MapName says for which agency or group a written name stands, in every draft of the document; remember keeps it as an alias, so
// that the next document is understood at once.
func (s *Documents) MapName(ctx context.Context, actor Person, documentID int64, written string, agencyID, groupID int64, remember bool) error {
	var f fields
	written = f.writtenName(written)
	if (agencyID == 0) == (groupID == 0) {
		f.add("party", "party.choose")
	}
	return s.change(ctx, actor, documentID, 0, "document.name_mapped", f.err(), func(tx DocumentTx, _ *Document) (any, any, error) {
		to := Party{Written: written, AgencyID: agencyID, GroupID: groupID}
		if err := checkParties(tx, []Party{to}); err != nil {
			return nil, nil, err
		}
		if groupID != 0 {
			groups, err := tx.Groups()
			if err != nil {
				return nil, nil, err
			}
			to.Members = membersOn(groups, groupID, s.Rules.Day(s.Now()), nil)
		}
		if _, err := mapDrafts(tx, documentID, to); err != nil {
			return nil, nil, err
		}
		if remember {
			if err := learnAlias(tx, s.Now(), actor, Alias{Name: written, AgencyID: agencyID, GroupID: groupID}, documentID); err != nil {
				return nil, nil, err
			}
		}
		return nil, map[string]any{"written": written, "agency": agencyID, "group": groupID, "remember": remember}, nil
	})
}

// writtenName cleans a party's name as a document writes it. Marks alone are none, and would be the same as any others.
func (f *fields) writtenName(written string) string {
	written = f.line("written", written, true, MaxWrittenName)
	if written != "" && directory.Fold(written) == "" {
		f.add("written", "field.required")
	}
	return written
}

// mapDrafts puts the party into every draft of the document in which its name stands unmapped; changed tells whether there was one.
func mapDrafts(tx DocumentTx, documentID int64, to Party) (changed bool, err error) {
	drafts, err := tx.Drafts(documentID)
	if err != nil {
		return false, err
	}
	for _, d := range drafts {
		leads, a := replaceWritten(d.Leads, to)
		cooperating, b := replaceWritten(d.Cooperating, to)
		if !a && !b {
			continue
		}
		d.Leads, d.Cooperating = leads, cooperating
		if err := tx.UpdateDraft(d); err != nil {
			return false, err
		}
		changed = true
	}
	return changed, nil
}

func replaceWritten(parties []Party, to Party) (out []Party, changed bool) {
	out = slices.Clone(parties)
	for i, p := range out {
		if !p.Mapped() && sameName(p.Written, to.Written) {
			out[i], changed = to, true
			out[i].Written = p.Written
		}
	}
	return out, changed
}

// DropName takes a written name that is no agency's, still unmapped, out of every draft of the document. A duty that loses its only
// lead so has none, which blocks issue until a person names one.
func (s *Documents) DropName(ctx context.Context, actor Person, documentID int64, written string) error {
	var f fields
	written = f.writtenName(written)
	return s.change(ctx, actor, documentID, 0, "document.name_dropped", f.err(), func(tx DocumentTx, _ *Document) (any, any, error) {
		drafts, err := tx.Drafts(documentID)
		if err != nil {
			return nil, nil, err
		}
		var before []map[string]any
		for _, d := range drafts {
			leads, a := withoutWritten(d.Leads, written)
			cooperating, b := withoutWritten(d.Cooperating, written)
			if !a && !b {
				continue
			}
			before = append(before, map[string]any{"draft": d.ID, "leads": d.Leads, "cooperating": d.Cooperating})
			d.Leads, d.Cooperating = leads, cooperating
			if err := tx.UpdateDraft(d); err != nil {
				return nil, nil, err
			}
		}
		return map[string]any{"drafts": before}, map[string]any{"written": written}, nil
	})
}

// withoutWritten leaves a name out that nobody knows; a group whose members are yet to be ticked is known.
func withoutWritten(parties []Party, written string) (out []Party, changed bool) {
	out = slices.DeleteFunc(slices.Clone(parties), func(p Party) bool {
		return !p.Mapped() && p.GroupID == 0 && sameName(p.Written, written)
	})
	return out, len(out) < len(parties)
}
