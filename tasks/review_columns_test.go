package tasks_test

import (
	"reflect"
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// versions names drafts as they were seen.
func versions(drafts ...tasks.Draft) []tasks.DraftVersion {
	var out []tasks.DraftVersion
	for _, d := range drafts {
		out = append(out, tasks.DraftVersion{ID: d.ID, Version: d.Version})
	}
	return out
}

func TestSetColumns(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, elsewhere := r.draft("1/CT", r.duty(), r.duty(), r.duty()), r.draft("2/CT", r.duty())
	drafts, foreign := r.drafts(id), r.drafts(elsewhere)[0]
	set := func(c tasks.Columns, ds ...tasks.Draft) []int64 {
		t.Helper()
		return must(r.documents.SetColumns(ctx, r.secretariat, id, versions(ds...), c))(t)
	}
	set(tasks.Columns{Time: true, Cadence: "RRULE:FREQ=MONTHLY;BYMONTHDAY=5"}, drafts[0], drafts[2])
	got := r.drafts(id)
	if got[0].Cadence != "FREQ=MONTHLY;BYMONTHDAY=5" || !got[0].Deadline.IsZero() || got[2].Cadence == "" || got[1].Cadence != "" || got[1].Deadline.IsZero() {
		t.Errorf("drafts %+v", got)
	}
	set(tasks.Columns{Time: true, Deadline: date("2027-01-15")}, got[0])
	set(tasks.Columns{Time: true}, got[2])
	if got = r.drafts(id); got[0].Deadline != date("2027-01-15") || got[0].Cadence != "" || got[2].Cadence != "" || !got[2].Deadline.IsZero() {
		t.Errorf("drafts %+v", got)
	}
	// Leads: others in their place, then one more; a group with its members; the time stays.
	set(tasks.Columns{Leads: leads(r.stc), Check: true}, got...)
	got = r.drafts(id)
	set(tasks.Columns{Leads: []tasks.Party{{GroupID: r.departments, Members: []int64{r.snv, r.stc}}, {AgencyID: r.stc}}, AddLeads: true}, got[:2]...)
	got = r.drafts(id)
	if !slices.Equal(got[0].LeadAgencies(), []int64{r.stc, r.snv}) || len(got[1].Leads) != 2 || !slices.Equal(got[2].LeadAgencies(), []int64{r.stc}) ||
		!got[2].Checked || got[0].Deadline != date("2027-01-15") {
		t.Errorf("drafts %+v", got)
	}
	// One that another has changed is left, the others are set.
	check(t, r.documents.CheckDraft(ctx, r.colleague, id, got[1].ID, got[1].Version, false))
	if stale := set(tasks.Columns{Time: true, Cadence: "FREQ=MONTHLY"}, got...); !slices.Equal(stale, []int64{got[1].ID}) {
		t.Errorf("stale %v, want the one that the colleague changed", stale)
	}
	if now := r.drafts(id); now[0].Cadence != "FREQ=MONTHLY" || now[2].Cadence != "FREQ=MONTHLY" || now[1].Deadline != got[1].Deadline || now[1].Cadence != "" {
		t.Errorf("drafts %+v", now)
	}
	before := r.drafts(id)
	for name, c := range map[string]struct {
		drafts []tasks.DraftVersion
		set    tasks.Columns
		code   tasks.Code
		key    string
	}{
		"all old":          {versions(got...), tasks.Columns{Check: true}, tasks.CodeConflict, ""},
		"another document": {versions(foreign), tasks.Columns{Check: true}, tasks.CodeConflict, ""},
		"none":             {nil, tasks.Columns{Check: true}, tasks.CodeInvalid, "draft.none_marked"},
		"nothing":          {versions(before...), tasks.Columns{}, tasks.CodeInvalid, "draft.nothing_to_set"},
		"both times":       {versions(before...), tasks.Columns{Time: true, Deadline: date("2027-01-15"), Cadence: "FREQ=MONTHLY"}, tasks.CodeInvalid, "draft.deadline_or_cadence"},
		"no rule":          {versions(before...), tasks.Columns{Time: true, Cadence: "FREQ=SOMETIMES"}, tasks.CodeInvalid, "field.bad_rule"},
		"no agency":        {versions(before...), tasks.Columns{Leads: leads(999)}, tasks.CodeInvalid, "party.unknown_agency"},
	} {
		_, err := r.documents.SetColumns(ctx, r.secretariat, id, c.drafts, c.set)
		if refused(t, err, c.code, c.key); !reflect.DeepEqual(r.drafts(id), before) {
			t.Errorf("%s: something was changed", name)
		}
	}
	refused(t, failure(r.documents.SetColumns(ctx, r.focal, id, nil, tasks.Columns{})), tasks.CodeNotFound, "")
}

// lastStep is the person's newest step, which must be one that can be taken back.
func (r *rig) lastStep(who tasks.Person, id int64) int64 {
	r.t.Helper()
	e, ok := must(r.documents.Review(r.t.Context(), who, id))(r.t).LastOwn(who.ID)
	if !ok {
		r.t.Fatalf("%s of %s cannot be undone", e.Action, who.Name)
	}
	return e.ID
}

// content is what a draft holds beside its version.
func content(drafts []tasks.Draft) []tasks.Draft {
	out := slices.Clone(drafts)
	for i := range out {
		out[i].Version, out[i].Position = 0, 0
	}
	return out
}

func TestUndo(t *testing.T) {
	ctx := t.Context()
	for name, step := range map[string]func(r *rig, id int64, ds []tasks.Draft) error{
		"correct": func(r *rig, id int64, ds []tasks.Draft) error {
			in := r.duty()
			in.Text, in.Leads, in.Deadline, in.Phrase, in.Checked = "khác hẳn", nil, calendar.Date{}, "khác", true
			return r.documents.UpdateDraft(ctx, r.secretariat, id, ds[1].ID, in)
		},
		"check": func(r *rig, id int64, ds []tasks.Draft) error {
			return r.documents.CheckDraft(ctx, r.secretariat, id, ds[1].ID, 0, false)
		},
		"remove": func(r *rig, id int64, ds []tasks.Draft) error {
			return r.documents.RemoveDraft(ctx, r.secretariat, id, ds[1].ID, 0)
		},
		"merge": func(r *rig, id int64, ds []tasks.Draft) error {
			return r.documents.MergeDraft(ctx, r.secretariat, id, versions(ds[1])[0], versions(ds[0])[0])
		},
		"split": func(r *rig, id int64, ds []tasks.Draft) error {
			return failure(r.documents.SplitDraft(ctx, r.secretariat, id, ds[1].ID, ds[1].Version, 5))
		},
		"columns": func(r *rig, id int64, ds []tasks.Draft) error {
			return failure(r.documents.SetColumns(ctx, r.secretariat, id, versions(ds...), tasks.Columns{Time: true, Leads: leads(r.syt), Check: true}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			id := r.draft("1/CT", r.duty(), r.duty(), r.duty())
			before := r.drafts(id)
			check(t, step(r, id, before))
			if reflect.DeepEqual(content(r.drafts(id)), content(before)) {
				t.Fatal("the step did nothing")
			}
			undo := r.lastStep(r.secretariat, id)
			refused(t, lastFailure(r.documents.Undo(ctx, r.focal, id, undo)), tasks.CodeNotFound, "")
			refused(t, lastFailure(r.documents.Undo(ctx, r.secretariat, r.draft("2/CT"), undo)), tasks.CodeNotFound, "")
			check(t, lastFailure(r.documents.Undo(ctx, r.secretariat, id, undo)))
			if got := r.drafts(id); !reflect.DeepEqual(content(got), content(before)) {
				t.Errorf("after undoing\n%+v\nwant\n%+v", got, before)
			}
			// A step is taken back once.
			refused(t, lastFailure(r.documents.Undo(ctx, r.secretariat, id, undo)), tasks.CodeConflict, "")
		})
	}
}

func lastFailure(_ []int64, _ int, err error) error { return err }

func TestUndoLeavesWhatWasChangedSince(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id := r.draft("1/CT", r.duty(), r.duty())
	before := r.drafts(id)
	must(r.documents.SetColumns(ctx, r.secretariat, id, versions(before...), tasks.Columns{Time: true, Cadence: "FREQ=MONTHLY"}))(t)
	step := r.lastStep(r.secretariat, id)
	check(t, r.documents.CheckDraft(ctx, r.colleague, id, before[0].ID, 0, true))
	undone, left, err := r.documents.Undo(ctx, r.secretariat, id, step)
	check(t, err)
	if got := r.drafts(id); !slices.Equal(undone, []int64{before[1].ID}) || left != 1 || got[0].Cadence != "FREQ=MONTHLY" || got[1].Cadence != "" || got[1].Deadline != before[1].Deadline {
		t.Errorf("undone %v, left %d: %+v", undone, left, got)
	}
	// A split is not taken back by halves.
	d := r.drafts(id)[1]
	second := must(r.documents.SplitDraft(ctx, r.secretariat, id, d.ID, d.Version, 5))(t)
	step = r.lastStep(r.secretariat, id)
	check(t, r.documents.CheckDraft(ctx, r.colleague, id, second, 0, true))
	refused(t, lastFailure(r.documents.Undo(ctx, r.secretariat, id, step)), tasks.CodeConflict, "")
	if got := r.drafts(id); len(got) != 3 || got[1].Text == d.Text {
		t.Errorf("half undone: %+v", got)
	}
}
