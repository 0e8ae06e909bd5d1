package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"tiendo/templates"
)

var limitName = regexp.MustCompile(`(?m)^\tlimit[A-Z]\w* *= "(\w+)"`)

// Whatever limit a file goes beyond, the page says which in words.
func TestEveryFileLimitHasWords(t *testing.T) {
	set := must(templates.Load())(t)
	found := 0
	for _, file := range must(filepath.Glob("../tasks/extract/*.go"))(t) {
		for _, m := range limitName.FindAllStringSubmatch(string(must(os.ReadFile(file))(t)), -1) {
			found++
			for _, lang := range []string{"vi", "en"} {
				if w := set.Words(lang); !w.Has("file_limit." + m[1]) {
					t.Errorf("%s: no words for the limit %q", lang, m[1])
				}
			}
		}
	}
	if found < 9 {
		t.Errorf("%d limits were found in the reader", found)
	}
}
