// Command table turns what `go test -bench Speed` prints into one Markdown table: a row a measurement, a column an engine and size.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

// row names a measurement: what was done, and in which unit it is told.
type row struct{ what, unit string }

func run(in io.Reader, out io.Writer) error {
	var (
		rows    []row
		next    int // place behind the row that the column had last
		columns []string
		cells   = make(map[row]map[string]string)
	)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		column, measured := parse(lines.Text())
		if len(measured) > 0 && !slices.Contains(columns, column) {
			columns = append(columns, column)
			next = 0
		}
		for _, m := range measured {
			at := slices.Index(rows, m.row)
			if at < 0 { // where the column has it: another may have been measured in part
				at = next
				rows = slices.Insert(rows, at, m.row)
				cells[m.row] = make(map[string]string)
			}
			next = at + 1
			cells[m.row][column] = m.value
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("no benchmark named Speed was read")
	}
	fmt.Fprintf(out, "| measured | in |%s\n|---|---|%s\n", " "+strings.Join(columns, " | ")+" |", strings.Repeat("---:|", len(columns)))
	for _, r := range rows {
		values := make([]string, len(columns))
		for i, c := range columns {
			values[i] = cells[r][c]
		}
		fmt.Fprintf(out, "| %s | %s | %s |\n", r.what, r.unit, strings.Join(values, " | "))
	}
	return nil
}

type measurement struct {
	row   row
	value string
}

// parse reads a line such as "BenchmarkSpeedPages/sqlite/10000/list-2  1  1020 req/s  3.1 p50-ms"; others give nothing.
func parse(line string) (column string, all []measurement) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "BenchmarkSpeed") {
		return "", nil
	}
	name := fields[0]
	if i := strings.LastIndexByte(name, '-'); i > 0 { // the number of processors
		name = name[:i]
	}
	parts := strings.SplitN(name, "/", 4)
	if len(parts) < 4 {
		return "", nil
	}
	for i := 2; i+1 < len(fields); i += 2 {
		if unit := fields[i+1]; unit != "ns/op" {
			all = append(all, measurement{row{parts[3], unit}, rounded(fields[i])})
		}
	}
	return parts[1] + " " + grouped(parts[2]), all
}

// rounded keeps three digits of a fraction.
func rounded(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil:
		return text
	case n >= 100:
		return grouped(strconv.FormatFloat(n, 'f', 0, 64))
	case n >= 10:
		return strconv.FormatFloat(n, 'f', 1, 64)
	case n == float64(int(n)):
		return strconv.Itoa(int(n))
	}
	return strconv.FormatFloat(n, 'f', 2, 64)
}

// grouped puts commas between thousands.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
