package web_test

import (
	"bytes"
	"hash/maphash"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"

	"tiendo/templates/templatetest"
)

// client is one browser: it keeps cookies and follows redirects only when told to (page.follow).
type client struct {
	t    *testing.T
	http *http.Client
	base string
}

// client is a browser that is not signed in.
func (r *rig) client() *client {
	jar := must(cookiejar.New(nil))(r.t)
	return &client{t: r.t, base: r.http.URL, http: &http.Client{
		Jar: jar, Transport: r.http.Client().Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// signIn is a browser in which the person has signed in through the form.
func (r *rig) signIn(email string) *client {
	r.t.Helper()
	c := r.client()
	p := c.post("/login", url.Values{"email": {email}, "password": {rigPassword}})
	if p.status != http.StatusSeeOther {
		r.t.Fatalf("sign in %s: status %d: %s", email, p.status, p.text())
	}
	return c
}

// get asks for a page.
func (c *client) get(path string) *page {
	c.t.Helper()
	return c.send(must(http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+path, nil))(c.t))
}

// post sends a form.
func (c *client) post(path string, values url.Values) *page {
	c.t.Helper()
	req := must(http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, strings.NewReader(values.Encode())))(c.t)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(req)
}

// file is one file of a form with files.
type file struct {
	field, name string
	data        []byte
}

// upload sends a form with files.
func (c *client) upload(path string, values url.Values, files ...file) *page {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range values {
		for _, v := range list {
			if err := w.WriteField(name, v); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part := must(w.CreateFormFile(f.field, f.name))(c.t)
		if _, err := part.Write(f.data); err != nil {
			c.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		c.t.Fatal(err)
	}
	req := must(http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, &body))(c.t)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return c.send(req)
}

// inOrder are the hashes of the pages that were looked over and have no fault.
var (
	inOrder sync.Map
	hashing = maphash.MakeSeed()
)

// lookedOver looks a page over, one of the same content only once.
func lookedOver(body string) error {
	hash := maphash.String(hashing, body)
	if _, before := inOrder.Load(hash); before {
		return nil
	}
	err := templatetest.Check(body)
	if err == nil {
		inOrder.Store(hash, true)
	}
	return err
}

// send answers the page. Every HTML page is looked over on the way: words that are missing, labels, ids, one h1, nothing inline.
func (c *client) send(req *http.Request) *page {
	c.t.Helper()
	req.Header.Set("Accept", "text/html,*/*;q=0.8")
	res := must(c.http.Do(req))(c.t)
	defer res.Body.Close()
	body := must(io.ReadAll(res.Body))(c.t)
	p := &page{t: c.t, client: c, status: res.StatusCode, header: res.Header, body: string(body), path: req.URL.RequestURI()}
	p.location = strings.TrimPrefix(res.Header.Get("Location"), c.base)
	if kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type")); kind == "text/html" && res.StatusCode/100 != 3 && req.Method != http.MethodHead {
		if err := lookedOver(p.body); err != nil {
			c.t.Errorf("%s %s (%d): %v", req.Method, p.path, p.status, err)
		}
	}
	return p
}
