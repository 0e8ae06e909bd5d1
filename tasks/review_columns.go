package tasks

import (
	"context"
	"slices"

	"tiendo/tasks/calendar"
)

// Columns is a change of whole columns of a review: what is to be set in each draft that is chosen.
type Columns struct {
	// Time sets Deadline and Cadence; both empty: the document's default.
	Time     bool
	Deadline calendar.Date
	Cadence  string // RFC 5545
	// Leads become those of each draft, agencies and groups; nil leaves them. With AddLeads they join those that are there.
	Leads    []Party
	AddLeads bool
	// Check accepts the drafts.
	Check bool
}

// SetColumns changes the chosen drafts in one transaction. Drafts that another person has changed or removed since they were seen are left
// as they are and listed in stale; when all are, nothing is written.
func (s *Documents) SetColumns(ctx context.Context, actor Person, documentID int64, drafts []DraftVersion, c Columns) (stale []int64, err error) {
	var f fields
	c.Cadence = f.rule("cadence", c.Cadence)
	if c.Cadence != "" && !c.Deadline.IsZero() {
		f.add("cadence", "draft.deadline_or_cadence")
	}
	c.Leads = f.parties("lead", c.Leads)
	switch {
	case len(drafts) == 0:
		f.add("draft", "draft.none_marked")
	case !c.Time && len(c.Leads) == 0 && !c.Check && len(f) == 0:
		f.add("draft", "draft.nothing_to_set")
	}
	err = s.change(ctx, actor, documentID, 0, "document.columns_set", f.err(), func(tx DocumentTx, _ *Document) (any, any, error) {
		if err := checkParties(tx, c.Leads); err != nil {
			return nil, nil, err
		}
		all, err := tx.Drafts(documentID)
		if err != nil {
			return nil, nil, err
		}
		stale = nil
		var before, after draftsRecord
		for _, v := range drafts {
			i := slices.IndexFunc(all, func(d Draft) bool { return d.ID == v.ID })
			if i < 0 || v.Version != 0 && all[i].Version != v.Version {
				stale = append(stale, v.ID)
				continue
			}
			d := all[i]
			before.Drafts = append(before.Drafts, c.record(d))
			d = c.apply(d)
			if err := tx.UpdateDraft(d); err != nil {
				return nil, nil, err
			}
			d.Version++
			after.Drafts = append(after.Drafts, c.record(d))
		}
		if len(before.Drafts) == 0 {
			return nil, nil, ErrConflict
		}
		return before, after, nil
	})
	return stale, err
}

func (c Columns) apply(d Draft) Draft {
	if c.Time {
		if d.Deadline, d.Cadence = c.Deadline, c.Cadence; !c.Deadline.IsZero() {
			d.Opens = 0
		}
	}
	if len(c.Leads) > 0 {
		had := d.Leads
		if !c.AddLeads {
			d.Leads = nil
		}
		for _, p := range c.Leads {
			// The words of the document stay with an agency that it names.
			if i := slices.IndexFunc(had, func(o Party) bool { return sameParty(o, p) }); i >= 0 && p.Written == "" {
				p.Written = had[i].Written
			}
			d.Leads = union(d.Leads, []Party{p}, sameParty)
		}
	}
	d.Checked = d.Checked || c.Check
	return d
}

// record keeps the fields that the change touches.
func (c Columns) record(d Draft) draftRecord {
	r := draftRecord{ID: d.ID, Version: d.Version, Checked: new(d.Checked)}
	if c.Time {
		r.Due, r.Cadence, r.Opens = new(d.Deadline.String()), new(d.Cadence), new(d.Opens)
	}
	if len(c.Leads) > 0 {
		r.Leads = present(d.Leads)
	}
	return r
}
