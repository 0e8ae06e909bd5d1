package main

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/smtp"
	"strconv"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"tiendo/notify"
	tiendosmtp "tiendo/notify/smtp"
	"tiendo/tasks"
)

// bareMails are so many at most as the bare loop sends.
const bareMails = 2000

// BenchmarkSpeedMail measures the day's pass (the job that writes the notices of reminders), composing, and delivery. Delivery is
// compared with a bare loop that sends the same messages to the same server over one connection, and with bare durable transactions.
func BenchmarkSpeedMail(b *testing.B) {
	eachProvince(b, func(b *testing.B, p province) {
		a := p.open(b, slog.DiscardHandler)
		address := startSink(b)
		// The first day tells of everything that is open at once; the next working day, when those mails have gone, is a usual one.
		for _, name := range []string{"first", "usual"} {
			if _, err := deliverAll(b, a, address); err != nil {
				b.Fatal(err)
			}
			next := a.rules.Calendar.Add(a.rules.Day(p.clock.Now()), 1)
			p.clock.Set(next.Start(a.rules.Location).Add(9 * time.Hour))
			if name == "usual" {
				overnight(b, p)
			}
			b.Run("pass-"+name, func(b *testing.B) { measurePass(b, a) })
			b.Run("compose-"+name, func(b *testing.B) { measureCompose(b, a) })
		}
		measureDelivery(b, p, a, address)
	})
}

