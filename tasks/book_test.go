package tasks_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// workbook writes a setup workbook with the rows of its three sheets.
func workbook(t testing.TB, agencies, groups, people [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	heads := map[string][]string{
		"Cơ quan": {"Mã", "Tên", "Tên gọi tắt", "Loại", "Tên gọi khác", "Hiệu lực từ", "Hiệu lực đến", "Cơ quan kế thừa (mã)"},
		"Nhóm":    {"Mã nhóm", "Tên nhóm", "Tên gọi khác", "Cơ quan (mã)", "Từ ngày", "Đến ngày"},
		"Người":   {"Họ tên", "Thư điện tử", "Chức vụ", "Điện thoại", "Vai trò", "Cơ quan (mã)"},
	}
	for sheet, rows := range map[string][][]string{"Cơ quan": agencies, "Nhóm": groups, "Người": people} {
		must(f.NewSheet(sheet))(t)
		for i, row := range append([][]string{heads[sheet]}, rows...) {
			for j, cell := range row {
				check(t, f.SetCellStr(sheet, must(excelize.CoordinatesToCellName(j+1, i+1))(t), cell))
			}
		}
	}
	var b bytes.Buffer
	check(t, f.Write(&b))
	return b.Bytes()
}

func sampleBook(t testing.TB) []byte {
	return workbook(t,
		[][]string{
			{"snv", "Sở Nội vụ và Lao động", "SNV", "sở", "Nội vụ; noi vu", "1/3/2026"},
			{"SXD", "Sở Xây dựng", "", "sở", "", "", "30/6/2026", "SGT"},
			{"SGT", "Sở Giao thông", "", "sở"},
		},
		[][]string{{"KT", "Khối kinh tế", "các sở kinh tế", "SXD", "", "30/6/2026"}, {"KT", "", "", "SGT", "1/7/2026"}},
		[][]string{
			{"Nguyễn Thị Lan", "lan@mauson.gov.vn", "Chuyên viên", "", "đầu mối", "snv"},
			{"Nguyễn Thị Lan", "lan@mauson.gov.vn", "", "", "đầu mối", "SGT"},
			{"Phạm Văn Bình", "BINH@mauson.gov.vn", "", "0901", "quản trị", ""},
		},
	)
}

func TestWorkbookIsPlannedAndLoaded(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	lan := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	lan.Phone, lan.Position = "0900", "Phó phòng"
	lan = must(r.accounts.SavePerson(ctx, r.admin, lan))(t)
	before := must(r.directory.All(ctx, r.admin))(t)
	want := tasks.BookPlan{NewAgencies: 2, ChangedAgencies: 1, NewGroups: 1, NewPeople: 1, ChangedPeople: 1}

	plan := must(r.directory.PlanBook(ctx, r.admin, sampleBook(t)))(t)
	if !reflect.DeepEqual(plan, want) {
		t.Errorf("plan %+v, want %+v", plan, want)
	}
	if after := must(r.directory.All(ctx, r.admin))(t); !reflect.DeepEqual(after, before) {
		t.Error("planning changed the directory")
	}
	if plan := must(r.directory.LoadBook(ctx, r.admin, sampleBook(t)))(t); !reflect.DeepEqual(plan, want) {
		t.Errorf("load %+v, want %+v", plan, want)
	}
	loaded := must(r.directory.All(ctx, r.admin))(t)
	byCode := make(map[string]tasks.Agency)
	for _, a := range loaded.Agencies {
		byCode[a.Code] = a
	}
	if a := byCode["snv"]; a.ID != r.snv || a.Name != "Sở Nội vụ và Lao động" || a.From != "2026-03-01" {
		t.Errorf("changed agency %+v", a)
	}
	if a := byCode["SXD"]; a.SuccessorID != byCode["SGT"].ID || a.To != "2026-06-30" || a.Kind != directory.KindDepartment {
		t.Errorf("agency with a successor %+v", a)
	}
	if i := slices.IndexFunc(loaded.Groups, func(g tasks.Group) bool { return g.Code == "KT" }); i < 0 ||
		!slices.Equal(loaded.Groups[i].MembersOn("2026-07-01"), []int64{byCode["SGT"].ID}) {
		t.Errorf("groups %+v", loaded.Groups)
	}
	if len(loaded.Aliases) != 2 {
		t.Errorf("aliases %+v", loaded.Aliases)
	}
	p := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	// An empty cell takes nothing away, and a new grant ends his sessions like one given by hand.
	if p.Name != "Nguyễn Thị Lan" || p.Position != "Chuyên viên" || p.Phone != "0900" || p.Epoch == lan.Epoch ||
		!slices.Equal(p.Grants, []tasks.Grant{focalOf(r.snv), focalOf(byCode["SGT"].ID)}) {
		t.Errorf("changed person %+v", p)
	}
	for subject, want := range map[tasks.Subject][]string{
		{Kind: tasks.SubjectAgency, ID: byCode["snv"].ID}: {"agency.added", "agency.changed"},
		{Kind: tasks.SubjectAgency, ID: byCode["SXD"].ID}: {"agency.added", "agency.changed"}, // the successor, known last
		{Kind: tasks.SubjectAgency, ID: byCode["SGT"].ID}: {"agency.added"},
		{Kind: tasks.SubjectPerson, ID: p.ID}:             {"person.added", "person.changed", "person.changed"},
	} {
		if got := r.trail(subject); !slices.Equal(got, want) {
			t.Errorf("trail of %v: %v", subject, got)
		}
	}
	for _, load := range []func() (tasks.BookPlan, error){
		func() (tasks.BookPlan, error) { return r.directory.PlanBook(ctx, r.admin, sampleBook(t)) },
		func() (tasks.BookPlan, error) { return r.directory.LoadBook(ctx, r.admin, sampleBook(t)) },
	} {
		if plan := must(load())(t); !reflect.DeepEqual(plan, tasks.BookPlan{}) {
			t.Errorf("a second time %+v", plan)
		}
	}
	if again := must(r.directory.All(ctx, r.admin))(t); !reflect.DeepEqual(again, loaded) {
		t.Error("a second load changed something")
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAgency, ID: byCode["SXD"].ID}); len(got) != 2 {
		t.Errorf("a second load left a trail: %v", got)
	}
	// A successor alone is a change of the agency that was there.
	moved := workbook(t, [][]string{{"SGT", "Sở Giao thông", "", "sở", "", "", "", "snv"}, {"snv", "Sở Nội vụ và Lao động", "SNV", "sở", "", "1/3/2026"}}, nil, nil)
	if plan := must(r.directory.LoadBook(ctx, r.admin, moved))(t); plan.ChangedAgencies != 1 {
		t.Errorf("a new successor %+v", plan)
	}
}

