package store

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// Files of replies come back with what they belong to, are part of a backup, and keep their bytes from the sweep.
func TestFilesOfRepliesAreKept(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		files := must(OpenFiles(t.TempDir()))(t)
		var id int64
		var part, answer tasks.ReplyFile
		put := func(name string) tasks.Attachment {
			hash, size, err := files.Put(t.Context(), strings.NewReader(name))
			if err != nil {
				t.Fatal(err)
			}
			return tasks.Attachment{Name: name, Hash: hash, Size: size, Type: "application/pdf", CreatedAt: noon}
		}
		one, two, orphan := put("biểu.pdf"), put("giải trình.pdf"), put("không ai cần.pdf")
		update(t, db, func(tx *Tx) error {
			lead, helper, who := agency(t, tx, "SNV", "Sở Nội vụ"), agency(t, tx, "STC", "Sở Tài chính"), person(t, tx, "a@mauson.example", "An")
			id = assign(t, tx, document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued), "Rà soát", tasks.Assignment{Leads: []int64{lead}, Cooperating: []int64{helper}, Due: today})
			one.CreatedBy, two.CreatedBy = who, who
			c := must(tx.InsertContribution(tasks.Contribution{AssignmentID: id, AgencyID: helper, State: tasks.ContributionSent}))(t)
			part = tasks.ReplyFile{Attachment: one, PartID: must(tx.InsertContributionPart(tasks.ContributionPart{ContributionID: c, PersonID: who, Words: "Kèm", At: noon}))(t)}
			word := must(tx.InsertRemark(tasks.Remark{AssignmentID: id, Kind: tasks.RemarkOrder, State: tasks.RemarkAnswered, Words: "Làm", Round: 1, At: noon}))(t)
			answer = tasks.ReplyFile{Attachment: two, AnswerID: must(tx.InsertRemarkAnswer(tasks.RemarkAnswer{RemarkID: word, AgencyID: lead, PersonID: who, Words: "Kèm", At: noon}))(t)}
			part.ID, answer.ID = must(tx.InsertReplyFile(part))(t), must(tx.InsertReplyFile(answer))(t)
			return nil
		})
		view(t, db, func(tx *Tx) error {
			if got := must(tx.PartFiles(id))(t); !slices.Equal(got, []tasks.ReplyFile{part}) {
				t.Errorf("of parts %+v, want %+v", got, part)
			}
			if got := must(tx.AnswerFiles(id))(t); !slices.Equal(got, []tasks.ReplyFile{answer}) {
				t.Errorf("of answers %+v, want %+v", got, answer)
			}
			if got := must(tx.PartFiles(id + 1))(t); len(got) != 0 {
				t.Errorf("of another duty %+v", got)
			}
			return nil
		})
		for hash, want := range map[string]bool{one.Hash: true, two.Hash: true, orphan.Hash: false} {
			if got := must(db.FileReferenced(t.Context(), hash))(t); got != want {
				t.Errorf("a row refers to %s: %v", hash, got)
			}
		}
		manifest, _ := backUp(t, db, files)
		var kept []string
		for _, f := range manifest.Files {
			kept = append(kept, f.SHA256)
		}
		if want := slices.Sorted(slices.Values([]string{one.Hash, two.Hash})); !slices.Equal(kept, want) {
			t.Errorf("the backup holds %q, want %q", kept, want)
		}
	})
}

// It belongs to a part or to an answer.
func TestAFileOfAReplyBelongsToOne(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		for _, f := range []tasks.ReplyFile{{}, {PartID: 1, AnswerID: 1}} {
			f.Attachment = tasks.Attachment{Name: "a.pdf", Hash: "00", CreatedAt: noon}
			if err := db.Update(t.Context(), func(tx *Tx) error { _, err := tx.InsertReplyFile(f); return err }); err == nil {
				t.Errorf("%+v was kept", f)
			}
		}
	})
}
