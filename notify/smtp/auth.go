package smtp

import (
	"errors"
	"fmt"
	netsmtp "net/smtp"
	"slices"
	"strings"
)

// login signs in by AUTH PLAIN (RFC 4616), or by LOGIN where a server offers
// nothing else, as older Exchange servers do.
type login struct {
	username, password string
	loopback           bool // the connection does not leave this machine
	steps              []string
}

func (l *login) Start(server *netsmtp.ServerInfo) (string, []byte, error) {
	if !server.TLS && !l.loopback {
		return "", nil, errors.New("password withheld: the connection is not encrypted")
	}
	offers := func(mechanism string) bool {
		return slices.ContainsFunc(server.Auth, func(m string) bool { return strings.EqualFold(m, mechanism) })
	}
	switch {
	case offers("PLAIN"):
		return "PLAIN", []byte("\x00" + l.username + "\x00" + l.password), nil
	case offers("LOGIN"):
		l.steps = []string{l.username, l.password}
		return "LOGIN", nil, nil
	case len(server.Auth) == 0:
		return "", nil, errors.New("the server offers no sign-in")
	}
	return "", nil, fmt.Errorf("the server offers neither PLAIN nor LOGIN but %s", strings.Join(server.Auth, ", "))
}

// Next answers LOGIN's two questions in their order: their wording differs
// from server to server.
func (l *login) Next(_ []byte, more bool) ([]byte, error) {
	if !more {
		return nil, nil
	}
	if len(l.steps) == 0 {
		return nil, errors.New("the server asked more than name and password")
	}
	answer := l.steps[0]
	l.steps = l.steps[1:]
	return []byte(answer), nil
}
