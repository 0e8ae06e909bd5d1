package extract

import (
	"strings"
	"unicode"
)

// Before Unicode, Vietnamese was written with fonts that show other letters in the places of the western ones: TCVN3 (TCVN
// 5712:1993, fonts whose names begin with ".Vn") and VNI (fonts "VNI-…"). Files keep the western letters and the font's name.
type legacy byte

const (
	legacyNone legacy = iota
	legacyTCVN3
	legacyVNI
)

func (l legacy) String() string {
	return [...]string{"", "TCVN3", "VNI"}[l]
}

// tcvn3 are the letters by their places.
var tcvn3 = map[rune]rune{
	0xB5: 'à', 0xB8: 'á', 0xB6: 'ả', 0xB7: 'ã', 0xB9: 'ạ',
	0xA8: 'ă', 0xBB: 'ằ', 0xBE: 'ắ', 0xBC: 'ẳ', 0xBD: 'ẵ', 0xC6: 'ặ',
	0xA9: 'â', 0xC7: 'ầ', 0xCA: 'ấ', 0xC8: 'ẩ', 0xC9: 'ẫ', 0xCB: 'ậ',
	0xAE: 'đ',
	0xCC: 'è', 0xD0: 'é', 0xCE: 'ẻ', 0xCF: 'ẽ', 0xD1: 'ẹ',
	0xAA: 'ê', 0xD2: 'ề', 0xD5: 'ế', 0xD3: 'ể', 0xD4: 'ễ', 0xD6: 'ệ',
	0xD7: 'ì', 0xDD: 'í', 0xD8: 'ỉ', 0xDC: 'ĩ', 0xDE: 'ị',
	0xDF: 'ò', 0xE3: 'ó', 0xE1: 'ỏ', 0xE2: 'õ', 0xE4: 'ọ',
	0xAB: 'ô', 0xE5: 'ồ', 0xE8: 'ố', 0xE6: 'ổ', 0xE7: 'ỗ', 0xE9: 'ộ',
	0xAC: 'ơ', 0xEA: 'ờ', 0xED: 'ớ', 0xEB: 'ở', 0xEC: 'ỡ', 0xEE: 'ợ',
	0xEF: 'ù', 0xF3: 'ú', 0xF1: 'ủ', 0xF2: 'ũ', 0xF4: 'ụ',
	0xAD: 'ư', 0xF5: 'ừ', 0xF8: 'ứ', 0xF6: 'ử', 0xF7: 'ữ', 0xF9: 'ự',
	0xFA: 'ỳ', 0xFD: 'ý', 0xFB: 'ỷ', 0xFC: 'ỹ', 0xFE: 'ỵ',
	0xA1: 'Ă', 0xA2: 'Â', 0xA3: 'Ê', 0xA4: 'Ô', 0xA5: 'Ơ', 0xA6: 'Ư', 0xA7: 'Đ',
}

// vni joins the letters that VNI writes as two; the accent may be small or large as the letter is.
var vni = vniReplacer()

func vniReplacer() *strings.Replacer {
	pairs := [][2]string{
		{"aù", "á"}, {"aø", "à"}, {"aû", "ả"}, {"aõ", "ã"}, {"aï", "ạ"},
		{"aê", "ă"}, {"aé", "ắ"}, {"aè", "ằ"}, {"aú", "ẳ"}, {"aü", "ẵ"}, {"aë", "ặ"},
		{"aâ", "â"}, {"aá", "ấ"}, {"aà", "ầ"}, {"aå", "ẩ"}, {"aã", "ẫ"}, {"aä", "ậ"},
		{"eù", "é"}, {"eø", "è"}, {"eû", "ẻ"}, {"eõ", "ẽ"}, {"eï", "ẹ"},
		{"eâ", "ê"}, {"eá", "ế"}, {"eà", "ề"}, {"eå", "ể"}, {"eã", "ễ"}, {"eä", "ệ"},
		{"où", "ó"}, {"oø", "ò"}, {"oû", "ỏ"}, {"oõ", "õ"}, {"oï", "ọ"},
		{"oâ", "ô"}, {"oá", "ố"}, {"oà", "ồ"}, {"oå", "ổ"}, {"oã", "ỗ"}, {"oä", "ộ"},
		{"ôù", "ớ"}, {"ôø", "ờ"}, {"ôû", "ở"}, {"ôõ", "ỡ"}, {"ôï", "ợ"},
		{"uù", "ú"}, {"uø", "ù"}, {"uû", "ủ"}, {"uõ", "ũ"}, {"uï", "ụ"},
		{"öù", "ứ"}, {"öø", "ừ"}, {"öû", "ử"}, {"öõ", "ữ"}, {"öï", "ự"},
		{"yù", "ý"}, {"yø", "ỳ"}, {"yû", "ỷ"}, {"yõ", "ỹ"},
		{"ô", "ơ"}, {"ö", "ư"}, {"î", "ỵ"}, {"æ", "ỉ"}, {"ó", "ĩ"}, {"ò", "ị"}, {"ñ", "đ"},
	}
	var list []string
	for _, p := range pairs {
		letter, rest := string([]rune(p[0])[:1]), string([]rune(p[0])[1:])
		upper := strings.ToUpper(p[1])
		list = append(list, p[0], p[1], strings.ToUpper(p[0]), upper)
		if rest != "" {
			list = append(list, strings.ToUpper(letter)+rest, upper)
		}
	}
	return strings.NewReplacer(list...)
}

