package store

import (
	"os"
	"slices"
	"testing"

	"tiendo/tasks"
)

// Whoever wrote an answer before authors were kept is found again: by the trail, and who saved it last.
func TestAuthorsOfOldAnswers(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			dsn := engine.dsn(t)
			if !isPostgres(dsn) {
				must(0, os.WriteFile(must(sqlitePath(dsn))(t), nil, 0o600))(t)
			}
			old := must(Open(t.Context(), dsn, Options{AsIs: true}))(t)
			list := must(loadMigrations(migrations, old.dialect))(t)
			if err := old.apply(t.Context(), list[:26]); err != nil {
				t.Fatal(err)
			}
			update(t, old, func(tx *Tx) error {
				return tx.each([]string{
					`INSERT INTO agencies (id, code, name, short_name, kind) VALUES (1, 'A', 'Sở Nội vụ', '', 'department'), (2, 'B', 'Sở Tài chính', '', 'department')`,
					`INSERT INTO people (id, email, name, sort_name, position, phone, language, active, epoch, created_at, version) VALUES
						(11, 'a@x', 'Lan', 'lan', '', '', 'vi', 1, 0, 0, 1), (12, 'b@x', 'Đức', 'duc', '', '', 'vi', 1, 0, 0, 1),
						(13, 'c@x', 'Minh', 'minh', '', '', 'vi', 1, 0, 0, 1)`,
					`INSERT INTO consultations (id, kind, number, subject, title, note, due, files, opened_at, opened_on, closed_because, version)
						VALUES (5, 'directive', '1/CT', '', 'Dự thảo', '', '2026-10-20', '[]', 0, '2026-10-05', '', 1)`,
					`INSERT INTO consultation_answers (consultation_id, agency_id, number, saved_by, saved_at, version)
						VALUES (5, 1, '', 12, 0, 3), (5, 2, '', NULL, NULL, 1)`,
					`INSERT INTO audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after, position, seal) VALUES
						(0, 11, 'Lan', 1, 'consultation.saved', 'consultation', 5, '', '', 1, ''),
						(0, 12, 'Đức', 1, 'consultation.answered', 'consultation', 5, '', '', 2, ''),
						(0, 13, 'Minh', 1, 'consultation.replied', 'consultation', 5, '', '', 3, ''),
						(0, 99, 'Đã xoá', 1, 'consultation.saved', 'consultation', 5, '', '', 4, ''),
						(0, 13, 'Minh', 1, 'consultation.saved', 'consultation', 6, '', '', 1, '')`,
				})
			})
			if err := old.Close(); err != nil {
				t.Fatal(err)
			}
			view(t, open(t, dsn), func(tx *Tx) error {
				authors := must(tx.ConsultationAuthors(5))(t)
				if len(authors) != 1 || !slices.Equal(authors[1], []int64{11, 12}) {
					t.Errorf("authors %v", authors)
				}
				return nil
			})
		})
	}
}

// The bytes of a letter are kept as long as its row is there.
func TestLettersKeepTheirFiles(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		const hash = "4f2a"
		var letter tasks.ConsultationLetter
		update(t, db, func(tx *Tx) error {
			a := agency(t, tx, "a", "A")
			d := document(t, tx, "1/CT", "t", tasks.DocumentDraft)
			id := must(tx.InsertConsultation(tasks.Consultation{DocumentID: d.ID, Title: "Dự thảo", Due: today, OpenedAt: noon, OpenedOn: today}, nil, []int64{a}))(t)
			letter = tasks.ConsultationLetter{ConsultationID: id, AgencyID: a, File: tasks.Attachment{Name: "cv.pdf", Hash: hash, Size: 3, Type: "application/pdf", CreatedAt: noon}}
			return tx.InsertConsultationLetter(letter)
		})
		if !must(db.FileReferenced(t.Context(), hash))(t) {
			t.Error("the file of a letter counts as an orphan")
		}
		update(t, db, func(tx *Tx) error {
			list := must(tx.ConsultationLetters(letter.ConsultationID, 0))(t)
			letter.File.ID = list[0].File.ID
			if len(list) != 1 || list[0] != letter {
				t.Errorf("letters %+v, want %+v", list, letter)
			}
			return tx.DeleteConsultationLetter(list[0].File.ID)
		})
		if must(db.FileReferenced(t.Context(), hash))(t) {
			t.Error("the file of a letter that is gone is kept")
		}
	})
}
