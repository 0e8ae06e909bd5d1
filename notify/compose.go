package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"tiendo/tasks"
	"tiendo/templates"
)

// Settings are how mails are composed. Hold, Window and Reminders take their defaults when zero.
type Settings struct {
	BaseURL     string // the address of the pages, such as "https://tiendo.example.gov.vn"
	Province    string // signs the mails: "tỉnh Mẫu Sơn"
	FromAddress string // of the envelope and the header
	FromName    string
	// Hold is how long, in business time, mails of an issue wait so that it can be recalled; ten minutes.
	Hold time.Duration
	// Window is for how long events of a person are gathered into one mail; ten minutes.
	Window time.Duration
	// Office are the hours in which people are told of events; nil: DefaultOffice.
	Office OfficeHours
	// Reminders is the specification of the reminders job: its firing opens the day's mails.
	Reminders string
	// RollUp, Month and Digest are those of the jobs of these names: until they have fired on their day nothing older of their kind goes.
	RollUp, Month, Digest string

	host string // of BaseURL
}

func (s Settings) complete() (Settings, error) {
	base, err := url.Parse(s.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return s, fmt.Errorf("base URL %q: want http:// or https:// with a host", s.BaseURL)
	}
	s.BaseURL, s.host = strings.TrimRight(s.BaseURL, "/"), base.Hostname()
	from, err := mail.ParseAddress(s.FromAddress)
	if err != nil || from.Address != s.FromAddress {
		return s, fmt.Errorf("sender %q: want a plain mail address", s.FromAddress)
	}
	setDefault(&s.Hold, 10*time.Minute)
	setDefault(&s.Window, 10*time.Minute)
	if s.Office == nil {
		s.Office = DefaultOffice()
	}
	specs := DefaultSpecs()
	s.Reminders, s.RollUp = cmp.Or(s.Reminders, specs.Reminders), cmp.Or(s.RollUp, specs.RollUp)
	s.Month, s.Digest = cmp.Or(s.Month, specs.Month), cmp.Or(s.Digest, specs.Digest)
	return s, nil
}

// Composer turns open notices into mails: one a person and document (issued), window (events), day (reminders), agency and week
// (roll-ups) or week (digest). Who gets them is looked up at that moment; a mail is rendered once and stored as bytes.
type Composer struct {
	store     ComposeStore
	set       *templates.Set
	rules     tasks.Rules
	settings  Settings
	random    io.Reader
	reminders timetable
	// rollUps and digests are when roll-ups and the digest are written.
	rollUps, digests []timetable

	// Composed, when set, is called after each mail that was written. Set it before the first Compose.
	Composed func(Composed)
}

// NewComposer prepares composing; random is where the unguessable part of Message-IDs comes from.
func NewComposer(store ComposeStore, set *templates.Set, rules tasks.Rules, settings Settings, random io.Reader) (*Composer, error) {
	settings, err := settings.complete()
	if err != nil {
		return nil, fmt.Errorf("mails: %w", err)
	}
	c := &Composer{store: sealedStore{store}, set: set, rules: rules, settings: settings, random: random}
	if err := c.readHours(); err != nil {
		return nil, fmt.Errorf("mails: %w", err)
	}
	return c, nil
}

// Compose writes the mails that are due at the business instant. A mail that cannot be composed keeps no other from being
// composed; its notices stay open and are tried again at the next call.
func (c *Composer) Compose(ctx context.Context, now time.Time) error {
	p := c.newPass(now)
	return p.composeAll(ctx, c.kinds(p))
}

// ComposeEvents writes only the mails of what people have done: links, issues, events. It may run beside the Compose of another
// instance, and beside a job that has written a part of its day's notices.
func (c *Composer) ComposeEvents(ctx context.Context, now time.Time) error {
	p := c.newPass(now)
	return p.composeAll(ctx, c.events(p))
}

