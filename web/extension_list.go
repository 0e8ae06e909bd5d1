package web

import (
	"context"

	"tiendo/tasks"
	"tiendo/templates"
)

// extensionList is what waits for a decision on a later deadline.
type extensionList struct {
	Rows []inboxRow
	More *templates.Action
}

// shownExtensions is how many requests a page shows.
const shownExtensions = 20

// extensionList lists the requests on which the person may decide, the oldest first, behind the one with the identifier after.
func (s *Server) extensionList(ctx context.Context, d dutyRows, href string, after int64) (extensionList, error) {
	waiting, more, err := s.Assignments.WaitingExtensions(ctx, d.actor, after, shownExtensions)
	if err != nil {
		return extensionList{}, err
	}
	var list extensionList
	for _, x := range waiting {
		row := d.row(x.Row)
		row.Href = deadlineHref(x.AssignmentID)
		row.Action = &templates.Action{Href: row.Href + "#decide", Label: d.w.T("deadline.do_decide")}
		row.Meta = append([]string{d.w.T("deadline.row", x.Was, x.Asked)}, row.Meta...)
		list.Rows = append(list.Rows, inboxRow{TaskRow: row, Report: excerpt(x.Reason, 240)})
	}
	if more {
		last := waiting[len(waiting)-1].ID
		list.More = &templates.Action{Href: href + "?asked_after=" + idText(last), Label: d.w.T("deadline.more"), Quiet: true}
	}
	return list, nil
}

// extensionFact says how often the deadline was extended and what waits, and leads to the page about it.
func (b *assignmentBuilder) extensionFact() templates.Fact {
	w := b.w
	times := tasks.GrantedExtensions(b.v.Extensions)
	f := templates.Fact{Label: w.T("deadline.fact"), Text: w.T("deadline.times", times), Href: deadlineHref(b.v.Assignment.ID)}
	if x, waits := b.v.WaitingExtension(); waits {
		f.Note = w.T("deadline.waits", x.Asked)
		return f
	}
	if b.v.MayReport && b.v.Assignment.State.Open() {
		f.Text, f.Note = w.T("deadline.may_ask"), w.T("deadline.never")
		if times > 0 {
			f.Note = w.T("deadline.extended", times)
		}
	}
	return f
}
