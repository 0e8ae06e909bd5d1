package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// mailsCard is what a person's own page says of the mails that he gets.
type mailsCard struct {
	RemindAt templates.Field
	RollUps  *templates.Field // nil for who works for no agency
}

// getsReminders tells whether there is anything to choose for the person: leaders and admins are reminded of nothing.
func getsReminders(p tasks.Person) bool {
	return p.Has(tasks.RoleFocal) || p.Has(tasks.RoleHead) || p.Has(tasks.RoleSecretariat)
}

func getsRollUps(p tasks.Person) bool { return len(p.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)) > 0 }

// firstReminderHour is the first hour that can be chosen: none holds before reminders are written.
func (s *Server) firstReminderHour() int {
	return max(tasks.FirstReminderHour, s.Outbox.ReminderHour())
}

// mailsCard answers nil for those who have nothing to choose. typed holds what was refused.
func (s *Server) mailsCard(actor tasks.Person, typed *string, fe fieldErrors) *mailsCard {
	own := actor.Own()
	if !getsReminders(own) {
		return nil
	}
	w := s.words(actor)
	at := templates.Field{Name: "remind_at", Type: "select", Label: w.T("switches.remind_at"), Hint: w.T("switches.remind_at_hint"), Required: true}
	at.Options = []templates.Option{{Value: "0", Label: w.T("switches.at_once_from", s.Outbox.ReminderHour())}}
	at.Value = "0"
	for hour := s.firstReminderHour(); hour <= tasks.LastReminderHour; hour++ {
		at.Options = append(at.Options, templates.Option{Value: strconv.Itoa(hour), Label: w.T("switches.hour", hour)})
		if hour == own.RemindAt {
			at.Value = strconv.Itoa(hour)
		}
	}
	if typed != nil {
		at.Value = *typed
	}
	card := mailsCard{RemindAt: fe.on(at)}
	if getsRollUps(own) {
		f := templates.Field{Name: "rollups", Type: "checkbox", Label: w.T("switches.rollups"), Hint: w.T("switches.rollups_hint")}
		if !own.NoRollUps {
			f.Value = f.SentValue()
		}
		card.RollUps = &f
	}
	return &card
}

// setMails changes what the actor has chosen about his own mails.
func (s *Server) setMails(c *gin.Context, actor tasks.Person) error {
	typed := strings.TrimSpace(c.PostForm("remind_at"))
	hour, err := strconv.Atoi(typed)
	if err != nil && typed != "" {
		hour = -1
	}
	in := tasks.MailSwitches{RemindAt: hour, NoRollUps: actor.NoRollUps}
	if getsRollUps(actor.Own()) {
		in.NoRollUps = c.PostForm("rollups") == ""
	}
	var p tasks.Person
	if first := s.firstReminderHour(); hour != 0 && (hour < first || hour > tasks.LastReminderHour) {
		err = tasks.Invalid(tasks.FieldError{Field: "remind_at", Key: "switches.bad_hour", Args: []string{strconv.Itoa(first), strconv.Itoa(tasks.LastReminderHour)}})
	} else {
		p, err = s.Accounts.SetMailSwitches(c.Request.Context(), actor, in)
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showAccountTyped(c, actor, http.StatusUnprocessableEntity, fe, accountTyped{remindAt: &typed})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, p, "/account", "switches.set")
}

// mailFacts say what a person has chosen about his mails, for those who look after people.
func (s *Server) mailFacts(w *templates.Words, p tasks.Person) []templates.Fact {
	if p.ID == 0 || !getsReminders(p) {
		return nil
	}
	at := w.T("switches.at_once")
	if p.RemindAt > 0 {
		at = w.T("switches.hour", max(p.RemindAt, s.Outbox.ReminderHour()))
	}
	facts := []templates.Fact{{Label: w.T("switches.remind_at"), Text: at}}
	if getsRollUps(p) {
		text := w.T("switches.rollups_on")
		if p.NoRollUps {
			text = w.T("switches.rollups_off")
		}
		facts = append(facts, templates.Fact{Label: w.T("switches.rollups_label"), Text: text})
	}
	return facts
}
