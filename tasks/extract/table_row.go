package extract

import "strings"

func (t *dutyTable) row(i int) {
	if t.repeatedHead(i) || t.blank(i) {
		return
	}
	number, numberAbove := t.text(i, roleNumber)
	duty, dutyAbove := t.text(i, roleTask)
	lead, leadAbove := t.text(i, roleLead)
	due := t.due(i)
	with, _ := t.text(i, roleCooperating)
	if _, ok := t.find(roleNumber); ok && number != "" && !rowNumber.MatchString(number) && len(number) > 8 {
		if distinct(t.rows[i]) == 1 {
			t.setSection(number)
		} else {
			t.broken(i)
		}
		return
	}
	if distinct(t.rows[i]) == 1 || t.sectionRow(i, number, duty, lead, due, with) {
		t.setSection(squeeze(number + " " + firstOf(duty, longest(t.rows[i]))))
		return
	}
	if numberAbove && dutyAbove && len(t.tasks) > 0 && duty != "" {
		t.join(i, lead, leadAbove, with)
		return
	}
	t.add(i, number, duty, lead, with, due)
}

// sectionRow reports whether a row is a heading inside the table: words in the
// duty's column and nobody, nothing and no time beside them.
func (t *dutyTable) sectionRow(i int, number, duty, lead, due, with string) bool {
	if duty == "" || lead != "" && lead != duty || due != "" && due != duty || with != "" && with != duty {
		return false
	}
	if lead == duty || due == duty {
		return true
	}
	return !plainNumber.MatchString(number) || t.parentNumber(i, number)
}

// parentNumber reports whether the next row's number goes on this one's: "1",
// then "1.1".
func (t *dutyTable) parentNumber(i int, number string) bool {
	if i+1 >= len(t.rows) {
		return false
	}
	next, _ := t.text(i+1, roleNumber)
	return strings.HasPrefix(next, strings.TrimRight(number, ".")+".") && len(next) > len(number)
}

func (t *dutyTable) setSection(s string) {
	t.section = s
	_, words := readMark(s)
	t.holder = nil
	d := newDuty(words)
	if d.nameAlone() {
		t.holder, _ = cellNames(words)
		return
	}
	if l, ok := d.order(0, len(d.n.ts)); ok {
		t.holder = l.names
	} else if k := orderVerbs.match(d.n.ts, 0); k > 0 {
		t.holder, _ = d.n.list(k)
	} else if i := strings.Index(words, " giao "); i > 0 {
		rest := newDuty(words[i+len(" giao "):])
		t.holder, _ = rest.n.list(0)
	}
}

// broken takes a row whose first cell, where a number should be, holds words: the
// second half of a row whose merging was lost. It keeps its own agencies and has
// the deadline of the row above.
func (t *dutyTable) broken(i int) {
	cells := t.rows[i].Cells
	lead, with := "", ""
	if len(cells) > 1 {
		lead = cells[1].Text
	}
	if len(cells) > 2 {
		with = cells[2].Text
	}
	if len(t.tasks) == 0 {
		return
	}
	above := t.tasks[len(t.tasks)-1]
	t.add(i, "", strings.TrimSpace(cells[0].Text), lead, with, above.Due.Phrase)
	last := &t.tasks[len(t.tasks)-1]
	last.Ref = above.Ref
	ds := doubts(last.Doubts)
	ds.add(DoubtRowPart, firstWords(cells[0].Text, 12))
	last.Doubts = ds
}

// join adds a further row of the same number to its task.
func (t *dutyTable) join(i int, lead string, leadAbove bool, with string) {
	last := &t.tasks[len(t.tasks)-1]
	ds := doubts(last.Doubts)
	if !leadAbove && lead != "" {
		names, _ := cellNames(lead)
		for _, n := range names {
			if !has(last.Lead, n) {
				last.Lead = append(last.Lead, n)
			}
		}
	}
	names, _ := cellNames(with)
	for _, n := range names {
		if !has(last.Cooperating, n) && !has(last.Lead, n) {
			last.Cooperating = append(last.Cooperating, n)
		}
	}
	if product, above := t.text(i, roleDeliverable); !above && product != "" && !strings.Contains(last.Deliverable, product) {
		last.Deliverable = strings.TrimLeft(last.Deliverable+"; "+product, "; ")
	}
	ds.add(DoubtRowMerged, firstWords(last.Text, 12))
	last.Doubts = ds
}

