package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tiendo/cmd/tiendo/sample"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/tasks/extract"
)

// reviewed is an office with the sample's directory and its first document, read and ready to be corrected.
type reviewed struct {
	*app
	t      *testing.T
	config string
	id     int64
}

func newReviewed(t *testing.T) *reviewed {
	t.Helper()
	dir := t.TempDir()
	r := &reviewed{t: t, config: settings(t, dir)}
	book := filepath.Join(dir, "co-quan.xlsx")
	write(t, book, sample.Agencies())
	succeeds(t, "import", "-config", r.config, "-book", book)
	c, err := loadConfig(r.config)
	if err != nil {
		t.Fatal(err)
	}
	if r.app, err = newApp(t.Context(), c, realClocks(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	file := sample.Documents()[0].Files[0]
	d, err := r.documents.Import(t.Context(), tasks.System, tasks.NewDocument{Files: []tasks.Upload{{Name: file.Name, Data: file.Data}}})
	if err != nil {
		t.Fatal(err)
	}
	r.id = d.ID
	return r
}

func (r *reviewed) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *reviewed) drafts() []tasks.Draft {
	r.t.Helper()
	v, err := r.documents.Review(r.t.Context(), tasks.System, r.id)
	r.must(err)
	return v.Drafts
}

// correct changes one draft as the form of the review screen would.
func (r *reviewed) correct(d tasks.Draft, change func(in *tasks.DraftInput)) {
	r.t.Helper()
	in := tasks.DraftInput{
		Ref: d.Ref, Text: d.Text, Deliverable: d.Deliverable, Phrase: d.Written.Phrase, Deadline: d.Deadline, Cadence: d.Cadence,
		Leads: d.Leads, Joint: d.Joint, Cooperating: d.Cooperating, Checked: true, Version: d.Version,
	}
	change(&in)
	r.must(r.documents.UpdateDraft(r.t.Context(), tasks.System, r.id, d.ID, in))
}

// issue maps the names that nobody knows and issues the document.
func (r *reviewed) issue(lead int64) {
	r.t.Helper()
	for _, d := range r.drafts() {
		for _, name := range d.Unmapped() {
			if err := r.documents.MapName(r.t.Context(), tasks.System, r.id, name, lead, 0, false); err != nil && tasks.CodeOf(err) != tasks.CodeInvalid {
				r.t.Fatal(err)
			}
		}
	}
	r.must(r.documents.Issue(r.t.Context(), tasks.System, r.id, 0))
}

// pick finds the first draft that fits and was not picked before.
func pickDraft(t *testing.T, drafts []tasks.Draft, used map[int64]bool, fits func(tasks.Draft) bool) tasks.Draft {
	t.Helper()
	i := slices.IndexFunc(drafts, func(d tasks.Draft) bool { return !used[d.ID] && fits(d) })
	if i < 0 {
		t.Fatal("the sample has no duty of this kind")
	}
	used[drafts[i].ID] = true
	return drafts[i]
}

// shares is the F1 of the folded words of two lists of names.
func shares(a, b []string) float64 {
	x, y := strings.Fields(directory.Fold(strings.Join(a, " "))), strings.Fields(directory.Fold(strings.Join(b, " ")))
	if len(x)+len(y) == 0 {
		return 1
	}
	common, all := 0, len(x)+len(y)
	for _, w := range x {
		if i := slices.Index(y, w); i >= 0 {
			y = slices.Delete(y, i, i+1)
			common++
		}
	}
	return 2 * float64(common) / float64(all)
}

// misread compares an extraction with a label, as the corpus is scored: what is wrong of each labelled duty, and the extra ones.
func misread(label tasks.Label, got extract.Result) (wrong map[string]string, extra []string) {
	wrong = make(map[string]string)
	free := slices.Clone(got.Tasks)
	for _, want := range label.Tasks {
		start := directory.Fold(want.Start)
		i := slices.IndexFunc(free, func(t extract.Task) bool {
			return t.Ref == want.Ref && strings.HasPrefix(directory.Fold(t.Text), start)
		})
		if i < 0 {
			i = slices.IndexFunc(free, func(t extract.Task) bool { return strings.HasPrefix(directory.Fold(t.Text), start) })
		}
		if i < 0 {
			wrong[want.Start] = "missed"
			continue
		}
		found := free[i]
		free = slices.Delete(free, i, i+1)
		date := ""
		if want.Due.Date != nil {
			date = *want.Due.Date
		}
		switch {
		case shares(want.Lead, found.Lead) < 0.8:
			wrong[want.Start] = "lead"
		case shares(want.Cooperating, found.Cooperating) < 0.7:
			wrong[want.Start] = "cooperating"
		case want.Ambiguous == "" && (string(want.Due.Kind) != found.Due.Kind || date != found.Due.Date):
			wrong[want.Start] = "due"
		}
	}
	for _, t := range free {
		extra = append(extra, t.Text)
	}
	return wrong, extra
}

// What reviewers correct becomes test cases: the reading, held against the labels, is wrong where it was corrected and nowhere else.
func TestCorrectionsBecomeLabels(t *testing.T) {
	r := newReviewed(t)
	ctx := t.Context()
	said := succeeds(t, "corrections", "-config", r.config, "-all")
	if !strings.Contains(said, "No document was corrected") {
		t.Errorf("of a document that nobody reviewed: %s", said)
	}
	fails(t, "not checked yet", "corrections", "-config", r.config, "-document", "1")

	drafts, used := r.drafts(), make(map[int64]bool)
	entries, err := r.directory.All(ctx, tasks.System)
	r.must(err)
	stc := entries.Agencies[slices.IndexFunc(entries.Agencies, func(a tasks.Agency) bool { return a.Name == "Sở Tài chính" })]

	removed := pickDraft(t, drafts, used, func(d tasks.Draft) bool { return true })
	led := pickDraft(t, drafts, used, func(d tasks.Draft) bool {
		return len(d.Leads) == 1 && d.Leads[0].AgencyID != 0 && d.Leads[0].AgencyID != stc.ID
	})
	dated := pickDraft(t, drafts, used, func(d tasks.Draft) bool { return d.Written.Kind == tasks.DueDate })
	silent := pickDraft(t, drafts, used, func(d tasks.Draft) bool { return d.Written.Phrase == "" && d.Cadence == "" })
	// The document's deadline is another one, in words that stand in it; a day that the secretariat sets of its own is none.
	r.must(r.documents.RemoveDraft(ctx, tasks.System, r.id, removed.ID, removed.Version))
	r.correct(led, func(in *tasks.DraftInput) { in.Leads = []tasks.Party{{AgencyID: stc.ID}} })
	r.correct(dated, func(in *tasks.DraftInput) {
		in.Phrase, in.Deadline = "trước ngày 20/11/2026", calendar.MustParseDate("2026-11-20")
	})
	_, err = r.documents.SetColumns(ctx, tasks.System, r.id, []tasks.DraftVersion{{ID: silent.ID}}, tasks.Columns{Time: true, Deadline: calendar.MustParseDate("2026-12-10")})
	r.must(err)
	_, err = r.documents.AddDraft(ctx, tasks.System, r.id, 0, tasks.DraftInput{
		Text: "Gửi bản chụp con dấu mới về bộ phận một cửa", Leads: []tasks.Party{{AgencyID: stc.ID}}, Checked: true,
	})
	r.must(err)
	r.issue(stc.ID)

	dir := filepath.Join(t.TempDir(), "of-our-own")
	said = succeeds(t, "corrections", "-config", r.config, "-dir", dir, "-v")
	for _, want := range []string{"removed, no task: " + removed.Ref, "lead " + led.Leads[0].Written + " → Sở Tài chính", "→ trước ngày 20/11/2026 = 2026-11-20", "not in the document: Gửi bản chụp"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q:\n%s", want, said)
		}
	}
	if n := strings.Count(said, "\n"); n != 5 {
		t.Errorf("says %d lines, want the document and 4 corrections:\n%s", n, said)
	}
	documents, err := filepath.Glob(filepath.Join(dir, "docs", "*"))
	if err != nil || len(documents) != 1 {
		t.Fatalf("documents %q, %v", documents, err)
	}
	name := filepath.Base(documents[0])
	written, err := os.ReadFile(filepath.Join(dir, "gold", strings.TrimSuffix(name, filepath.Ext(name))+".json"))
	r.must(err)
	var label tasks.Label
	strict := json.NewDecoder(bytes.NewReader(written))
	strict.DisallowUnknownFields()
	r.must(strict.Decode(&label))
	if label.File != name || label.Document == nil || label.Document.Number != "10/CT-UBND" || len(label.Tasks) != len(drafts)-1 {
		t.Errorf("label of %s: %+v with %d tasks, want %d", label.File, label.Document, len(label.Tasks), len(drafts)-1)
	}

	got, err := extractFiles(ctx, documents)
	r.must(err)
	wrong, extra := misread(label, got)
	start := func(d tasks.Draft) string {
		return strings.Join(strings.Fields(d.Text)[:min(14, len(strings.Fields(d.Text)))], " ")
	}
	want := map[string]string{start(led): "lead", start(dated): "due"}
	if len(wrong) != len(want) || wrong[start(led)] != "lead" || wrong[start(dated)] != "due" {
		t.Errorf("wrong are %v, want %v", wrong, want)
	}
	if !slices.Equal(extra, []string{removed.Text}) {
		t.Errorf("extra are %q, want %q", extra, removed.Text)
	}

	// A label that somebody may have mended by hand is not written over by itself.
	fails(t, "-force writes over it", "corrections", "-config", r.config, "-dir", dir)
	succeeds(t, "corrections", "-config", r.config, "-dir", dir, "-force")
	var out, stderr bytes.Buffer
	if code := run(ctx, []string{"corrections", "-config", r.config, "-document", "1", "-v", "-language", "vi"}, streams{nil, &out, &stderr}); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	if out.String() != string(written) || !strings.Contains(stderr.String(), "bỏ, không phải nhiệm vụ") {
		t.Errorf("printed apart from what is said of it:\n%s\n%s", out.String(), stderr.String())
	}
}

