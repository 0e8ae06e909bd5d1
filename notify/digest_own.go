package notify

import (
	"fmt"

	"tiendo/tasks"
)

// ownLate are the worst overdue duties that the leader is in charge of himself, as they stand today: the first section of his digest.
// ok is false when there are none.
func (p *pass) ownLate(tx ComposeReader, to addressee) (section Brief, ok bool, err error) {
	page, err := tx.Assignments(tasks.AssignmentQuery{
		Leader: to.follower(), Timeliness: tasks.Overdue, Today: p.today, SoonUntil: p.rules.SoonUntil(p.today), Sort: tasks.SortUrgent, Limit: tasks.WorstLate,
	})
	if err != nil || len(page.Rows) == 0 {
		return Brief{}, false, err
	}
	var late []tasks.LateRow
	for _, row := range page.Rows {
		late = append(late, tasks.LateRow{AssignmentRow: row, DaysLate: p.rules.Calendar.WorkingDays(row.Due, p.today)})
	}
	lines, err := p.briefs(tx, to, late)
	if err != nil {
		return Brief{}, false, fmt.Errorf("duties in the charge of person %d: %w", to.follower(), err)
	}
	return Brief{Title: to.words.T("mail.digest.own_late", page.Total), Lines: lines}, true, nil
}
