package directory_test

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tiendo/tasks/directory"
)

func TestFold(t *testing.T) {
	cases := []struct{ in, want string }{
		{"Ủy ban nhân dân", "uy ban nhan dan"},
		{"Uỷ ban nhân dân", "uy ban nhan dan"},
		{"Sở Văn hoá", "so van hoa"},
		{"Sở Văn hóa", "so van hoa"},
		{"Đắk Lắk", "dak lak"},
		{"ĐẮK  LẮK", "dak lak"},
		{"Sở TT&TT", "so tt va tt"},
		{"Sở Lao động – Thương binh và Xã hội", "so lao dong thuong binh va xa hoi"},
		{"Lao động - Thương binh", "lao dong thuong binh"},
		{"«Trường Sa», 06/CT-UBND.", "truong sa 06 ct ubnd"},
		{"", ""},
		{" ,;- ", ""},
		{"ưỡng ờ ẵ ỗ ỳ", "uong o a o y"},
	}
	for _, c := range cases {
		for form, in := range map[string]string{"as is": c.in, "NFC": norm.NFC.String(c.in), "NFD": norm.NFD.String(c.in)} {
			if got := directory.Fold(in); got != c.want {
				t.Errorf("Fold(%q) in %s = %q, want %q", c.in, form, got, c.want)
			}
		}
		if got := directory.Fold(c.want); got != c.want {
			t.Errorf("Fold(Fold(%q)) = %q, want %q", c.in, got, c.want)
		}
	}
	if got, want := directory.Words("Sở Y tế, (tỉnh)"), []string{"so", "y", "te", "tinh"}; !slices.Equal(got, want) {
		t.Errorf("Words = %q, want %q", got, want)
	}
}

func TestValidOn(t *testing.T) {
	cases := []struct {
		from, to, day string
		want          bool
	}{
		{"", "", today, true},
		{"2025-03-01", "", "2025-02-28", false},
		{"2025-03-01", "", "2025-03-01", true},
		{"", "2025-02-28", "2025-02-28", true},
		{"", "2025-02-28", "2025-03-01", false},
		{"2025-03-01", "2025-03-01", "", true},
	}
	for _, c := range cases {
		if got := (directory.Agency{From: c.from, To: c.to}).ValidOn(c.day); got != c.want {
			t.Errorf("%q..%q on %q: %v", c.from, c.to, c.day, got)
		}
	}
}

func TestMembersOn(t *testing.T) {
	g := directory.Group{Members: []directory.Membership{
		{AgencyID: 3, To: "2025-06-30"},
		{AgencyID: 1},
		{AgencyID: 2, From: "2025-07-01"},
		{AgencyID: 3, From: "2026-01-01"},
		{AgencyID: 1, From: "2026-01-01"},
	}}
	for day, want := range map[string][]int64{
		"2025-06-30": {3, 1},
		"2025-07-01": {1, 2},
		"2026-01-01": {1, 2, 3},
		"":           {3, 1, 2},
	} {
		if got := g.MembersOn(day); !slices.Equal(got, want) {
			t.Errorf("on %q: %v, want %v", day, got, want)
		}
	}
	if got := (directory.Group{}).MembersOn(today); got != nil {
		t.Errorf("no members: %v", got)
	}
}

func TestOrdered(t *testing.T) {
	for _, k := range directory.Kinds() {
		if got, want := directory.Ordered(k), k != "vertical" && k != "party"; got != want {
			t.Errorf("Ordered(%s) = %v", k, got)
		}
		if !k.Valid() {
			t.Errorf("%s is not valid", k)
		}
	}
	if directory.Kind("x").Valid() {
		t.Error("x is valid")
	}
}
