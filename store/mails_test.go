package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

// insertMail writes a mail and answers its identifier.
func insertMail(tx *Tx, m notify.Mail, notices []int64) (int64, error) {
	if err := tx.InsertMails([]notify.Mail{m}, [][]int64{notices}); err != nil {
		return 0, err
	}
	return one(tx, readID, "SELECT id FROM mails WHERE message_id = $1", m.MessageID)
}

// post writes a mail that tells of a notice of its own, and answers both identifiers.
func post(t testing.TB, db *DB, m notify.Mail) (mail, notice int64) {
	t.Helper()
	update(t, db, func(tx *Tx) error {
		before := must(tx.exists("SELECT 1 FROM people"))(t)
		if !before {
			person(t, tx, "an@mauson.gov.vn", "An")
		}
		if m.Kind == "" {
			m.Kind = tasks.NoticeReminder
		}
		if m.MessageID == "" {
			m.MessageID = fmt.Sprintf("<%d@mauson.gov.vn>", must(tx.total("FROM mails", &where{}))(t))
		}
		m.PersonID, m.CreatedAt = 1, noon
		occurrence := m.MessageID
		if err := tx.AddNotice(tasks.Notice{Kind: m.Kind, Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 5}, Occurrence: occurrence, At: noon}); err != nil {
			t.Fatal(err)
		}
		notice = must(one(tx, readID, "SELECT id FROM notices WHERE occurrence = $1", occurrence))(t)
		mail = must(insertMail(tx, m, []int64{notice}))(t)
		return tx.CloseNotices([]int64{notice}, false)
	})
	return mail, notice
}

func fate(t testing.TB, db *DB, id int64) notify.Mail {
	t.Helper()
	var m notify.Mail
	view(t, db, func(tx *Tx) (err error) {
		m, err = one(tx, readMail, "SELECT "+mailColumns+" FROM mails WHERE id = $1", id)
		return err
	})
	return m
}

func ids(mails []notify.Mail) []int64 {
	var ids []int64
	for _, m := range mails {
		ids = append(ids, m.ID)
	}
	return ids
}

func isOpenNotice(t testing.TB, db *DB, id int64) bool {
	t.Helper()
	var open []int64
	view(t, db, func(tx *Tx) (err error) { open, err = tx.StillOpen([]int64{id}); return err })
	return len(open) == 1
}

func TestOutboxPage(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		one, _ := post(t, db, notify.Mail{Kind: tasks.NoticeIssued, To: "binh@mauson.gov.vn", Subject: "Chỉ thị số 10", Raw: []byte("raw")})
		two, _ := post(t, db, notify.Mail{To: "an@mauson.gov.vn", Subject: "Nhắc việc"})
		three, _ := post(t, db, notify.Mail{To: "an@mauson.gov.vn", Subject: "Nhắc việc"})
		if err := out.MarkSent(t.Context(), []int64{two}, noon); err != nil {
			t.Error(err)
		}
		for name, c := range map[string]struct {
			q    notify.MailQuery
			want []int64
		}{
			"all":     {notify.MailQuery{}, []int64{three, two, one}},
			"state":   {notify.MailQuery{State: notify.MailWaiting}, []int64{three, one}},
			"kind":    {notify.MailQuery{Kind: tasks.NoticeIssued}, []int64{one}},
			"address": {notify.MailQuery{Words: "binh@mauson"}, []int64{one}},
			"subject": {notify.MailQuery{Words: "nhac viec"}, []int64{three, two}},
		} {
			page := must(out.Page(t.Context(), c.q))(t)
			if got := ids(page.Rows); !slices.Equal(got, c.want) || page.Total != len(c.want) {
				t.Errorf("%s: %v of %d, want %v", name, got, page.Total, c.want)
			}
			if want := map[notify.MailState]int{notify.MailWaiting: 2, notify.MailSent: 1}; !reflect.DeepEqual(page.Counts, want) {
				t.Errorf("%s: counts %v", name, page.Counts)
			}
		}
		first := must(out.Page(t.Context(), notify.MailQuery{Limit: 2}))(t)
		second := must(out.Page(t.Context(), notify.MailQuery{Limit: 2, After: first.Next}))(t)
		if !slices.Equal(ids(first.Rows), []int64{three, two}) || !slices.Equal(ids(second.Rows), []int64{one}) || second.Next != "" {
			t.Errorf("pages %v and %v", ids(first.Rows), ids(second.Rows))
		}
		want := notify.Mail{
			ID: one, Kind: tasks.NoticeIssued, PersonID: 1, To: "binh@mauson.gov.vn", Subject: "Chỉ thị số 10", MessageID: "<0@mauson.gov.vn>",
			CreatedAt: noon, State: notify.MailWaiting,
		}
		if !reflect.DeepEqual(second.Rows[0], want) {
			t.Errorf("mail %+v, want %+v without its bytes", second.Rows[0], want)
		}
		if got := must(out.Told(t.Context(), tasks.Subject{Kind: tasks.SubjectAssignment, ID: 5}, 2))(t); !slices.Equal(ids(got), []int64{three, two}) {
			t.Errorf("told %v", ids(got))
		}
		if got := must(out.Told(t.Context(), tasks.Subject{Kind: tasks.SubjectAssignment, ID: 6}, 2))(t); len(got) != 0 {
			t.Errorf("told %v", ids(got))
		}
	})
}

// Of a kind something stirs when a notice of it is open by the instant, or a mail waits that nobody has taken.
func TestStirring(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		asked := []tasks.NoticeKind{tasks.NoticeIssued, tasks.NoticeEvent, tasks.NoticeReminder, tasks.NoticeDigest, tasks.NoticeRollUp}
		stirs := func(upTo time.Time, want ...tasks.NoticeKind) {
			t.Helper()
			view(t, db, func(tx *Tx) error {
				got := must(tx.Stirring(asked, upTo))(t)
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("of %v stir %v, want %v", asked, got, want)
				}
				return nil
			})
		}
		stirs(noon)
		update(t, db, func(tx *Tx) error {
			for i, k := range []tasks.NoticeKind{tasks.NoticeEvent, tasks.NoticeDigest} {
				if err := tx.AddNotice(tasks.Notice{Kind: k, Subject: tasks.Subject{Kind: tasks.SubjectProvince}, Role: tasks.RoleLeader, Day: today, At: noon.Add(time.Duration(i) * time.Hour)}); err != nil {
					return err
				}
			}
			return nil
		})
		stirs(noon, tasks.NoticeEvent)
		stirs(noon.Add(time.Hour), tasks.NoticeEvent, tasks.NoticeDigest)
		mail, _ := post(t, db, notify.Mail{Kind: tasks.NoticeReminder, ExpiresOn: today})
		stirs(noon, tasks.NoticeEvent, tasks.NoticeReminder)
		asked = asked[3:]
		stirs(noon)
		asked = []tasks.NoticeKind{tasks.NoticeReminder}
		must(db.Outbox().Claim(t.Context(), noon, noon, noon.Add(time.Minute), today, 9))(t)
		stirs(noon)
		if err := db.Outbox().MarkSent(t.Context(), []int64{mail}, noon); err != nil {
			t.Error(err)
		}
		stirs(noon)
	})
}
