package extract

// begins reports whether a name begins at token i.
func (n names) begins(i int) bool {
	t := at(n.ts, i)
	if t.kind != word {
		return false
	}
	if plurals[t.low] {
		if n.cell && t.low == "các" || t.low == "các" && at(n.ts, i+1).capital() && headNouns.match(n.ts, i+1) > 0 {
			return true
		}
		return groupNouns.match(n.ts, i+1) > 0 && likeGroups.match(n.ts, i+1) == 0 && t.low != "một" && t.low != "toàn"
	}
	if lowNouns.match(n.ts, i) > 0 {
		return true
	}
	if t.capital() && headNouns.match(n.ts, i) > 0 {
		return !verbLike(n.ts, i)
	}
	if t.text == "CT" || t.text == "PCT" {
		next := at(n.ts, i+1)
		return next.text == "UBND" || next.text == "HĐND" || next.text == "," && at(n.ts, i+2).text == "PCT"
	}
	return n.cell && (t.capital() && t.acronym() || headNouns.match(n.ts, i) > 0 && n.afterBreak(i))
}

// likeGroups begin like the noun of a group and are papers, cases or circumstances.
var likeGroups = newPhraseSet(
	"truong hop, vu viec, vu an, bao cao, bao bieu, hoi nghi, hoi thao, to khai, to trinh, bieu mau, bieu so, so lieu, so sach, bo tieu chi, bo thu tuc, bo chi so",
	"ban ke, ban do, ban ve, co so du lieu, co so ha tang, quan diem, khoi luong, dai hoi, doan duong, phong trao, tinh huong, tinh tiet, tinh trang, tinh nang, cap do, hoi cho",
)

// verbLike tells a capitalised verb that looks like a head noun: "Tổ chức tập
// huấn", "Báo cáo", "Thống kê tình hình", "Thanh tra, kiểm tra".
func verbLike(ts []token, i int) bool {
	t, next := ts[i], at(ts, i+1)
	switch t.fold {
	case "to":
		return next.low == "chức" && !(foldedAt(ts, i+2, "chinh", "tri") || foldedAt(ts, i+2, "xa", "hoi") || foldedAt(ts, i+2, "dang"))
	case "bao":
		return next.low == "cáo" || next.low == "đảm" || next.low == "vệ" || next.low == "gồm" || next.low == "quản" || next.low == "hiểm" && !foldedAt(ts, i+2, "xa", "hoi")
	case "ban":
		return next.low == "hành" || next.low == "giao" || next.low == "đầu"
	case "thong":
		return t.text == "Thống" && next.low == "kê" && !at(ts, i+2).capital() && at(ts, i+2).low != "tỉnh"
	case "thanh":
		return next.low == "tra" && inspects(at(ts, i+2), ts, i+2)
	case "phong":
		return t.low != "phòng" || next.low == "chống" || next.low == "ngừa" || next.text == ","
	case "bo":
		return t.low != "bộ" || next.low == "trí" || next.low == "sung" || next.low == "chỉ" && at(ts, i+2).low == "số" || next.low == "tiêu" || next.low == "thủ"
	case "truong":
		return next.low == "hợp" || t.low == "trương"
	case "lanh":
		return next.low == "đạo" && (at(ts, i+2).text == "," || at(ts, i+2).low == "thực" || at(ts, i+2).low == "việc" || at(ts, i+2).low == "công")
	case "hoi":
		return t.low != "hội" || next.low == "nghị" || next.low == "thảo" || next.low == "họp"
	case "xa":
		return t.low != "xã" || next.low == "hội"
	case "so":
		return t.low != "sở" || next.low == "hữu"
	case "quan":
		return t.low != "quận" && t.low != "quân"
	}
	want, ok := headSpelling[t.fold]
	return ok && t.low != want && headNouns.match(ts, i) == 1
}

