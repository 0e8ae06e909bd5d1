package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Sizes of the province that fillBulk makes: about those of the largest real ones.
const (
	bulkAgencies = 180
	bulkPeople   = 300 // focal points and heads
	bulkDuties   = 600 // a document
)

// bulk makes up many assignments. The same seed gives the same province.
type bulk struct {
	*app
	random   *rand.Rand
	now      time.Time
	today    calendar.Date
	agencies []int64
	focal    map[int64][]int64 // people who report for an agency
	office   int64             // who confirms
}

// fillBulk sets up the province with many agencies and people and writes so many made-up assignments, past any service: no trail, no
// mails. The agencies and accounts of the sample must be there.
func (a *app) fillBulk(ctx context.Context, assignments int, out io.Writer) error {
	now := a.clocks.business()
	b := &bulk{app: a, random: rand.New(rand.NewPCG(2026, 10)), now: now, today: a.rules.Day(now), focal: make(map[int64][]int64)}
	if err := b.settle(ctx); err != nil {
		return err
	}
	begun := time.Now()
	err := a.db.Bulk(ctx, func(bulk *store.Bulk) error {
		duties := make([]store.BulkDuty, 0, bulkDuties)
		for n, written := 0, 0; written < assignments; n++ {
			d := b.document(n)
			duties = duties[:0]
			for i := range min(bulkDuties, assignments-written) {
				duties = append(duties, b.duty(d, i))
			}
			if err := bulk.Add(d, duties); err != nil {
				return err
			}
			written += len(duties)
			if n%100 == 99 || written == assignments {
				fmt.Fprintf(out, "%d of %d assignments after %s\n", written, assignments, time.Since(begun).Round(time.Second))
			}
		}
		return nil
	})
	fmt.Fprintf(out, "all of it after %s\n", time.Since(begun).Round(time.Second))
	return err
}

