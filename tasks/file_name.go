package tasks

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName is how many characters of a file's name are kept: file systems take 255 octets.
const maxFileName = 150

// fileName makes the name that a browser sent harmless wherever it is shown, logged or saved again: no folders, no control or
// hidden characters, not too long. The extension stays.
func fileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || isHidden(r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if name == "" {
		return "tep"
	}
	runes := []rune(name)
	if len(runes) <= maxFileName {
		return name
	}
	ext := []rune(path.Ext(name))
	if len(ext) > 10 {
		ext = nil
	}
	return string(runes[:maxFileName-len(ext)]) + string(ext)
}
