package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// styleChecks look at the styles that an element has and at the style blocks.
var styleChecks = []check{
	{"styles", each(wrongStyle)},
	{"backgrounds", each(wrongBackground)},
	{"fonts", list(wrongFont)},
	{"style_blocks", list(wrongBlocks)},
	{"dark_blocks", list(wrongDark)},
}

// refused are properties that Word's engine leaves out, so that what they hold in place falls elsewhere; of "display" only some values.
var refused = []string{
	"position", "float", "clear", "background-image", "object-fit", "transform", "animation", "transition", "flex", "grid", "gap", "top", "left", "right",
	"bottom", "z-index", "box-sizing", "columns", "clip-path", "filter", "opacity", "aspect-ratio", "min-width", "min-height",
}

// nameless are values that only browsers read: functions, and units of the window.
var nameless = regexp.MustCompile(`(?i)(url|var|calc|rgba?|hsla?|min|max|clamp|env|linear-gradient)\(|[0-9](rem|vw|vh|vmin|vmax|ch)\b`)

func wrongStyle(_ *letter, n *html.Node) string {
	for _, d := range declarations(style(n)) {
		switch {
		case slices.Contains(refused, d.name):
		case strings.HasPrefix(d.name, "flex-") || strings.HasPrefix(d.name, "grid-"):
		case d.name == "display" && d.value != "none" && d.value != "block" && d.value != "inline":
		case strings.HasPrefix(d.name, "margin") && strings.Contains(d.value, "-"):
		case (n.Data == "a" || n.Data == "span") && (strings.HasPrefix(d.name, "padding") || strings.HasPrefix(d.name, "margin")):
			// Word pads no words; a cell does.
		case nameless.MatchString(d.value):
		default:
			continue
		}
		return d.name + ":" + d.value + " " + tag(n)
	}
	return ""
}

// wrongBackground: the colour stands in the attribute too, which Word and old programs read.
func wrongBackground(_ *letter, n *html.Node) string {
	own := property(n, "background-color")
	if short := property(n, "background"); short != "" {
		own = short
	}
	if given, _ := attribute(n, "bgcolor"); own != "" && own != "transparent" && !strings.EqualFold(given, own) {
		return fmt.Sprintf("%s, bgcolor %q: %s", own, given, tag(n))
	}
	return ""
}

// wrongFont: Word takes Times New Roman unless a font is named on a cell or table, with one that every machine has as the last.
func wrongFont(l *letter) []string {
	named := false
	for _, n := range l.elements {
		families := property(n, "font-family")
		if families == "" {
			continue
		}
		named = true
		list := strings.Split(families, ",")
		if last := strings.TrimSpace(list[len(list)-1]); last != "sans-serif" && last != "serif" && last != "monospace" {
			return []string{families}
		}
	}
	if !named {
		return []string{"font-family"}
	}
	return nil
}

// maxStyles is how much Gmail keeps of all style blocks together, in octets.
const maxStyles = 8192

// wrongBlocks: Gmail drops a whole style block over what it does not know. So no rule in one may be needed, only useful.
func wrongBlocks(l *letter) (found []string) {
	size := 0
	for _, b := range l.styles {
		size += len(b.text)
		if b.broken {
			found = append(found, "{ }: "+cut(b.text, 60))
		}
		if b.nested {
			found = append(found, "@ in @: "+cut(b.text, 60))
		}
		for _, name := range b.at {
			if name != "media" {
				found = append(found, "@"+name)
			}
		}
		for _, r := range b.rules {
			for _, s := range r.selectors {
				if !plain.MatchString(s) {
					found = append(found, s)
				}
			}
			for _, d := range r.declared {
				if strings.Contains(strings.ToLower(d.value), "url(") {
					found = append(found, d.name+": "+d.value)
				}
				// An element's own style is stronger than a block's.
				if r.media != "" && !d.important {
					found = append(found, "!important: "+d.name+" ("+r.media+")")
				}
			}
			// A font that is named once more is for Word, which forgets it in tables within tables.
			if r.media == "" && slices.ContainsFunc(r.declared, func(d declaration) bool { return d.name != "font-family" }) {
				found = append(found, "@media: "+strings.Join(r.selectors, ", "))
			}
		}
	}
	if size > maxStyles {
		found = append(found, fmt.Sprint(size))
	}
	return found
}

// plain is a selector that Gmail keeps.
var plain = regexp.MustCompile(`^([a-z][a-z0-9]*)?(\.[a-z][a-z0-9-]*)?$`)

const darkMedia = "prefers-color-scheme"

// wrongDark: the mail says that it has dark colours, in a style block of their own: who drops it keeps the other.
func wrongDark(l *letter) (found []string) {
	dark := false
	for _, b := range l.styles {
		has, other := false, false
		for _, r := range b.rules {
			if strings.Contains(r.media, darkMedia) {
				has = true
			} else {
				other = true
			}
		}
		dark = dark || has
		if has && other {
			found = append(found, cut(b.text, 60))
		}
	}
	if !dark {
		found = append(found, "@media ("+darkMedia+": dark)")
	}
	for _, name := range []string{"color-scheme", "supported-color-schemes"} {
		said := ""
		for _, n := range l.elements {
			if given, _ := attribute(n, "name"); n.Data == "meta" && given == name {
				said, _ = attribute(n, "content")
			}
		}
		if said != "light dark" {
			found = append(found, fmt.Sprintf("%s: %q", name, said))
		}
	}
	return found
}
