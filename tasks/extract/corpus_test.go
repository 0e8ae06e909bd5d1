package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// labelled documents: what a careful reader takes for tasks.
type goldFile struct {
	TablesOnly bool `json:"tables_only"`
	Document   *Head
	Tasks      []goldTask
}

type goldTask struct {
	Ref, Start string
	Lead       []string
	Due        struct{ Kind, Date, Freq string }
	Ambiguous  string
}

// tally counts what a corpus gives.
type tally struct{ labelled, found, clear, whole, wrong, given int }

func (a *tally) add(b tally) {
	a.labelled += b.labelled
	a.found += b.found
	a.clear += b.clear
	a.whole += b.whole
	a.wrong += b.wrong
	a.given += b.given
}

// TestCorpus reads the labelled documents in the folder that TIENDO_TEST_CORPUS
// names and holds the quality reached.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("TIENDO_TEST_CORPUS")
	if folder == "" {
		t.Skip("TIENDO_TEST_CORPUS is not set")
	}
	files, err := filepath.Glob(filepath.Join(folder, "docs", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in %s (%v)", folder, err)
	}
	var tables, prose tally
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		label, err := os.ReadFile(filepath.Join(folder, "gold", name+".json"))
		if os.IsNotExist(err) {
			continue
		}
		var gold goldFile
		if err := json.Unmarshal(label, &gold); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source, err := Read(filepath.Base(file), data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		result, err := Extract([]*Source{source}, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if gold.TablesOnly {
			tables.add(count(gold, result))
		} else {
			prose.add(count(gold, result))
		}
		if gold.Document != nil && (foldWords(gold.Document.Number) != foldWords(result.Document.Number) || gold.Document.Date != result.Document.Date) {
			t.Errorf("%s: head %+v", name, result.Document)
		}
	}
	t.Logf("tables %+v", tables)
	t.Logf("prose %+v", prose)
	floor := func(what string, n, of, percent int) {
		if 100*n < percent*of {
			t.Errorf("%s: %d of %d, less than %d %%", what, n, of, percent)
		}
	}
	floor("tables found", tables.found, tables.labelled, 99)
	floor("tables whole", tables.whole, tables.clear, 98)
	floor("tables precision", tables.labelled, tables.given, 97)
	floor("prose found", prose.found, prose.labelled, 98)
	floor("prose whole", prose.whole, prose.clear, 96)
	floor("prose precision", prose.labelled, prose.given, 97)
	if tables.wrong+prose.wrong > 2 {
		t.Errorf("%d dates are wrong", tables.wrong+prose.wrong)
	}
}

// count matches labels to tasks, each task once.
func count(gold goldFile, r Result) tally {
	var got []Task
	for _, task := range r.Tasks {
		if !gold.TablesOnly || task.Source.Part == PartTable {
			got = append(got, task)
		}
	}
	c := tally{labelled: len(gold.Tasks), given: len(got)}
	for _, want := range gold.Tasks {
		if want.Ambiguous == "" {
			c.clear++
		}
		start := foldWords(want.Start)
		i := slices.IndexFunc(got, func(t Task) bool {
			text := foldWords(t.Text)
			return strings.Contains(text[:min(len(text), len(start)+120)], start)
		})
		if i < 0 {
			continue
		}
		task := got[i]
		got = slices.Delete(got, i, i+1)
		c.found++
		if want.Ambiguous != "" {
			continue
		}
		right := want.Due.Kind == task.Due.Kind && (want.Due.Kind != DueDate || want.Due.Date == task.Due.Date)
		if right && sameWords(want.Lead, task.Lead) {
			c.whole++
		}
		if !right && (task.Due.Kind == DueDate || task.Due.Kind == DueRecurring) {
			c.wrong++
		}
	}
	return c
}

// sameWords reports whether two lists of names share four words in five.
func sameWords(a, b []string) bool {
	left, right := strings.Fields(foldWords(strings.Join(a, " "))), strings.Fields(foldWords(strings.Join(b, " ")))
	total, common := len(left)+len(right), 0
	for _, w := range left {
		if i := slices.Index(right, w); i >= 0 {
			common++
			right = slices.Delete(right, i, i+1)
		}
	}
	return 10*common >= 4*total
}
