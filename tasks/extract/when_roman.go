package extract

import "strings"

// romanLetters mends a Roman number that a scan wrote with small L.
var romanLetters = strings.NewReplacer("l", "I")

// hasSmallL reports whether a word is a Roman number of at most four letters, l among them.
func hasSmallL(t token) bool {
	return len(t.text) <= 4 && strings.Contains(t.text, "l") && strings.Trim(t.text, "IlV") == ""
}
