package extract

import "strings"

// names reads a list of agencies, groups or office holders in running text. It
// knows no agency by name: a name is a head noun ("Sở", "Ủy ban", "các cơ
// quan") and what follows it up to the verb.
type names struct {
	text string
	ts   []token
	// cell says that the text is a table's cell or a labelled line: nothing but
	// names stands there, and no verb ends one.
	cell bool
	// strict ends a proper name at the first word in small letters that names do
	// not hold: an unknown verb.
	strict bool
}

// list reads names from token i on and returns them with the index of the first
// token after them. It returns none when no name begins at i.
func (n names) list(i int) ([]string, int) {
	i = n.skipAddress(i)
	if !n.begins(i) {
		return nil, i
	}
	var out []string
	for {
		item, next := n.item(i)
		out = append(out, item...)
		j := n.separator(next)
		if j == next || !n.begins(n.skipAddress(j)) {
			return out, next
		}
		i = n.skipAddress(j)
	}
}

// skipAddress goes over "đồng chí", "cho", "tới" before a name.
func (n names) skipAddress(i int) int {
	for {
		switch {
		case foldedAt(n.ts, i, "cac", "dong", "chi"), foldedAt(n.ts, i, "cac", "d", "/"):
			i += 3
		case foldedAt(n.ts, i, "dong", "chi"):
			i += 2
		case foldedAt(n.ts, i, "cac", "ong"), foldedAt(n.ts, i, "ong") && at(n.ts, i+1).text == "(":
			// "Các ông (bà): Chánh Văn phòng …"
			for i++; i < len(n.ts) && n.ts[i].text != ":" && !n.begins(i); {
				i++
			}
			if at(n.ts, i).text == ":" {
				i++
			}
		case at(n.ts, i).low == "cho", at(n.ts, i).text == "“", at(n.ts, i).text == "*":
			i++
		default:
			return i
		}
	}
}

// separator goes over what parts two names: ",", ";", "và", "cùng", "với".
func (n names) separator(i int) int {
	for {
		t := at(n.ts, i)
		switch {
		case t.text == "," || t.text == ";" || t.text == "&" || t.text == "/":
			i++
		case t.low == "và" || t.low == "hoặc":
			i++
		case foldedAt(n.ts, i, "cung", "voi"):
			i += 2
		case foldedAt(n.ts, i, "cung", "cac"):
			i++
		case n.cell && foldedAt(n.ts, i, "phoi", "hop", "voi"):
			i += 3
		case n.cell && (t.text == "-" || t.text == "+" || t.text == "." || t.text == "–"):
			i++
		default:
			return i
		}
	}
}

// item reads one name, or the several of an enumeration under one head ("các
// Sở: Tài chính, Nội vụ").
func (n names) item(i int) ([]string, int) {
	start, end := i, i
	if k := max(headNouns.match(n.ts, i), lowNouns.match(n.ts, i)); k > 1 {
		i, end = i+k, i+k
	}
	if to := n.purpose(start); to > i {
		i, end = to, to
	}
	var cut []span // brackets left out
	for i < len(n.ts) {
		t := n.ts[i]
		if many, next := n.lowDepartments(start, i); many != nil {
			return many, next
		}
		switch {
		case t.text == "(":
			close := n.closing(i)
			if listed, ok := n.bracketList(i, close); ok && start < i {
				return listed, close
			}
			if !n.narrows(i) {
				cut = append(cut, span{t.start, n.ts[close-1].end})
			} else {
				end = close
			}
			i = close
			continue
		case t.text == ":":
			if many, next := n.enumeration(start, i); many != nil {
				return many, next
			}
			return n.one(start, end, cut), i
		case t.text == "/" && n.cell && n.begins(i+1):
			return n.one(start, end, cut), i
		case n.inner(i, start):
			i++
			end = i
			continue
		case t.text == "," || t.low == "và" || t.low == "hoặc":
			j := n.separator(i)
			joins := j < len(n.ts) && n.joins(start, i, j)
			if !joins && (j >= len(n.ts) || n.begins(n.skipAddress(j)) || !n.goesOn(start, j)) {
				return n.one(start, end, cut), i
			}
			i = j
			end = i
			continue
		case (t.text == "-" || t.text == "–") && n.dashJoins(i):
		case t.text == "-" || t.text == "–":
			if n.apposition(i) || n.cell && i > 0 && i+1 < len(n.ts) && n.begins(i+1) && n.ts[i-1].end < t.start {
				return n.one(start, end, cut), n.skipApposition(i)
			}
			if !at(n.ts, i+1).capital() && at(n.ts, i+1).kind == word && joinedOrName(n.ts, i+1) == 0 {
				return n.one(start, end, cut), i
			}
		case t.kind == mark && t.text != "/" && t.text != "&":
			return n.one(start, end, cut), i
		case i > start && n.charged(i, start) > i:
			i = n.charged(i, start)
			end = i
			continue
		case i > start && n.ends(i, start):
			return n.one(start, end, cut), i
		}
		i += max(1, n.modifier(i, start))
		end = i
	}
	return n.one(start, end, cut), i
}

