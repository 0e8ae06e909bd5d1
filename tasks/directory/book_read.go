package directory

import (
	"slices"
	"strconv"
)

// ReadBook reads a setup workbook (.xlsx): the sheets "Cơ quan", "Nhóm" and
// "Người", their columns in any order, further sheets ignored. Everything
// wrong in the cells is returned as CellErrors, in order of sheet and row; a
// book with any is not to be loaded. err is for what is no workbook at all, or
// one that unfolds to more than it may.
func ReadBook(data []byte) (*Book, []CellError, error) {
	f, err := openBook(data)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	b := &bookReader{}
	book := &Book{}
	agencies, err := b.table(f, agencySheet)
	if err != nil {
		return nil, nil, err
	}
	before := len(b.errors)
	codes := b.agencies(book, agencies)
	if len(agencies.rows) == 0 && before == 0 {
		b.at(agencySheet, 0, "", BookEmpty)
	}
	groups, err := b.table(f, groupSheet)
	if err != nil {
		return nil, nil, err
	}
	b.groups(book, groups, codes)
	people, err := b.table(f, peopleSheet)
	if err != nil {
		return nil, nil, err
	}
	b.people(book, people, codes)
	return book, b.errors, nil
}

// codes are the agencies' codes by codeKey, as the book writes them.
type codes map[string]string

func (b *bookReader) agencies(book *Book, t table) codes {
	known := codes{}
	rowOf := map[string]int{}
	for _, r := range t.rows {
		a := BookAgency{Row: r.number, ShortName: r.cells[colShort], Aliases: list(r.cells[colAliases]), Successor: r.cells[colSuccessor]}
		var ok bool
		if a.Code, ok = b.required(t, r, colCode); ok {
			key := codeKey(a.Code)
			if first := rowOf[key]; first > 0 {
				b.at(t.sheet, r.number, colCode, BookDuplicateCode, a.Code, strconv.Itoa(first))
			} else {
				rowOf[key], known[key] = r.number, a.Code
			}
		}
		a.Name, _ = b.required(t, r, colName)
		if kind, ok := b.required(t, r, colKind); ok {
			if a.Kind, ok = kinds[Fold(kind)]; !ok {
				b.at(t.sheet, r.number, colKind, BookUnknownKind, kind)
			}
		}
		a.From, a.To = b.span(t, r, colValidFrom, colValidTo)
		book.Agencies = append(book.Agencies, a)
	}
	b.successors(book, t, known)
	return known
}

// successors puts the successors' codes as the book writes them, and finds
// circles.
func (b *bookReader) successors(book *Book, t table, known codes) {
	next := map[string]string{}
	for i := range book.Agencies {
		a := &book.Agencies[i]
		if a.Successor == "" {
			continue
		}
		code, ok := known[codeKey(a.Successor)]
		if !ok {
			b.at(t.sheet, a.Row, colSuccessor, BookUnknownAgency, a.Successor)
			continue
		}
		a.Successor = code
		next[codeKey(a.Code)] = codeKey(code)
	}
	for _, a := range book.Agencies {
		start := codeKey(a.Code)
		for at, steps := next[start], 0; at != "" && steps < len(book.Agencies); at, steps = next[at], steps+1 {
			if at == start {
				b.at(t.sheet, a.Row, colSuccessor, BookOwnSuccessor, a.Code)
				break
			}
		}
	}
}

// agency returns the code as the sheet of agencies writes it.
func (b *bookReader) agency(t table, r row, known codes, written string) (string, bool) {
	code, ok := known[codeKey(written)]
	if !ok {
		b.at(t.sheet, r.number, colAgency, BookUnknownAgency, written)
	}
	return code, ok
}

