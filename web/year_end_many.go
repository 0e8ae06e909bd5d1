package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// yearEndDonePage says what became of many duties at once.
type yearEndDonePage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Rest string
	Left           []leftLine
	LeftTitle      string
	More           string
	Back           templates.Action
}

// leftShown is how many duties with which nothing was done that page names.
const leftShown = 200

// yearEndWhole offers the common choice for every duty of the filter, where the page shows only some of them.
func yearEndWhole(w *templates.Words, all []tasks.Unfinished, try yearEndTyped) (templates.Field, int) {
	n := len(withoutCarried(all))
	return templates.Field{
		Name: "whole", Type: "checkbox", Label: w.T("year_end.whole", n), Hint: w.T("year_end.whole_hint", min(n, tasks.MaxYearEnd)), Value: try.fields["whole"],
	}, n
}

// withoutCarried leaves out what goes on in the next year already.
func withoutCarried(rows []tasks.Unfinished) []tasks.Unfinished {
	return slices.DeleteFunc(slices.Clone(rows), func(u tasks.Unfinished) bool { return u.Carried })
}

// endYearWhole carries over or closes every duty that the filter names: those that were shown by their own choice, the others by the common one.
func (s *Server) endYearWhole(c *gin.Context, actor tasks.Person, id int64, in tasks.YearEndInput, try yearEndTyped) error {
	ctx := c.Request.Context()
	v, err := s.Assignments.YearEnd(ctx, actor, id)
	if err != nil {
		return err
	}
	var out tasks.YearEndOutcome
	rows := s.yearEndFilter(c.PostForm, v.Rows)
	if n := len(withoutCarried(rows)); n != int(formID(c.PostForm("count"))) {
		err = tasks.E(tasks.CodeConflict, "year_end.other_count", idText(int64(n)))
	} else {
		common, ok := formDate(try.fields["due"])
		if in.Due = common; !ok {
			err = tasks.Invalid(tasks.FieldError{Field: "due", Key: "deadline.bad_date"})
		} else {
			in.Rows = wholeRows(in.Rows, rows, try)
			out, err = s.Assignments.EndYearOfMany(ctx, actor, id, in)
		}
	}
	if done := out.Carried + out.Closed + len(out.Left); err != nil && done == 0 {
		return s.yearEndRefused(c, actor, id, err, try)
	}
	why := ""
	if err != nil {
		note(c, err) // what was done is done: the page says so
		why = s.explain(actor, err)
	}
	return s.showYearEndDone(c, actor, v, out, rows, why)
}

// wholeRows are the choices that were made, and the common one for the other duties.
func wholeRows(chosen []tasks.YearEndRow, all []tasks.Unfinished, try yearEndTyped) []tasks.YearEndRow {
	shown := make(map[int64]tasks.YearEndRow, len(chosen))
	for _, row := range chosen {
		shown[row.AssignmentID] = row
	}
	var out []tasks.YearEndRow
	for _, u := range all {
		row := tasks.YearEndRow{AssignmentID: u.ID, Version: u.Version, Choice: tasks.YearEndChoice(try.fields["all"])}
		if own, ok := shown[u.ID]; ok {
			row.Version = own.Version
			if try.due[u.ID] != "" {
				row.Due = own.Due
			}
			if try.choice[u.ID] != "" {
				row.Choice = own.Choice
			}
		}
		if u.Carried && try.choice[u.ID] == "" {
			continue
		}
		out = append(out, row)
	}
	return out
}

func (s *Server) showYearEndDone(c *gin.Context, actor tasks.Person, v tasks.YearEndView, out tasks.YearEndOutcome, rows []tasks.Unfinished, why string) error {
	w, d := s.words(actor), v.Document
	address := url.Values{}
	for _, name := range yearEndFilterNames {
		if value := c.PostForm(name); value != "" {
			address.Set(name, value)
		}
	}
	p := yearEndDonePage{
		Crumbs:   []templates.Action{{Href: documentHref(d.ID), Label: documentLabel(w, d.Kind, d.Number)}, {Label: w.T("year_end.title")}},
		Headline: w.T("year_end.done_headline", out.Carried, out.Closed), LeftTitle: w.T("year_end.left_title", len(out.Left)),
		Back: templates.Action{Href: documentCloseHref(d.ID), Label: w.T("year_end.back")},
	}
	if len(address) > 0 {
		p.Back.Href += "?" + address.Encode()
	}
	if out.Rest > 0 {
		p.Rest = w.T("year_end.rest", out.Rest)
	}
	byID := make(map[int64]tasks.AssignmentRow, len(rows))
	for _, u := range rows {
		byID[u.ID] = u.AssignmentRow
	}
	for i, l := range out.Left {
		if i == leftShown {
			p.More = w.T("year_end.left_more", len(out.Left)-leftShown)
			break
		}
		row := byID[l.AssignmentID]
		p.Left = append(p.Left, leftLine{
			Href: assignmentHref(l.AssignmentID), Text: dutyTitle(row.Text), Lead: leadNames(w, v.Agencies, row.Leads), Why: s.whyLeft(actor, row, l.Err),
		})
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if why != "" {
		p.Problems = []templates.Problem{{Text: why}}
	}
	return s.render(c, http.StatusOK, "year_end_done", p)
}
