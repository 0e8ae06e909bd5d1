package extract

// subject reads names as list does. Where the words after them do not tell that
// somebody acts, or a name seems to have taken in a verb that is not known, it
// reads again and ends a proper name at the first word that names do not hold;
// guessed says so.
func (n names) subject(i int) (list []string, next int, guessed bool) {
	list, next = n.list(i)
	if n.cell || n.strict || len(list) == 0 {
		return list, next, false
	}
	narrow := n
	narrow.strict = true
	short, end := narrow.list(i)
	if len(short) == 0 || end > next || !n.opensDuty(end) {
		return list, next, false
	}
	if (duty{n}).acts(next) && (end == next || !n.swallowed(i, next) && !n.complete(i, end)) {
		return list, next, false
	}
	return short, end, true
}

// complete reports whether nothing can go on the last of the names that end before
// token end: a group, a place's level ("tỉnh"), a body whose names are known.
func (n names) complete(i, end int) bool {
	last := i
	for k := i; k < end; k++ {
		if after := n.separator(k); after > k && after < end && n.begins(n.skipAddress(after)) {
			last = n.skipAddress(after)
		}
	}
	return closedHeads.match(n.ts, last) > 0 || levels[n.ts[end-1].low]
}

// closedHeads begin the names of bodies that law sets; unlike associations and
// companies they have no names of their own making.
var closedHeads = newPhraseSet("so, bo, ubnd, uy ban nhan dan, hdnd, hoi dong nhan dan, cong an, thanh tra, thue, kho bac, giam doc so, chu tich ubnd, chu tich uy ban nhan dan")

// opensDuty reports whether an unknown word at i may be the verb of those named
// before it: no preposition, no conjunction, no noun of a name.
func (n names) opensDuty(i int) bool {
	t := at(n.ts, i)
	return t.kind == word && !t.capital() && !stopWords[t.low] && !connectives[t.low]
}

// connectives never stand where a verb does.
var connectives = map[string]bool{
	"của": true, "và": true, "hoặc": true, "các": true, "những": true, "mọi": true, "thuộc": true, "ở": true, "bởi": true, "nhưng": true,
	"còn": true, "là": true, "như": true, "mà": true, "thì": true, "này": true, "đó": true, "trên": true, "dưới": true, "giữa": true,
}

// swallowed reports whether the names from i to next hold a group in the midst of
// a proper name: "Sở Nội vụ nhắc nhở các đơn vị".
func (n names) swallowed(i, next int) bool {
	for j := i + 3; j < next; j++ {
		if !plurals[n.ts[j].low] || n.ts[j].capital() {
			continue
		}
		before := n.ts[j-1]
		if before.kind == word && !before.capital() && !before.acronym() && headEnds(n.ts, j) == 0 && before.low != "và" {
			return true
		}
	}
	return false
}

// headEnds returns the length of a head noun that ends just before i, 0 for none:
// "Thủ trưởng các", "Ban Quản lý các".
func headEnds(ts []token, i int) int {
	for k := 1; k <= 4 && k <= i; k++ {
		if got := headNouns.match(ts, i-k); got == k {
			return k
		}
		if joinedOrName(ts, i-k) == k || properNouns.match(ts, i-k) == k {
			return k
		}
	}
	return 0
}

// foreign reports whether the word in small letters at i cannot belong to the name
// that began at start. The second syllable of a word with a capital ("Nội vụ"),
// modifiers and the nouns of names and groups belong to it.
func (n names) foreign(i, start int) bool {
	t, head := n.ts[i], headNouns.match(n.ts, start)
	group := plurals[n.ts[start].low] || !n.ts[start].capital()
	if group {
		head = max(1+groupNouns.match(n.ts, start+1), lowNouns.match(n.ts, start))
	}
	if t.kind != word || i < start+head || plurals[t.low] || connectives[t.low] {
		return false
	}
	for k := range 3 { // k syllables inside a modifier or a noun
		if i-k <= start {
			break
		}
		if joinedOrName(n.ts, i-k) > k || headNouns.match(n.ts, i-k) > k || properNouns.match(n.ts, i-k) > k || group && groupNouns.match(n.ts, i-k) > k {
			return false
		}
	}
	run := 0 // capitals before i, the head noun left out
	for j := i - 1; j >= start+head && n.ts[j].capital() && !n.ts[j].acronym() && !innerHeads[n.ts[j].low]; j-- {
		run++
	}
	return run != 1 || wholeWords[n.ts[i-1].low]
}

// innerHeads begin a further body inside a name: "các thành viên của Ban Chỉ đạo".
var innerHeads = map[string]bool{"ban": true, "bộ": true, "sở": true, "hội": true, "đoàn": true, "phòng": true, "cục": true, "vụ": true}

// levels end the name of a group or of a place's body.
var levels = map[string]bool{"tỉnh": true, "huyện": true, "xã": true, "phường": true, "ngành": true, "khu": true}

// wholeWords are words of one syllable that no second follows.
var wholeWords = map[string]bool{"tỉnh": true, "thuế": true, "đoàn": true, "huyện": true, "i": true, "v": true, "x": true}

// properNouns are the words in small letters that proper names hold after the word
// with a capital: "Ban Quản lý dự án đầu tư xây dựng", "Hội Chữ thập đỏ".
var properNouns = newPhraseSet(
	"nhan dan, du an, dau tu, xay dung, cong trinh, giao thong, thuy loi, kinh te, cong nghiep, xa hoi, bao hiem, kiem sat, thuong mai, du lich",
	"van tai, nong thon, nong nghiep, moi truong, do thi, ha tang, thi truong, hanh chinh, cong, cong lap, dan su, chien binh, chu thap do, do, cao tuoi, nguoi, trau mo coi",
	"khuyet tat, mo coi, xung phong, phu nu, thanh nien, dai bieu, quoc hoi, hoi dong, thuong truc, quan su, bien phong, bo doi, thuy van, khi tuong",
	"van hoa, the thao, nghe thuat, thong tin, truyen thong, phat thanh, truyen hinh, dien tu, cong nghe, khoa hoc, ky thuat, doi moi, sang tao",
	"cong dong, giao duc, dao tao, day nghe, viec lam, lao dong, thuong binh, y te, benh vien, da khoa, kiem soat, benh tat, an toan, thuc pham, ve sinh",
	"phong chay, chua chay, chong, chua,  cuu nan, cuu ho, thien tai, tim kiem, quoc phong, an ninh, tu phap, luat gia, luat su, dau gia, tai san, tai chinh",
	"ngan sach, kho bac, tin dung, chinh sach, phat trien, ho tro, doanh nghiep, nho va vua, khu vuc, chi nhanh, lien tinh, so, lam nghiep, kiem lam",
	"dat dai, dia chinh, quy dat, khoang san, tai nguyen, nuoc, rung, phong ho, dac dung, cay trong, chan nuoi, thu y, thuy san, khuyen nong",
	"vu trang, to quoc, viet nam, chinh phu, trung uong, thanh tra, kiem toan, kiem tra, to chuc, tuyen giao, dan van, noi chinh, co yeu, luu tru, van thu",
	"dien luc, vien thong, buu dien, cap nuoc, thoat nuoc, cong ich, thuong hieu, hop tac, lien minh, tu van, giam sat, quan ly, chinh tri",
)