// A document that was left as it was read gives labels that the reading meets, and only when all are asked for.
func TestCorrectionsOfWhatWasReadRightly(t *testing.T) {
	r := newReviewed(t)
	for _, d := range r.drafts() {
		r.must(r.documents.CheckDraft(t.Context(), tasks.System, r.id, d.ID, d.Version, true))
	}
	if said := succeeds(t, "corrections", "-config", r.config); !strings.Contains(said, "No document was corrected") {
		t.Errorf("corrections of none: %s", said)
	}
	dir := t.TempDir()
	succeeds(t, "corrections", "-config", r.config, "-all", "-dir", dir)
	documents, err := filepath.Glob(filepath.Join(dir, "docs", "*"))
	if err != nil || len(documents) != 1 {
		t.Fatalf("documents %q, %v", documents, err)
	}
	var label tasks.Label
	written, err := filepath.Glob(filepath.Join(dir, "gold", "*.json"))
	r.must(err)
	text, err := os.ReadFile(written[0])
	r.must(err)
	r.must(json.Unmarshal(text, &label))
	got, err := extractFiles(t.Context(), documents)
	r.must(err)
	if wrong, extra := misread(label, got); len(wrong)+len(extra) != 0 || len(label.Tasks) != len(got.Tasks) {
		t.Errorf("of %d tasks %v are wrong, %q extra", len(label.Tasks), wrong, extra)
	}
	if said := succeeds(t, "corrections", "-config", r.config, "-all", "-since", "2999-01-01"); !strings.Contains(said, "No document was corrected") {
		t.Errorf("since a day to come: %s", said)
	}
}
