package web

import (
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// assignmentBuilder makes the page of an assignment from what the service read.
type assignmentBuilder struct {
	*Server
	w        *templates.Words
	actor    tasks.Person
	v        tasks.AssignmentView
	try      attempt
	errors   fieldErrors
	today    calendar.Date
	problems []templates.Problem
}

func (b *assignmentBuilder) page() assignmentPage {
	a := b.v.Assignment
	p := assignmentPage{
		Restricted: b.v.Task.Restricted,
		Crumbs:     b.crumbs(), Headline: dutyTitle(b.v.Task.Text), Timeliness: b.v.Timeliness, State: a.State,
		Source: b.source(), Facts: b.facts(),
	}
	p.Due, p.Missed = b.due()
	switch tasks.CodeOf(b.try.err) {
	case tasks.CodeConflict:
		b.problems = append(b.problems, templates.Problem{Text: b.w.T("duty.conflict", b.w.T("state."+string(a.State)))})
	case tasks.CodeStorageFull, tasks.CodeUnavailable:
		b.problems = append(b.problems, templates.Problem{Text: b.explain(b.actor, b.try.err)})
	}
	p.Remarks = b.remarkCard()
	p.Contributions = b.contributionCard()
	b.forms(&p)
	p.Life = b.lifeCard()
	waiting, waits := b.v.Waiting()
	for _, r := range b.v.Reports {
		// The one that waits for this person's decision stands at the top of the page.
		if p.Approval != nil && r.Outcome == tasks.OutcomeAtHead {
			continue
		}
		if !waits || p.Waiting == nil || r.ID != waiting.ID {
			p.Reports = append(p.Reports, b.report(r))
		}
	}
	return p
}

// crumbs lead back to where the person works, and to the document.
func (b *assignmentBuilder) crumbs() []templates.Action {
	var first templates.Action
	switch {
	case b.actor.Can(tasks.ActionDecide) && b.v.Assignment.State == tasks.StateSubmitted:
		first = templates.Action{Href: "/inbox", Label: b.w.T("nav.inbox")}
	case hasAgency(b.actor):
		first = templates.Action{Href: "/mine", Label: b.w.T("nav.mine")}
	default:
		first = templates.Action{Href: "/assignments", Label: b.w.T("nav.assignments")}
	}
	d := b.v.Document
	crumbs := []templates.Action{first, {Href: documentHref(d.ID), Label: documentLabel(b.w, d.Kind, d.Number)}}
	if ref := b.v.Task.Ref; ref != "" {
		crumbs = append(crumbs, templates.Action{Label: b.w.T("duty.item", spokenRef(b.w, ref))})
	}
	return crumbs
}

// due says the deadline with its distance and the document's own words, or the cadence with its next report and one that is missing.
func (b *assignmentBuilder) due() (due, missed string) {
	a, w := b.v.Assignment, b.w
	written := ""
	if phrase := b.v.Task.Written.Phrase; phrase != "" {
		written = w.T("duty.as_written", phrase)
	}
	if !a.Due.IsZero() {
		due = w.T("duty.deadline", longDate(w, a.Due))
		if a.State.Open() {
			due = w.T("duty.deadline_distance", longDate(w, a.Due), distanceWords(w, b.Rules.Calendar, b.today, a.Due))
		}
		return join(due, written), ""
	}
	due = w.T("duty.cadence", cadenceWords(w, a.Cadence))
	if !a.State.Open() {
		return join(due, written), ""
	}
	if n, ok := tasks.MissedCadence(b.v.Notes, b.today); ok {
		missed = w.T("duty.missed_distance", n.Due, distanceWords(w, b.Rules.Calendar, b.today, n.Due))
	}
	for _, n := range b.v.Notes {
		if n.ReportID == 0 && !n.Due.Before(b.today) {
			due = w.T("duty.cadence_next", cadenceWords(w, a.Cadence), longDate(w, n.Due), distanceWords(w, b.Rules.Calendar, b.today, n.Due))
			break
		}
	}
	return join(due, written), missed
}

func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

func (b *assignmentBuilder) facts() []templates.Fact {
	a, t, d, w := b.v.Assignment, b.v.Task, b.v.Document, b.w
	lead := templates.Fact{Label: w.T("part.lead"), Text: agencyNames(w, b.v.Agencies, a.Leads)}
	if len(a.Leads) > 1 {
		lead.Label, lead.Note = w.T("part.joint_lead"), w.T("duty.joint_note")+"; "+b.jointNote()
	}
	facts := []templates.Fact{lead}
	if len(a.Cooperating) > 0 {
		facts = append(facts, templates.Fact{Label: w.T("part.cooperating"), Text: agencyNames(w, b.v.Agencies, a.Cooperating)})
	}
	facts = append(facts, b.lifeFacts()...)
	if t.Deliverable != "" {
		facts = append(facts, templates.Fact{Label: w.T("duty.deliverable"), Text: t.Deliverable})
	}
	if len(t.Criteria) > 0 {
		facts = append(facts, templates.Fact{Label: w.T("duty.criteria"), Text: strings.Join(t.Criteria, "; ")})
	}
	facts = append(facts, templates.Fact{Label: w.T("duty.progress"), Text: w.T("duty.percent", a.Percent)})
	if !a.Due.IsZero() {
		first := templates.Fact{Label: w.T("duty.first_due"), Text: w.T("duty.day", a.First()), Note: w.T("duty.due_unchanged")}
		if a.Due != a.First() {
			first.Note = w.T("duty.due_changed", a.Due)
		}
		facts = append(facts, first, b.extensionFact())
	}
	facts = append(facts, b.remarkFacts()...)
	facts = append(facts, b.letterFacts()...)
	facts = append(facts, b.confirmFacts()...)
	facts = append(facts, b.seriesFacts()...)
	facts = append(facts, restrictedFacts(w, b.actor, t)...)
	facts = append(facts, reminderFacts(w, b.actor.Can(tasks.ActionOwnLadder), tasks.Subject{Kind: tasks.SubjectTask, ID: t.ID})...)
	if a.Cadence != "" {
		facts = append(facts, templates.Fact{Label: w.T("duty.cadence_label"), Text: capitalised(cadenceWords(w, a.Cadence))})
	}
	document := templates.Fact{Label: w.T("duty.document"), Text: documentLabel(w, d.Kind, d.Number), Href: documentHref(d.ID)}
	if !d.Date.IsZero() {
		document.Note = w.T("duty.dated", d.Date)
	}
	facts = append(facts, followerFacts(w, b.actor, b.v.People, a.Followers, assignmentHref(a.ID)+"/followers")...)
	return append(facts, document, templates.Fact{Label: w.T("duty.assigned"), Text: w.T("duty.day", b.Rules.Day(a.AssignedAt))})
}

// sourceQuote is the duty's place in its document: its sentence with who and when marked, between the words around it.
type sourceQuote struct {
	Href         string
	Heading      []sourcePart
	Before       [][]sourcePart
	Lead, Follow string // of the same paragraph, around the sentence
	Parts        []sourcePart
	Cells        []sourceCell // of a table: its row in place of the sentence
	After        []string
}

func (b *assignmentBuilder) source() sourceQuote {
	t := b.v.Task
	words := []string{t.Written.Phrase}
	for _, ids := range [][]int64{b.v.Assignment.Leads, b.v.Assignment.Cooperating} {
		for _, id := range ids {
			words = append(words, b.v.Agencies[id].Name)
		}
	}
	q := sourceQuote{Href: sourceHref(documentHref(b.v.Document.ID), t.Source), Heading: marked(t.Section, words), Parts: marked(t.Text, words)}
	found := false
	for _, block := range b.v.Source {
		switch {
		case block.Block == t.Source.Block:
			found = true
			for _, row := range block.Rows {
				for _, cell := range row.Cells {
					q.Cells = append(q.Cells, sourceCell{Parts: marked(cell.Text, words), Span: max(cell.Span, 1)})
				}
			}
			if before, after, ok := strings.Cut(block.Text, t.Text); ok {
				q.Lead, q.Follow = strings.TrimSpace(before), strings.TrimSpace(after)
			} else if block.Text != "" {
				q.Parts = marked(block.Text, words)
			}
		case found:
			q.After = append(q.After, excerpt(block.Text, 300))
		default:
			q.Before = append(q.Before, marked(excerpt(block.Text, 300), words))
			if directory.Fold(block.Text) == directory.Fold(t.Section) {
				q.Heading = nil // the heading itself stands there
			}
		}
	}
	return q
}
