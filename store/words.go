package store

import (
	"slices"

	"tiendo/tasks/directory"
)

// maxSearchWords bounds the work of one search.
const maxSearchWords = 8

// lastRune sorts after everything that can follow a prefix.
const lastRune = "\U0010FFFF"

// searchWords are the folded words that were typed, each once.
func searchWords(typed string) []string {
	words := directory.Words(typed)
	slices.Sort(words)
	words = slices.Compact(words)
	return words[:min(len(words), maxSearchWords)]
}

// beginning is the condition that the column word begins with a word that was typed.
func beginning(w *where, word string) string {
	return "word >= " + w.arg(word) + " AND word < " + w.arg(word+lastRune)
}

// begins limits a list to rows for which each word that was typed begins one of their words. index is a table of (word, key).
func begins(w *where, id, index, key, typed string) {
	for _, word := range searchWords(typed) {
		w.and(id + " IN (SELECT " + key + " FROM " + index + " WHERE " + beginning(w, word) + ")")
	}
}

// indexWords replaces a row's words in an index.
func (tx *Tx) indexWords(index, key string, id int64, texts ...string) error {
	if err := tx.exec("DELETE FROM "+index+" WHERE "+key+" = $1", id); err != nil {
		return err
	}
	return tx.addWords(index, key, id, texts...)
}

// addWords adds the words of a new row to an index.
func (tx *Tx) addWords(index, key string, id int64, texts ...string) error {
	return tx.insertNew(index+" (word, "+key+")", 2, wordRows(nil, id, texts...), "")
}

// wordRows adds the rows of a row's words to those of others.
func wordRows(to []any, id int64, texts ...string) []any {
	var words []string
	for _, text := range texts {
		words = append(words, directory.Words(text)...)
	}
	slices.Sort(words)
	for _, word := range slices.Compact(words) {
		to = append(to, word, id)
	}
	return to
}
