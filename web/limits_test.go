package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/tasks"
)

// Requests that are too much are refused before they cost much, with words.
func TestTooMuch(t *testing.T) {
	r := newRig(t)
	c := r.signIn(focalEmail)
	many := strings.Repeat("a=1&", 200_000)
	for name, p := range map[string]*page{
		"a long form, nobody":           r.client().do("POST", "/login", asForm, strings.NewReader("email="+strings.Repeat("x", 3<<20))),
		"a long form":                   c.do("POST", "/account/password", asForm, strings.NewReader("old="+strings.Repeat("x", 3<<20))),
		"a long form of unknown length": c.do("POST", "/account/password", asForm, io.MultiReader(strings.NewReader("old="+strings.Repeat("x", 3<<20)))),
	} {
		p.want(http.StatusRequestEntityTooLarge).wantText("rút ngắn")
		if strings.Contains(p.body, "xxxxxxxxxx") {
			t.Errorf("%s: the page repeats it", name)
		}
	}
	for name, p := range map[string]*page{
		"many fields, nobody": r.client().do("POST", "/login", asForm, strings.NewReader(many)),
		"many fields":         c.do("POST", "/account/password", asForm, strings.NewReader(many)),
		"bad escapes":         c.do("POST", "/account/password", asForm, strings.NewReader("old=%zz&password=%")),
		"a broken multipart":  c.do("POST", "/account/password", map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, strings.NewReader("--x\r\nabc")),
		"no boundary":         c.do("POST", "/account/password", map[string]string{"Content-Type": "multipart/form-data"}, strings.NewReader("--x\r\nabc")),
	} {
		if p.status != http.StatusUnprocessableEntity && p.status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: answered %d: %s", name, p.status, p.text())
		}
	}
	// Somebody who is not signed in sends no upload: it is not read.
	body := &countingReader{left: 100 << 20}
	req := must(http.NewRequestWithContext(t.Context(), "POST", r.http.URL+"/documents", body))(t)
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	res, err := r.client().http.Do(req)
	if err == nil {
		res.Body.Close()
		if res.StatusCode != http.StatusSeeOther {
			t.Errorf("an upload of nobody: %d", res.StatusCode)
		}
	}
	if n := body.read.Load(); n > 8<<20 {
		t.Errorf("%d octets of an upload of nobody were read", n)
	}
}

// countingReader gives octets and counts them. The transport may still read when the answer is there: the count is atomic.
type countingReader struct {
	head string // what comes first
	left int
	read atomic.Int64
}

// Read implements io.Reader.
func (r *countingReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), r.left)
	r.head = r.head[copy(p[:n], r.head):]
	r.left -= n
	r.read.Add(int64(n))
	return n, nil
}

// The files of a form are read once it is known that the person may send it, so that nobody else makes the program read them.
func TestFilesOfWhoMayNotAreNotRead(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-10-30"})
	duty := path(list[0])
	office, leader, lead, part := r.signIn(officeEmail), r.signIn(leaderEmail), r.signIn(focalEmail), r.signIn(otherEmail)
	for address, people := range map[string][]*client{
		duty + "/report":             {office, leader, part},
		duty + "/evidence/add":       {office, leader, part},
		duty + "/remarks/1/answer":   {office, leader, part},
		duty + "/contributions/send": {office, leader, lead},
		"/documents":                 {leader, lead},
		"/documents/takeover":        {leader, lead},
		"/consultations/1/letter":    {leader, lead},
		"/letters/1/issue":           {leader, lead},
		"/letters/1/correct":         {leader, lead},
		"/directory/book":            {leader, lead},
		"/directory/book/load":       {leader, lead},
		"/working-days/preview":      {leader, lead},
	} {
		for _, c := range people {
			if p := c.upload(address, nil); p.status != http.StatusForbidden && p.status != http.StatusNotFound {
				t.Errorf("%s: answered %d", address, p.status)
			}
			body := &countingReader{left: 60 << 20, head: "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n"}
			req := must(http.NewRequestWithContext(t.Context(), "POST", r.http.URL+address, body))(t)
			req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
			if res, err := c.http.Do(req); err == nil {
				res.Body.Close()
			}
			if n := body.read.Load(); n > 8<<20 {
				t.Errorf("%s: %d octets were read", address, n)
			}
		}
	}
}

