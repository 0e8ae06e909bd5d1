package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

// both runs two things at the same moment.
func both(a, b func() error) (errA, errB error) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	wg.Go(func() { <-start; errA = a() })
	wg.Go(func() { <-start; errB = b() })
	close(start)
	wg.Wait()
	return errA, errB
}

// A mail is recalled or handed to the mail server, never both.
func TestRecallOrClaim(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		recalled := 0
		for i := range 25 {
			var d tasks.Document
			update(t, db, func(tx *Tx) error {
				d = document(t, tx, fmt.Sprint(i), "Chỉ thị", tasks.DocumentIssued)
				assign(t, tx, d, "việc", tasks.Assignment{})
				n := tasks.Notice{Kind: tasks.NoticeIssued, Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}, Occurrence: "1", At: noon}
				if err := tx.AddNotice(n); err != nil {
					return err
				}
				notices := must(tx.OpenNotices(tasks.NoticeIssued, noon, 0, 9))(t)
				for j := range 3 {
					m := notify.Mail{Kind: tasks.NoticeIssued, DocumentID: d.ID, MessageID: fmt.Sprintf("<%d-%d>", i, j), CreatedAt: noon, Raw: []byte("raw")}
					must(insertMail(tx, m, []int64{notices[0].ID}))(t)
				}
				return tx.CloseNotices([]int64{notices[0].ID}, false)
			})
			var claimed []notify.Mail
			recall, claim := both(func() error {
				return db.Update(ctx, func(tx *Tx) error {
					if sent, err := tx.IssueMailSent(d.ID); err != nil || sent {
						return errors.Join(err, tasks.ErrConflict)
					}
					return tx.DeleteIssue(d.ID)
				})
			}, func() (err error) {
				claimed, err = db.Outbox().Claim(ctx, noon, noon, noon.Add(time.Minute), today, 9)
				return err
			})
			if claim != nil || recall != nil && !errors.Is(recall, tasks.ErrConflict) {
				t.Fatalf("claim %v, recall %v", claim, recall)
			}
			if (recall == nil) == (len(claimed) > 0) {
				t.Fatalf("recall: %v, with %d mails claimed", recall, len(claimed))
			}
			if recall == nil {
				recalled++
			}
		}
		t.Logf("recalled %d of 25", recalled)
	})
}

// A duty is recalled or reported on: nobody's words are lost, and nobody sees an error of the engine.
func TestRecallOrReport(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		for i := range 25 {
			var d tasks.Document
			var id int64
			update(t, db, func(tx *Tx) error {
				d = document(t, tx, fmt.Sprint(i), "Chỉ thị", tasks.DocumentIssued)
				id = assign(t, tx, d, "việc", tasks.Assignment{})
				return nil
			})
			recall, report := both(func() error {
				return db.Update(ctx, func(tx *Tx) error { return tx.DeleteIssue(d.ID) })
			}, func() error {
				return db.Update(ctx, func(tx *Tx) error {
					a, err := tx.Assignment(id)
					if err != nil {
						return err
					}
					if _, err := tx.InsertReport(tasks.Report{AssignmentID: id, At: noon, On: today}); err != nil {
						return err
					}
					return tx.UpdateAssignment(a)
				})
			})
			if (recall == nil) == (report == nil) || recall != nil && !errors.Is(recall, tasks.ErrConflict) || report != nil && !errors.Is(report, tasks.ErrNotFound) {
				t.Fatalf("recall %v, report %v", recall, report)
			}
		}
	})
}

// Expiring a mail opens its notices again unless it was sent: whoever has it is not told twice.
func TestExpireOrSent(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		for i := range 25 {
			var notice, mail int64
			update(t, db, func(tx *Tx) error {
				n := tasks.Notice{Kind: tasks.NoticeReminder, Occurrence: fmt.Sprint(i), At: noon}
				if err := tx.AddNotice(n); err != nil {
					return err
				}
				notice = must(one(tx, readID, "SELECT id FROM notices WHERE occurrence = $1", n.Occurrence))(t)
				mail = must(insertMail(tx, notify.Mail{MessageID: "<" + n.Occurrence + ">", ExpiresOn: today, CreatedAt: noon}, []int64{notice}))(t)
				return tx.CloseNotices([]int64{notice}, false)
			})
			must(db.Outbox().Claim(ctx, noon, noon, noon.Add(time.Minute), today, 9))(t)
			expired := 0
			expire, sent := both(func() (err error) {
				expired, err = db.Outbox().Expire(ctx, today.AddDays(1), noon.Add(time.Hour))
				return err
			}, func() error { return db.Outbox().MarkSent(ctx, []int64{mail}, noon) })
			if expire != nil || sent != nil {
				t.Fatalf("expire %v, sent %v", expire, sent)
			}
			view(t, db, func(tx *Tx) error {
				state := must(one(tx, func(r scanner) (s string, err error) { err = r.Scan(&s); return s, err },
					"SELECT state FROM notices WHERE id = $1", notice))(t)
				if want := []string{noticeComposed, noticeOpen}[expired]; state != want {
					t.Errorf("%d mails expired, the notice is %s, want %s", expired, state, want)
				}
				return nil
			})
			if m := fate(t, db, mail); m.State != notify.MailSent {
				t.Errorf("the mail that was sent is %s", m.State)
			}
		}
	})
}

// Of a notice that is closed because everybody has a mail of it no mail is taken back unseen: whichever comes first, a notice of which the
// only mail is gone stays open.
func TestTakenBackWhileClosed(t *testing.T) {
	for name, takeBack := range map[string]func(db *DB, mail int64) error{
		"untrue": func(db *DB, mail int64) error {
			return db.Update(context.Background(), func(tx *Tx) error { return tx.Withdraw([]int64{mail}) })
		},
		"over": func(db *DB, _ int64) error {
			_, err := db.Outbox().Expire(context.Background(), today.AddDays(1), noon)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(t *testing.T, db *DB) {
				mail, notice := post(t, db, notify.Mail{Kind: tasks.NoticeReminder, PersonID: 1, ExpiresOn: today})
				update(t, db, func(tx *Tx) error { return tx.exec("UPDATE notices SET state = 'open'") })
				taken := make(chan error, 1)
				update(t, db, func(tx *Tx) error {
					open := must(tx.StillOpen([]int64{notice}))(t)
					mailed := must(tx.Mailed(open))(t)
					go func() { taken <- takeBack(db, mail) }()
					select {
					case err := <-taken:
						taken <- err
					case <-time.After(300 * time.Millisecond): // it waits, or it has come too late to be seen
					}
					if len(mailed[notice]) == 0 {
						return nil
					}
					return tx.CloseNotices(open, false)
				})
				if err := <-taken; err != nil {
					t.Fatal(err)
				}
				if state := fate(t, db, mail).State; state != notify.MailExpired {
					t.Errorf("the mail is %s", state)
				}
				if !isOpenNotice(t, db, notice) {
					t.Error("nobody will be told")
				}
			})
		})
	}
}
