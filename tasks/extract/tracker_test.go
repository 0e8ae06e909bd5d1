package extract

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// trackerBook is a workbook of one sheet with the rows, some cells of it merged.
func trackerBook(tb testing.TB, rows [][]any, merged ...string) *Source {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(tb, err)
	for i, cells := range rows {
		for k, v := range cells {
			if v == nil {
				continue
			}
			name, err := excelize.CoordinatesToCellName(k+1, i+1)
			must(tb, err)
			must(tb, f.SetCellValue("Sheet1", name, v))
			if _, ok := v.(time.Time); ok {
				must(tb, f.SetCellStyle("Sheet1", name, name, day))
			}
		}
	}
	for _, m := range merged {
		from, to, _ := strings.Cut(m, ":")
		must(tb, f.MergeCell("Sheet1", from, to))
	}
	var buf bytes.Buffer
	must(tb, f.Write(&buf))
	src, err := Read("so-theo-doi.xlsx", buf.Bytes())
	must(tb, err)
	return src
}

// trackerRows is an office's book in the way they are kept: a title, heads over two rows, numbered columns, a section, documents that
// are merged over their duties, days as days and as words.
func trackerRows() ([][]any, []string) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	return [][]any{
			{"SỔ THEO DÕI NHIỆM VỤ UBND TỈNH GIAO NĂM 2026"},
			{"(Cập nhật đến ngày 30/9/2026)"},
			{},
			{"STT", "Văn bản giao nhiệm vụ", nil, nil, "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", nil, "Tình trạng", "Kết quả thực hiện", "Ngày hoàn thành", "Tỷ lệ %", "Ghi chú"},
			{nil, "Số, ký hiệu", "Ngày", "Trích yếu", nil, nil, nil, "Ban đầu", "Gia hạn"},
			{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)", "(14)"},
			{"I", "LĨNH VỰC CẢI CÁCH HÀNH CHÍNH"},
			{1, "10/CT-UBND", day(3, 5), "Đẩy mạnh cải cách hành chính", "Rà soát thủ tục hành chính nội bộ", "Sở Nội vụ", "Các sở, ban, ngành", day(6, 30), nil, "Đã hoàn thành", "Báo cáo số 210/BC-SNV", day(6, 20), 100, nil},
			{2, nil, nil, nil, "Ban hành quy chế phối hợp một cửa", "Văn phòng UBND tỉnh", nil, "Quý II/2026", "Gia hạn đến ngày 31/8/2026", "Hoàn thành quá hạn", nil, "05/9/2026", nil, nil},
			{3, nil, nil, nil, "Số hoá hồ sơ đất đai", "Sở Nông nghiệp và Môi trường", "UBND các xã, phường", "Trước ngày 01/12/2026", nil, "Đang thực hiện", "Đã số hoá 12 xã", nil, 45, nil},
			{4, "8035/UBND-TH", "12/4/2026", "V/v chuyển đổi số", "Công khai tiến độ xử lý hồ sơ", "Sở Khoa học và Công nghệ", nil, "Trước 08/6/2026", nil, "Chưa triển khai", nil, nil, 0, "Xin gia hạn hoàn thành trước ngày 20/7/2026"},
			{5, "8035/UBND-TH", "12/4/2026", nil, "Xây dựng kho dữ liệu dùng chung", "Sở Khoa học và Công nghệ", nil, "30/9/2026", nil, "Đã trình/thẩm định", "Tờ trình số 55/TTr-SKHCN ngày 25/9/2026", nil, nil, nil},
			{"II", "LĨNH VỰC KHÁC"},
			{6, "77/KH-UBND", "02/02/2026", nil, "Tổ chức hội nghị đối thoại với người dân", "UBND các xã, phường", nil, "Tháng 11/2026", nil, "Tạm dừng", nil, nil, nil, nil},
			{7, "77/KH-UBND", "02/02/2026", nil, "Khảo sát mức độ hài lòng", "Sở Nội vụ", nil, "30/10/2026", nil, "Thu hồi", nil, nil, nil, "Theo Công văn 900/UBND-NC"},
			{8, "77/KH-UBND", "02/02/2026", nil, "Nâng cấp cổng dịch vụ công", "Sở Khoa học và Công nghệ", nil, "31/12/2026", nil, "Cần cập nhật hạn", nil, nil, nil, nil},
			{9, nil, nil, nil, "Rà soát vị trí việc làm", "Sở Nội vụ", nil, "31/12/2026", nil, "Ổn", nil, nil, nil, nil},
			{10, "77/KH-UBND", "02/02/2026", nil, nil, nil, nil, nil, nil, "Đang thực hiện", "Chưa rõ việc gì", nil, nil, nil},
		}, []string{
			"A1:N1", "A4:A5", "B4:D4", "E4:E5", "F4:F5", "G4:G5", "H4:I4", "J4:J5", "K4:K5", "L4:L5", "M4:M5", "N4:N5", "B7:N7", "B13:N13",
			"B8:B10", "C8:C10", "D8:D10",
		}
}

