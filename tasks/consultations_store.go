package tasks

import "tiendo/tasks/calendar"

// ConsultationReader reads consultations. A missing row is ErrNotFound.
type ConsultationReader interface {
	Consultation(id int64) (Consultation, error)
	// DocumentConsultations lists those of a document, the newest first.
	DocumentConsultations(documentID int64) ([]Consultation, error)
	// ConsultationItems lists what was asked, by position.
	ConsultationItems(id int64) ([]ConsultationItem, error)
	// ConsultationAnswers lists the agencies that were asked, by identifier.
	ConsultationAnswers(id int64) ([]ConsultationAnswer, error)
	// ConsultationComments lists what one agency (0: each) has said, by item, that on the whole last, and by agency.
	ConsultationComments(id, agencyID int64) ([]ConsultationComment, error)
	// ConsultationLetters lists the files of letters that were recorded for one agency (0: each).
	ConsultationLetters(id, agencyID int64) ([]ConsultationLetter, error)
	// ConsultationAuthors lists, by agency, everybody who wrote its answer.
	ConsultationAuthors(id int64) (map[int64][]int64, error)
	// Consultations lists consultations, the newest first.
	Consultations(q ConsultationQuery) ([]ConsultationRow, error)
}

// ConsultationWriter writes them. Updates compare the version that was read and answer ErrConflict when it is no longer that.
type ConsultationWriter interface {
	// InsertConsultation opens one with its items, for the agencies; a second open one of the same document is a conflict.
	InsertConsultation(c Consultation, items []ConsultationItem, agencies []int64) (int64, error)
	// AddAskedAgencies asks more agencies; one that was asked already is a conflict.
	AddAskedAgencies(id int64, agencies []int64, on calendar.Date, why string) error
	// UpdateConsultation keeps its date, note, end and publication.
	UpdateConsultation(c Consultation) error
	UpdateConsultationAnswer(a ConsultationAnswer) error
	InsertConsultationComment(c ConsultationComment) error
	UpdateConsultationComment(c ConsultationComment) error
	InsertConsultationLetter(l ConsultationLetter) error
	DeleteConsultationLetter(id int64) error
	// AddConsultationAuthor notes who wrote an agency's answer; once is enough.
	AddConsultationAuthor(id, agencyID, personID int64) error
}

// ConsultationQuery asks for consultations, the newest first.
type ConsultationQuery struct {
	// Agencies limits the answer to those that were asked; nil: no limit. ConsultationRow.Own is of one of them.
	Agencies []int64
	// Open leaves out those that take no more answers.
	Open bool
	// Ripe keeps those whose day has passed, judged on Today, or that every agency has answered.
	Ripe  bool
	Today calendar.Date
	// After is the identifier behind which the answer goes on; 0: from the newest.
	After int64
	Limit int
}

// ConsultationRow is one line of a list: how many were asked and have answered. With ConsultationQuery.Agencies there is one for each
// of them that was asked, with its own answer, and no counts.
type ConsultationRow struct {
	Consultation
	Asked int
	Sent  int
	Own   ConsultationAnswer
}
