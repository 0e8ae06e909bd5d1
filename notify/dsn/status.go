package dsn

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/emersion/go-message"
)

// group is the fields between two empty lines. Servers fold them and write them in any case, and some put lines between them that are
// no fields.
type group []field

type field struct{ name, value string }

func (g group) get(name string) string {
	for _, f := range g {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// groups reads the fields of a report (RFC 3464, section 2.1).
func groups(text []byte) []group {
	var all []group
	var g group
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, " \t\r\n")
		if len(line) == 0 {
			if len(g) > 0 {
				all = append(all, g)
			}
			g = nil
			continue
		}
		if line[0] == ' ' || line[0] == '\t' {
			if len(g) > 0 {
				g[len(g)-1].value += " " + string(bytes.TrimSpace(line))
			}
			continue
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok {
			g = append(g, field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value))})
		}
	}
	if len(g) > 0 {
		all = append(all, g)
	}
	return all
}

// firstGroup is the header of a mail that came back.
func firstGroup(text []byte) group {
	for _, g := range groups(text) {
		return g
	}
	return nil
}

// status reads a report: what became of each recipient, and the Message-ID when it names it.
func status(text []byte) (recipients []Recipient, named string) {
	for _, g := range groups(text) {
		named = cmp.Or(named, g.get("X-Original-Message-ID"))
		r := Recipient{Original: address(g.get("Original-Recipient")), Final: address(g.get("Final-Recipient")), Status: statusCode(g.get("Status"))}
		r.Action = action(g.get("Action"), r.Status)
		if r.Action == "" || r.Original == "" && r.Final == "" {
			continue
		}
		r.Words = oneLine(diagnostic(g.get("Diagnostic-Code")))
		r.Words = cmp.Or(r.Words, r.Status)
		recipients = append(recipients, r)
	}
	return recipients, named
}

// action reads what became of the mail; where a server forgets to say so, the class of the status does.
func action(value, status string) Action {
	a := Action(token(value))
	if slices.Contains([]Action{Failed, Delayed, Delivered, Relayed, Expanded}, a) {
		return a
	}
	switch {
	case strings.HasPrefix(status, "5"):
		return Failed
	case strings.HasPrefix(status, "4"):
		return Delayed
	case strings.HasPrefix(status, "2"):
		return Delivered
	}
	return ""
}

// enhanced is a code of RFC 3463, section 2.
var enhanced = regexp.MustCompile(`\b[245]\.[0-9]{1,3}\.[0-9]{1,3}\b`)

func statusCode(value string) string { return enhanced.FindString(value) }

// address reads an address with its kind before it: "rfc822; a@b.vn", "utf-8; ..." (RFC 6533, section 3).
func address(value string) string {
	if kind, rest, ok := strings.Cut(value, ";"); ok {
		value = rest
		if k := token(kind); k != "rfc822" && k != "utf-8" {
			return ""
		}
	}
	value = strings.Trim(strings.TrimSpace(value), "<>")
	return strings.ToLower(unescape(value))
}

// escaped is a character of an address that had to be written in ASCII.
var escaped = regexp.MustCompile(`\\x\{([0-9A-Fa-f]{1,6})\}`)

func unescape(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(match string) string {
		n, err := strconv.ParseInt(match[3:len(match)-1], 16, 32)
		if err != nil || !unicode.IsPrint(rune(n)) {
			return match
		}
		return string(rune(n))
	})
}

// diagnostic is what the far server said, without the kind before it.
func diagnostic(value string) string {
	if kind, rest, ok := strings.Cut(value, ";"); ok && !strings.ContainsAny(strings.TrimSpace(kind), " \t") {
		return rest
	}
	return value
}

// maxSaid is how much of a server's words is kept, in characters.
const maxSaid = 500

// oneLine makes a server's words fit to be shown.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if runes := []rune(s); len(runes) > maxSaid {
		return string(runes[:maxSaid]) + "…"
	}
	return s
}

// failedRecipients reads the older form: the header names the addresses, the text says why.
func failedRecipients(h message.Header, text string) []Recipient {
	var recipients []Recipient
	for _, name := range strings.FieldsFunc(h.Get("X-Failed-Recipients"), func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
		r := Recipient{Final: address(name), Action: Failed}
		r.Words = oneLine(said(text, r.Final))
		r.Status = statusCode(r.Words)
		recipients = append(recipients, r)
	}
	return recipients
}

// said is the paragraph that follows the address in a text for people.
func said(text, address string) string {
	var words []string
	found := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case !found:
			found = strings.Contains(strings.ToLower(line), address)
		case line == "":
			return strings.Join(words, " ")
		default:
			words = append(words, line)
		}
	}
	return strings.Join(words, " ")
}

// addressed leaves out recipients that nothing can be known of.
func addressed(recipients []Recipient) []Recipient {
	return slices.DeleteFunc(recipients, func(r Recipient) bool { return r.Final == "" && r.Original == "" })
}

// inText is a Message-ID in a copy of a mail's header that stands in a text.
var inText = regexp.MustCompile(`(?im)^[ \t>]*message-id:[ \t]*(<[^<>\s]+>)`)

func identifiersIn(text string) string {
	if m := inText.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// identifier is a Message-ID (RFC 5322, section 3.6.4).
var identifier = regexp.MustCompile(`<[^<>\s]{1,400}@[^<>\s]{1,400}>`)

// mostIdentifiers is how many Message-IDs are tried.
const mostIdentifiers = 10

func identifiers(fields ...string) []string {
	var ids []string
	for _, f := range fields {
		for _, id := range identifier.FindAllString(f, mostIdentifiers) {
			if !slices.Contains(ids, id) && len(ids) < mostIdentifiers {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
