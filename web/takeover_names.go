package web

import (
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// trackerName asks for whom a name of a tracker stands that the directory does not know.
type trackerName struct {
	Action, Written, Used   string
	Choice, Other, Remember templates.Field
}

func trackerNames(w *templates.Words, book nameBook, v tasks.TakeoverView, in nameInput) []trackerName {
	var out []trackerName
	for i, written := range v.Unmapped() {
		id := "name-" + strconv.Itoa(i+1)
		n := trackerName{
			Action: takeoverHref(v.Takeover.ID, "/names"), Written: written, Used: w.T("review.name_used", timesUsed(v.Drafts, written)),
			Choice: templates.Field{
				ID: id + "-party", Name: "party", Type: "radio", Label: w.T("review.name_choice", written), Plain: true, Options: book.suggestions(written, offered),
			},
			Other:    templates.Field{ID: id + "-text", Name: "party_text", Label: w.T("review.name_other"), Suggest: "/suggest/agencies", Autocomplete: "off"},
			Remember: templates.Field{ID: id + "-remember", Name: "remember", Type: "checkbox", Label: w.T("review.remember"), Value: "1"},
		}
		// "các cơ quan, đơn vị liên quan" is somebody else in every document.
		if strings.HasPrefix(directory.Fold(written)+" ", "cac ") {
			n.Remember.Value = ""
		}
		if directory.Fold(in.written) == directory.Fold(written) {
			n.Choice.Value, n.Other.Value, n.Remember.Value = in.party, in.text, "1"
			if in.forget {
				n.Remember.Value = ""
			}
			n.Other.Error = strings.TrimSpace(strings.Join([]string{in.first, in.byField["party"], in.byField["written"]}, " "))
		}
		out = append(out, n)
	}
	return out
}
