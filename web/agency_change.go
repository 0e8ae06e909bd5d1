package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// changePage shows what a change of agencies moves.
type changePage struct {
	templates.Layout
	Headline, Lede string
	Facts, Counts  []templates.Fact
	// Obstacle is why a planned change cannot be carried out as the directory stands.
	Obstacle  string
	Unreached string
	Names     string
	// Action is where the choices go; "" when nothing can be chosen any more.
	Action  string
	Version int64
	Page    int
	Fold    *templates.Field
	People  []templates.Field
	Rows    []changeRow
	Pager   templates.Pager
	NoList  bool
	Confirm *templates.ConfirmForm
	Drop    *templates.ConfirmForm
}

// changeRow is one assignment that goes over.
type changeRow struct {
	Href, Text, Ref, Lead, To string
	Part                      string // who of the old agencies cooperates, when none of them leads
	State                     tasks.State
	Choice                    *templates.Field // after a split
}

// change shows a change of agencies.
func (s *Server) change(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showChange(c, actor, id, http.StatusOK, pageNumber(c.Query("page")), nil)
}

// pageNumber is the page that an address names, from 0.
func pageNumber(text string) int { return int(max(min(formID(text), 1<<20), 1)) - 1 }

// showChange shows the page; refusal is why a form of it comes back.
func (s *Server) showChange(c *gin.Context, actor tasks.Person, id int64, status, page int, refusal error) error {
	v, err := s.Changes.Get(c.Request.Context(), actor, id, page)
	if err != nil {
		return err
	}
	w, x := s.words(actor), v.Change
	moves := v.Counts.Led + v.Counts.Cooperating
	state := s.changeState(x)
	p := changePage{Lede: changeName(w, v.Agencies, x), Facts: changeFacts(w, v, state), Counts: changeCounts(w, v.Counts), Version: x.Version}
	switch {
	case x.State == tasks.ChangePlanned:
		p.Headline = w.T("agency_change.headline_"+state, x.Day, moves)
	case x.State == tasks.ChangeDropped:
		p.Headline, p.Counts = w.T("agency_change.headline_dropped"), nil
	default:
		p.Headline = w.T("agency_change.headline_"+state, moves)
	}
	if fe, ok := s.invalid(actor, v.Obstacle); ok {
		p.Obstacle = w.T("agency_change.obstacle", strings.Join(slices.Sorted(maps.Values(fe.byField)), " "))
	}
	if x.State == tasks.ChangeDraft || x.State == tasks.ChangePlanned {
		s.changeForms(w, v, page, &p)
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if refusal != nil {
		text := s.explain(actor, refusal)
		if keyOf(refusal) == tasks.ErrConflict.Key {
			text = w.T("agency_change.stale")
		}
		if fe, ok := s.invalid(actor, refusal); ok {
			for _, message := range fe.byField {
				p.Problems = append(p.Problems, templates.Problem{Text: message})
			}
		} else {
			p.Problems = []templates.Problem{{Text: text}}
		}
	}
	return s.render(c, status, "agency_change", p)
}

// changeState is how far a change is, as words call it: one whose day has come and that still waits is stuck.
func (s *Server) changeState(x tasks.AgencyChange) string {
	if x.State == tasks.ChangePlanned && !x.Day.After(s.Rules.Day(s.Now())) {
		return "stuck"
	}
	return string(x.State)
}

// stuckChanges lead from the inbox to the changes whose day has come and that could not be carried out.
func (s *Server) stuckChanges(ctx context.Context, actor tasks.Person, w *templates.Words) ([]templates.Action, error) {
	stuck, err := s.Changes.Stuck(ctx, actor)
	var lines []templates.Action
	for _, x := range stuck {
		lines = append(lines, templates.Action{Href: changeHref(x.ID), Label: w.T("agency_change.inbox", x.Day, x.Document)})
	}
	return lines, err
}

func changeFacts(w *templates.Words, v tasks.ChangeView, state string) []templates.Fact {
	x := v.Change
	list := []templates.Fact{
		{Label: w.T("agency_change.kind"), Text: w.T("agency_change.kind_" + string(x.Kind))},
		{Label: w.T("agency_change.state"), Text: w.T("agency_change.state_" + state)},
		{Label: w.T("agency_change.day"), Text: w.T("duty.day", x.Day)},
		{Label: w.T("agency_change.document"), Text: x.Document},
	}
	for _, id := range x.Predecessors {
		list = append(list, templates.Fact{Label: w.T("agency_change.predecessors"), Text: agencyName(w, v.Agencies, id), Href: agencyHref(id)})
	}
	for i, next := range x.Successors {
		f := templates.Fact{Label: w.T("directory.successor"), Text: successorName(v.Agencies, next)}
		if next.AgencyID != 0 {
			f.Href = agencyHref(next.AgencyID)
		} else {
			f.Note = w.T("agency_change.founded_note", next.Code)
		}
		if i == 0 && len(x.Successors) > 1 {
			f.Note = strings.TrimPrefix(f.Note+"; "+w.T("agency_change.main"), "; ")
		}
		list = append(list, f)
	}
	return append(list, facts(
		templates.Fact{Label: w.T("agency_change.reason"), Text: x.Reason},
		templates.Fact{Label: w.T("agency_change.made"), Text: v.Made.Name}, templates.Fact{Label: w.T("agency_change.decided"), Text: v.Decided.Name},
	)...)
}

// changeCounts lists what there is to move, by kind.
func changeCounts(w *templates.Words, n tasks.ChangeCounts) []templates.Fact {
	var list []templates.Fact
	for _, of := range []struct {
		key    string
		n      int
		always bool
	}{
		{"led", n.Led, true}, {"cooperating", n.Cooperating, true}, {"submitted", n.Submitted, false}, {"held", n.Held, false}, {"folded", n.Folded, false},
		{"extensions", n.Extensions, false}, {"declines", n.Declines, false}, {"at_head", n.AtHead, false}, {"contributions", n.Contributions, false},
		{"remarks", n.Remarks, false}, {"drafts", n.Drafts, false}, {"consultations", n.Consultations, false}, {"groups", n.Groups, false},
		{"names", n.Names, false}, {"people", n.People, true}, {"mailboxes", n.Mailboxes, false}, {"stay", n.Stay, true},
	} {
		if of.n > 0 || of.always {
			list = append(list, templates.Fact{Label: w.T("agency_change." + of.key), Text: numberWords(w, of.n)})
		}
	}
	return list
}

// changeForms are the choices and decisions about a change that was not carried out yet.
func (s *Server) changeForms(w *templates.Words, v tasks.ChangeView, page int, p *changePage) {
	x := v.Change
	p.Action, p.Page = changeHref(x.ID), page+1
	places := make([]templates.Option, len(x.Successors))
	for i, next := range x.Successors {
		places[i] = templates.Option{Value: strconv.Itoa(i), Label: successorName(v.Agencies, next)}
	}
	if v.Unreached {
		p.Unreached = w.T("agency_change.unreached", places[0].Label)
	}
	if len(v.Names) > 0 {
		p.Names = w.T("agency_change.names_list", strings.Join(v.Names, ", "))
	}
	if x.Kind == tasks.ChangeMerge {
		fold := ""
		if x.Fold {
			fold = "1"
		}
		p.Fold = &templates.Field{Name: "fold", Type: "checkbox", Value: fold, Label: w.T("agency_change.fold"), Hint: w.T("agency_change.fold_hint")}
	}
	for _, who := range v.People {
		name := "person-" + idText(who.ID)
		p.People = append(p.People, templates.Field{
			Name: name, Type: "select", Label: w.T("agency_change.person_to", who.Name), Value: strconv.Itoa(x.Chosen(who.ID)), Required: true,
			Options: append(places[:len(places):len(places)], templates.Option{Value: "-1", Label: w.T("agency_change.nobody")}),
		})
	}
	for _, row := range v.Rows {
		line := changeRow{
			Href: assignmentHref(row.ID), Text: dutyTitle(row.Text), Lead: leadNames(w, v.Agencies, row.Leads), State: row.State,
			Ref: strings.Join(dutyRef(w, row.DocumentKind, row.DocumentNumber, row.Ref), " · "),
		}
		if !slices.ContainsFunc(row.Leads, func(id int64) bool { return slices.Contains(x.Predecessors, id) }) {
			part := slices.DeleteFunc(slices.Clone(row.Cooperating), func(id int64) bool { return !slices.Contains(x.Predecessors, id) })
			line.Part = w.T("agency_change.as_cooperating", leadNames(w, v.Agencies, part))
		}
		switch {
		case row.FoldedIn != 0:
			line.To = w.T("agency_change.folded_in")
		case len(places) > 1:
			line.Choice = &templates.Field{
				Name: "to-" + idText(row.ID), Type: "select", Label: w.T("agency_change.to_of", row.Ref), Plain: true, Value: strconv.Itoa(row.Place),
				Options: places, Required: true,
			}
		default:
			line.To = places[0].Label
		}
		p.Rows = append(p.Rows, line)
	}
	p.NoList = v.Total == 0
	if v.Total > tasks.ChangePage {
		from := page * tasks.ChangePage
		p.Pager.Text = w.T("agency_change.page_of", from+1, min(from+tasks.ChangePage, v.Total), v.Total)
		if page > 0 {
			p.Pager.PrevHref = changeHref(x.ID, "?page=", strconv.Itoa(page))
		}
		if from+tasks.ChangePage < v.Total {
			p.Pager.NextHref = changeHref(x.ID, "?page=", strconv.Itoa(page+2))
		}
	}
	version := []templates.Hidden{{Name: "version", Value: versionText(x.Version)}}
	if state := s.changeState(x); state != string(tasks.ChangePlanned) {
		p.Confirm = &templates.ConfirmForm{
			Action: changeHref(x.ID, "/confirm"), Summary: w.T("agency_change.confirm_now"), Text: w.T("agency_change.confirm_now_text"),
			Button: w.T("agency_change.confirm_now"), Hidden: version,
		}
		if x.Day.After(s.Rules.Day(s.Now())) {
			p.Confirm.Summary, p.Confirm.Button = w.T("agency_change.confirm_later"), w.T("agency_change.confirm_later")
			p.Confirm.Text = w.T("agency_change.confirm_later_text", x.Day)
		}
	}
	p.Drop = &templates.ConfirmForm{
		Action: changeHref(x.ID, "/drop"), Summary: w.T("agency_change.drop"), Text: w.T("agency_change.drop_text"), Button: w.T("agency_change.drop"),
		Hidden: version,
	}
}

// chooseChange keeps what was chosen: which successor gets which duty, whose rights go where.
func (s *Server) chooseChange(c *gin.Context, actor tasks.Person) error {
	return s.changeStep(c, actor, "", func(id int64) (string, []any, error) {
		in := tasks.ChangeChoice{
			Assignments: make(map[int64]int), People: make(map[int64]int), Fold: c.PostForm("fold") != "", Version: formID(c.PostForm("version")),
		}
		for name, values := range c.Request.PostForm {
			of, place := in.Assignments, -1
			text, ok := strings.CutPrefix(name, "to-")
			if !ok {
				if text, ok = strings.CutPrefix(name, "person-"); !ok {
					continue
				}
				of = in.People
			}
			if n, err := strconv.Atoi(values[0]); err == nil {
				place = n
			}
			if key := formID(text); key != 0 {
				of[key] = place
			}
		}
		return "agency_change.chosen", nil, s.Changes.Choose(c.Request.Context(), actor, id, in)
	})
}

// confirmChange carries a change out, or lets it wait for its day.
func (s *Server) confirmChange(c *gin.Context, actor tasks.Person) error {
	return s.changeStep(c, actor, "", func(id int64) (string, []any, error) {
		ctx := c.Request.Context()
		if err := s.Changes.Confirm(ctx, actor, id, formID(c.PostForm("version"))); err != nil {
			return "", nil, err
		}
		v, err := s.Changes.Get(ctx, actor, id, 0)
		if err != nil || v.Change.State == tasks.ChangeApplied {
			return "agency_change.done", nil, err
		}
		return "agency_change.planned", []any{v.Change.Day}, nil
	})
}

// dropChange gives a change up.
func (s *Server) dropChange(c *gin.Context, actor tasks.Person) error {
	return s.changeStep(c, actor, changesPath, func(id int64) (string, []any, error) {
		return "agency_change.dropped", nil, s.Changes.Drop(c.Request.Context(), actor, id, formID(c.PostForm("version")))
	})
}

// changeStep runs one step about a change and shows its page, or target, afterwards.
func (s *Server) changeStep(c *gin.Context, actor tasks.Person, target string, do func(id int64) (flash string, args []any, err error)) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	page := pageNumber(c.PostForm("page"))
	flash, args, err := do(id)
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		return s.showChange(c, actor, id, status, page, err)
	}
	if err != nil {
		return err
	}
	if target == "" {
		target = changeHref(id)
		if page > 0 {
			target = changeHref(id, "?page=", strconv.Itoa(page+1))
		}
	}
	return s.redirect(c, actor, target, flash, args...)
}
