package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// unknownPrefix begins the value of a written name that nobody knows yet.
const unknownPrefix = "?"

// partySection is the leads or the cooperating agencies of a duty: those who are named, the members of groups among them, and a
// box for more.
type partySection struct {
	Pick   templates.Pick
	Groups []memberField
	// AddName is the button that takes what is typed into the list, so that a group's members can be seen before saving.
	AddValue, AddLabel string
}

// memberField ticks off the members of one group.
type memberField struct {
	Field templates.Field
	Shown string // the name of a hidden value: the members were there to be ticked
}

// typedParties are parties as a form sent them.
type typedParties struct {
	parties []tasks.Party
	text    string // typed and not found
	wrong   string // the words of the error
}

// readParties reads the ticked parties and looks the typed text up. stored are those of the draft, whose written names are kept.
func readParties(c *gin.Context, name string, book nameBook, stored []tasks.Party) typedParties {
	w := book.words
	var t typedParties
	add := func(p tasks.Party) {
		same := func(o tasks.Party) bool {
			return o.AgencyID == p.AgencyID && o.GroupID == p.GroupID && (p.AgencyID != 0 || p.GroupID != 0 || o.Written == p.Written)
		}
		if slices.ContainsFunc(t.parties, same) {
			return
		}
		if i := slices.IndexFunc(stored, same); i >= 0 {
			p.Written = stored[i].Written
		}
		t.parties = append(t.parties, p)
	}
	for _, value := range c.PostFormArray(name) {
		if written, ok := strings.CutPrefix(value, unknownPrefix); ok {
			add(tasks.Party{Written: written})
			continue
		}
		agencyID, groupID := parseParty(value)
		if agencyID == 0 && groupID == 0 {
			continue
		}
		p := book.whole(agencyID, groupID)
		if field := memberName(name, groupID); groupID != 0 && c.PostForm(field+"_shown") != "" {
			p.Members = formIDs(c.PostFormArray(field))
			if len(p.Members) == 0 {
				t.wrong = w.T("document_form.no_members", book.party(p))
			}
		}
		add(p)
	}
	text := strings.TrimSpace(c.PostForm(name + "_text"))
	if text == "" {
		return t
	}
	found, unknown := book.find(text)
	if len(unknown) > 0 {
		t.text = text
		t.wrong = strings.TrimSpace(t.wrong + " " + w.T("document_form.unknown_party", strings.Join(unknown, "”, “")))
		return t
	}
	for _, p := range found {
		add(p)
	}
	return t
}

func memberName(name string, groupID int64) string { return name + "_" + partyValue(0, groupID) }

// section shows the parties as ticked boxes, with the members of groups.
func (t typedParties) section(book nameBook, name string) partySection {
	w := book.words
	s := partySection{
		Pick: templates.Pick{
			Name: name, TextName: name + "_text", Label: w.T("document_form." + name), Hint: w.T("document_form." + name + "_hint"),
			Suggest: "/suggest/agencies", Text: t.text, Error: t.wrong, Required: name == "lead",
		},
		AddValue: name, AddLabel: w.T("document_form.add_party"),
	}
	for _, p := range t.parties {
		o := templates.Option{Value: partyValue(p.AgencyID, p.GroupID), Label: book.party(p)}
		if p.AgencyID == 0 && p.GroupID == 0 {
			o.Value, o.Hint = unknownPrefix+p.Written, w.T("document_word.unknown_name")
		} else if p.Written != "" && p.Written != o.Label {
			o.Hint = w.T("document_word.written", p.Written)
		}
		s.Pick.Picked = append(s.Pick.Picked, o)
		if p.GroupID != 0 {
			s.Groups = append(s.Groups, memberFieldOf(book, name, p))
		}
	}
	return s
}

// memberFieldOf lists the members of the day, and those ticked before that have left the group since.
func memberFieldOf(book nameBook, name string, p tasks.Party) memberField {
	field := memberName(name, p.GroupID)
	f := templates.Field{
		Name: field, Type: "checkboxes", Label: book.words.T("document_form.members", book.party(p)),
		Hint: book.words.T("document_form.members_hint"), Required: true,
	}
	for _, id := range p.Members {
		f.Values = append(f.Values, strconv.FormatInt(id, 10))
	}
	members := book.groups[p.GroupID].MembersOn(book.day)
	for _, id := range p.Members {
		if !slices.Contains(members, id) {
			members = append(members, id)
		}
	}
	for _, id := range members {
		f.Options = append(f.Options, templates.Option{Value: strconv.FormatInt(id, 10), Label: book.agency(id)})
	}
	return memberField{Field: f, Shown: field + "_shown"}
}
