package extract

import (
	"maps"
	"slices"
	"strings"
)

// columns says which column of a table holds what.
type columns struct {
	roles map[int]role // by first grid column of the head's cell
	heads map[int]string
	body  int // index of the first row of data
	doubt bool
	ticks map[int]string // columns of times that a row ticks: "Quý I"
}

func (c columns) find(r role) (int, bool) {
	best, ok := 0, false
	for col, have := range c.roles {
		if have == r && (!ok || col < best) {
			best, ok = col, true
		}
	}
	return best, ok
}

// headRows is how far down the head of a table is looked for.
const headRows = 30

// readHead finds the row of column heads and tells the columns' roles; ok is
// false for a table that is none of duties.
func (g grid) readHead() (columns, bool) {
	for i := range g.rows {
		if i >= headRows {
			break
		}
		c, ok := g.headAt(i)
		if ok {
			return c, true
		}
	}
	return columns{}, false
}

// headAt reads row i as a head, with a second row of it if there is one.
func (g grid) headAt(i int) (columns, bool) {
	c := columns{roles: map[int]role{}, heads: map[int]string{}, body: i + 1}
	for _, cell := range g.rows[i].Cells {
		if len(cell.Text) > 120 {
			return c, false
		}
		c.heads[cell.Col] = cell.Text
	}
	if len(c.heads) < 3 {
		return c, false
	}
	if i+1 < len(g.rows) && g.secondHead(i+1) {
		below := map[int]string{}
		for _, cell := range g.rows[i+1].Cells {
			if over := g.at(i, cell.Col); !cell.Continued && over != nil && foldWords(over.Text) != foldWords(cell.Text) {
				delete(c.heads, over.Col)
				below[cell.Col] = squeeze(over.Text + " " + cell.Text)
			}
		}
		maps.Copy(c.heads, below)
		c.body++
	}
	targets := false
	for col, text := range c.heads {
		r := columnRole(foldWords(text))
		if r != roleNone {
			c.roles[col] = r
		}
		targets = targets || targetHead(foldWords(text))
	}
	g.ticked(&c)
	c.settle()
	g.taskByContent(&c)
	_, task := c.find(roleTask)
	_, who := c.find(roleLead)
	_, when := c.find(roleDue)
	_, with := c.find(roleCooperating)
	if !task || targets && !c.charges() {
		return c, false
	}
	return c, who && (when || with || len(c.heads) >= 3) || when && with || when && len(c.heads) <= 6
}

// charges reports whether a table that gives points or units beside each line
// hands out duties all the same: a head that names the duty itself, and who must
// do it by when.
func (c columns) charges() bool {
	_, lead := c.find(roleLead)
	_, due := c.find(roleDue)
	return lead && due && slices.ContainsFunc(c.having(roleTask), func(col int) bool {
		f := foldWords(c.heads[col])
		return strings.Contains(f, "nhiem vu") || strings.Contains(f, "giai phap") || strings.Contains(f, "cong viec") || strings.Contains(f, "bien phap")
	})
}

// taskByContent takes, where no head says which column holds the duty but others
// say who leads, who cooperates or by when, the column with by far the longest
// words for it; a doubt tells.
func (g grid) taskByContent(c *columns) {
	if _, ok := c.find(roleTask); ok {
		return
	}
	_, lead := c.find(roleLead)
	_, due := c.find(roleDue)
	_, with := c.find(roleCooperating)
	if !lead || !due && !with {
		return
	}
	best, longest, second := -1, 0, 0
	for col := range c.heads {
		if _, ok := c.roles[col]; ok {
			continue
		}
		total := 0
		for i := c.body; i < len(g.rows); i++ {
			if cell := g.at(i, col); cell != nil && cell.Col == col && !cell.Continued {
				total += len(cell.Text)
			}
		}
		if total > longest {
			best, longest, second = col, total, longest
		} else {
			second = max(second, total)
		}
	}
	if best >= 0 && longest > 2*second && longest > 15*(len(g.rows)-c.body) {
		c.roles[best], c.doubt = roleTask, true
	}
}

// secondHead reports whether row i continues the head: short cells, some of them
// merged with the row above or with roles of their own.
func (g grid) secondHead(i int) bool {
	merged, short := 0, true
	for _, cell := range g.rows[i].Cells {
		if cell.Continued {
			merged++
			continue
		}
		if len(cell.Text) > 60 || strings.Trim(foldWords(cell.Text), "0123456789 ivx") == "" && cell.Text != "" {
			short = false
		}
	}
	if short && merged > 0 && merged < len(g.rows[i].Cells) {
		return true
	}
	// Merging lost: the row above has a wide cell and this one only heads.
	wide, heads := false, 0
	for _, cell := range g.rows[i-1].Cells {
		wide = wide || cell.Span > 1
	}
	for _, cell := range g.rows[i].Cells {
		if columnRole(foldWords(cell.Text)) != roleNone {
			heads++
		}
	}
	return short && wide && heads > 0 && heads == len(g.rows[i].Cells)
}

