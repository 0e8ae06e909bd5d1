package tasks

import (
	"encoding/json"
	"fmt"

	"tiendo/tasks/calendar"
)

// draftRecord is a draft in an audit row, before or after a step of its review: the fields that the step could change, so that it
// can be taken back. A nil field was not the step's.
type draftRecord struct {
	ID          int64     `json:"draft"`
	Version     int64     `json:"version"`
	Ref         *string   `json:"ref,omitempty"`
	Text        *string   `json:"text,omitempty"`
	Deliverable *string   `json:"deliverable,omitempty"`
	Criteria    *[]string `json:"criteria,omitempty"`
	Phrase      *string   `json:"phrase,omitempty"`
	Kind        *DueKind  `json:"kind,omitempty"`
	Date        *string   `json:"date,omitempty"`
	Time        *string   `json:"time,omitempty"`
	RRule       *string   `json:"rrule,omitempty"`
	Due         *string   `json:"due,omitempty"`
	Cadence     *string   `json:"cadence,omitempty"`
	Opens       *int      `json:"opens,omitempty"`
	Leads       *[]Party  `json:"leads,omitempty"`
	Joint       *bool     `json:"joint,omitempty"`
	Cooperating *[]Party  `json:"cooperating,omitempty"`
	Doubts      *[]Doubt  `json:"doubts,omitempty"`
	Checked     *bool     `json:"checked,omitempty"`
	Removed     *bool     `json:"removed,omitempty"`
	// Unconfirmed is who said that the duty needs no confirmation; 0: it needs one.
	Unconfirmed *int64 `json:"unconfirmed_by,omitempty"`
	Restricted  *bool  `json:"restricted,omitempty"`
	// Taken is where a duty of a tracker stands.
	Taken *TakenOver `json:"taken,omitempty"`
}

// recordOf keeps everything that a step can change.
func recordOf(d Draft) draftRecord {
	r := dueRecord(d)
	r.Ref, r.Text, r.Deliverable, r.Criteria = new(d.Ref), new(d.Text), new(d.Deliverable), present(d.Criteria)
	r.Leads, r.Joint, r.Cooperating = present(d.Leads), new(d.Joint), present(d.Cooperating)
	r.Removed, r.Taken, r.Unconfirmed = new(d.Removed), d.Taken, new(d.UnconfirmedBy)
	r.Restricted = new(d.Restricted)
	return r
}

// dueRecord keeps the time, with the doubts and the acceptance that go with it.
func dueRecord(d Draft) draftRecord {
	return draftRecord{
		ID: d.ID, Version: d.Version, Phrase: new(d.Written.Phrase), Kind: new(d.Written.Kind), Date: new(d.Written.Date.String()),
		Time: new(d.Written.Time), RRule: new(d.Written.RRule), Due: new(d.Deadline.String()), Cadence: new(d.Cadence), Opens: new(d.Opens),
		Doubts: present(d.Doubts), Checked: new(d.Checked),
	}
}

// present points at a list that is written even when it is empty: an absent one was not the step's.
func present[T any](list []T) *[]T {
	if list == nil {
		list = []T{}
	}
	return &list
}

// restore puts what was recorded into the draft.
func (r draftRecord) restore(d *Draft) error {
	take(&d.Ref, r.Ref)
	take(&d.Text, r.Text)
	take(&d.Deliverable, r.Deliverable)
	take(&d.Criteria, r.Criteria)
	take(&d.Written.Phrase, r.Phrase)
	take(&d.Written.Kind, r.Kind)
	take(&d.Written.Time, r.Time)
	take(&d.Written.RRule, r.RRule)
	take(&d.Cadence, r.Cadence)
	take(&d.Opens, r.Opens)
	take(&d.Leads, r.Leads)
	take(&d.Joint, r.Joint)
	take(&d.Cooperating, r.Cooperating)
	take(&d.Doubts, r.Doubts)
	take(&d.Checked, r.Checked)
	take(&d.Removed, r.Removed)
	take(&d.UnconfirmedBy, r.Unconfirmed)
	take(&d.Restricted, r.Restricted)
	if r.Taken != nil || r.Removed != nil { // a record of everything says that there was none, too
		d.Taken = r.Taken
	}
	for _, day := range []struct {
		to   *calendar.Date
		text *string
	}{{&d.Written.Date, r.Date}, {&d.Deadline, r.Due}} {
		if day.text == nil {
			continue
		}
		if err := day.to.UnmarshalText([]byte(*day.text)); err != nil {
			return fmt.Errorf("recorded day of draft %d: %w", r.ID, err)
		}
	}
	return nil
}

func take[T any](to *T, recorded *T) {
	if recorded != nil {
		*to = *recorded
	}
}

// stepRecord is one side of an audit row of a review: one draft, or several with those that the step added.
type stepRecord struct {
	draftRecord
	Drafts []draftRecord `json:"drafts,omitempty"`
	Added  []draftRecord `json:"added,omitempty"`
}

// list is the one draft or the several.
func (r stepRecord) list() []draftRecord {
	if r.ID != 0 {
		return []draftRecord{r.draftRecord}
	}
	return r.Drafts
}

// readStep reads one side of an audit row; an empty one holds nothing.
func readStep(text string) (stepRecord, error) {
	var r stepRecord
	if text == "" {
		return r, nil
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return r, fmt.Errorf("read audit row: %w", err)
	}
	return r, nil
}

// draftsRecord is one side of an audit row about several drafts.
type draftsRecord struct {
	Drafts []draftRecord `json:"drafts"`
	Added  []draftRecord `json:"added,omitempty"`
}
