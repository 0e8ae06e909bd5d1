package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

const keyNoted = "noted" // in the gin context: the error that the request ended in

// mostMeanwhile is how many assignments of one form are told of.
const mostMeanwhile = 20

// meanwhile is what others changed while the form was filled, when it was refused because of that: who, when, and each field before and after.
// The page shows it above the form, which holds what was typed and goes on from the newest version.
func (s *Server) meanwhile(c *gin.Context, actor tasks.Person) []templates.TrailItem {
	err, _ := c.Value(keyNoted).(error)
	if err == nil || c.Request.Method != http.MethodPost || tasks.CodeOf(err) != tasks.CodeConflict {
		return nil
	}
	ctx := c.Request.Context()
	var items []templates.TrailItem
	for _, seen := range seenVersions(c) {
		rows, err := s.Assignments.Since(ctx, actor, seen.ID, seen.Version)
		if err != nil || len(rows) == 0 {
			continue // the form's own words say that something changed
		}
		agencies, err := s.Directory.Names(ctx)
		if err != nil {
			return nil
		}
		for _, e := range rows {
			items = append(items, trailItem(s.words(actor), actor, agencies, e))
		}
	}
	return items
}

// seenVersions are the assignments that the form is about, each in the version that its page showed.
func seenVersions(c *gin.Context) []tasks.Choice {
	if rest, ok := strings.CutPrefix(c.FullPath(), "/assignments/:id/"); ok && rest != "" {
		if id, err := pathID(c, "id"); err == nil {
			return []tasks.Choice{{ID: id, Version: formID(c.PostForm("version"))}}
		}
	}
	var seen []tasks.Choice
	for _, field := range []string{"choice", "chosen"} {
		for _, value := range c.PostFormArray(field) {
			id, version, ok := strings.Cut(value, ".")
			if ok && len(seen) < mostMeanwhile {
				seen = append(seen, tasks.Choice{ID: formID(id), Version: formID(version)})
			}
		}
	}
	return seen
}
