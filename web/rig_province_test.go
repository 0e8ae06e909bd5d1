package web_test

import (
	"cmp"
	"context"
	"strconv"
	"sync"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// rigPassword is everybody's.
const rigPassword = "mau-son-2026"

// Addresses of the people of the rig.
const (
	adminEmail    = "quantri@mauson.example"
	officeEmail   = "vanphong@mauson.example"    // secretariat
	standingEmail = "thuongtruc@mauson.example"  // secretariat and focal of SNV: may report, not confirm his own
	focalEmail    = "daumoi.snv@mauson.example"  // focal of SNV
	otherEmail    = "daumoi.stc@mauson.example"  // focal of STC
	communeEmail  = "daumoi.anb@mauson.example"  // focal of XAB
	headEmail     = "giamdoc.snv@mauson.example" // head of SNV
	leaderEmail   = "chutich@mauson.example"
	noRoleEmail   = "chuacoquyen@mauson.example"
	disabledEmail = "danghi@mauson.example" // was focal of STC
)

var rigAgencies = []tasks.Agency{
	{Code: "SNV", Name: "Sở Nội vụ", ShortName: "SNV", Kind: directory.KindDepartment, From: "2025-03-01"},
	{Code: "STC", Name: "Sở Tài chính", ShortName: "STC", Kind: directory.KindDepartment, From: "2025-03-01"},
	{Code: "CAT", Name: "Công an tỉnh", Kind: directory.KindVertical},
	{Code: "XAB", Name: "UBND xã An Bình", Kind: directory.KindCommune, From: "2025-07-01"},
	{Code: "XBM", Name: "UBND xã Bình Minh", Kind: directory.KindCommune, From: "2025-07-01"},
	{Code: "PHA", Name: "UBND phường Hòa An", Kind: directory.KindWard, From: "2025-07-01"},
}

// communesGroup has the communes as members.
const communesGroup = "CX"

var rigPeople = []struct {
	email, name, position string
	grants                []rigGrant
	disabled              bool
}{
	{email: adminEmail, name: "Lê Văn Quản", position: "Quản trị mạng", grants: []rigGrant{{tasks.RoleAdmin, ""}}},
	{email: officeEmail, name: "Trần Thị Văn", position: "Chuyên viên Văn phòng", grants: []rigGrant{{tasks.RoleSecretariat, ""}}},
	{email: standingEmail, name: "Phạm Thường Trực", position: "Trưởng phòng", grants: []rigGrant{{tasks.RoleSecretariat, ""}, {tasks.RoleFocal, "SNV"}}},
	{email: focalEmail, name: "Nguyễn Thị Đầu", position: "Chuyên viên", grants: []rigGrant{{tasks.RoleFocal, "SNV"}}},
	{email: otherEmail, name: "Hoàng Văn Tài", position: "Chuyên viên", grants: []rigGrant{{tasks.RoleFocal, "STC"}}},
	{email: communeEmail, name: "Đỗ Thị An", position: "Công chức", grants: []rigGrant{{tasks.RoleFocal, "XAB"}}},
	{email: headEmail, name: "Vũ Giám Đốc", position: "Giám đốc", grants: []rigGrant{{tasks.RoleHead, "SNV"}}},
	{email: leaderEmail, name: "Bùi Chủ Tịch", position: "Chủ tịch UBND tỉnh", grants: []rigGrant{{tasks.RoleLeader, ""}}},
	{email: noRoleEmail, name: "Ngô Chưa Quyền"},
	{email: disabledEmail, name: "Đinh Đã Nghỉ", grants: []rigGrant{{tasks.RoleFocal, "STC"}}, disabled: true},
}

// rigGrant names the agency by its code.
type rigGrant struct {
	role   tasks.Role
	agency string
}

// rigHash is the hash of rigPassword, made once: hashing is slow by design.
var rigHash = sync.OnceValues(func() (string, error) {
	passwords, err := tasks.NewPasswords(1)
	if err != nil {
		return "", err
	}
	return passwords.Hash(context.Background(), rigPassword)
})

// populate fills the directory through the services.
func (r *rig) populate() {
	t, ctx := r.t, r.ctx()
	t.Helper()
	group := tasks.Group{Code: communesGroup, Name: "UBND các xã, phường"}
	for _, a := range rigAgencies {
		a = must(r.Directory.SaveAgency(ctx, tasks.System, a))(t)
		r.agencies[a.Code] = a
		if a.Kind == directory.KindCommune || a.Kind == directory.KindWard {
			group.Members = append(group.Members, tasks.Membership{AgencyID: a.ID, From: a.From})
		}
	}
	r.groups[group.Code] = must(r.Directory.SaveGroup(ctx, tasks.System, group))(t)
	hash := must(rigHash())(t)
	for _, in := range rigPeople {
		p := tasks.Person{Email: in.email, Name: in.name, Position: in.position, Active: !in.disabled}
		for _, g := range in.grants {
			p.Grants = append(p.Grants, tasks.Grant{Role: g.role, AgencyID: r.agencies[g.agency].ID})
		}
		p = must(r.Accounts.SavePerson(ctx, tasks.System, p))(t)
		if err := r.db.Accounts().Update(ctx, func(tx tasks.AccountTx) error { return tx.SetPasswordHash(p.ID, hash) }); err != nil {
			t.Fatal(err)
		}
		r.people[p.Email] = p
	}
}

// rigDuty is a duty of a document that a test issues. Leads and cooperating are names as a document writes them; due is ISO text,
// "" takes the cadence, which by default is the document's.
type rigDuty struct {
	text               string
	leads, cooperating []string
	joint              bool
	due, cadence       string
	phrase             string // the deadline's words; "": those of due
	opens              int    // each period of the cadence is a duty, opened so many working days ahead
}

// importDocument puts a document with these duties before the secretariat, as draft.
func (r *rig) importDocument(number string, duties ...rigDuty) tasks.Document {
	t := r.t
	t.Helper()
	read := tasks.Extraction{Head: tasks.Head{
		Kind: tasks.KindDirective, Number: number, Date: r.today(), Issuer: "UBND tỉnh Mẫu Sơn", Title: "Về đẩy mạnh cải cách hành chính", Year: 2026,
	}}
	var blocks []tasks.SourceBlock
	for i, d := range duties {
		draft := tasks.Draft{Ref: strconv.Itoa(i + 1), Text: d.text, Joint: d.joint, Cadence: d.cadence, Opens: d.opens, Source: tasks.Place{Part: "text", Block: i + 1}}
		draft.Written.Kind = tasks.DueNone
		if d.due != "" {
			draft.Written = tasks.WrittenDue{Phrase: cmp.Or(d.phrase, "trước ngày "+d.due), Kind: tasks.DueDate, Date: must(calendar.ParseDate(d.due))(t)}
		}
		if d.cadence != "" {
			draft.Written = tasks.WrittenDue{Phrase: "định kỳ", Kind: tasks.DueRecurring, RRule: d.cadence}
		}
		for _, name := range d.leads {
			draft.Leads = append(draft.Leads, tasks.Party{Written: name})
		}
		for _, name := range d.cooperating {
			draft.Cooperating = append(draft.Cooperating, tasks.Party{Written: name})
		}
		read.Drafts = append(read.Drafts, draft)
		blocks = append(blocks, tasks.SourceBlock{Block: i + 1, Text: d.text})
	}
	read.Blocks = [][]tasks.SourceBlock{blocks}
	r.reader.answer(read, nil)
	in := tasks.NewDocument{Files: []tasks.Upload{{Name: "chi-thi.txt", Data: []byte("Chỉ thị " + number)}}}
	return must(r.Documents.Import(r.ctx(), r.person(officeEmail), in))(t)
}

// issue imports and issues a document; it answers its assignments in the order of the duties.
func (r *rig) issue(number string, duties ...rigDuty) (tasks.Document, []tasks.Assignment) {
	t := r.t
	t.Helper()
	doc := r.importDocument(number, duties...)
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), doc.ID, 0); err != nil {
		t.Fatal(err)
	}
	v := must(r.Documents.Get(r.ctx(), r.person(officeEmail), doc.ID))(t)
	return v.Document, v.Assignments
}
