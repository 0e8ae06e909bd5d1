package tasks_test

import (
	"slices"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
)

func TestFollowersOfDocumentAndAssignment(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id := r.draft("10/CT-UBND", r.duty(), r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.stc) }))
	named := tasks.Followers{Specialist: r.colleague.ID, Leader: r.leader.ID}
	check(t, r.documents.SetFollowers(ctx, r.secretariat, id, 0, named))
	check(t, r.documents.Issue(ctx, r.secretariat, id, 0))
	view := must(r.documents.Get(ctx, r.secretariat, id))(t)
	first, second := view.Assignments[0], view.Assignments[1]
	for _, a := range view.Assignments {
		if a.Followers != named || a.Named != (tasks.Followers{}) {
			t.Errorf("assignment %d at issue: followers %+v, of its own %+v", a.ID, a.Followers, a.Named)
		}
	}

	check(t, r.assignments.NameFollowers(ctx, r.secretariat, first.ID, first.Version, tasks.Followers{Specialist: r.secretariat.ID}))
	if got, want := r.assignment(first.ID).Assignment.Followers, (tasks.Followers{Specialist: r.secretariat.ID, Leader: r.leader.ID}); got != want {
		t.Errorf("followers %+v, want %+v", got, want)
	}
	refused(t, r.assignments.NameFollowers(ctx, r.secretariat, first.ID, first.Version, tasks.Followers{}), tasks.CodeConflict, "")

	// The document's change reaches those that follow it, and leaves their versions.
	version := r.assignment(second.ID).Assignment.Version
	check(t, r.documents.SetFollowers(ctx, r.secretariat, id, r.document(id).Version, tasks.Followers{Specialist: r.both.ID}))
	if a := r.assignment(second.ID).Assignment; a.Followers != (tasks.Followers{Specialist: r.both.ID}) || a.Version != version {
		t.Errorf("second: %+v, version %d", a.Followers, a.Version)
	}
	if a := r.assignment(first.ID).Assignment; a.Followers != (tasks.Followers{Specialist: r.secretariat.ID}) {
		t.Errorf("first: %+v", a.Followers)
	}
	if !slices.Contains(r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id}), "document.followers_named") ||
		!slices.Contains(r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: first.ID}), "assignment.followers_named") {
		t.Error("the trail does not tell of it")
	}

	for _, f := range []struct {
		name string
		q    tasks.AssignmentQuery
		want []int64
	}{
		{"mine", tasks.AssignmentQuery{Specialist: r.secretariat.ID}, []int64{first.ID}},
		{"another's", tasks.AssignmentQuery{Specialist: r.both.ID}, []int64{second.ID}},
		{"not mine", tasks.AssignmentQuery{NotSpecialist: r.secretariat.ID}, []int64{second.ID}},
		{"nobody's", tasks.AssignmentQuery{Leader: r.leader.ID}, nil},
	} {
		page := must(r.assignments.List(ctx, r.secretariat, f.q))(t)
		var got []int64
		for _, row := range page.Rows {
			got = append(got, row.ID)
		}
		if !slices.Equal(got, f.want) || page.Total != len(f.want) {
			t.Errorf("%s: %v (%d), want %v", f.name, got, page.Total, f.want)
		}
	}
}

