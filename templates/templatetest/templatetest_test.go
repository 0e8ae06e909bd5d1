package templatetest

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	const head = `<!doctype html><title>x</title><h1>x</h1>`
	for page, want := range map[string]string{
		head + `<label for="a">A</label><input id="a" name="a"><a href="#a">a</a>`: "",
		head + `<label>A <input name="a"></label><input type="hidden" name="b">`:   "",
		`<p>x</p>`:                      "0 h1",
		head + head:                     "2 h1",
		head + `[state.unknown]`:        "no words for",
		head + `<p title="[a.b]">`:      "no words for",
		head + `[timeliness.]`:          "no words for",
		head + `còn {0} ngày`:           "not filled in",
		head + `{ title x [] false 0}`:  "a value of the program's own",
		head + `<p id="a"><p id="a">`:   `id "a"`,
		head + `<label for="a">A`:       "a label is for",
		head + `<input name="a">`:       "has no label",
		head + `<a href="#a">a</a>`:     "a link leads to",
		head + `<p aria-describedby=a>`: "aria-describedby",
		head + `<p onclick="x()">`:      "inline handler",
		head + `<script>x()</script>`:   "inline script",
	} {
		err := Check(page)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", page, err, want)
		}
	}
}
