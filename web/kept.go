package web

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// Only what took some typing is shown again, and no more than a page can hold.
const (
	fewestKept = 12      // characters
	mostKept   = 200_000 // octets of all together
)

// keptFields shows what was typed into a form whose page cannot be shown again, so that it can be copied. Passwords, identifiers
// and carried files are left out.
func keptFields(c *gin.Context, w *templates.Words) []templates.Field {
	var kept []templates.Field
	left := mostKept
	for _, name := range slices.Sorted(maps.Keys(c.Request.PostForm)) {
		if strings.Contains(name, "password") || name == "book" {
			continue
		}
		for _, value := range c.Request.PostForm[name] {
			value = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(value, "\x00", ""), "\uFFFD"))
			if utf8.RuneCountInString(value) < fewestKept || len(value) > left {
				continue
			}
			left -= len(value)
			kept = append(kept, templates.Field{
				Name: "kept_" + strconv.Itoa(len(kept)), Type: "textarea", Label: keptLabel(w, name), Value: value, ReadOnly: true, Required: true,
			})
		}
	}
	return kept
}

// keptLabels name the fields whose words are mostly kept, as their forms do.
var keptLabels = map[string]string{
	"reason": "decide.reason", "text": "report_form.text", "documents": "report_form.documents",
}

func keptLabel(w *templates.Words, name string) string {
	if key, ok := keptLabels[name]; ok {
		return w.T("error.kept_of", w.T(key))
	}
	return w.T("error.kept")
}

// wayBack leads from the page of a form that failed to what the form was about; nil when that is not known or not the person's.
func wayBack(c *gin.Context, w *templates.Words, code tasks.Code) *templates.Action {
	switch code {
	case tasks.CodeNotFound, tasks.CodeForbidden, tasks.CodeUnauthenticated:
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(c.Request.URL.Path, "/"), "/")
	if len(parts) < 2 || formID(parts[1]) == 0 {
		return nil
	}
	id := formID(parts[1])
	switch parts[0] {
	case "documents":
		return &templates.Action{Href: documentHref(id), Label: w.T("error.back_document"), Quiet: true}
	case "assignments":
		return &templates.Action{Href: assignmentHref(id), Label: w.T("error.back_assignment"), Quiet: true}
	}
	return nil
}
