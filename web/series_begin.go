package web

import (
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// beginFact leads from a duty under a cadence to the form by which each period becomes a duty of its own.
func beginFact(w *templates.Words, task int64) templates.Fact {
	return templates.Fact{Label: w.T("series.fact"), Text: w.T("series.begin_open"), Href: seriesHref(task)}
}

// begins makes the form the one by which a series begins.
func (p *seriesPage) begins(w *templates.Words, fe fieldErrors, v tasks.SeriesView, t seriesTyped) {
	p.Action, p.Heading, p.Hint, p.Button = seriesHref(v.Task.ID, "/begin"), w.T("series.begin"), w.T("series.begin_hint"), w.T("series.begin_button")
	p.Version = v.Stamp
	p.Fields = slices.Insert(p.Fields, 3, fe.on( // behind the rule
		dayControl(templates.Field{
			Name: "from", Label: w.T("series.begin_from"), Hint: w.T("series.begin_from_hint"), Narrow: true, Required: true,
		}, t.from)))
}

// beginSeries makes a recurring duty of one that is reported on by a cadence, or shows which periods that would make.
func (s *Server) beginSeries(c *gin.Context, actor tasks.Person) error {
	return s.postSeries(c, actor, s.Assignments.BeginSeries, "series.begun")
}