// fontEncoding tells the encoding by a font's name; capitals is true for the fonts of TCVN3 that show all letters as capitals.
func fontEncoding(name string) (encoding legacy, capitals bool) {
	switch name = strings.ToLower(strings.TrimSpace(name)); {
	case strings.HasPrefix(name, ".vn"):
		return legacyTCVN3, strings.HasSuffix(name, "h")
	case strings.HasPrefix(name, "vni-"):
		return legacyVNI, false
	}
	return legacyNone, false
}

// western tells whether all letters have a place in such a font. A file of today may name an old font and still hold
// Vietnamese letters: those are left as they are.
func western(s string) bool {
	for _, r := range s {
		if r > 0xFF && unicode.IsLetter(r) && !symbolPlace(r) {
			return false
		}
	}
	return true
}

// symbolPlace tells the places that Word gives to letters of fonts without a declared set: U+F000 and the letter's own.
func symbolPlace(r rune) bool { return r >= 0xF020 && r <= 0xF0FF }

// decode gives the letters that the font shows.
func (l legacy) decode(s string, capitals bool) string {
	if l == legacyNone || !western(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if symbolPlace(r) {
			r -= 0xF000
		}
		if l == legacyTCVN3 {
			if to, ok := tcvn3[r]; ok {
				return to
			}
		}
		return r
	}, s)
	if l == legacyVNI {
		s = vni.Replace(s)
	}
	if capitals {
		s = strings.ToUpper(s)
	}
	return s
}

// oldText gathers the words that stand in old fonts, as the file has them and decoded.
type oldText struct{ written, decoded strings.Builder }

func (o *oldText) add(written, decoded string) {
	const farEnough = 64 << 10
	if o.written.Len() < farEnough {
		o.written.WriteString(written)
		o.decoded.WriteString(decoded)
	}
}

// misnamed tells whether the words are of today and only the font is named by its old name.
func (o *oldText) misnamed() bool {
	return usual(o.written.String()) > usual(o.decoded.String())
}

// usualWords are among the commonest of the written language, and none of them can be read in two of the encodings.
var usualWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("của và các được những với không trong người để theo thực hiện định ngày tháng năm về số điều quyết nhân dân ủy " +
		"tỉnh nước quản lý việc công tác phối hợp chủ trì sở trước đơn vị cơ quan nhiệm vụ báo cáo độc lập tự hạnh phúc cộng hòa hoà xã hội nghĩa việt") {
		if !plainASCII(w) {
			m[w] = true
		}
	}
	return m
}()

func plainASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// usual counts the usual words of a text.
func usual(s string) int {
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if usualWords[strings.ToLower(w)] {
			n++
		}
	}
	return n
}

// guessLegacy tells by its words how a text without named fonts was written. It answers only when one reading gives many
// usual words and the text as it stands gives next to none.
func guessLegacy(s string) legacy {
	const farEnough, fewest, times = 64 << 10, 6, 5
	if len(s) > farEnough {
		s = strings.ToValidUTF8(s[:farEnough], "")
	}
	plain := usual(s)
	best, most := legacyNone, 0
	for _, l := range []legacy{legacyTCVN3, legacyVNI} {
		if n := usual(decodeLines(s, l)); n > most {
			best, most = l, n
		}
	}
	if most < fewest || most < times*(plain+1) {
		return legacyNone
	}
	return best
}

// writtenLegacy tells whether words that have been read are still in an old font's encoding: the file does not name the font.
func writtenLegacy(src *Source) legacy {
	const farEnough = 64 << 10
	var b strings.Builder
	for _, block := range src.Blocks {
		b.WriteString(block.Text + "\n")
		for _, row := range block.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.Text + "\n")
			}
		}
		if b.Len() > farEnough {
			break
		}
	}
	return guessLegacy(b.String())
}

// decodeLines decodes line by line: lines of today may stand beside old ones.
func decodeLines(s string, l legacy) string {
	if l == legacyNone {
		return s
	}
	lines := strings.SplitAfter(s, "\n")
	for i := range lines {
		lines[i] = l.decode(lines[i], false)
	}
	return strings.Join(lines, "")
}
