package lint

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// tableChecks look at the tables that a mail is laid out with.
var tableChecks = []check{
	{"tables", each(wrongTable)},
	{"widths", each(wrongWidth)},
	{"data_tables", each(wrongDataTable)},
}

// wrongTable: Word takes a table without a width for as wide as its content, and gives it spaces of its own.
func wrongTable(_ *letter, n *html.Node) string {
	if n.Data != "table" {
		return ""
	}
	for _, name := range []string{"cellpadding", "cellspacing", "border"} {
		if value, _ := attribute(n, name); value != "0" {
			return name + ": " + tag(n)
		}
	}
	if _, ok := attribute(n, "width"); !ok && !shrinks(n) {
		return "width: " + tag(n)
	}
	return ""
}

// shrinks tells whether a table is meant to be as wide as its one cell: a button.
func shrinks(n *html.Node) bool {
	cells := 0
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == "td" {
			cells++
		}
	}
	return cells == 1
}

// sheetWidth is how wide a mail is at most.
const sheetWidth = 640

// phoneWidth is what fits on a phone of 320 pixels between the margins of the sheet; wider than that must be able to give way.
const phoneWidth = 256

// wrongWidth: Word cannot read a part of a pixel, and a phone cannot show what is wider than it is.
func wrongWidth(l *letter, n *html.Node) string {
	for _, name := range []string{"width", "height"} {
		value, ok := attribute(n, name)
		if !ok {
			continue
		}
		if !whole(strings.TrimSuffix(value, "%")) {
			return fmt.Sprintf("%s=%q: %s", name, value, tag(n))
		}
		if pixels, err := strconv.Atoi(value); err == nil && name == "width" {
			if pixels > sheetWidth || pixels > phoneWidth && !l.givesWay(n) {
				return tag(n)
			}
		}
	}
	for _, d := range declarations(style(n)) {
		if !strings.HasSuffix(d.name, "width") && d.name != "height" {
			continue
		}
		if strings.Contains(d.value, ".") || strings.Contains(d.value, "calc") {
			return d.name + ": " + d.value
		}
	}
	return ""
}

// givesWay tells whether a style block makes the element as wide as the phone.
func (l *letter) givesWay(n *html.Node) bool {
	for _, b := range l.styles {
		for _, r := range b.rules {
			if !strings.Contains(r.media, "max-width") || !r.fits(n) {
				continue
			}
			if width := r.value("width"); width == "100%" || width == "auto" {
				return true
			}
		}
	}
	return false
}

// whole tells whether a text is a whole number.
func whole(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

// wrongDataTable: a table that lays out says so to screen readers; one with headings says of what each is.
func wrongDataTable(_ *letter, n *html.Node) string {
	switch n.Data {
	case "th":
		if scope, _ := attribute(n, "scope"); scope != "col" && scope != "row" {
			return "scope: " + tag(n)
		}
	case "table":
		role, _ := attribute(n, "role")
		if ofData := headed(n); ofData && role == "presentation" || !ofData && role != "presentation" {
			return "role: " + tag(n)
		}
	}
	return ""
}

// headed tells whether the table has heading cells of its own, not of a table within.
func headed(table *html.Node) bool {
	for n := range table.Descendants() {
		if n.Type != html.ElementNode || n.Data != "th" {
			continue
		}
		for p := n.Parent; p != nil; p = p.Parent {
			if p.Type == html.ElementNode && p.Data == "table" {
				if p == table {
					return true
				}
				break
			}
		}
	}
	return false
}
