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

// untyped are the fields whose values nobody types: they go along unseen, or are chosen from a list.
var untyped = map[string]bool{
	"a": true, "agency": true, "approves": true, "at": true, "b": true, "back": true, "beyond": true, "book": true, "by_deadline": true, "cadence": true, "choice": true, "comment": true, "count": true, "deputation": true, "deputy": true, "drafts": true,
	"duty": true, "evidence": true, "item": true, "keep": true, "keeps_mails": true, "kind": true, "language": true, "lines": true, "member": true, "from": true, "next": true, "page": true, "period": true, "query": true, "report": true, "usual": true, "row": true, "seen": true,
	"show": true, "shown": true, "source": true, "state": true, "step": true, "to": true, "version": true, "waive": true, "week": true, "whole": true, "written": true, "years": true,
}

// keptField shows what was typed into a form that cannot be sent again, so that it can be copied; name tells it from others of the page.
func keptField(name, label, value string) templates.Field {
	return templates.Field{Name: "kept_" + name, Type: "textarea", Label: label, Value: value, ReadOnly: true, Required: true}
}

// keptFields shows what was typed into a form whose page cannot be shown again, so that it can be copied. Passwords and what
// nobody typed are left out.
func keptFields(c *gin.Context, w *templates.Words) []templates.Field {
	var kept []templates.Field
	left := mostKept
	for _, name := range slices.Sorted(maps.Keys(c.Request.PostForm)) {
		if strings.Contains(name, "password") || untyped[name] {
			continue
		}
		for _, value := range c.Request.PostForm[name] {
			value = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(value, "\x00", ""), "\uFFFD"))
			if utf8.RuneCountInString(value) < fewestKept || len(value) > left {
				continue
			}
			left -= len(value)
			kept = append(kept, keptField(strconv.Itoa(len(kept)), keptLabel(w, name), value))
		}
	}
	return kept
}

// keptLabels name the fields whose words are mostly kept, as their forms do.
var keptLabels = map[string]string{
	"reason": "decide.reason", "text": "report_form.text", "documents": "report_form.documents", "words": "remark.words",
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
	if len(parts) > 2 && parts[0] == "documents" && parts[1] == "takeover" && formID(parts[2]) != 0 {
		return &templates.Action{Href: takeoverHref(formID(parts[2]), ""), Label: w.T("error.back_takeover"), Quiet: true}
	}
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