// charged goes over "được phân công chủ trì … theo Kế hoạch này" after a bare
// "các cơ quan", which says nobody without it; it returns i when there is none.
func (n names) charged(i, start int) int {
	if n.chargedWith(i) && i-start <= 3 {
		for j := i + 2; j < len(n.ts) && j < i+14; j++ {
			switch {
			case n.ts[j].text == "(":
				return n.closing(j)
			case n.ts[j].kind == mark:
				return i
			case verbAt(n.ts, j) > 0 && j > i+3:
				return j
			}
		}
		return i
	}
	if foldedAt(n.ts, i, "duoc", "giao") && foldedAt(n.ts, i+2, "chu", "tri") && i-start <= 3 {
		for j := i + 4; j < len(n.ts) && j < i+16 && n.ts[j].kind != mark; j++ {
			if !n.ts[j].capital() && verbAt(n.ts, j) > 0 {
				return j // "Các cơ quan được giao chủ trì 8 nội dung xây dựng …"
			}
		}
	}
	if n.ts[i].low != "được" || i-start > 3 || !(foldedAt(n.ts, i-2, "co", "quan") || foldedAt(n.ts, i-2, "don", "vi")) {
		return i
	}
	for j := i + 1; j < len(n.ts) && j < i+20; j++ {
		if foldedAt(n.ts, j, "co", "trach", "nhiem") || foldedAt(n.ts, j, "chiu", "trach", "nhiem") {
			return j
		}
		if n.ts[j].kind == mark {
			break
		}
	}
	return i
}

// chargedWith reports whether "chủ trì các nội dung …" at i says which agencies
// are meant: those that lead something named in the plan.
func (n names) chargedWith(i int) bool {
	if !foldedAt(n.ts, i, "chu", "tri") || !(foldedAt(n.ts, i-2, "co", "quan") || foldedAt(n.ts, i-2, "don", "vi")) {
		return false
	}
	return at(n.ts, i+2).low == "các" || foldedAt(n.ts, i+2, "nhiem", "vu") || foldedAt(n.ts, i+2, "noi", "dung") || foldedAt(n.ts, i+2, "tieu", "chi")
}

type span struct{ from, to int }

// one returns the name between two tokens without the brackets in it.
func (n names) one(start, end int, cut []span) []string {
	if end <= start {
		return nil
	}
	from, to := n.ts[start].start, n.ts[end-1].end
	var b strings.Builder
	for _, c := range cut {
		if c.from >= from && c.to <= to {
			b.WriteString(n.text[from:c.from])
			from = c.to
		}
	}
	b.WriteString(n.text[min(from, to):to])
	name := strings.Trim(squeeze(b.String()), " ,;.:-–“”\"")
	for _, and := range []string{" và", " cùng"} {
		name = strings.TrimSuffix(name, and)
	}
	if name == "" {
		return nil
	}
	return []string{name}
}
