package web

import (
	"fmt"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
	"tiendo/templates/office"
)

// Letterhead is what an office's documents begin and end with (Nghị định 30/2020/NĐ-CP, annex I). What is empty stays to be written by
// hand.
type Letterhead struct {
	Parent     string   // the body above the one that issues
	Issuer     string   // the body that issues
	Place      string   // where: before the date
	Symbol     string   // behind the number: "BC-VP"
	Recipients []string // line by line
	Capacity   string   // for whom it is signed: "TL. CHỦ TỊCH"
	Title      string   // of who signs
	Name       string   // of who signs
}

// letter is a letterhead as it was typed for one document.
type letter struct {
	Letterhead
	Number string
	Day    string // as typed
	date   calendar.Date
	About  string // what it is about, under its kind
	// Subject is what a letter is about, which has no kind: it stands under the number. "" of any other document.
	Subject string
}

// Limits of what a letter's form may hold.
const (
	maxLetterLine  = 300 // characters
	maxRecipients  = 30  // lines
	maxRecipientsN = 3000
)

// letterOf is the letterhead of the settings for who reads the whole province, and for others that of their first agency.
func (s *Server) letterOf(w *templates.Words, actor tasks.Person, agencies map[int64]tasks.Agency) letter {
	l := letter{Letterhead: s.Letterhead}
	own, all := actor.Scope(tasks.ActionRegisterRead)
	if !all && len(own) > 0 {
		l.Letterhead = Letterhead{Parent: s.Letterhead.Parent, Place: s.Letterhead.Place, Issuer: agencyName(w, agencies, own[0])}
		l.Symbol = w.T("register.symbol_of", agencies[own[0]].Code)
	}
	l.date = s.Rules.Day(s.Now())
	l.Day = dayTyped(l.date)
	return l
}

// typedLetter reads the form. What cannot be right comes back as a refused form.
func typedLetter(c *gin.Context) (letter, error) {
	line := func(name string) string { return oneLine(office.Clean(c.PostForm(name))) }
	l := letter{Number: line("number"), About: line("about"), Day: strings.TrimSpace(c.PostForm("date")), Letterhead: Letterhead{
		Parent: line("parent"), Issuer: line("issuer"), Place: line("place"), Symbol: line("symbol"), Capacity: line("capacity"), Title: line("signer_title"), Name: line("signer"),
	}}
	var wrong []tasks.FieldError
	for name, text := range map[string]string{
		"number": l.Number, "about": l.About, "parent": l.Parent, "issuer": l.Issuer, "place": l.Place, "symbol": l.Symbol, "capacity": l.Capacity,
		"signer_title": l.Title, "signer": l.Name,
	} {
		if len([]rune(text)) > maxLetterLine {
			wrong = append(wrong, tasks.FieldError{Field: name, Key: "field.too_long", Args: []string{fmt.Sprint(maxLetterLine)}})
		}
	}
	var ok bool
	if l.date, ok = formDate(l.Day); !ok {
		wrong = append(wrong, tasks.FieldError{Field: "date", Key: "assignment_list.bad_date"})
	}
	recipients := office.Clean(c.PostForm("recipients"))
	l.Recipients = paragraphs(recipients)
	if len(l.Recipients) > maxRecipients || len([]rune(recipients)) > maxRecipientsN {
		wrong = append(wrong, tasks.FieldError{Field: "recipients", Key: "field.too_long", Args: []string{fmt.Sprint(maxRecipientsN)}})
	}
	if len(wrong) > 0 {
		return l, tasks.Invalid(wrong...)
	}
	return l, nil
}

// fields are the controls of the letter's form.
func (l letter) fields(w *templates.Words, fe fieldErrors) []templates.Field {
	text := func(name, key, value string) templates.Field {
		return templates.Field{Name: name, Label: w.T("register." + key), Value: value, MaxLength: maxLetterLine, Autocomplete: "off"}
	}
	date := dayControl(templates.Field{Name: "date", Label: w.T("register.date"), Hint: w.T("register.date_hint"), Narrow: true}, l.Day)
	number := text("number", "number", l.Number)
	number.Hint, number.Narrow = w.T("register.number_hint"), true
	fields := []templates.Field{
		text("parent", "parent", l.Parent), text("issuer", "issuer", l.Issuer), number, text("symbol", "symbol", l.Symbol), text("place", "place", l.Place), date,
		text("about", "about_label", l.About),
		{Name: "recipients", Type: "textarea", Label: w.T("register.recipients"), Hint: w.T("register.recipients_hint"), Value: strings.Join(l.Recipients, "\n"), Rows: 4, MaxLength: maxRecipientsN},
		text("capacity", "capacity", l.Capacity), text("signer_title", "signer_title", l.Title), text("signer", "signer", l.Name),
	}
	fields[8].Hint = w.T("register.capacity_hint")
	for i := range fields {
		fields[i] = fe.on(fields[i])
	}
	return fields
}

// numberText is the number with its symbol; a missing number leaves room for the one that the clerk gives.
func (l letter) numberText(w *templates.Words, key string) string {
	number := l.Number
	if number == "" {
		number = strings.Repeat("\u00a0", 8)
	}
	return w.T(key, number, l.Symbol)
}

// dateText is the place with the date written out.
func (l letter) dateText(w *templates.Words) string {
	place := l.Place
	if place == "" {
		place = strings.Repeat("…", 6)
	}
	return w.T("register.place_date", place, l.dayText(w))
}

// dayText is the date written out; days below 10 and the months 1 and 2 have two figures, as Nghị định 30/2020/NĐ-CP, annex I, part II,
// 4b asks. Without a date there is room for one.
func (l letter) dayText(w *templates.Words) string {
	day, month, year := strings.Repeat("\u00a0", 5), strings.Repeat("\u00a0", 5), strings.Repeat("\u00a0", 8)
	if !l.date.IsZero() {
		day, month, year = fmt.Sprintf("%02d", l.date.Day), fmt.Sprint(int(l.date.Month)), fmt.Sprint(l.date.Year)
		if l.date.Month <= time.February {
			month = "0" + month
		}
	}
	return w.T("register.date_line", day, month, year)
}

// upper writes a body's name as a head has it.
func upper(text string) string { return strings.ToUpper(text) }
