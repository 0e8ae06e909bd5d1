// Package templatetest renders every page and mail with sample data and looks
// at the outcome. It is for tests.
package templatetest

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tiendo/templates"

	"golang.org/x/net/html"
)

// Pages renders each sample of each page in each language and fails the test
// for a page without a sample, a sample without a page, and what Check finds.
func Pages(t *testing.T, set *templates.Set, samples map[string][]any) {
	t.Helper()
	every(t, set, set.Pages(), samples, func(lang, name string, sample any) (string, error) {
		var page bytes.Buffer
		err := set.Page(&page, name, lang, sample)
		return page.String(), err
	})
}

// Mails does for mails what Pages does for pages, and asks for a subject and a
// plain text without gaps.
func Mails(t *testing.T, set *templates.Set, samples map[string][]any) {
	t.Helper()
	every(t, set, set.Mails(), samples, func(lang, name string, sample any) (string, error) {
		subject, page, text, err := set.Mail(name, lang, sample)
		switch {
		case err != nil:
		case subject == "":
			err = fmt.Errorf("no subject")
		case len(page) > 102_000:
			err = fmt.Errorf("%d bytes of HTML: Gmail cuts it at 102 KB", len(page))
		default:
			err = gaps(subject + "\n" + text)
		}
		return page, err
	})
}

func every(t *testing.T, set *templates.Set, names []string, samples map[string][]any, render func(lang, name string, sample any) (string, error)) {
	t.Helper()
	for name := range samples {
		if !slices.Contains(names, name) {
			t.Errorf("there is no %q to render a sample of", name)
		}
	}
	for _, name := range names {
		if len(samples[name]) == 0 {
			t.Errorf("%q has no sample", name)
		}
		for i, sample := range samples[name] {
			for _, lang := range set.Languages() {
				page, err := render(lang, name, sample)
				if err == nil {
					err = Check(page)
				}
				if err != nil {
					t.Errorf("%s, sample %d (%s): %v", name, i, lang, err)
				}
			}
		}
	}
}

var (
	missingWord = regexp.MustCompile(`\[[a-z][a-z0-9_]*(\.[a-z0-9_]*)+\]`)
	unfilled    = regexp.MustCompile(`\{(\d+|[a-zA-Z]+)\}`)
	// goValue is how Go prints a struct or a list: a field of a page that hides one of the layout, for instance.
	goValue = regexp.MustCompile(`\{[^{}<>]* (true|false|\[\]|<nil>|&lt;nil&gt;)( [^{}<>]*)?\}`)
)

// gaps finds words that are missing or not filled in.
func gaps(text string) error {
	if found := goValue.FindString(text); found != "" {
		return fmt.Errorf("a value of the program's own: %s", found)
	}
	if found := missingWord.FindString(text); found != "" {
		return fmt.Errorf("no words for %s", found)
	}
	if found := unfilled.FindString(text); found != "" {
		return fmt.Errorf("%s was not filled in", found)
	}
	for _, bad := range []string{"<no value>", "ZgotmplZ", "%!"} {
		if strings.Contains(text, bad) {
			return fmt.Errorf("contains %s", bad)
		}
	}
	return nil
}

// Check looks at one rendered page for missing words, an id used twice, a label
// or a description that points nowhere, a control without a label, a link to a
// place that is not on the page, more or fewer than one h1, and for inline
// scripts and event handlers, which the content security policy forbids.
func Check(page string) error {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err
	}
	var text strings.Builder
	ids := map[string]int{}
	labelled := map[string]bool{}
	var nodes []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && !(n.Parent != nil && n.Parent.Data == "style") {
			text.WriteString(n.Data + "\n")
		}
		if n.Type != html.ElementNode {
			continue
		}
		nodes = append(nodes, n)
		if id, ok := attr(n, "id"); ok {
			ids[id]++
		}
		if n.Data == "label" {
			if id, ok := attr(n, "for"); ok {
				labelled[id] = true
			}
		}
		for _, a := range n.Attr {
			text.WriteString(a.Val + "\n")
		}
	}
	if err := gaps(text.String()); err != nil {
		return err
	}
	headlines := 0
	for _, n := range nodes {
		if n.Data == "h1" {
			headlines++
		}
		if err := checkNode(n, ids, labelled); err != nil {
			return err
		}
	}
	if headlines != 1 {
		return fmt.Errorf("%d h1, want 1", headlines)
	}
	return nil
}

func checkNode(n *html.Node, ids map[string]int, labelled map[string]bool) error {
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"):
			return fmt.Errorf("<%s> has the inline handler %s", n.Data, a.Key)
		case a.Key == "id" && ids[a.Val] > 1:
			return fmt.Errorf("id %q is used %d times", a.Val, ids[a.Val])
		case a.Key == "for" && ids[a.Val] == 0:
			return fmt.Errorf("a label is for %q, which is not on the page", a.Val)
		case a.Key == "aria-describedby" || a.Key == "aria-labelledby":
			for id := range strings.FieldsSeq(a.Val) {
				if ids[id] == 0 {
					return fmt.Errorf("%s names %q, which is not on the page", a.Key, id)
				}
			}
		case a.Key == "href" && len(a.Val) > 1 && a.Val[0] == '#' && ids[a.Val[1:]] == 0:
			return fmt.Errorf("a link leads to %s, which is not on the page", a.Val)
		}
	}
	switch n.Data {
	case "script":
		if _, ok := attr(n, "src"); !ok {
			return fmt.Errorf("inline script")
		}
	case "input", "select", "textarea":
		kind, _ := attr(n, "type")
		id, _ := attr(n, "id")
		_, named := attr(n, "aria-label")
		if kind != "hidden" && !named && !labelled[id] && !inside(n, "label") {
			name, _ := attr(n, "name")
			return fmt.Errorf("the control %q has no label", name)
		}
	}
	return nil
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func inside(n *html.Node, element string) bool {
	for p := range n.Ancestors() {
		if p.Data == element {
			return true
		}
	}
	return false
}
