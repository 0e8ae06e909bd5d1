package templates_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"tiendo/templates"
	"tiendo/templates/templatetest"
)

// word is one entry of a locale.
type word struct{ file, text string }

// localeWords reads every entry of a language with the name of its file.
func localeWords(t *testing.T, lang string) map[string]word {
	t.Helper()
	words := make(map[string]word)
	for _, name := range must(fs.Glob(templates.Embedded, "locales/"+lang+"/*.toml")) {
		var tree map[string]any
		if _, err := toml.DecodeFS(templates.Embedded, name, &tree); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var walk func(prefix string, tree map[string]any)
		walk = func(prefix string, tree map[string]any) {
			for key, value := range tree {
				if sub, ok := value.(map[string]any); ok {
					walk(prefix+key+".", sub)
					continue
				}
				words[prefix+key] = word{path.Base(name), value.(string)}
			}
		}
		walk("", tree)
	}
	return words
}

var (
	placeholder = regexp.MustCompile(`\{(\d+)(\|[^}]*)?\}`)
	quotation   = regexp.MustCompile(`“[^”]*”`)
)

// placeholders lists which arguments a text takes, and which of them as keys of other words.
func placeholders(text string) []string {
	seen := make(map[string]bool)
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if m[2] == "|t" {
			m[1] += m[2]
		}
		seen[m[1]] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// TestLanguagesSayTheSame holds each language to the same words in the same files, taking the same arguments.
func TestLanguagesSayTheSame(t *testing.T) {
	set := must(templates.Load())
	if got := set.Languages(); !slices.Equal(got, []string{"en", "vi"}) {
		t.Fatalf("languages %q", got)
	}
	vi, en := localeWords(t, "vi"), localeWords(t, "en")
	if len(vi) < 800 {
		t.Fatalf("only %d words found: the search is broken", len(vi))
	}
	for key, v := range vi {
		e, ok := en[key]
		switch {
		case !ok:
			t.Errorf("locales/en/%s: no words for %q (%s)", v.file, key, v.text)
		case e.file != v.file:
			t.Errorf("%q stands in en/%s and in vi/%s", key, e.file, v.file)
		case !slices.Equal(placeholders(e.text), placeholders(v.text)):
			t.Errorf("%q takes %q in English and %q in Vietnamese", key, placeholders(e.text), placeholders(v.text))
		}
		if strings.TrimSpace(v.text) == "" || strings.TrimSpace(e.text) == "" && ok {
			t.Errorf("%q is empty", key)
		}
	}
	for key, e := range en {
		if _, ok := vi[key]; !ok {
			t.Errorf("locales/vi/%s: no words for %q (%s)", e.file, key, e.text)
		}
	}
}

// TestEnglishIsEnglish looks for Vietnamese among the English words. What stands in “quotation marks” is quoted on purpose.
func TestEnglishIsEnglish(t *testing.T) {
	for key, e := range localeWords(t, "en") {
		if letter := templatetest.Vietnamese(quotation.ReplaceAllString(e.text, "")); letter != "" {
			t.Errorf("en/%s: %q holds %q: %s", e.file, key, letter, e.text)
		}
	}
	english := regexp.MustCompile(`(?i)\b(the|of|is|and|with|task|this)\b`)
	for key, v := range localeWords(t, "vi") {
		if found := english.FindString(placeholder.ReplaceAllString(v.text, "")); found != "" {
			t.Errorf("vi/%s: %q holds %q: %s", v.file, key, found, v.text)
		}
	}
}

// TestNumbersAgree tries each English text that counts something with one and with two.
func TestNumbersAgree(t *testing.T) {
	w := must(templates.Load()).Words("en")
	const between = `\b (?:(?:working|overdue|open|other|periodic|assigned|completed) )?`
	one := regexp.MustCompile(`\b1` + between + `(tasks|days|agencies|assignments|reports|mails|groups|people|documents|files|points|places|names|entries|rows|` +
		`characters|mistakes|weeks|minutes|times|matters|notices)\b`)
	two := regexp.MustCompile(`\b2` + between + `(task|day|agency|assignment|report|mail|group|person|document|file|point|place|name|entry|row|character|` +
		`mistake|week|minute|time|matter|notice)\b`)
	counts := 0
	for key, e := range localeWords(t, "en") {
		if len(placeholders(e.text)) == 0 || strings.HasPrefix(key, "format.") {
			continue
		}
		counts++
		if text := w.T(key, 1, 1, 1, 1); one.MatchString(text) && !slices.Contains(alwaysMany, key) {
			t.Errorf("%q of one: %s", key, text)
		}
		if text := w.T(key, 2, 2, 2, 2); two.MatchString(text) {
			t.Errorf("%q of two: %s", key, text)
		}
	}
	if counts < 150 {
		t.Fatalf("only %d texts take arguments: the search is broken", counts)
	}
}

// alwaysMany are the texts whose number is never one: limits, intervals, and the rest of a list that was cut.
var alwaysMany = []string{
	"book.too_many_rows", "book.too_many_errors", "book.too_long", "cadence.every_weeks", "document_list.count_more", "field.too_long",
	"inbox.headline_long", "inbox.more_drafts", "mine.more", "password.hint", "password.too_short", "person.headline_more",
	"person.headline_fit_more", "person.invited_lede", "report_form.files_hint", "takeover.too_many_rows", "upload.too_many",
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestEnglishFigures writes dates and numbers as English-speaking offices do.
func TestEnglishFigures(t *testing.T) {
	w := must(templates.Load()).Words("en")
	const day = "2026-10-05"
	for want, got := range map[string]string{
		"5 October 2026": must(w.Date(day)), "Monday, 5 October 2026": must(w.DateLong(day)), "Mon 5 Oct": must(w.WeekdayDate(day)),
		"5 Oct": must(w.DayMonth(day)), "1,234.5": must(w.Number(1234.5)), "84%": w.Rate(84, 100), "due today": w.Distance(0),
		"1 working day left": w.Distance(1), "2 working days late": w.Distance(-2),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
