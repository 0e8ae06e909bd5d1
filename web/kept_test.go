package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

var hiddenName = regexp.MustCompile(`type="hidden" name="([a-z_]+)"`)

// postContext is a request that sent the form to the path.
func postContext(t *testing.T, path string, form url.Values) *gin.Context {
	t.Helper()
	c := &gin.Context{Request: httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))}
	c.Request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if err := c.Request.ParseForm(); err != nil {
		t.Fatal(err)
	}
	return c
}

func testWords(t *testing.T) *templates.Words {
	t.Helper()
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set.Words("vi")
}

// What a form carries unseen was typed by nobody, and is not offered for copying.
func TestNothingUnseenIsKept(t *testing.T) {
	// Another form has a box of the same name; what goes along unseen under it are short identifiers.
	alsoTyped := map[string]bool{"document": true}
	files, err := filepath.Glob("../templates/pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"cadence": {"FREQ=YEARLY;BYMONTH=12"}, "password": {"a secret of somebody"}}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range hiddenName.FindAllStringSubmatch(string(text), -1) {
			if found++; !alsoTyped[m[1]] {
				form.Set(m[1], "/documents/takeover/7?from=40 101.2 102.3")
			}
		}
	}
	if found < 20 {
		t.Fatalf("%d unseen fields were found", found)
	}
	form.Set("text", "Đã rà soát xong các thủ tục")
	form.Set("document", "1234")
	kept := keptFields(postContext(t, "/documents/7/columns", form), testWords(t))
	if len(kept) != 1 || kept[0].Value != "Đã rà soát xong các thủ tục" {
		t.Errorf("kept %+v", kept)
	}
}

func TestTheWayBackFromAFailedForm(t *testing.T) {
	w := testWords(t)
	for path, want := range map[string]string{
		"/documents/takeover/12/names": "/documents/takeover/12", "/documents/takeover/12": "/documents/takeover/12", "/documents/7/head": "/documents/7",
		"/documents/takeover": "", "/documents/takeover/x": "", "/documents": "", "/assignments/3/report": "/assignments/3", "/people/3": "",
	} {
		got := ""
		if a := wayBack(postContext(t, path, nil), w, tasks.CodeInternal); a != nil {
			got = a.Href
		}
		if got != want {
			t.Errorf("%s leads back to %q, want %q", path, got, want)
		}
	}
	if a := wayBack(postContext(t, "/documents/takeover/12/names", nil), w, tasks.CodeForbidden); a != nil {
		t.Errorf("who may not see it is led to %s", a.Href)
	}
}
