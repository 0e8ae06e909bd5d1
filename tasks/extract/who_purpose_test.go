package extract

import (
	"slices"
	"testing"
)

// TestWhoNamed: bodies named after their purpose, departments in small letters, persons with an office.
func TestWhoNamed(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ban Chỉ đạo phòng, chống khai thác IUU tỉnh tổ chức họp giao ban.", []string{"Ban Chỉ đạo phòng, chống khai thác IUU tỉnh"}},
		{"Ban Chỉ đạo phát triển khoa học, công nghệ và chuyển đổi số tỉnh rà soát chỉ tiêu.", []string{"Ban Chỉ đạo phát triển khoa học, công nghệ và chuyển đổi số tỉnh"}},
		{"Ban Chỉ đạo tổ chức họp giao ban, báo cáo UBND tỉnh trước ngày 30/4/2026.", []string{"Ban Chỉ đạo"}},
		{"Ban Chỉ đạo xây dựng kế hoạch phát triển du lịch của tỉnh, trình Tỉnh ủy.", []string{"Ban Chỉ đạo"}},
		{"Các sở, ngành: nội vụ, tư pháp, tài chính rà soát các quy định.", []string{"Sở nội vụ", "Sở tư pháp", "Sở tài chính"}},
		{"các sở nông nghiệp và môi trường, văn hóa, thể thao và du lịch rà soát các quy định.", []string{"Sở nông nghiệp và môi trường", "Sở văn hóa, thể thao và du lịch"}},
		{"Các sở, ngành tài chính công khai dự toán.", []string{"Các sở, ngành tài chính"}},
		{"CT, PCT UBND tỉnh theo dõi chung.", []string{"CT", "PCT UBND tỉnh"}},
		{"Đ/c Toàn - PCVP: theo dõi, đôn đốc.", []string{"Đ/c Toàn - PCVP"}},
		{"Đồng chí Lò Văn Sơn, Phó Chủ tịch: kiểm tra các xã ven biển.", []string{"Đồng chí Lò Văn Sơn, Phó Chủ tịch"}},
		{"Đồng chí Lò Văn Sơn - Phó Chủ tịch UBND tỉnh chủ trì làm việc với các đơn vị.", []string{"Phó Chủ tịch UBND tỉnh"}},
		{"Riêng Sở Tài chính báo cáo trước ngày 10/3.", []string{"Sở Tài chính"}},
		{"Giám đốc Sở Tài chính cấp bổ sung kinh phí cho các xã.", []string{"Giám đốc Sở Tài chính"}},
		{"Sở Xây dựng tỉnh khởi công công trình trọng điểm.", []string{"Sở Xây dựng tỉnh"}},
		{"Văn phòng Đăng ký đất đai tỉnh đo đạc bản đồ địa chính.", []string{"Văn phòng Đăng ký đất đai tỉnh"}},
		{"Ủy ban nhân dân các xã: Tân Sơn, Hòa Mục, phường Suối Đá bố trí quỹ đất.", []string{"Ủy ban nhân dân các xã: Tân Sơn, Hòa Mục, phường Suối Đá"}},
	} {
		if got := newDuty(c.text).own(false).names; !slices.Equal(got, c.want) {
			t.Errorf("%s\n got  %q\n want %q", c.text, got, c.want)
		}
	}
	const text = "Chủ trì cùng các sở, ban, ngành (ngoại trừ Thanh tra tỉnh) xây dựng phương án cắt giảm."
	if got := cooperating(text, nil); !slices.Equal(got, []string{"các sở, ban, ngành (ngoại trừ Thanh tra tỉnh)"}) {
		t.Errorf("%q", got)
	}
}
