package smtp

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"
)

// Kind says what a failed delivery means for the mail, so that whoever keeps
// the outbox knows whether and how to try again.
type Kind int

const (
	// Unreachable: the server could not be used at all, so the failure says
	// nothing about the mail and uses up no try. It could not be connected
	// to, TLS, greeting or sign-in failed, it answered 421, it asked for a
	// sign-in it was not given, it does not let this sender in, or the
	// caller's context was cancelled before the mail's end was sent.
	Unreachable Kind = iota + 1
	// Refused: the server answered 5xx for this recipient or this message,
	// or it could never be sent (a bad address, larger than the server's
	// limit). The same mail will be refused again.
	Refused
	// Deferred: nothing was delivered, try again later. The server answered
	// 4xx, or the connection broke while the body was under way, which the
	// body itself may have caused: it uses up a try.
	Deferred
	// Uncertain: the connection broke, or time ran out, after the end of the
	// body was sent and before the server answered. The mail may or may not
	// have been delivered.
	Uncertain
)

func (k Kind) String() string {
	switch k {
	case Unreachable:
		return "unreachable"
	case Refused:
		return "refused"
	case Deferred:
		return "deferred"
	case Uncertain:
		return "uncertain"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// The steps of a delivery, as found in [Error.Stage].
const (
	StageMessage = "message" // before any contact: the envelope or the message itself
	StageConnect = "connect"
	StageTLS     = "tls"
	StageHello   = "hello" // greeting and EHLO
	StageAuth    = "auth"
	StageNoop    = "noop"
	StageMail    = "mail"
	StageRcpt    = "rcpt"
	StageData    = "data" // the DATA command
	StageBody    = "body" // while the message was being sent
	StageEnd     = "end"  // after its final dot was sent
)

// Error is the one error type that a [Sender] returns.
type Error struct {
	// Code is the server's reply code (RFC 5321, section 4.2), 0 when the
	// server did not answer.
	Code int
	// Enhanced is the enhanced status code (RFC 3463) such as "5.1.1", empty
	// when the reply had none.
	Enhanced string
	// Message is the reply's text in one line, or what went wrong on our
	// side. It never holds a password.
	Message string
	// Stage is the step that failed, one of the Stage constants.
	Stage string
	Kind  Kind
	// Err is the cause: a *textproto.Error, a network or TLS error, or the
	// context's cause joined with it.
	Err error
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "smtp %s: %s", e.Stage, e.Kind)
	if e.Code != 0 {
		fmt.Fprintf(&b, ": %d", e.Code)
		if e.Enhanced != "" {
			b.WriteString(" " + e.Enhanced)
		}
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// newError turns what happened at a stage into an Error; ctx is asked whether
// it was the reason.
func newError(ctx context.Context, stage string, err error) *Error {
	e := &Error{Stage: stage, Err: err}
	if reply, ok := errors.AsType[*textproto.Error](err); ok {
		e.Code = reply.Code
		e.Enhanced, e.Message = splitReply(reply.Msg)
		e.Kind = kindOfReply(stage, e.Code)
		return e
	}
	if cause := context.Cause(ctx); cause != nil {
		e.Err = fmt.Errorf("%w: %w", cause, err)
	}
	e.Message = oneLine(e.Err.Error())
	e.Kind = kindOfBreak(stage, errors.Is(context.Cause(ctx), context.Canceled))
	return e
}

// kindOfBreak classifies a failure without an answer of the server.
func kindOfBreak(stage string, cancelled bool) Kind {
	switch {
	case stage == StageEnd:
		return Uncertain
	case stage == StageBody && !cancelled:
		return Deferred
	}
	return Unreachable
}

// kindOfReply classifies a reply code, RFC 5321 section 4.2.1 and, for the
// codes about sign-in and encryption, RFC 4954 section 6 and RFC 3207.
func kindOfReply(stage string, code int) Kind {
	switch stage {
	case StageConnect, StageTLS, StageHello, StageAuth, StageNoop:
		return Unreachable
	}
	switch {
	case code == 421, code == 530, code == 534, code == 535, code == 538:
		return Unreachable
	case code/100 == 4:
		return Deferred
	case code/100 == 5 && stage == StageMail && code != 552:
		// A sender that is not accepted is a matter of settings: giving up
		// each waiting mail for it would lose them all.
		return Unreachable
	case code/100 == 5:
		return Refused
	}
	return Deferred
}

// answered says that the session is still in step after the error, so that
// RSET makes the connection fit for the next message.
func (e *Error) answered() bool {
	return (e.Code/100 == 4 || e.Code/100 == 5) && e.Code != 421
}

var enhancedCode = regexp.MustCompile(`^([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)`)

// splitReply takes the enhanced status code off a reply, which repeats it on
// each line.
func splitReply(reply string) (enhanced, text string) {
	var lines []string
	for line := range strings.Lines(reply) {
		line = strings.TrimSpace(line)
		if m := enhancedCode.FindStringSubmatch(line); m != nil {
			enhanced = m[1]
			line = line[len(m[0]):]
		}
		lines = append(lines, line)
	}
	return enhanced, oneLine(strings.Join(lines, " "))
}

// maxMessage keeps a hostile or chatty server from filling the outbox.
const maxMessage = 500

// oneLine makes a server's words fit for a log line and a database column.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxMessage {
		s = string(runes[:maxMessage]) + "…"
	}
	return s
}
