package templates

import (
	htmltemplate "html/template"
	"strconv"
)

// SourceFile is one file of a document as read, beside the duties that were found in it.
type SourceFile struct {
	Name   string
	Blocks []SourceBlock
}

// SourceBlock is one paragraph or table. Its ID is where links to a place in the document lead.
type SourceBlock struct {
	ID      string
	Heading bool
	Taken   bool
	Sheet   string
	Links   []SourceLink
	Parts   []SourcePart
	Rows    []SourceRow
	// Linked tells that some row leads to a duty, so that the table has a column of such links.
	Linked bool
	// Fits tells that a table has two columns at most, such as the letterhead: it is not wider than the pane.
	Fits bool
}

// SourceRow is a row of a table.
type SourceRow struct {
	ID    string
	Taken bool
	Links []SourceLink
	Cells []SourceCell
}

// SourceCell is a cell that covers Span columns.
type SourceCell struct {
	Parts []SourcePart
	Span  int
}

// SourcePart is a piece of the text; Mark shows that it says who or when.
type SourcePart struct {
	Text string
	Mark bool
}

// SourceLink leads from the text to a duty. Short shows a mark in place of Text: the words begin with a number of their own.
type SourceLink struct {
	Href, Text string
	Short      bool
}

// source writes the text of files, which is Vietnamese in every language of the pages.
func (w *Words) source(files []SourceFile) htmltemplate.HTML {
	var m markup
	table, lang := w.T("document_word.table"), w.Lang()
	size := 0
	for _, f := range files {
		size += 256 * len(f.Blocks)
	}
	m.Grow(size)
	for _, f := range files {
		if f.Name != "" {
			m.raw("\n<p class=\"meta file\">")
			m.text(f.Name)
			m.raw("</p>")
		}
		for _, b := range f.Blocks {
			if len(b.Rows) > 0 {
				m.sourceTable(lang, b, table)
				continue
			}
			m.raw("\n<p id=\"")
			m.text(b.ID)
			m.raw(`" lang="vi"`)
			switch {
			case b.Taken:
				m.raw(` class="taken"`)
			case b.Heading:
				m.raw(` class="heading"`)
			}
			m.raw(">")
			m.sourceLinks(lang, b.Links)
			if len(b.Links) > 0 {
				m.raw(" ")
			}
			m.sourceParts(b.Parts)
			m.raw("</p>")
		}
	}
	return m.html()
}

func (m *markup) sourceTable(lang string, b SourceBlock, label string) {
	m.raw("\n<div class=\"scroll\" id=\"")
	m.text(b.ID)
	m.raw(`" tabindex="0" role="group" aria-label="`)
	m.text(label)
	if b.Sheet != "" {
		m.raw(" ")
		m.text(b.Sheet)
	}
	m.raw(`">`)
	if b.Sheet != "" {
		m.raw("<p><b>")
		m.text(b.Sheet)
		m.raw("</b></p>")
	}
	m.raw("\n<table")
	m.flag(`class="fits"`, b.Fits)
	m.raw(">")
	for _, r := range b.Rows {
		m.raw("\n<tr id=\"")
		m.text(r.ID)
		m.raw(`" lang="vi"`)
		m.flag(`class="taken"`, r.Taken)
		m.raw(">")
		if b.Linked {
			m.raw(`<td class="to">`)
			m.sourceLinks(lang, r.Links)
			m.raw("</td>")
		}
		for _, c := range r.Cells {
			m.raw("<td")
			if c.Span > 1 {
				m.attr("colspan", strconv.Itoa(c.Span))
			}
			m.raw(">")
			m.sourceParts(c.Parts)
			m.raw("</td>")
		}
		m.raw("</tr>")
	}
	m.raw("\n</table>\n</div>")
}

func (m *markup) sourceParts(parts []SourcePart) {
	for _, p := range parts {
		if p.Mark {
			m.raw("<mark>")
			m.text(p.Text)
			m.raw("</mark>")
			continue
		}
		m.text(p.Text)
	}
}

func (m *markup) sourceLinks(lang string, links []SourceLink) {
	for _, l := range links {
		m.raw(`<a class="to" lang="`, lang, `" href="`)
		m.href(l.Href)
		m.raw(`"`)
		if !l.Short {
			m.raw(">")
			m.text(l.Text)
			m.raw("</a>")
			continue
		}
		m.raw(` title="`)
		m.text(l.Text)
		m.raw(`"><span aria-hidden="true">↔</span><span class="unseen">`)
		m.text(l.Text)
		m.raw("</span></a>")
	}
}
