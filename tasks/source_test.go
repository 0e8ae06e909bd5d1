package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

func TestADutyIsShownInItsSource(t *testing.T) {
	body := []tasks.SourceBlock{{Block: 1, Text: "Điều 1", Heading: true}, {Block: 2, Text: "Sở Nội vụ rà soát"}, {Block: 3, Text: "Sở Tài chính bố trí"}}
	annex := []tasks.SourceBlock{{Block: 1, Sheet: "Phụ lục", Rows: []tasks.SourceRow{
		{Row: 1, Cells: []tasks.SourceCell{{Text: "Nhiệm vụ", Span: 2}}}, {Row: 2, Cells: []tasks.SourceCell{{Text: "a"}, {Text: "b"}}},
	}}, {Block: 2, Text: "Ghi chú"}}
	for name, c := range map[string]struct {
		place tasks.Place
		file  string
		texts []string // of the blocks, or of the row's cells
	}{
		"in the text":        {tasks.Place{File: 0, Part: "text", Block: 2}, "than.txt", []string{"Điều 1", "Sở Nội vụ rà soát", "Sở Tài chính bố trí"}},
		"at the beginning":   {tasks.Place{File: 0, Part: "text", Block: 1}, "than.txt", []string{"Điều 1", "Sở Nội vụ rà soát"}},
		"beside a table":     {tasks.Place{File: 1, Part: "text", Block: 2}, "phu-luc.txt", []string{"Ghi chú"}},
		"in a row":           {tasks.Place{File: 1, Part: "table", Block: 1, Row: 2}, "phu-luc.txt", []string{"a", "b"}},
		"in a row not there": {tasks.Place{File: 1, Part: "table", Block: 1, Row: 9}, "phu-luc.txt", nil},
		"in no such block":   {tasks.Place{File: 0, Part: "text", Block: 9}, "than.txt", nil},
		"in no such file":    {tasks.Place{File: 2, Part: "text", Block: 1}, "", nil},
		"before the files":   {tasks.Place{File: -1, Part: "text", Block: 1}, "", nil},
		"nowhere":            {tasks.Place{}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.reader.out = tasks.Extraction{
				Head: tasks.Head{Number: "1/CT", Date: date("2026-10-01")}, Blocks: [][]tasks.SourceBlock{body, annex},
				Drafts: []tasks.Draft{{Text: "Rà soát", Leads: written("Sở Nội vụ"), Source: c.place}},
			}
			d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Files: []tasks.Upload{
				{Name: "than.txt", Data: []byte("x")}, {Name: "phu-luc.txt", Data: []byte("y")},
			}}))(t)
			check(t, r.documents.Issue(t.Context(), r.secretariat, d.ID, 0))
			id := must(r.documents.Get(t.Context(), r.secretariat, d.ID))(t).Assignments[0].ID
			v := must(r.assignments.Get(t.Context(), r.focal, id))(t)
			var texts []string
			for _, b := range v.Source {
				if len(b.Rows) == 0 && b.Text != "" {
					texts = append(texts, b.Text)
				}
				for _, row := range b.Rows {
					for _, cell := range row.Cells {
						texts = append(texts, cell.Text)
					}
				}
			}
			if v.File.Attachment.Name != c.file || !slices.Equal(texts, c.texts) {
				t.Errorf("file %q, %q; want %q, %q", v.File.Attachment.Name, texts, c.file, c.texts)
			}
		})
	}
}

func TestABlankNameBlocksNothing(t *testing.T) {
	r := newRig(t)
	r.reader.out.Drafts = []tasks.Draft{{Text: "một", Leads: written("Sở Nội vụ", " "), Cooperating: written("", "–", "Đội bóng")}}
	d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	if got := r.drafts(d.ID)[0]; len(got.Leads) != 1 || !slices.Equal(got.Unmapped(), []string{"Đội bóng"}) {
		t.Errorf("draft %+v", got)
	}
}

func TestPartsOfAnAssignment(t *testing.T) {
	a := tasks.Assignment{Leads: []int64{1, 2}, Cooperating: []int64{3}}
	for _, c := range []struct {
		agencies  []int64
		led, part bool
	}{{nil, false, false}, {[]int64{4}, false, false}, {[]int64{3}, false, true}, {[]int64{4, 2}, true, true}} {
		if a.LedBy(c.agencies...) != c.led || a.HasPart(c.agencies...) != c.part {
			t.Errorf("%v: led %v, part %v", c.agencies, a.LedBy(c.agencies...), a.HasPart(c.agencies...))
		}
	}
}
