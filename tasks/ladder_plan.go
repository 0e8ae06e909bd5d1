package tasks

import "tiendo/tasks/calendar"

// LadderPlan lists the days on which a deadline is reminded of, as the job of each working day would find them.
type LadderPlan struct {
	Focal, Head, Specialist, Cooperating []calendar.Date
	Leaders                              calendar.Date // the first day of its being among the leaders' decisions; zero for never
}

// planAfter is for how many working days after a deadline a plan is made.
const planAfter = 25

// Plan goes through the working days after the day on which the deadline was set, up to some weeks after it, as long as nobody reports.
func (s SetLadder) Plan(cal *calendar.Calendar, due, setOn calendar.Date) LadderPlan {
	var p LadderPlan
	day := cal.Step(due, -s.Reach())
	if !day.After(setOn) {
		day = setOn.AddDays(1)
	}
	climbs := []struct {
		SetLadder
		to *[]calendar.Date
	}{{s.For(RoleFocal), &p.Focal}, {s.For(RoleHead), &p.Head}, {s.For(RoleSecretariat), &p.Specialist}, {s.ForCooperating(), &p.Cooperating}}
	told := make([]*int, len(climbs))
	for end := cal.Add(due, planAfter); !day.After(end); day = day.AddDays(1) {
		if !cal.IsWorking(day) {
			continue
		}
		for i, c := range climbs {
			if step, ok := c.StepOn(cal, due, setOn, day); ok && (told[i] == nil || *told[i] != step) {
				told[i] = &step
				*c.to = append(*c.to, day)
			}
		}
		if p.Leaders.IsZero() && s.ForLeaders(cal, due, day) {
			p.Leaders = day
		}
	}
	return p
}
