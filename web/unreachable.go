package web

import (
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// bouncesShown is how many mails that came back a person's page lists.
const bouncesShown = 5

// bouncesCard says of a person, or of an agency's own address, that mails come back, and lists those that did.
type bouncesCard struct {
	Alert string // since when he or it is shown as unreachable; "" when not
	Text  string // what to do
	Lines []bounceLine
	// Reached is where the button posts that says that mails arrive; "" for who may not.
	Reached string
}

type bounceLine struct{ When, Address, Words string }

// bouncesCard is nil when no mail to the person came back.
func (s *Server) bouncesCard(c *gin.Context, actor, p tasks.Person) (*bouncesCard, error) {
	if !actor.Can(tasks.ActionOutboxRead) {
		return nil, nil
	}
	list, err := s.Bounces.Of(c.Request.Context(), actor, p.ID, bouncesShown)
	if err != nil || len(list) == 0 && p.Unreachable.IsZero() {
		return nil, err
	}
	card := s.newBouncesCard(s.words(actor), "unreachable.since", p.Unreachable, list)
	if card.Alert != "" && actor.Can(tasks.ActionOutboxManage) {
		card.Reached = personHref(p.ID) + "/reachable"
	}
	return card, nil
}

// mailboxBounces is the card of an agency's own address; nil when no mail to it came back.
func (s *Server) mailboxBounces(c *gin.Context, actor tasks.Person, agency int64) (*bouncesCard, error) {
	if !actor.Can(tasks.ActionOutboxRead) {
		return nil, nil
	}
	ctx := c.Request.Context()
	list, err := s.Bounces.OfMailbox(ctx, actor, agency, bouncesShown)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	since, err := s.Bounces.Mailboxes(ctx, actor)
	if err != nil {
		return nil, err
	}
	return s.newBouncesCard(s.words(actor), "unreachable.mailbox_since", since[agency], list), nil
}

// newBouncesCard lists the mails; sinceKey words since when none arrive, the zero instant that they do.
func (s *Server) newBouncesCard(w *templates.Words, sinceKey string, since time.Time, list []notify.Bounce) *bouncesCard {
	card := &bouncesCard{}
	if !since.IsZero() {
		card.Alert, card.Text = w.T(sinceKey, since.In(s.Rules.Location)), w.T("unreachable.text")
	}
	for _, b := range list {
		card.Lines = append(card.Lines, bounceLine{When: w.T("unreachable.sent_on", b.Day), Address: b.Address, Words: b.Words})
	}
	return card
}

// personReachable notes that mails to a person arrive again.
func (s *Server) personReachable(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Bounces.Reached(c.Request.Context(), actor, id); err != nil {
		return err
	}
	return s.redirect(c, actor, personHref(id), "unreachable.noted")
}

// unreachablePeople leads to the people whose mails come back, with how many they are; nil when there are none.
func (s *Server) unreachablePeople(c *gin.Context, actor tasks.Person) (*templates.Action, error) {
	page, err := s.Accounts.People(c.Request.Context(), actor, tasks.PersonQuery{Unreachable: true, Limit: 1})
	if err != nil || page.Total == 0 {
		return nil, err
	}
	return &templates.Action{Href: "/people?show=" + unreachableAlone, Label: s.words(actor).T("unreachable.people", page.Total)}, nil
}
