package templates

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// Each language writes the same thing the same way on every page.
func TestHouseStyle(t *testing.T) {
	rules := map[string][]struct {
		bad *regexp.Regexp
		say string
	}{
		"vi": {
			{regexp.MustCompile(`[0-9}]%`), "a space stands before the percent sign"},
			{regexp.MustCompile(`(?i)(^|[^\p{L}])bạn($|[^\p{L}])`), "nobody is addressed as “bạn”"},
			{regexp.MustCompile(`bộ lọc`), "a filter is “điều kiện lọc”"},
			{regexp.MustCompile(`(hợp với|theo) điều kiện lọc`), "what a filter finds “khớp với điều kiện lọc”"},
			{regexp.MustCompile(`\(%\)`), "a unit follows its label after a comma"},
		},
		"en": {
			{regexp.MustCompile(`[0-9}] %`), "no space stands before the percent sign"},
			{regexp.MustCompile(`\(%\)`), "a unit follows its label after a comma"},
		},
	}
	for lang, list := range rules {
		lines := 0
		err := fs.WalkDir(embedded, "locales/"+lang, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := fs.ReadFile(embedded, path)
			for line := range strings.Lines(string(text)) {
				lines++
				for _, rule := range list {
					if rule.bad.MatchString(line) {
						t.Errorf("%s: %s: %s", path, rule.say, strings.TrimSpace(line))
					}
				}
			}
			return err
		})
		if err != nil || lines < 500 {
			t.Errorf("%s: %d lines of words: %v", lang, lines, err)
		}
	}
}
