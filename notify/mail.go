package notify

import (
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// MailState is the fate of a mail.
type MailState string

const (
	MailWaiting   MailState = "waiting"   // to be sent: held, or until the server takes it
	MailSending   MailState = "sending"   // claimed by a worker under a lease
	MailSent      MailState = "sent"      // the server answered 250
	MailFailed    MailState = "failed"    // refused, or out of tries
	MailBounced   MailState = "bounced"   // sent, and a report came that it was not delivered
	MailExpired   MailState = "expired"   // a reminder that was not sent by the end of its day; its notices reopened
	MailCancelled MailState = "cancelled" // by a person
)

// MailStates lists every state.
var MailStates = []MailState{MailWaiting, MailSending, MailSent, MailFailed, MailBounced, MailExpired, MailCancelled}

// Mail was composed from notices for one person. It is rendered once: Raw is what goes over the wire, with its Message-ID fixed,
// so that a repeat after a crash is recognised as one.
type Mail struct {
	ID         int64
	Kind       tasks.NoticeKind
	PersonID   int64
	Instead    int64  // the deputation by which the person gets another's mail; 0: it is his own
	From       string // envelope
	To         string // envelope
	Subject    string
	MessageID  string
	Raw        []byte
	DocumentID int64         // of issued mails: the document, for its recall
	HoldUntil  time.Time     // business time before which it must not go
	ExpiresOn  calendar.Date // the last business day on which it may go; zero: it never expires
	CreatedAt  time.Time     // business time
	State      MailState
	Tries      int       // refusals so far; an unreachable server uses up none
	NextTry    time.Time // system time
	LastError  string    // what the server said last, for the outbox page
	SentAt     time.Time // business time
	LeaseUntil time.Time // system time until which it is the worker's who claimed it; zero of a mail that was not claimed
}

// Refusal is what became of a try that did not end with the mail sent.
type Refusal struct {
	Reason string    // what the server said, for the outbox page
	Next   time.Time // system time of the next try; zero: the mail has failed for good
	// Uncertain: the server may have taken the mail all the same.
	Uncertain bool
}

// MaxTries is how often a mail is tried when its recipient is refused for a while (4xx): for five days, as RFC 5321, section 4.5.4.1,
// asks.
const MaxTries = 13
