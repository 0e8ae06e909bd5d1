package web_test

import (
	"os"
	"path/filepath"
	"regexp"
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

// TestEveryKeyHasWords looks for words that code asks for and no language has.
func TestEveryKeyHasWords(t *testing.T) {
	set := must(templates.Load())(t)
	keys := make(map[string]string) // where each was seen
	for _, room := range []string{"tasks", "notify", "web", "cmd", "store"} {
		err := filepath.WalkDir(filepath.Join("..", room), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			code, err := os.ReadFile(path)
			for _, re := range keyed {
				for _, m := range re.FindAllSubmatch(code, -1) {
					keys[string(m[1])] = path
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
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
