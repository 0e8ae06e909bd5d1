package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/web"
)

// figures are the program's figures for Prometheus: none names a person, an address or a duty. What the database knows is asked for when
// somebody scrapes; the rest is counted as it happens, by this instance.
type figures struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	queries  *prometheus.HistogramVec
	mails    *prometheus.CounterVec
	jobs     *prometheus.HistogramVec
	failures *prometheus.CounterVec
}

func newFigures() *figures {
	m := &figures{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tiendo_http_request_duration_seconds", Help: "Time from a request's head to the end of its answer.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
		}, []string{"method", "route", "status"}),
		queries: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tiendo_http_request_queries", Help: "Database queries of a request.", Buckets: []float64{1, 2, 5, 10, 20, 50, 100, 1000},
		}, []string{"route"}),
		mails: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tiendo_mail_deliveries_total", Help: "Tries to hand a mail to the mail server, by what became of them.",
		}, []string{"kind", "fate"}),
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tiendo_job_duration_seconds", Help: "How long a job of the schedule ran.", Buckets: []float64{.01, .1, .5, 1, 2, 5, 10, 30, 60, 300},
		}, []string{"job"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tiendo_job_failures_total", Help: "Runs of a job of the schedule that ended in an error; it is tried again each minute.",
		}, []string{"job"}),
	}
	m.registry.MustRegister(m.requests, m.queries, m.mails, m.jobs, m.failures,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewBuildInfoCollector())
	return m
}

// request counts an answered request.
func (m *figures) request(r web.Request) {
	// Unknown paths and methods come from outside, and would make as many series as strangers think of.
	route := cmp.Or(r.Route, "other")
	method := r.Method
	if !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost}, method) {
		method = "other"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(r.Status)).Observe(r.Took.Seconds())
	m.queries.WithLabelValues(route).Observe(float64(r.Queries))
}

// mail counts a try to send a mail.
func (m *figures) mail(kind tasks.NoticeKind, fate notify.Fate) {
	m.mails.WithLabelValues(string(kind), string(fate)).Inc()
}

// job counts a run of a job.
func (m *figures) job(name string, took time.Duration, err error) {
	m.jobs.WithLabelValues(name).Observe(took.Seconds())
	if err != nil {
		m.failures.WithLabelValues(name).Inc()
	}
}

// What the database knows of mails and jobs.
var (
	mailsDesc     = prometheus.NewDesc("tiendo_mails", "Mails of the outbox by state.", []string{"state"}, nil)
	readyDesc     = prometheus.NewDesc("tiendo_mails_ready", "Mails that may go now and have not gone.", nil, nil)
	stalledDesc   = prometheus.NewDesc("tiendo_mails_stalled_seconds", "For how long no mail has gone though some should have; 0 when mails go.", nil, nil)
	unreachedDesc = prometheus.NewDesc("tiendo_notices_unreached", "Notices that nobody can receive.", nil, nil)
	beatDesc      = prometheus.NewDesc("tiendo_scheduler_beat_timestamp_seconds", "When the scheduler last ran without an error, in whichever instance.", nil, nil)
	lastRunDesc   = prometheus.NewDesc("tiendo_job_last_run_timestamp_seconds", "Up to which instant a job's times have been looked at.", []string{"job"}, nil)
	upDesc        = prometheus.NewDesc("tiendo_database_up", "1 when the database answers.", nil, nil)
)

// outboxFigures asks the database when somebody scrapes.
type outboxFigures struct{ app *app }

// Describe implements prometheus.Collector.
func (f outboxFigures) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{mailsDesc, readyDesc, stalledDesc, unreachedDesc, beatDesc, lastRunDesc, upDesc} {
		to <- d
	}
}

// scrape bounds the questions of one scrape.
const scrape = 5 * time.Second

// Collect implements prometheus.Collector.
func (f outboxFigures) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scrape)
	defer cancel()
	h, err := f.app.outbox.Health(ctx, tasks.System)
	var stall notify.Stall
	if err == nil {
		stall, err = f.app.outbox.Stalled(ctx, tasks.System)
	}
	if err != nil {
		f.app.log.Warn("metrics", "error", err)
		gauge(upDesc, 0)
		return
	}
	gauge(upDesc, 1)
	for _, state := range notify.MailStates {
		gauge(mailsDesc, float64(h.Counts[state]), string(state))
	}
	gauge(readyDesc, float64(h.Ready))
	gauge(unreachedDesc, float64(h.Unreached))
	waited := 0.0
	if stall.Waiting > 0 {
		waited = f.app.clocks.business().Sub(stall.Since).Seconds()
	}
	gauge(stalledDesc, waited)
	if !h.Beat.IsZero() {
		gauge(beatDesc, float64(h.Beat.Unix()))
	}
	for _, j := range h.Jobs {
		if !j.LastRun.IsZero() {
			gauge(lastRunDesc, float64(j.LastRun.Unix()), j.Name)
		}
	}
}

// metricsHandler is the page that Prometheus reads.
func (a *app) metricsHandler() (http.Handler, error) {
	if err := a.metrics.registry.Register(outboxFigures{a}); err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2, Timeout: 2 * scrape}))
	return mux, nil
}

// serveMetrics answers on an address of its own, if one is set: what it says is for the operators, and asks nobody to sign in. Close ends
// it.
func (a *app) serveMetrics() (io.Closer, error) {
	if a.config.Metrics.Listen == "" {
		return io.NopCloser(nil), nil
	}
	handler, err := a.metricsHandler()
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", a.config.Metrics.Listen)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	server := a.server(handler)
	go func() {
		if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("metrics", "error", err)
		}
	}()
	return server, nil
}
