package tasks

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"sync/atomic"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
)

// Limits of a password, in characters. The upper one only bounds the work of hashing.
const (
	MinPassword = 10
	MaxPassword = 200
)

// Passwords hashes with argon2id (RFC 9106): two passes over 19 MiB, one lane. At most a few hashes run at once, so that a storm of
// sign-ins takes neither all memory nor all processors.
type Passwords struct {
	params *argon2id.Params
	slots  chan struct{}
	done   atomic.Int64
	dummy  string // compared against when there is no such account, so that the answer takes as long
}

// NewPasswords allows so many hashes at once.
func NewPasswords(atOnce int) (*Passwords, error) {
	p := &Passwords{
		params: &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		slots:  make(chan struct{}, atOnce),
	}
	p.dummy = p.unmatched()
	return p, nil
}

// unmatched is a hash of no known password: random octets where the salt and the key stand. Making one takes no time, comparing with
// it as long as with any other.
func (p *Passwords) unmatched() string {
	octets := make([]byte, p.params.SaltLength+p.params.KeyLength)
	_, _ = rand.Read(octets) // never fails
	text := base64.RawStdEncoding
	const version = 0x13 // RFC 9106
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", version, p.params.Memory, p.params.Iterations, p.params.Parallelism,
		text.EncodeToString(octets[:p.params.SaltLength]), text.EncodeToString(octets[p.params.SaltLength:]))
}

// Hash encodes a new password with its salt and parameters.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	var hash string
	err := p.run(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, p.params)
		return err
	})
	return hash, err
}

// Matches tells whether the password is that of the hash. An empty hash takes as long and never matches.
func (p *Passwords) Matches(ctx context.Context, password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		hash = p.dummy
	}
	var match bool
	err := p.run(ctx, func() (err error) {
		match, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return match && known, err
}

// Done counts the hashes that were computed so far.
func (p *Passwords) Done() int64 { return p.done.Load() }

func (p *Passwords) run(ctx context.Context, fn func() error) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
		p.done.Add(1)
		return fn()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *fields) password(name, value string) {
	switch n := utf8.RuneCountInString(value); {
	case n < MinPassword:
		f.add(name, "password.too_short", fmt.Sprint(MinPassword))
	case n > MaxPassword:
		f.add(name, "field.too_long", fmt.Sprint(MaxPassword))
	}
}