// inspects reports whether "Thanh tra" acts and is no inspectorate: its object
// follows in small letters.
func inspects(after token, ts []token, i int) bool {
	if after.text == "," || after.low == "việc" || after.low == "công" || after.low == "trách" || after.low == "đột" {
		return true
	}
	return after.kind == word && !after.capital() && !plurals[after.low] && modifierAt(ts, i) == 0 && joinedNouns.match(ts, i) == 0 &&
		verbAt(ts, i) == 0 && !stopWords[after.low] && headNouns.match(ts, i) == 0 && !connectives[after.low] && after.low != "nhà" && after.low != "chuyên" && after.low != "chính" && after.low != "nhân"
}

// afterBreak reports whether token i opens the text or follows a mark.
func (n names) afterBreak(i int) bool { return i == 0 || n.ts[i-1].kind == mark }

// joins reports whether the noun in small letters after a comma goes on a group:
// "các sở, ban, ngành", "Thủ trưởng các cơ quan, đơn vị".
func (n names) joins(start, comma, j int) bool {
	t := n.ts[j]
	if t.kind != word || t.capital() || plurals[t.low] || joinedNouns.match(n.ts, j) == 0 {
		return false
	}
	if foldedAt(n.ts, j, "to", "chuc") && !modifiersOrEnd(n.ts, j+2) {
		return false
	}
	switch t.fold {
	case "xa", "phuong", "dac", "huyen", "thi", "thanh", "tinh", "ban", "nganh", "quan":
		return true
	}
	for k := start; k < comma; k++ {
		if plurals[n.ts[k].low] {
			return true
		}
	}
	return !n.begins(j)
}

// modifier returns the tokens of a modifier in small letters at i, 0 for none.
func (n names) modifier(i, start int) int {
	if i == start || n.ts[i].capital() || n.ts[i].kind != word {
		return 0
	}
	k := modifierAt(n.ts, i)
	if k > 0 && n.verbAfter(i) {
		return 0
	}
	return k
}

// ends reports whether the word at i is no part of the name that began at start.
func (n names) ends(i, start int) bool {
	t := n.ts[i]
	if t.kind != word || t.capital() {
		// A capital after a complete group or name without a comma opens the duty:
		// "Giao Sở Xây dựng Theo dõi", "Sở, ban, ngành Tổ chức".
		return t.capital() && !n.cell && i > start+2 && capitalVerb(n.ts, i) && !(i < start+6 && n.namedAfterWork(start))
	}
	if n.cell {
		return cellStops[t.low] || foldedAt(n.ts, i, "co", "trach", "nhiem") || foldedAt(n.ts, i, "tien", "hanh")
	}
	if n.modifier(i, start) > 0 {
		return false
	}
	if n.wholeDepartment(start, i) {
		return !levels[t.low] && !(t.low == "thành" && at(n.ts, i+1).low == "phố")
	}
	if t.low == "chỉ" && at(n.ts, i+1).fold == "huy" || at(n.ts, i-1).fold == "ban" && (foldedAt(n.ts, i, "chi", "dao") || foldedAt(n.ts, i, "quan", "ly") || foldedAt(n.ts, i, "to", "chuc")) {
		return false
	}
	if t.low == "có" && n.having(i, start) {
		return false
	}
	if t.low == "ký" && at(n.ts, i-1).text == "Đăng" {
		return false
	}
	if foldedAt(n.ts, i-1, "doi", "tuong") || at(n.ts, i-1).fold == "tuong" && foldedAt(n.ts, i-2, "doi") {
		return false
	}
	if foldedAt(n.ts, i, "to", "chuc") && (plurals[at(n.ts, i-1).low] || at(n.ts, i-1).text == ",") {
		return false
	}
	if t.low == "hàng" && at(n.ts, i-1).low == "ngân" || t.low == "giao" && (at(n.ts, i+1).low == "thông" || at(n.ts, i+1).low == "dịch") || t.low == "trình" && (at(n.ts, i-1).low == "công" || at(n.ts, i-1).low == "chương") {
		return false
	}
	if at(n.ts, i-1).low == "chủ" || at(n.ts, i-1).low == "nhà" || at(n.ts, i-1).low == "viện" && t.low == "nghiên" {
		return false
	}
	if t.fold == "xay" && at(n.ts, i-1).fold == "tu" || nameVerbs.match(n.ts, i) > 0 && takesVerbs(n.ts, start) && i-start < 6 {
		return false
	}
	return stopWords[t.low] || verbAt(n.ts, i) > 0 || n.strict && n.foreign(i, start)
}

