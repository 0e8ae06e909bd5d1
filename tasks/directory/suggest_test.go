package directory_test

import (
	"fmt"
	"slices"
	"testing"

	"tiendo/tasks/directory"
)

func TestSuggest(t *testing.T) {
	cases := []struct {
		typed string
		want  []string // the first suggestions: "10 name", "g1 alias", "91>11"
	}{
		{"so noi", []string{"10 name"}},
		{"so noi vu", []string{"10 name"}},
		{"snv", []string{"10 short"}},
		{"so khcn", []string{"16 short"}},
		{"skhcn", []string{"16 short"}},
		{"vpubnd", []string{"2 short"}},
		{"noi vu", []string{"10 words"}},
		{"vu noi", []string{"10 words"}},
		{"so ke hoach", []string{"91>11"}},
		{"ke hoach dau", []string{"91>11"}},
		{"so lao dong", []string{"93>10"}},
		{"khanh khe", []string{"70 words"}},
		{"ubnd xa ba", []string{"71 name"}},
		{"uy ban nhan dan xa ba son", []string{"71 name"}},
		{"cuc thue", []string{"41 alias"}},
		{"so tai chinh", []string{"11 name", "90>11"}},
		{"Giám đốc Sở Nội vụ", []string{"10 read"}},
		{"thu truong cac so ban nganh", []string{"g1 read"}},
		{"cac so", []string{"g1 name"}},
		{"Sở Nội vự", []string{"10 name"}},
		{"Sở Nộii vụ", []string{"10 near"}},
		{"Sở Tưp háp", []string{"12 near"}},
		{"Sở Văn hóa và Thể thao", []string{"19 words"}},
		{"Sở Thể thao và Văn hóa", []string{"19 words"}},
		{"Sở Văn hóa, Thể thao, Gia đình", []string{"19 near"}},
		{"", nil},
		{" , ", nil},
		{"zzzzzz", nil},
	}
	d := province(t)
	for _, c := range cases {
		t.Run(c.typed, func(t *testing.T) {
			var got []string
			for _, s := range d.Suggest(c.typed, today, 10) {
				switch {
				case s.Why == directory.WhyReplaced:
					got = append(got, fmt.Sprintf("%d>%d", s.AgencyID, s.SuccessorID))
				case s.GroupID != 0:
					got = append(got, fmt.Sprintf("g%d %s", s.GroupID, s.Why))
				default:
					got = append(got, fmt.Sprintf("%d %s", s.AgencyID, s.Why))
				}
				if s.Name == "" {
					t.Errorf("suggestion %d/%d has no name", s.AgencyID, s.GroupID)
				}
			}
			if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) || len(c.want) == 0 && len(got) > 0 {
				t.Errorf("got %v, want first %v", got, c.want)
			}
		})
	}
}

func TestSuggestLimit(t *testing.T) {
	if got := province(t).Suggest("so", today, 3); len(got) != 3 {
		t.Errorf("got %d suggestions, want 3", len(got))
	}
	for _, s := range province(t).Suggest("so", today, 100) {
		if s.Why == directory.WhyReplaced {
			break
		}
		if s.AgencyID == 90 {
			t.Error("an agency that is no more stands before those that are")
		}
	}
}

func TestSuccessorsInACircle(t *testing.T) {
	d := directory.New([]directory.Agency{
		{ID: 1, Name: "Sở A", To: "2020-12-31", SuccessorID: 2},
		{ID: 2, Name: "Sở B", To: "2021-12-31", SuccessorID: 1},
	}, nil, nil)
	got := d.Suggest("so a", today, 1)
	if len(got) != 1 || got[0].SuccessorID != 0 || got[0].Why != directory.WhyReplaced {
		t.Errorf("got %+v", got)
	}
}
