package tasks

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Accounts is the service of signing in, passwords and one-time links.
type Accounts struct {
	Store     AccountStore
	Passwords *Passwords
	Rules     Rules
	Now       Clock     // business: audit rows and notices
	System    Clock     // one-time links
	Random    io.Reader // secrets of one-time links

	swept atomic.Int64 // Unix nanoseconds of the last sweep of the throttles
}

// How long one-time links hold, on the system clock.
const (
	InvitationLife = 7 * 24 * time.Hour
	ResetLife      = time.Hour
)

var errSignIn = E(CodeUnauthenticated, "sign_in.wrong")

// SignIn answers the person whose address and password these are. A wrong password, an unknown address and a disabled account get
// the same answer after the same time.
func (s *Accounts) SignIn(ctx context.Context, email, password string) (Person, error) {
	var p Person
	var hash string
	err := s.Store.View(ctx, func(tx AccountReader) (err error) {
		if p, err = personByEmail(tx, email); err != nil {
			return err
		}
		hash, err = tx.PasswordHash(p.ID)
		return err
	})
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Person{}, fmt.Errorf("sign in: %w", err)
	}
	if len(password) > 4*MaxPassword {
		return Person{}, errSignIn
	}
	match, err := s.Passwords.Matches(ctx, password, hash)
	if err != nil {
		return Person{}, fmt.Errorf("sign in: %w", err)
	}
	if !match || !p.Active {
		return Person{}, errSignIn
	}
	return p, nil
}

// NormalizeEmail is how an address is kept and compared.
func NormalizeEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// personByEmail looks a typed address up; what can be no address is nobody's, and never reaches the database.
func personByEmail(tx AccountReader, typed string) (Person, error) {
	email := NormalizeEmail(typed)
	if !sendable(email) {
		return Person{}, ErrNotFound
	}
	return tx.PersonByEmail(email)
}

// Current answers the signed-in person as he is now, with the rights of those for whom he acts today. epoch is the one at sign-in: a session of an older one has ended.
func (s *Accounts) Current(ctx context.Context, personID, epoch int64) (Person, error) {
	var p Person
	err := s.Store.View(ctx, func(tx AccountReader) (err error) {
		if p, err = tx.Person(personID); err != nil {
			return err
		}
		stands, err := tx.StandsFor(personID, s.Rules.Day(s.Now()))
		p = p.standing(stands)
		return err
	})
	if errors.Is(err, ErrNotFound) || err == nil && (!p.Active || p.Epoch != epoch) {
		return Person{}, E(CodeUnauthenticated, "error.sign_in")
	}
	if err != nil {
		return Person{}, fmt.Errorf("load person %d: %w", personID, err)
	}
	return p, nil
}

// ChangePassword sets a new password for the actor, who must know the old one. Every other session of his ends.
func (s *Accounts) ChangePassword(ctx context.Context, actor Person, old, password string) (Person, error) {
	// Who sits down at somebody's open session must not find out the password by trying.
	tries := limitOldPassword.of(strconv.FormatInt(actor.ID, 10))
	wait, err := s.take(ctx, tries)
	if err != nil {
		return Person{}, fmt.Errorf("change password of %d: %w", actor.ID, err)
	}
	if wait > 0 {
		return Person{}, tooMany("error.too_many_for", wait)
	}
	if _, err := s.SignIn(ctx, actor.Email, old); err != nil {
		if CodeOf(err) == CodeUnauthenticated {
			return Person{}, Invalid(FieldError{Field: "old", Key: "password.wrong"})
		}
		return Person{}, err
	}
	if err := s.Store.Update(ctx, func(tx AccountTx) error { return tx.Refill(tries.key()) }); err != nil {
		return Person{}, fmt.Errorf("change password of %d: %w", actor.ID, err)
	}
	return s.setPassword(ctx, actor, actor.ID, "", password, "person.password_changed")
}

