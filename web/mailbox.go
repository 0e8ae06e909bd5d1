package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type mailboxPage struct {
	templates.Layout
	Headline string
	Action   string
	Version  int64
	Fields   []templates.Field
	Writes   bool
	Bounces  *bouncesCard // mails to the address that came back
}

func mailboxHref(agency int64) string { return "/directory/agencies/" + idText(agency) + "/mailbox" }

// mailbox shows an agency's own address.
func (s *Server) mailbox(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	_, m, err := s.Directory.Mailbox(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	return s.showMailbox(c, actor, http.StatusOK, m, nil)
}

// showMailbox shows the form with what was typed; refusal is why it comes back.
func (s *Server) showMailbox(c *gin.Context, actor tasks.Person, status int, in tasks.Mailbox, refusal error) error {
	a, stored, err := s.Directory.Mailbox(c.Request.Context(), actor, in.AgencyID)
	if err != nil {
		return err
	}
	w := s.words(actor)
	fe, _ := s.invalid(actor, refusal)
	p := mailboxPage{Headline: w.T("mailbox.headline", a.Name), Action: mailboxHref(a.ID), Version: stored.Version, Writes: actor.Can(tasks.ActionDirectoryWrite)}
	if stored.Address == "" {
		p.Headline = w.T("mailbox.headline_none", a.Name)
	}
	address := templates.Field{
		Name: "address", Type: "email", Label: w.T("mailbox.address"), Hint: w.T("mailbox.address_hint"), Value: in.Address, MaxLength: 254, Autocomplete: "off",
	}
	kinds := templates.Field{Name: "kinds", Type: "checkboxes", Label: w.T("mailbox.kinds"), Options: []templates.Option{
		{Value: "issued", Label: w.T("mailbox.issued")}, {Value: "overdue", Label: w.T("mailbox.overdue")},
	}}
	if in.Issued {
		kinds.Values = append(kinds.Values, "issued")
	}
	if in.Overdue {
		kinds.Values = append(kinds.Values, "overdue")
	}
	conflict := refusal != nil && tasks.CodeOf(refusal) == tasks.CodeConflict
	if conflict {
		address.Hint = w.T("mailbox.now", stored.Address)
		if stored.Address == "" {
			address.Hint = w.T("mailbox.now_none")
		}
	}
	p.Fields = []templates.Field{fe.on(address), fe.on(kinds)}
	if p.Bounces, err = s.mailboxBounces(c, actor, a.ID); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Fields...)
	if conflict {
		p.Problems = append(p.Problems, templates.Problem{Text: w.T("mailbox.stale")})
	}
	return s.render(c, status, "mailbox", p)
}

// setMailbox keeps what was typed there.
func (s *Server) setMailbox(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	a, _, err := s.Directory.Mailbox(ctx, actor, id)
	if err != nil {
		return err
	}
	in := tasks.Mailbox{AgencyID: id, Address: c.PostForm("address"), Version: formID(c.PostForm("version"))}
	for _, kind := range c.PostFormArray("kinds") {
		in.Issued = in.Issued || kind == "issued"
		in.Overdue = in.Overdue || kind == "overdue"
	}
	err = s.Directory.SetMailbox(ctx, actor, in)
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		return s.showMailbox(c, actor, status, in, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, mailboxHref(id), "mailbox.saved", a.Name)
}
