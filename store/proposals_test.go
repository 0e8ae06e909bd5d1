package store

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"tiendo/tasks"
)

// What was read is kept as it was, and goes with its document alone.
func TestProposals(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		want := tasks.Proposal{
			At:   noon,
			Head: tasks.Head{Kind: tasks.KindPlan, Number: "7/KH-UBND", Date: today, Issuer: "UBND tỉnh", Title: "Kế hoạch “một cửa”", Year: 2026},
			Drafts: []tasks.ProposedDraft{
				{
					Ref: "II.3.a", Section: "II", Text: "Rà soát\nquy trình", Deliverable: "Báo cáo", Criteria: []string{"1.2"},
					Written: tasks.WrittenDue{Phrase: "trước 10 giờ ngày 05/10/2026", Kind: tasks.DueDate, Date: today, Time: "10:00"},
					Leads:   []string{"Các sở"}, LeadParties: []tasks.Party{{Written: "Các sở", GroupID: 3, Members: []int64{1, 2}}},
					Cooperating: []string{"Đơn vị lạ"}, CooperatingParties: []tasks.Party{{Written: "Đơn vị lạ"}},
					Source: tasks.Place{File: 1, Part: "table", Block: 4, Row: 2}, Doubts: []tasks.Doubt{{Key: "due.no_year", Args: []string{"5/10"}}},
				},
				{Ref: "", Text: "hai", Written: tasks.WrittenDue{Kind: tasks.DueRecurring, RRule: "FREQ=MONTHLY"}, Source: tasks.Place{Part: "text", Block: 9}},
			},
		}
		var d, empty tasks.Document
		update(t, db, func(tx *Tx) error {
			d, empty = document(t, tx, "7/KH-UBND", "Kế hoạch", tasks.DocumentDraft), document(t, tx, "8/KH-UBND", "Kế hoạch", tasks.DocumentDraft)
			want.DocumentID = d.ID
			return errors.Join(tx.InsertProposal(want), tx.InsertProposal(tasks.Proposal{DocumentID: empty.ID, At: noon}))
		})
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Proposal(d.ID))(t); !reflect.DeepEqual(got, want) {
				t.Errorf("read back\n%+v, want\n%+v", got, want)
			}
			if got := must(tx.Proposal(empty.ID))(t); len(got.Drafts) != 0 || got.Head != (tasks.Head{}) {
				t.Errorf("of nothing: %+v", got)
			}
			return nil
		})
		if err := attempt(t, db, func(tx *Tx) error { return tx.InsertProposal(want) }); err == nil {
			t.Error("written over")
		}
		update(t, db, func(tx *Tx) error { return tx.DeleteDocument(d.ID, d.Version) })
		view(t, db, func(tx *Tx) error {
			if _, err := tx.Proposal(d.ID); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("of a document that is gone: %v", err)
			}
			return nil
		})
	})
}

// The first origin of a name stays; names from before have one out of the trail.
func TestOriginsOfNames(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var alias, agency int64
		update(t, db, func(tx *Tx) (err error) {
			agency = must(tx.InsertAgency(tasks.Agency{Code: "SYT", Name: "Sở Y tế", Kind: "department"}))(t)
			alias = must(tx.InsertAlias(tasks.Alias{Name: "Ngành y tế", AgencyID: agency}))(t)
			return errors.Join(tx.SetAliasOrigin(alias, tasks.AliasOrigin{At: noon, DocumentID: 7}), tx.SetAliasOrigin(alias, tasks.AliasOrigin{At: noon, DocumentID: 8}))
		})
		view(t, db, func(tx *Tx) error {
			page := must(tx.LearntNames(tasks.LearntQuery{}))(t)
			if len(page.Rows) != 1 || page.Rows[0].DocumentID != 7 || !page.Rows[0].At.Equal(noon) || page.Rows[0].AgencyID != agency || page.Total != 1 {
				t.Errorf("page %+v", page)
			}
			if _, err := tx.LearntNames(tasks.LearntQuery{After: "?"}); tasks.CodeOf(err) != tasks.CodeInvalid {
				t.Errorf("a bad cursor: %v", err)
			}
			return nil
		})
	})
}

// The migration that keeps origins finds those of before in the trail.
func TestOriginsOutOfTheTrail(t *testing.T) {
	text := string(must(migrations.ReadFile("migrations/0009_extractions.sql"))(t))
	backfill := text[strings.Index(text, "UPDATE aliases"):]
	eachEngine(t, func(t *testing.T, db *DB) {
		var taught, typed, silent int64
		update(t, db, func(tx *Tx) error {
			id := must(tx.InsertAgency(tasks.Agency{Code: "SYT", Name: "Sở Y tế", Kind: "department"}))(t)
			person := must(tx.InsertPerson(tasks.Person{Email: "thu@mauson.example", Name: "Thư", CreatedAt: noon}))(t)
			name := func(text string) int64 { return must(tx.InsertAlias(tasks.Alias{Name: text, AgencyID: id}))(t) }
			wrote := func(action string, kind tasks.SubjectKind, of int64) {
				must(tx.Audit(tasks.AuditEntry{At: noon, ActorID: person, Action: action, Subject: tasks.Subject{Kind: kind, ID: of}}))(t)
			}
			taught, typed, silent = name("Ngành y tế"), name("Y tế tỉnh"), name("Bên y tế")
			wrote("alias.added", tasks.SubjectAlias, taught)
			wrote("document.name_mapped", tasks.SubjectDocument, 12)
			wrote("alias.added", tasks.SubjectAlias, typed)
			wrote("document.head", tasks.SubjectDocument, 12)
			return tx.exec(backfill)
		})
		view(t, db, func(tx *Tx) error {
			for _, n := range must(tx.LearntNames(tasks.LearntQuery{Origin: tasks.NamesOfAll}))(t).Rows {
				known, document := n.ID != silent, int64(0)
				if n.ID == taught {
					document = 12
				}
				if n.DocumentID != document || n.At.Equal(noon) != known || (n.Person == "Thư") != known {
					t.Errorf("%q: %+v", n.Name, n)
				}
			}
			return nil
		})
	})
}
