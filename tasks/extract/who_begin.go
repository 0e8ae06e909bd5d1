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
		return groupNouns.match(n.ts, i+1) > 0 && t.low != "một" && t.low != "toàn"
	}
	if lowNouns.match(n.ts, i) > 0 {
		return true
	}
	if t.capital() && headNouns.match(n.ts, i) > 0 {
		return !verbLike(n.ts, i)
	}
	return n.cell && (t.capital() && t.acronym() || headNouns.match(n.ts, i) > 0 && n.afterBreak(i))
}

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
		return next.low == "tra" && (at(ts, i+2).text == "," || at(ts, i+2).low == "việc" || at(ts, i+2).low == "công")
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
	return ok && t.low != want && next.fold != "hiem"
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
	k := modifiers.match(n.ts, i)
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
		return t.capital() && !n.cell && i > start+2 && capitalVerb(n.ts, i)
	}
	if n.cell {
		return cellStops[t.low] || foldedAt(n.ts, i, "co", "trach", "nhiem") || foldedAt(n.ts, i, "tien", "hanh")
	}
	if n.modifier(i, start) > 0 {
		return false
	}
	if t.low == "chỉ" && at(n.ts, i+1).fold == "huy" || at(n.ts, i-1).fold == "ban" && (foldedAt(n.ts, i, "chi", "dao") || foldedAt(n.ts, i, "quan", "ly") || foldedAt(n.ts, i, "to", "chuc")) {
		return false
	}
	if foldedAt(n.ts, i-1, "doi", "tuong") || at(n.ts, i-1).fold == "tuong" && foldedAt(n.ts, i-2, "doi") {
		return false
	}
	if foldedAt(n.ts, i, "to", "chuc") && (plurals[at(n.ts, i-1).low] || at(n.ts, i-1).text == ",") {
		return false
	}
	if t.low == "hàng" && at(n.ts, i-1).low == "ngân" {
		return false
	}
	if at(n.ts, i-1).low == "chủ" || at(n.ts, i-1).low == "nhà" || at(n.ts, i-1).low == "viện" && t.low == "nghiên" {
		return false
	}
	if t.fold == "xay" && at(n.ts, i-1).fold == "tu" || nameVerbs.match(n.ts, i) > 0 && takesVerbs(n.ts[start]) && i-start < 6 {
		return false
	}
	return stopWords[t.low] || verbs.match(n.ts, i) > 0
}

// takesVerbs reports whether a body of this sort is named after what it does:
// "Trung tâm Xúc tiến đầu tư", "Quỹ Đầu tư phát triển".
func takesVerbs(head token) bool {
	switch head.fold {
	case "trung", "vien", "quy", "cong", "hoi", "truong":
		return true
	}
	return false
}

// verbAfter tells "quản lý" that acts from "cơ quan quản lý": a modifier that is
// also a verb counts as one unless the noun before it takes it.
func (n names) verbAfter(i int) bool {
	if at(n.ts, i).fold != "quan" {
		return false
	}
	switch at(n.ts, i-1).fold {
	case "ban", "quan", "vi", "so", "muu":
		return false
	}
	return true
}

// capitalVerb reports whether a capitalised word opens a sentence of duty.
func capitalVerb(ts []token, i int) bool {
	if verbs.match(ts, i) == 0 {
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
		return verbs.match(n.ts, j) == 0 || at(n.ts, j-1).low == "và" || n.ts[start].fold == "so" || n.ts[start].fold == "bo"
	}
	return joinedOrName(n.ts, j) > 0 && !(foldedAt(n.ts, j, "to", "chuc") && verbs.match(n.ts, j+2) == 0 && !modifiersOrEnd(n.ts, j+2))
}

func modifiersOrEnd(ts []token, i int) bool {
	t := at(ts, i)
	return t.kind == mark || t.low == "và" || modifiers.match(ts, i) > 0 || foldedAt(ts, i, "chinh") || foldedAt(ts, i, "xa") || t.low == "có" || stopWords[t.low]
}

func joinedOrName(ts []token, i int) int {
	if k := joinedNouns.match(ts, i); k > 0 {
		return k
	}
	return modifiers.match(ts, i)
}
