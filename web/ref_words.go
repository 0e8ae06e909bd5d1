package web

import (
	"strings"

	"tiendo/templates"
)

// spokenRef is a duty's place as people say it: of "4.-2", the second dash under item 4, "4, gạch đầu dòng 2".
func spokenRef(w *templates.Words, ref string) string {
	var parts, path []string
	for part := range strings.SplitSeq(ref, ".") {
		key := ""
		switch {
		case len(part) > 1 && part[0] == '-':
			key = "duty.dash"
		case len(part) > 1 && part[0] == '+':
			key = "duty.plus"
		}
		if key == "" {
			path = append(path, part)
			continue
		}
		if len(path) > 0 {
			parts, path = append(parts, strings.Join(path, ".")), nil
		}
		parts = append(parts, w.T(key, part[1:]))
	}
	if len(path) > 0 {
		parts = append(parts, strings.Join(path, "."))
	}
	return strings.Join(parts, ", ")
}