// slowUpload is an upload that goes on until it is ended.
type slowUpload struct {
	body *io.PipeWriter
	done chan struct{}
}

func (u *slowUpload) answered() bool {
	select {
	case <-u.done:
		return true
	default:
		return false
	}
}

func (u *slowUpload) end() { u.body.CloseWithError(io.ErrUnexpectedEOF); <-u.done }

// A person's uploads under way are bounded, and one's own do not hinder another's.
func TestUploadsAtOnce(t *testing.T) {
	r := newRig(t)
	_, own := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, joint: true, due: "2026-10-30"})
	path := fmt.Sprintf("/assignments/%d/report", own[0].ID)
	c, other := r.signIn(focalEmail), r.signIn(otherEmail)
	slow := func() *slowUpload {
		pr, pw := io.Pipe()
		req := must(http.NewRequestWithContext(t.Context(), "POST", c.base+path, pr))(t)
		req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		done := make(chan struct{})
		go func() {
			defer close(done)
			if res, err := c.http.Do(req); err == nil {
				res.Body.Close()
			}
		}()
		if _, err := io.WriteString(pw, "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"+strings.Repeat("a", 1<<20)); err != nil && !errors.Is(err, io.ErrClosedPipe) {
			t.Fatal(err)
		}
		return &slowUpload{pw, done}
	}
	uploads := []*slowUpload{slow(), slow()}
	form := url.Values{"kind": {"progress"}, "percent": {"10"}, "text": {"Đang làm"}}
	p := c.upload(path, form)
	for deadline := time.Now().Add(10 * time.Second); p.status != http.StatusTooManyRequests && time.Now().Before(deadline); p = c.upload(path, form) {
		time.Sleep(20 * time.Millisecond) // until the two have arrived
		for i, u := range uploads {
			if u.answered() { // it was refused, as the upload that asks was under way just then
				uploads[i] = slow()
			}
		}
	}
	p.want(http.StatusTooManyRequests).wantText("đang gửi các tệp khác")
	if p.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	other.upload(path, form).want(http.StatusSeeOther)
	for _, u := range uploads {
		u.end()
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		p := c.upload(path, form)
		if p.status == http.StatusSeeOther {
			break
		}
		if p.want(http.StatusTooManyRequests); time.Now().After(deadline) {
			t.Fatal("uploads that were broken off still count")
		}
	}
}

type readerFunc func(context.Context, []tasks.Upload) (tasks.Extraction, error)

// Read implements tasks.Reader.
func (fn readerFunc) Read(ctx context.Context, files []tasks.Upload) (tasks.Extraction, error) {
	return fn(ctx, files)
}

// What is uploaded stays in memory until it was read: nothing of a classified file may reach the disk.
func TestUploadsStayInMemory(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	r := newRig(t)
	c := r.signIn(officeEmail)
	big := bytes.Repeat([]byte("MẬT "), 12<<20/5)
	var during []string
	r.Documents.Reader = readerFunc(func(context.Context, []tasks.Upload) (tasks.Extraction, error) {
		for _, e := range must(os.ReadDir(dir))(t) {
			during = append(during, e.Name())
		}
		return tasks.Extraction{}, tasks.E(tasks.CodeInvalid, "file.classified")
	})
	p := c.upload("/documents", nil, file{"files", "a.docx", big}, file{"files", "b.docx", big}, file{"files", "c.docx", big}, file{"files", "d.docx", big})
	p.want(http.StatusUnprocessableEntity).wantText("độ mật")
	if len(during) > 0 {
		t.Errorf("while they were read, %q lay on the disk", during)
	}
	if left := must(os.ReadDir(dir))(t); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
}
