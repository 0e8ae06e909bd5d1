package tasks

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Since lists what was done to an assignment after the given version of it, the newest first, as far as the actor may see it: so that whoever
// was overtaken reads what the other did. Of a version that is still the newest, and of version 0, there is nothing to tell.
func (s *Assignments) Since(ctx context.Context, actor Person, id, version int64) ([]AuditEntry, error) {
	var rows []AuditEntry
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		a, err := visible(tx, actor, id)
		if err != nil || version == 0 || version >= a.Version {
			return err
		}
		trail, err := tx.Trail(Subject{SubjectAssignment, id}, 200)
		if err != nil {
			return err
		}
		rows, err = seenTrail(tx, actor, a, since(trail, a.Version-version))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("changes of assignment %d since version %d: %w", id, version, err)
	}
	return rows, nil
}

// since takes from the trail, the newest first, what the last so many versions were made by.
func since(trail []AuditEntry, versions int64) []AuditEntry {
	end := 0
	for i, e := range trail {
		if i > 0 && sameStep(trail[i-1], e) {
			end = i + 1
			continue
		}
		if versions == 0 {
			break
		}
		if makesVersion(e) {
			versions--
			end = i + 1
		}
	}
	return trail[:end]
}

// beside are actions that leave the assignment's version as it is.
var beside = []string{"assignment." + EventNudged, "assignment." + EventRestricted, "assignment." + EventUnrestricted, "assignment." + EventReminders}

func makesVersion(e AuditEntry) bool { return !slices.Contains(beside, e.Action) }

// among are actions that go along with another one, which is told after them in the same transaction.
var among = []string{"assignment.extension_lapsed", "assignment.decline_lapsed", "assignment.approval_lapsed"}

// sameStep tells whether of two rows, of which the second is the elder, both are of one step: a request that lapses by what was decided, or
// what was said to several agencies at once.
func sameStep(newer, elder AuditEntry) bool {
	if !newer.At.Equal(elder.At) || newer.ActorID != elder.ActorID {
		return false
	}
	return slices.Contains(among, elder.Action) || aboutPart(newer) && newer.Action == elder.Action
}

// seenTrail leaves of an assignment's trail what the actor may see.
func seenTrail(tx AssignmentReader, actor Person, a Assignment, trail []AuditEntry) ([]AuditEntry, error) {
	if !seesParts(actor, a) {
		own := actor.AgencyIDs(RoleFocal, RoleHead)
		trail = slices.DeleteFunc(trail, func(e AuditEntry) bool { return aboutPart(e) && !slices.Contains(own, e.AgencyID) })
	}
	if seesWords(actor, a) || !slices.ContainsFunc(trail, aboutWord) {
		return trail, nil
	}
	words, err := tx.Remarks(a.ID)
	return slices.DeleteFunc(trail, func(e AuditEntry) bool {
		return aboutWord(e) && !slices.ContainsFunc(words, func(r Remark) bool { return r.ID == wordOf(e) && seesWord(actor, a, r) })
	}), err
}

// aboutWord tells whether a row of the trail is about a leader's word.
func aboutWord(e AuditEntry) bool {
	step, ok := strings.CutPrefix(e.Action, "assignment.")
	return ok && strings.HasPrefix(step, "remark_")
}

// wordOf is the word that such a row is about; 0 when it does not say.
func wordOf(e AuditEntry) int64 {
	var after struct{ Remark int64 }
	if err := json.Unmarshal([]byte(e.After), &after); err != nil {
		return 0
	}
	return after.Remark
}
