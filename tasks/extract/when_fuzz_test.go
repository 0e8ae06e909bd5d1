package extract

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"tiendo/tasks/calendar"
)

// whenDoubts are the doubts that a deadline can have.
var whenDoubts = []string{
	DoubtNoYear, DoubtBadDate, DoubtPast, DoubtVague, DoubtSeveral, DoubtFurther, DoubtNoDay, DoubtNoFrequency, DoubtNoStart,
	DoubtEvent, DoubtTentative, DoubtMisread, DoubtShortYear, DoubtLunar, DoubtOneHalf, DoubtManner,
}

// checkDue holds what every deadline promises, whatever was read.
func checkDue(t *testing.T, input string, due Due, ds []Doubt) {
	t.Helper()
	text := whenText(input)
	var one func(d Due, depth int)
	one = func(d Due, depth int) {
		if depth > 3 {
			t.Fatalf("%q: also within also within also", input)
		}
		if !strings.Contains(text, d.Phrase) {
			t.Errorf("%q: the phrase %q does not stand there", input, d.Phrase)
		}
		switch d.Kind {
		case DueDate, DueRecurring, DueOngoing, DueConditional, DueNone:
		default:
			t.Errorf("%q: kind %q", input, d.Kind)
		}
		if d.Date != "" {
			day, err := calendar.ParseDate(d.Date)
			if err != nil || d.Kind != DueDate {
				t.Errorf("%q: %s day %q: %v", input, d.Kind, d.Date, err)
			}
			// 999 years from the signing are a mistake, but a said one; no other day lies outside 1989 to 2110.
			if day.Year < 1989 || day.Year > 3100 {
				t.Errorf("%q: day %s", input, d.Date)
			}
		} else if d.Kind == DueDate && len(ds) == 0 {
			t.Errorf("%q: neither a day nor a doubt", input)
		}
		if d.Time != "" {
			if _, err := time.Parse("15:04", d.Time); err != nil {
				t.Errorf("%q: hour %q", input, d.Time)
			}
		}
		if d.RRule != "" {
			if _, err := calendar.ParseRule(d.RRule); err != nil || d.Kind != DueRecurring {
				t.Errorf("%q: %s rule %q: %v", input, d.Kind, d.RRule, err)
			}
		} else if d.Kind == DueRecurring && len(ds) == 0 {
			t.Errorf("%q: neither a rule nor a doubt", input)
		}
		for _, a := range d.Also {
			one(a, depth+1)
		}
	}
	one(due, 0)
	for _, d := range ds {
		if !slices.Contains(whenDoubts, d.Key) || len(d.Args) == 0 {
			t.Errorf("%q: doubt %v", input, d)
		}
	}
}

// FuzzWhen reads anything as a deadline and as a sentence, in a dated and in an undated document, composed and decomposed.
func FuzzWhen(f *testing.F) {
	for _, s := range []string{
		"trước ngày 15/12/2025", "Định kỳ 6 tháng (trước ngày 16/6), hằng năm", "từ ngày 1 đến", "trong vòng 15 ngày kể từ", "quý", "(nhằm", "2025 - ",
		"ngày tháng năm", "trước ngày 3O/6/2O25", "23 tháng Chạp (tức ngày 11/02/2026)", "T6/2025, Q.III/2025", "6 tháng đầu năm", "thứ Hai hằng tuần",
		"trước 17 giờ 00 ngày 20/5", "20/11 và 15/01/2026", "ngày cuối cùng của tháng", "hằng quý đến hết năm 2026", "không quá mười lăm ngày kể từ ngày 01/6",
		"Quý IV/2025 - Quý I/2026", "trước ngày 03 của tháng tiếp theo sau tháng cuối cùng của kỳ báo cáo", "mỗi năm hai lần", "rằm tháng Giêng hằng năm",
		"Định kỳ báo cáo trước ngày 12.0, hằng năm", "２０２５", "30/6/25", "31/6 hằng năm", "\u0301", "ngày\u200b 5\u0301/6",
	} {
		f.Add(s)
	}
	dated := anchorOn("2025-02-10")
	f.Fuzz(func(t *testing.T, s string) {
		for _, anchor := range []Anchor{dated, {}, {Year: 2026}} {
			for _, read := range []func(string, Anchor) (Due, []Doubt){ReadDeadline, deadlineIn} {
				due, ds := read(s, anchor)
				checkDue(t, s, due, ds)
				again, ds2 := read(norm.NFD.String(s), anchor)
				if a, b := brief(due, ds), brief(again, ds2); a != b || due.Phrase != again.Phrase {
					t.Errorf("%q\n composed   %s %q\n decomposed %s %q", s, a, due.Phrase, b, again.Phrase)
				}
			}
		}
	})
}

// TestWhenIsLinear: what costs most at each token must not cost more for a longer text. Eight times the text is allowed three
// times eight times the time in the best of some rounds, so that only a growth by the square, sixty-four times, fails.
func TestWhenIsLinear(t *testing.T) {
	const short, factor, slack, rounds, floor = 400, 8, 3, 8, 50 * time.Millisecond
	cost := func(text string) time.Duration {
		begin := time.Now()
		ReadDeadline(text, anchor2025)
		deadlineIn(text, anchor2025)
		return time.Since(begin)
	}
	for _, piece := range []string{
		"trong ", "là ", "trước ", "15/6 và ", "định kỳ trước ", "quý I, ", "tháng 12, 1, ", "ngày … ", "năm 2025 - ", "(", "thứ hai, ", "hằng ", "đến hết ", "Sau ngày 1/6 và ",
		"1 tháng, ", "sau khi ", "khi ", "30/6, ", "mười ", "từ ngày 1 ", "3O", "hằng tháng, ", "lần ", "tháng sau ", "10 giờ ", "a ", "theo kế hoạch, trong ",
	} {
		small, large := time.Hour, time.Hour
		linear := false
		for round := 0; round < rounds && !linear; round++ {
			small = min(small, cost(strings.Repeat(piece, short)))
			large = min(large, cost(strings.Repeat(piece, short*factor)))
			linear = large <= slack*factor*small+floor
		}
		if !linear {
			t.Errorf("%q: %v for %d of them, %v for %d", piece, small, short, large, short*factor)
		}
	}
}