// setPassword hashes and stores a password. tokenHash, when given, must be that of a link that still holds.
func (s *Accounts) setPassword(ctx context.Context, actor Person, personID int64, tokenHash, password, action string) (Person, error) {
	hash, err := s.hash(ctx, password)
	if err != nil {
		return Person{}, err
	}
	var p Person
	err = s.Store.Update(ctx, func(tx AccountTx) (err error) {
		if tokenHash != "" {
			if err := s.useUp(tx, tokenHash); err != nil {
				return err
			}
		}
		p, err = s.storePassword(tx, actor, personID, hash, action)
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("set password of %d: %w", personID, err)
	}
	return p, nil
}

// hash checks a new password and encodes it.
func (s *Accounts) hash(ctx context.Context, password string) (string, error) {
	var f fields
	f.password("password", password)
	if err := f.err(); err != nil {
		return "", err
	}
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// storePassword stores an encoded password, uses up one-time links and ends sessions. It answers the person as he is then.
func (s *Accounts) storePassword(tx AccountTx, actor Person, personID int64, hash, action string) (Person, error) {
	p, err := tx.Person(personID)
	if err != nil {
		return Person{}, err
	}
	if err := tx.SetPasswordHash(personID, hash); err != nil {
		return Person{}, err
	}
	if err := tx.DeleteTokens(personID); err != nil {
		return Person{}, err
	}
	p.Epoch++
	if err := tx.UpdatePerson(p); err != nil {
		return Person{}, err
	}
	p.Version++
	_, err = tx.Audit(entry(s.Now(), actor, action, Subject{SubjectPerson, personID}))
	return p, err
}

// Invite makes a one-time link by which a person sets a password, mails it, and answers its secret, so that an admin can hand it
// over when mail does not work.
func (s *Accounts) Invite(ctx context.Context, actor Person, personID int64) (secret string, err error) {
	if err := may(actor, ActionPeopleManage); err != nil {
		return "", err
	}
	err = s.Store.Update(ctx, func(tx AccountTx) error {
		p, err := tx.Person(personID)
		if err != nil {
			return err
		}
		if !p.Active {
			return E(CodeConflict, "person.disabled")
		}
		secret, err = s.link(tx, actor, p, "invited", InvitationLife, true)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("invite person %d: %w", personID, err)
	}
	return secret, nil
}

// link makes a one-time link; earlier ones of the person end.
func (s *Accounts) link(tx AccountTx, actor, p Person, purpose string, life time.Duration, mail bool) (string, error) {
	secret, err := s.secret()
	if err != nil {
		return "", err
	}
	if err := tx.DeleteTokens(p.ID); err != nil {
		return "", err
	}
	hash := hashToken(secret)
	if err := tx.InsertToken(Token{Hash: hash, PersonID: p.ID, Purpose: purpose, Expires: s.System().Add(life)}); err != nil {
		return "", err
	}
	now := s.Now()
	if _, err := tx.Audit(entry(now, actor, "person."+purpose, Subject{SubjectPerson, p.ID})); err != nil {
		return "", err
	}
	if !mail {
		return secret, nil
	}
	return secret, tx.AddNotice(Notice{
		Kind: NoticeAccount, Event: purpose, Subject: Subject{SubjectPerson, p.ID}, PersonID: p.ID, Occurrence: hash[:16],
		Day: s.Rules.Day(now), At: now, Payload: secret,
	})
}

func (s *Accounts) secret() (string, error) {
	b := make([]byte, 24)
	if _, err := io.ReadFull(s.Random, b); err != nil {
		return "", fmt.Errorf("random secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

func hashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// tokenOwner answers whose link it is, as long as it holds and he is active.
func (s *Accounts) tokenOwner(tx AccountReader, hash string) (Person, error) {
	t, err := tx.Token(hash)
	if errors.Is(err, ErrNotFound) || err == nil && !s.System().Before(t.Expires) {
		return Person{}, E(CodeNotFound, "link.used")
	}
	if err != nil {
		return Person{}, err
	}
	p, err := tx.Person(t.PersonID)
	if err == nil && !p.Active {
		return Person{}, E(CodeNotFound, "link.used")
	}
	return p, err
}

// useUp looks whether a one-time link holds; setting the password ends it with all others.
func (s *Accounts) useUp(tx AccountTx, hash string) error {
	p, err := s.tokenOwner(tx, hash)
	if err != nil {
		return err
	}
	// He reads his mails, so the next link may come at once.
	return tx.Refill(limitResetName.of(p.Email).key())
}

// TokenOwner answers whose one-time link this is, without using it up: a mail scanner may open it.
func (s *Accounts) TokenOwner(ctx context.Context, secret string) (Person, error) {
	var p Person
	err := s.Store.View(ctx, func(tx AccountReader) error {
		var err error
		p, err = s.tokenOwner(tx, hashToken(secret))
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("one-time link: %w", err)
	}
	return p, nil
}

// UseToken sets a password by a one-time link, which is used up.
func (s *Accounts) UseToken(ctx context.Context, secret, password string) (Person, error) {
	p, err := s.TokenOwner(ctx, secret)
	if err != nil {
		return Person{}, err
	}
	return s.setPassword(ctx, p, p.ID, hashToken(secret), password, "person.password_set")
}
