package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

func TestAgencies(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	good := tasks.Agency{Code: " SVH ", Name: "Sở  Văn hóa", Kind: directory.KindDepartment, From: "2026-01-01", To: "2026-12-31", SuccessorID: r.snv}
	a := must(r.directory.SaveAgency(ctx, r.secretariat, good))(t)
	if a.Code != "SVH" || a.Name != "Sở Văn hóa" || must(r.directory.Names(ctx))(t)[a.ID] != a {
		t.Errorf("agency %+v", a)
	}
	for name, c := range map[string]struct {
		change func(*tasks.Agency)
		key    string
	}{
		"no code":            {func(a *tasks.Agency) { a.Code = " " }, "field.required"},
		"no name":            {func(a *tasks.Agency) { a.Name = "" }, "field.required"},
		"a long name":        {func(a *tasks.Agency) { a.Name = strings.Repeat("ữ", 201) }, "field.too_long"},
		"a control":          {func(a *tasks.Agency) { a.Name = "Sở\x1b[2J" }, "field.not_text"},
		"no kind":            {func(a *tasks.Agency) { a.Kind = "" }, "field.required"},
		"an unknown kind":    {func(a *tasks.Agency) { a.Kind = "castle" }, "field.required"},
		"a day that is none": {func(a *tasks.Agency) { a.From = "31/12/2026" }, "field.bad_date"},
		"an end too early":   {func(a *tasks.Agency) { a.To = "2025-12-31" }, "field.before_from"},
		"a code in use":      {func(a *tasks.Agency) { a.Code = "snv" }, "directory.code_taken"},
		"no such successor":  {func(a *tasks.Agency) { a.SuccessorID = 4711 }, "party.unknown_agency"},
		"its own successor":  {func(a *tasks.Agency) { a.SuccessorID = a.ID }, directory.BookOwnSuccessor},
	} {
		t.Run(name, func(t *testing.T) {
			bad := a
			c.change(&bad)
			_, err := r.directory.SaveAgency(ctx, r.secretariat, bad)
			refused(t, err, tasks.CodeInvalid, c.key)
			for _, who := range []tasks.Person{r.focal, r.head, r.leader} {
				_, err := r.directory.SaveAgency(ctx, who, bad)
				refused(t, err, tasks.CodeForbidden, "")
			}
		})
	}
	// snv's successor would be svh, whose successor is snv.
	snv := must(r.directory.Names(ctx))(t)[r.snv]
	snv.SuccessorID = a.ID
	_, err := r.directory.SaveAgency(ctx, r.admin, snv)
	refused(t, err, tasks.CodeInvalid, directory.BookOwnSuccessor)
	_, err = r.directory.SaveAgency(ctx, r.admin, tasks.Agency{ID: 4711, Code: "X", Name: "X", Kind: directory.KindOther})
	refused(t, err, tasks.CodeNotFound, "")
	a.ShortName = "SVHTTDL"
	must(r.directory.SaveAgency(ctx, r.admin, a))(t)
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAgency, ID: a.ID}); !slices.Equal(got, []string{"agency.added", "agency.changed"}) {
		t.Errorf("trail %v", got)
	}
}