func TestWhoMayNameFollowers(t *testing.T) {
	r := newRig(t)
	id, a := r.issue("10/CT-UBND", r.duty())
	for _, c := range []struct {
		name string
		who  tasks.Person
		in   tasks.Followers
		code tasks.Code
		key  string
	}{
		{"a focal point", r.focal, tasks.Followers{Specialist: r.colleague.ID}, tasks.CodeForbidden, ""},
		{"a leader", r.leader, tasks.Followers{Leader: r.leader.ID}, tasks.CodeForbidden, ""},
		{"a focal point as specialist", r.secretariat, tasks.Followers{Specialist: r.focal.ID}, tasks.CodeInvalid, "follower.not_one"},
		{"a specialist as leader", r.secretariat, tasks.Followers{Leader: r.colleague.ID}, tasks.CodeInvalid, "follower.not_one"},
		{"nobody there is", r.secretariat, tasks.Followers{Specialist: 4711}, tasks.CodeInvalid, "follower.not_one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refused(t, r.documents.SetFollowers(t.Context(), c.who, id, 0, c.in), c.code, c.key)
			refused(t, r.assignments.NameFollowers(t.Context(), c.who, a[0].ID, 0, c.in), c.code, c.key)
		})
	}
	refused(t, r.assignments.NameFollowers(t.Context(), r.other, a[0].ID, 0, tasks.Followers{}), tasks.CodeNotFound, "")
}

func TestLastFocalPointLeavesOnlyWithSuccessor(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, a := r.issue("10/CT-UBND", r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.stc) }))
	off := r.other
	off.Active = false
	_, err := r.accounts.SavePerson(ctx, r.admin, off)
	refused(t, err, tasks.CodeInvalid, "succession.focal")
	moved := r.other
	moved.Grants = []tasks.Grant{focalOf(r.syt)}
	_, err = r.accounts.SavePerson(ctx, r.admin, moved)
	refused(t, err, tasks.CodeInvalid, "succession.focal")
	gone := r.person("Bình", focalOf(r.syt))
	gone.Active = false
	gone = must(r.accounts.SavePerson(ctx, r.admin, gone))(t)
	for name, id := range map[string]int64{"himself": r.other.ID, "one who is disabled": gone.ID, "nobody there is": 4711} {
		_, err := r.accounts.SavePersonWith(ctx, r.admin, off, tasks.Successors{Focal: id})
		t.Log(name)
		refused(t, err, tasks.CodeInvalid, "succession.not_one")
	}
	if p := must(r.accounts.Person(ctx, r.admin, r.other.ID))(t); !p.Active || p.Version != r.other.Version {
		t.Errorf("a refused change has left a trace: %+v", p)
	}
	must(r.accounts.SavePersonWith(ctx, r.admin, off, tasks.Successors{Focal: r.head.ID}))(t)
	heir := must(r.accounts.Person(ctx, r.admin, r.head.ID))(t)
	if !slices.Contains(heir.Grants, focalOf(r.stc)) || !slices.Contains(heir.Grants, tasks.Grant{Role: tasks.RoleHead, AgencyID: r.snv}) {
		t.Errorf("the successor has %v", heir.Grants)
	}
	check(t, r.assignments.Report(ctx, heir, a[0].ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: "Đã nhận việc"}))

	// He is not the last: nobody has to follow him; and where no duty is open neither.
	off = must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	off.Active = false
	must(r.accounts.SavePerson(ctx, r.admin, off))(t)
}

