package web

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

const (
	// maxForm bounds a whole request; a document of several files is the largest.
	maxForm = 6 * tasks.MaxUpload
	// maxFields bounds a request that carries no file.
	maxFields = 2 << 20
	// maxUploadsAtOnce is how many requests with files one person may have under way: each may take maxForm of memory.
	maxUploadsAtOnce = 2
	// retryUpload is when one of them may have ended.
	retryUpload = 30 * time.Second
)

// uploadRoutes take files. Their bodies are read by the handler, once it knows that the person may.
var uploadRoutes = map[string]bool{
	"/documents": true, "/documents/takeover": true, "/assignments/:id/report": true, "/assignments/:id/evidence/add": true, "/assignments/:id/remarks/:remark/answer": true,
	"/assignments/:id/contributions/send": true, "/consultations/:id/letter": true, "/letters/:id/issue": true, "/letters/:id/correct": true, "/directory/book": true, "/directory/book/load": true, daysPath + "/preview": true,
}

// limited bounds every request's body; reading on gives http.MaxBytesError.
func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		next.ServeHTTP(w, r)
	})
}

// admitForm reads the form of a request without files, and lets one with files through when the person has not too many of them
// under way. done ends its turn. How many fields there may be net/http and net/url bound (GODEBUG multipartmaxparts,
// urlmaxqueryparams).
func (s *Server) admitForm(c *gin.Context, r route, actor tasks.Person) (done func(), err error) {
	if r.method != http.MethodPost {
		return func() {}, nil
	}
	if uploadRoutes[r.path] {
		return s.uploads.begin(actor.ID)
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxFields)
	// By itself: for a form that is not multipart ParseMultipartForm keeps what went wrong to itself.
	if err = c.Request.ParseForm(); err == nil {
		err = c.Request.ParseMultipartForm(maxFields)
	}
	if err == nil || errors.Is(err, http.ErrNotMultipart) {
		return func() {}, nil
	}
	return nil, formError(err, "error.form_too_large")
}

// formError says why a form could not be read: too much of it, or not whole.
func formError(err error, tooLargeKey string) error {
	err = fmt.Errorf("read form: %w", err)
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) || errors.Is(err, multipart.ErrMessageTooLarge) {
		limits := []string{strconv.Itoa(maxForm >> 20), strconv.Itoa(tasks.MaxUpload >> 20)}
		if tooLargeKey == "error.form_too_large" {
			limits = []string{strconv.Itoa(maxFields >> 20)}
		}
		return &tasks.Error{Code: tasks.CodeTooLarge, Key: tooLargeKey, Args: limits, Err: err}
	}
	return &tasks.Error{Code: tasks.CodeInvalid, Key: "error.broken_form", Err: err}
}

// turns counts by person what is under way.
type turns struct {
	mu  sync.Mutex
	now map[int64]int
}

// begin takes a turn of the person, which done gives back.
func (t *turns) begin(person int64) (done func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now[person] >= maxUploadsAtOnce {
		return nil, &tasks.Error{Code: tasks.CodeTooMany, Key: "upload.at_once", RetryAfter: retryUpload}
	}
	if t.now == nil {
		t.now = make(map[int64]int)
	}
	t.now[person]++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.now[person]--; t.now[person] == 0 {
			delete(t.now, person)
		}
	}, nil
}