// overnight does what PostgreSQL's autovacuum has done by the next day: without it plans are of tables that were empty a moment ago.
func overnight(b *testing.B, p province) {
	if !strings.HasPrefix(p.config.Database.DSN, "postgres") {
		return
	}
	db, err := sql.Open("pgx", p.config.Database.DSN)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

func measurePass(b *testing.B, a *app) {
	jobs := notify.Jobs{Store: a.db.Jobs(), Rules: a.rules, Ladder: a.config.ladder(), Weeks: a.weeks, Cadences: a.assignments, Agencies: a.changes}.List(a.config.specs())
	now := a.clocks.business()
	begun := time.Now()
	grown := heapGrowth(func() {
		for _, job := range jobs {
			if job.Name == notify.JobReminders {
				if err := job.Run(b.Context(), now, now); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(grown)/1e6, "MB")
	b.ReportMetric(time.Since(begun).Seconds(), "s")
	var written int
	if err := a.db.Compose().View(b.Context(), func(tx notify.ComposeReader) error {
		for after := int64(0); ; {
			open, err := tx.OpenNotices(tasks.NoticeReminder, now, after, 10000)
			written += len(open)
			for _, n := range open {
				after = max(after, n.ID)
			}
			if err != nil || len(open) < 10000 {
				return err
			}
		}
	}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(written), "notices")
}

func measureCompose(b *testing.B, a *app) {
	before := readyMails(b, a)
	begun := time.Now()
	grown := heapGrowth(func() {
		if err := a.composer.Compose(b.Context(), a.clocks.business()); err != nil {
			b.Fatal(err)
		}
	})
	took := time.Since(begun)
	b.ReportMetric(float64(grown)/1e6, "MB")
	mails := readyMails(b, a) - before
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(took.Seconds(), "s")
	b.ReportMetric(float64(mails), "mails")
	b.ReportMetric(float64(mails)/took.Seconds(), "mails/s")
}

func readyMails(b *testing.B, a *app) int {
	n, err := a.db.Outbox().Ready(b.Context(), a.clocks.business(), a.clocks.system())
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func measureDelivery(b *testing.B, p province, a *app, address string) {
	some, all := multiply(b, a)
	bare := bareCommits(b, p, 1)
	b.Run("bare-commits", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(bare, "commits/s")
	})
	loop := bareLoop(b, address, some)
	b.Run("bare-smtp", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(loop, "mails/s")
	})
	b.Run("deliver", func(b *testing.B) {
		var (
			done notify.Delivery
			err  error
		)
		begun := time.Now()
		grown := heapGrowth(func() { done, err = deliverAll(b, a, address) })
		took := time.Since(begun)
		if err != nil || done.Unreachable != nil || done.Sent < all {
			b.Fatalf("sent %d of %d: %v, %v", done.Sent, all, err, done.Unreachable)
		}
		rate := float64(done.Sent) / took.Seconds()
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(rate, "mails/s")
		b.ReportMetric(float64(grown)/1e6, "MB")
		b.ReportMetric(100*rate/min(bare, loop), "%of-bare")
	})
}

// deliverAll sends what waits to the server.
func deliverAll(b *testing.B, a *app, address string) (notify.Delivery, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		b.Fatal(err)
	}
	var number int
	if _, err := fmt.Sscan(port, &number); err != nil {
		b.Fatal(err)
	}
	dial := func() (notify.Sender, error) {
		return tiendosmtp.New(tiendosmtp.Config{Host: host, Port: number, Encryption: tiendosmtp.None})
	}
	d := notify.NewDeliverer(a.db.Outbox(), dial, a.rules, a.clocks.business, a.clocks.system, notify.DeliverySettings{}, a.log)
	d.TakeBack = a.composer.TakeBack
	defer d.Close()
	return d.DeliverAll(b.Context())
}

// multiply makes as many mails of those that wait as delivery is measured with. It answers some of them, as they will be sent, and how many
// wait.
func multiply(b *testing.B, a *app) (some []notify.Mail, all int) {
	all, err := strconv.Atoi(setting(speedMails, "2000"))
	if err != nil {
		b.Fatalf("%s: %v", speedMails, err)
	}
	business, system := a.clocks.business(), a.clocks.system()
	some, err = a.db.Outbox().Claim(b.Context(), business, system, system, a.rules.Day(business), min(all, bareMails))
	if err != nil || len(some) == 0 {
		b.Fatalf("%d mails wait, %v", len(some), err)
	}
	waiting := readyMails(b, a)
	for waiting < all {
		// Few at a time: what the benchmark itself keeps would be taken for what delivery needs.
		more := make([]notify.Mail, min(200, all-waiting))
		for i := range more {
			more[i] = some[i%len(some)]
			more[i].MessageID = fmt.Sprintf("<%s@speed.example>", rand.Text())
		}
		if err := a.db.Compose().Update(b.Context(), func(tx notify.ComposeTx) error {
			return tx.InsertMails(more, make([][]int64, len(more)))
		}); err != nil {
			b.Fatal(err)
		}
		waiting += len(more)
	}
	return some, waiting
}

// bareLoop sends the messages one after the other over one connection and answers how many a second.
func bareLoop(b *testing.B, address string, mails []notify.Mail) float64 {
	c, err := smtp.Dial(address)
	if err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	for _, m := range mails {
		if err := sendBare(c, m); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(begun)
	if err := c.Quit(); err != nil {
		b.Fatal(err)
	}
	return float64(len(mails)) / took.Seconds()
}

func sendBare(c *smtp.Client, m notify.Mail) error {
	if err := c.Mail(m.From); err != nil {
		return err
	}
	if err := c.Rcpt(m.To); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(m.Raw); err != nil {
		return err
	}
	return w.Close()
}

// startSink starts a mail server that takes every mail and keeps none.
func startSink(b *testing.B) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := gosmtp.NewServer(sink{})
	server.Domain = "sink.example"
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(ln) // ends with Close
	}()
	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
		<-served
	})
	return ln.Addr().String()
}

type sink struct{}

func (sink) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return sink{}, nil }
func (sink) Mail(string, *gosmtp.MailOptions) error          { return nil }
func (sink) Rcpt(string, *gosmtp.RcptOptions) error          { return nil }
func (sink) Data(r io.Reader) error                          { _, err := io.Copy(io.Discard, r); return err }
func (sink) Reset()                                          {}
func (sink) Logout() error                                   { return nil }
