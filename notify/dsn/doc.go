// Package dsn reads what a mail server writes back about a mail that it did or did not deliver: delivery status notifications (RFC 3464,
// in the form of RFC 6533 where addresses are not ASCII), and the older form in which Exim names the failed recipients in the header.
package dsn

import (
	"errors"
	"io"
)

// Action is what became of a mail (RFC 3464, section 2.3.3).
type Action string

const (
	Failed    Action = "failed"    // for good
	Delayed   Action = "delayed"   // it is tried further
	Delivered Action = "delivered" // it lies in the recipient's mailbox
	Relayed   Action = "relayed"   // to a server that tells no more
	Expanded  Action = "expanded"  // into several addresses
)

// Recipient is what became of a mail for one address.
type Recipient struct {
	// Original is the address as the sender gave it, Final that to which the mail went in the end; either may be missing.
	Original, Final string
	Action          Action
	// Status is the code of RFC 3463, such as "5.1.1"; "" when none is given.
	Status string
	// Words are what the server said, on one line.
	Words string
}

// Report is a notification about one mail.
type Report struct {
	// MessageIDs are those by which the mail may be known, with angle brackets, the surest first.
	MessageIDs []string
	Recipients []Recipient
}

// ErrNoReport is what Read answers of a message that somebody wrote and that is no notification.
var ErrNoReport = errors.New("this is no delivery status notification")

// ErrAutomatic is what Read answers of a message that a program wrote and that tells of no delivery: an absence, a receipt, a complaint.
// Nobody waits for an answer to it.
var ErrAutomatic = errors.New("this is an automatic message, but no delivery status notification")

// The most that is read of a message and of its parts, in octets. What matters stands at the beginning; behind it a server may return the
// whole mail.
const (
	maxRead   = 4 << 20
	maxHeader = 256 << 10
	maxPart   = 256 << 10
)

// Read reads a message as it comes from a pipe, with or without the line "From " of a mailbox before it. It reads no more than it needs
// and keeps little of it, however long the message is; the rest stays in r. A message that is no notification is ErrNoReport or
// ErrAutomatic; another error is that of r.
func Read(r io.Reader) (Report, error) {
	in := &source{r: r, left: maxRead}
	report, err := read(in)
	if in.err != nil {
		return Report{}, in.err
	}
	return report, err
}

// source reads up to so many octets, and keeps an error that is not of the message.
type source struct {
	r    io.Reader
	left int
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, io.EOF
	}
	n, err := s.r.Read(p[:min(len(p), s.left)])
	s.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}