func TestAWorkbookWithMistakesIsNotLoaded(t *testing.T) {
	agencies := [][]string{{"SXD", "Sở Xây dựng", "", "sở"}}
	for name, c := range map[string]struct {
		people [][]string
		want   directory.CellError
	}{
		"in a cell": {
			[][]string{{"Bình", "binh@mauson.gov.vn", "", "", "đầu mối", "KHONG"}},
			directory.CellError{Sheet: "Người", Row: 2, Column: "Cơ quan (mã)", Key: directory.BookUnknownAgency, Args: []string{"KHONG"}},
		},
		"found when it is saved": {
			[][]string{
				{"An", "an@mauson.gov.vn", "", "", "quản trị"},
				{strings.Repeat("ữ", 101), "binh@mauson.gov.vn", "", "", "quản trị"},
			},
			directory.CellError{Sheet: "Người", Row: 3, Column: "Họ tên", Key: "field.too_long", Args: []string{"100"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			before := must(r.directory.All(t.Context(), r.admin))(t)
			plan := must(r.directory.LoadBook(t.Context(), r.admin, workbook(t, agencies, nil, c.people)))(t)
			if len(plan.Errors) != 1 || !reflect.DeepEqual(plan.Errors[0], c.want) {
				t.Errorf("errors %+v, want %+v", plan.Errors, c.want)
			}
			if after := must(r.directory.All(t.Context(), r.admin))(t); !reflect.DeepEqual(after, before) {
				t.Error("half a workbook was loaded")
			}
			if page := must(r.accounts.People(t.Context(), r.admin, tasks.PersonQuery{Words: "an"}))(t); slices.ContainsFunc(page.Rows, func(p tasks.Person) bool { return p.Name == "An" }) {
				t.Error("somebody was loaded")
			}
		})
	}
}

func TestWhoMayLoadAWorkbook(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	agencies := [][]string{{"SXD", "Sở Xây dựng", "", "sở"}}
	people := [][]string{{"An", "an@mauson.gov.vn", "", "", "quản trị"}}
	for _, load := range []func(tasks.Person, []byte) (tasks.BookPlan, error){
		func(who tasks.Person, data []byte) (tasks.BookPlan, error) {
			return r.directory.PlanBook(ctx, who, data)
		},
		func(who tasks.Person, data []byte) (tasks.BookPlan, error) {
			return r.directory.LoadBook(ctx, who, data)
		},
	} {
		_, err := load(r.secretariat, workbook(t, agencies, nil, people))
		refused(t, err, tasks.CodeForbidden, "book.people_forbidden")
		if _, err := load(r.secretariat, workbook(t, agencies, nil, nil)); err != nil {
			t.Errorf("agencies alone: %v", err)
		}
		for _, who := range []tasks.Person{r.focal, r.leader, r.head} {
			_, err := load(who, []byte("no workbook"))
			refused(t, err, tasks.CodeForbidden, "error.forbidden")
		}
		for data, key := range map[string]string{
			"": "file.empty", "no workbook": "book.unreadable", "PK\x03\x04": "book.unreadable", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": "file.old_xls",
		} {
			_, err := load(r.admin, []byte(data))
			refused(t, err, tasks.CodeInvalid, key)
		}
		_, err = load(r.admin, make([]byte, tasks.MaxUpload+1))
		var e *tasks.Error
		if !errors.As(err, &e) || e.Code != tasks.CodeTooLarge {
			t.Errorf("a huge one: %v", err)
		}
	}
}
