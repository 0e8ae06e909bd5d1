package message

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
)

// NewMessageID returns a Message-ID with its angle brackets. The same domain
// and parts give the same id, other parts another one: hand in what makes the
// mail unique, such as its kind, its row and a random token kept with it. The
// first part, made plain, can be read in it; the others cannot.
func NewMessageID(domain string, parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(hash, "%d:%s,", len(part), part)
	}
	left := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(hash.Sum(nil)[:20]))
	if len(parts) > 0 {
		if word := dotAtom(parts[0], 32); word != "" {
			left = word + "." + left
		}
	}
	right := dotAtom(domain, 255)
	if right == "" {
		right = "tiendo.invalid"
	}
	return "<" + left + "@" + right + ">"
}

// NewListID names the regular mails of a kind from a host (RFC 2919, section
// 2), with its angle brackets, so that mail programs can file them. Both are
// made plain.
func NewListID(kind, host string) string {
	return "<" + dotAtom(kind, 32) + "." + dotAtom(host, 200) + ">"
}

// dotAtom makes s fit for either side of a Message-ID (RFC 5322, section
// 3.2.3): lower-case letters, digits, hyphens, dots between them.
func dotAtom(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, strings.ToLower(s))
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '.' })
	s = strings.Join(words, ".")
	if len(s) > most {
		s = s[:most]
	}
	return strings.Trim(s, ".-")
}