func TestTracker(t *testing.T) {
	rows, merged := trackerRows()
	got, err := ReadTracker(trackerBook(t, rows, merged...), Options{})
	must(t, err)

	var documents, duties []string
	for _, d := range got.Documents {
		documents = append(documents, fmt.Sprintf("%s %s %s %s (%d)", d.Head.Kind, d.Head.Number, d.Head.Date, d.Head.Title, len(d.Rows)))
		for _, r := range d.Rows {
			duties = append(duties, fmt.Sprintf("%s %s|%s|%s|%s→%s|%s|%s|%d|%d", r.Ref, r.Text, strings.Join(r.Lead, ", "), r.State, r.Due.Date, r.Extended.Date, r.CompletedOn, r.Said, r.Percent, r.Source.Row))
		}
	}
	expect(t, "documents", documents, []string{
		"directive 10/CT-UBND 2026-03-05 Đẩy mạnh cải cách hành chính (3)", "dispatch 8035/UBND-TH 2026-04-12 V/v chuyển đổi số (2)",
		"plan 77/KH-UBND 2026-02-02  (4)",
	})
	expect(t, "duties", duties, []string{
		"1 Rà soát thủ tục hành chính nội bộ|Sở Nội vụ|completed|2026-06-30→|2026-06-20||100|8",
		"2 Ban hành quy chế phối hợp một cửa|Văn phòng UBND tỉnh|completed|2026-06-30→2026-08-31|2026-09-05|late|100|9",
		"3 Số hoá hồ sơ đất đai|Sở Nông nghiệp và Môi trường|in_progress|2026-12-01→|||45|10",
		"4 Công khai tiến độ xử lý hồ sơ|Sở Khoa học và Công nghệ|assigned|2026-06-08→|||0|11",
		"5 Xây dựng kho dữ liệu dùng chung|Sở Khoa học và Công nghệ|submitted|2026-09-30→|2026-09-25||-1|12",
		"6 Tổ chức hội nghị đối thoại với người dân|UBND các xã, phường|on_hold|2026-11-30→|||-1|14",
		"7 Khảo sát mức độ hài lòng|Sở Nội vụ|cancelled|2026-10-30→|||-1|15",
		"8 Nâng cấp cổng dịch vụ công|Sở Khoa học và Công nghệ|assigned|2026-12-31→|||-1|16",
		"9 Rà soát vị trí việc làm|Sở Nội vụ||2026-12-31→|||-1|17",
	})
	doubts := map[string][]string{}
	for _, d := range got.Documents {
		for _, r := range d.Rows {
			for _, doubt := range r.Doubts {
				doubts[r.Ref] = append(doubts[r.Ref], doubt.Key)
			}
		}
	}
	for ref, want := range map[string][]string{
		"1": nil, "2": nil, "3": nil, "4": {DoubtAskedToMove}, "5": {DoubtDayOfReport}, "6": nil, "7": nil, "8": {DoubtStatusLoose},
		"9": {DoubtDocumentAbove, DoubtStatusUnknown},
	} {
		if !slices.Equal(doubts[ref], want) {
			t.Errorf("doubts of %s: %v, want %v", ref, doubts[ref], want)
		}
	}
	if len(got.Left) != 1 || got.Left[0].Row != 18 || got.Left[0].Why != LeftNoDuty {
		t.Errorf("left: %+v", got.Left)
	}
}

// TestTrackerTicked reads a book in which each state has a column of its own, with the document in a row above its duties.
func TestTrackerTicked(t *testing.T) {
	got, err := ReadTracker(trackerBook(t, [][]any{
		{"TT", "Nội dung công việc", "Đơn vị thực hiện", "Hạn xử lý", "Chưa thực hiện", "Đang thực hiện", "Hoàn thành", nil, "Ghi chú"},
		{nil, nil, nil, nil, nil, nil, "Đúng hạn", "Quá hạn"},
		{"Thông báo số 120/TB-UBND ngày 15/5/2026 về việc kết luận giao ban tháng 5"},
		{1, "Báo cáo giải ngân", "Sở Tài chính", "25/5/2026", nil, nil, nil, "x"},
		{2, "Xử lý phản ánh của người dân", "UBND các xã, phường", "Trong tháng 6/2026", nil, "x"},
		{3, "Họp báo quý II", "Sở Văn hóa, Thể thao và Du lịch", "30/6/2026", nil, nil, "28/6/2026"},
	}, "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:H1", "I1:I2", "A3:I3"), Options{})
	must(t, err)
	if len(got.Documents) != 1 || got.Documents[0].Head.Number != "120/TB-UBND" || got.Documents[0].Head.Date != "2026-05-15" ||
		got.Documents[0].Head.Title != "kết luận giao ban tháng 5" {
		t.Fatalf("%+v", got.Documents)
	}
	var duties []string
	for _, r := range got.Documents[0].Rows {
		duties = append(duties, fmt.Sprintf("%s %s %s %s %s", r.Ref, r.State, r.Said, r.CompletedOn, r.Due.Date))
	}
	expect(t, "duties", duties, []string{"1 completed late  2026-05-25", "2 in_progress   2026-06-30", "3 completed on_time 2026-06-28 2026-06-30"})
}

