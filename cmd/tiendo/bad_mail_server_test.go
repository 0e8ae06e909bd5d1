package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/cmd/tiendo/catcher"
	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/tasks"
)

// A mail server that cannot be reached: pages go on, the health page and the check say so, mails wait untried, and go when it is back.
func TestUnreachableMailServer(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := gone.Addr().(*net.TCPAddr).Port
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	o := newOffice(t, func(c *config) {
		c.SMTP.Host, c.SMTP.Port, c.SMTP.Encryption, c.SMTP.FromAddress = "127.0.0.1", port, string(smtp.None), "tiendo@vpub.mauson.example"
	})
	person, err := o.accounts.SavePerson(t.Context(), o.actor, tasks.Person{
		Email: "moi@vpub.mauson.example", Name: "Người mới", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleLeader}},
	})
	o.check(err)
	o.post(fmt.Sprintf("/people/%d/invite", person.ID), url.Values{}).want(http.StatusOK)
	o.check(o.scheduler.RunDue(t.Context(), time.Now()))
	waiting := func() notify.Mail {
		t.Helper()
		page, err := o.outbox.Page(t.Context(), tasks.System, notify.MailQuery{Limit: 10})
		o.check(err)
		if len(page.Rows) != 1 {
			t.Fatalf("%d mails, want one", len(page.Rows))
		}
		return page.Rows[0]
	}
	settings := filepath.Join(t.TempDir(), "config.toml")
	text := fmt.Sprintf("[database]\ndsn = %q\n[smtp]\nhost = \"127.0.0.1\"\nport = %d\nencryption = \"none\"\nfrom_address = \"tiendo@vpub.mauson.example\"\n",
		o.app.config.Database.DSN, port)
	o.check(os.WriteFile(settings, []byte(text), 0o600))
	if code, said := o.command("check", "-config", settings); code != 1 || !strings.Contains(said, "WRONG  mail server") || !strings.Contains(said, "mails are composed and wait") {
		t.Errorf("tiendo check: exit code %d: %s", code, said)
	}
	if code, said := o.command("deliver", "-config", settings); code != 1 || !strings.Contains(said, "127.0.0.1") {
		t.Errorf("tiendo deliver: exit code %d: %s", code, said)
	}

	for range 3 {
		o.ahead.Add(int64(time.Minute))
		done, err := o.deliverer.DeliverAll(t.Context())
		o.check(err)
		if m := waiting(); done.Unreachable == nil || done.Sent > 0 || m.State != notify.MailWaiting || m.Tries != 0 {
			t.Fatalf("delivery %+v left the mail %+v: it must wait untried", done, m)
		}
	}
	for _, path := range []string{"/inbox", "/documents", "/people", "/outbox"} {
		o.get(path).want(http.StatusOK)
	}
	o.get("/health").want(http.StatusOK).says("Không kết nối được máy chủ thư")

	back, err := catcher.New(catcher.Options{Dir: t.TempDir(), Addr: fmt.Sprintf("127.0.0.1:%d", port), Location: time.UTC})
	o.check(err)
	defer back.Close()
	o.ahead.Add(int64(time.Minute))
	_, err = o.deliverer.DeliverAll(t.Context())
	o.check(err)
	if n := len(back.Messages()); n != 1 {
		t.Errorf("%d mails arrived when the server was back, want one", n)
	}
}
