package main

import (
	"strings"
)

// settingLines says on which line of a configuration file each setting and table stands, by its dotted name. The library keeps the
// lines to itself once a file has been read.
type settingLines map[string]int

// of is the line of the setting, or of the nearest table around it; 0 when the file has neither.
func (l settingLines) of(name string) int {
	for {
		if line, ok := l[name]; ok {
			return line
		}
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			return 0
		}
		name = name[:dot]
	}
}

// linesOf walks a file that is known to be TOML (v1.0.0).
func linesOf(text string) settingLines {
	s := lineScanner{text: text, line: 1, lines: make(settingLines)}
	var table []string
	for {
		s.blank(true)
		switch {
		case s.at >= len(s.text):
			return s.lines
		case s.text[s.at] == '[':
			s.skip("[")
			table = s.path()
			s.note(table)
			s.skip("]")
		default:
			s.note(append(table[:len(table):len(table)], s.path()...))
			s.value()
		}
	}
}

type lineScanner struct {
	text  string
	at    int
	line  int
	lines settingLines
}

// note keeps the first line of a name and of the tables around it.
func (s *lineScanner) note(path []string) {
	for n := range path {
		name := strings.Join(path[:n+1], ".")
		if _, seen := s.lines[name]; !seen {
			s.lines[name] = s.line
		}
	}
}

// step goes one octet on. It always does, so that no text can hold the walk up.
func (s *lineScanner) step() {
	if s.text[s.at] == '\n' {
		s.line++
	}
	s.at++
}

// blank skips white space and comments, line ends too when wanted.
func (s *lineScanner) blank(lineEnds bool) {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '#':
			for s.at < len(s.text) && s.text[s.at] != '\n' {
				s.step()
			}
		case c == ' ' || c == '\t' || strings.HasPrefix(s.text[s.at:], "\ufeff"), lineEnds && (c == '\n' || c == '\r'):
			if c == 0xEF {
				s.at += len("\ufeff") - 1
			}
			s.step()
		default:
			return
		}
	}
}

func (s *lineScanner) skip(octets string) {
	for s.at < len(s.text) && strings.IndexByte(octets, s.text[s.at]) >= 0 {
		s.step()
	}
}

// path reads a dotted name up to "=", "]" or the end of the line.
func (s *lineScanner) path() []string {
	var path []string
	var part strings.Builder
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case '=', ']', '\n':
			return append(path, part.String())
		case '.':
			path = append(path, part.String())
			part.Reset()
			s.step()
		case ' ', '\t':
			s.step()
		case '"', '\'':
			part.WriteString(s.quoted())
		default:
			part.WriteByte(c)
			s.step()
		}
	}
	return append(path, part.String())
}

// value skips "=" and what follows, over line ends inside of brackets and quotes.
func (s *lineScanner) value() {
	for depth := 0; s.at < len(s.text); {
		switch c := s.text[s.at]; c {
		case '"', '\'':
			s.quoted()
			continue
		case '#':
			s.blank(false)
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '\n':
			if depth <= 0 {
				return
			}
		}
		s.step()
	}
}

// quoted skips a string of any of the four kinds and answers what stands between its quotes.
func (s *lineScanner) quoted() string {
	quote := s.text[s.at : s.at+1]
	escapes := quote == `"`
	if long := strings.Repeat(quote, 3); strings.HasPrefix(s.text[s.at:], long) {
		quote = long
	}
	s.at += len(quote)
	start := s.at
	for s.at < len(s.text) {
		switch {
		case escapes && s.text[s.at] == '\\' && s.at+1 < len(s.text):
			s.step()
		case strings.HasPrefix(s.text[s.at:], quote):
			inside := s.text[start:s.at]
			s.at += len(quote)
			// Up to two quotes may stand before the closing three.
			for len(quote) == 3 && s.at < len(s.text) && s.text[s.at] == quote[0] {
				s.at++
			}
			return inside
		}
		s.step()
	}
	return s.text[min(start, len(s.text)):]
}
