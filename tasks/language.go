package tasks

import (
	"context"
	"fmt"
	"slices"
)

// Languages are those in which pages and mails are written, as BCP 47 tags. Who chose none gets the first.
var Languages = []string{"vi", "en"}

// SetLanguage changes the language in which the actor reads pages and mails. His sessions go on; mails already composed stay as
// they are.
func (s *Accounts) SetLanguage(ctx context.Context, actor Person, language string) (Person, error) {
	if !slices.Contains(Languages, language) {
		return Person{}, Invalid(FieldError{Field: "language", Key: "field.required"})
	}
	var p Person
	err := s.Store.Update(ctx, func(tx AccountTx) (err error) {
		if p, err = tx.Person(actor.ID); err != nil || p.Language == language {
			return err
		}
		before := p.Language
		p.Language = language
		if err := tx.UpdatePerson(p); err != nil {
			return err
		}
		p.Version++
		_, err = tx.Audit(entry(s.Now(), actor, "person.language", Subject{SubjectPerson, p.ID}).
			with(map[string]any{"language": before}, map[string]any{"language": language}))
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("set language of %d: %w", actor.ID, err)
	}
	return p, nil
}
