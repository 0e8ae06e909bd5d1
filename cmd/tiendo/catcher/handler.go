package catcher

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed pages
var files embed.FS

var (
	pages = template.Must(template.New("").Funcs(template.FuncMap{"moment": moment, "thousands": thousands}).ParseFS(files, "pages/*.html"))
	style = must(files.ReadFile("pages/style.css"))
)

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

const (
	pageCSP = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// A mail is not trusted: no script, nothing loaded from elsewhere, an
	// origin of its own. Its links open in a new tab that is free of all this.
	mailCSP = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
	rawCSP  = "default-src 'none'; frame-ancestors 'none'"
)

// perPage mails are listed on a page.
const perPage = 100

// Handler serves the pages (in Vietnamese) and /api/messages. Its links are
// relative, so it may be mounted under a prefix that ends with a slash. It
// asks for no sign-in: mails hold one-time links, so serve it on loopback or
// behind something that does.
func (c *Catcher) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", c.list)
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, "text/css; charset=utf-8", rawCSP, style)
	})
	mux.HandleFunc("GET /messages/{id}", c.show)
	mux.HandleFunc("GET /messages/{id}/html", c.html)
	mux.HandleFunc("GET /messages/{id}/text", c.plain)
	mux.HandleFunc("GET /messages/{id}/source", c.source)
	mux.HandleFunc("GET /api/messages", c.api)
	mux.HandleFunc("/", c.missing)
	return mux
}

func respond(w http.ResponseWriter, status int, contentType, csp string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Security-Policy", csp)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

func (c *Catcher) render(w http.ResponseWriter, status int, name string, data any) {
	var buf bytes.Buffer
	if err := pages.ExecuteTemplate(&buf, name, data); err != nil {
		c.log.Error("page not rendered", "page", name, "error", err)
		respond(w, http.StatusInternalServerError, "text/plain; charset=utf-8", rawCSP, []byte("Trang bị lỗi, xem nhật ký của chương trình.\n"))
		return
	}
	respond(w, status, "text/html; charset=utf-8", pageCSP, buf.Bytes())
}

type listRow struct {
	ID                      int64
	Kind, From, To, Subject string
	Date                    time.Time
	Addresses               []string
}

type listPage struct {
	Root  string // relative way to the handler's root
	To    string // the filter as typed
	Total int    // mails that pass the filter
	All   int
	Rows  []listRow
	Older int64 // id to go on before, 0 when this is the last page
	First bool  // this is the newest page
}

func (c *Catcher) list(w http.ResponseWriter, r *http.Request) {
	before, err := strconv.ParseInt(r.FormValue("before"), 10, 64)
	first := err != nil || before <= 0
	page := listPage{Root: "./", To: strings.TrimSpace(r.FormValue("to")), First: first}
	mails := c.kept()
	page.All = len(mails)
	wanted := strings.ToLower(page.To)
	for _, m := range slices.Backward(mails) {
		if !strings.Contains(strings.ToLower(m.recipients()), wanted) {
			continue
		}
		page.Total++
		if !first && m.id >= before {
			continue
		}
		if len(page.Rows) == perPage {
			page.Older = page.Rows[perPage-1].ID
			continue
		}
		page.Rows = append(page.Rows, listRow{
			ID: m.id, Kind: m.kind, From: m.from, To: m.recipients(), Subject: m.subject,
			Date: m.date.In(c.options.Location), Addresses: m.to,
		})
	}
	c.render(w, http.StatusOK, "list.html", page)
}

type messagePage struct {
	Root string
	View string // "html", "text" or "source"
	Message
	Words string // the text or the source
}

func (c *Catcher) show(w http.ResponseWriter, r *http.Request) {
	c.view(w, r, "../", "html")
}

func (c *Catcher) plain(w http.ResponseWriter, r *http.Request) {
	c.view(w, r, "../../", "text")
}

func (c *Catcher) source(w http.ResponseWriter, r *http.Request) {
	c.view(w, r, "../../", "source")
}

func (c *Catcher) view(w http.ResponseWriter, r *http.Request, root, view string) {
	m, ok := c.requested(r)
	if !ok {
		c.missing(w, r)
		return
	}
	page := messagePage{Root: root, View: view, Message: m}
	switch {
	case view == "source":
		page.Words = strings.ToValidUTF8(string(m.Raw), "\uFFFD")
	case view == "text" || m.HTML == "":
		page.View, page.Words = "text", m.Text
	}
	c.render(w, http.StatusOK, "message.html", page)
}

var headTag = regexp.MustCompile(`(?i)<head(\s[^>]*)?>`)

// html serves the mail's own HTML for the frame. The only change is that its
// links open in a new tab: inside the frame the linked page would be blocked.
func (c *Catcher) html(w http.ResponseWriter, r *http.Request) {
	m, ok := c.requested(r)
	if !ok || m.HTML == "" {
		c.missing(w, r)
		return
	}
	const base = `<base target="_blank">`
	body := base + m.HTML
	if at := headTag.FindStringIndex(m.HTML); at != nil {
		body = m.HTML[:at[1]] + base + m.HTML[at[1]:]
	}
	respond(w, http.StatusOK, "text/html; charset=utf-8", mailCSP, []byte(body))
}

func (c *Catcher) requested(r *http.Request) (Message, bool) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return Message{}, false
	}
	m, ok := c.find(id)
	if !ok {
		return Message{}, false
	}
	return c.message(m), true
}

func (c *Catcher) missing(w http.ResponseWriter, r *http.Request) {
	root := strings.Repeat("../", max(0, strings.Count(r.URL.Path, "/")-1))
	c.render(w, http.StatusNotFound, "missing.html", struct{ Root string }{"./" + root})
}

// api lists all mails, oldest first; "[]" when there are none.
func (c *Catcher) api(w http.ResponseWriter, _ *http.Request) {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	if err := encoder.Encode(c.Messages()); err != nil {
		c.log.Error("mails not listed", "error", err)
		http.Error(w, "mails could not be listed", http.StatusInternalServerError)
		return
	}
	respond(w, http.StatusOK, "application/json; charset=utf-8", rawCSP, buf.Bytes())
}

var weekdays = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// moment is a date and time as people here write it, with its weekday.
func moment(t time.Time) string {
	return weekdays[t.Weekday()] + t.Format(", 2/1/2006, 15:04")
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// DateText is the date as JSON gives it, for the time element.
func (r listRow) DateText() string { return r.Date.Format(time.RFC3339) }

// DateText is the date as JSON gives it, for the time element.
func (m Message) DateText() string { return m.Date.Format(time.RFC3339) }

// MarshalJSON writes the date as RFC 3339 with whole seconds.
func (m Message) MarshalJSON() ([]byte, error) {
	type plain Message
	b, err := json.Marshal(struct {
		plain
		Date string `json:"date"`
	}{plain(m), m.DateText()})
	if err != nil {
		return nil, fmt.Errorf("mail %d as JSON: %w", m.ID, err)
	}
	return b, nil
}
