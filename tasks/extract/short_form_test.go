package extract

import "testing"

// TestShortForms: a name defined in the document is told beside the duties that use it.
func TestShortForms(t *testing.T) {
	r := extracted(t, paragraphs(
		"1. Trung tâm Phục vụ hành chính công tỉnh (sau đây gọi tắt là Trung tâm)", "a) Số hóa hồ sơ ngay khi tiếp nhận tại quầy.",
		"2. Trung tâm và UBND các xã, phường phối hợp với Bưu điện tỉnh trả kết quả tại nhà.",
		"3. Sở Nội vụ theo dõi Chỉ số cải cách hành chính (gọi tắt là Chỉ số CCHC) của các đơn vị.",
	))
	var got []string
	for _, task := range r.Tasks {
		for _, d := range task.Doubts {
			if d.Key == DoubtLeadShort {
				got = append(got, task.Ref+": "+d.Args[0]+" = "+d.Args[1])
			}
		}
	}
	expect(t, "short forms", got, []string{"2: Trung tâm = Trung tâm Phục vụ hành chính công tỉnh"})
}
