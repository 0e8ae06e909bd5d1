package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func (r *rig) contributions(who tasks.Person, id int64) tasks.ContributionsView {
	r.t.Helper()
	return must(r.assignments.Contributions(r.t.Context(), who, id))(r.t)
}

func askPart(due string, agencies ...int64) tasks.ContributionRequest {
	return tasks.ContributionRequest{Agencies: agencies, Words: "Số liệu quý III", Due: date(due)}
}

// eventsTo lists the agencies told of an event about an assignment.
func (r *rig) eventsTo(event string, id int64) []int64 {
	r.t.Helper()
	var agencies []int64
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == event && n.Subject.ID == id {
			agencies = append(agencies, n.AgencyID)
		}
	}
	return agencies
}

// helped is a duty that snv leads and in which stc and syt cooperate, due on 30 October.
func (r *rig) helped(number string) tasks.Assignment {
	r.t.Helper()
	_, a := r.issue(number, r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc, r.syt) }))
	return a[0]
}

func TestACooperatingAgencySendsItsPart(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	third := r.person("Sơn", focalOf(r.syt))
	r.at("2026-10-06 08:00")
	check(t, r.assignments.AskContributions(ctx, r.focal, a.ID, askPart("2026-10-16", r.stc, r.syt)))
	v := r.contributions(r.focal, a.ID)
	if len(v.Lines) != 2 || !v.All || len(v.Askable) != 0 || v.Assignment.Version != a.Version+1 {
		t.Fatalf("the lead sees %+v", v)
	}
	c := v.Lines[1]
	if c.AgencyID != r.stc || c.State != tasks.ContributionAsked || c.Due != date("2026-10-16") || c.DueSetOn != date("2026-10-06") || c.AskedFor != r.snv || c.Round != 1 || c.MayNudge {
		t.Errorf("asked: %+v", c)
	}
	if got := r.eventsTo(tasks.EventContributionAsked, a.ID); !slices.Equal(got, []int64{r.stc, r.syt}) {
		t.Errorf("told %v", got)
	}
	refused(t, r.assignments.AskContributions(ctx, r.focal, a.ID, askPart("2026-10-16", r.stc)), tasks.CodeInvalid, "contribution.stands")

	// A cooperating agency sees its own part alone, in the history too.
	for who, own := range map[*tasks.Person]int64{&r.other: r.stc, &third: r.syt} {
		v := r.contributions(*who, a.ID)
		if len(v.Lines) != 1 || v.Lines[0].AgencyID != own || v.All || !slices.Equal(v.Sendable, []int64{own}) || len(v.Askable) > 0 || v.Lines[0].MaySettle {
			t.Errorf("%s sees %+v", who.Name, v)
		}
	}
	awaited, more, err := r.assignments.AwaitedContributions(ctx, r.other, r.stc, 10)
	check(t, err)
	if len(awaited) != 1 || more || awaited[0].Row.ID != a.ID {
		t.Errorf("awaited %+v", awaited)
	}
	check(t, r.assignments.SendContribution(ctx, r.other, a.ID, tasks.ContributionInput{Words: "Biểu kèm theo", Document: "5/STC"}))
	if got := r.eventsTo(tasks.EventContributionSent, a.ID); !slices.Equal(got, []int64{r.snv}) {
		t.Errorf("told %v", got)
	}
	refused(t, r.assignments.SendContribution(ctx, r.other, a.ID, tasks.ContributionInput{Words: "Lần nữa"}), tasks.CodeConflict, "contribution.sent_already")
	trailOf := func(who tasks.Person) string {
		var actions []string
		for _, e := range must(r.assignments.Get(ctx, who, a.ID))(t).Trail {
			actions = append(actions, e.Action)
		}
		return strings.Join(actions, " ")
	}
	if strings.Contains(trailOf(third), "contribution_sent") || !strings.Contains(trailOf(r.focal), "contribution_sent") || !strings.Contains(trailOf(r.other), "contribution_sent") {
		t.Errorf("the histories are %q, %q, %q", trailOf(third), trailOf(r.focal), trailOf(r.other))
	}

	// The lead asks again, the agency sends again, the lead accepts.
	r.at("2026-10-08 08:00")
	c = r.contributions(r.focal, a.ID).Lines[1]
	check(t, r.assignments.SettleContribution(ctx, r.head, a.ID, c.ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAskAgain, Words: "Thiếu quý II", Due: date("2026-10-20")}))
	c = r.contributions(r.focal, a.ID).Lines[1]
	if c.State != tasks.ContributionAsked || c.Round != 2 || c.Due != date("2026-10-20") || c.DueSetOn != date("2026-10-08") || len(c.Parts) != 2 || !c.Parts[1].Again {
		t.Errorf("asked again: %+v", c)
	}
	refused(t, r.assignments.SettleContribution(ctx, r.focal, a.ID, c.ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAccept}), tasks.CodeConflict, "contribution.settled")
	check(t, r.assignments.SendContribution(ctx, r.other, a.ID, tasks.ContributionInput{AgencyID: r.stc, Words: "Đủ bốn quý"}))
	check(t, r.assignments.SettleContribution(ctx, r.secretariat, a.ID, c.ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAccept, Words: "Được"}))
	c = r.contributions(r.focal, a.ID).Lines[1]
	if c.State != tasks.ContributionAccepted || c.ClosedBy != r.secretariat.ID || c.Closing != "Được" || c.MaySettle {
		t.Errorf("accepted: %+v", c)
	}
	// Then it may be asked for another one.
	check(t, r.assignments.AskContributions(ctx, r.focal, a.ID, askPart("2026-10-30", r.stc)))
	got := r.assignment(a.ID).Assignment
	if got.State != a.State || got.Due != a.Due || got.Percent != 0 {
		t.Errorf("the duty is %+v", got)
	}
	want := []string{
		"assignment.contribution_asked", "assignment.contribution_asked", "assignment.contribution_sent", "assignment.contribution_again",
		"assignment.contribution_sent", "assignment.contribution_accepted", "assignment.contribution_asked",
	}
	if trail := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a.ID}); !slices.Equal(trail[len(trail)-len(want):], want) {
		t.Errorf("trail %v", trail)
	}
}