func TestTrackerStatus(t *testing.T) {
	for text, want := range map[string]status{
		"Chưa thực hiện":                    {state: StateAssigned},
		"Chưa triển khai":                   {state: StateAssigned},
		"Chưa cập nhật":                     {state: StateAssigned, loose: true},
		"Chưa trình. Nội dung bổ sung.":     {state: StateAssigned, loose: true},
		"Chưa hoàn thành":                   {state: StateInProgress, loose: true},
		"Đang thực hiện":                    {state: StateInProgress},
		"Đang tổng hợp để trình":            {state: StateInProgress},
		"Hoàn thành 80%":                    {state: StateInProgress},
		"Dự kiến hoàn thành trong tháng 12": {state: StateInProgress, loose: true},
		"Đã hoàn thành":                     {state: StateCompleted},
		"Hoàn thành đúng hạn":               {state: StateCompleted, said: SaidOnTime},
		"HOÀN THÀNH QUÁ HẠN":                {state: StateCompleted, said: SaidLate},
		"Hoàn thành chậm":                   {state: StateCompleted, said: SaidLate},
		"Đã ban hành":                       {state: StateCompleted, loose: true},
		"Đã báo cáo Đảng ủy UBND tỉnh":      {state: StateCompleted, loose: true},
		"Đã trình/thẩm định":                {state: StateSubmitted},
		"Chờ xác nhận":                      {state: StateSubmitted},
		"Trả lại, yêu cầu bổ sung":          {state: StateReturned},
		"Tạm dừng":                          {state: StateOnHold},
		"Thu hồi":                           {state: StateCancelled},
		"Không thực hiện":                   {state: StateCancelled, loose: true},
		"Trễ hạn":                           {state: StateAssigned, loose: true},
		"Cần đôn đốc":                       {state: StateAssigned, loose: true},
		"Theo dõi ban hành":                 {state: StateInProgress, loose: true},
	} {
		if got, ok := statusOf(text); !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "Ổn", "Đ/c Toàn - PCVP", "Mục IV"} {
		if got, ok := statusOf(text); ok {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// TestTrackerSecret refuses a book in which a single row bears the mark of a state secret.
func TestTrackerSecret(t *testing.T) {
	rows := [][]any{{"TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Tình trạng", "Độ mật"}}
	for i := range 30 {
		rows = append(rows, []any{i + 1, "Báo cáo", "Sở Nội vụ", "30/6/2026", "Hoàn thành", nil})
	}
	rows[20][5] = "Tối mật"
	if _, err := ReadTracker(trackerBook(t, rows), Options{}); !errors.Is(err, ErrClassified) {
		t.Errorf("error %v", err)
	}
}

// TestTrackerElsewhere leaves sheets without the heads of a tracker, and says so.
func TestTrackerElsewhere(t *testing.T) {
	got, err := ReadTracker(trackerBook(t, [][]any{{"Họ tên", "Chức vụ", "Điện thoại"}, {"A", "B", "C"}}), Options{})
	must(t, err)
	if len(got.Documents) != 0 || len(got.Left) != 1 || got.Left[0].Why != LeftNoHead {
		t.Errorf("%+v", got)
	}
}

// TestTrackerLong reads 500 rows; the bound is loose enough for a slow machine with the race detector.
func TestTrackerLong(t *testing.T) {
	rows := [][]any{{"STT", "Số văn bản", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Tình trạng", "Ngày hoàn thành"}}
	for i := range 500 {
		rows = append(rows, []any{
			i + 1, fmt.Sprintf("%d/CT-UBND ngày %d/3/2026", 1+i/20, 1+i/20), fmt.Sprintf("Nhiệm vụ %d: rà soát, tổng hợp, báo cáo kết quả thực hiện", i),
			"Sở Nội vụ", "Sở Tài chính, Sở Tư pháp, UBND các xã, phường", "Trước ngày 30/11/2026", "Hoàn thành", "20/11/2026",
		})
	}
	src := trackerBook(t, rows)
	start := time.Now()
	got, err := ReadTracker(src, Options{})
	must(t, err)
	took := time.Since(start)
	duties := 0
	for _, d := range got.Documents {
		duties += len(d.Rows)
	}
	if len(got.Documents) != 25 || duties != 500 || took > 10*time.Second {
		t.Errorf("%d documents, %d duties in %v", len(got.Documents), duties, took)
	}
}
