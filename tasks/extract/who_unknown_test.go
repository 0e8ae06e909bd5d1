package extract

import "testing"

// TestUnknownGroup: behind an order a group acts when its noun is of people or of a body; contents, tasks and papers act not.
func TestUnknownGroup(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Yêu cầu các nội dung trên báo cáo UBND tỉnh trước ngày 30/4/2026.", nil},
		{"Yêu cầu những nhiệm vụ nêu trên thực hiện xong trước ngày 30/4/2026.", nil},
		{"Đề nghị các kiến nghị của cử tri giải quyết dứt điểm trong tháng 4.", nil},
		{"Yêu cầu các dự án chậm tiến độ rà soát lại thủ tục.", nil},
		{"Kết luận kiểm tra: yêu cầu các hồ sơ tồn đọng giải quyết dứt điểm.", nil},
		{"Yêu cầu các trường hợp vi phạm khắc phục xong trong tháng 4.", nil},
		{"Yêu cầu các vụ việc trên giải quyết dứt điểm.", nil},
		{"Yêu cầu các báo cáo trên gửi về Sở Nội vụ.", nil},
		{"Yêu cầu các hộ nuôi lồng bè thực hiện di dời.", []string{"các hộ nuôi lồng bè"}},
		{"Đề nghị các nhà khoa học tham gia góp ý dự thảo.", []string{"các nhà khoa học"}},
		{"Yêu cầu các trạm y tế lưu động rà soát thuốc dự phòng.", []string{"các trạm y tế lưu động"}},
	} {
		expect(t, c.text, newDuty(c.text).own(false).names, c.want)
	}
}
