package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// securityHeaders hold every answer: nothing inline, nothing from elsewhere, in no frame, never sniffed.
var securityHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
	"Referrer-Policy":              "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
}

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range securityHeaders {
			w.Header().Set(name, value)
		}
		if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		if w.Header().Get("Cache-Control") == "" {
			w.Header().Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// record is what is said of one request in the log: one line each, errors included.
type record struct {
	id      string
	queries atomic.Int64
	mu      sync.Mutex
	err     error
	who     int64
	route   string
}

type recordKey struct{}

// CountQuery adds a database query to what the context's request has cost; without a request it does nothing.
func CountQuery(ctx context.Context) {
	if rec, ok := ctx.Value(recordKey{}).(*record); ok {
		rec.queries.Add(1)
	}
}

// logged writes one record a request.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.System()
		rec := &record{id: rand.Text()[:12]}
		sw := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(sw, r.WithContext(context.WithValue(r.Context(), recordKey{}, rec)))
		took := s.System().Sub(start)
		s.observed(rec, r.Method, sw.status, took)
		level := slog.LevelInfo
		if sw.status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		attrs := []slog.Attr{
			slog.String("id", rec.id), slog.String("method", r.Method), slog.String("path", loggedPath(r)), slog.Int("status", sw.status),
			slog.Int64("bytes", sw.bytes), slog.Duration("took", took),
			slog.Int64("queries", rec.queries.Load()),
		}
		if rec.who != 0 {
			attrs = append(attrs, slog.Int64("person", rec.who))
		}
		if rec.err != nil {
			attrs = append(attrs, slog.String("error", rec.err.Error()))
		}
		s.Log.LogAttrs(r.Context(), level, "request", attrs...)
	})
}

// loggedPath is the path without the secret of a one-time link or of a calendar; the query is left out, since it holds what people searched for.
func loggedPath(r *http.Request) string {
	for _, secret := range []string{"/password/link/", calendarPath} {
		if len(r.URL.Path) > len(secret) && r.URL.Path[:len(secret)] == secret {
			return secret + "…"
		}
	}
	return r.URL.Path
}

// note keeps an error for the request's log record.
func note(c *gin.Context, err error) {
	c.Set(keyNoted, err)
	rec, ok := c.Request.Context().Value(recordKey{}).(*record)
	if !ok {
		return
	}
	rec.mu.Lock()
	defer rec.mu.Unlock()
	rec.err = err
	if p, ok := c.Value(keyActor).(tasks.Person); ok {
		rec.who = p.ID
	}
}

func requestID(ctx context.Context) string {
	if rec, ok := ctx.Value(recordKey{}).(*record); ok {
		return rec.id
	}
	return ""
}

// statusWriter remembers the status and length of an answer.
type statusWriter struct {
	http.ResponseWriter
	status  int
	bytes   int64
	started bool
}

func (w *statusWriter) WriteHeader(status int) {
	if !w.started {
		w.status, w.started = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	w.started = true
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// sessionFailed answers when a session could not be read or written. There is no page without a session: the words stand alone.
func (s *Server) sessionFailed(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.ErrorContext(r.Context(), "session", "error", err)
	http.Error(w, s.Templates.Words(s.visitorLanguage(r)).T("error.session"), statuses[tasks.CodeOf(err)])
}

// deniedOrigin answers a form that another site sent.
func (s *Server) deniedOrigin(w http.ResponseWriter, r *http.Request) {
	http.Error(w, s.Templates.Words(s.visitorLanguage(r)).T("error.origin"), http.StatusForbidden)
}

// healthz answers while the process serves.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") }

// readyz answers 503 while the program cannot do its work.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if err := s.Ready(r.Context()); err != nil {
		s.Log.WarnContext(r.Context(), "not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // who asked may be gone; there is nobody to tell
}
