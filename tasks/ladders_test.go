package tasks_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Which ladder holds, and from which day on its steps are told: due on Friday the 30th of October, set long ago.
func TestLadders(t *testing.T) {
	day := calendar.MustParseDate
	cal := calendar.New(nil)
	late := func(after int) *tasks.Ladder { return &tasks.Ladder{AfterFirst: after} }
	own := func(l *tasks.Ladder, on string) tasks.OwnLadder {
		return tasks.OwnLadder{Ladder: l, SetOn: day(on), Version: 1}
	}
	all := tasks.Ladders{
		Default:   tasks.Ladder{Before: []int{10}, OnDay: true, AfterFirst: 1},
		Province:  own(late(2), "2026-10-01"),
		Documents: map[int64]tasks.OwnLadder{7: own(late(3), "2026-11-04"), 8: own(nil, "2026-11-05")},
		Tasks:     map[int64]tasks.OwnLadder{70: own(late(4), "2026-10-02"), 71: own(nil, "2026-11-10")},
	}
	tests := []struct {
		name           string
		task, document int64
		first          string // the first day on which a step is told; "" for never
		step           int
	}{
		{"the province's", 1, 1, "2026-11-03", 2},
		{"a document's own, of the day on which it was set", 2, 7, "2026-11-04", 3},
		{"a duty's own, of a document whose own was set later", 70, 7, "2026-11-05", 4},
		{"a document's that was taken away after the province's step", 1, 8, "", 0},
		{"a duty's that was taken away after the document's step", 71, 7, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := all.Of(tt.task, tt.document)
			var first string
			var step int
			for d := day("2026-10-05"); d.Before(day("2026-12-31")) && first == ""; d = d.AddDays(1) {
				if n, ok := l.StepOn(cal, day("2026-10-30"), day("2026-09-01"), d); ok {
					first, step = d.String(), n
				}
			}
			if first != tt.first || step != tt.step {
				t.Errorf("first told on %q, step %d; want %q, %d", first, step, tt.first, tt.step)
			}
		})
	}
	if got := all.Reach(); got != 0 { // no ladder in force has a step before the deadline
		t.Errorf("reach %d, want 0", got)
	}
}

// The roles climb parts of their own.
func TestLadderFor(t *testing.T) {
	cal := calendar.New(nil)
	due, setOn := calendar.MustParseDate("2026-10-30"), calendar.MustParseDate("2026-09-01")
	l := tasks.DefaultLadder()
	tests := map[string]struct {
		ladder tasks.Ladder
		want   []int
	}{
		"focal points":        {l.For(tasks.RoleFocal), []int{-10, -5, -1, 0, 1, 6, 11, 16}},
		"heads":               {l.For(tasks.RoleHead), []int{3, 8, 13, 18}},
		"the secretariat":     {l.For(tasks.RoleSecretariat), []int{10, 15}},
		"leaders":             {l.For(tasks.RoleLeader), nil},
		"cooperating":         {l.ForCooperating(), []int{-5, 0}},
		"heads, once":         {tasks.Ladder{Head: 3}.For(tasks.RoleHead), []int{3}},
		"heads, never":        {tasks.Ladder{AfterFirst: 1, Every: 5}.For(tasks.RoleHead), nil},
		"cooperating, before": {tasks.Ladder{Cooperating: []int{2}}.ForCooperating(), []int{-2}},
	}
	for name, tt := range tests {
		var steps []int
		for d := setOn; d.Before(calendar.MustParseDate("2026-11-26")); d = d.AddDays(1) {
			if step, ok := tt.ladder.StepOn(cal, due, setOn, d); ok && !slices.Contains(steps, step) {
				steps = append(steps, step)
			}
		}
		if !slices.Equal(steps, tt.want) {
			t.Errorf("%s: steps %v, want %v", name, steps, tt.want)
		}
	}
	for after, want := range map[int]bool{14: false, 15: true, 40: true} {
		if got := l.ForLeaders(cal, due, cal.Add(due, after)); got != want {
			t.Errorf("overdue by %d: for leaders %v", after, got)
		}
	}
}

func TestLadderPlan(t *testing.T) {
	day := calendar.MustParseDate
	days := func(list []calendar.Date) string {
		var out []string
		for _, d := range list {
			out = append(out, d.String()[5:])
		}
		return strings.Join(out, " ")
	}
	l := tasks.SetLadder{Ladder: tasks.DefaultLadder()}
	// Due on Monday the 30th of November; issued on Friday the 20th, so that the tenth day before is left out.
	p := l.Plan(calendar.New(nil), day("2026-11-30"), day("2026-11-20"))
	for _, tt := range []struct{ what, got, want string }{
		{"focal points", days(p.Focal), "11-23 11-27 11-30 12-01 12-08 12-15 12-22 12-29"},
		{"heads", days(p.Head), "12-03 12-10 12-17 12-24 12-31"},
		{"the specialist", days(p.Specialist), "12-14 12-21 12-28 01-04"},
		{"cooperating", days(p.Cooperating), "11-23 11-30"},
		{"leaders", p.Leaders.String(), "2026-12-21"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.what, tt.got, tt.want)
		}
	}
}

func TestLadderInput(t *testing.T) {
	fine := tasks.DefaultLadder().Input()
	tests := []struct {
		name   string
		change func(*tasks.LadderInput)
		wrong  string // the field; "" when it is taken
	}{
		{"as it is", func(*tasks.LadderInput) {}, ""},
		{"all blank", func(in *tasks.LadderInput) { *in = tasks.LadderInput{} }, ""},
		{"any order", func(in *tasks.LadderInput) { in.Before = " 1;5  10, 5" }, ""},
		{"words", func(in *tasks.LadderInput) { in.Before = "mười" }, "before"},
		{"the day itself among those before", func(in *tasks.LadderInput) { in.Before = "5, 0" }, "before"},
		{"a negative one", func(in *tasks.LadderInput) { in.Head = "-3" }, "head"},
		{"too far", func(in *tasks.LadderInput) { in.Leaders = "251" }, "leaders"},
		{"too many", func(in *tasks.LadderInput) { in.Cooperating = "1,2,3,4,5,6,7,8,9,10,11" }, "cooperating"},
		{"every without a first", func(in *tasks.LadderInput) { in.AfterFirst, in.Head, in.Specialist = "", "0", "" }, "every"},
	}
	for _, tt := range tests {
		in := fine
		tt.change(&in)
		l, err := in.Ladder()
		var wrong string
		var refused *tasks.Error
		if errors.As(err, &refused) {
			wrong = refused.Fields[0].Field
		}
		if wrong != tt.wrong || (err == nil) != (tt.wrong == "") {
			t.Errorf("%s: %v", tt.name, err)
		}
		if tt.name == "any order" && !slices.Equal(l.Before, []int{10, 5, 1}) {
			t.Errorf("%s: %v", tt.name, l.Before)
		}
	}
}
