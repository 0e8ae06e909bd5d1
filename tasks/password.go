package tasks

import (
	"context"
	"fmt"
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
	dummy  string // compared against when there is no such account, so that the answer takes as long
}

// NewPasswords allows so many hashes at once.
func NewPasswords(atOnce int) (*Passwords, error) {
	p := &Passwords{
		params: &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		slots:  make(chan struct{}, atOnce),
	}
	var err error
	if p.dummy, err = argon2id.CreateHash("no such account", p.params); err != nil {
		return nil, fmt.Errorf("prepare password hashing: %w", err)
	}
	return p, nil
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

func (p *Passwords) run(ctx context.Context, fn func() error) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
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
