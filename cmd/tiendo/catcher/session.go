package catcher

import (
	"io"
	"slices"

	"github.com/emersion/go-smtp"
)

// session is one SMTP connection.
type session struct {
	catcher *Catcher
	inside  bool
	from    string
	to      []string
}

func (s *session) Reset()        { s.inside, s.from, s.to = false, "", nil }
func (s *session) Logout() error { return nil }

// Mail refuses a second MAIL within a transaction, as RFC 5321 section 4.1.4
// wants and go-smtp does not.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.inside {
		return &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL command"}
	}
	if err := s.ask("mail", ""); err != nil {
		return err
	}
	s.inside, s.from = true, from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.ask("rcpt", to); err != nil {
		return err
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		if err := s.ask("data", to); err != nil {
			return err
		}
	}
	m := newMail(s.from, slices.Clone(s.to), raw)
	if err := s.catcher.keep(m); err != nil {
		s.catcher.log.Error("mail not kept", "error", err)
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "the mail could not be kept"}
	}
	return nil
}

// ask returns an error interface that is nil when Behaviour lets it pass.
func (s *session) ask(stage, rcpt string) error {
	if s.catcher.options.Behaviour == nil {
		return nil
	}
	if answer := s.catcher.options.Behaviour(stage, rcpt); answer != nil {
		return answer
	}
	return nil
}
