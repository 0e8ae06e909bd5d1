package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tiendo/templates"
)

// keyed finds the keys of words in Go code: those of errors, fields, problems, doubts, and what is asked for by T.
var keyed = []*regexp.Regexp{
	regexp.MustCompile(`\bE\(\w*\.?Code\w+, "([a-z0-9_.]+)"`),
	regexp.MustCompile(`\badd\("[^"]*", "([a-z0-9_.]+)"`),
	regexp.MustCompile(`\bKey:\s+"([a-z0-9_.]+)"`),
	regexp.MustCompile(`\.T\("([a-z0-9_.]+)"[,)]`),
	regexp.MustCompile(`\bDoubt\w*\s+=\s+"([a-z0-9_.]+)"`),
	regexp.MustCompile(`\bfail\w*\([^"]*"((?:file|book)\.[a-z_]+)"`),
}

// eachCodeFile visits the program's code, tests left out.
func eachCodeFile(t *testing.T, visit func(path string, code []byte)) {
	t.Helper()
	for _, room := range []string{"tasks", "notify", "web", "cmd", "store"} {
		err := filepath.WalkDir(filepath.Join("..", room), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			code, err := os.ReadFile(path)
			visit(path, code)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryKeyHasWords looks for words that code asks for and some language has not.
func TestEveryKeyHasWords(t *testing.T) {
	set := must(templates.Load())(t)
	keys := make(map[string]string) // where each was seen
	eachCodeFile(t, func(path string, code []byte) {
		for _, re := range keyed {
			for _, m := range re.FindAllSubmatch(code, -1) {
				keys[string(m[1])] = path
			}
		}
	})
	if len(keys) < 100 {
		t.Fatalf("only %d keys found in the code: the search is broken", len(keys))
	}
	for _, lang := range set.Languages() {
		words := set.Words(lang)
		for key, path := range keys {
			if !words.Has(key) && !strings.HasSuffix(key, "_") /* a key that is put together */ {
				t.Errorf("%s: no words for %q (%s)", lang, key, path)
			}
		}
	}
}

// TestKeysPutTogetherHaveWords takes every text in the code that has the shape of a key, or of the beginning of one, of a table of
// words that exists, however it reaches T.
func TestKeysPutTogetherHaveWords(t *testing.T) {
	set := must(templates.Load())(t)
	shape := regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)*[._]?$`)
	found, words := 0, make(map[string][]string)
	for _, lang := range set.Languages() {
		words[lang] = set.Words(lang).Keys()
	}
	eachCodeFile(t, func(path string, code []byte) {
		at := token.NewFileSet()
		file := must(parser.ParseFile(at, path, code, parser.SkipObjectResolution))(t)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.ValueSpec:
				// What the policy calls an action is no word.
				if id, ok := n.Type.(*ast.Ident); ok && id.Name == "Action" {
					return false
				}
			case *ast.BasicLit:
				key, err := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || err != nil || !strings.Contains(key, ".") || !shape.MatchString(key) || fileName.MatchString(key) || slices.Contains(notWords, key) {
					return true
				}
				for lang, keys := range words {
					table, _, _ := strings.Cut(key, ".")
					if !slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, table+".") }) {
						return true
					}
					found++
					begins := strings.HasSuffix(key, ".") || strings.HasSuffix(key, "_") || strings.Count(key, ".") == 1
					if !slices.ContainsFunc(keys, func(k string) bool { return k == key || k == "audit."+key || begins && strings.HasPrefix(k, key) }) {
						t.Errorf("%s:%d: %s: no words for %q", path, at.Position(n.Pos()).Line, lang, key)
					}
				}
			}
			return true
		})
	})
	if found < 1000 {
		t.Fatalf("only %d uses found in the code: the search is broken", found)
	}
}

// notWords are what is written into the audit trail of people, which no page shows.
var notWords = []string{"person.added", "person.changed", "person.password_changed", "person.password_set", "person.invited", "person.reset"}

// fileName is the shape of a key too.
var fileName = regexp.MustCompile(`\.(html|json|tmpl|toml|xml)\b`)