// columnRole tells a column by its folded head. The words that offices use are
// many; what tells them apart are a few.
func columnRole(f string) role {
	contains := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(f, w) {
				return true
			}
		}
		return false
	}
	who := contains("co quan", "don vi", "so nganh", "phong", "bo phan", "nguoi")
	switch {
	case f == "tt" || f == "stt" || f == "so tt" || f == "so thu tu" || f == "muc" || f == "ma so" || f == "ma" || strings.HasPrefix(f, "ma ") && len(f) < 20 && !strings.Contains(f, "nhiem vu"):
		return roleNumber
	case contains("diem") && !contains("thoi diem", "dia diem", "quan diem"):
		return roleIgnored
	case contains("lanh dao"):
		return roleIgnored
	case contains("phoi hop") && !contains("chu tri"):
		return roleCooperating
	case contains("chu tri", "chiu trach nhiem chinh"), who && contains("thuc hien", "chiu trach nhiem", "tham muu", "duoc giao", "dau moi", "theo doi"),
		f == "co quan", f == "don vi", f == "phan cong", f == "trach nhiem", f == "thuc hien", f == "phu trach", contains("phu trach", "cq thuc hien", "dv thuc hien", "trach nhiem chinh"), contains("phan cong thuc hien", "trach nhiem thuc hien", "phan cong nhiem vu cho", "to chuc thuc hien") && !contains("ket qua"):
		return roleLead
	case contains("thoi gian", "thoi han", "han hoan thanh", "han chot", "thoi diem hoan thanh", "tien do hoan thanh", "tien do thuc hien", "lo trinh", "deadline", "ngay hoan thanh", "han xu ly"), f == "han":
		return roleDue
	case f == "tien do", f == "ket thuc", f == "hoan thanh":
		return roleDue
	case f == "bat dau":
		return roleIgnored
	case contains("tieu chi", "chi so", "noi dung thanh phan", "linh vuc danh gia") && !contains("nhiem vu", "giai phap"):
		return roleCriteria
	case contains("san pham", "ket qua", "dau ra", "tai lieu kiem chung", "muc tieu can dat"):
		return roleDeliverable
	case contains("van ban giao", "can cu", "kinh phi", "ghi chu", "nguon", "so van ban", "tinh trang", "trang thai", "kho khan", "linh vuc", "dvt", "don vi tinh", "hinh thuc"):
		return roleIgnored
	case contains("nhiem vu", "noi dung", "cong viec", "hoat dong", "giai phap", "bien phap", "de xuat thuc hien", "viec can", "dau viec", "viec phai", "cong tac", "van de"), f == "viec", f == "van ban", contains("ten van ban", "ten de an", "chuong trinh ke hoach"):
		return roleTask
	}
	return roleNone
}

// targetHead reports whether a column head is that of a table of targets or
// scores.
func targetHead(f string) bool {
	return f == "dvt" || f == "don vi tinh" || strings.Contains(f, "diem chuan") || strings.Contains(f, "cham diem")
}

// settle decides between columns that claim the same.
func (c *columns) settle() {
	c.settleDue()
	c.settleLead()
	if _, ok := c.find(roleTask); !ok {
		// Without a duty the criterion stands for it, when somebody must meet it
		// by some day.
		col, criterion := c.find(roleCriteria)
		_, lead := c.find(roleLead)
		_, due := c.find(roleDue)
		if criterion && lead && due {
			c.roles[col], c.doubt = roleTask, true
		}
	}
}

// settleDue keeps of two deadlines the end; a state of progress beside a deadline
// is none, and then results are reports and no deliverables.
func (c *columns) settleDue() {
	due := c.having(roleDue)
	if len(due) < 2 {
		return
	}
	for _, col := range due {
		switch f := foldWords(c.heads[col]); {
		case strings.Contains(f, "bat dau"):
			c.roles[col] = roleIgnored
		case f == "tien do", strings.HasPrefix(f, "tien do thuc hien"):
			c.roles[col] = roleIgnored
			for _, k := range c.having(roleDeliverable) {
				if strings.Contains(foldWords(c.heads[k]), "thuc hien") {
					c.roles[k] = roleIgnored
				}
			}
		}
	}
}

// settleLead keeps of several columns of agencies the one that leads.
func (c *columns) settleLead() {
	leads := c.having(roleLead)
	if len(leads) < 2 {
		return
	}
	for _, word := range []string{"chu tri", "thuc hien"} {
		for _, col := range leads {
			if !strings.Contains(foldWords(c.heads[col]), word) {
				continue
			}
			for _, other := range leads {
				if other != col {
					c.roles[other] = roleIgnored
				}
			}
			return
		}
	}
}

// having returns the columns of a role from left to right.
func (c columns) having(r role) []int {
	var out []int
	for col, have := range c.roles {
		if have == r {
			out = append(out, col)
		}
	}
	slices.Sort(out)
	return out
}