func TestAPartIsSentUnaskedAndNeededNoMore(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	check(t, r.assignments.SendContribution(ctx, r.other, a.ID, tasks.ContributionInput{Words: "Gửi trước"}))
	c := r.contributions(r.focal, a.ID).Lines[0]
	if c.Round != 0 || c.State != tasks.ContributionSent || !c.Due.IsZero() || c.AskedBy != 0 || !c.MaySettle {
		t.Errorf("sent unasked: %+v", c)
	}
	check(t, r.assignments.SettleContribution(ctx, r.focal, a.ID, c.ID, tasks.ContributionSettlement{Outcome: tasks.ContributionDrop}))
	if c = r.contributions(r.focal, a.ID).Lines[0]; c.State != tasks.ContributionNotNeeded {
		t.Errorf("not needed: %+v", c)
	}
	// Who works for both may not accept what he sent himself.
	twice := r.person("Tuấn", focalOf(r.snv), focalOf(r.stc))
	check(t, r.assignments.SendContribution(ctx, twice, a.ID, tasks.ContributionInput{AgencyID: r.stc, Words: "Tự gửi"}))
	c = r.contributions(twice, a.ID).Lines[0]
	if c.MaySettle || !c.Own {
		t.Errorf("his own: %+v", c)
	}
	refused(t, r.assignments.SettleContribution(ctx, twice, a.ID, c.ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAccept}), tasks.CodeForbidden, "contribution.own")
}

func TestALeadNudgesOnceAWorkingDay(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	check(t, r.assignments.AskContributions(ctx, r.focal, a.ID, askPart("2026-10-16", r.stc)))
	id := r.contributions(r.focal, a.ID).Lines[0].ID
	nudge := func(at string) error {
		r.at(at)
		return r.assignments.NudgeContribution(ctx, r.focal, a.ID, id, 0)
	}
	refused(t, nudge("2026-10-05 15:00"), tasks.CodeConflict, "contribution.nudged_already") // asked today
	check(t, nudge("2026-10-09 08:00"))
	refused(t, nudge("2026-10-09 16:00"), tasks.CodeConflict, "contribution.nudged_already")
	refused(t, nudge("2026-10-11 08:00"), tasks.CodeConflict, "contribution.nudged_already") // a Sunday is still the Friday before
	check(t, nudge("2026-10-12 08:00"))
	if got := r.eventsTo(tasks.EventContributionNudged, a.ID); !slices.Equal(got, []int64{r.stc, r.stc}) {
		t.Errorf("told %v", got)
	}
	check(t, r.assignments.SendContribution(ctx, r.other, a.ID, tasks.ContributionInput{Words: "Đây"}))
	refused(t, nudge("2026-10-13 08:00"), tasks.CodeConflict, "contribution.settled")
}

