package extract

import "strings"

// classified reports whether the head of a source bears Mật, Tối mật or Tuyệt
// mật: the stamp in capitals as a word of its own, or a line "Độ mật: …".
// "Bí mật", "bảo mật" in a title are none.
func classified(s *Source) bool {
	for _, line := range headLines(s) {
		if classifiedLine(line) {
			return true
		}
	}
	return false
}

func classifiedLine(line string) bool {
	switch foldWords(line) {
	case "mat", "toi mat", "tuyet mat", "do mat mat", "do mat toi mat", "do mat tuyet mat":
		return strings.Contains(strings.ToLower(line), "mật")
	}
	ts := tokenize(line)
	for i, t := range ts {
		if t.text != "MẬT" {
			continue
		}
		switch at(ts, i-1).fold {
		case "bi", "bao", "co", "ca", "than", "nem", "duong", "an":
			continue
		}
		return true
	}
	return false
}
