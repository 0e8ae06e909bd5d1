package tasks

import "github.com/alexedwards/argon2id"

// CheapPasswords hashes with so little work that a test can guess hundreds of times.
func CheapPasswords() (*Passwords, error) {
	p := &Passwords{params: &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}, slots: make(chan struct{}, 2)}
	var err error
	p.dummy, err = argon2id.CreateHash("no such account", p.params)
	return p, err
}
