package tasks_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tiendo/tasks"
)

func TestMatchDuties(t *testing.T) {
	old := []tasks.OldDuty{
		{Ref: "1", Text: "Rà soát, cắt giảm thủ tục hành chính nội bộ, hoàn thành trước ngày 30/6/2026", Leads: []int64{1}},
		{Ref: "2", Text: "Xây dựng kho dữ liệu dùng chung của tỉnh", Leads: []int64{2}},
		{Ref: "3", Text: "Báo cáo kết quả hằng quý", Leads: []int64{1}},
		{Ref: "4", Text: "Báo cáo kết quả hằng quý", Leads: []int64{3}},
		{Ref: "5", Text: "Tổ chức đối thoại với doanh nghiệp", Leads: []int64{4}},
	}
	draft := func(ref, text string, lead int64) tasks.Draft {
		return tasks.Draft{Ref: ref, Text: text, Leads: []tasks.Party{{AgencyID: lead}}}
	}
	drafts := []tasks.Draft{
		draft("1", "Rà soát, cắt giảm thủ tục hành chính nội bộ, hoàn thành trước ngày 30/9/2026", 1),
		draft("2", "Báo cáo kết quả hằng quý", 3),
		draft("3", "Báo cáo kết quả hằng quý", 1),
		draft("4", "XÂY DỰNG KHO DỮ LIỆU DÙNG CHUNG CỦA TỈNH", 2),
		draft("5", "Khảo sát mức độ hài lòng của người dân năm 2026", 1),
	}
	var got []string
	for _, p := range tasks.MatchDuties(old, drafts) {
		got = append(got, fmt.Sprintf("%d→%d", p.Old, p.New))
		if same := p.Old == 1 || p.Old == 2 || p.Old == 3; same != (p.Likeness == 100) {
			t.Errorf("%+v", p)
		}
	}
	if want := []string{"0→0", "3→1", "2→2", "1→3", "-1→4", "4→-1"}; !slices.Equal(got, want) {
		t.Errorf("pairs %v, want %v", got, want)
	}
	if got := tasks.MatchDuties(nil, nil); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// TestMatchDutiesLong pairs a plan of 500 duties with its revision.
func TestMatchDutiesLong(t *testing.T) {
	var old []tasks.OldDuty
	var drafts []tasks.Draft
	for i := range 500 {
		text := fmt.Sprintf("Nhiệm vụ số %d: triển khai giải pháp %d của Kế hoạch cải cách hành chính tại cơ quan %d", i, i*7, i*13)
		old = append(old, tasks.OldDuty{Ref: fmt.Sprint(i), Text: text})
		drafts = append(drafts, tasks.Draft{Ref: fmt.Sprint(i), Text: text})
	}
	start := time.Now()
	for i, p := range tasks.MatchDuties(old, drafts) {
		if p.Old != i || p.New != i || p.Likeness != 100 {
			t.Fatalf("pair %d: %+v", i, p)
		}
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}
