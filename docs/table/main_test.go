package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	in := `goos: linux
BenchmarkSpeedPages/sqlite/10000/list-2    	       1	     47623 octets	       7.014 p50-ms	         0 ns/op
BenchmarkSpeedPages/postgres/1000000/list-16	       1	     12 p50-ms
BenchmarkSpeedMail/sqlite/10000/pass-first-2	1	0.1539 s
BenchmarkPages/login-2 100 12 ns/op
PASS`
	want := `| measured | in | sqlite 10,000 | postgres 1,000,000 |
|---|---|---:|---:|
| list | octets | 47,623 |  |
| list | p50-ms | 7.01 | 12.0 |
| pass-first | s | 0.15 |  |
`
	var out strings.Builder
	if err := run(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	// A row that the first column lacks stands where the second has it.
	out.Reset()
	if err := run(strings.NewReader("BenchmarkSpeedA/sqlite/1/a-2 1 1 s\nBenchmarkSpeedA/sqlite/1/c-2 1 3 s\n"+
		"BenchmarkSpeedA/sqlite/2/a-2 1 1 s\nBenchmarkSpeedA/sqlite/2/b-2 1 2 s\n"), &out); err != nil {
		t.Fatal(err)
	}
	if want := "| a | s | 1 | 1 |\n| b | s |  | 2 |\n| c | s | 3 |  |\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("got\n%s\nwant at its end\n%s", out.String(), want)
	}
	if err := run(strings.NewReader("PASS\n"), &out); err == nil {
		t.Error("a table of nothing")
	}
}
