package extract

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestCorpusRead reads every document of the folder in TIENDO_TEST_CORPUS (docs/*.docx, the same as flat text in text/*.txt)
// and looks for the text's longer words, as often as they stand there, in what was read from the .docx.
func TestCorpusRead(t *testing.T) {
	corpus := os.Getenv("TIENDO_TEST_CORPUS")
	if corpus == "" {
		t.Skip("TIENDO_TEST_CORPUS names no folder")
	}
	docs, err := filepath.Glob(filepath.Join(corpus, "docs", "*.docx"))
	must(t, err)
	if len(docs) == 0 {
		t.Fatal("no documents there")
	}
	for _, doc := range docs {
		name := strings.TrimSuffix(filepath.Base(doc), ".docx")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(doc)
			must(t, err)
			src, err := Read(filepath.Base(doc), data)
			must(t, err)
			flat, err := os.ReadFile(filepath.Join(corpus, "text", name+".txt"))
			must(t, err)
			text, err := Read(name+".txt", flat)
			must(t, err)
			_, body, _ := strings.Cut(string(flat), "\n") // the first line says where the document is from
			for what, blocks := range map[string][]Block{"document": src.Blocks, "text": text.Blocks} {
				if got := coverage(longWords(body), longWords(lines(blocks))); got < 0.97 {
					t.Errorf("%s: %.1f %% of the words were read, want 97 %%", what, 100*got)
				}
			}
		})
	}
}

var letterRuns = regexp.MustCompile(`[\p{L}\p{M}]+`)

// longWords counts the words of four letters and more.
func longWords(s string) map[string]int {
	counts := map[string]int{}
	for _, w := range letterRuns.FindAllString(norm.NFC.String(s), -1) {
		if utf8.RuneCountInString(w) >= 4 {
			counts[w]++
		}
	}
	return counts
}

// coverage is the part of the wanted words, each as often as wanted, that is among those found.
func coverage(want, found map[string]int) float64 {
	all, hit := 0, 0
	for w, n := range want {
		all += n
		hit += min(n, found[w])
	}
	if all == 0 {
		return 0
	}
	return float64(hit) / float64(all)
}
