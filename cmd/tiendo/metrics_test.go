package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"tiendo/cmd/tiendo/catcher"
	"tiendo/tasks"
)

// scraped reads the figures as Prometheus does: each name with its labels.
func scraped(t *testing.T, url string) (map[string]float64, string) {
	t.Helper()
	answer, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d, error %v", answer.StatusCode, err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	values := make(map[string]float64)
	for name, family := range families {
		for _, m := range family.GetMetric() {
			key := name
			for _, l := range m.GetLabel() {
				key += " " + l.GetName() + "=" + l.GetValue()
			}
			values[key] = m.GetGauge().GetValue() + m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return values, string(body)
}

func TestMetrics(t *testing.T) {
	mails, err := catcher.New(catcher.Options{Dir: t.TempDir(), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	defer mails.Close()
	_, port, _ := net.SplitHostPort(mails.SMTPAddr())
	o := newOffice(t, func(c *config) {
		c.SMTP.Host, c.SMTP.Encryption, c.SMTP.FromAddress = "127.0.0.1", "none", "tiendo@mauson.example"
		c.SMTP.Port, _ = strconv.Atoi(port)
	})
	handler, err := o.metricsHandler()
	if err != nil {
		t.Fatal(err)
	}
	figures := httptest.NewServer(handler)
	defer figures.Close()

	o.get("/documents").want(http.StatusOK)
	o.get("/documents/4711").want(http.StatusNotFound)
	o.get("/no/such/page").want(http.StatusNotFound)
	const secret = "chanh.vp@mauson.example"
	person, err := o.accounts.SavePerson(t.Context(), o.actor, tasks.Person{Email: secret, Name: "Chánh Văn phòng", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleLeader}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.accounts.Invite(t.Context(), o.actor, person.ID); err != nil {
		t.Fatal(err)
	}
	if err := o.scheduler.RunDue(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	before, _ := scraped(t, figures.URL)
	if before["tiendo_mails state=waiting"] != 1 || before["tiendo_mails_ready"] != 1 {
		t.Errorf("one mail waits, and the figures say %v and %v", before["tiendo_mails state=waiting"], before["tiendo_mails_ready"])
	}
	if _, err := o.deliverer.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, text := scraped(t, figures.URL)
	for name, want := range map[string]float64{
		"tiendo_http_request_duration_seconds method=GET route=/documents status=200":     1,
		"tiendo_http_request_duration_seconds method=GET route=/documents/:id status=404": 1,
		"tiendo_http_request_duration_seconds method=GET route=other status=404":          1,
		"tiendo_http_request_queries route=/documents":                                    1,
		"tiendo_mail_deliveries_total fate=sent kind=account":                             1,
		"tiendo_mails state=sent":      1,
		"tiendo_mails state=waiting":   0,
		"tiendo_mails_ready":           0,
		"tiendo_mails_stalled_seconds": 0,
		"tiendo_notices_unreached":     0,
		"tiendo_database_up":           1,
	} {
		if value, ok := got[name]; !ok || value != want {
			t.Errorf("%s is %v (there: %t), want %v", name, value, ok, want)
		}
	}
	if at := got["tiendo_scheduler_beat_timestamp_seconds"]; time.Since(time.Unix(int64(at), 0)).Abs() > time.Minute {
		t.Errorf("the scheduler's beat is %v", at)
	}
	for _, word := range []string{secret, "4711", "no/such", "Chánh"} {
		if strings.Contains(text, word) {
			t.Errorf("the figures tell of %q", word)
		}
	}
}

// Without an address nothing listens.
func TestMetricsAreOffByThemselves(t *testing.T) {
	o := newOffice(t, nil)
	off, err := o.serveMetrics()
	if err != nil || off.Close() != nil {
		t.Fatal(err)
	}
	o.app.config.Metrics.Listen = "127.0.0.1:0"
	on, err := o.serveMetrics()
	if err != nil {
		t.Fatal(err)
	}
	if err := on.Close(); err != nil {
		t.Error(err)
	}
}
