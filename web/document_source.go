package web

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

// What a document's text is made of on a page.
type (
	sourceFile  = templates.SourceFile
	sourceBlock = templates.SourceBlock
	sourceRow   = templates.SourceRow
	sourceCell  = templates.SourceCell
	sourcePart  = templates.SourcePart
	sourceLink  = templates.SourceLink
)

// sourceDuty is a duty with its place and the words to be marked there.
type sourceDuty struct {
	Place tasks.Place
	Link  sourceLink
	Words []string
}

// blockID is the anchor of a block: "block-12", in later files "file-2-block-12".
func blockID(file, block int) string {
	id := "block-" + strconv.Itoa(block)
	if file > 0 {
		id = "file-" + strconv.Itoa(file+1) + "-" + id
	}
	return id
}

// placeID is the anchor of a duty's place: its paragraph, or its row of a table. It is empty for a duty that a person typed.
func placeID(p tasks.Place) string {
	switch {
	case p.Block == 0:
		return ""
	case p.Row == 0:
		return blockID(p.File, p.Block)
	}
	return rowID(blockID(p.File, p.Block), p.Row)
}

func rowID(block string, row int) string { return block + "-row-" + strconv.Itoa(row) }

// sourceHref leads to the place in the document's text, which stands on the page of the given address; "" without a place.
func sourceHref(page string, p tasks.Place) string {
	if id := placeID(p); id != "" {
		return page + "#" + id
	}
	return ""
}

// sourceOf shows the files' text with each duty's place marked and linked.
func sourceOf(files []tasks.DocumentFile, duties []sourceDuty) []sourceFile {
	at := make(map[string][]sourceDuty)
	for _, d := range duties {
		id := placeID(d.Place)
		at[id] = append(at[id], d)
	}
	var out []sourceFile
	for i, f := range files {
		sf := sourceFile{Name: f.Attachment.Name}
		for _, b := range f.Blocks {
			sf.Blocks = append(sf.Blocks, sourceBlockOf(blockID(i, b.Block), b, at))
		}
		out = append(out, sf)
	}
	return out
}

func sourceBlockOf(id string, b tasks.SourceBlock, at map[string][]sourceDuty) sourceBlock {
	duties := at[id]
	out := sourceBlock{ID: id, Heading: b.Heading, Sheet: b.Sheet, Taken: len(duties) > 0, Links: linksOf(duties, b.Text)}
	if len(b.Rows) == 0 {
		out.Parts = marked(b.Text, wordsOf(duties))
		return out
	}
	for _, r := range b.Rows {
		row := sourceRow{ID: rowID(id, r.Row)}
		duties := at[row.ID]
		row.Taken, row.Links = len(duties) > 0, linksOf(duties, firstWords(r.Cells))
		out.Linked = out.Linked || row.Taken
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, sourceCell{Parts: marked(cell.Text, wordsOf(duties)), Span: max(cell.Span, 1)})
		}
		out.Rows = append(out.Rows, row)
	}
	out.Fits = !slices.ContainsFunc(out.Rows, func(r sourceRow) bool { return len(r.Cells) > 2 })
	return out
}

// numbered matches words that begin with a number as documents type it: "1.", "a)", "II.", "2.1", "(3)", "-".
var numbered = regexp.MustCompile(`^\s*(?:\(?[0-9]+(?:\.[0-9]+)*\s*(?:[.):/]|\s|$)|\p{Ll}\s*[.)]|[IVXLC]+\s*(?:[.)]|$)|[-–+•*]\s)`)

// linksOf are the links to duties that stand before the words given.
func linksOf(duties []sourceDuty, words string) []sourceLink {
	short := numbered.MatchString(words)
	var out []sourceLink
	for _, d := range duties {
		d.Link.Short = short
		out = append(out, d.Link)
	}
	return out
}

// firstWords are those of the first cell that has any.
func firstWords(cells []tasks.SourceCell) string {
	for _, c := range cells {
		if c.Text != "" {
			return c.Text
		}
	}
	return ""
}

func wordsOf(duties []sourceDuty) []string {
	var out []string
	for _, d := range duties {
		out = append(out, d.Words...)
	}
	return out
}

// dutyWords are what is marked in a duty's sentence: its time and those who are named.
func dutyWords(written tasks.WrittenDue, parties ...[]tasks.Party) []string {
	words := []string{written.Phrase}
	for _, list := range parties {
		for _, p := range list {
			words = append(words, p.Written)
		}
	}
	return words
}

// marked cuts a text where the words first occur. Words that overlap others, or do not occur, are left out.
func marked(text string, words []string) []sourcePart {
	type span struct{ from, to int }
	var spans []span
	for _, word := range words {
		if word == "" {
			continue
		}
		if i := strings.Index(text, word); i >= 0 {
			spans = append(spans, span{i, i + len(word)})
		}
	}
	// Of two that begin together the longer one.
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var out []sourcePart
	end := 0
	for _, s := range spans {
		if s.from < end {
			continue
		}
		if s.from > end {
			out = append(out, sourcePart{Text: text[end:s.from]})
		}
		out = append(out, sourcePart{Text: text[s.from:s.to], Mark: true})
		end = s.to
	}
	if end < len(text) {
		out = append(out, sourcePart{Text: text[end:]})
	}
	return out
}
