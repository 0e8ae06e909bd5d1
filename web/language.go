package web

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

const (
	keyLanguage    = "language"    // in the gin context: the language of the page
	cookieLanguage = "tiendo_lang" // what the browser's visitors chose last, for pages before signing in
	queryLanguage  = "lang"        // in an address: the choice itself
)

// languageLife is how long a browser remembers the language.
const languageLife = 365 * 24 * time.Hour

// visitorLanguage is the language of pages for who is not signed in: what the address asks for, else what this browser used last,
// else the first. What a browser says about itself does not count: many offices have browsers in English and readers of Vietnamese.
func (s *Server) visitorLanguage(r *http.Request) string {
	if lang := r.URL.Query().Get(queryLanguage); s.speaks(lang) {
		return lang
	}
	if cookie, err := r.Cookie(cookieLanguage); err == nil && s.speaks(cookie.Value) {
		return cookie.Value
	}
	return templates.DefaultLanguage
}

func (s *Server) speaks(lang string) bool { return slices.Contains(s.Templates.Languages(), lang) }

// welcome finds the language of who is not signed in, and keeps it when it was just chosen.
func (s *Server) welcome(c *gin.Context) tasks.Person {
	lang := s.visitorLanguage(c.Request)
	if lang == c.Query(queryLanguage) {
		s.rememberLanguage(c, lang)
	}
	return tasks.Person{Language: lang}
}

// rememberLanguage lets this browser show its pages before signing in, and after signing out, in the language.
func (s *Server) rememberLanguage(c *gin.Context, lang string) {
	if old, err := c.Request.Cookie(cookieLanguage); err == nil && old.Value == lang || !s.speaks(lang) {
		return
	}
	http.SetCookie(c.Writer, &http.Cookie{
		Name: cookieLanguage, Value: lang, Path: "/", MaxAge: int(languageLife.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: s.sessions.Cookie.Secure,
	})
}

// languageLinks lead to this page in the other languages, each named in its own words.
func (s *Server) languageLinks(u *url.URL, lang string) []templates.LanguageLink {
	var links []templates.LanguageLink
	for _, other := range s.Templates.Languages() {
		if other == lang {
			continue
		}
		query := u.Query()
		query.Set(queryLanguage, other)
		links = append(links, templates.LanguageLink{
			Href: u.EscapedPath() + "?" + query.Encode(), Lang: other, Label: s.Templates.Words(other).T("language." + other),
		})
	}
	return links
}

// languageField asks for one of the languages.
func (s *Server) languageField(w *templates.Words, chosen string) templates.Field {
	f := templates.Field{Name: "language", Type: "select", Label: w.T("person.language"), Value: chosen, Required: true}
	for _, l := range s.Templates.Languages() {
		f.Options = append(f.Options, templates.Option{Value: l, Label: w.T("language." + l)})
	}
	return f
}

// setLanguage changes the language of the actor's own pages and mails.
func (s *Server) setLanguage(c *gin.Context, actor tasks.Person) error {
	p, err := s.Accounts.SetLanguage(c.Request.Context(), actor, c.PostForm("language"))
	if fe, ok := s.invalid(actor, err); ok {
		return s.showAccount(c, actor, http.StatusUnprocessableEntity, fe)
	}
	if err != nil {
		return err
	}
	s.rememberLanguage(c, p.Language)
	return s.redirect(c, p, "/account", "account.language_set")
}
