package store

import (
	"slices"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const consultationColumns = `c.id, c.document_id, c.kind, c.number, c.subject, c.title, c.note, c.due, c.files, c.opened_by, c.opened_at,
	c.opened_on, c.closed_by, c.closed_at, c.closed_because, c.due_set_on, c.published_by, c.published_at, c.version`

func consultationFields(c *tasks.Consultation) []any {
	return []any{&c.ID, ref{&c.DocumentID}, &c.Kind, &c.Number, &c.Subject, &c.Title, &c.Note, day{&c.Due}, list[int64]{&c.Files}, ref{&c.OpenedBy},
		instant{&c.OpenedAt}, day{&c.OpenedOn}, ref{&c.ClosedBy}, instant{&c.ClosedAt}, &c.Closed, day{&c.DueSetOn}, ref{&c.PublishedBy}, instant{&c.PublishedAt}, &c.Version}
}

func readConsultation(r scanner) (tasks.Consultation, error) {
	var c tasks.Consultation
	err := r.Scan(consultationFields(&c)...)
	return c, err
}

// Consultation implements tasks.ConsultationReader and notify.ComposeReader.
func (tx *Tx) Consultation(id int64) (tasks.Consultation, error) {
	return one(tx, readConsultation, "SELECT "+consultationColumns+" FROM consultations c WHERE c.id = $1"+tx.lock, id)
}

// DocumentConsultations implements tasks.ConsultationReader.
func (tx *Tx) DocumentConsultations(documentID int64) ([]tasks.Consultation, error) {
	return all(tx, readConsultation, "SELECT "+consultationColumns+" FROM consultations c WHERE c.document_id = $1 ORDER BY c.id DESC", documentID)
}

// ConsultationItems implements tasks.ConsultationReader.
func (tx *Tx) ConsultationItems(id int64) ([]tasks.ConsultationItem, error) {
	return all(tx, func(r scanner) (i tasks.ConsultationItem, err error) {
		err = r.Scan(&i.ID, &i.Position, &i.DraftID, &i.Ref, &i.Section, &i.Text, &i.Deliverable, &i.Leads, &i.Cooperating, &i.Phrase, day{&i.Due}, &i.Cadence, yes{&i.Restricted}, list[int64]{&i.Parties})
		return i, err
	}, `SELECT id, position, draft_id, ref, section, text, deliverable, leads, cooperating, phrase, due, cadence, restricted, parties FROM consultation_items
		WHERE consultation_id = $1 ORDER BY position, id`, id)
}

const answerColumns = `a.consultation_id, a.agency_id, a.number, a.saved_by, a.saved_at, a.sent_on, a.sent_at, a.asked_on, a.asked_why,
	a.letter_on, a.recorded_by, a.version`

func answerFields(a *tasks.ConsultationAnswer) []any {
	return []any{&a.ConsultationID, &a.AgencyID, &a.Number, ref{&a.SavedBy}, instant{&a.SavedAt}, day{&a.SentOn}, instant{&a.SentAt},
		day{&a.AskedOn}, &a.AskedWhy, day{&a.LetterOn}, ref{&a.RecordedBy}, &a.Version}
}

// ConsultationAnswers implements tasks.ConsultationReader and notify.ComposeReader.
func (tx *Tx) ConsultationAnswers(id int64) ([]tasks.ConsultationAnswer, error) {
	return all(tx, func(r scanner) (a tasks.ConsultationAnswer, err error) {
		err = r.Scan(answerFields(&a)...)
		return a, err
	}, "SELECT "+answerColumns+" FROM consultation_answers a WHERE a.consultation_id = $1 ORDER BY a.agency_id", id)
}

// ConsultationComments implements tasks.ConsultationReader.
func (tx *Tx) ConsultationComments(id, agencyID int64) ([]tasks.ConsultationComment, error) {
	var w where
	w.and("m.consultation_id = " + w.arg(id))
	if agencyID != 0 {
		w.and("m.agency_id = " + w.arg(agencyID))
	}
	return all(tx, func(r scanner) (c tasks.ConsultationComment, err error) {
		err = r.Scan(&c.ID, &c.ConsultationID, &c.AgencyID, ref{&c.ItemID}, &c.Stance, &c.Text, &c.Reply, &c.ReplyText, &c.ReplyTo,
			ref{&c.RepliedBy}, instant{&c.RepliedAt}, &c.Version)
		return c, err
	}, `SELECT m.id, m.consultation_id, m.agency_id, m.item_id, m.stance, m.text, m.reply, m.reply_text, m.reply_to, m.replied_by, m.replied_at,
		m.version FROM consultation_comments m LEFT JOIN consultation_items i ON i.id = m.item_id`+w.String()+
		" ORDER BY (m.item_id IS NULL), i.position, i.id, m.agency_id", w.args...)
}

// Consultations implements tasks.ConsultationReader.
func (tx *Tx) Consultations(q tasks.ConsultationQuery) ([]tasks.ConsultationRow, error) {
	const (
		asked = "(SELECT count(*) FROM consultation_answers n WHERE n.consultation_id = c.id)"
		sent  = "(SELECT count(*) FROM consultation_answers n WHERE n.consultation_id = c.id AND n.sent_on IS NOT NULL)"
		open  = "c.closed_because = ''" // written out, so that the partial index serves
	)
	var w where
	columns, from, order := consultationColumns+", "+asked+", "+sent, " FROM consultations c", " ORDER BY c.id DESC"
	if q.Agencies != nil {
		columns, from = consultationColumns+", "+answerColumns, from+" JOIN consultation_answers a ON a.consultation_id = c.id"
		order += ", a.agency_id"
		w.and("a.agency_id IN " + in(&w, q.Agencies))
	}
	if q.Open || q.Ripe {
		w.and(open)
	}
	if q.Ripe {
		w.and("(c.due < " + w.arg(q.Today.String()) + " OR NOT EXISTS (SELECT 1 FROM consultation_answers n WHERE n.consultation_id = c.id AND n.sent_on IS NULL))")
	}
	if q.After != 0 {
		w.and("c.id < " + w.arg(q.After))
	}
	query := "SELECT " + columns + from + w.String() + order + " LIMIT " + w.arg(q.Limit)
	return all(tx, func(r scanner) (tasks.ConsultationRow, error) {
		var row tasks.ConsultationRow
		dest := consultationFields(&row.Consultation)
		if q.Agencies != nil {
			dest = append(dest, answerFields(&row.Own)...)
		} else {
			dest = append(dest, &row.Asked, &row.Sent)
		}
		err := r.Scan(dest...)
		return row, err
	}, query, w.args...)
}

// InsertConsultation implements tasks.ConsultationWriter.
func (tx *Tx) InsertConsultation(c tasks.Consultation, items []tasks.ConsultationItem, agencies []int64) (int64, error) {
	files, err := listValue(c.Files)
	if err != nil {
		return 0, err
	}
	id, err := tx.insert(`INSERT INTO consultations (document_id, kind, number, subject, title, note, due, files, opened_by, opened_at, opened_on,
		closed_because, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
		refValue(c.DocumentID), string(c.Kind), c.Number, c.Subject, c.Title, c.Note, c.Due.String(), files, refValue(c.OpenedBy),
		c.OpenedAt.UnixMilli(), c.OpenedOn.String(), string(c.Closed))
	if err != nil {
		return 0, err
	}
	var values []any
	for _, i := range items {
		named, err := listValue(i.Parties)
		if err != nil {
			return 0, err
		}
		values = append(values, id, i.Position, i.DraftID, i.Ref, i.Section, i.Text, i.Deliverable, i.Leads, i.Cooperating, i.Phrase, dayValue(i.Due), i.Cadence,
			yesValue(i.Restricted), named)
	}
	if err := tx.insertRows(`consultation_items (consultation_id, position, draft_id, ref, section, text, deliverable, leads, cooperating, phrase, due,
		cadence, restricted, parties)`, 14, values); err != nil {
		return 0, err
	}
	values = nil
	for _, agency := range agencies {
		values = append(values, id, agency, "", 1)
	}
	return id, tx.insertRows("consultation_answers (consultation_id, agency_id, number, version)", 4, values)
}

// AddAskedAgencies implements tasks.ConsultationWriter.
func (tx *Tx) AddAskedAgencies(id int64, agencies []int64, on calendar.Date, why string) error {
	var values []any
	for _, agency := range agencies {
		values = append(values, id, agency, "", on.String(), why, 1)
	}
	return tx.insertRows("consultation_answers (consultation_id, agency_id, number, asked_on, asked_why, version)", 6, values)
}

// UpdateConsultation implements tasks.ConsultationWriter.
func (tx *Tx) UpdateConsultation(c tasks.Consultation) error {
	return tx.versioned("consultations", c.ID, `UPDATE consultations SET note = $1, due = $2, closed_by = $3, closed_at = $4, closed_because = $5,
		due_set_on = $6, published_by = $7, published_at = $8, version = version + 1 WHERE id = $9 AND version = $10`,
		c.Note, c.Due.String(), refValue(c.ClosedBy), instantValue(c.ClosedAt), string(c.Closed), dayValue(c.DueSetOn), refValue(c.PublishedBy),
		instantValue(c.PublishedAt), c.ID, c.Version)
}

// UpdateConsultationAnswer implements tasks.ConsultationWriter.
func (tx *Tx) UpdateConsultationAnswer(a tasks.ConsultationAnswer) error {
	n, err := tx.affect(`UPDATE consultation_answers SET number = $1, saved_by = $2, saved_at = $3, sent_on = $4, sent_at = $5, letter_on = $6,
		recorded_by = $7, version = version + 1 WHERE consultation_id = $8 AND agency_id = $9 AND version = $10`,
		a.Number, refValue(a.SavedBy), instantValue(a.SavedAt), dayValue(a.SentOn), instantValue(a.SentAt), dayValue(a.LetterOn), refValue(a.RecordedBy),
		a.ConsultationID, a.AgencyID, a.Version)
	if err == nil && n == 0 {
		return tasks.ErrConflict
	}
	return err
}

// InsertConsultationComment implements tasks.ConsultationWriter.
func (tx *Tx) InsertConsultationComment(c tasks.ConsultationComment) error {
	return tx.exec(`INSERT INTO consultation_comments (consultation_id, agency_id, item_id, stance, text, reply, reply_text, reply_to, version)
		VALUES ($1, $2, $3, $4, $5, '', '', '', 1)`, c.ConsultationID, c.AgencyID, refValue(c.ItemID), string(c.Stance), c.Text)
}

// UpdateConsultationComment implements tasks.ConsultationWriter.
func (tx *Tx) UpdateConsultationComment(c tasks.ConsultationComment) error {
	return tx.versioned("consultation_comments", c.ID, `UPDATE consultation_comments SET stance = $1, text = $2, reply = $3, reply_text = $4, reply_to = $5,
		replied_by = $6, replied_at = $7, version = version + 1 WHERE id = $8 AND version = $9`,
		string(c.Stance), c.Text, string(c.Reply), c.ReplyText, c.ReplyTo, refValue(c.RepliedBy), instantValue(c.RepliedAt), c.ID, c.Version)
}

// Unanswered implements notify.JobReader.
func (tx *Tx) Unanswered(dueTo calendar.Date) ([]notify.Unanswered, error) {
	type pair struct {
		notify.Unanswered
		agency  int64
		askedOn calendar.Date
	}
	rows, err := all(tx, func(r scanner) (p pair, err error) {
		err = r.Scan(&p.ConsultationID, day{&p.Due}, day{&p.SetOn}, &p.agency, day{&p.askedOn})
		return p, err
	}, `SELECT c.id, c.due, COALESCE(c.due_set_on, c.opened_on), a.agency_id, COALESCE(a.asked_on, c.opened_on) FROM consultations c JOIN consultation_answers a ON a.consultation_id = c.id
		WHERE c.closed_because = '' AND c.due <= $1 AND a.sent_on IS NULL ORDER BY c.id, a.agency_id`, dueTo.String())
	if err != nil {
		return nil, err
	}
	var out []notify.Unanswered
	for _, p := range rows {
		i := slices.IndexFunc(out, func(u notify.Unanswered) bool { return u.ConsultationID == p.ConsultationID })
		if i < 0 {
			i = len(out)
			out = append(out, p.Unanswered)
		}
		out[i].Agencies = append(out[i].Agencies, notify.OwingAgency{ID: p.agency, AskedOn: p.askedOn})
	}
	return out, nil
}
