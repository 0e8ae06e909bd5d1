package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

const (
	previewsPath    = "/outbox/previews"
	previewBodyPath = previewsPath + "/body"
)

// mailPreviewsPage shows one sort of mail as it would be written now.
type mailPreviewsPage struct {
	templates.Layout
	Lede     string
	Fields   []templates.Field
	Subject  string
	Facts    []templates.Fact
	Notes    []string // what is to be known of the example
	BodyHref string   // the HTML by itself; "" when there is no example
	Text     string
	Findings []string
	Empty    templates.Empty
}

// previewAsked is the sort of mail that the address asks for, the first without one.
func (s *Server) previewAsked(c *gin.Context) (notify.PreviewName, []notify.PreviewName, error) {
	names := s.Outbox.Composer.Previews()
	asked := c.Query("mail")
	if asked == "" {
		return names[0], names, nil
	}
	i := slices.IndexFunc(names, func(n notify.PreviewName) bool { return n.String() == asked })
	if i < 0 {
		return notify.PreviewName{}, nil, tasks.ErrNotFound
	}
	return names[i], names, nil
}

// mailPreview is the mail that the address asks for.
func (s *Server) mailPreview(c *gin.Context, actor tasks.Person, name notify.PreviewName) (notify.MailPreview, bool, error) {
	return s.Outbox.Preview(c.Request.Context(), actor, name, known(s.Templates.Languages(), c.Query("language")))
}

// mailPreviews lets the secretariat look at each sort of mail, made of what the database has; nothing is written or sent.
func (s *Server) mailPreviews(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionMailPreview) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	w := s.words(actor)
	name, names, err := s.previewAsked(c)
	if err != nil {
		return err
	}
	m, ok, err := s.mailPreview(c, actor, name)
	if err != nil {
		return err
	}
	language := known(s.Templates.Languages(), c.Query("language"))
	p := mailPreviewsPage{Lede: w.T("mail_preview.lede"), Fields: s.previewFields(w, names, name, language)}
	p.Layout = s.layout(c, actor, w.T("mail_preview.title", name.Label(w)))
	if !ok {
		p.Empty = templates.Empty{Text: w.T("mail_preview.empty"), Hint: name.Needs(w)}
		return s.render(c, http.StatusOK, "mail_previews", p)
	}
	p.Subject, p.Text = m.Subject, m.Text
	p.BodyHref = previewBodyPath + "?" + url.Values{"mail": {name.String()}, "language": {language}}.Encode()
	p.Facts = []templates.Fact{
		{Label: w.T("outbox.to"), Text: m.To.Name + " <" + m.To.Email + ">"},
		{Label: w.T("outbox.subject"), Text: m.Subject},
		{Label: w.T("mail_preview.size"), Text: w.Bytes(int64(len(m.HTML))), Note: w.T("mail_preview.size_note", w.Bytes(int64(m.Size())))},
	}
	for _, f := range m.Files {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("mail_preview.file"), Text: f.Name, Note: w.Bytes(int64(len(f.Content)))})
	}
	if m.Nobody {
		p.Notes = append(p.Notes, w.T("mail_preview.nobody"))
	}
	if m.Past {
		p.Notes = append(p.Notes, w.T("mail_preview.past"))
	}
	for _, f := range m.Findings {
		p.Findings = append(p.Findings, w.T("mail_lint."+string(f.Rule))+": "+f.Detail)
	}
	// The frame is this page's own, and shows what is sandboxed by itself.
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "; form-action", "; frame-src 'self'; form-action", 1))
	return s.render(c, http.StatusOK, "mail_previews", p)
}

func (s *Server) previewFields(w *templates.Words, names []notify.PreviewName, chosen notify.PreviewName, language string) []templates.Field {
	sort := templates.Field{Name: "mail", Type: "select", Label: w.T("mail_preview.mail"), Value: chosen.String(), Required: true}
	for _, n := range names {
		sort.Options = append(sort.Options, templates.Option{Value: n.String(), Label: n.Label(w)})
	}
	in := templates.Field{Name: "language", Type: "select", Label: w.T("mail_preview.language"), Blank: w.T("mail_preview.of_recipient"), Value: language}
	for _, l := range s.Templates.Languages() {
		in.Options = append(in.Options, templates.Option{Value: l, Label: w.T("language." + l)})
	}
	return []templates.Field{sort, in}
}

// mailPreviewBody is the HTML of a mail by itself: in a sandbox, with its own styles, in no frame but one of ours.
func (s *Server) mailPreviewBody(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionMailPreview) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	name, _, err := s.previewAsked(c)
	if err != nil {
		return err
	}
	m, ok, err := s.mailPreview(c, actor, name)
	if err != nil {
		return err
	}
	if !ok {
		return tasks.ErrNotFound
	}
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(m.HTML))
	return nil
}
