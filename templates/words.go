package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// Words are the words and the ways of writing dates and numbers of one
// language. They come from locales/LANG/*.toml, whose tables nest into dotted
// keys: the table [state] with the name assigned is the key "state.assigned".
type Words struct {
	lang  string
	words map[string]string
	zone  *time.Location
}

func loadWords(files fs.FS, zone *time.Location) (map[string]*Words, error) {
	names, err := fs.Glob(files, "locales/*/*.toml")
	if err != nil {
		return nil, err
	}
	all := map[string]*Words{}
	for _, name := range names {
		lang := path.Base(path.Dir(name))
		w, ok := all[lang]
		if !ok {
			w = &Words{lang: lang, words: map[string]string{}, zone: zone}
			all[lang] = w
		}
		var tree map[string]any
		if _, err := toml.DecodeFS(files, name, &tree); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := w.add("", tree); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if all[DefaultLanguage] == nil {
		return nil, fmt.Errorf("no words for %q", DefaultLanguage)
	}
	for _, w := range all {
		if err := w.checkFormats(); err != nil {
			return nil, fmt.Errorf("locales/%s: %w", w.lang, err)
		}
	}
	return all, nil
}

func (w *Words) add(prefix string, tree map[string]any) error {
	for name, value := range tree {
		key := prefix + name
		switch v := value.(type) {
		case string:
			if _, taken := w.words[key]; taken {
				return fmt.Errorf("%s is given twice", key)
			}
			w.words[key] = v
		case map[string]any:
			if err := w.add(key+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s is %T, want a text", key, value)
		}
	}
	return nil
}

// checkFormats makes sure that dates and numbers can be written.
func (w *Words) checkFormats() error {
	var missing []error
	for _, key := range formatKeys {
		if _, ok := w.words[key]; !ok {
			missing = append(missing, fmt.Errorf("%s is missing", key))
		}
	}
	return errors.Join(missing...)
}

// Lang is the language's BCP 47 tag, as in <html lang>.
func (w *Words) Lang() string { return w.lang }

// Keys lists all keys, sorted.
func (w *Words) Keys() []string { return slices.Sorted(maps.Keys(w.words)) }

// Has says whether T finds words for the key.
func (w *Words) Has(key string) bool {
	_, ok := w.words[key]
	return ok
}

// T returns the words of a key with {0}, {1} … replaced by the arguments.
// Numbers and dates among them are written the language's way, so a year or a
// number that is really a name has to come as a string. {0|t} takes the argument
// for a key and puts its words. {0|task|tasks} puts the first word where the
// argument is one, as a number or as the text "1", and else the second, for
// languages that tell them apart. A missing key comes out as itself in brackets.
func (w *Words) T(key string, args ...any) string {
	text, ok := w.words[key]
	if !ok {
		return "[" + key + "]"
	}
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	return fill(text, func(name string) (string, bool) {
		place, how, _ := strings.Cut(name, "|")
		i, err := strconv.Atoi(place)
		if err != nil || i < 0 || i >= len(args) {
			return "", false
		}
		singular, plural, counted := strings.Cut(how, "|")
		switch {
		case counted && isOne(args[i]):
			return singular, true
		case counted:
			return plural, true
		case how == "t":
			return w.T(fmt.Sprint(args[i])), true
		}
		return w.show(args[i]), true
	})
}

// isOne says whether an argument counts one thing.
func isOne(arg any) bool {
	if n, ok := number(arg); ok {
		return n == 1
	}
	return arg == "1"
}

// show writes one argument of T.
func (w *Words) show(arg any) string {
	switch v := arg.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return w.must(w.DateTime(v))
	case Date:
		return w.must(w.Date(v))
	case time.Duration:
		return v.String()
	}
	if _, ok := number(arg); ok {
		return w.must(w.Number(arg))
	}
	return fmt.Sprint(arg)
}

func (w *Words) must(text string, err error) string {
	if err != nil {
		return "[" + err.Error() + "]"
	}
	return text
}

// fill replaces each {name} that value knows; what it does not know stays.
func fill(text string, value func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		length := strings.IndexByte(text[open:], '}')
		if length < 0 {
			break
		}
		b.WriteString(text[:open])
		if v, ok := value(text[open+1 : open+length]); ok {
			b.WriteString(v)
		} else {
			b.WriteString(text[open : open+length+1])
		}
		text = text[open+length+1:]
	}
	b.WriteString(text)
	return b.String()
}
