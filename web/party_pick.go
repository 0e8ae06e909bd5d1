package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// partyPick is a choice of agencies, and groups where they may be chosen: the ticked ones, and typed text that fits none.
type partyPick struct {
	values []string // as partyValue writes them
	text   string
	// unknown are the parts of the text that fit no name.
	unknown []string
}

// pickOf shows stored agencies; a 0 is none.
func pickOf(agencies ...int64) partyPick {
	var p partyPick
	for _, id := range agencies {
		if id != 0 {
			p.values = append(p.values, partyValue(id, 0))
		}
	}
	return p
}

// typedPick reads a pick: its boxes under the name, its text under the name and "_text". Typed names that are understood become
// ticked ones, so that it works without a script.
func typedPick(c *gin.Context, book nameBook, name string, groups bool) partyPick {
	var p partyPick
	add := func(agencyID, groupID int64) {
		if v := partyValue(agencyID, groupID); !slices.Contains(p.values, v) {
			p.values = append(p.values, v)
		}
	}
	for _, v := range c.PostFormArray(name) {
		agencyID, groupID := parseParty(v)
		if _, known := book.agencies[agencyID]; known {
			add(agencyID, 0)
		} else if _, known := book.groups[groupID]; known && groups {
			add(0, groupID)
		}
	}
	text := strings.TrimSpace(c.PostForm(name + "_text"))
	found, unknown := book.find(text)
	if len(unknown) == 0 && !groups && slices.ContainsFunc(found, func(f tasks.Party) bool { return f.GroupID != 0 }) {
		unknown = []string{text}
	}
	if len(unknown) > 0 {
		p.text, p.unknown = text, unknown
		return p
	}
	for _, f := range found {
		add(f.AgencyID, f.GroupID)
	}
	return p
}

// agencies lists the chosen agencies.
func (p partyPick) agencies() []int64 {
	var ids []int64
	for _, v := range p.values {
		if id, _ := parseParty(v); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// wrong is the field error of text that fits no name; nil when there is none.
func (p partyPick) wrong(name string) []tasks.FieldError {
	if p.text == "" {
		return nil
	}
	return []tasks.FieldError{{Field: name, Key: "directory.unknown_name", Args: []string{strings.Join(p.unknown, "”, “")}}}
}

// field is the control. groups tells whether groups are offered too.
func (p partyPick) field(book nameBook, fe fieldErrors, name, label string, groups bool) templates.Pick {
	f := templates.Pick{Name: name, TextName: name + "_text", Label: book.words.T(label), Text: p.text, Error: fe.byField[name], Suggest: "/suggest/agencies"}
	if !groups {
		f.Suggest += "?kind=agency"
	}
	for _, v := range p.values {
		agencyID, groupID := parseParty(v)
		o := templates.Option{Value: v, Label: book.party(tasks.Party{GroupID: groupID})}
		if agencyID != 0 {
			o.Label = book.told(agencyID)
		}
		f.Picked = append(f.Picked, o)
	}
	return f
}

// bookOf is the directory as it stands today.
func (s *Server) bookOf(w *templates.Words, e tasks.Entries) nameBook {
	return newNameBook(w, s.Rules.Day(s.Now()), directory.New(e.Agencies, e.Groups, e.Aliases), e.Agencies, e.Groups)
}
