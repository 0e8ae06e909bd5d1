package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// filled has the rig's table in the database.
func (r *rig) filled() {
	r.t.Helper()
	if err := r.Days.Fill(r.ctx()); err != nil {
		r.t.Fatal(err)
	}
}

// hidden are the hidden fields of the page's form to the path.
func (p *page) hiddenFields(names ...string) url.Values {
	p.t.Helper()
	values := make(url.Values)
	for _, name := range names {
		_, rest, ok := strings.Cut(p.body, `name="`+name+`" value="`)
		if !ok {
			p.t.Fatalf("no field %s", name)
		}
		value, _, _ := strings.Cut(rest, `"`)
		values.Set(name, strings.NewReplacer("&#10;", "\n", "&#9;", "\t", "&#34;", `"`, "&#43;", "+", "&amp;", "&").Replace(value))
	}
	return values
}

// A day is announced, previewed with what it moves, saved, seen; a second who saves the same is told.
func TestWorkingDaysPage(t *testing.T) {
	r := newRig(t)
	r.filled()
	_, a := r.issue("10/CT-UBND", rigDuty{text: "Báo cáo trong 40 ngày làm việc", leads: []string{"Sở Nội vụ"}, due: "2026-11-30", phrase: "trong thời hạn 40 ngày làm việc kể từ ngày ký"})
	c := r.signIn(officeEmail)

	p := c.get("/working-days").want(http.StatusOK).wantText("Thứ Ba 24/11/2026", "chờ công nhận là ngày nghỉ", "Ngày Văn hóa Việt Nam")
	if p.h1() != "Năm 2026 nghỉ 13 ngày thường, làm bù 2 ngày cuối tuần" {
		t.Errorf("headline %q", p.h1())
	}
	if p := c.get("/working-days?year=2027").want(http.StatusOK); p.h1() != "Năm 2027 mới có 5 trong 11 ngày nghỉ lễ, Tết" {
		t.Errorf("headline %q", p.h1())
	}
	c.get("/working-days?day=2026-11-24&year=2026").want(http.StatusOK).wantText("Sửa ngày")
	c.get("/working-days?year=2040").want(http.StatusOK).wantText("Bảng chưa có ngày nào của năm 2040.")
	if !slices.Contains(c.get("/directory").links(), "/working-days") {
		t.Error("the directory does not lead to the calendar")
	}

	// The button beside the day that waits.
	p = c.post("/working-days/preview", url.Values{"from": {"2026-11-24"}, "kind": {"off"}, "name": {"Ngày Văn hóa Việt Nam"}}).want(http.StatusOK).
		wantText("Báo cáo trong 40 ngày làm việc", "30/11/2026", "1/12/2026", "chờ công nhận là ngày nghỉ", "Sở Nội vụ")
	if p.h1() != "Đổi 1 ngày: 1 thời hạn chuyển sang ngày khác" {
		t.Errorf("headline %q", p.h1())
	}
	form := p.hiddenFields("lines", "years", "version")
	form.Set("document", "12/TB-VPCP")
	saved := c.post("/working-days", form).want(http.StatusSeeOther)
	if saved.location != "/working-days?year=2026" {
		t.Errorf("to %q", saved.location)
	}
	saved.follow().wantText("Đã đổi 1 ngày trong lịch. 1 thời hạn đã được tính lại.")
	c.get("/assignments/"+text(a[0].ID)).want(http.StatusOK).wantText("1/12/2026", "tính lại thời hạn theo lịch làm việc mới")
	c.get("/audit").want(http.StatusOK).wantText("sửa lịch làm việc", "12/TB-VPCP")

	// An admin sees how many deadlines move, not which.
	admin := r.signIn(adminEmail)
	p = admin.post("/working-days/preview", url.Values{"from": {"2026-11-24"}, "kind": {"usual"}}).want(http.StatusOK)
	if p.h1() != "Đổi 1 ngày: 1 thời hạn chuyển sang ngày khác" || strings.Contains(p.body, "Báo cáo trong 40") {
		t.Errorf("an admin sees %s", p.text())
	}
	stale := p.hiddenFields("lines", "years", "version")
	c.post("/working-days", stale).want(http.StatusSeeOther)
	admin.post("/working-days", stale).want(http.StatusConflict).wantText("Người khác vừa sửa lịch")
}

