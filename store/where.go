package store

import (
	"slices"
	"strconv"
	"strings"
)

// where gathers a query's conditions and their arguments.
type where struct {
	conds []string
	args  []any
}

// arg adds an argument and answers its placeholder.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

// adopt adds the arguments of a text of its own, whose placeholders begin with $1, and answers the text with those that follow here.
func (w *where) adopt(text string, args []any) string {
	before := len(w.args)
	w.args = append(w.args, args...)
	if before == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 2*len(args))
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\'' {
			quoted = !quoted
		}
		b.WriteByte(c)
		if c != '$' || quoted {
			continue
		}
		n := 0
		for ; i+1 < len(text) && '0' <= text[i+1] && text[i+1] <= '9'; i++ {
			n = 10*n + int(text[i+1]-'0')
		}
		b.WriteString(strconv.Itoa(before + n))
	}
	return b.String()
}

// in adds arguments and answers "($1, $2 …)"; none give a list that matches nothing. The last one is repeated up to one of a few lengths:
// PostgreSQL prepares each text of a statement anew, which takes longer than to run it.
func in[T any](w *where, values []T) string {
	if len(values) == 0 {
		return "(NULL)"
	}
	marks := make([]string, listLength(len(values)))
	for i := range marks {
		marks[i] = w.arg(values[min(i, len(values)-1)])
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// row adds arguments and answers "($1, $2 …)", one for each.
func row(w *where, values []any) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = w.arg(v)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// listLength is the first of 1, 2, 3, 4, 6, 8, 12, 16 … that is not below n.
func listLength(n int) int {
	power := 1
	for power < n {
		power *= 2
	}
	if three := power / 4 * 3; three >= n {
		return three
	}
	return power
}

// and adds a condition; its arguments were added by arg and in.
func (w *where) and(cond string) { w.conds = append(w.conds, cond) }

// String is the clause, "" without conditions.
func (w *where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// maxParameters is how many arguments a statement gets at most: engines have limits, the lowest in use about 32,000.
const maxParameters = 900

// insertRows writes rows of the same width with as few statements as fit.
func (tx *Tx) insertRows(into string, width int, values []any) error {
	return tx.insertRowsBut(into, width, values, "")
}

// insertNew writes the rows that are not there yet: conflict names what tells them apart, as (a, b); empty: the table's key. As of in, the
// last row is repeated, so that there are few texts.
func (tx *Tx) insertNew(into string, width int, values []any, conflict string) error {
	if n := len(values) / width; n > 0 {
		last := values[(n-1)*width:]
		values = slices.Clip(values)
		for range listLength(n) - n {
			values = append(values, last...)
		}
	}
	return tx.insertRowsBut(into, width, values, " ON CONFLICT "+conflict+" DO NOTHING")
}

// insertRowsBut is insertRows with what each statement ends with.
func (tx *Tx) insertRowsBut(into string, width int, values []any, ending string) error {
	for len(values) > 0 {
		chunk := values[:min(len(values), maxParameters/width*width)]
		values = values[len(chunk):]
		var b strings.Builder
		b.WriteString("INSERT INTO " + into + " VALUES ")
		for i := range chunk {
			switch {
			case i%width != 0:
				b.WriteString(", ")
			case i > 0:
				b.WriteString("), (")
			default:
				b.WriteString("(")
			}
			b.WriteString("$" + strconv.Itoa(i+1))
		}
		b.WriteString(")" + ending)
		if err := tx.exec(b.String(), chunk...); err != nil {
			return err
		}
	}
	return nil
}
