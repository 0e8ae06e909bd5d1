package templates_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tiendo/templates"
	"tiendo/templates/templatetest"
)

// Vietnamese that belongs into code: paths from the module's root, each with why. A folder ends in a slash.
var vietnameseInCode = map[string]string{
	"cmd/tiendo/sample/":  "the made-up province: its documents, people and reports",
	"cmd/tiendo/demo.go":  "the made-up province's name",
	"cmd/tiendo/bulk.go":  "the made-up province's many duties",
	"cmd/tiendo/catcher/": "the demo's mail catcher is Vietnamese alone",
	"tasks/directory/":    "how documents name agencies, and the headings of the setup workbook's columns: what is read, not what is said",
	"tasks/extract/":      "how documents are worded: what is read, not what is said",

	"tasks/working_days_change.go": "how a table of days off names its columns and the sorts of days: what is read, not what is said",
}

// TestNoVietnameseIsLeftInCode looks for Vietnamese in the string and character literals of the program's code, which people would
// read whatever their language.
func TestNoVietnameseIsLeftInCode(t *testing.T) {
	files, used := 0, make(map[string]bool)
	err := filepath.WalkDir("..", func(name string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); base == "testdata" || strings.HasPrefix(base, ".") && base != ".." {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files++
		at := token.NewFileSet()
		file, err := parser.ParseFile(at, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		inRoot := strings.TrimPrefix(filepath.ToSlash(name), "../")
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || templatetest.Vietnamese(literal.Value) == "" {
				return true
			}
			for allowed := range vietnameseInCode {
				if inRoot == allowed || strings.HasSuffix(allowed, "/") && strings.HasPrefix(inRoot, allowed) {
					used[allowed] = true
					return true
				}
			}
			t.Errorf("%s:%d: %s belongs into templates/locales", inRoot, at.Position(literal.Pos()).Line, literal.Value)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 150 {
		t.Fatalf("only %d files of code found: the search is broken", files)
	}
	for allowed, why := range vietnameseInCode {
		if !used[allowed] {
			t.Errorf("%s is allowed Vietnamese (%s) but holds none", allowed, why)
		}
	}
}

var (
	templateAction = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	letters        = regexp.MustCompile(`\p{L}+`)
)

// spoken are the attributes whose value a person reads or hears.
var spoken = []string{"alt", "aria-description", "aria-label", "label", "placeholder", "summary", "title"}

// TestNoWordsAreLeftInTemplates looks for words of any language that stand in a template itself.
func TestNoWordsAreLeftInTemplates(t *testing.T) {
	texts := 0
	for _, pattern := range []string{"pages/*.html", "partials/*.html", "mail/*.html", "mail/parts/*.html"} {
		for _, name := range must(fs.Glob(templates.Embedded, pattern)) {
			source := templateAction.ReplaceAllStringFunc(string(must(fs.ReadFile(templates.Embedded, name))), func(action string) string {
				return strings.Repeat("\n", strings.Count(action, "\n"))
			})
			line := 1
			tokens := html.NewTokenizer(strings.NewReader(source))
			for silent := ""; ; {
				kind := tokens.Next()
				if kind == html.ErrorToken {
					break
				}
				raw := string(tokens.Raw())
				tok := tokens.Token()
				switch {
				case kind == html.StartTagToken && slices.Contains([]string{"style", "script", "kbd"}, tok.Data):
					silent = tok.Data
				case kind == html.EndTagToken && tok.Data == silent:
					silent = ""
				case kind == html.TextToken && silent == "":
					texts++
					if found := letters.FindString(tok.Data); found != "" {
						t.Errorf("%s:%d: %q belongs into templates/locales", name, line, strings.TrimSpace(tok.Data))
					}
				}
				for _, a := range tok.Attr {
					if slices.Contains(spoken, a.Key) && letters.MatchString(a.Val) {
						t.Errorf("%s:%d: %s=%q belongs into templates/locales", name, line, a.Key, a.Val)
					}
				}
				line += strings.Count(raw, "\n")
			}
		}
	}
	for _, pattern := range []string{"mail/*.txt", "mail/parts/*.txt"} {
		for _, name := range must(fs.Glob(templates.Embedded, pattern)) {
			texts++
			text := templateAction.ReplaceAllString(string(must(fs.ReadFile(templates.Embedded, name))), "")
			if found := letters.FindString(text); found != "" {
				t.Errorf("%s: %q belongs into templates/locales", name, found)
			}
		}
	}
	if texts < 300 {
		t.Fatalf("only %d texts found: the search is broken", texts)
	}
	for _, pattern := range []string{"static/js/*.js", "static/css/*.css"} {
		for _, name := range must(fs.Glob(templates.Embedded, pattern)) {
			if letter := templatetest.Vietnamese(string(must(fs.ReadFile(templates.Embedded, name)))); letter != "" {
				t.Errorf("%s holds %q; its words come with the page", path.Base(name), letter)
			}
		}
	}
}
