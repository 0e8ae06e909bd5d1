package main

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"strings"
	"text/template"
	"time"
)

// document is a Word file as this folder's content describes it: blocks in reading order, in one or two sections.
type document struct {
	name     string
	Title    string // of the file's properties
	Author   string // of the file's properties
	Created  string // RFC 3339, of the file's properties
	Blocks   []block
	Annex    []block // a second section on landscape pages
	Numbered bool    // has numbering.xml
}

// block is a paragraph or a table: exactly one of the two.
type block struct {
	P *paragraph
	T *table
}

// paragraph is one paragraph: bold opening words, then plain ones. Num is a list of numbering.xml (0: none), Level its level.
type paragraph struct {
	Lead   string // bold
	Text   string
	Align  string // "center", "right", "both" or ""
	Size   int    // half points; 0: the style's
	Italic bool
	Indent bool // first line indented
	Num    int
	Level  int
}

// table is a table with or without lines; Widths are its columns' widths in twentieths of a point.
type table struct {
	Widths []int
	Lines  bool
	Rows   []row
}

// row is one row; Header repeats it on each page.
type row struct {
	Header bool
	Cells  []cell
}

// cell is one cell: Span columns wide; Merge is "restart", "continue" or "" for the vertical merge.
type cell struct {
	Span  int
	Width int
	Merge string
	Paras []paragraph
}

// Numbering lists of parts/numbering.xml.
const (
	numHeadings = 1 // I. / 1. / a) / -
	numRows     = 2 // the rows of an annex table: 1, 2, 3 …
	numSections = 3 // its section rows: I, II, III …
)

//go:embed parts
var parts embed.FS

var documentXML = template.Must(template.New("document.xml.tmpl").Funcs(template.FuncMap{"xml": escape}).ParseFS(parts, "parts/*.tmpl"))

// zipTime is the time of every entry, so that the same content gives the same bytes.
var zipTime = time.Date(2026, time.July, 1, 0, 0, 0, 0, time.UTC)

func escape(s string) (string, error) {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "", err
	}
	return b.String(), nil
}

// bytes gives the .docx.
func (d document) bytes() ([]byte, error) {
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	entries := []struct{ name, part string }{
		{"[Content_Types].xml", "content_types.xml.tmpl"},
		{"_rels/.rels", "rels.xml"},
		{"docProps/core.xml", "core.xml.tmpl"},
		{"word/document.xml", "document.xml.tmpl"},
		{"word/_rels/document.xml.rels", "document.rels.tmpl"},
		{"word/styles.xml", "styles.xml"},
	}
	if d.Numbered {
		entries = append(entries, struct{ name, part string }{"word/numbering.xml", "numbering.xml"})
	}
	for _, e := range entries {
		data, err := d.part(e.part)
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", e.name, err)
		}
		w, err := zw.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", e.name, err)
		}
		if _, err := w.Write(data); err != nil {
			return nil, fmt.Errorf("zip %s: %w", e.name, err)
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("close zip: %w", err)
	}
	return out.Bytes(), nil
}

func (d document) part(name string) ([]byte, error) {
	if !strings.HasSuffix(name, ".tmpl") {
		return parts.ReadFile("parts/" + name)
	}
	var b bytes.Buffer
	if err := documentXML.ExecuteTemplate(&b, name, d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
