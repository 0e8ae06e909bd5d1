package calendar

import (
	_ "embed"
	"strings"
)

//go:embed holidays.tsv
var holidays string

// Default returns the exceptions known when this was built, in order of date:
// public holidays, substitute days and swaps as announced for 2024 to 2026,
// and for 2027 and 2028 those that follow from the law or the lunar calendar
// (the rest of Tết is fixed by the Prime Minister each year). It is what the
// province's own table starts from; each call returns a new slice.
func Default() []Exception {
	lines := strings.Split(strings.TrimSpace(holidays), "\n")[1:]
	out := make([]Exception, 0, len(lines))
	for _, line := range lines {
		f := strings.Split(line, "\t")
		out = append(out, Exception{
			Date:    MustParseDate(f[0]),
			Working: f[1] == "working",
			Name:    f[2],
			Pending: f[3] == "pending",
		})
	}
	return out
}
