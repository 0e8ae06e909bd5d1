package lint

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// messageChecks look at the headers and the form of the message.
var messageChecks = []check{
	{"headers", list(missingHeaders)},
	{"automatic", list(notAutomatic)},
	{"list_headers", list(wrongList)},
	{"subject", list(wrongSubject)},
	{"lines", list(wrongLines)},
	{"encoding", list(wrongEncoding)},
	{"alternatives", list(wrongParts)},
	{"html_size", list(tooLarge)},
}

var messageID = regexp.MustCompile(`^<[^<>@\s]+@[^<>@\s]+>$`)

// missingHeaders are those that a message has once (RFC 5322, section 3.6), and the one that names its kind.
func missingHeaders(l *letter) (found []string) {
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-Id", "Mime-Version", "X-Tiendo-Kind"} {
		switch values := l.Header[name]; {
		case len(values) == 0 || strings.TrimSpace(values[0]) == "":
			found = append(found, name)
		case len(values) > 1:
			found = append(found, fmt.Sprintf("%s × %d", name, len(values)))
		}
	}
	if id := l.Header.Get("Message-Id"); id != "" && !messageID.MatchString(id) {
		found = append(found, "Message-ID "+id)
	}
	return found
}

// notAutomatic are the headers that keep programs from answering (RFC 3834; the second for Exchange).
func notAutomatic(l *letter) (found []string) {
	if got := l.Header.Get("Auto-Submitted"); got != "auto-generated" {
		found = append(found, fmt.Sprintf("Auto-Submitted: %q", got))
	}
	if got := l.Header.Get("X-Auto-Response-Suppress"); !strings.Contains(got, "OOF") {
		found = append(found, fmt.Sprintf("X-Auto-Response-Suppress: %q", got))
	}
	return found
}

var listID = regexp.MustCompile(`<[a-z0-9-]+(\.[a-z0-9-]+)+>$`)

// wrongList are headers of lists: List-Id (RFC 2919), List-Unsubscribe (RFC 2369), which is a page of ours or an address and of a list, and
// its one click, which needs https (RFC 8058).
func wrongList(l *letter) (found []string) {
	if id, ok := l.Header["List-Id"]; ok && !listID.MatchString(id[0]) {
		found = append(found, "List-Id: "+id[0])
	}
	address := l.Header.Get("List-Unsubscribe")
	if _, ok := l.Header["List-Unsubscribe"]; ok {
		inside, closed := strings.CutSuffix(strings.TrimPrefix(address, "<"), ">")
		if !closed || !strings.HasPrefix(address, "<") || !l.ours(inside) && !strings.HasPrefix(inside, "mailto:") {
			found = append(found, "List-Unsubscribe: "+address)
		}
		if l.Header.Get("List-Id") == "" {
			found = append(found, "List-Unsubscribe, List-Id")
		}
	}
	if _, ok := l.Header["List-Unsubscribe-Post"]; ok && !strings.HasPrefix(address, "<https://") {
		found = append(found, "List-Unsubscribe-Post")
	}
	return found
}

// maxSubject is what a list of mails still shows when it is wide, and what stays below the 998 octets of a header when it is encoded.
const maxSubject = 220

func wrongSubject(l *letter) []string {
	if n := utf8.RuneCountInString(l.Subject); n > maxSubject || n < 8 {
		return []string{fmt.Sprintf("%d: %s", n, cut(l.Subject, 80))}
	}
	return nil
}

// wrongLines are those that servers break or refuse (RFC 5321, section 4.5.3.1.6; RFC 5322, section 2.1.1).
func wrongLines(l *letter) (found []string) {
	for line := range bytes.Lines(l.raw) {
		text, whole := bytes.CutSuffix(line, []byte("\r\n"))
		switch {
		case !whole:
			found = append(found, fmt.Sprintf("no CR LF: %.40q", text))
		case len(text) > 998:
			found = append(found, fmt.Sprintf("%d: %.40q", len(text), text))
		case bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x80 || r == '\r' || r == 0 }):
			found = append(found, fmt.Sprintf("not ASCII: %.40q", text))
		}
	}
	return found
}

// wrongEncoding are texts in base64, which filters hold against a mail, and in other character sets.
func wrongEncoding(l *letter) (found []string) {
	for _, p := range l.parts {
		if p.file || !strings.HasPrefix(p.mediaType, "text/") {
			continue
		}
		if p.encoding != "quoted-printable" && p.encoding != "7bit" {
			found = append(found, p.mediaType+" "+p.encoding)
		}
		if !strings.EqualFold(p.charset, "utf-8") {
			found = append(found, p.mediaType+" charset "+p.charset)
		}
	}
	return found
}

// wrongParts: the same content twice, the best last (RFC 2046, section 5.1.4).
func wrongParts(l *letter) []string {
	var texts []string
	for _, p := range l.parts {
		if p.within == "multipart/alternative" && !p.file {
			texts = append(texts, p.mediaType)
		}
	}
	if got := strings.Join(texts, ", "); got != "text/plain, text/html" {
		return []string{"(" + got + ")"}
	}
	return nil
}

// MaxHTML is where Gmail cuts a mail (102 KB), in octets, less a margin for what servers on the way add.
const MaxHTML = 100_000

func tooLarge(l *letter) []string {
	if len(l.HTML) > MaxHTML {
		return []string{fmt.Sprint(len(l.HTML))}
	}
	return nil
}
