package extract

import "strings"

// taskBodies are set up for a purpose, which goes on their name in small letters:
// "Ban Chỉ đạo phòng, chống tác hại thuốc lá tỉnh".
var taskBodies = newPhraseSet("ban chi dao, ban chi huy, ban to chuc, to cong tac, to giup viec, hoi dong, to de an")

// purposeLength is the longest purpose looked at, in tokens.
const purposeLength = 24

// purpose returns the index behind the name of a body with its purpose, start when
// it has none: the purpose ends with the place whose body it is ("tỉnh", "thành
// phố"), and whoever is named acts right behind it.
func (n names) purpose(start int) int {
	k := taskBodies.match(n.ts, start)
	if k == 0 || n.cell {
		return start
	}
	first := at(n.ts, start+k)
	if first.kind != word || first.capital() || stopWords[first.low] || levels[first.low] || modifierAt(n.ts, start+k) > 0 {
		return start
	}
	for j := start + k + 1; j < len(n.ts) && j < start+k+purposeLength; j++ {
		t := n.ts[j]
		if t.kind == mark && t.text != "," && t.text != "-" && t.text != "–" || t.kind == word && t.capital() && headNouns.match(n.ts, j) > 0 && !verbLike(n.ts, j) {
			return start
		}
		to := j + 1
		switch {
		case t.low == "tỉnh" || t.low == "huyện":
		case t.low == "thành" && at(n.ts, j+1).low == "phố":
			to++
		default:
			continue
		}
		if before := at(n.ts, j-1); before.low == "của" || before.low == "bàn" || before.low == "toàn" || before.low == "trong" || before.acronym() && before.text == "UBND" || plurals[before.low] {
			return start
		}
		if next := at(n.ts, to); to >= len(n.ts) || next.text == ":" || next.kind == word && !next.capital() && verbAt(n.ts, to) > 0 {
			return to
		}
	}
	return start
}

// departmentFields are the fields that the departments of a province are named
// after (Nghị định 45/2025/NĐ-CP and, before it, Nghị định 24/2014/NĐ-CP).
var departmentFields = newPhraseSet(
	"noi vu, tu phap, tai chinh, cong thuong, xay dung, y te, ngoai vu, du lich, ke hoach va dau tu, giao thong van tai",
	"nong nghiep va moi truong, nong nghiep va phat trien nong thon, tai nguyen va moi truong, khoa hoc va cong nghe",
	"van hoa the thao va du lich, giao duc va dao tao, thong tin va truyen thong, dan toc va ton giao, quy hoach va kien truc",
)

// lowDepartments reads departments named in small letters after their group: "các
// sở, ngành: nội vụ, tư pháp, tài chính". i is behind "sở" or "ngành". It returns
// nil when fewer than two stand there.
func (n names) lowDepartments(start, i int) ([]string, int) {
	if before := at(n.ts, i-1).low; !plurals[n.ts[start].low] || before != "sở" && before != "ngành" || i-start > 5 {
		return nil, i
	}
	j := i
	if at(n.ts, j).text == ":" {
		j++
	}
	var out []string
	next := j
	for {
		k, words := n.departmentField(j)
		if k == 0 || n.ts[j].capital() {
			break
		}
		out = append(out, "Sở "+words)
		next = j + k
		if j = n.separator(next); j == next {
			break
		}
	}
	if len(out) < 2 {
		return nil, i
	}
	if n.begins(n.skipAddress(j)) || j == next {
		return out, next
	}
	// What follows the last comma belongs to no department: "…, công an tỉnh".
	if at(n.ts, j).kind == word && !at(n.ts, j).capital() && verbAt(n.ts, j) == 0 && !stopWords[at(n.ts, j).low] {
		return nil, i
	}
	return out, next
}

// departmentField matches one field at i; the comma of "văn hóa, thể thao và du
// lịch" is part of it.
func (n names) departmentField(i int) (int, string) {
	k := departmentFields.match(n.ts, i)
	if k == 0 && foldedAt(n.ts, i, "van", "hoa", ",", "the", "thao", "va", "du", "lich") {
		k = 8
	}
	if k == 0 {
		return 0, ""
	}
	return k, strings.TrimSpace(n.text[n.ts[i].start:n.ts[i+k-1].end])
}

// wholeDepartment reports whether the name from start on has just ended with the
// field of a department, so that a word in small letters at i is no part of it:
// "Giám đốc Sở Tài chính cấp bổ sung …".
func (n names) wholeDepartment(start, i int) bool {
	for j := start; j < i && j < start+5; j++ {
		if n.ts[j].low != "sở" {
			continue
		}
		k, _ := n.departmentField(j + 1)
		return k > 0 && j+1+k == i
	}
	return false
}

// unknownGroup reads "các hộ nuôi lồng bè" behind an order at j: a group whose noun
// is not known, up to the verb. The noun must be one of people or of a place where
// they work: contents, tasks and papers do nothing.
func (d duty) unknownGroup(j int) (lead, bool) {
	if l := at(d.n.ts, j).low; l != "các" && l != "những" || d.n.begins(j) || !d.n.actorNoun(j+1) {
		return lead{}, false
	}
	for k := j + 2; k < len(d.n.ts) && k < j+9 && d.n.ts[k].kind == word; k++ {
		if !d.n.ts[k].capital() && verbAt(d.n.ts, k) > 0 {
			return d.found(d.n.one(j, k, nil), leadItem, j, k).guess(true), true
		}
	}
	return lead{}, false
}

// actorNoun reports whether a noun of people, households or workplaces that may be
// obliged beside the agencies stands at i; told by its marks, for "hộ" folds like
// "hồ sơ" and "quỹ" like "quy định".
func (n names) actorNoun(i int) bool {
	return actorNouns[at(n.ts, i).low] || actorNouns[at(n.ts, i).low+" "+at(n.ts, i+1).low]
}

var actorNouns = wordSet(
	"hộ, người, chủ, cán bộ, công chức, viên chức, đảng viên, đoàn viên, hội viên, xã viên, nhân viên, chuyên viên, chuyên gia, giáo viên, phóng viên, công nhân",
	"nhà khoa, nhà sản, nhà cung, nhà máy, nhà trường, nhà mạng, nhà xe, nhà văn, nhà quản, nhà giáo, nhà phân, nhà đầu, nhà thầu, nhà báo, ngư dân, nông dân, tiểu thương",
	"thương nhân, cử tri, đại biểu, luật sư, bác sĩ, kế toán, kiểm lâm, thuyền trưởng, trưởng, phó, thầy, học sinh, sinh viên, tình nguyện, chiến sĩ, nghệ nhân, hướng dẫn viên",
	"xí nghiệp, lâm trường, nông trường, đồn, chốt, hạt, trạm, kho, cảng, bến, chợ, cửa hàng, siêu thị, khách sạn, nhà hàng, hãng, quỹ, xưởng, phân viện, phân xưởng, học viện, phòng khám",
	"chi đoàn, chi bộ, đảng bộ, đảng ủy, đảng đoàn, tiểu đoàn, trung đoàn, sư đoàn, ấp, khóm, buôn, khu phố, đội, bếp, kíp",
)

func wordSet(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for phrase := range strings.SplitSeq(list, ", ") {
			set[phrase] = true
		}
	}
	return set
}