// settle adds made-up communes and focal points to those of the sample.
func (b *bulk) settle(ctx context.Context) error {
	err := b.db.Directory().Update(ctx, func(tx tasks.DirectoryTx) error {
		agencies, err := tx.Agencies()
		if err != nil {
			return err
		}
		b.agencies = nil
		for _, a := range agencies {
			b.agencies = append(b.agencies, a.ID)
		}
		for i := len(agencies); i < bulkAgencies; i++ {
			a := tasks.Agency{Code: fmt.Sprintf("xa-%03d", i), Name: fmt.Sprintf("UBND xã %s %d", pick(b.random, bulkPlaces), i), Kind: "commune"}
			id, err := tx.InsertAgency(a)
			if err != nil {
				return err
			}
			b.agencies = append(b.agencies, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(b.agencies)
	return b.db.Accounts().Update(ctx, func(tx tasks.AccountTx) error {
		clear(b.focal)
		for i := range bulkPeople {
			agency, role := b.agencies[i%len(b.agencies)], tasks.RoleFocal
			if i%10 == 9 {
				role = tasks.RoleHead
			}
			id, err := tx.InsertPerson(tasks.Person{
				Email: fmt.Sprintf("canbo%03d@mauson.example", i), Active: true, Language: "vi", Position: "Chuyên viên", CreatedAt: b.now,
				Name:   pick(b.random, bulkFamilies) + " " + pick(b.random, bulkMiddles) + " " + pick(b.random, bulkGiven),
				Grants: []tasks.Grant{{Role: role, AgencyID: agency}},
			})
			if err != nil {
				return err
			}
			b.focal[agency] = append(b.focal[agency], id)
			b.office = id
		}
		return nil
	})
}

func (b *bulk) document(n int) tasks.Document {
	kinds := []tasks.DocumentKind{tasks.KindDirective, tasks.KindPARPlan, tasks.KindPAPIPlan, tasks.KindConclusion, tasks.KindDispatch}
	symbols := []string{"CT", "KH", "KH", "TB", "CV"}
	year := b.today.Year - n%3
	day := calendar.NewDate(year, time.January, 2+n%180)
	at := day.Start(b.rules.Location).Add(9 * time.Hour)
	return tasks.Document{
		Head: tasks.Head{
			Kind: kinds[n%len(kinds)], Number: fmt.Sprintf("%d/%s-UBND", n+1001, symbols[n%len(symbols)]), Date: day,
			Issuer: "UBND tỉnh Mẫu Sơn", Title: pick(b.random, bulkTitles) + fmt.Sprintf(" năm %d, đợt %d", year, n+1), Year: year,
		},
		State: tasks.DocumentIssued, CreatedAt: at, IssuedAt: at,
	}
}

func (b *bulk) duty(d tasks.Document, i int) store.BulkDuty {
	r := b.random
	lead := b.agencies[r.IntN(len(b.agencies))]
	duty := store.BulkDuty{
		Task: tasks.Task{
			Position: i, Ref: fmt.Sprintf("%d.%d", i/20+1, i%20+1), Section: "Nhiệm vụ, giải pháp",
			Text:        fmt.Sprintf("%s %s %s; %s.", pick(r, bulkVerbs), pick(r, bulkObjects), pick(r, bulkWays), pick(r, bulkEnds)),
			Deliverable: pick(r, bulkDeliverables), Source: tasks.Place{Part: "text", Block: i + 1},
		},
		Assignment: tasks.Assignment{
			Leads: []int64{lead}, State: tasks.StateAssigned, DueVersion: 1, DueSetOn: d.Date, AssignedAt: d.IssuedAt,
		},
	}
	for range r.IntN(3) {
		if other := b.agencies[r.IntN(len(b.agencies))]; !duty.Assignment.HasPart(other) {
			duty.Assignment.Cooperating = append(duty.Assignment.Cooperating, other)
		}
	}
	a := &duty.Assignment
	if i%6 == 5 {
		a.Cadence = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"
		duty.Task.Written = tasks.WrittenDue{Phrase: "thường xuyên", Kind: tasks.DueOngoing}
		duty.Notes = []calendar.Date{calendar.NewDate(b.today.Year, time.December, 15)}
		if r.IntN(10) == 0 {
			duty.Notes = []calendar.Date{calendar.NewDate(b.today.Year, time.September, 15), duty.Notes[0]}
		}
	} else {
		a.Due = d.Date.AddDays(20 + r.IntN(340))
		a.FirstDue = a.Due
		duty.Task.Written = tasks.WrittenDue{Phrase: "trước ngày " + a.Due.String(), Kind: tasks.DueDate, Date: a.Due}
	}
	b.progress(&duty, lead)
	return duty
}

// progress makes up what became of the duty: most that have fallen due are done, some are late.
func (b *bulk) progress(duty *store.BulkDuty, lead int64) {
	r, a := b.random, &duty.Assignment
	done := 10 // of a hundred
	if !a.Due.IsZero() && a.Due.Before(b.today) {
		done = 94
	}
	switch n := r.IntN(100); {
	case n < done:
		a.State, a.Percent = tasks.StateCompleted, 100
		a.SubmittedOn = b.today.AddDays(-1 - r.IntN(60))
		if !a.Due.IsZero() && a.Due.Before(b.today) {
			a.SubmittedOn = a.Due.AddDays(r.IntN(20) - 15)
			if a.SubmittedOn.After(b.today) {
				a.SubmittedOn = b.today
			}
		}
		a.CompletedAt = a.SubmittedOn.Start(b.rules.Location).Add(15 * time.Hour)
		if a.Cadence != "" {
			duty.Notes = nil
		}
		b.report(duty, lead, tasks.ReportSubmission, a.SubmittedOn, tasks.OutcomeConfirmed, "")
	case n < done+2:
		a.State, a.Percent, a.SubmittedOn = tasks.StateSubmitted, 100, b.today.AddDays(-r.IntN(9))
		b.report(duty, lead, tasks.ReportSubmission, a.SubmittedOn, "", "")
	case n < done+3:
		a.State, a.Percent = tasks.StateReturned, 90
		b.report(duty, lead, tasks.ReportSubmission, b.today.AddDays(-5-r.IntN(20)), tasks.OutcomeReturned, pick(r, bulkReasons))
	case r.IntN(2) == 0:
		a.State, a.Percent = tasks.StateInProgress, 10*(1+r.IntN(8))
		b.report(duty, lead, tasks.ReportProgress, b.today.AddDays(-1-r.IntN(40)), "", "")
	}
}

func (b *bulk) report(duty *store.BulkDuty, lead int64, kind tasks.ReportKind, on calendar.Date, outcome tasks.Outcome, reason string) {
	report := tasks.Report{
		AgencyID: lead, Kind: kind, Percent: duty.Assignment.Percent, Text: pick(b.random, bulkReports), At: on.Start(b.rules.Location).Add(10 * time.Hour), On: on,
		Outcome: outcome, Reason: reason,
	}
	if people := b.focal[lead]; len(people) > 0 {
		report.PersonID = people[0]
	}
	if outcome != "" {
		report.DecidedBy, report.DecidedAt = b.office, report.At.Add(5*time.Hour)
	}
	duty.Reports = append(duty.Reports, report)
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// What the made-up duties are put together from.
var (
	bulkPlaces   = strings.Fields("Phiêng Nà Lũng Thượng Bản Tân Yên Bình Minh Đồng Khau Pác")
	bulkFamilies = strings.Fields("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Nông Lương Vi Hà")
	bulkMiddles  = strings.Fields("Văn Thị Minh Thu Đức Hồng Quang Ngọc")
	bulkGiven    = strings.Fields("An Bình Chi Dũng Giang Hà Hùng Lan Linh Long Mai Nam Nga Phúc Quân Sơn Thảo Trang Tuấn Yến")
	bulkTitles   = []string{
		"Kế hoạch nâng cao Chỉ số cải cách hành chính", "Kế hoạch cải thiện Chỉ số hiệu quả quản trị và hành chính công",
		"Về siết chặt kỷ luật, kỷ cương hành chính", "Kết luận của Chủ tịch UBND tỉnh tại phiên họp thường kỳ", "Về đẩy mạnh chuyển đổi số",
	}
	bulkVerbs = []string{
		"Rà soát, đơn giản hóa", "Công khai đầy đủ, kịp thời", "Tham mưu ban hành văn bản chỉ đạo về", "Tổ chức tập huấn cho cán bộ, công chức về",
		"Kiểm tra đột xuất, chấn chỉnh", "Xây dựng kế hoạch và triển khai thực hiện", "Hoàn thành số hóa", "Đánh giá, công bố kết quả",
	}
	bulkObjects = []string{
		"quy trình nội bộ giải quyết thủ tục hành chính", "hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực", "việc tiếp nhận, xử lý phản ánh, kiến nghị của người dân",
		"danh mục dịch vụ công trực tuyến toàn trình", "quy hoạch, kế hoạch sử dụng đất", "thu, chi ngân sách cấp xã", "danh sách hộ nghèo, hộ cận nghèo",
		"việc bố trí, sắp xếp vị trí việc làm", "chất lượng nước sinh hoạt nông thôn", "kết quả khắc phục hạn chế sau thanh tra",
	}
	bulkWays = []string{
		"trên Cổng Dịch vụ công quốc gia", "tại Trung tâm Phục vụ hành chính công cấp xã", "trên trang thông tin điện tử và tại trụ sở", "thuộc phạm vi quản lý của cơ quan, địa phương",
		"theo chỉ đạo của Chủ tịch UBND tỉnh", "gắn với trách nhiệm của người đứng đầu",
	}
	bulkEnds = []string{
		"báo cáo kết quả về Sở Nội vụ để tổng hợp", "bảo đảm tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên", "gửi Văn phòng UBND tỉnh theo dõi, đôn đốc",
		"không để phát sinh hồ sơ quá hạn không có lý do", "lấy ý kiến của tổ chức và cá nhân trước khi ban hành",
	}
	bulkDeliverables = []string{"", "Báo cáo", "Quyết định của UBND tỉnh", "Kế hoạch", "Văn bản chỉ đạo"}
	bulkReports      = []string{"Đã hoàn thành, có báo cáo kèm theo.", "Đã trình cấp có thẩm quyền xem xét.", "Đang tổng hợp số liệu của các phòng chuyên môn.", "Đã ban hành văn bản và công khai."}
	bulkReasons      = []string{"Thiếu số liệu của quý III, đề nghị bổ sung.", "Tài liệu kiểm chứng chưa có chữ ký, đóng dấu.", "Kết quả chưa đúng sản phẩm được giao."}
)
