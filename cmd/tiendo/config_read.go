package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/tasks/directory"

	"github.com/BurntSushi/toml"
)

// loadConfig reads a file over the defaults. Every unknown setting and every value that cannot be used is named at once, with its
// line and with what is right.
func loadConfig(path string) (config, error) {
	c := defaultConfig()
	text, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = fmt.Errorf("%w: copy config.example.toml there, or name another file with -config", err)
		}
		return config{}, fmt.Errorf("read configuration: %w", err)
	}
	r := configReader{path: path}
	var top map[string]toml.Primitive
	if r.meta, err = toml.Decode(string(text), &top); err != nil {
		if parse, ok := errors.AsType[toml.ParseError](err); ok {
			return config{}, fmt.Errorf("%s: line %d: %s", path, parse.Position.Line, parse.Message)
		}
		return config{}, fmt.Errorf("%s: %w", path, err)
	}
	r.lines = linesOf(string(text))
	r.table("", top, reflect.ValueOf(&c).Elem())
	mistyped := maps.Clone(r.wrong)
	for _, m := range c.complete(filepath.Dir(path)) {
		if !mistyped[m.setting] { // of such a value only the default is known
			r.bad(m.setting, m.err)
		}
	}
	slices.SortStableFunc(r.mistakes, func(a, b mistake) int { return r.lines.of(a.setting) - r.lines.of(b.setting) })
	var errs []error
	for _, m := range r.mistakes {
		if line := r.lines.of(m.setting); line > 0 {
			errs = append(errs, fmt.Errorf("%s: line %d: %s: %w", path, line, m.setting, m.err))
		} else {
			errs = append(errs, fmt.Errorf("%s: %s: %w", path, m.setting, m.err))
		}
	}
	if len(errs) > 0 {
		return config{}, errors.Join(errs...)
	}
	return c, nil
}

// mistake is what is wrong with a setting, by its dotted name.
type mistake struct {
	setting string
	err     error
}

type mistakes []mistake

func (m mistakes) err() error {
	var errs []error
	for _, one := range m {
		errs = append(errs, fmt.Errorf("%s: %w", one.setting, one.err))
	}
	return errors.Join(errs...)
}

// configReader gathers all that is wrong with a file.
type configReader struct {
	path     string
	meta     toml.MetaData
	lines    settingLines
	mistakes mistakes
	wrong    map[string]bool // by setting
}

func (r *configReader) bad(setting string, err error) {
	if r.wrong == nil {
		r.wrong = make(map[string]bool)
	}
	r.wrong[setting] = true
	r.mistakes = append(r.mistakes, mistake{setting, err})
}

// table reads the settings of one table into the struct's fields.
func (r *configReader) table(prefix string, table map[string]toml.Primitive, into reflect.Value) {
	known := make(map[string]reflect.Value)
	for f, v := range into.Fields() {
		if tag := f.Tag.Get("toml"); tag != "" {
			known[tag] = v
		}
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		field, ok := known[name]
		if !ok {
			r.bad(prefix+name, unknownSetting(prefix, name))
			continue
		}
		r.setting(prefix+name, table[name], field)
	}
}

func (r *configReader) setting(name string, value toml.Primitive, into reflect.Value) {
	if into.Kind() == reflect.Struct {
		var table map[string]toml.Primitive
		if err := r.meta.PrimitiveDecode(value, &table); err != nil {
			r.bad(name, fmt.Errorf("a table is wanted: [%s] on a line of its own, its settings below", name))
			return
		}
		r.table(name+".", table, into)
		return
	}
	standard := into.Interface()
	kind := r.meta.Type(strings.Split(name, ".")...)
	// A bare number would be taken for nanoseconds.
	if _, duration := standard.(time.Duration); duration && kind != "String" {
		r.bad(name, fmt.Errorf("%s given, %s", strings.ToLower(kind), wanted(standard)))
		return
	}
	given := reflect.New(into.Type()) // a failed list would leave the default half overwritten
	if err := r.meta.PrimitiveDecode(value, given.Interface()); err != nil {
		r.bad(name, fmt.Errorf("%s given, %s", strings.ToLower(kind), wanted(standard)))
		return
	}
	into.Set(given.Elem())
}

// wanted says what a setting takes, with its default as the example.
func wanted(standard any) string {
	switch v := standard.(type) {
	case string:
		if v == "" {
			v = "…"
		}
		return fmt.Sprintf("text in quotes is wanted, such as %q", v)
	case time.Duration:
		return fmt.Sprintf("a time in quotes is wanted, such as %q", shortDuration(v))
	case bool:
		return "true or false is wanted, without quotes"
	case int:
		return fmt.Sprintf("a whole number is wanted, without quotes, such as %d", v)
	case []int:
		texts := make([]string, len(v))
		for i, n := range v {
			texts[i] = strconv.Itoa(n)
		}
		return fmt.Sprintf("a list of whole numbers is wanted, such as [%s]", strings.Join(texts, ", "))
	}
	return `a list of texts is wanted, such as ["10.0.0.1"]`
}

// shortDuration writes "1m" where Go writes "1m0s".
func shortDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	return s
}

// unknownSetting says which setting was probably meant: one nearly alike, or one of this name in another table.
func unknownSetting(prefix, name string) error {
	all := settingPaths("", reflect.TypeFor[config]())
	best, least := "", 3
	for _, s := range all {
		if d := directory.EditDistance(strings.ToLower(prefix+name), s); d < least {
			best, least = s, d
		}
	}
	for _, s := range all {
		if best == "" && strings.HasSuffix("."+s, "."+name) {
			best = s
		}
	}
	if best == "" {
		return errors.New("there is no such setting; config.example.toml shows all")
	}
	return fmt.Errorf("there is no such setting; is %s meant? config.example.toml shows all", best)
}

// settingPaths lists the dotted names of all settings and tables.
func settingPaths(prefix string, t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		tag := f.Tag.Get("toml")
		if tag == "" {
			continue
		}
		names = append(names, prefix+tag)
		if f.Type.Kind() == reflect.Struct {
			names = append(names, settingPaths(prefix+tag+".", f.Type)...)
		}
	}
	return names
}
