package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// calendarPath is before the secret in the address of a calendar.
const calendarPath = "/calendar/"

// calendarEnding is behind it: some programs go by the name.
const calendarEnding = ".ics"

// calendarCard is what a person's own page says of his calendar.
type calendarCard struct {
	Since       string // since when there is an address; "" without one
	Link        templates.Field
	New         bool // Link is told now, once
	Cooperating templates.Field
	Revoke      templates.ConfirmForm
}

// calendarCard answers nil for those who have no agency.
func (s *Server) calendarCard(c *gin.Context, actor tasks.Person, secret string) (*calendarCard, error) {
	if agencies, all := actor.Own().Scope(tasks.ActionCalendarFeed); !all && len(agencies) == 0 {
		return nil, nil
	}
	f, has, err := s.Accounts.CalendarFeed(c.Request.Context(), actor)
	if err != nil {
		return nil, err
	}
	w := s.words(actor)
	card := calendarCard{Cooperating: templates.Field{Name: "cooperating", Type: "checkbox", Label: w.T("calendar_feed.cooperating"), Required: false}}
	if !has {
		return &card, nil
	}
	if f.Cooperating {
		card.Cooperating.Value = card.Cooperating.SentValue()
	}
	card.Since = w.T("calendar_feed.since", s.Rules.Day(f.MadeAt))
	card.Revoke = templates.ConfirmForm{
		Summary: w.T("calendar_feed.revoke"), Text: w.T("calendar_feed.revoke_text"), Action: "/account/calendar/revoke", Button: w.T("calendar_feed.revoke_button"),
	}
	if secret != "" {
		card.New = true
		card.Link = templates.Field{
			Name: "calendar", ID: "calendar-address", Label: w.T("calendar_feed.address"), Hint: w.T("calendar_feed.address_hint"), ReadOnly: true, Required: true,
			Value: s.BaseURL.JoinPath("calendar", secret+calendarEnding).String(),
		}
	}
	return &card, nil
}

// makeCalendar makes a new address of the person's calendar and shows it, once.
func (s *Server) makeCalendar(c *gin.Context, actor tasks.Person) error {
	secret, err := s.Accounts.MakeCalendarFeed(c.Request.Context(), actor, c.PostForm("cooperating") != "")
	if err != nil {
		return err
	}
	return s.showAccountTyped(c, actor, http.StatusOK, fieldErrors{}, accountTyped{secret: secret})
}

// revokeCalendar ends the address of the person's calendar.
func (s *Server) revokeCalendar(c *gin.Context, actor tasks.Person) error {
	if err := s.Accounts.RevokeCalendarFeed(c.Request.Context(), actor); err != nil {
		return err
	}
	return s.redirect(c, actor, "/account", "calendar_feed.revoked")
}

// calendarFile answers a calendar program. The address is all that it shows; who is signed in in the same browser does not matter.
func (s *Server) calendarFile(c *gin.Context, _ tasks.Person) error {
	ctx := c.Request.Context()
	secret, ok := strings.CutSuffix(c.Param("token"), calendarEnding)
	if !ok {
		secret = "" // opens nothing, and counts
	}
	owner, feed, err := s.Accounts.CalendarOwner(ctx, s.visitor(c), secret)
	if err != nil {
		return err
	}
	days, err := s.Assignments.CalendarDays(ctx, owner, feed.Cooperating)
	if err != nil {
		return err
	}
	rows, err := s.dutyRows(ctx, owner)
	if err != nil {
		return err
	}
	body := s.calendarText(rows, days, feed.MadeAt)
	sum := sha256.Sum256([]byte(body))
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	h := c.Writer.Header()
	h.Set("ETag", etag)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Disposition", `inline; filename="tiendo.ics"`)
	if fresh(c.GetHeader("If-None-Match"), etag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Data(http.StatusOK, "text/calendar; charset=utf-8", []byte(body))
	return nil
}

// fresh tells whether one of the tags that a client has is that of the answer (RFC 9110, section 13.1.2: compared weakly).
func fresh(header, etag string) bool {
	for tag := range strings.SplitSeq(header, ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == etag || tag == "*" {
			return true
		}
	}
	return false
}
