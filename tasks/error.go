package tasks

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Code says what kind of failure an Error is; the web maps each to one HTTP status.
type Code string

const (
	CodeInvalid         Code = "invalid"         // what was given cannot be accepted; the person can mend it
	CodeUnauthenticated Code = "unauthenticated" // nobody is signed in, or the credentials are wrong
	CodeForbidden       Code = "forbidden"       // the person sees the thing but may not do this to it
	CodeNotFound        Code = "not_found"       // there is no such thing, or the person may not know of it
	CodeConflict        Code = "conflict"        // somebody else changed it in the meantime, or its state does not allow it
	CodeTooLarge        Code = "too_large"       // an upload or a text beyond its limit
	CodeTooMany         Code = "too_many"        // too often in too short a time; RetryAfter says how long to wait
	CodeStorageFull     Code = "storage_full"    // the disk is full; nothing was kept
	CodeUnavailable     Code = "unavailable"     // the storage cannot be used now; nothing was kept
	CodeInternal        Code = "internal"        // our fault; Err says more to the log
)

// Error is a failure that a person can be told of. Key and Args become words in templates/locales; Err is for the log only.
type Error struct {
	Code   Code
	Key    string
	Args   []string
	Fields []FieldError
	Err    error
	// RetryAfter is how long to wait before the same can succeed; 0 when waiting does not help.
	RetryAfter time.Duration
}

// FieldError names the form field that is wrong, and why.
type FieldError struct {
	Field string
	Key   string
	Args  []string
}

// Error renders the failure for the log.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code, e.Key)
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " %q", e.Args)
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Field, f.Key)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// E makes an Error of a code and a key with its arguments.
func E(code Code, key string, args ...string) *Error {
	return &Error{Code: code, Key: key, Args: args}
}

// Invalid makes an Error that lists the fields at fault.
func Invalid(fields ...FieldError) *Error {
	return &Error{Code: CodeInvalid, Key: "error.invalid", Fields: fields}
}

// CodeOf is the code of the first Error in err's chain, CodeInternal when there is none, "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// ErrNotFound is what a store answers when no row has the identifier asked for.
var ErrNotFound = E(CodeNotFound, "error.not_found")

// ErrConflict is what a store answers when the row's version is no longer the one that was read.
var ErrConflict = E(CodeConflict, "error.conflict")
