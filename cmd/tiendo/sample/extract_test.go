package sample

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/tasks/extract"
)

// wantedHeads are the heads of the documents.
var wantedHeads = map[string]extract.Head{
	Directive: {Kind: extract.KindDirective, Number: "10/CT-UBND", Date: "2026-07-06", Year: 2026, Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Về việc tăng cường công tác cải cách hành chính, nâng cao Chỉ số PAR INDEX và Chỉ số PAPI năm 2026 trên địa bàn tỉnh Mẫu Sơn", Place: "Mẫu Sơn", Implements: "76/NQ-CP"},
	PARPlan:   {Kind: extract.KindPARPlan, Number: "98/KH-UBND", Date: "2026-07-13", Year: 2026, Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Nâng cao Chỉ số cải cách hành chính (PAR INDEX) tỉnh Mẫu Sơn năm 2026", Place: "Mẫu Sơn"},
	PAPIPlan:  {Kind: extract.KindPAPIPlan, Number: "131/KH-UBND", Date: "2026-07-20", Year: 2026, Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Cải thiện Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI) của tỉnh Mẫu Sơn năm 2026", Place: "Mẫu Sơn", Implements: "10/CT-UBND"},
	Dispatch:  {Kind: extract.KindDispatch, Number: "845/UBND-KSTT", Date: "2026-08-07", Year: 2026, Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "V/v báo cáo hằng tháng kết quả giải quyết thủ tục hành chính tại cấp xã", Place: "Mẫu Sơn"},

	Asked().Document.Name: {Kind: extract.KindPARPlan, Year: 2027, Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Cải cách hành chính năm 2027 của tỉnh Mẫu Sơn", Place: "Mẫu Sơn"},
}

// TestDocumentsAreRead reads the documents as the demo does and compares them with what a careful reader takes from them.
func TestDocumentsAreRead(t *testing.T) {
	names, codes := provinceDirectory(t)
	for i, d := range append(Documents(), Asked().Document) {
		t.Run(strings.ReplaceAll(d.Name, "/", "-"), func(t *testing.T) {
			var sources []*extract.Source
			for _, f := range d.Files {
				s, err := extract.Read(f.Name, f.Data)
				if err != nil {
					t.Fatal(err)
				}
				sources = append(sources, s)
			}
			got, err := extract.Extract(sources, extract.Options{Calendar: calendar.New(calendar.Default())})
			if err != nil {
				t.Fatal(err)
			}
			if got.Document != wantedHeads[d.Name] {
				t.Errorf("head: %+v, want %+v", got.Document, wantedHeads[d.Name])
			}
			on := Asked().Open[:10]
			if i < len(Reviews()) {
				on = Reviews()[i].Issue[:10]
			}
			refs := func(of []string) string { return strings.Join(of, " ") }
			var have, want []string
			for _, task := range got.Tasks {
				if strings.HasPrefix(task.Text, closingOrder) {
					task.Ref = closingOrder
				}
				have = append(have, task.Ref)
			}
			for _, w := range wantedTasks[d.Name] {
				want = append(want, w.ref)
			}
			if !slices.Equal(have, want) {
				t.Fatalf("duties: %s\n  want: %s", refs(have), refs(want))
			}
			for k, w := range wantedTasks[d.Name] {
				task := got.Tasks[k]
				if lead := known(names, codes, task.Lead, on); !slices.Equal(lead, w.codes) {
					t.Errorf("%s: lead %q is %v, want %v", w.ref, task.Lead, lead, w.codes)
				}
				if got, want := known(names, codes, task.Cooperating, on), known(names, codes, w.cooperating, on); !slices.Equal(got, want) {
					t.Errorf("%s: cooperating %q is %v, want %v", w.ref, task.Cooperating, got, want)
				}
				if !w.isDue(task.Due) {
					t.Errorf("%s: due %+v, want %s %s", w.ref, task.Due, w.kind, w.date)
				}
				if d.Name != Directive && task.Source.Part == extract.PartTable && (task.Deliverable == "" || len(task.Criteria) != 1) {
					t.Errorf("%s: deliverable %q, criteria %q", w.ref, task.Deliverable, task.Criteria)
				}
			}
		})
	}
}

// known gives the codes of the names, and a name itself when it is unknown.
func known(d *directory.Directory, codes map[int64]string, written []string, on string) []string {
	var out []string
	for _, name := range written {
		for _, p := range d.Resolve(name, on) {
			code := codes[p.AgencyID] + codes[-p.GroupID]
			if code == "" {
				code = p.Written
			}
			out = append(out, code)
		}
	}
	return out
}

// isDue tells whether a deadline that was read is the one wanted.
func (w wanted) isDue(d extract.Due) bool {
	if d.Kind != w.kind {
		return false
	}
	months := strings.Count(between(d.RRule, "BYMONTH=", ";"), ",") + 1
	yearly := strings.HasPrefix(d.RRule, "FREQ=YEARLY")
	switch w.date {
	case "monthly":
		return strings.HasPrefix(d.RRule, "FREQ=MONTHLY") && !strings.Contains(d.RRule, "INTERVAL=")
	case "quarterly":
		return strings.HasPrefix(d.RRule, "FREQ=MONTHLY;INTERVAL=3") || yearly && months == 4
	case "half-yearly":
		return strings.HasPrefix(d.RRule, "FREQ=MONTHLY;INTERVAL=6") || yearly && months == 2
	}
	return d.Date == w.date
}

// between gives what stands after start, up to end or the end of the text.
func between(s, start, end string) string {
	_, after, _ := strings.Cut(s, start)
	before, _, _ := strings.Cut(after, end)
	return before
}
