package tasks

import "slices"

// A restricted duty (nhiệm vụ hạn chế) is an ordinary one whose words are not for everybody: what it says, what was reported and said on it,
// and its files are for the secretariat, leaders, and the agencies that have a part in it. Others learn its number, and that it is there. No
// mail and no calendar tells more than number, day and address, to nobody: they are kept where nobody knows who reads them. State secrets
// are another matter: their documents are refused (Luật 117/2025/QH15, article 5).

// EventRestricted and EventUnrestricted name, behind "assignment.", the steps that set the mark and lift it.
const (
	EventRestricted   = "restricted"
	EventUnrestricted = "unrestricted"
)

// RestrictedReader tells where restricted duties are.
type RestrictedReader interface {
	// RestrictedBeyond tells whether the document has a restricted duty in which none of the agencies has a part.
	RestrictedBeyond(documentID int64, agencies []int64) (bool, error)
	// DocumentAgencies lists the agencies that have a part in an assignment of the document, by identifier.
	DocumentAgencies(documentID int64) ([]int64, error)
}

// RestrictedWriter sets and lifts the mark.
type RestrictedWriter interface {
	// SetRestricted marks a duty, with the draft from which it came; ErrConflict when it stands so already.
	SetRestricted(taskID int64, restricted bool) error
	// HideFromMails takes back every mail that waits, to be composed anew without the duty's words, gives up those about it that failed,
	// and erases subjects in which its words may stand.
	HideFromMails(taskID int64) error
}

// Sealed is a task as those see it who may not read it: its number, and that it is there.
func (t Task) Sealed() Task {
	return Task{ID: t.ID, DocumentID: t.DocumentID, Position: t.Position, Ref: t.Ref, Restricted: t.Restricted, Hidden: true}
}

// Sealed is a line of a list without the words of its duty: for what leaves the house, whoever it goes to.
func (r AssignmentRow) Sealed() AssignmentRow {
	r.Hidden = true
	r.Text, r.Deliverable, r.DuePhrase, r.LastReason, r.LastReport = "", "", "", "", ""
	return r
}

// Outgoing are the lines of a list for what leaves the house (mails, calendars, the annex of a report): restricted ones are sealed. The rows
// themselves may be kept by who read them and stay as they are.
func Outgoing(rows []AssignmentRow) []AssignmentRow {
	out := slices.Clone(rows)
	for i, r := range out {
		if r.Restricted {
			out[i] = r.Sealed()
		}
	}
	return out
}

// Sealed is an item as agencies see it that may not read it.
func (i ConsultationItem) Sealed() ConsultationItem {
	return ConsultationItem{ID: i.ID, Position: i.Position, Ref: i.Ref, Restricted: i.Restricted, Hidden: true}
}

// readableTasks are the tasks of a document as the actor may read them.
func readableTasks(actor Person, list []Task, assignments []Assignment) []Task {
	reads := make(map[int64]bool)
	for _, a := range assignments {
		if actor.CanOn(ActionRestrictedRead, a.Leads, a.Cooperating) {
			reads[a.TaskID] = true
		}
	}
	list = slices.Clone(list)
	for i, t := range list {
		if t.Restricted && !reads[t.ID] && !actor.Can(ActionRestrictedRead) {
			list[i] = t.Sealed()
		}
	}
	return list
}

// filesClosed tells whether the files of an issued document are kept from the actor: they hold a restricted duty in which he has no part.
func filesClosed(tx RestrictedReader, actor Person, documentID int64) (bool, error) {
	own, all := actor.Scope(ActionRestrictedRead)
	if all {
		return false, nil
	}
	return tx.RestrictedBeyond(documentID, own)
}

// errFileRestricted tells those who know of a document why its file is kept from them.
func errFileRestricted() error { return E(CodeForbidden, "document.file_restricted") }

// readableItems are the items of a consultation as one who answers for the agencies may read them, with what was said on those alone.
func readableItems(actor Person, own []int64, items []ConsultationItem, said []ConsultationComment) ([]ConsultationItem, []ConsultationComment) {
	if actor.Can(ActionRestrictedRead) {
		return items, said
	}
	hidden := make(map[int64]bool)
	items = slices.Clone(items)
	for i, item := range items {
		if item.Restricted && !intersects(item.Parties, own) {
			items[i], hidden[item.ID] = item.Sealed(), true
		}
	}
	return items, slices.DeleteFunc(slices.Clone(said), func(c ConsultationComment) bool { return hidden[c.ItemID] })
}

// draftFilesClosed tells whether the files that go along with a consultation are kept from one who answers for the agencies: they may hold
// each duty of the draft, as it was asked about or as it is by now.
func draftFilesClosed(tx DocumentReader, actor Person, own []int64, c Consultation, items []ConsultationItem) (bool, error) {
	if actor.Can(ActionRestrictedRead) || c.DocumentID == 0 || len(c.Files) == 0 {
		return false, nil
	}
	for _, item := range items {
		if item.Restricted && !intersects(item.Parties, own) {
			return true, nil
		}
	}
	drafts, err := tx.Drafts(c.DocumentID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(drafts, func(d Draft) bool {
		return d.Restricted && !intersects(d.LeadAgencies(), own) && !intersects(d.CooperatingAgencies(), own)
	}), nil
}
