package directory_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/tasks/directory"
)

type (
	grid  [][]any
	grids map[string]grid
)

var (
	agencyHead = []any{"Mã", "Tên", "Tên gọi tắt", "Loại", "Tên gọi khác", "Hiệu lực từ", "Hiệu lực đến", "Cơ quan kế thừa (mã)"}
	groupHead  = []any{"Mã nhóm", "Tên nhóm", "Tên gọi khác", "Cơ quan (mã)", "Từ ngày", "Đến ngày"}
	peopleHead = []any{"Họ tên", "Thư điện tử", "Chức vụ", "Điện thoại", "Vai trò", "Cơ quan (mã)"}
)

// workbook writes a real .xlsx; what is not given is an empty sheet with its
// headings, or two agencies.
func workbook(t *testing.T, given grids) []byte {
	t.Helper()
	all := grids{
		"Cơ quan": {agencyHead, {"SNV", "Sở Nội vụ", "", "Sở"}, {"STC", "Sở Tài chính", "", "Sở"}},
		"Nhóm":    {groupHead},
		"Người":   {peopleHead},
	}
	for name, g := range given {
		all[name] = g
	}
	f := excelize.NewFile()
	defer f.Close()
	for name, g := range all {
		if g == nil {
			continue
		}
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, line := range g {
			for j, v := range line {
				cell, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellValue(name, cell, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadBook(t *testing.T) {
	data := workbook(t, grids{
		"CO QUAN": nil,
		"Cơ quan": {
			// Columns in another order, headings in other capitals and spacing.
			{"TÊN", " mã ", "Loại", "Hiệu lực  từ", "Hiệu lực đến", "Tên gọi khác", "Cơ quan kế thừa (mã)", "Tên gọi tắt"},
			{"Sở  Nội vụ", "SNV", "sở", "1/3/2025", nil, "Sở Nội vụ tỉnh; SNV MS;; SNV MS", nil, "SNV"},
			{},
			{"Sở Lao động", "LD", "Sở", "2008-01-01", time.Date(2025, 2, 28, 0, 0, 0, 0, time.UTC), nil, "snv"},
			{"Công an tỉnh", "CA", "Ngành dọc"},
			{"Tỉnh đoàn", "TD", "Đảng – đoàn thể"},
			{"UBND tỉnh", "UB", "UBND"},
			{"UBND xã A", "XA", "Xã"},
			{"UBND phường B", "PB", "Phường"},
			{"Ban QLDA", "BQ", "Ban quản lý"},
			{"Công ty C", 7, "Khác"},
		},
		"Nhóm": {
			groupHead,
			{"SBN", "Các sở, ban, ngành", "Các sở, ngành", "snv", "01/03/2025", nil},
			{"sbn", nil, "Sở ngành", "LD", nil, "28-02-2025"},
			{"XP", "UBND các xã, phường", nil, "XA"},
			{"SBN", "Các sở, ban, ngành", nil, "BQ"},
		},
		"Người": {
			{"Họ tên", "Email", "Chức vụ", "Điện thoại", "Vai trò", "Cơ quan (mã)"},
			{"Nguyễn Thị An", "An.NT@mauson.gov.vn", "Chuyên viên", "0205 3800 000", "Đầu mối", "SNV"},
			{nil, "an.nt@mauson.gov.vn", nil, nil, "focal", "CA"},
			{"Nguyễn Thị An", "an.nt@mauson.gov.vn", "Chuyên viên", nil, "head", "SNV"},
			{"Trần Văn Bình", "binh@mauson.gov.vn", nil, nil, "Văn phòng", nil},
			{"Lê Chi", "chi@mauson.gov.vn", "Chủ tịch", nil, "LÃNH ĐẠO", "UB"},
			{"Quản trị viên", "it@mauson.gov.vn", nil, nil, "Quản trị", nil},
		},
		"Ghi chú": {{"không đọc"}},
	})
	book, mistakes, err := directory.ReadBook(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(mistakes) > 0 {
		t.Fatalf("mistakes: %+v", mistakes)
	}
	want := &directory.Book{
		Agencies: []directory.BookAgency{
			{Row: 2, Code: "SNV", Name: "Sở Nội vụ", ShortName: "SNV", Kind: directory.KindDepartment, Aliases: []string{"Sở Nội vụ tỉnh", "SNV MS"}, From: "2025-03-01"},
			{Row: 4, Code: "LD", Name: "Sở Lao động", Kind: directory.KindDepartment, From: "2008-01-01", To: "2025-02-28", Successor: "SNV"},
			{Row: 5, Code: "CA", Name: "Công an tỉnh", Kind: directory.KindVertical},
			{Row: 6, Code: "TD", Name: "Tỉnh đoàn", Kind: directory.KindParty},
			{Row: 7, Code: "UB", Name: "UBND tỉnh", Kind: directory.KindAuthority},
			{Row: 8, Code: "XA", Name: "UBND xã A", Kind: directory.KindCommune},
			{Row: 9, Code: "PB", Name: "UBND phường B", Kind: directory.KindWard},
			{Row: 10, Code: "BQ", Name: "Ban QLDA", Kind: directory.KindBoard},
			{Row: 11, Code: "7", Name: "Công ty C", Kind: directory.KindOther},
		},
		Groups: []directory.BookGroup{
			{Row: 2, Code: "SBN", Name: "Các sở, ban, ngành", Aliases: []string{"Các sở, ngành", "Sở ngành"}, Members: []directory.BookMember{
				{Row: 2, Agency: "SNV", From: "2025-03-01"}, {Row: 3, Agency: "LD", To: "2025-02-28"}, {Row: 5, Agency: "BQ"},
			}},
			{Row: 4, Code: "XP", Name: "UBND các xã, phường", Members: []directory.BookMember{{Row: 4, Agency: "XA"}}},
		},
		People: []directory.BookPerson{
			{Row: 2, Name: "Nguyễn Thị An", Email: "an.nt@mauson.gov.vn", Title: "Chuyên viên", Phone: "0205 3800 000", Grants: []directory.BookGrant{
				{Row: 2, Role: directory.RoleFocal, Agency: "SNV"}, {Row: 3, Role: directory.RoleFocal, Agency: "CA"}, {Row: 4, Role: directory.RoleHead, Agency: "SNV"},
			}},
			{Row: 5, Name: "Trần Văn Bình", Email: "binh@mauson.gov.vn", Grants: []directory.BookGrant{{Row: 5, Role: directory.RoleSecretariat}}},
			{Row: 6, Name: "Lê Chi", Email: "chi@mauson.gov.vn", Title: "Chủ tịch", Grants: []directory.BookGrant{{Row: 6, Role: directory.RoleLeader, Agency: "UB"}}},
			{Row: 7, Name: "Quản trị viên", Email: "it@mauson.gov.vn", Grants: []directory.BookGrant{{Row: 7, Role: directory.RoleAdmin}}},
		},
	}
	if !reflect.DeepEqual(book, want) {
		t.Errorf("got\n%+v\nwant\n%+v", book, want)
	}
}

func TestReadBookMistakes(t *testing.T) {
	long := strings.Repeat("x", 501)
	agency := func(rows ...[]any) grids { return grids{"Cơ quan": append(grid{agencyHead}, rows...)} }
	group := func(rows ...[]any) grids { return grids{"Nhóm": append(grid{groupHead}, rows...)} }
	people := func(rows ...[]any) grids { return grids{"Người": append(grid{peopleHead}, rows...)} }
	cases := []struct {
		name  string
		given grids
		want  []string // sheet:row:column key args
	}{
		{"missing sheet", grids{"Người": nil}, []string{"Người:0: book.missing_sheet"}},
		{"two of a sheet", grids{"Nguoi": {peopleHead}}, []string{"Người:0: book.duplicate_sheet"}},
		{"empty", agency(), []string{"Cơ quan:0: book.empty"}},
		{"no headings", grids{"Nhóm": {}}, []string{
			"Nhóm:1:Mã nhóm book.missing_column Mã nhóm", "Nhóm:1:Tên nhóm book.missing_column Tên nhóm", "Nhóm:1:Cơ quan (mã) book.missing_column Cơ quan (mã)"}},
		{"missing column", grids{"Cơ quan": {{"Mã", "Tên"}, {"A", "B"}}}, []string{"Cơ quan:1:Loại book.missing_column Loại"}},
		{"unknown column", grids{"Người": {append(slices.Clone(peopleHead), "Lương")}}, []string{"Người:1:Lương book.unknown_column Lương"}},
		{"column without heading", agency([]any{"A", "B", "", "Sở", "", "", "", "", "", "lạc"}), []string{"Cơ quan:2:J book.unknown_column J"}},
		{"column twice", grids{"Nhóm": {append(slices.Clone(groupHead), "Từ Ngày")}}, []string{"Nhóm:1:Từ Ngày book.duplicate_column Từ Ngày"}},
		{"required", agency([]any{nil, nil, "S"}), []string{
			"Cơ quan:2:Mã book.required", "Cơ quan:2:Tên book.required", "Cơ quan:2:Loại book.required"}},
		{"too long", agency([]any{"A", long, nil, "Sở"}), []string{"Cơ quan:2:Tên book.too_long 500"}},
		{"duplicate code", agency([]any{"A", "Sở A", nil, "Sở"}, []any{"a", "Sở B", nil, "Sở"}), []string{"Cơ quan:3:Mã book.duplicate_code a 2"}},
		{"unknown kind", agency([]any{"A", "Sở A", nil, "Huyện"}), []string{"Cơ quan:2:Loại book.unknown_kind Huyện"}},
		{"bad date", agency([]any{"A", "Sở A", nil, "Sở", nil, "31/02/2025", "2025"}), []string{
			"Cơ quan:2:Hiệu lực từ book.bad_date 31/02/2025", "Cơ quan:2:Hiệu lực đến book.bad_date 2025"}},
		{"number as date", agency([]any{"A", "Sở A", nil, "Sở", nil, 2025, 99999999}), []string{
			"Cơ quan:2:Hiệu lực từ book.bad_date 2025", "Cơ quan:2:Hiệu lực đến book.bad_date 99999999"}},
		{"dates reversed", agency([]any{"A", "Sở A", nil, "Sở", nil, "2/3/2025", "1/3/2025"}), []string{
			"Cơ quan:2:Hiệu lực đến book.dates_reversed 2/3/2025 1/3/2025"}},
		{"unknown successor", agency([]any{"A", "Sở A", nil, "Sở", nil, nil, nil, "ZZ"}), []string{"Cơ quan:2:Cơ quan kế thừa (mã) book.unknown_agency ZZ"}},
		{"own successor", agency([]any{"A", "Sở A", nil, "Sở", nil, nil, nil, "a"}), []string{"Cơ quan:2:Cơ quan kế thừa (mã) book.own_successor A"}},
		{"circle of successors", agency([]any{"A", "Sở A", nil, "Sở", nil, nil, nil, "B"}, []any{"B", "Sở B", nil, "Sở", nil, nil, nil, "A"}), []string{
			"Cơ quan:2:Cơ quan kế thừa (mã) book.own_successor A", "Cơ quan:3:Cơ quan kế thừa (mã) book.own_successor B"}},

		{"group without code", group([]any{nil, "N", nil, "SNV"}), []string{"Nhóm:2:Mã nhóm book.required"}},
		{"group without name", group([]any{"G", nil, nil, "SNV"}, []any{"G", nil, nil, "STC"}), []string{"Nhóm:2:Tên nhóm book.required"}},
		{"group without member", group([]any{"G", "N"}), []string{"Nhóm:2:Cơ quan (mã) book.required"}},
		{"unknown member", group([]any{"G", "N", nil, "ZZ"}), []string{"Nhóm:2:Cơ quan (mã) book.unknown_agency ZZ"}},
		{"member twice", group([]any{"G", "N", nil, "SNV", nil, "31/12/2025"}, []any{"G", nil, nil, "snv", "31/12/2025"}), []string{
			"Nhóm:3:Cơ quan (mã) book.duplicate_member SNV 2"}},
		{"member again later is fine", group([]any{"G", "N", nil, "SNV", nil, "31/12/2025"}, []any{"G", nil, nil, "SNV", "1/1/2026"}), nil},
		{"two names", group([]any{"G", "N", nil, "SNV"}, []any{"G", "M", nil, "STC"}), []string{"Nhóm:3:Tên nhóm book.conflict 2"}},
		{"member's dates", group([]any{"G", "N", nil, "SNV", "x", "y"}), []string{"Nhóm:2:Từ ngày book.bad_date x", "Nhóm:2:Đến ngày book.bad_date y"}},

		{"no e-mail", people([]any{"An", nil, nil, nil, "admin"}), []string{"Người:2:Thư điện tử book.required"}},
		{"bad e-mails", people(
			[]any{"An", "an", nil, nil, "admin"},
			[]any{"An", "An <an@x.vn>", nil, nil, "admin"},
			[]any{"An", "an@localhost", nil, nil, "admin"},
			[]any{"An", "án@x.vn", nil, nil, "admin"},
			[]any{"An", "a@x.vn, b@x.vn", nil, nil, "admin"},
		), []string{
			"Người:2:Thư điện tử book.bad_email an", "Người:3:Thư điện tử book.bad_email An <an@x.vn>", "Người:4:Thư điện tử book.bad_email an@localhost",
			"Người:5:Thư điện tử book.bad_email án@x.vn", "Người:6:Thư điện tử book.bad_email a@x.vn, b@x.vn"}},
		{"no name", people([]any{nil, "an@x.vn", nil, nil, "admin"}), []string{"Người:2:Họ tên book.required"}},
		{"another name", people([]any{"An", "an@x.vn", nil, nil, "admin"}, []any{"Bình", "AN@x.vn", nil, nil, "leader"}), []string{"Người:3:Họ tên book.conflict 2"}},
		{"no role", people([]any{"An", "an@x.vn"}), []string{"Người:2:Vai trò book.required"}},
		{"unknown role", people([]any{"An", "an@x.vn", nil, nil, "Văn thư"}, []any{"B", "b@x.vn", nil, nil, "Thư ký"}), []string{
			"Người:2:Vai trò book.unknown_role Văn thư", "Người:3:Vai trò book.unknown_role Thư ký"}},
		{"role needs an agency", people([]any{"An", "an@x.vn", nil, nil, "Đầu mối"}, []any{"B", "b@x.vn", nil, nil, "head"}), []string{
			"Người:2:Cơ quan (mã) book.agency_needed Đầu mối", "Người:3:Cơ quan (mã) book.agency_needed head"}},
		{"unknown agency of a person", people([]any{"An", "an@x.vn", nil, nil, "focal", "ZZ"}), []string{"Người:2:Cơ quan (mã) book.unknown_agency ZZ"}},
		{"grant twice", people([]any{"An", "an@x.vn", nil, nil, "focal", "SNV"}, []any{"An", "an@x.vn", nil, nil, "Đầu mối", "snv"}), []string{
			"Người:3:Vai trò book.duplicate_grant 2"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, mistakes, err := directory.ReadBook(workbook(t, c.given))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range mistakes {
				got = append(got, strings.Join(append([]string{fmt.Sprintf("%s:%d:%s %s", m.Sheet, m.Row, m.Column, m.Key)}, m.Args...), " "))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestReadBookNoWorkbook(t *testing.T) {
	good := workbook(t, nil)
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("Mã;Tên;Loại"), "zip magic": []byte("PK\x03\x04 and no more"), "cut": good[:len(good)/2],
	} {
		if _, _, err := directory.ReadBook(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Damage anywhere must give an error or a list of mistakes, never a panic.
func TestReadBookDamaged(t *testing.T) {
	good := workbook(t, nil)
	for i := 0; i < len(good); i += 101 {
		bad := slices.Clone(good)
		bad[i] ^= 0xff
		if book, _, err := directory.ReadBook(bad); (book == nil) != (err != nil) {
			t.Errorf("byte %d: book %v, err %v", i, book, err)
		}
	}
}

func TestReadBookLimits(t *testing.T) {
	t.Run("many rows", func(t *testing.T) {
		rows := grid{agencyHead}
		for i := range directory.MaxBookRows + 1 {
			rows = append(rows, []any{fmt.Sprint("A", i), "Sở", nil, "Sở"})
		}
		book, mistakes, err := directory.ReadBook(workbook(t, grids{"Cơ quan": rows}))
		if err != nil || len(mistakes) != 1 || mistakes[0].Key != directory.BookTooManyRows || mistakes[0].Args[0] != "20000" {
			t.Fatalf("mistakes %+v, err %v", mistakes, err)
		}
		if len(book.Agencies) != directory.MaxBookRows {
			t.Errorf("read %d rows", len(book.Agencies))
		}
	})
	t.Run("far row", func(t *testing.T) {
		f, err := excelize.OpenReader(bytes.NewReader(workbook(t, nil)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := f.SetCellStr("Cơ quan", "A1048576", "X"); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		_, mistakes, err := directory.ReadBook(out.Bytes())
		if err != nil || len(mistakes) != 1 || mistakes[0].Key != directory.BookTooManyRows || mistakes[0].Row != 1048576 {
			t.Errorf("mistakes %+v, err %v", mistakes, err)
		}
		if took := time.Since(start); took > 60*time.Second {
			t.Errorf("took %v", took)
		}
	})
	t.Run("many mistakes", func(t *testing.T) {
		rows := grid{agencyHead}
		for i := range 600 {
			rows = append(rows, []any{fmt.Sprint("A", i), nil, nil, "Sở"})
		}
		_, mistakes, err := directory.ReadBook(workbook(t, grids{"Cơ quan": rows}))
		if err != nil || len(mistakes) != 501 || mistakes[500].Key != directory.BookTooManyErrors {
			t.Errorf("%d mistakes, err %v", len(mistakes), err)
		}
	})
}

func TestTemplate(t *testing.T) {
	var out bytes.Buffer
	words := directory.TemplateWords{Sheet: "Hướng dẫn", Lines: []string{"Điền ba trang sau.", "Hàng ví dụ không được đọc."}}
	if err := directory.WriteTemplate(&out, words); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, want := f.GetSheetList(), []string{"Hướng dẫn", "Cơ quan", "Nhóm", "Người"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q", got)
	}
	if got, _ := f.GetCellValue("Hướng dẫn", "A2"); got != words.Lines[1] {
		t.Errorf("instruction %q", got)
	}

	book, mistakes, err := directory.ReadBook(out.Bytes())
	if err != nil || len(mistakes) != 1 || mistakes[0].Key != directory.BookEmpty || len(book.Agencies)+len(book.Groups)+len(book.People) > 0 {
		t.Errorf("an unfilled template reads as %+v, %+v, %v", book, mistakes, err)
	}

	// Without its mark each example is a row like any other.
	for _, cell := range []struct{ sheet, at string }{{"Cơ quan", "A2"}, {"Nhóm", "A2"}, {"Người", "A2"}} {
		v, _ := f.GetCellValue(cell.sheet, cell.at)
		rest, marked := strings.CutPrefix(v, "Ví dụ: ")
		if !marked {
			t.Errorf("%s has no example: %q", cell.sheet, v)
		}
		if err := f.SetCellStr(cell.sheet, cell.at, rest); err != nil {
			t.Fatal(err)
		}
	}
	var filled bytes.Buffer
	if err := f.Write(&filled); err != nil {
		t.Fatal(err)
	}
	book, mistakes, err = directory.ReadBook(filled.Bytes())
	if err != nil || len(mistakes) > 0 {
		t.Fatalf("mistakes %+v, err %v", mistakes, err)
	}
	if len(book.Agencies) != 1 || len(book.Groups) != 1 || len(book.People) != 1 || book.Agencies[0].From != "2025-03-01" || book.People[0].Grants[0].Role != directory.RoleFocal {
		t.Errorf("got %+v", book)
	}
}
