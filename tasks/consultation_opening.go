package tasks

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// OpenConsultation asks agencies about a draft document: it keeps the drafts as they stand and tells the agencies. One consultation of a
// document is open at a time.
func (s *Documents) OpenConsultation(ctx context.Context, actor Person, documentID int64, in ConsultationInput) (int64, error) {
	now := s.Now()
	in, invalid := in.check(s.Rules.Day(now))
	var id int64
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		d, err := consultable(tx, actor, documentID)
		if err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		if in.Version != 0 && d.Version != in.Version {
			return ErrConflict
		}
		before, err := tx.DocumentConsultations(documentID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(before, Consultation.Open) {
			return E(CodeConflict, "consultation.one_open")
		}
		items, err := frozenItems(tx, d)
		if err != nil {
			return err
		}
		if err := s.checkAsked(tx, documentID, in, items); err != nil {
			return err
		}
		c := Consultation{
			DocumentID: documentID, Kind: d.Kind, Number: d.Number, Subject: d.Title, Title: in.Title, Note: in.Note, Due: in.Due, Files: in.Files,
			OpenedBy: actor.ID, OpenedAt: now, OpenedOn: s.Rules.Day(now),
		}
		if c.ID, err = tx.InsertConsultation(c, items, in.Agencies); err != nil {
			return err
		}
		id = c.ID
		_, err = tx.Audit(entry(now, actor, "consultation.opened", Subject{SubjectConsultation, id}).with(nil, map[string]any{
			"document": documentID, "number": d.Number, "title": c.Title, "due": c.Due.String(), "agencies": in.Agencies, "items": len(items), "files": len(c.Files),
		}))
		if err != nil {
			return err
		}
		return s.tellAsked(tx, c, EventConsultationAsked, EventConsultationAsked, in.Agencies)
	})
	if err != nil {
		return 0, fmt.Errorf("ask about document %d: %w", documentID, err)
	}
	return id, nil
}

// consultable loads a draft document about which the actor may ask.
func consultable(tx DocumentReader, actor Person, documentID int64) (Document, error) {
	d, err := manageable(tx, actor, documentID, DocumentDraft)
	if err != nil {
		return Document{}, err
	}
	return d, may(actor, ActionConsultationManage)
}

// checkAsked refuses agencies and files that are not there, and a consultation about nothing.
func (s *Documents) checkAsked(tx DocumentReader, documentID int64, in ConsultationInput, items []ConsultationItem) error {
	var f fields
	agencies, err := agencyMap(tx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(in.Agencies, func(id int64) bool { return agencies[id].ID == 0 }) {
		f.add("agencies", "party.unknown_agency")
	}
	files, err := tx.DocumentFiles(documentID, false)
	if err != nil {
		return err
	}
	for _, id := range in.Files {
		if !slices.ContainsFunc(files, func(f DocumentFile) bool { return f.Attachment.ID == id }) {
			return ErrNotFound
		}
	}
	if len(items)+len(in.Files) == 0 {
		f.add("files", "consultation.nothing")
	}
	return f.err()
}

// frozenItems puts the drafts into the words in which they are asked about.
func frozenItems(tx DocumentReader, d Document) ([]ConsultationItem, error) {
	drafts, err := tx.Drafts(d.ID)
	if err != nil {
		return nil, err
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return nil, err
	}
	groups, err := tx.Groups()
	if err != nil {
		return nil, err
	}
	names := func(parties []Party) string {
		var out []string
		for _, p := range parties {
			out = append(out, partyName(p, agencies, groups))
		}
		return strings.Join(out, "; ")
	}
	items := make([]ConsultationItem, len(drafts))
	for i, dr := range drafts {
		due, cadence := dr.time(d)
		items[i] = ConsultationItem{
			Position: i + 1, DraftID: dr.ID, Ref: dr.Ref, Section: dr.Section, Text: dr.Text, Deliverable: dr.Deliverable, Leads: names(dr.Leads),
			Cooperating: names(dr.Cooperating), Phrase: dr.Written.Phrase, Due: due, Cadence: cadence,
			Restricted: dr.Restricted, Parties: slices.Concat(dr.LeadAgencies(), dr.CooperatingAgencies()),
		}
	}
	return items, nil
}

func partyName(p Party, agencies map[int64]Agency, groups []Group) string {
	if a, ok := agencies[p.AgencyID]; ok {
		return a.Name
	}
	if i := slices.IndexFunc(groups, func(g Group) bool { return g.ID == p.GroupID }); i >= 0 {
		return groups[i].Name
	}
	return p.Written
}

// tellAsked tells focal points and heads of the agencies of something that happened to a consultation.
func (s *Documents) tellAsked(tx NoticeWriter, c Consultation, event, occurrence string, agencies []int64) error {
	now := s.Now()
	for _, agency := range agencies {
		for _, role := range []Role{RoleFocal, RoleHead} {
			err := tx.AddNotice(Notice{
				Kind: NoticeConsultation, Event: event, Subject: Subject{SubjectConsultation, c.ID}, AgencyID: agency, Role: role,
				Occurrence: occurrence, Day: s.Rules.Day(now), At: now,
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// CloseConsultation takes no more answers.
func (s *Documents) CloseConsultation(ctx context.Context, actor Person, id, version int64) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		c, _, _, err := asked(tx, actor, id)
		if err != nil {
			return err
		}
		if err := may(actor, ActionConsultationManage); err != nil {
			return err
		}
		if !c.Open() {
			return E(CodeConflict, "consultation.closed")
		}
		if version != 0 && c.Version != version {
			return ErrConflict
		}
		return endConsultation(tx, actor, c, ConsultationEnded, s.Now())
	})
	if err != nil {
		return fmt.Errorf("close consultation %d: %w", id, err)
	}
	return nil
}

// endConsultations closes what is open about a document that is a draft no longer.
func endConsultations(tx DocumentTx, actor Person, documentID int64, because ConsultationEnd, now time.Time) error {
	list, err := tx.DocumentConsultations(documentID)
	if err != nil {
		return err
	}
	for _, c := range list {
		if !c.Open() {
			continue
		}
		if err := endConsultation(tx, actor, c, because, now); err != nil {
			return err
		}
	}
	return nil
}

func endConsultation(tx DocumentTx, actor Person, c Consultation, because ConsultationEnd, now time.Time) error {
	c.Closed, c.ClosedBy, c.ClosedAt = because, actor.ID, now
	if err := tx.UpdateConsultation(c); err != nil {
		return err
	}
	_, err := tx.Audit(entry(now, actor, "consultation.closed", Subject{SubjectConsultation, c.ID}).with(nil, map[string]any{"because": because}))
	return err
}
