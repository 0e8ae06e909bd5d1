package templates

import (
	htmltemplate "html/template"
	"strings"
)

// What a page repeats most, the rows of a list and the choices of a select, is written by Go code: the template engine looks up each
// field and function by reflection, which took most of the time of a list. Every text goes through markup.text or markup.href.

// markup is HTML that is being written.
type markup struct{ strings.Builder }

// raw adds markup of our own; each piece is a constant, or one that this file has made.
func (m *markup) raw(pieces ...string) {
	for _, piece := range pieces {
		m.WriteString(piece)
	}
}

// text adds a text, escaped for content and for attributes in double quotes as html/template does: the plus sign is written as a
// reference too.
func (m *markup) text(s string) {
	if strings.ContainsAny(s, "\x00\"'&<>+") {
		s = strings.ReplaceAll(htmltemplate.HTMLEscapeString(s), "+", "&#43;")
	}
	m.WriteString(s)
}

// href adds an address for an attribute in double quotes. One with a scheme that could run a script becomes the same harmless text
// that html/template puts.
func (m *markup) href(s string) {
	if scheme, _, found := strings.Cut(s, ":"); found && !strings.Contains(scheme, "/") {
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
		default:
			s = "#ZgotmplZ"
		}
	}
	m.text(s)
}

// html is what was written.
func (m *markup) html() htmltemplate.HTML { return htmltemplate.HTML(m.String()) }

// rows writes the lines of a list, as one <ol>.
func (w *Words) rows(rows []TaskRow) (htmltemplate.HTML, error) {
	var m markup
	m.Grow(64 + 800*len(rows))
	m.raw("\n<ol class=\"rows\">")
	for _, r := range rows {
		if err := w.row(&m, r); err != nil {
			return "", err
		}
	}
	m.raw("\n</ol>")
	return m.html(), nil
}

func (w *Words) row(m *markup, r TaskRow) error {
	m.raw("\n<li")
	if r.Late() {
		m.raw(` class="late"`)
	}
	m.raw(">\n<div class=\"when\">")
	if err := w.when(m, r); err != nil {
		return err
	}
	m.raw("</div>\n<div>\n<p")
	if w.lang != DefaultLanguage {
		m.raw(` lang="`, DefaultLanguage, `"`) // a duty's words are the document's
	}
	m.raw(">")
	if r.Choice != "" {
		m.raw(`<input type="checkbox" name="choice" form="decide" value="`)
		m.text(r.Choice)
		m.raw(`" aria-label="`)
		m.text(r.ChoiceLabel)
		m.raw(`"> `)
	}
	if r.Href != "" {
		m.raw(`<a href="`)
		m.href(r.Href)
		m.raw(`">`)
		m.text(r.Text)
		m.raw("</a>")
	} else {
		m.text(r.Text)
	}
	m.raw("</p>")
	if len(r.Meta) > 0 || r.Note != "" {
		m.raw("\n<p class=\"meta\">")
		for i, part := range r.Meta {
			if i > 0 {
				m.raw(" · ")
			}
			m.text(part)
		}
		if r.Note != "" {
			if len(r.Meta) > 0 {
				m.raw(" · ")
			}
			m.raw("<strong>")
			m.text(r.Note)
			m.raw("</strong>")
		}
		m.raw("</p>")
	}
	m.raw("\n</div>\n<div class=\"do\">")
	if r.Timeliness != "" {
		m.chip(w.chip("timeliness", r.Timeliness))
	}
	m.raw(" ")
	if r.State != "" {
		m.chip(w.chip("state", r.State))
	}
	if r.Restricted {
		m.raw(" ")
		m.chip(w.chip("restricted", "chip"))
	}
	m.raw(" ")
	if r.Action != nil {
		m.action(*r.Action)
	}
	m.raw("</div>\n</li>")
	return nil
}

// whenHTML is the deadline of a line that a page lays out itself.
func (w *Words) whenHTML(r TaskRow) (htmltemplate.HTML, error) {
	var m markup
	err := w.when(&m, r)
	return m.html(), err
}

// when writes the deadline with its distance.
func (w *Words) when(m *markup, r TaskRow) error {
	day, err := "", error(nil)
	if r.Due != nil {
		day, err = w.WeekdayDate(r.Due)
	}
	if err != nil {
		return err
	}
	if day == "" {
		m.raw("<span>")
		m.text(w.T("distance.none"))
		m.raw("</span>")
		return nil
	}
	iso, err := w.iso(r.Due)
	if err != nil {
		return err
	}
	m.raw(`<b><time datetime="`)
	m.text(iso)
	m.raw(`">`)
	m.text(day)
	m.raw("</time></b>")
	distance := r.When
	if distance == "" && r.Running() {
		distance = w.Distance(r.DaysLeft)
	}
	if distance != "" {
		m.raw(" <span>")
		m.text(distance)
		m.raw("</span>")
	}
	return nil
}

func (m *markup) chip(c Chip) {
	m.raw(`<span class="chip`)
	if c.Class != "" {
		m.raw(" ")
		m.text(c.Class)
	}
	m.raw(`">`)
	if c.Mark != "" {
		m.raw(`<span aria-hidden="true">`)
		m.text(c.Mark)
		m.raw("</span> ")
	}
	m.text(c.Text)
	m.raw("</span>")
}

func (m *markup) action(a Action) {
	m.raw(`<a class="btn`)
	if a.Quiet {
		m.raw(" quiet")
	}
	m.raw(`" href="`)
	m.href(a.Href)
	m.raw(`">`)
	m.text(a.Label)
	m.raw("</a>")
}

// options writes the choices of a select.
func (m *markup) options(f Field) {
	for _, o := range f.Options {
		m.raw("\n<option value=\"")
		m.text(o.Value)
		m.raw(`"`)
		if f.Chosen(o.Value) {
			m.raw(" selected")
		}
		m.raw(">")
		m.text(o.Label)
		m.raw("</option>")
	}
}