func (p *pass) composeAll(ctx context.Context, kinds []kind) error {
	errs := []error{p.takeBackOver(ctx), p.holdEvents(ctx)}
	kinds, err := p.stirring(ctx, kinds)
	errs = append(errs, err)
	for _, k := range kinds {
		if err := p.compose(ctx, k); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", k.kind, err))
		}
	}
	return errors.Join(errs...)
}

// stirring leaves out the kinds of which nothing is to be told or taken back: most minutes, all.
func (p *pass) stirring(ctx context.Context, kinds []kind) ([]kind, error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	names := make([]tasks.NoticeKind, len(kinds))
	for i, k := range kinds {
		names[i] = k.kind
	}
	var stir []tasks.NoticeKind
	if err := p.store.View(ctx, func(tx ComposeReader) (err error) {
		stir, err = tx.Stirring(names, p.now)
		return err
	}); err != nil {
		return nil, fmt.Errorf("what stirs: %w", err)
	}
	return slices.DeleteFunc(kinds, func(k kind) bool { return !slices.Contains(stir, k.kind) }), nil
}

// kinds lists how each kind of notice becomes a mail. Reminders, roll-ups and the digest are left out on days off and before their hour.
func (c *Composer) kinds(p *pass) []kind {
	kinds := c.events(p)
	if c.opened(p, c.reminders) {
		kinds = append(kinds, reminderKind(p))
	}
	if c.opened(p, c.rollUps...) {
		kinds = append(kinds, rollUpKind(p))
	}
	if c.opened(p, c.digests...) {
		kinds = append(kinds, digestKind(p))
	}
	return kinds
}

// everyKind lists all kinds, whatever the day and hour.
func (c *Composer) everyKind(p *pass) []kind {
	return append(c.events(p), reminderKind(p), rollUpKind(p), digestKind(p))
}

func (c *Composer) events(p *pass) []kind {
	return []kind{accountKind(p), issuedKind(p), eventKind(p), consultationKind(p), letterKind(p), calendarKind(p), unreachableKind(p)}
}

// NextWindow is the first instant after the given one at which events may be told, their window having closed and the office being open, or
// at which somebody wants his reminders; zero when none wait.
func (c *Composer) NextWindow(ctx context.Context, after time.Time) (time.Time, error) {
	var first time.Time
	err := c.store.View(ctx, func(tx ComposeReader) error {
		for _, k := range officeKinds {
			notices, err := openNotices(tx, k.kind, after)
			if err != nil {
				return err
			}
			for _, n := range notices {
				at := n.At
				if k.gathered {
					at = at.Add(c.settings.Window)
				}
				if told := c.officeOpens(at); told.After(after) {
					first = earliest(first, told)
				}
			}
		}
		hour, err := c.nextReminderHour(tx, after)
		first = earliest(first, hour)
		return err
	})
	return first, err
}

// Unreached lists the notices of the kind written before the instant that nobody can receive: the agency has no active person of
// the role. They stay open and are composed when there is one.
func (c *Composer) Unreached(ctx context.Context, kind tasks.NoticeKind, before time.Time) ([]tasks.Notice, error) {
	var out []tasks.Notice
	p := c.newPass(before)
	err := c.store.View(ctx, func(tx ComposeReader) error {
		notices, err := openNotices(tx, kind, before)
		if err != nil {
			return err
		}
		for _, n := range notices {
			reaches, err := p.reaches(tx, n)
			if err != nil {
				return err
			}
			if !reaches {
				out = append(out, n)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("notices that nobody can receive: %w", err)
	}
	return out, nil
}

// openNotices reads every open notice of the kind written up to the instant, by identifier.
func openNotices(tx ComposeReader, kind tasks.NoticeKind, upTo time.Time) ([]tasks.Notice, error) {
	var all []tasks.Notice
	for after := int64(0); ; {
		page, err := tx.OpenNotices(kind, upTo, after, batch)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		for _, n := range page {
			after = max(after, n.ID)
		}
		if len(page) < batch {
			slices.SortFunc(all, func(a, b tasks.Notice) int { return cmp.Compare(a.ID, b.ID) })
			return all, nil
		}
	}
}
