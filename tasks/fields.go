package tasks

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/tasks/calendar"
)

// fields collects what is wrong with a form.
type fields []FieldError

func (f *fields) add(name, key string, args ...string) {
	*f = append(*f, FieldError{Field: name, Key: key, Args: args})
}

func (f fields) err() error {
	if len(f) == 0 {
		return nil
	}
	return Invalid(f...)
}

// text cleans text of several lines and notes when it is missing, longer than max characters or no text.
func (f *fields) text(name, value string, required bool, max int) string {
	value = strings.TrimSpace(lineEnds.Replace(withoutHidden(value)))
	f.check(name, value, required, max)
	return value
}

// line does the same for text of one line: white space of every kind, line ends too, becomes single spaces.
func (f *fields) line(name, value string, required bool, max int) string {
	value = strings.Join(strings.Fields(withoutHidden(value)), " ")
	f.check(name, value, required, max)
	return value
}

// lineEnds makes one kind of line end out of those that forms and office programs send.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n")

// withoutHidden drops characters that show nothing and come along when text is copied; those that turn the direction of writing also let
// a name look like another.
func withoutHidden(s string) string {
	if !strings.ContainsFunc(s, isHidden) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if !isHidden(r) {
			b.WriteString(s[:n]) // octets that are no text stay, to be noted
		}
		s = s[n:]
	}
	return b.String()
}

func isHidden(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r) || r == '\u200B' || r == '\uFEFF'
}

func (f *fields) check(name, value string, required bool, max int) {
	switch {
	case value == "" && required:
		f.add(name, "field.required")
	case utf8.RuneCountInString(value) > max:
		f.add(name, "field.too_long", strconv.Itoa(max))
	case !utf8.ValidString(value) || strings.ContainsFunc(value, isControl):
		f.add(name, "field.not_text")
	}
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// maxRule bounds the work of reading recurrences.
const maxRule = 600

// rule notes when a cadence is not a recurrence that ever fires, and writes it in its one spelling.
func (f *fields) rule(name, value string) string {
	value = strings.TrimSpace(value)
	if value == "" {
		return ""
	}
	if len(value) > maxRule {
		f.add(name, "field.too_long", strconv.Itoa(maxRule))
		return value
	}
	r, err := calendar.ParseCadence(value)
	if err != nil {
		f.add(name, "field.bad_rule")
		return value
	}
	return r.String()
}

// head cleans the head of a document; kind may be blank when a reader may still find it.
func (f *fields) head(h Head, kindRequired bool) Head {
	h.Number = f.line("number", h.Number, false, 100)
	h.Issuer = f.line("issuer", h.Issuer, false, 300)
	h.Title = f.line("title", h.Title, false, MaxTitle)
	if (h.Kind != "" || kindRequired) && !slices.Contains(DocumentKinds, h.Kind) {
		f.add("kind", "field.required")
	}
	if h.Year != 0 && (h.Year < 1990 || h.Year > 2100) {
		f.add("year", "field.bad_year")
	}
	return h
}
