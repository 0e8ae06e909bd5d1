package tasks

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clauseEnd matches the end of a sentence or clause behind which a duty may be split: a full stop, semicolon or line end, with the white
// space after it.
var clauseEnd = regexp.MustCompile(`(?:[.;:!?](?:\s+|$)|\n+)`)

// Clauses cuts a duty's words into sentences and clauses, in order; together they are the words. Offsets are in runes.
func Clauses(text string) []Clause {
	var out []Clause
	at, from := 0, 0
	add := func(to int) {
		switch {
		case hasWord(text[from:to]) && (len(out) == 0 || hasWord(out[len(out)-1].Text)):
			out = append(out, Clause{At: at, Text: text[from:to]})
		case len(out) == 0:
			out = []Clause{{Text: text[from:to]}}
		default: // marks alone are no part
			out[len(out)-1].Text += text[from:to]
		}
		at += utf8.RuneCountInString(text[from:to])
		from = to
	}
	for _, m := range clauseEnd.FindAllStringIndex(text, -1) {
		// A number or an initial before a full stop ends no sentence: "khoản 1. Điều 2", "TP. Huế" stay for the caret.
		if before, _ := utf8.DecodeLastRuneInString(text[:m[0]]); text[m[0]] == '.' && (unicode.IsDigit(before) || unicode.IsUpper(before)) {
			continue
		}
		add(m[1])
	}
	if from < len(text) {
		add(len(text))
	}
	return out
}

// Clause is a piece of a duty's words; At counts the runes before it.
type Clause struct {
	At   int
	Text string
}

// SplitDraft makes two drafts of one: the words before the rune at stay, those from it on become a draft of their own behind it. Both have
// the parties and the time of the old one and wait to be looked at; the part in which the words of the time do not stand gets a doubt.
func (s *Documents) SplitDraft(ctx context.Context, actor Person, documentID, draftID, version int64, at int) (int64, error) {
	var second int64
	err := s.change(ctx, actor, documentID, 0, "document.draft_split", nil, func(tx DocumentTx, _ *Document) (any, any, error) {
		d, err := tx.Draft(draftID)
		if err != nil {
			return nil, nil, err
		}
		if d.DocumentID != documentID || d.Removed {
			return nil, nil, ErrNotFound
		}
		if version != 0 && d.Version != version {
			return nil, nil, ErrConflict
		}
		first, rest, ok := cut(d, at)
		if !ok {
			return nil, nil, Invalid(FieldError{Field: "at", Key: "draft.split_nothing"})
		}
		if err := tx.UpdateDraft(first); err != nil {
			return nil, nil, err
		}
		if err := tx.ShiftDrafts(documentID, d.Position); err != nil {
			return nil, nil, err
		}
		if rest.ID, err = tx.InsertDraft(rest); err != nil {
			return nil, nil, err
		}
		second = rest.ID
		first.Version++
		rest.Version = 1
		return draftsRecord{Drafts: []draftRecord{recordOf(d)}}, draftsRecord{Drafts: []draftRecord{recordOf(first)}, Added: []draftRecord{recordOf(rest)}}, nil
	})
	return second, err
}

// cut divides a draft before the rune at; ok is false when one part would have no words.
func cut(d Draft, at int) (first, rest Draft, ok bool) {
	runes := []rune(d.Text)
	if at <= 0 || at >= len(runes) {
		return d, d, false
	}
	first, rest = d, d
	first.Text, rest.Text = strings.TrimSpace(string(runes[:at])), strings.TrimSpace(string(runes[at:]))
	if !hasWord(first.Text) || !hasWord(rest.Text) {
		return d, d, false
	}
	rest.ID, rest.Version, rest.Position = 0, 0, d.Position+1
	first.Checked, rest.Checked = false, false
	if phrase := d.Written.Phrase; d.when() != "" {
		for part, text := range map[*Draft]string{&first: first.Text, &rest: rest.Text} {
			if phrase == "" || !strings.Contains(text, phrase) {
				part.Doubts = append(part.Doubts[:len(part.Doubts):len(part.Doubts)], Doubt{Key: DoubtSplitTime, Args: []string{phrase}})
			}
		}
	}
	return first, rest, true
}

func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