// add makes the task of row i.
func (t *dutyTable) add(i int, number, duty, lead, with, due string) {
	task := Task{Ref: strings.TrimRight(number, ". )"), Section: firstOf(t.section, t.title), Source: Place{File: t.file, Part: PartTable, Block: t.Index, Row: t.rows[i].Number}}
	var ds doubts
	if t.grouped {
		if c := t.at(i, t.group); c != nil && c.Text != "" {
			task.Section = squeeze(c.Text)
		}
	}
	task.Text = t.words(i, duty)
	if task.Text == "" {
		if lead == "" && due == "" {
			return
		}
		task.Text = t.section
		ds.add(DoubtNoText)
	}
	if task.Text == "" {
		return
	}
	if f, ok := cellFields(lead); ok {
		lead, with = f.lead, firstOf(with, f.cooperating)
	}
	if leads, others, ok := shared(lead); ok {
		task.Lead, task.Cooperating = leads, others
	} else {
		task.Lead = t.leads(lead, task.Text, &ds)
	}
	if with != "" && with != lead {
		names, _ := cellNames(with)
		task.Cooperating = append(task.Cooperating, names...)
	}
	if _, ok := t.find(roleCooperating); !ok && len(task.Cooperating) == 0 {
		task.Cooperating = cooperating(task.Text, task.Lead)
	}
	var found []Doubt
	if _, ok := t.find(roleDue); ok && due != "" {
		task.Due, found = ReadDeadline(due, t.anchor)
	} else {
		task.Due, found = deadlineIn(task.Text, t.anchor)
	}
	ds = append(ds, found...)
	for _, col := range t.having(roleDeliverable) {
		if c := t.at(i, col); c != nil && c.Text != "" && !strings.Contains(task.Deliverable, c.Text) {
			task.Deliverable = strings.TrimLeft(task.Deliverable+"; "+squeeze(c.Text), "; ")
		}
	}
	for _, col := range t.having(roleCriteria) {
		if c := t.at(i, col); c != nil {
			for line := range strings.SplitSeq(c.Text, "\n") {
				if line = squeeze(line); line != "" {
					task.Criteria = append(task.Criteria, line)
				}
			}
		}
	}
	if t.doubt {
		ds.add(DoubtColumns, t.heads[first(t.find(roleTask))])
	}
	task.Doubts = ds
	t.tasks = append(t.tasks, task)
}

func first(n int, _ bool) int { return n }

// words joins the columns of the duty, when it has more than one.
func (t *dutyTable) words(i int, duty string) string {
	out := duty
	for k, col := range t.having(roleTask) {
		if c := t.at(i, col); k > 0 && c != nil && c.Text != "" && !strings.Contains(out, c.Text) {
			out = strings.TrimSpace(out + "\n" + c.Text)
		}
	}
	return out
}

// leads reads the column of the leads, else the section's row, else the duty.
func (t *dutyTable) leads(cell, text string, ds *doubts) []string {
	if strings.Trim(cell, " -–.") != "" {
		list, ok := cellNames(cell)
		if !ok {
			ds.add(DoubtLeadUnread, squeeze(cell))
		}
		return list
	}
	if len(t.holder) > 0 {
		ds.add(DoubtLeadHeading, t.section)
		return append([]string{}, t.holder...)
	}
	if l := newDuty(text).own(false); len(l.names) > 0 {
		ds.add(DoubtLeadSentence, l.names...)
		return l.names
	}
	ds.add(DoubtNoLead)
	return nil
}
