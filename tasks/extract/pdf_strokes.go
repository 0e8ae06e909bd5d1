package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// stroke is a drawn line: at is its place across its direction, from and to its ends along it.
type stroke struct{ at, from, to float64 }

const (
	thickest  = 3.0  // points; what is thicker is a shaded area
	shortest  = 4.0  // points; what is shorter is a dot or a letter
	mostRules = 6000 // on one page; a page with more is a drawing
)

// matrix is an SVG transform.
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

func (m matrix) times(o matrix) matrix {
	return matrix{
		m[0]*o[0] + m[2]*o[1], m[1]*o[0] + m[3]*o[1],
		m[0]*o[2] + m[2]*o[3], m[1]*o[2] + m[3]*o[3],
		m[0]*o[4] + m[2]*o[5] + m[4], m[1]*o[4] + m[3]*o[5] + m[5],
	}
}

// readPDFLines reads the SVG that cairo writes, one element a line, and gives each page the lines that are drawn on it.
// Letters, pictures and curves are passed over; a line of the file that is too long to be a table's is not held.
func readPDFLines(r io.Reader, pages []*pdfPage) error {
	const longestLine = 64 << 10
	in := bufio.NewReaderSize(r, longestLine)
	page, defs := -1, false
	groups := []matrix{}
	for {
		line, err := in.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = in.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read lines: %w", err)
		}
		line = bytes.TrimSpace(line)
		switch {
		case long:
		case bytes.HasPrefix(line, []byte("<defs")):
			defs = true
		case bytes.HasPrefix(line, []byte("</defs")):
			defs = false
		case defs:
		case bytes.HasPrefix(line, []byte("<g")) && !bytes.HasSuffix(line, []byte("/>")):
			if len(groups) == 0 {
				page++
			}
			groups = append(groups, inner(groups, line))
		case bytes.HasPrefix(line, []byte("</g>")) && len(groups) > 0:
			groups = groups[:len(groups)-1]
		case page >= 0 && page < len(pages) && (bytes.HasPrefix(line, []byte("<path ")) || bytes.HasPrefix(line, []byte("<rect "))):
			if p := pages[page]; len(p.across)+len(p.down) < mostRules {
				p.draw(line, inner(groups, line))
			}
		}
		if err != nil {
			return nil
		}
	}
}

// inner is the transform of an element within its groups.
func inner(groups []matrix, tag []byte) matrix {
	m := matrix{1, 0, 0, 1, 0, 0}
	if len(groups) > 0 {
		m = groups[len(groups)-1]
	}
	v, ok := attrOf(tag, "transform")
	if !ok {
		return m
	}
	v, ok = strings.CutPrefix(v, "matrix(")
	if !ok {
		return m
	}
	var own matrix
	for i, part := range strings.FieldsFunc(strings.TrimSuffix(v, ")"), func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || i >= len(own) {
			return m
		}
		own[i] = n
	}
	return m.times(own)
}

// draw keeps a path or rectangle if it is straight lines of a table: lines that are stroked, or a bar that is filled.
func (p *pdfPage) draw(tag []byte, m matrix) {
	style, _ := attrOf(tag, "style")
	fill, given := attrOf(tag, "fill")
	stroked := strings.Contains(style, "fill:none") || given && fill == "none"
	for _, points := range outlines(tag) {
		for i, xy := range points {
			points[i][0], points[i][1] = m.apply(xy[0], xy[1])
		}
		if stroked {
			for i := 1; i < len(points); i++ {
				p.rule(box{points[i-1][0], points[i-1][1], points[i][0], points[i][1]})
			}
			continue
		}
		b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
		for _, xy := range points {
			b = b.around(box{xy[0], xy[1], xy[0], xy[1]})
		}
		p.rule(b)
	}
}

// rule keeps a thin box, whichever way its corners are given.
func (p *pdfPage) rule(b box) {
	b = box{min(b.x0, b.x1), min(b.y0, b.y1), max(b.x0, b.x1), max(b.y0, b.y1)}
	wide, high := b.x1-b.x0, b.y1-b.y0
	switch {
	case high <= thickest && wide >= shortest:
		p.across = append(p.across, stroke{b.midY(), b.x0, b.x1})
	case wide <= thickest && high >= shortest:
		p.down = append(p.down, stroke{b.midX(), b.y0, b.y1})
	}
}

// outlines reads the points of a path made of straight lines, or of a rectangle; a path with curves gives none.
func outlines(tag []byte) [][][2]float64 {
	if bytes.HasPrefix(tag, []byte("<rect ")) {
		x, _ := numberAttr(tag, "x")
		y, _ := numberAttr(tag, "y")
		w, okW := numberAttr(tag, "width")
		h, okH := numberAttr(tag, "height")
		if !okW || !okH {
			return nil
		}
		return [][][2]float64{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}}
	}
	d, _ := attrOf(tag, "d")
	fields := strings.Fields(d)
	var out [][][2]float64
	for i := 0; i < len(fields); {
		op := fields[i]
		i++
		switch op {
		case "M", "L":
			if i+1 >= len(fields) {
				return nil
			}
			x, errX := strconv.ParseFloat(fields[i], 64)
			y, errY := strconv.ParseFloat(fields[i+1], 64)
			if errX != nil || errY != nil {
				return nil
			}
			i += 2
			if op == "M" {
				out = append(out, nil)
			}
			if len(out) == 0 {
				return nil
			}
			out[len(out)-1] = append(out[len(out)-1], [2]float64{x, y})
		case "Z", "z":
			if n := len(out); n > 0 && len(out[n-1]) > 0 {
				out[n-1] = append(out[n-1], out[n-1][0])
			}
		default:
			return nil
		}
	}
	return out
}

// merged joins lines that lie on one another or nearly (a double line) and those that touch end to end.
func merged(rules []stroke) []stroke {
	rules = slices.Clone(rules)
	slices.SortFunc(rules, func(a, b stroke) int { return compareFloat(a.at, b.at) })
	var out []stroke
	for len(rules) > 0 {
		n := 1
		for n < len(rules) && rules[n].at-rules[0].at <= thickest {
			n++
		}
		row := rules[:n:n]
		rules = rules[n:]
		at := 0.0
		for _, r := range row {
			at += r.at / float64(n)
		}
		slices.SortFunc(row, func(a, b stroke) int { return compareFloat(a.from, b.from) })
		first := len(out)
		for _, r := range row {
			if last := len(out) - 1; last >= first && r.from <= out[last].to+thickest {
				out[last].to = max(out[last].to, r.to)
				continue
			}
			out = append(out, stroke{at, r.from, r.to})
		}
	}
	return out
}
