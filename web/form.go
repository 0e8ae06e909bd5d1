package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// pathID reads an identifier of the path; what is none does not exist.
func pathID(c *gin.Context, name string) (int64, error) {
	id, err := strconv.ParseUint(c.Param(name), 10, 63) // no sign: one thing has one address
	if err != nil || id == 0 {
		return 0, tasks.ErrNotFound
	}
	return int64(id), nil
}

// formID reads an identifier of a form; anything else is 0.
func formID(text string) int64 {
	id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// formIDs reads identifiers that stand several times in a form.
func formIDs(texts []string) []int64 {
	var ids []int64
	for _, t := range texts {
		if id := formID(t); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// formDate reads a day as browsers send it (2026-10-05) or as people type it (5/10/2026, 5-10-2026, 5.10.2026). Empty text is the
// zero date; ok is false when the text is no day.
func formDate(text string) (d calendar.Date, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return calendar.Date{}, true
	}
	if d, err := calendar.ParseDate(text); err == nil {
		return d, true
	}
	var day, month, year int
	text = strings.NewReplacer("-", "/", ".", "/", " ", "").Replace(text)
	parts := strings.Split(text, "/")
	if len(parts) != 3 {
		return calendar.Date{}, false
	}
	for i, n := range []*int{&day, &month, &year} {
		v, err := strconv.Atoi(parts[i])
		if err != nil {
			return calendar.Date{}, false
		}
		*n = v
	}
	d, err := calendar.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	return d, err == nil
}

// uploads reads the files of a form field into memory. A name is reduced to its last part; an empty choice of a browser is left out.
func uploads(c *gin.Context, field string) ([]tasks.Upload, error) {
	form, err := c.MultipartForm()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		return nil, formError(err, "error.too_large")
	}
	var out []tasks.Upload
	for _, h := range form.File[field] {
		if h.Filename == "" && h.Size == 0 {
			continue
		}
		u, err := upload(h)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

func upload(h *multipart.FileHeader) (tasks.Upload, error) {
	f, err := h.Open()
	if err != nil {
		return tasks.Upload{}, fmt.Errorf("open upload: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, tasks.MaxUpload+1))
	if err != nil {
		return tasks.Upload{}, fmt.Errorf("read upload: %w", err)
	}
	return tasks.Upload{Name: fileName(h.Filename), Data: data}, nil
}

// fileName is the last part of a name as a browser sent it, without what no file name should hold.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`"<>|:*?`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	if runes := []rune(name); len(runes) > 150 {
		ext := path.Ext(name)
		name = string(runes[:150-len([]rune(ext))]) + ext
	}
	if name == "" || name == "." || name == "/" {
		return "tep"
	}
	return name
}

// fieldErrors are the words of a refused form by field. Those of fields that the form does not show stand under "".
type fieldErrors struct {
	byField map[string]string
	first   string
}

// invalid tells whether err is a refused form, and gives its words.
func (s *Server) invalid(actor tasks.Person, err error) (fieldErrors, bool) {
	var e *tasks.Error
	if !errors.As(err, &e) || e.Code != tasks.CodeInvalid {
		return fieldErrors{}, false
	}
	w := s.words(actor)
	fe := fieldErrors{byField: make(map[string]string)}
	if len(e.Fields) == 0 {
		fe.first = s.explain(actor, err)
	}
	for _, f := range e.Fields {
		text := w.T(f.Key, args(f.Args)...)
		if old := fe.byField[f.Field]; old != "" {
			text = old + " " + text
		}
		fe.byField[f.Field] = text
	}
	return fe, true
}

// on puts the words of a field's error into it.
func (fe fieldErrors) on(f templates.Field) templates.Field {
	f.Error = fe.byField[f.Name]
	return f
}

// fileOf sends a file that belongs to something: the path names both.
func fileOf(open func(ctx context.Context, actor tasks.Person, of, file int64) (tasks.Attachment, io.ReadSeekCloser, error)) func(*gin.Context, tasks.Person) error {
	return func(c *gin.Context, actor tasks.Person) error {
		of, err := pathID(c, "id")
		if err != nil {
			return err
		}
		file, err := pathID(c, "file")
		if err != nil {
			return err
		}
		a, f, err := open(c.Request.Context(), actor, of, file)
		if err != nil {
			return err
		}
		serveFile(c, a, f)
		return nil
	}
}

// serveFile sends stored bytes as an attachment, never shown in the program's own origin.
func serveFile(c *gin.Context, a tasks.Attachment, f io.ReadSeekCloser) {
	defer f.Close()
	h := c.Writer.Header()
	h.Set("Content-Type", a.Type)
	h.Set("Content-Disposition", attachmentHeader(a.Name))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	http.ServeContent(c.Writer, c.Request, "", a.CreatedAt, f)
}