func TestGroupsAndAliases(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	g := tasks.Group{Code: "G", Name: "Nhóm", Members: []tasks.Membership{{AgencyID: r.snv, From: "2026-01-01"}, {AgencyID: r.stc}}}
	g = must(r.directory.SaveGroup(ctx, r.secretariat, g))(t)
	for name, c := range map[string]struct {
		change func(*tasks.Group)
		key    string
	}{
		"no code":       {func(g *tasks.Group) { g.Code = "" }, "field.required"},
		"a code in use": {func(g *tasks.Group) { g.Code = "so" }, "directory.code_taken"},
		"no agency":     {func(g *tasks.Group) { g.Members = []tasks.Membership{{}} }, "party.unknown_agency"},
		"a bad day":     {func(g *tasks.Group) { g.Members = []tasks.Membership{{AgencyID: r.snv, To: "x"}} }, "field.bad_date"},
		"ends reversed": {func(g *tasks.Group) {
			g.Members = []tasks.Membership{{AgencyID: r.snv, From: "2026-02-01", To: "2026-01-01"}}
		}, "field.before_from"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := g
			c.change(&bad)
			_, err := r.directory.SaveGroup(ctx, r.secretariat, bad)
			refused(t, err, tasks.CodeInvalid, c.key)
			_, err = r.directory.SaveGroup(ctx, r.focal, bad)
			refused(t, err, tasks.CodeForbidden, "")
		})
	}
	for name, c := range map[string]struct {
		alias tasks.Alias
		key   string
	}{
		"no name":        {tasks.Alias{AgencyID: r.snv}, "field.required"},
		"marks alone":    {tasks.Alias{Name: "–", AgencyID: r.snv}, "field.required"},
		"of nobody":      {tasks.Alias{Name: "x"}, "party.choose"},
		"of two":         {tasks.Alias{Name: "x", AgencyID: r.snv, GroupID: g.ID}, "party.choose"},
		"no such agency": {tasks.Alias{Name: "x", AgencyID: 4711}, "party.unknown_agency"},
		"no such group":  {tasks.Alias{Name: "x", GroupID: 4711}, "party.unknown_group"},
	} {
		t.Run("alias "+name, func(t *testing.T) {
			refused(t, r.directory.AddAlias(ctx, r.admin, c.alias), tasks.CodeInvalid, c.key)
			refused(t, r.directory.AddAlias(ctx, r.leader, c.alias), tasks.CodeForbidden, "")
		})
	}
	for _, name := range []string{"Nội vụ tỉnh", "noi vu tinh", "NỘI VỤ TỈNH"} { // the same name three times
		check(t, r.directory.AddAlias(ctx, r.admin, tasks.Alias{Name: name, AgencyID: r.snv}))
	}
	aliases := must(r.directory.All(ctx, r.admin))(t).Aliases
	if len(aliases) != 1 {
		t.Fatalf("aliases %+v", aliases)
	}
	refused(t, r.directory.RemoveAlias(ctx, r.focal, aliases[0].ID), tasks.CodeForbidden, "")
	check(t, r.directory.RemoveAlias(ctx, r.secretariat, aliases[0].ID))
	refused(t, r.directory.RemoveAlias(ctx, r.secretariat, aliases[0].ID), tasks.CodeNotFound, "")
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAlias, ID: aliases[0].ID}); !slices.Equal(got, []string{"alias.added", "alias.removed"}) {
		t.Errorf("trail %v", got)
	}
	for _, who := range []tasks.Person{r.focal, r.leader, {}} {
		if _, err := r.directory.All(ctx, who); err == nil {
			t.Errorf("%s reads the directory", who.Name)
		}
		if _, err := r.directory.Suggest(ctx, who, "so", 5); err == nil {
			t.Errorf("%s is suggested names", who.Name)
		}
	}
	if got := must(r.directory.Suggest(ctx, r.secretariat, "noi vu", 5))(t); len(got) == 0 || got[0].AgencyID != r.snv {
		t.Errorf("suggested %+v", got)
	}
}

func TestOneNameForOneAgencyAtATime(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	save := func(code, name, from, to string) error {
		_, err := r.directory.SaveAgency(ctx, r.admin, tasks.Agency{Code: code, Name: name, Kind: directory.KindDepartment, From: from, To: to})
		return err
	}
	check(t, save("NEW", "Sở Công Thương", "2025-03-01", ""))
	check(t, save("OLD", "Sở Công Thương", "2008-01-01", "2025-02-28"))
	refused(t, save("NEW2", "sở công thương", "", ""), tasks.CodeInvalid, "directory.name_taken")
	refused(t, save("NEW3", "Sở Công Thương", "2024-01-01", "2025-03-01"), tasks.CodeInvalid, "directory.name_taken")
	check(t, save("FIRST", "Sở Công Thương", "", "2007-12-31"))
}
