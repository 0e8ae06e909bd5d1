package web

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	formTag   = regexp.MustCompile(`<form[^>]*>`)
	actionOf  = regexp.MustCompile(`action="([^"]*)"`)
	condition = regexp.MustCompile(`\{\{if[^}]*\}\}([^{]*)\{\{end\}\}`)
)

// computedActions are where forms with files go whose address is computed, by template.
var computedActions = map[string][]string{
	"assignment.html": {"/assignments/:id/report"}, "evidence.html": {"/assignments/:id/evidence/add"},
	"assignment_remarks.html":  {"/assignments/:id/remarks/:remark/answer", "/assignments/:id/contributions/send"},
	"consultation_letter.html": {"/consultations/:id/letter"},
	"letter.html":              {"/letters/:id/issue", "/letters/:id/correct"},
}

// A form with files goes where files are taken: anywhere else its body ends at maxFields.
func TestFormsWithFilesGoToUploadRoutes(t *testing.T) {
	var found []string
	for _, folder := range []string{"pages", "partials"} {
		files, err := filepath.Glob("../templates/" + folder + "/*.html")
		if err != nil || len(files) == 0 {
			t.Fatalf("no templates in %s: %v", folder, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, form := range formTag.FindAllString(string(text), -1) {
				if !strings.Contains(form, `enctype="multipart/form-data"`) {
					continue
				}
				action := actionOf.FindStringSubmatch(form)
				if action == nil {
					t.Errorf("%s: %s goes nowhere", file, form)
					continue
				}
				found = append(found, goesTo(filepath.Base(file), action[1])...)
			}
		}
	}
	slices.Sort(found)
	if want := slices.Sorted(maps.Keys(uploadRoutes)); !slices.Equal(slices.Compact(found), want) {
		t.Errorf("forms with files go to %q, files are taken at %q", found, want)
	}
	known := make(map[string]bool)
	for _, r := range (&Server{}).routes() {
		known[r.method+" "+r.path] = true
	}
	for path := range uploadRoutes {
		if !known["POST "+path] {
			t.Errorf("there is no route POST %s", path)
		}
	}
}

// goesTo lists the addresses that an action of a template may become.
func goesTo(file, action string) []string {
	switch {
	case action == "{{.Action}}":
		return computedActions[file]
	case condition.MatchString(action):
		return []string{condition.ReplaceAllString(action, ""), condition.ReplaceAllString(action, "$1")}
	}
	return []string{action}
}
