package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const seriesColumns = "x.id, x.task_id, x.rule, x.ahead, x.until, x.settled, x.ended_on, x.ended_by, x.reason, x.version"

func readSeries(r scanner) (tasks.Series, error) {
	var x tasks.Series
	err := r.Scan(&x.ID, &x.TaskID, &x.Rule, &x.Ahead, day{&x.Until}, day{&x.Settled}, day{&x.EndedOn}, ref{&x.EndedBy}, &x.Reason, &x.Version)
	return x, err
}

// TaskSeries implements tasks.SeriesReader.
func (tx *Tx) TaskSeries(taskID int64) (tasks.Series, error) {
	return one(tx, readSeries, "SELECT "+seriesColumns+" FROM series x WHERE x.task_id = $1"+tx.lock, taskID)
}

// Series implements tasks.SeriesReader.
func (tx *Tx) Series(id int64) (tasks.Series, error) {
	return one(tx, readSeries, "SELECT "+seriesColumns+" FROM series x WHERE x.id = $1"+tx.lock, id)
}

// PeekSeries implements notify.ComposeReader: others may change it meanwhile.
func (tx *Tx) PeekSeries(id int64) (tasks.Series, error) {
	return one(tx, readSeries, "SELECT "+seriesColumns+" FROM series x WHERE x.id = $1", id)
}

// JoinPeriod implements tasks.SeriesWriter.
func (tx *Tx) JoinPeriod(assignmentID, seriesID int64, p tasks.Period) error {
	return tx.touch("UPDATE assignments SET series_id = $1, period_since = $2, period_due = $3, period_span = $4 WHERE id = $5",
		seriesID, p.Since.String(), p.Due.String(), textValue(string(p.Span)), assignmentID)
}

// LastingSeries implements tasks.SeriesReader.
func (tx *Tx) LastingSeries(after int64, limit int) ([]tasks.Series, error) {
	return all(tx, readSeries, "SELECT "+seriesColumns+` FROM series x JOIN tasks t ON t.id = x.task_id JOIN documents d ON d.id = t.document_id
		WHERE x.ended_on IS NULL AND x.id > $1 AND d.state = $2 ORDER BY x.id LIMIT $3`, after, string(tasks.DocumentIssued), limit)
}

// DocumentSeries implements tasks.SeriesReader.
func (tx *Tx) DocumentSeries(documentID int64) ([]tasks.Series, error) {
	return all(tx, readSeries, "SELECT "+seriesColumns+` FROM series x JOIN tasks t ON t.id = x.task_id
		WHERE t.document_id = $1 ORDER BY x.id`+tx.lockOf("x"), documentID)
}

// NewestPeriod implements tasks.SeriesReader.
func (tx *Tx) NewestPeriod(seriesID int64) ([]tasks.Assignment, error) {
	rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+` FROM assignments a WHERE a.series_id = $1
		AND a.period_due = (SELECT max(n.period_due) FROM assignments n WHERE n.series_id = $1) ORDER BY a.id`, seriesID)
	return rows, tx.fillParts(rows, err)
}

// Periods implements tasks.SeriesReader.
func (tx *Tx) Periods(seriesID int64, limit int) ([]tasks.Period, error) {
	return all(tx, func(r scanner) (p tasks.Period, err error) {
		err = r.Scan(day{&p.Since}, day{&p.Due}, &p.Span)
		return p, err
	}, "SELECT since, due, span FROM series_periods WHERE series_id = $1 ORDER BY due DESC LIMIT $2", seriesID, limit)
}

// InsertSeries implements tasks.SeriesWriter.
func (tx *Tx) InsertSeries(x tasks.Series) (int64, error) {
	return tx.insert("INSERT INTO series (task_id, rule, ahead, until, settled, ended_on, ended_by, reason, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
		x.TaskID, x.Rule, x.Ahead, dayValue(x.Until), x.Settled.String(), dayValue(x.EndedOn), refValue(x.EndedBy), x.Reason)
}

// UpdateSeries implements tasks.SeriesWriter.
func (tx *Tx) UpdateSeries(x tasks.Series) error {
	return tx.versioned("series", x.ID, `UPDATE series SET task_id = $1, rule = $2, ahead = $3, until = $4, settled = $5, ended_on = $6, ended_by = $7,
		reason = $8, version = version + 1 WHERE id = $9 AND version = $10`,
		x.TaskID, x.Rule, x.Ahead, dayValue(x.Until), x.Settled.String(), dayValue(x.EndedOn), refValue(x.EndedBy), x.Reason, x.ID, x.Version)
}

// InsertPeriod implements tasks.SeriesWriter: of two that open one period at the same time the second finds it there.
func (tx *Tx) InsertPeriod(seriesID int64, p tasks.Period, opened calendar.Date) (bool, error) {
	n, err := tx.affect(`INSERT INTO series_periods (series_id, due, since, span, opened_on) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (series_id, due) DO NOTHING`, seriesID, p.Due.String(), p.Since.String(), string(p.Span), opened.String())
	return n == 1, err
}
