package extract

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// pdfStandIn gives what the programs of poppler print for a page that a test describes; the programs themselves are tried in
// the room that runs them.
type pdfStandIn struct{ words, drawn string }

func (p pdfStandIn) PDFWords(_ context.Context, _ []byte, read func(io.Reader) error) error {
	return read(strings.NewReader(p.words))
}

func (p pdfStandIn) PDFLines(_ context.Context, _ []byte, read func(io.Reader) error) error {
	return read(strings.NewReader(p.drawn))
}

func (pdfStandIn) WordFile(context.Context, []byte, string) ([]byte, error) {
	return nil, &FileError{Key: KeyDamaged}
}

// pdfWordsOf and svgOf put pages into the frames that the programs print.
func pdfWordsOf(pages ...string) string {
	var b strings.Builder
	b.WriteString("<html>\n<doc>\n")
	for _, p := range pages {
		b.WriteString("<page width=\"595\" height=\"842\">\n" + p + "\n</page>\n")
	}
	return b.String() + "</doc>\n</html>\n"
}

func svgOf(pages ...string) string {
	var b strings.Builder
	b.WriteString("<svg>\n<defs>\n<path style=\"stroke:none;\" d=\"M 0 0 L 500 0 \"/>\n</defs>\n<pageSet>\n")
	for _, p := range pages {
		b.WriteString("<page>\n<g id=\"surface1\">\n" + p + "\n</g>\n</page>\n")
	}
	return b.String() + "</pageSet>\n</svg>\n"
}

// typed sets words one after another from a point on, each letter 6 points wide and 12 high.
func typed(x, y float64, text string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(text) {
		end := x + 6*float64(len([]rune(w)))
		fmt.Fprintf(&b, "<word xMin=\"%.2f\" yMin=\"%.2f\" xMax=\"%.2f\" yMax=\"%.2f\">%s</word>\n", x, y, end, y+12, w)
		x = end + 4
	}
	return b.String()
}

// drawnGrid draws the lines of a table with the given places of its columns and rows.
func drawnGrid(xs, ys []float64) string {
	var b strings.Builder
	for _, x := range xs {
		fmt.Fprintf(&b, "<path style=\"fill:none;stroke-width:1\" d=\"M %g %g L %g %g \"/>\n", x, ys[0], x, ys[len(ys)-1])
	}
	for _, y := range ys {
		fmt.Fprintf(&b, "<path style=\"fill:none;stroke-width:1\" d=\"M %g %g L %g %g \"/>\n", xs[0], y, xs[len(xs)-1], y)
	}
	return b.String()
}

func gridWords() string {
	return typed(55, 105, "TT") + typed(105, 105, "Nhiệm vụ") + typed(305, 105, "Chủ trì") + typed(55, 135, "1") + typed(105, 135, "Rà soát") + typed(305, 135, "Sở A")
}

func gridLines() string {
	return drawnGrid([]float64{50, 100, 300, 400}, []float64{100, 130, 160})
}
