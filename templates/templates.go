// Package templates holds everything a person reads: pages, mails, style
// sheets, scripts and the words of each language. All of it is embedded in the
// binary and parsed once at start.
//
// A page is one file in pages/ that defines the block "main"; its data is a
// struct that embeds Layout. A mail kind is a pair of files in mail/: NAME.html
// defines "body", NAME.txt defines "subject" and "body"; its data is a struct
// that embeds Letter. Blocks shared by pages live in partials/, those shared by
// mails in mail/parts/.
package templates

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"
	"time"
)

//go:embed pages partials mail static locales
var embedded embed.FS

// DefaultLanguage is used where a wanted language has no words.
const DefaultLanguage = "vi"

// Set is every page and mail in every language, ready to render. It is safe for
// concurrent use.
type Set struct {
	words    map[string]*Words
	pages    map[string]map[string]*htmltemplate.Template
	mailHTML map[string]map[string]*htmltemplate.Template
	mailText map[string]map[string]*texttemplate.Template
	assets   *assets
}

// LoadOption changes how Load prepares the set.
type LoadOption func(*options)

type options struct{ zone *time.Location }

// InZone shows every instant in the given zone. Without it an instant is shown
// in the zone its time.Time carries. Calendar dates have no zone and are left
// as they are.
func InZone(zone *time.Location) LoadOption { return func(o *options) { o.zone = zone } }

// Load parses all embedded templates and words. A template that does not parse,
// cannot be escaped safely, or lacks its block is an error here and not at the
// first request.
func Load(opts ...LoadOption) (*Set, error) { return load(embedded, opts...) }

func load(files fs.FS, opts ...LoadOption) (*Set, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	words, err := loadWords(files, o.zone)
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	assets, err := loadAssets(files)
	if err != nil {
		return nil, fmt.Errorf("load static files: %w", err)
	}
	s := &Set{
		words:    words,
		assets:   assets,
		pages:    map[string]map[string]*htmltemplate.Template{},
		mailHTML: map[string]map[string]*htmltemplate.Template{},
		mailText: map[string]map[string]*texttemplate.Template{},
	}
	for lang, w := range words {
		if s.pages[lang], err = parseHTML(files, s.functions(w), "layout", "main", "partials/*.html", "pages/*.html"); err != nil {
			return nil, fmt.Errorf("load pages (%s): %w", lang, err)
		}
		if s.mailHTML[lang], err = parseHTML(files, s.functions(w), "letter", "body", "mail/parts/*.html", "mail/*.html"); err != nil {
			return nil, fmt.Errorf("load mails (%s): %w", lang, err)
		}
		if s.mailText[lang], err = parseText(files, s.functions(w)); err != nil {
			return nil, fmt.Errorf("load mail texts (%s): %w", lang, err)
		}
	}
	return s, s.checkPairs()
}

// parseHTML returns one template a file of mains, each with its own copy of the
// shared blocks, so that every file may define the same block name.
func parseHTML(files fs.FS, funcs map[string]any, root, block, shared, mains string) (map[string]*htmltemplate.Template, error) {
	base, err := htmltemplate.New("").Funcs(funcs).Option("missingkey=error").ParseFS(files, shared)
	if err != nil {
		return nil, err
	}
	if base.Lookup(root) == nil {
		return nil, fmt.Errorf("%s: no file defines %q", shared, root)
	}
	names, err := fs.Glob(files, mains)
	if err != nil {
		return nil, err
	}
	parsed := make(map[string]*htmltemplate.Template, len(names))
	for _, name := range names {
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if t, err = t.ParseFS(files, name); err != nil {
			return nil, err
		}
		if t.Lookup(block) == nil {
			return nil, fmt.Errorf("%s: does not define %q", name, block)
		}
		// Escaping is done at the first execution; running it on no data brings
		// its errors forward. That the run itself then fails for want of data
		// is expected.
		var unsafe *htmltemplate.Error
		if err := t.ExecuteTemplate(io.Discard, root, nil); errors.As(err, &unsafe) {
			return nil, fmt.Errorf("%s: %w", name, unsafe)
		}
		parsed[stem(name)] = t
	}
	return parsed, nil
}