func TestSpecialistAndLeaderLeaveOnlyWithSuccessors(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	issued, a := r.issue("10/CT-UBND", r.duty(), r.duty())
	check(t, r.documents.SetFollowers(ctx, r.secretariat, issued, 0, tasks.Followers{Leader: r.leader.ID}))
	check(t, r.assignments.NameFollowers(ctx, r.secretariat, a[0].ID, 0, tasks.Followers{Specialist: r.secretariat.ID}))
	draft := r.draft("11/CT-UBND", r.duty()) // made by the secretariat, nobody named
	next := r.person("Phó", tasks.Grant{Role: tasks.RoleLeader})

	off := r.secretariat
	off.Active = false
	_, err := r.accounts.SavePerson(ctx, r.admin, off)
	refused(t, err, tasks.CodeInvalid, "succession.secretariat")
	_, err = r.accounts.SavePersonWith(ctx, r.admin, off, tasks.Successors{Specialist: r.focal.ID})
	refused(t, err, tasks.CodeInvalid, "succession.not_one")
	must(r.accounts.SavePersonWith(ctx, r.admin, off, tasks.Successors{Specialist: r.colleague.ID}))(t)
	if got := r.document(draft).Followers.Specialist; got != r.colleague.ID {
		t.Errorf("the draft is followed by %d, want %d", got, r.colleague.ID)
	}
	if got := r.assignment(a[0].ID).Assignment; got.Followers.Specialist != r.colleague.ID || got.Named.Specialist != r.colleague.ID {
		t.Errorf("the duty: %+v of its own %+v", got.Followers, got.Named)
	}

	leaving := r.leader
	leaving.Grants = nil
	_, err = r.accounts.SavePerson(ctx, r.admin, leaving)
	refused(t, err, tasks.CodeInvalid, "succession.leader")
	must(r.accounts.SavePersonWith(ctx, r.admin, leaving, tasks.Successors{Leader: next.ID}))(t)
	for _, x := range a {
		if got := r.assignment(x.ID).Assignment.Followers.Leader; got != next.ID {
			t.Errorf("leader of assignment %d: %d, want %d", x.ID, got, next.ID)
		}
	}
	if trail := r.trail(tasks.Subject{Kind: tasks.SubjectPerson, ID: next.ID}); !slices.Contains(trail, "person.posts_taken") {
		t.Errorf("trail of the successor: %v", trail)
	}
}

// Both of an agency's focal points are disabled at the same moment: one of them has to name a successor.
func TestLastTwoFocalPointsLeaveAtOnce(t *testing.T) {
	r := newRig(t)
	r.issue("10/CT-UBND", r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.stc) }))
	second := r.person("Mai", focalOf(r.stc))
	errs := make(chan error, 2)
	for _, p := range []tasks.Person{r.other, second} {
		p.Active = false
		go func() { _, err := r.accounts.SavePerson(t.Context(), r.admin, p); errs <- err }()
	}
	var failed int
	for range 2 {
		if err := <-errs; err != nil {
			failed++
			refused(t, err, tasks.CodeInvalid, "succession.focal")
		}
	}
	if failed != 1 {
		t.Errorf("%d of two were refused, want one", failed)
	}
	check(t, r.db.View(t.Context(), func(tx *store.Tx) error {
		people, err := tx.Recipients(tasks.RoleFocal, r.stc)
		if len(people) != 1 {
			t.Errorf("%d focal points are left", len(people))
		}
		return err
	}))
}

// What was carried over from a document that is closed still has who follows it: he leaves only with a successor.
func TestWhoFollowsWhatWasCarriedOverLeavesWithASuccessor(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, a := r.issue("10/CT-UBND", r.duty())
	check(t, r.documents.SetFollowers(ctx, r.secretariat, id, 0, tasks.Followers{Specialist: r.colleague.ID}))
	r.at("2026-12-28 09:00")
	_, _, err := r.assignments.EndYear(ctx, r.secretariat, id, tasks.YearEndInput{
		Rows:   []tasks.YearEndRow{{AssignmentID: a[0].ID, Choice: tasks.YearEndCarry, Due: date("2027-03-31")}},
		Reason: "Chuyển sang năm sau", Document: "90/TB-UBND", Authority: "Chủ tịch UBND tỉnh",
	})
	check(t, err)
	check(t, r.assignments.CloseDocument(ctx, r.secretariat, id, 0))
	off := r.colleague
	off.Active = false
	_, err = r.accounts.SavePerson(ctx, r.admin, off)
	refused(t, err, tasks.CodeInvalid, "succession.secretariat")
	must(r.accounts.SavePersonWith(ctx, r.admin, off, tasks.Successors{Specialist: r.secretariat.ID}))(t)
	if got := r.assignment(a[0].ID).Assignment.Followers.Specialist; got != r.secretariat.ID {
		t.Errorf("followed by %d, want %d", got, r.secretariat.ID)
	}
}
