package web

import (
	"hash/crc32"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// nameForm asks for whom a name stands that the directory does not know.
type nameForm struct {
	ID                      string
	Action                  string
	Written                 string
	Used                    string // in how many duties
	Choice, Other, Remember templates.Field
	DropAction              string // the name is of nobody: out of every duty
	Keep                    string
}

// nameInput is a refused answer: what was typed for which name.
type nameInput struct {
	written, party, text string
	forget               bool
	fieldErrors
}

// offered is how many agencies and groups are offered for a name.
const offered = 4

// unknownNames lists the names of the drafts that nobody knows, each once, in the order in which they stand.
func unknownNames(drafts []tasks.Draft) []string {
	var out []string
	seen := make(map[string]bool)
	for _, d := range drafts {
		for _, parties := range [][]tasks.Party{d.Leads, d.Cooperating} {
			for _, p := range parties {
				// A group without members is known: its members are ticked in the duty itself.
				if p.Mapped() || p.GroupID != 0 {
					continue
				}
				if key := directory.Fold(p.Written); !seen[key] {
					seen[key] = true
					out = append(out, p.Written)
				}
			}
		}
	}
	return out
}

// nameID is the anchor of the form for the i-th unknown name.
func nameID(i int) string { return "name-" + strconv.Itoa(i+1) }

// linkUnknown leads from each unknown name of a row to the form that asks for it.
func linkUnknown(parties []partyName, ids map[string]string) {
	for i, p := range parties {
		if !p.Unknown {
			continue
		}
		if id := ids[directory.Fold(p.Text)]; id != "" {
			parties[i].Href = "#" + id
		}
	}
}

func nameForms(w *templates.Words, book nameBook, r tasks.Review, in nameInput) []nameForm {
	var out []nameForm
	for i, written := range unknownNames(r.Drafts) {
		id := nameID(i)
		f := nameForm{ID: id, Action: documentHref(r.Document.ID, "/names"), DropAction: documentHref(r.Document.ID, "/names/drop"), Written: written, Used: w.T("review.name_used", timesUsed(r.Drafts, written))}
		f.Choice = templates.Field{
			ID: id + "-party", Name: "party", Type: "radio", Label: w.T("review.name_choice", written), Plain: true,
			Options: book.suggestions(written, offered),
		}
		f.Other = templates.Field{ID: id + "-text", Name: "party_text", Label: w.T("review.name_other"), Suggest: "/suggest/agencies", Autocomplete: "off"}
		if len(f.Choice.Options) == 0 {
			f.Other.Label = w.T("review.name_who")
		}
		f.Remember = templates.Field{ID: id + "-remember", Name: "remember", Type: "checkbox", Label: w.T("review.remember"), Value: "1"}
		// "các cơ quan, đơn vị liên quan" is somebody else in every document.
		if strings.HasPrefix(directory.Fold(written)+" ", "cac ") {
			f.Remember.Value = ""
		}
		if directory.Fold(in.written) == directory.Fold(written) {
			f.Choice.Value, f.Other.Value = in.party, in.text
			f.Remember.Value = "1"
			if in.forget {
				f.Remember.Value = ""
			}
			f.Other.Error = strings.TrimSpace(strings.Join([]string{in.first, in.byField["party"], in.byField["written"]}, " "))
		}
		out = append(out, f)
	}
	return out
}

// keepNames has the browser keep what is typed. The forms move up when one is answered: what is typed goes by the name that is asked about.
func keepNames(actor tasks.Person, documentID int64, forms []nameForm) []nameForm {
	for i, f := range forms {
		forms[i].Keep = keepName(actor, documentID, "name", int64(crc32.ChecksumIEEE([]byte(directory.Fold(f.Written)))), 0)
	}
	return forms
}

func timesUsed(drafts []tasks.Draft, written string) int {
	n := 0
	for _, d := range drafts {
		if slices.ContainsFunc(slices.Concat(d.Leads, d.Cooperating), func(p tasks.Party) bool {
			return !p.Mapped() && directory.Fold(p.Written) == directory.Fold(written)
		}) {
			n++
		}
	}
	return n
}

// mapName says for which agency or group a written name stands. What is typed goes before what is chosen from the suggestions.
func (s *Server) mapName(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	in := nameInput{
		written: c.PostForm("written"), party: c.PostForm("party"), text: strings.TrimSpace(c.PostForm("party_text")),
		forget: c.PostForm("remember") == "",
	}
	r, err := s.Documents.Review(ctx, actor, id)
	if err != nil {
		return err
	}
	agencyID, groupID := parseParty(in.party)
	book := s.reviewBook(s.words(actor), r)
	if in.text != "" {
		found, unknown := book.find(in.text)
		if len(found) != 1 || len(unknown) > 0 {
			in.fieldErrors = fieldErrors{byField: map[string]string{"party": s.words(actor).T("review.name_not_found", in.text)}}
			return s.reviewAgain(c, actor, id, http.StatusUnprocessableEntity, func(ri *reviewInput) { ri.name = in })
		}
		agencyID, groupID = found[0].AgencyID, found[0].GroupID
	}
	err = s.Documents.MapName(ctx, actor, id, in.written, agencyID, groupID, !in.forget)
	if fe, ok := s.invalid(actor, err); ok {
		in.fieldErrors = fe
		return s.reviewAgain(c, actor, id, http.StatusUnprocessableEntity, func(ri *reviewInput) { ri.name = in })
	}
	if err != nil {
		return err
	}
	to := book.party(tasks.Party{AgencyID: agencyID, GroupID: groupID})
	return s.redirect(c, actor, afterName(id, r), "review.name_done", in.written, to)
}

// dropName takes a written name that is no agency's out of every duty.
func (s *Server) dropName(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	r, err := s.Documents.Review(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	in := nameInput{written: c.PostForm("written")}
	err = s.Documents.DropName(c.Request.Context(), actor, id, in.written)
	if fe, ok := s.invalid(actor, err); ok {
		in.fieldErrors = fe
		return s.reviewAgain(c, actor, id, http.StatusUnprocessableEntity, func(ri *reviewInput) { ri.name = in })
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, afterName(id, r), "review.name_dropped", in.written)
}

// afterName leads to the other unknown names, or to the duties when that was the last.
func afterName(id int64, before tasks.Review) string {
	if len(unknownNames(before.Drafts)) > 1 {
		return documentHref(id, "/review#names")
	}
	return documentHref(id, "/review#drafts")
}

// reviewAgain shows the review screen as it stands now, with one form as it was typed.
func (s *Server) reviewAgain(c *gin.Context, actor tasks.Person, id int64, status int, typed func(*reviewInput)) error {
	r, err := s.Documents.Review(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	in := s.storedInput(actor, r)
	typed(&in)
	return s.showReview(c, actor, status, r, in)
}