func parseText(files fs.FS, funcs map[string]any) (map[string]*texttemplate.Template, error) {
	base, err := texttemplate.New("").Funcs(funcs).Option("missingkey=error").ParseFS(files, "mail/parts/*.txt")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "mail/*.txt")
	if err != nil {
		return nil, err
	}
	parsed := make(map[string]*texttemplate.Template, len(names))
	for _, name := range names {
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if t, err = t.ParseFS(files, name); err != nil {
			return nil, err
		}
		for _, block := range []string{"subject", "body"} {
			if t.Lookup(block) == nil {
				return nil, fmt.Errorf("%s: does not define %q", name, block)
			}
		}
		parsed[stem(name)] = t
	}
	return parsed, nil
}

// checkPairs holds every mail kind to both its forms.
func (s *Set) checkPairs() error {
	html := slices.Sorted(maps.Keys(s.mailHTML[DefaultLanguage]))
	text := slices.Sorted(maps.Keys(s.mailText[DefaultLanguage]))
	if !slices.Equal(html, text) {
		return fmt.Errorf("mails need a .html and a .txt each: have %v and %v", html, text)
	}
	return nil
}

func stem(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

// Pages lists the names of all pages, sorted.
func (s *Set) Pages() []string { return slices.Sorted(maps.Keys(s.pages[DefaultLanguage])) }

// Mails lists the names of all mail kinds, sorted.
func (s *Set) Mails() []string { return slices.Sorted(maps.Keys(s.mailHTML[DefaultLanguage])) }

// Languages lists the languages that have words, sorted.
func (s *Set) Languages() []string { return slices.Sorted(maps.Keys(s.words)) }

// Words returns the words of a language, or those of DefaultLanguage when it
// has none.
func (s *Set) Words(lang string) *Words { return s.words[s.language(lang)] }

func (s *Set) language(lang string) string {
	if _, ok := s.words[lang]; ok {
		return lang
	}
	return DefaultLanguage
}

// buffers are kept because one grows to the size of a page by doubling.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Page renders a page and writes it to w only when the whole of it succeeded:
// after an error nothing has been written. Data is a struct, or a pointer to
// one, that embeds Layout; a map is refused, because it hides missing names.
func (s *Set) Page(w io.Writer, name, lang string, data any) error {
	t, ok := s.pages[s.language(lang)][name]
	if !ok {
		return fmt.Errorf("render page %q: no such page", name)
	}
	page := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(page)
	page.Reset()
	if err := execute(page, t, "layout", data); err != nil {
		return fmt.Errorf("render page %q: %w", name, err)
	}
	_, err := page.WriteTo(w)
	return err
}

// Mail renders one mail: its subject on one line, its HTML and its plain text.
// Data is a struct, or a pointer to one, that embeds Letter. Addresses in it
// are absolute: a mail has no page to be relative to.
func (s *Set) Mail(name, lang string, data any) (subject, html, text string, err error) {
	lang = s.language(lang)
	asHTML, ok := s.mailHTML[lang][name]
	if !ok {
		return "", "", "", fmt.Errorf("render mail %q: no such mail", name)
	}
	asText := s.mailText[lang][name]
	var head, rich, plain bytes.Buffer
	if err := errors.Join(
		execute(&head, asText, "subject", data),
		execute(&rich, asHTML, "letter", data),
		execute(&plain, asText, "letter", data),
	); err != nil {
		return "", "", "", fmt.Errorf("render mail %q: %w", name, err)
	}
	return strings.Join(strings.Fields(head.String()), " "), rich.String(), tidy(plain.String()), nil
}

type executor interface {
	ExecuteTemplate(w io.Writer, name string, data any) error
}

func execute(w io.Writer, t executor, name string, data any) error {
	v := reflect.ValueOf(data)
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return fmt.Errorf("data is %T, want a struct", data)
	}
	return t.ExecuteTemplate(w, name, data)
}

// tidy takes out the blank lines and trailing spaces that template actions
// leave behind, keeping at most one blank line between paragraphs.
func tidy(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}
