package sample

// Consultation is a draft that goes round for comment. Times are RFC 3339.
type Consultation struct {
	Document Document
	Who      string // e-mail of the person of the secretariat who asks
	Import   string
	Open     string
	Title    string
	Note     string
	Due      string // YYYY-MM-DD
	Agencies []string
	Answers  []Answer
}

// Answer is what one agency says: it agrees with every item but those of Comments.
type Answer struct {
	At       string
	Who      string
	Agency   string
	Number   string // of its letter
	General  string
	Comments []Comment
}

// Comment is a remark on one item, known by the duty's ref.
type Comment struct{ Ref, Text string }

// Asked gives the draft that is out for comment when the demo begins.
func Asked() Consultation {
	return Consultation{
		Document: Document{Name: "Dự thảo kế hoạch năm 2027", Files: []File{{Name: "du-thao-ke-hoach-2027.docx", Data: read("du-thao-ke-hoach-2027.docx")}}},
		Who:      hang, Import: instant("09-25 09:10"), Open: instant("09-25 10:30"), Due: "2026-10-09",
		Title: "Góp ý dự thảo Kế hoạch cải cách hành chính năm 2027", Note: "Đề nghị góp ý theo từng nhiệm vụ; quá hạn coi như chưa trả lời.",
		Agencies: []string{"STP", "STC", "SKHCN", "CAT", "P-MAULAM", "X-THACMAY"},
		Answers: []Answer{
			{At: instant("09-30 10:50"), Who: reporters["STP"], Agency: "STP", Number: "1012/STP-VP", Comments: []Comment{
				{"II.2", "Thời hạn 31/01/2027 trùng thời gian công bố kết quả rà soát của Chính phủ; đề nghị lùi đến 28/02/2027."},
			}},
			{At: instant("10-01 15:20"), Who: reporters["STC"], Agency: "STC", Number: "466/STC-QLNS", General: "Cơ bản nhất trí.", Comments: []Comment{
				{"II.4", "Chỉ bố trí cho các xã chưa có hạ tầng; đề nghị Sở Khoa học và Công nghệ khảo sát nhu cầu trước ngày 15/12/2026."},
			}},
		},
	}
}

// View is a way of looking at the list of assignments that somebody keeps.
type View struct {
	Who    string
	Name   string
	Query  string // of the list's address
	Shared bool   // with the secretariat
}

// Views gives those that are kept when the demo begins.
func Views() []View {
	return []View{
		{Who: minh, Name: "Quá hạn, gộp theo nhiệm vụ", Query: "group=task&timeliness=overdue", Shared: true},
		{Who: minh, Name: "Chờ xác nhận", Query: "state=submitted"},
		{Who: hang, Name: "Minh chứng cần bổ sung", Query: "evidence=wanting", Shared: true},
	}
}