func TestWorkingDaysForms(t *testing.T) {
	r := newRig(t)
	r.filled()
	c := r.signIn(officeEmail)
	preview := "/working-days/preview"
	for name, k := range map[string]struct {
		form url.Values
		want string
	}{
		"nothing":        {url.Values{}, "Mục này chưa có nội dung."},
		"no day":         {url.Values{"from": {"31/2/2027"}, "kind": {"off"}, "name": {"Tết"}}, "31/2/2027"},
		"backwards":      {url.Values{"from": {"9/2/2027"}, "to": {"8/2/2027"}, "kind": {"off"}, "name": {"Tết"}}, "Ngày cuối phải sau ngày đầu."},
		"far too long":   {url.Values{"from": {"8/2/2027"}, "to": {"8/4/2027"}, "kind": {"off"}, "name": {"Tết"}}, "tối đa 31 ngày"},
		"works anyway":   {url.Values{"from": {"8/2/2027"}, "kind": {"working"}, "name": {"Làm bù"}}, "vốn đã làm việc"},
		"no name":        {url.Values{"from": {"8/2/2027"}, "kind": {"off"}}, "Mục này chưa có nội dung."},
		"weekend only":   {url.Values{"from": {"6/2/2027"}, "to": {"7/2/2027"}, "kind": {"off"}, "name": {"Tết"}}, "Không có ngày nào."},
		"no file chosen": {url.Values{"source": {"file"}}, "Hãy chọn tệp .tsv."},
	} {
		t.Run(name, func(t *testing.T) {
			p := c.post(preview, k.form)
			p.t = t
			p.want(http.StatusUnprocessableEntity)
			if !strings.Contains(p.body, k.want) {
				t.Errorf("no %q in %s", k.want, p.text())
			}
			if typed := k.form.Get("name"); typed != "" && !strings.Contains(p.body, `value="`+typed+`"`) {
				t.Error("what was typed is gone")
			}
		})
	}
	// Tết from Friday to Thursday: the weekend is left out.
	p := c.post(preview, url.Values{"from": {"5/2/2027"}, "to": {"11/2/2027"}, "kind": {"off"}, "name": {"Tết Nguyên đán Đinh Mùi"}}).want(http.StatusOK)
	if p.h1() != "Đổi 5 ngày, không thời hạn nào chuyển" {
		t.Errorf("headline %q", p.h1())
	}
	c.post("/working-days", p.hiddenFields("lines", "years", "version")).want(http.StatusSeeOther)
	if p := c.get("/working-days?year=2027"); p.h1() != "Năm 2027 mới có 10 trong 11 ngày nghỉ lễ, Tết" {
		t.Errorf("headline %q", p.h1())
	}

	// What is downloaded loads again and changes nothing; a file with a mistake says in which line.
	tsv := c.get("/working-days.tsv").want(http.StatusOK)
	if !strings.HasPrefix(tsv.body, "date\tkind\tname\tpending\n2024-01-01\toff\tTết Dương lịch\t-\n") || !strings.Contains(tsv.body, "2027-02-11\toff\tTết Nguyên đán Đinh Mùi\t-\n") {
		t.Errorf("%s", tsv.body)
	}
	load := func(text string, values url.Values) *page {
		values.Set("source", "file")
		return c.upload(preview, values, file{"file", "lich.tsv", []byte(text)})
	}
	if p := load(tsv.body, url.Values{"whole": {"1"}}).want(http.StatusOK); p.h1() != "Không có gì thay đổi" {
		t.Errorf("headline %q: %s", p.h1(), p.text())
	}
	load("date\tkind\tname\n2027-09-03\toff\tQuốc khánh\n2027-02-30\toff\tTết\n", url.Values{}).want(http.StatusUnprocessableEntity).wantText("Dòng 3: “2027-02-30” không phải là ngày.")
	load("\xff\xfe\x00", url.Values{}).want(http.StatusUnprocessableEntity).wantText("Tệp không phải văn bản UTF-8.")
	p = load("date\tkind\tname\n2028-01-01\toff\tTết Dương lịch\n", url.Values{"whole": {"1"}}).want(http.StatusOK)
	if form := p.hiddenFields("lines", "years", "version"); form.Get("years") != "2028" {
		t.Errorf("years %q", form.Get("years"))
	}
	c.post("/working-days", p.hiddenFields("lines", "years", "version")).want(http.StatusSeeOther)
	if y, err := r.Days.Year(r.ctx(), r.person(officeEmail), 2028); err != nil || len(y.Days) != 1 {
		t.Errorf("year %+v, %v", y, err)
	}
	c.post("/working-days", url.Values{"lines": {"x"}, "version": {"4"}}).want(http.StatusUnprocessableEntity)
}

// A year that is not known is said where the secretariat and the IT office look, until it is.
func TestLackingYearIsShown(t *testing.T) {
	r := newRig(t)
	r.runDue()
	const said = "Lịch năm 2027 mới có 5 trong 11 ngày nghỉ lễ, Tết"
	office, admin := r.signIn(officeEmail), r.signIn(adminEmail)
	if strings.Contains(office.get("/inbox").body, said) || strings.Contains(admin.get("/health").body, said) {
		t.Error("said of a year that is known")
	}
	r.filled() // with what the program comes with
	office.get("/inbox").want(http.StatusOK).wantText(said)
	if p := admin.get("/health").want(http.StatusOK); p.h1() != said || !slices.Contains(p.links(), "/working-days?year=2027") {
		t.Errorf("headline %q, links %q", p.h1(), p.links())
	}
	change := tasks.DayChange{Set: rigDays()[len(calendar.Default()):]}
	if _, err := r.Days.Apply(r.ctx(), r.person(officeEmail), change, 1); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(office.get("/inbox").body, said) || strings.Contains(admin.get("/health").body, said) {
		t.Error("still said")
	}
}
