package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func TestStepOn(t *testing.T) {
	day := calendar.MustParseDate
	// Wednesday 2 September and the day before are off; Saturday 29 August is worked.
	cal := calendar.New([]calendar.Exception{
		{Date: day("2026-09-01")}, {Date: day("2026-09-02")}, {Date: day("2026-08-29"), Working: true},
	})
	type want struct {
		step int
		ok   bool
	}
	none := want{}
	tests := []struct {
		name            string
		due, setOn, day string
		want            want
	}{
		{"long before", "2026-10-30", "2026-10-01", "2026-10-15", none},
		{"the tenth working day before", "2026-10-30", "2026-10-01", "2026-10-16", want{-10, true}},
		{"the day after that", "2026-10-30", "2026-10-01", "2026-10-19", want{-10, true}},
		{"the fifth", "2026-10-30", "2026-10-01", "2026-10-23", want{-5, true}},
		{"the last but one", "2026-10-30", "2026-10-01", "2026-10-29", want{-1, true}},
		{"the day itself", "2026-10-30", "2026-10-01", "2026-10-30", want{0, true}},
		{"the weekend after it", "2026-10-30", "2026-10-01", "2026-11-01", want{0, true}},
		{"the first working day after", "2026-10-30", "2026-10-01", "2026-11-02", want{1, true}},
		{"the fifth after", "2026-10-30", "2026-10-01", "2026-11-06", want{1, true}},
		{"five after the first", "2026-10-30", "2026-10-01", "2026-11-09", want{6, true}},
		{"ten after the first", "2026-10-30", "2026-10-01", "2026-11-16", want{11, true}},
		{"a year after, only the newest", "2026-10-30", "2026-10-01", "2027-10-29", want{256, true}},

		{"set on the day of a step", "2026-10-30", "2026-10-23", "2026-10-23", none},
		{"set on the day of a step, the next one", "2026-10-30", "2026-10-23", "2026-10-29", want{-1, true}},
		{"set after the deadline, steps already past", "2026-10-30", "2026-11-09", "2026-11-13", none},
		{"set after the deadline, the next step", "2026-10-30", "2026-11-09", "2026-11-16", want{11, true}},

		{"due on a Sunday, the Friday before", "2026-11-01", "2026-10-01", "2026-10-30", want{0, true}},
		{"due on a Sunday, the Monday after", "2026-11-01", "2026-10-01", "2026-11-02", want{1, true}},
		{"due on a Sunday, the Thursday before", "2026-11-01", "2026-10-01", "2026-10-29", want{-1, true}},

		{"due after a holiday, the day before is the 31st", "2026-09-03", "2026-08-01", "2026-08-31", want{-1, true}},
		{"due in a holiday", "2026-09-02", "2026-08-01", "2026-08-31", want{0, true}},
		{"due in a holiday, a worked Saturday before", "2026-09-02", "2026-08-01", "2026-08-29", want{-1, true}},
		{"due in a holiday, first after", "2026-09-02", "2026-08-01", "2026-09-03", want{1, true}},
		{"no deadline", "", "2026-08-01", "2026-09-03", none},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var due calendar.Date
			if tt.due != "" {
				due = day(tt.due)
			}
			step, ok := tasks.DefaultLadder().StepOn(cal, due, day(tt.setOn), day(tt.day))
			if got := (want{step, ok}); got != tt.want {
				t.Errorf("step on %s for %q = %v, want %v", tt.day, tt.due, got, tt.want)
			}
		})
	}
}

// Days of each step, run day by day: every step is met exactly once and in order.
func TestStepOnDayByDay(t *testing.T) {
	cal := calendar.New(calendar.Default())
	due, setOn := calendar.MustParseDate("2026-05-04"), calendar.MustParseDate("2026-03-02")
	tests := []struct {
		name   string
		ladder tasks.Ladder
		want   []int
	}{
		{"default", tasks.DefaultLadder(), []int{-10, -5, -1, 0, 1, 6, 11, 16}},
		{"nothing after", tasks.Ladder{Before: []int{3}, OnDay: true}, []int{-3, 0}},
		{"only once after", tasks.Ladder{AfterFirst: 2}, []int{2}},
		{"none", tasks.Ladder{}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var steps []int
			for d := setOn; d.Before(due.AddDays(28)); d = d.AddDays(1) {
				step, ok := tt.ladder.StepOn(cal, due, setOn, d)
				if ok && (len(steps) == 0 || steps[len(steps)-1] != step) {
					steps = append(steps, step)
					if !cal.IsWorking(d) {
						t.Errorf("step %d falls on %s, a day off", step, d)
					}
				}
			}
			if !slices.Equal(steps, tt.want) {
				t.Errorf("steps %v, want %v", steps, tt.want)
			}
		})
	}
}

func TestLadderCheck(t *testing.T) {
	tests := []struct {
		name   string
		ladder tasks.Ladder
		ok     bool
	}{
		{"default", tasks.DefaultLadder(), true},
		{"empty", tasks.Ladder{}, true},
		{"zero days before", tasks.Ladder{Before: []int{5, 0}}, false},
		{"ascending", tasks.Ladder{Before: []int{1, 5}}, false},
		{"twice the same", tasks.Ladder{Before: []int{5, 5}}, false},
		{"negative after", tasks.Ladder{AfterFirst: -1}, false},
		{"every without first", tasks.Ladder{Every: 5}, false},
		{"every for heads alone", tasks.Ladder{Every: 5, Head: 3}, true},
		{"a negative head", tasks.Ladder{Head: -1}, false},
		{"cooperating on the day", tasks.Ladder{Cooperating: []int{5, 0}}, true},
		{"cooperating ascending", tasks.Ladder{Cooperating: []int{0, 5}}, false},
		{"cooperating after", tasks.Ladder{Cooperating: []int{5, -1}}, false},
	}
	for _, tt := range tests {
		if err := tt.ladder.Check(); (err == nil) != tt.ok {
			t.Errorf("%s: %v, want ok %v", tt.name, err, tt.ok)
		}
	}
}
