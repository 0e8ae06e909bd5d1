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
	for _, b := range s.Blocks {
		if b.Sheet == "" {
			continue
		}
		for _, r := range b.Rows[:min(len(b.Rows), sheetHead)] {
			for _, c := range r.Cells {
				if classifiedLine(squeeze(c.Text)) {
					return true
				}
			}
		}
	}
	return false
}

// sheetHead is how many rows of every sheet are looked at for a stamp.
const sheetHead = 8

func classifiedLine(line string) bool {
	switch foldWords(line) {
	case "m a t", "t o i m a t", "t u y e t m a t":
		return strings.Contains(line, "Ậ") // a stamp with its letters spaced
	case "mat", "toi mat", "tuyet mat", "do mat mat", "do mat toi mat", "do mat tuyet mat", "tai lieu mat", "van ban mat", "dau mat":
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
