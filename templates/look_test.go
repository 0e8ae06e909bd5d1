package templates

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast holds the colours that meet on the pages to WCAG 2.2: 4.5:1 for
// words (1.4.3), 3:1 for the edges of controls and the parts of bars (1.4.11).
func TestContrast(t *testing.T) {
	css := string(must(fs.ReadFile(embedded, "static/css/10-look.css")))
	lightText, darkText, found := strings.Cut(css, "prefers-color-scheme: dark")
	if !found {
		t.Fatal("no dark scheme")
	}
	light, dark := variables(lightText), variables(darkText)
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("--%s has no dark value", name)
		}
	}
	words := map[string][]string{
		"ink":        {"paper", "card", "hair", "accent-wash", "soon-wash", "late-wash", "ok-wash", "wait-wash"},
		"soft":       {"paper", "card", "hair", "accent-wash"},
		"accent":     {"paper", "card", "accent-wash", "hair"},
		"accent-ink": {"accent"},
		"late":       {"paper", "card", "late-wash"},
		"soon":       {"soon-wash", "card"},
		"ok":         {"ok-wash", "card"},
		"wait":       {"wait-wash", "card"},
		"mark-ink":   {"mark"},
	}
	shapes := map[string][]string{
		"edge":     {"paper", "card"},
		"bar-done": {"card"}, "bar-going": {"card"}, "bar-soon": {"card", "soon-wash"}, "bar-late": {"card"},
	}
	for scheme, colours := range map[string]map[string]string{"light": light, "dark": dark} {
		for least, pairs := range map[float64]map[string][]string{4.5: words, 3: shapes} {
			for front, backs := range pairs {
				for _, back := range backs {
					f, b := colours[front], colours[back]
					if f == "" || b == "" {
						t.Fatalf("%s: no colour --%s or --%s", scheme, front, back)
					}
					if ratio := contrast(f, b); ratio < least {
						t.Errorf("%s: --%s %s on --%s %s is %.2f:1, want %.1f:1", scheme, front, f, back, b, ratio, least)
					}
				}
			}
		}
	}
	if got := contrast("#000000", "#ffffff"); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f:1, want 21:1", got)
	}
}

// TestColoursAreVariables keeps every colour of the screen in the one place the
// contrast is computed from.
func TestColoursAreVariables(t *testing.T) {
	for _, name := range must(fs.Glob(embedded, "static/css/*.css")) {
		if strings.Contains(name, "look") || strings.Contains(name, "print") {
			continue
		}
		css := string(must(fs.ReadFile(embedded, name)))
		if colour := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(`).FindString(css); colour != "" {
			t.Errorf("%s: has the colour %s", name, colour)
		}
		if strings.Contains(css, "url(") {
			t.Errorf("%s: url() would miss the hash in the file's name", name)
		}
	}
}

func variables(css string) map[string]string {
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+):\s*(#[0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
		found[m[1]] = m[2]
	}
	return found
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	n := must(strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32))
	channel := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
