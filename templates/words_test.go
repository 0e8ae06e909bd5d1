package templates

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template/parse"
	"time"
)

// day is a calendar date as the domain has it.
type day struct {
	Year  int
	Month time.Month
	Day   int
}

func (d day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }
func (d day) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

func mustLoad(t *testing.T, files fs.FS, opts ...LoadOption) *Set {
	t.Helper()
	set, err := load(files, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// with lays files over the embedded ones.
func with(t *testing.T, more map[string]string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(embedded, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(embedded, name)
		files[name] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range more {
		files[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return files
}

func TestDates(t *testing.T) {
	hcm, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	w := mustLoad(t, embedded, InZone(hcm)).Words("vi")
	monday := day{2026, 10, 5}
	instant := time.Date(2026, 10, 4, 18, 5, 0, 0, time.UTC) // 01:05 on the 5th there
	for _, c := range []struct {
		name  string
		write func(any) (string, error)
		value any
		want  string
	}{
		{"date", w.Date, monday, "5/10/2026"},
		{"date of a pointer", w.Date, &monday, "5/10/2026"},
		{"long", w.DateLong, monday, "Thứ Hai, 5 tháng 10 năm 2026"},
		{"weekday", w.WeekdayDate, day{2026, 10, 11}, "Chủ Nhật 11/10"},
		{"day and month", w.DayMonth, "2026-02-03", "3/2"},
		{"an instant in the set's zone", w.Date, instant, "5/10/2026"},
		{"clock", func(v any) (string, error) { return w.Clock(v.(time.Time)) }, instant, "01:05"},
		{"date and time", func(v any) (string, error) { return w.DateTime(v.(time.Time)) }, instant, "01:05 5/10/2026"},
		{"iso day", w.iso, monday, "2026-10-05"},
		{"iso instant", w.iso, instant, "2026-10-05T01:05:00+07:00"},
		{"nil", w.Date, nil, ""},
		{"nil pointer", w.Date, (*day)(nil), ""},
		{"zero date", w.Date, day{}, ""},
		{"zero instant", w.Date, time.Time{}, ""},
	} {
		got, err := c.write(c.value)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	for _, bad := range []any{42, "5/10/2026", []string{}} {
		if got, err := w.Date(bad); err == nil {
			t.Errorf("Date(%v) = %q, want an error", bad, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	w := mustLoad(t, embedded).Words("vi")
	n := 3
	for _, c := range []struct {
		value any
		want  string
	}{
		{0, "0"}, {999, "999"}, {1000, "1.000"}, {1234567, "1.234.567"}, {-1500, "−1.500"}, {uint8(7), "7"},
		{6.5, "6,5"}, {1234.567, "1.234,57"}, {2.0, "2"}, {-0.001, "0"}, {99999.999, "100.000"},
		{"đã viết", "đã viết"}, {nil, ""}, {&n, "3"}, {(*int)(nil), ""},
	} {
		if got, err := w.Number(c.value); err != nil || got != c.want {
			t.Errorf("Number(%v) = %q, %v; want %q", c.value, got, err, c.want)
		}
	}
	for value, want := range map[int]string{3: "+3", -3: "−3", 0: "không đổi"} {
		if got, err := w.Signed(value); err != nil || got != want {
			t.Errorf("Signed(%d) = %q, %v; want %q", value, got, err, want)
		}
	}
	for _, c := range []struct {
		part, whole int
		want        string
	}{{84, 100, "84 %"}, {1, 3, "33 %"}, {999, 1000, "99 %"}, {5, 5, "100 %"}, {0, 0, "–"}} {
		if got := w.Rate(c.part, c.whole); got != c.want {
			t.Errorf("Rate(%d, %d) = %q, want %q", c.part, c.whole, got, c.want)
		}
	}
	for size, want := range map[int64]string{0: "0 B", 999: "999 B", 1200: "1,2 kB", 20_000_000: "20 MB", 999_999: "1 MB"} {
		if got := w.Bytes(size); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", size, got, want)
		}
	}
	for days, want := range map[int]string{0: "hạn hôm nay", 2: "còn 2 ngày làm việc", -6: "quá 6 ngày làm việc"} {
		if got := w.Distance(days); got != want {
			t.Errorf("Distance(%d) = %q, want %q", days, got, want)
		}
	}
}

func TestT(t *testing.T) {
	set := mustLoad(t, with(t, map[string]string{
		"locales/en/test.toml": "[test]\nstep = \"cannot {0|t}\"\ntasks = \"{0} {0|task|tasks} of {1}, {1}\"\ntwo = \"{0|One is|Some are} here, {1} {1|day|days}\"\n",
	}))
	en := set.Words("en")
	for _, c := range []struct {
		key  string
		args []any
		want string
	}{
		{"test.tasks", []any{1, "A"}, "1 task of A, A"},
		{"test.tasks", []any{1200, "A"}, "1,200 tasks of A, A"},
		{"test.tasks", []any{"1", "A"}, "1 task of A, A"},
		{"test.tasks", []any{"more than 1,000", "A"}, "more than 1,000 tasks of A, A"},
		{"test.tasks", []any{int64(0)}, "0 tasks of {1}, {1}"},
		{"test.tasks", []any{day{2026, 10, 5}, "{0}"}, "5 October 2026 tasks of {0}, {0}"},
		{"test.two", []any{1, 2}, "One is here, 2 days"},
		{"test.two", []any{2, 1.0}, "Some are here, 1 day"},
		{"test.many", nil, "[test.many]"},
		{"test.step", []any{"format.decimal"}, "cannot ."},
		{"test.step", []any{"nothing"}, "cannot [nothing]"},
	} {
		if got := en.T(c.key, c.args...); got != c.want {
			t.Errorf("T(%q, %v) = %q, want %q", c.key, c.args, got, c.want)
		}
	}
	if got := set.Words("fr").Lang(); got != DefaultLanguage {
		t.Errorf("an unknown language gives the words of %q", got)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWordsAreRefused(t *testing.T) {
	for name, content := range map[string]string{
		"given twice": "[state]\nassigned = \"x\"\n",
		"want a text": "[a]\nb = 3\n",
	} {
		_, err := load(with(t, map[string]string{"locales/vi/extra.toml": content}))
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := load(with(t, map[string]string{"locales/xx/a.toml": "x = \"y\""})); err == nil {
		t.Error("a language that cannot write dates was taken")
	}
}

// TestNoWordsAreMissing walks the templates for uses of t and holds every
// language to them, and all languages to the same keys.
func TestNoWordsAreMissing(t *testing.T) {
	set := mustLoad(t, embedded)
	keys, prefixes := map[string]string{}, map[string]string{}
	for _, pattern := range []string{"pages/*.html", "partials/*.html", "mail/*.html", "mail/*.txt", "mail/parts/*"} {
		for _, name := range must(fs.Glob(embedded, pattern)) {
			trees, err := parse.Parse(path.Base(name), string(must(fs.ReadFile(embedded, name))), "", "", set.functions(set.Words("vi")), builtins)
			if err != nil {
				t.Fatal(err)
			}
			for _, tree := range trees {
				walk(tree.Root, func(key string, whole bool) {
					if whole {
						keys[key] = name
					} else {
						prefixes[key] = name
					}
				})
			}
		}
	}
	if len(keys) < 20 {
		t.Fatalf("only %d uses found: the walk is broken", len(keys))
	}
	for _, lang := range set.Languages() {
		w := set.Words(lang)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if !w.Has(key) {
				t.Errorf("%s: no words for %q, used in %s", lang, key, keys[key])
			}
		}
		for prefix, name := range prefixes {
			if !slices.ContainsFunc(w.Keys(), func(key string) bool { return strings.HasPrefix(key, prefix) }) {
				t.Errorf("%s: no words begin with %q, used in %s", lang, prefix, name)
			}
		}
		for key := range chips {
			if !w.Has(key) {
				t.Errorf("%s: no words for the chip %q", lang, key)
			}
		}
		for _, key := range set.Words(DefaultLanguage).Keys() {
			if !w.Has(key) {
				t.Errorf("%s: no words for %q", lang, key)
			}
		}
	}
}

// builtins are the names the parser has to know; it does not call them.
var builtins = map[string]any{
	"and": 0, "or": 0, "not": 0, "len": 0, "index": 0, "slice": 0, "print": 0, "printf": 0, "println": 0, "urlquery": 0,
	"html": 0, "js": 0, "call": 0, "eq": 0, "ne": 0, "lt": 0, "le": 0, "gt": 0, "ge": 0,
}

// walk reports each key given to t or chip: whole when it is written out, else
// the part before what is only known when the page is rendered.
func walk(n parse.Node, found func(key string, whole bool)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				walk(child, found)
			}
		}
	case *parse.IfNode:
		walkBranch(&n.BranchNode, found)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, found)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, found)
	case *parse.ActionNode:
		walk(n.Pipe, found)
	case *parse.TemplateNode:
		walk(n.Pipe, found)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		for _, command := range n.Cmds {
			walk(command, found)
		}
	case *parse.CommandNode:
		report(n, found)
		for _, arg := range n.Args {
			walk(arg, found)
		}
	}
}

func walkBranch(n *parse.BranchNode, found func(string, bool)) {
	walk(n.Pipe, found)
	walk(n.List, found)
	walk(n.ElseList, found)
}

func report(n *parse.CommandNode, found func(string, bool)) {
	name, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok || len(n.Args) < 2 {
		return
	}
	switch key := n.Args[1].(type) {
	case *parse.StringNode:
		if name.Ident == "t" {
			found(key.Text, true)
		} else if name.Ident == "chip" {
			found(key.Text+".", false)
		}
	case *parse.PipeNode:
		// t (print "state." .State)
		if name.Ident != "t" || len(key.Cmds) != 1 || len(key.Cmds[0].Args) < 2 {
			return
		}
		if prefix, ok := key.Cmds[0].Args[1].(*parse.StringNode); ok {
			found(strings.TrimSuffix(strings.TrimSuffix(prefix.Text, "%s"), "%v"), false)
		}
	}
}
