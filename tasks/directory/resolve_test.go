package directory_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks/directory"
)

// show writes parties as "agency 10 | group 1 -40 -41 | ? Sở lạ | 11/90?".
func show(t *testing.T, written, day string) string {
	t.Helper()
	var out []string
	for _, p := range province(t).Resolve(written, day) {
		var s string
		switch {
		case p.AgencyID != 0:
			s = fmt.Sprint(p.AgencyID)
		case p.GroupID != 0:
			s = fmt.Sprint("g", p.GroupID)
		case len(p.Ambiguous) > 0:
			s = strings.Trim(strings.ReplaceAll(fmt.Sprint(p.Ambiguous), " ", "/"), "[]") + "?"
		default:
			s = "?" + p.Written
		}
		for _, id := range p.Except {
			s += fmt.Sprint("-", id)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestResolve(t *testing.T) {
	cases := []struct{ name, written, want string }{
		// One name.
		{"exact", "Sở Nội vụ", "10"},
		{"capitals differ", "Sở Công thương", "15"},
		{"capitals differ", "Sở Khoa học và Công Nghệ", "16"},
		{"unknown body of the same pattern", "Sở Ngoại giao", "?Sở Ngoại giao"},
		{"hoà", "Sở Văn hoá, Thể thao và Du lịch", "19"},
		{"comma and và left out", "Sở Văn hoá Thể thao du lịch", "19"},
		{"decomposed", "Sở Nội vụ", "10"},
		{"short", "SNV", "10"},
		{"short, in a list", "SNV, STC", "10 11"},
		{"initials are no proof the other way", "Sở Nuôi voi", "?Sở Nuôi voi"},
		{"initials of one", "Sở TP", "12"},
		{"initials of two", "Sở NV", "10/20?"},
		{"in capitals", "SỞ NỘI VỤ, SỞ Y TẾ", "10 14"},
		{"initials too short", "CT, PCT UBND tỉnh", "?CT, PCT UBND tỉnh"},
		{"initials of nobody", "Sở TT&TT", "?Sở TT&TT"},
		{"office of another body", "VP HĐND-UBND", "?VP HĐND-UBND"},
		{"office of other bodies", "Văn phòng HĐND - UBND cấp xã", "?Văn phòng HĐND - UBND cấp xã"},
		{"a city is no province", "Công an thành phố", "?Công an thành phố"},
		{"short with &", "Sở KH&CN", "16"},
		{"short never stored", "Sở NN&MT", "18"},
		{"short never stored, spaces", "Sở GD & ĐT", "17"},
		{"short never stored, comma", "Sở VH,TT&DL", "19"},
		{"half abbreviated", "Sở Nông nghiệp và MT", "18"},
		{"with the province", "Sở Nội vụ tỉnh Mẫu Sơn", "10"},
		{"of the province", "Sở Nội vụ của tỉnh", "10"},
		{"another province", "Sở Nội vụ tỉnh Lạng Sơn", "?Sở Nội vụ tỉnh Lạng Sơn"},
		{"without its tỉnh", "Thanh tra", "21"},
		{"capital Tỉnh", "Công an Tỉnh", "40"},
		{"police of communes are others", "Công an các phường, xã, đặc khu", "?Công an các phường, xã, đặc khu"},
		{"spelt out", "Văn phòng Ủy ban nhân dân tỉnh", "2"},
		{"Uỷ", "Văn phòng Uỷ ban nhân dân", "2"},
		{"VPUBND", "VPUBND tỉnh", "2"},
		{"the authority", "Ủy ban nhân dân tỉnh", "1"},
		{"front", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "51"},
		{"front", "Uỷ ban MTTQ Việt Nam tỉnh", "51"},
		{"front", "UBMTTQVN tỉnh", "51"},
		{"two under one tỉnh", "TAND, VKSND tỉnh", "44 45"},
		{"two under one tỉnh", "HĐND, UBND tỉnh", "50 1"},
		{"alias", "Cục Thuế tỉnh", "41"},
		{"alias", "Chi cục Thuế", "41"},
		{"abbreviated alias", "Cục THADS tỉnh", "43"},
		{"abbreviation in the alias", "Ban Quản lý Khu kinh tế", "30"},
		{"bare commune", "xã Khánh Khê", "70"},
		{"commune stored bare", "Ủy ban nhân dân phường Kỳ Lừa", "73"},
		{"a part of an agency is another", "Phòng Nội vụ", "?Phòng Nội vụ"},
		{"Tỉnh ủy is not the province", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "?Ban Tuyên giáo và Dân vận Tỉnh ủy"},
		{"apposition", "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo", "11"},
		{"apposition in brackets", "Sở Nông nghiệp và Môi trường (Cơ quan Thường trực về Phòng, chống thiên tai)", "18"},
		{"region", "Kho bạc Nhà nước khu vực VI", "42"},
		{"another region", "Kho bạc Nhà nước khu vực XII", "?Kho bạc Nhà nước khu vực XII"},

		// Office holders.
		{"director", "Giám đốc Sở Xây dựng", "13"},
		{"comrade director", "Đồng chí Giám đốc Sở Xây dựng", "13"},
		{"named comrade", "Đồng chí Nguyễn Văn An, Giám đốc Sở Y tế", "14"},
		{"chairman of a commune", "Chủ tịch UBND xã Ba Sơn", "71"},
		{"chairman, bare", "Chủ tịch phường Tam Thanh", "72"},
		{"CT", "CT UBND xã Ba Sơn", "71"},
		{"chief of office", "Chánh Văn phòng UBND tỉnh", "2"},
		{"chief of office", "CVP UBND tỉnh", "2"},
		{"chief inspector", "Chánh Thanh tra tỉnh", "21"},
		{"head of a board", "Trưởng Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn", "30"},
		{"head of a branch", "Chi cục trưởng Chi cục Hải quan khu vực VI", "47"},
		{"head of a branch, once", "Chi cục trưởng Hải quan khu vực VI", "47"},
		{"commander", "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh", "46"},
		{"heads of a group", "Thủ trưởng các sở, ban, ngành", "g1"},
		{"heads of a group", "Thủ trưởng các Sở, ban, ngành tỉnh", "g1"},
		{"heads of a group", "Giám đốc, Thủ trưởng các sở, ban, ngành trong tỉnh", "g1"},
		{"alias over two items", "Giám đốc các sở, Trưởng các ban, ngành, đơn vị cấp tỉnh", "g1"},
		{"alias with brackets", "VNPT (và các doanh nghiệp; đơn vị viễn thông)", "g3"},
		{"directors of several", "Giám đốc các Sở: Tài chính, Nội vụ", "11 10"},
		{"directors of several", "Giám đốc Sở Tài chính, Giám đốc Sở Nội vụ", "11 10"},

		// Several under one word, and names that hold a comma or "và".
		{"colon", "các Sở: Tài chính, Nội vụ, Tư pháp", "11 10 12"},
		{"no colon", "Sở Tài chính, Nội vụ và Xây dựng", "11 10 13"},
		{"names with và", "Các Sở: Khoa học và Công nghệ, Nông nghiệp và Môi trường và Giáo dục và Đào tạo", "16 18 17"},
		{"name with comma", "các Sở: Y tế, Văn hóa, Thể thao và Du lịch, Công Thương", "14 19 15"},
		{"then full names", "các Sở: Tài chính, Nội vụ, Công an tỉnh, UBND xã Ba Sơn", "11 10 40 71"},
		{"one unknown", "các Sở: Tài chính, Quy hoạch, Tư pháp", "11 ?Quy hoạch 12"},
		{"first unknown", "các Sở: Quy hoạch, Tư pháp", "?các Sở: Quy hoạch 12"},
		{"departments and bodies in one list", "các sở, ngành nội vụ, tư pháp, tài chính, khoa học và công nghệ, Văn phòng UBND tỉnh", "10 12 11 16 2"},
		{"communes", "UBND các xã: Khánh Khê, Ba Sơn", "70 71"},
		{"communes and wards", "UBND các xã Khánh Khê, Ba Sơn và phường Tam Thanh", "70 71 72"},

		// Lists of full names.
		{"comma", "Sở Nội vụ, Sở Tài chính", "10 11"},
		{"semicolon", "Sở Nội vụ; Sở Tài chính; Công an tỉnh", "10 11 40"},
		{"và", "Sở Nội vụ và Sở Văn hóa, Thể thao và Du lịch", "10 19"},
		{"line", "Sở Nội vụ\nSở Tài chính", "10 11"},
		{"slash", "Sở Nội vụ/Sở Tài chính", "10 11"},
		{"lead and others", "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", "10 11"},
		{"label", "Cơ quan chủ trì: Sở Nội vụ", "10"},
		{"with an unknown", "Sở Khoa học và Công nghệ, doanh nghiệp viễn thông", "16 ?doanh nghiệp viễn thông"},
		{"unknown with a comma inside", "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh; Sở Y tế", "?Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh 14"},
		{"unknown with brackets", "doanh nghiệp viễn thông (VNPT, Viettel, MobiFone và doanh nghiệp khác)", "?doanh nghiệp viễn thông (VNPT, Viettel, MobiFone và doanh nghiệp khác)"},
		{"unknown does not take the list's word", "Sở Nội vụ, Trung tâm Xúc tiến đầu tư, thương mại và du lịch", "10 ?Trung tâm Xúc tiến đầu tư, thương mại và du lịch"},

		// Groups.
		{"group", "các sở, ban, ngành", "g1"},
		{"group", "Các Sở, ban ngành tỉnh", "g1"},
		{"group", "các sở, ban, ngành cấp tỉnh", "g1"},
		{"group", "Các sở ngành", "g1"},
		{"group", "Sở, ban, ngành có liên quan", "g1"},
		{"group", "UBND các xã, phường", "g2"},
		{"group", "Ủy ban nhân dân các phường, xã, đặc khu", "g2"},
		{"group", "UBND cấp xã", "g2"},
		{"group", "Ủy ban nhân dân xã, phường", "g2"},
		{"group", "Chủ tịch UBND các xã, phường", "g2"},
		{"group and a name", "Ủy ban nhân dân các xã, phường, đặc khu Cồn Cỏ", "g2 ?đặc khu Cồn Cỏ"},
		{"group of districts is unknown", "UBND các huyện, thị xã, thành phố", "?UBND các huyện, thị xã, thành phố"},
		{"group", "Các cơ quan, đơn vị, địa phương", "g3"},
		{"list with groups", "Sở Tài chính, Sở Khoa học và Công nghệ, các sở, ngành, UBND xã, phường, đặc khu", "11 16 g1 g2"},
		{"list with groups", "Các sở, ban, ngành, UBND xã phường", "g1 g2"},
		{"list with groups", "Văn phòng UBND tỉnh, Sở Nội vụ, các sở ngành", "2 10 g1"},
		{"except", "các sở, ban, ngành (trừ Sở Tư pháp, Sở Y tế)", "g1-12-14"},
		{"except, one word", "Các sở, ban, ngành tỉnh (trừ Sở Tư pháp, Y tế); UBND các xã, phường", "g1-12-14 g2"},
		{"except without brackets", "UBND các xã, phường trừ UBND xã Ba Sơn", "g2-71"},
		{"except after a comma", "UBND các xã, phường, ngoại trừ phường Kỳ Lừa", "g2-73"},
		{"except a stranger", "các sở, ban, ngành (trừ Sở Lạ)", "g1 ?Sở Lạ"},

		// Time.
		{"gone", "Sở Kế hoạch và Đầu tư", "?Sở Kế hoạch và Đầu tư"},
		{"gone in a list", "Các Sở: Kế hoạch và Đầu tư, Tài chính", "?Các Sở: Kế hoạch và Đầu tư 11"},
		{"gone in a list", "các Sở: Lao động – Thương binh và Xã hội, Xây dựng, Tài chính", "?các Sở: Lao động – Thương binh và Xã hội 13 11"},
		{"gone before a neighbour", "các Sở: Nông nghiệp và Phát triển nông thôn, Nông nghiệp và Môi trường", "?các Sở: Nông nghiệp và Phát triển nông thôn 18"},

		{"ended yesterday's name", "UBND huyện Cao Lộc", "?UBND huyện Cao Lộc"},

		{"nothing", "", ""},
		{"only marks", " ; - ", ""},
		{"unknown with và", "Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp tỉnh", "?Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp tỉnh"},
		{"unknown group stays whole", "Các cơ quan, đơn vị của tỉnh", "?Các cơ quan, đơn vị của tỉnh"},
		{"unknown and others", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội", "51 ?các tổ chức chính trị - xã hội"},
		{"a place, not a body", "Mục IV", "?Mục IV"},
	}
	for _, c := range cases {
		t.Run(c.name+": "+c.written, func(t *testing.T) {
			if got := show(t, c.written, today); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestResolveByDay(t *testing.T) {
	cases := []struct{ written, day, want string }{
		{"Sở Tài chính", "2025-02-28", "90"},
		{"Sở Tài chính", "2025-03-01", "11"},
		{"Sở Tài chính", "", "11/90?"},
		{"Các Sở: Kế hoạch và Đầu tư, Tài chính", "2024-06-01", "91 90"},
		{"Sở Nông nghiệp và Phát triển nông thôn", "2024-06-01", "92"},
		{"Sở NN&PTNT", "2024-06-01", "92"},
		{"Sở LĐ-TB&XH", "2024-06-01", "93"},
		{"UBND huyện Cao Lộc", "2025-06-30", "95"},
		{"UBND xã Ba Sơn", "2025-06-30", "?UBND xã Ba Sơn"},
	}
	for _, c := range cases {
		t.Run(c.written+" "+c.day, func(t *testing.T) {
			if got := show(t, c.written, c.day); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestResolveWritten(t *testing.T) {
	cases := []struct {
		written string
		want    []string
	}{
		{"các Sở: Tài chính,  Nội vụ", []string{"các Sở: Tài chính", "Nội vụ"}},
		{"Chủ tịch UBND các xã, phường (trừ xã Ba Sơn); Sở Y tế", []string{"Chủ tịch UBND các xã, phường (trừ xã Ba Sơn)", "Sở Y tế"}},
		{"Đồng chí Trần Văn B - Giám đốc Sở Y tế và Công an tỉnh Mẫu Sơn", []string{"Đồng chí Trần Văn B - Giám đốc Sở Y tế", "Công an tỉnh Mẫu Sơn"}},
		{"Sở Lạ (mới), Hội Khác", []string{"Sở Lạ (mới)", "Hội Khác"}},
	}
	for _, c := range cases {
		t.Run(c.written, func(t *testing.T) {
			var got []string
			for _, p := range province(t).Resolve(c.written, today) {
				got = append(got, p.Written)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestResolveSmallDirectories(t *testing.T) {
	sdt := directory.Agency{ID: 1, Name: "Sở Du lịch"}
	cases := []struct {
		name     string
		agencies []directory.Agency
		groups   []directory.Group
		aliases  []directory.Alias
		written  string
		agency   int64
		group    int64
		several  []int64
	}{
		{name: "empty", written: "Sở Du lịch"},
		{name: "own province not known", agencies: []directory.Agency{sdt}, written: "Sở Du lịch tỉnh Lạng Sơn", agency: 1},
		{name: "own province not known, a city", agencies: []directory.Agency{sdt}, written: "Sở Du lịch thành phố Huế", agency: 1},
		{name: "a city", agencies: []directory.Agency{sdt, {ID: 2, Name: "UBND thành phố Huế", Kind: directory.KindAuthority}}, written: "UBND TP Huế", agency: 2},
		{name: "a city has no tỉnh", agencies: []directory.Agency{sdt, {ID: 2, Name: "UBND thành phố Huế", Kind: directory.KindAuthority}}, written: "Sở Du lịch tỉnh"},
		{name: "alias of nobody", agencies: []directory.Agency{sdt}, aliases: []directory.Alias{{ID: 1, Name: "SDL", AgencyID: 7}, {ID: 2, Name: "SDL", GroupID: 7}}, written: "Ban SDL"},
		{name: "agency before group", agencies: []directory.Agency{sdt}, groups: []directory.Group{{ID: 5, Name: "Sở Du lịch"}}, written: "Sở Du lịch", agency: 1},
		{name: "name before alias", agencies: []directory.Agency{sdt, {ID: 2, Name: "Sở Văn hóa"}}, aliases: []directory.Alias{{Name: "Sở Du lịch", AgencyID: 2}}, written: "Sở Du lịch", agency: 1},
		{name: "two of a name", agencies: []directory.Agency{sdt, {ID: 2, Name: "SỞ DU LỊCH"}}, written: "Giám đốc Sở Du lịch", several: []int64{1, 2}},
		{name: "one by two names", agencies: []directory.Agency{sdt}, aliases: []directory.Alias{{Name: "Sở  du lịch", AgencyID: 1}}, written: "Sở Du lịch", agency: 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := directory.New(c.agencies, c.groups, c.aliases).Resolve(c.written, today)
			if len(got) != 1 || got[0].AgencyID != c.agency || got[0].GroupID != c.group || !slices.Equal(got[0].Ambiguous, c.several) || got[0].Written != c.written {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// Whatever stands in a text, reading it ends, and each party stands for a part
// of it.
func FuzzResolve(f *testing.F) {
	f.Add("các sở, ban, ngành (trừ (Sở Y tế)), và ; - : Giám đốc, Chủ tịch")
	f.Add("((((")
	f.Add("Sở, Sở, xã, phường, đặc khu Giám đốc")
	f.Add("\xff\xfe Sở\u0301 Nội\u0323 vụ")
	f.Fuzz(func(t *testing.T, written string) {
		for _, p := range province(t).Resolve(written, today) {
			if p.Written == "" {
				t.Errorf("a party of %q stands for nothing", written)
			}
			if p.AgencyID != 0 && p.GroupID != 0 {
				t.Errorf("%q is an agency and a group", p.Written)
			}
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	var agencies []directory.Agency
	for i := range 300 {
		agencies = append(agencies, directory.Agency{ID: int64(i + 1), Name: fmt.Sprintf("UBND xã Khánh Khê %d", i), Kind: directory.KindCommune})
	}
	d := directory.New(agencies, nil, nil)
	for b.Loop() {
		d.Resolve("Chủ tịch UBND các xã: Khánh Khê 7, Khánh Khê 299 và Ba Sơn; Sở Nội vụ", today)
	}
}