func (b *bookReader) groups(book *Book, t table, known codes) {
	index := map[string]int{}
	for _, r := range t.rows {
		code, ok := b.required(t, r, colGroupCode)
		if !ok {
			continue
		}
		at, seen := index[codeKey(code)]
		if !seen {
			at = len(book.Groups)
			index[codeKey(code)] = at
			name, _ := b.required(t, r, colGroupName)
			book.Groups = append(book.Groups, BookGroup{Row: r.number, Code: code, Name: name})
		}
		g := &book.Groups[at]
		b.same(t, r, colGroupName, g.Name, g.Row)
		for _, alias := range list(r.cells[colAliases]) {
			if !slices.Contains(g.Aliases, alias) {
				g.Aliases = append(g.Aliases, alias)
			}
		}
		from, to := b.span(t, r, colFrom, colTo)
		written, ok := b.required(t, r, colAgency)
		if !ok {
			continue
		}
		agency, ok := b.agency(t, r, known, written)
		if !ok {
			continue
		}
		if twin := slices.IndexFunc(g.Members, func(m BookMember) bool { return m.Agency == agency && overlap(m.From, m.To, from, to) }); twin >= 0 {
			b.at(t.sheet, r.number, colAgency, BookDuplicateMember, agency, strconv.Itoa(g.Members[twin].Row))
			continue
		}
		g.Members = append(g.Members, BookMember{Row: r.number, Agency: agency, From: from, To: to})
	}
}

// overlap reports whether two spans, open where "", share a day.
func overlap(from, to, otherFrom, otherTo string) bool {
	return (to == "" || otherFrom <= to) && (otherTo == "" || from <= otherTo)
}

func (b *bookReader) people(book *Book, t table, known codes) {
	index := map[string]int{}
	for _, r := range t.rows {
		written, ok := b.required(t, r, colEmail)
		if !ok {
			continue
		}
		email, ok := readEmail(written)
		if !ok {
			b.at(t.sheet, r.number, colEmail, BookBadEmail, written)
			continue
		}
		at, seen := index[email]
		if !seen {
			at = len(book.People)
			index[email] = at
			name, _ := b.required(t, r, colPerson)
			book.People = append(book.People, BookPerson{Row: r.number, Name: name, Email: email})
		}
		p := &book.People[at]
		b.same(t, r, colPerson, p.Name, p.Row)
		b.fill(t, r, colTitle, &p.Title, p.Row)
		b.fill(t, r, colPhone, &p.Phone, p.Row)
		if grant, ok := b.grant(t, r, known); ok {
			if twin := slices.IndexFunc(p.Grants, func(g BookGrant) bool { return g.Role == grant.Role && g.Agency == grant.Agency }); twin >= 0 {
				b.at(t.sheet, r.number, colRole, BookDuplicateGrant, strconv.Itoa(p.Grants[twin].Row))
				continue
			}
			p.Grants = append(p.Grants, grant)
		}
	}
}

func (b *bookReader) grant(t table, r row, known codes) (BookGrant, bool) {
	written, ok := b.required(t, r, colRole)
	if !ok {
		return BookGrant{}, false
	}
	role, ok := roles[Fold(written)]
	if !ok {
		b.at(t.sheet, r.number, colRole, BookUnknownRole, written)
		return BookGrant{}, false
	}
	grant := BookGrant{Row: r.number, Role: role}
	if code := r.cells[colAgency]; code != "" {
		if grant.Agency, ok = b.agency(t, r, known, code); !ok {
			return BookGrant{}, false
		}
	} else if role.needsAgency() {
		b.at(t.sheet, r.number, colAgency, BookAgencyNeeded, written)
		return BookGrant{}, false
	}
	return grant, true
}

// same notes a cell that contradicts what an earlier row says; empty agrees.
func (b *bookReader) same(t table, r row, column, first string, firstRow int) {
	if v := r.cells[column]; v != "" && first != "" && v != first {
		b.at(t.sheet, r.number, column, BookConflict, strconv.Itoa(firstRow))
	}
}

// fill takes the cell when no earlier row has the value, else compares.
func (b *bookReader) fill(t table, r row, column string, value *string, firstRow int) {
	b.same(t, r, column, *value, firstRow)
	if *value == "" {
		*value = r.cells[column]
	}
}