func TestWhatContributionsRefuse(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	stranger := r.person("Khách", focalOf(r.thue))
	ask := func(who tasks.Person, change func(*tasks.ContributionRequest)) error {
		in := askPart("2026-10-16", r.stc)
		if change != nil {
			change(&in)
		}
		return r.assignments.AskContributions(ctx, who, a.ID, in)
	}
	send := func(who tasks.Person, in tasks.ContributionInput) error {
		return r.assignments.SendContribution(ctx, who, a.ID, in)
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"cooperating asks":    {ask(r.other, nil), tasks.CodeForbidden, ""},
		"a leader asks":       {ask(r.leader, nil), tasks.CodeForbidden, ""},
		"no part":             {ask(stranger, nil), tasks.CodeNotFound, ""},
		"admin":               {ask(r.admin, nil), tasks.CodeNotFound, ""},
		"nobody":              {ask(r.focal, func(in *tasks.ContributionRequest) { in.Agencies = nil }), tasks.CodeInvalid, "field.required"},
		"not cooperating":     {ask(r.focal, func(in *tasks.ContributionRequest) { in.Agencies = []int64{r.thue} }), tasks.CodeInvalid, "contribution.not_cooperating"},
		"no words":            {ask(r.focal, func(in *tasks.ContributionRequest) { in.Words = " " }), tasks.CodeInvalid, "field.required"},
		"no day":              {ask(r.focal, func(in *tasks.ContributionRequest) { in.Due = date("2026-10-16").AddDays(-20) }), tasks.CodeInvalid, "remark.past"},
		"behind the deadline": {ask(r.focal, func(in *tasks.ContributionRequest) { in.Due = date("2026-10-31") }), tasks.CodeInvalid, "contribution.behind_deadline"},
		"another version":     {ask(r.focal, func(in *tasks.ContributionRequest) { in.Version = 99 }), tasks.CodeConflict, "error.conflict"},
		"the lead sends":      {send(r.focal, tasks.ContributionInput{Words: "x"}), tasks.CodeForbidden, ""},
		"for another":         {send(r.other, tasks.ContributionInput{AgencyID: r.syt, Words: "x"}), tasks.CodeForbidden, ""},
		"the secretariat":     {send(r.secretariat, tasks.ContributionInput{AgencyID: r.stc, Words: "x"}), tasks.CodeForbidden, ""},
		"sends nothing":       {send(r.other, tasks.ContributionInput{}), tasks.CodeInvalid, "field.required"},
		"there is none":       {r.assignments.SettleContribution(ctx, r.focal, a.ID, 77, tasks.ContributionSettlement{Outcome: tasks.ContributionAccept}), tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	if n := len(r.contributions(tasks.System, a.ID).Lines); n != 0 {
		t.Errorf("%d contributions from refused steps", n)
	}
	if got := r.assignment(a.ID).Assignment.Version; got != a.Version {
		t.Errorf("version %d of refused steps", got)
	}
	// Of a duty that ended nothing is asked or sent, and nothing is awaited.
	check(t, ask(r.focal, nil))
	check(t, r.assignments.Cancel(ctx, r.secretariat, a.ID, tasks.PauseInput{Reason: "Không còn cần", Authority: "Chủ tịch"}))
	refused(t, send(r.other, tasks.ContributionInput{Words: "x"}), tasks.CodeConflict, "contribution.not_in_state")
	if awaited, _, err := r.assignments.AwaitedContributions(ctx, r.other, r.stc, 10); err != nil || len(awaited) > 0 {
		t.Errorf("awaited of a cancelled duty: %v %v", awaited, err)
	}
}
