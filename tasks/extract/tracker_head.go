package extract

import (
	"slices"
	"strings"
)

// trackerRole is what a column of a tracker holds.
type trackerRole int8

const (
	trackerNone trackerRole = iota
	trackerIgnored
	trackerNumber
	trackerDocument // number, date and title in one cell
	trackerDocumentNumber
	trackerDocumentDate
	trackerDocumentTitle
	trackerTask
	trackerLead
	trackerCooperating
	trackerDue
	trackerExtended
	trackerStatus
	trackerTick // a state of its own, ticked
	trackerResult
	trackerDeliverable
	trackerCompleted
	trackerPercent
	trackerNote
)

// trackerColumns says which column of a tracker holds what.
type trackerColumns struct {
	roles map[int]trackerRole // by first grid column of the head's cell
	heads map[int]string
	body  int // index of the first row of data
	// fraction: percents are written as parts of one.
	fraction bool
	// dayOfWhat is the head of a column that may be the deadline or the day of completion, "" when there is none.
	dayOfWhat string
}

func (c trackerColumns) having(r trackerRole) []int {
	var out []int
	for col, have := range c.roles {
		if have == r {
			out = append(out, col)
		}
	}
	slices.Sort(out)
	return out
}

func (c trackerColumns) has(r trackerRole) bool { return len(c.having(r)) > 0 }

// trackerHead finds the heads of a tracker's columns, over one row or two. A tracker has duties and, beside who leads them, a deadline,
// or a state.
func (g grid) trackerHead() (trackerColumns, bool) {
	for i := range min(len(g.rows), headRows) {
		c := trackerColumns{roles: map[int]trackerRole{}, heads: map[int]string{}, body: i + 1}
		long := false
		for _, cell := range g.rows[i].Cells {
			long = long || len(cell.Text) > 120
			c.heads[cell.Col] = squeeze(cell.Text)
		}
		if long || len(c.heads) < 3 {
			continue
		}
		if i+1 < len(g.rows) && g.trackerSecondHead(i+1) {
			for _, cell := range g.rows[i+1].Cells {
				if over := g.at(i, cell.Col); over != nil && !cell.Continued && foldWords(over.Text) != foldWords(cell.Text) {
					if over.Col != cell.Col {
						c.heads[cell.Col] = squeeze(over.Text + " " + cell.Text)
						continue
					}
					c.heads[cell.Col] = squeeze(over.Text + " " + cell.Text)
				} else if over == nil {
					c.heads[cell.Col] = squeeze(cell.Text)
				}
			}
			c.body++
		}
		for col, text := range c.heads {
			if r := trackerColumn(foldWords(text)); r != trackerNone {
				c.roles[col] = r
			}
		}
		c.settle(g)
		known := c.has(trackerLead) && (c.has(trackerDue) || c.has(trackerStatus) || c.has(trackerTick) || c.has(trackerResult))
		if c.has(trackerTask) && (known || c.has(trackerDue) && (c.has(trackerStatus) || c.has(trackerTick))) {
			return c, true
		}
	}
	return trackerColumns{}, false
}

// trackerSecondHead reports whether row i goes on with the head: short words only, some cell above reaching over or down to it.
func (g grid) trackerSecondHead(i int) bool {
	wide, heads, others := false, 0, 0
	for _, cell := range g.rows[i-1].Cells {
		wide = wide || cell.Span > 1
	}
	for _, cell := range g.rows[i].Cells {
		f := foldWords(cell.Text)
		switch {
		case cell.Continued:
			wide = true
		case len(cell.Text) > 80 || columnNumbers.MatchString(strings.TrimSpace(cell.Text)):
			return false
		case secondHeads[f] || trackerColumn(f) != trackerNone:
			heads++
		case f != "":
			others++
		}
	}
	return wide && heads > 0 && heads >= others
}

// secondHeads are heads that say something only below another.
var secondHeads = map[string]bool{
	"so": true, "ngay": true, "so ky hieu": true, "ngay thang": true, "trich yeu": true, "noi dung": true, "ban dau": true, "theo van ban": true,
	"giao": true, "dung han": true, "qua han": true, "tre han": true, "trong han": true, "chua den han": true, "lan 1": true, "lan 2": true, "moi": true,
}

