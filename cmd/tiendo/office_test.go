package main

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/tasks"
)

// office is the whole program with its real reader, and the browser of one person who may do everything.
type office struct {
	*app
	t      *testing.T
	config config
	ahead  atomic.Int64 // nanoseconds by which the system clock is ahead of the machine's
	actor  tasks.Person
	http   *httptest.Server
	client *http.Client
}

const (
	officeEmail    = "van.thu@vpub.mauson.example"
	officePassword = "rung-xanh-nui-do"
)

// newOffice boots the program in a fresh folder. change, if any, alters the settings first.
func newOffice(t *testing.T, change func(*config)) *office {
	t.Helper()
	c := defaultConfig()
	c.unsynced = true
	if change != nil {
		change(&c)
	}
	if err := c.complete(t.TempDir()).err(); err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, config: c}
	o.boot()
	var err error
	o.actor, err = o.accounts.AddWithPassword(t.Context(), tasks.System, tasks.Person{
		Email: officeEmail, Name: "Văn thư", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleAdmin}, {Role: tasks.RoleSecretariat}},
	}, officePassword)
	if err != nil {
		t.Fatal(err)
	}
	o.signIn()
	return o
}

// in is the same office seen from a subtest.
func (o *office) in(t *testing.T) *office {
	return &office{app: o.app, t: t, config: o.config, actor: o.actor, http: o.http, client: o.client}
}

// boot starts the program over its database.
func (o *office) boot() {
	o.t.Helper()
	var err error
	cl := clocks{business: time.Now, system: func() time.Time { return time.Now().Add(time.Duration(o.ahead.Load())) }}
	if o.app, err = newApp(o.t.Context(), o.config, cl, slog.New(slog.DiscardHandler)); err != nil {
		o.t.Fatal(err)
	}
	o.http = httptest.NewUnstartedServer(nil)
	o.app.config.BaseURL = "http://" + o.http.Listener.Addr().String()
	if o.http.Config.Handler, err = o.handler(nil, nil); err != nil {
		o.t.Fatal(err)
	}
	o.http.Start()
	a, server := o.app, o.http
	o.t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			o.t.Errorf("close: %v", err)
		}
	})
}

func (o *office) signIn() {
	o.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	o.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	o.post("/login", url.Values{"email": {officeEmail}, "password": {officePassword}}).want(http.StatusSeeOther)
}

// answer is one page that came back.
type answer struct {
	t        *testing.T
	what     string
	status   int
	location string
	body     string
}

func (o *office) get(path string) answer { return o.send(http.MethodGet, path, "", nil) }

func (o *office) post(path string, form url.Values) answer {
	return o.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload sends a form with one file.
func (o *office) upload(path, field, name string, data []byte, form url.Values) answer {
	o.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, list := range form {
		for _, v := range list {
			o.check(w.WriteField(key, v))
		}
	}
	part, err := w.CreateFormFile(field, name)
	o.check(err)
	_, err = part.Write(data)
	o.check(err)
	o.check(w.Close())
	return o.send(http.MethodPost, path, w.FormDataContentType(), &body)
}

func (o *office) check(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) send(method, path, kind string, body io.Reader) answer {
	o.t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(o.t.Context()), method, o.http.URL+path, body)
	o.check(err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := o.client.Do(req)
	o.check(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	o.check(err)
	return answer{t: o.t, what: method + " " + path, status: res.StatusCode, location: strings.TrimPrefix(res.Header.Get("Location"), o.http.URL), body: string(text)}
}

func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: status %d, want %d: %s", a.what, a.status, status, a.words())
	}
	return a
}

func (a answer) says(texts ...string) answer {
	a.t.Helper()
	for _, s := range texts {
		if !strings.Contains(html.UnescapeString(a.body), s) {
			a.t.Errorf("%s (%d) does not say %q: %s", a.what, a.status, s, a.words())
		}
	}
	return a
}

var (
	headElement = regexp.MustCompile(`(?s)<head>.*?</head>`)
	anyTag      = regexp.MustCompile(`<[^>]*>`)
)

// words is what a person reads on the page.
func (a answer) words() string {
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(headElement.ReplaceAllString(a.body, ""), " "))), " ")
}

// documents counts what was imported.
func (o *office) documentCount() int {
	o.t.Helper()
	page, err := o.documents.List(o.t.Context(), o.actor, tasks.DocumentQuery{Limit: tasks.MaxPage})
	o.check(err)
	return len(page.Rows)
}

// storedFiles lists what lies in the folder of uploads, unfinished ones too.
func (o *office) storedFiles() []string {
	o.t.Helper()
	found, err := filepath.Glob(filepath.Join(o.config.Files.Dir, "*", "*"))
	o.check(err)
	unfinished, err := filepath.Glob(filepath.Join(o.config.Files.Dir, "upload-*"))
	o.check(err)
	return append(found, unfinished...)
}

// command runs the program's command line and answers its exit code and all that it said.
func (o *office) command(args ...string) (code int, said string) {
	o.t.Helper()
	var out bytes.Buffer
	ctx, cancel := context.WithTimeout(context.WithoutCancel(o.t.Context()), 20*time.Second)
	defer cancel()
	code = run(ctx, args, streams{strings.NewReader(""), &out, &out})
	return code, out.String()
}
