package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// viewNames are the views that a person may open, those that he may change with a star, the usual one with "!".
func (r *rig) viewNames(who tasks.Person) []string {
	r.t.Helper()
	var names []string
	for _, v := range must(r.assignments.SavedViews(r.t.Context(), who))(r.t) {
		name := v.Name
		if v.MayEdit {
			name += "*"
		}
		if v.Usual {
			name += "!"
		}
		names = append(names, name)
	}
	return names
}

func TestSavedViews(t *testing.T) {
	r := newRig(t)
	ctx, s := t.Context(), r.assignments
	save := func(who tasks.Person, name string, shared bool) tasks.SavedView {
		t.Helper()
		return must(s.SaveView(ctx, who, tasks.SavedViewInput{Name: name, Query: "state=all&timeliness=overdue", Shared: shared}))(t)
	}
	want := func(who tasks.Person, names ...string) {
		t.Helper()
		if got := r.viewNames(who); !slices.Equal(got, names) {
			t.Errorf("views of %s: %q, want %q", who.Name, got, names)
		}
	}
	private, shared := save(r.secretariat, "  Quá hạn\n của khối  ", false), save(r.secretariat, "Chung", true)
	own := save(r.focal, "Quá hạn của khối", false)
	want(r.secretariat, "Chung*", "Quá hạn của khối*")
	want(r.colleague, "Chung")
	want(r.leader)
	want(r.focal, "Quá hạn của khối*")

	for name, in := range map[string]tasks.SavedViewInput{
		"field.required":     {Query: "state=all"},
		"field.too_long":     {Name: strings.Repeat("a", tasks.MaxViewName+1), Query: "state=all"},
		"saved_view.nothing": {Name: "Trống"},
		"saved_view.taken":   {Name: "Chung", Query: "state=all"},
	} {
		_, err := s.SaveView(ctx, r.secretariat, in)
		refused(t, err, tasks.CodeInvalid, name)
	}
	_, err := s.SaveView(ctx, r.focal, tasks.SavedViewInput{Name: "Chung", Query: "state=all", Shared: true})
	refused(t, err, tasks.CodeForbidden, "")
	_, err = s.SaveView(ctx, r.admin, tasks.SavedViewInput{Name: "Chung", Query: "state=all"})
	refused(t, err, tasks.CodeForbidden, "")

	// What a person may not see does not exist; what he may only open he does not change.
	for who, code := range map[*tasks.Person]tasks.Code{&r.colleague: tasks.CodeForbidden, &r.focal: tasks.CodeNotFound, &r.leader: tasks.CodeNotFound, &r.admin: tasks.CodeForbidden} {
		refused(t, s.ChangeView(ctx, *who, shared.ID, tasks.SavedViewInput{Name: "Khác"}), code, "")
		refused(t, s.DeleteView(ctx, *who, shared.ID), code, "")
	}
	refused(t, s.SetUsualView(ctx, r.colleague, private.ID, true), tasks.CodeNotFound, "")
	refused(t, s.SetUsualView(ctx, r.focal, shared.ID, true), tasks.CodeNotFound, "")
	refused(t, s.ChangeView(ctx, r.secretariat, private.ID, tasks.SavedViewInput{Name: "Chung"}), tasks.CodeInvalid, "saved_view.taken")

	check(t, s.SetUsualView(ctx, r.colleague, shared.ID, true))
	check(t, s.SetUsualView(ctx, r.secretariat, private.ID, true))
	check(t, s.SetUsualView(ctx, r.secretariat, shared.ID, true)) // one for each
	check(t, s.SetUsualView(ctx, r.focal, own.ID, true))
	want(r.colleague, "Chung!")
	want(r.secretariat, "Chung*!", "Quá hạn của khối*")
	if v, ok, err := s.UsualView(ctx, r.colleague); err != nil || !ok || v.Query != "state=all&timeliness=overdue" {
		t.Errorf("usual view %+v, %v, %v", v, ok, err)
	}
	check(t, s.ChangeView(ctx, r.secretariat, shared.ID, tasks.SavedViewInput{Name: "Riêng"})) // nobody else sees it any more
	want(r.colleague)
	want(r.secretariat, "Quá hạn của khối*", "Riêng*!")
	if _, ok, err := s.UsualView(ctx, r.colleague); err != nil || ok {
		t.Errorf("the list opens with a view that is no longer shared: %v, %v", ok, err)
	}
	check(t, s.SetUsualView(ctx, r.secretariat, shared.ID, false))
	want(r.secretariat, "Quá hạn của khối*", "Riêng*")
	check(t, s.SetUsualView(ctx, r.secretariat, private.ID, true))
	check(t, s.DeleteView(ctx, r.secretariat, private.ID))
	want(r.secretariat, "Riêng*")
	if _, ok, err := s.UsualView(ctx, r.secretariat); err != nil || ok {
		t.Errorf("the list opens with a view that is gone: %v, %v", ok, err)
	}
	// What somebody shared who left the secretariat is the others'.
	check(t, s.ChangeView(ctx, r.secretariat, shared.ID, tasks.SavedViewInput{Name: "Chung", Shared: true}))
	left := r.secretariat
	left.Grants, left.Version = []tasks.Grant{focalOf(r.snv)}, 0
	must(r.accounts.SavePerson(ctx, tasks.System, left))(t)
	want(r.colleague, "Chung*")
	check(t, s.DeleteView(ctx, r.colleague, shared.ID))
	want(r.colleague)

	for i := range tasks.MaxViews - 1 {
		save(r.focal, "Số "+strings.Repeat("i", i+1), false)
	}
	_, err = s.SaveView(ctx, r.focal, tasks.SavedViewInput{Name: "Thêm", Query: "state=all"})
	refused(t, err, tasks.CodeInvalid, "saved_view.too_many")
}