// trackerColumn tells a column by its folded head. What is asked first is what other heads' words may stand in as well.
func trackerColumn(f string) trackerRole {
	contains := func(list ...string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(" "+f+" ", " "+w+" ") })
	}
	is := func(list ...string) bool { return slices.Contains(list, f) }
	document := contains("van ban", "vb", "cong van", "cv den", "van ban chi dao", "van ban giao")
	switch {
	case f == "":
		return trackerNone
	case is("tt", "stt", "so tt", "so thu tu", "muc", "ma so", "ma", "ma nhiem vu"):
		return trackerNumber
	case contains("ghi chu", "kho khan", "vuong mac", "kien nghi", "nguyen nhan", "ly do"):
		return trackerNote
	case contains("ty le", "ti le", "phan tram", "muc do") && !contains("danh gia"), strings.HasSuffix(f, "hoan thanh 100"):
		return trackerPercent
	case contains("phoi hop") && !contains("chu tri"):
		return trackerCooperating
	case contains("lanh dao", "chuyen vien", "can bo", "nguoi theo doi", "phong chuyen mon", "phong theo doi", "theo doi"):
		return trackerIgnored
	case contains("gia han", "dieu chinh", "lui thoi han") || contains("thoi han moi", "han moi"):
		return trackerExtended
	case contains("chu tri", "chiu trach nhiem", "duoc giao", "tham muu", "phu trach", "dau moi"),
		contains("co quan", "don vi", "so nganh") && !contains("tinh", "ban hanh") && !document,
		is("thuc hien", "phan cong", "trach nhiem", "noi nhan nhiem vu"):
		return trackerLead
	case contains("hoan thanh thuc te", "thuc te hoan thanh", "ngay hoan thanh", "ngay bao cao", "ngay thuc hien xong", "ngay tra loi", "ngay ket thuc thuc te"):
		return trackerCompleted
	case contains("tinh trang", "trang thai", "tien do", "tinh hinh", "danh gia"):
		return trackerStatus
	case contains("thoi han", "thoi gian", "han xu ly", "han hoan thanh", "han bao cao", "han chot", "thoi diem", "deadline"), is("han"):
		return trackerDue
	}
	if state, ok := statusOf(f); ok && state.state != "" && len(f) <= 40 && !contains("ket qua", "noi dung", "nhiem vu", "san pham") {
		return trackerTick
	}
	switch {
	case contains("san pham", "dau ra"):
		return trackerDeliverable
	case contains("ket qua", "bao cao"):
		return trackerResult
	case contains("trich yeu", "ten van ban"):
		return trackerDocumentTitle
	case document && contains("ngay") && !contains("so", "ky hieu"), is("ngay ban hanh", "ngay giao", "ngay thang", "ngay"):
		return trackerDocumentDate
	case document && contains("ngay"), contains("so ngay"):
		return trackerDocument
	case contains("so ky hieu", "so hieu", "ky hieu"), document && contains("so"):
		return trackerDocumentNumber
	case contains("nhiem vu", "noi dung", "cong viec", "viec", "chi dao") && !contains("can cu") && !(document && contains("giao nhiem vu", "chi dao", "giao")):
		return trackerTask
	case document, contains("can cu"):
		return trackerDocument
	case contains("linh vuc", "hinh thuc", "kinh phi", "nguon", "nhom"):
		return trackerIgnored
	}
	return trackerNone
}

// settle decides between columns that claim the same, by what stands in them where the heads do not tell.
func (c *trackerColumns) settle(g grid) {
	for _, col := range c.having(trackerStatus) {
		if !c.has(trackerDue) && g.share(c.body, col, func(s string) bool { return Deadline(s, Anchor{Year: 2000}).Kind != DueNone }) > 60 {
			c.roles[col] = trackerDue
		}
	}
	if lead := c.having(trackerLead); len(lead) > 1 {
		for _, word := range []string{"chu tri", "thuc hien", "duoc giao"} {
			i := slices.IndexFunc(lead, func(col int) bool { return strings.Contains(foldWords(c.heads[col]), word) })
			if i < 0 {
				continue
			}
			for k, col := range lead {
				if k != i {
					c.roles[col] = trackerIgnored
				}
			}
			break
		}
	}
	if !c.has(trackerTask) {
		// The title of the document, or its whole column, is the duty when nothing else is.
		for _, r := range []trackerRole{trackerDocumentTitle, trackerDocument} {
			if cols := c.having(r); len(cols) > 0 {
				c.roles[cols[0]] = trackerTask
				break
			}
		}
	}
	if cols := c.having(trackerCompleted); len(cols) > 0 && !c.has(trackerDue) && !c.has(trackerExtended) {
		c.dayOfWhat = c.heads[cols[0]]
	}
	most := 0.0
	for _, col := range c.having(trackerPercent) {
		for i := c.body; i < len(g.rows); i++ {
			if cell := g.at(i, col); cell != nil {
				if v, sign, ok := cellNumber(cell.Text); ok && !sign {
					most = max(most, v)
				}
			}
		}
	}
	c.fraction = most > 0 && most <= 1
}

// share counts the cells of a column, in per cent of those with words, of which ok is true.
func (g grid) share(body, col int, ok func(string) bool) int {
	all, good := 0, 0
	for i := body; i < min(len(g.rows), body+100); i++ {
		cell := g.at(i, col)
		if cell == nil || cell.Continued || cell.Text == "" || cell.Span > 2 {
			continue
		}
		all++
		if ok(cell.Text) {
			good++
		}
	}
	if all == 0 {
		return 0
	}
	return 100 * good / all
}