// having reports whether "có …" at i says which of a group are meant, up to the
// colon that ends a heading: "UBND các xã, phường có bến khách ngang sông:".
func (n names) having(i, start int) bool {
	if foldedAt(n.ts, i, "co", "trach", "nhiem") || foldedAt(n.ts, i, "co", "nhiem", "vu") {
		return false
	}
	for j := i + 1; j < len(n.ts) && j < i+9; j++ {
		switch {
		case n.ts[j].text == ":":
			return true
		case n.ts[j].kind == mark || j > i+1 && verbAt(n.ts, j) > 0:
			return false
		}
	}
	return false
}

// takesVerbs reports whether a body of this sort is named after what it does:
// "Trung tâm Xúc tiến đầu tư", "Quỹ Đầu tư phát triển".
func takesVerbs(ts []token, start int) bool {
	switch ts[start].low {
	case "trung", "viện", "quỹ", "hội", "trường":
		return true
	case "công":
		return at(ts, start+1).low == "ty"
	}
	return false
}

// namedAfterWork reports whether the body at start bears in its name what it does,
// with a capital: "Công ty TNHH MTV Khai thác công trình thủy lợi".
func (n names) namedAfterWork(start int) bool {
	return foldedAt(n.ts, start, "cong", "ty") || foldedAt(n.ts, start, "tong", "cong", "ty") || foldedAt(n.ts, start, "trung", "tam") || foldedAt(n.ts, start, "quy")
}

// verbAfter tells "quản lý" that acts from "cơ quan quản lý": a modifier that is
// also a verb counts as one unless the noun before it takes it.
func (n names) verbAfter(i int) bool {
	if at(n.ts, i).fold != "quan" {
		return false
	}
	switch at(n.ts, i-1).fold {
	case "ban", "quan", "vi", "so", "muu", "mon":
		return false
	}
	return true
}

// capitalVerb reports whether a capitalised word opens a sentence of duty.
func capitalVerb(ts []token, i int) bool {
	if verbAt(ts, i) == 0 {
		return false
	}
	// "Sở Xây dựng", "Ban Quản lý", "Ban Chỉ đạo": the noun before takes it.
	switch at(ts, i-1).low {
	case "sở", "ban", "bộ", "vụ", "và", ",", "viện", "trường", "phòng", "hội", "tổng", "-", "–", "quỹ", "trung", "ngân", "công", "thanh", "cơ", "liên", "ty", "cục", "đoàn":
		return false
	}
	return at(ts, i-1).text != "," && !at(ts, i+1).capital()
}

// goesOn reports whether what follows a comma or "và" at j still belongs to the
// name that began at start.
func (n names) goesOn(start, j int) bool {
	t := at(n.ts, j)
	if t.kind != word {
		return false
	}
	if n.cell {
		return true
	}
	if t.acronym() {
		return true
	}
	if t.capital() {
		return verbAt(n.ts, j) == 0 || at(n.ts, j-1).low == "và" || n.ts[start].fold == "so" || n.ts[start].fold == "bo"
	}
	return joinedOrName(n.ts, j) > 0 && !(foldedAt(n.ts, j, "to", "chuc") && verbAt(n.ts, j+2) == 0 && !modifiersOrEnd(n.ts, j+2))
}

func modifiersOrEnd(ts []token, i int) bool {
	t := at(ts, i)
	return t.kind == mark || t.low == "và" || modifierAt(ts, i) > 0 || foldedAt(ts, i, "chinh") || foldedAt(ts, i, "xa") || t.low == "có" || stopWords[t.low]
}

func joinedOrName(ts []token, i int) int {
	if k := joinedNouns.match(ts, i); k > 0 {
		return k
	}
	return modifierAt(ts, i)
}
