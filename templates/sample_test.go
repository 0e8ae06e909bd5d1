package templates_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/templates"
	"tiendo/templates/templatetest"
)

// date is a calendar date as the domain has it.
type date struct {
	Year  int
	Month time.Month
	Day   int
}

func (d date) at() time.Time         { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
func (d date) String() string        { return d.at().Format(time.DateOnly) }
func (d date) Weekday() time.Weekday { return d.at().Weekday() }

func october(d int) date { return date{2026, time.October, d} }

var frame = templates.Layout{
	Title: "Còn 6 nhiệm vụ, 1 nhiệm vụ quá hạn", Province: "tỉnh Thử", PersonName: "Lê Văn An", PersonPlace: "Sở Thử nghiệm",
	AccountHref: "/account", SignOutAction: "/logout", Flash: "Đã ghi nhận báo cáo.",
	Nav: []templates.NavItem{
		{Href: "/", Label: "Nhiệm vụ", Current: true, Count: 2}, {Href: "/documents", Label: "Văn bản"},
		{Href: "/agencies", Label: "Cơ quan"}, {Href: "/people", Label: "Người dùng"}, {Href: "/mails", Label: "Thư đi"},
	},
	Demo: &templates.DemoBar{
		Now: time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC), ClockAction: "/demo/clock", ReleaseAction: "/demo/release", MailHref: "http://localhost/",
		Moves: []templates.DemoMove{{Value: "2026-10-05T08:00:00+07:00", Label: "Giờ sau"}, {Value: "2026-10-06T07:00:00+07:00", Label: "Ngày sau"}},
	},
}

// parts is a page that shows every partial.
type parts struct {
	templates.Layout
	Figures []templates.Figure
	Rows    []templates.TaskRow
	Filters templates.FilterForm
	Fields  []templates.Field
	Leads   templates.Pick
	Recall  templates.ConfirmForm
	Facts   []templates.Fact
	Trail   []templates.TrailItem
	Pager   templates.Pager
	Empty   templates.Empty
	Bar     templates.Bar
	NoBar   templates.Bar
}

const partsPage = `{{define "main"}}<h1>{{.Title}}</h1><p class="lede">{{t "distance.left" 3}}</p>
{{template "figures" .Figures}}{{template "filters" .Filters}}{{template "rows" .Rows}}{{template "pager" .Pager}}
<div class="two"><section><form class="card" method="post" data-once><h2>Báo cáo</h2>{{range .Fields}}{{template "field" .}}{{end}}{{template "pick" .Leads}}
<p class="buttons"><button class="btn">Gửi</button> <button class="btn quiet">Lưu</button></p></form></section>
<aside><div class="card">{{template "facts" .Facts}}</div><div class="card"><h2>Diễn biến</h2>{{template "trail" .Trail}}</div>{{template "confirm" .Recall}}{{template "empty" .Empty}}</aside></div>
{{template "legend" .Bar}}
<table class="grid stack"><thead><tr><th>Cơ quan</th><th>Tiến độ</th><th class="n">Quá hạn</th></tr></thead><tbody>
<tr><th scope="row" data-label="Cơ quan">Sở Một</th><td class="bars" data-label="Tiến độ">{{template "bar" .Bar}}</td><td class="n" data-label="Quá hạn">4 / 18</td></tr>
<tr><th scope="row" data-label="Cơ quan">Sở Hai</th><td class="bars" data-label="Tiến độ">{{template "bar" .NoBar}}</td><td class="n" data-label="Quá hạn">0 / 0</td></tr></tbody></table>
<h2>Bản rà soát</h2><p class="keys"><kbd>j</kbd> <kbd>k</kbd></p>
<div class="review"><section class="source" id="nguon"><p>1. Sở Một chủ trì xây dựng kế hoạch, xong <mark>trước 15/10/2026</mark>.</p></section>
<ol class="drafts" data-keys><li data-row tabindex="-1"><p>Xây dựng kế hoạch</p></li><li class="doubt" data-row data-doubt tabindex="-1"><p>Báo cáo định kỳ</p><p class="hint">Chưa rõ ngày nào.</p></li></ol></div>{{end}}`

func sample() parts {
	up, same := 3, 0
	p := parts{Layout: frame}
	p.Figures = []templates.Figure{
		{Value: 1, Text: "quá hạn", Change: &up, Late: true, Href: "/tasks?timeliness=overdue"},
		{Value: 1204, Text: "đến hạn trong tuần", Change: &same}, {Value: "87 %", Text: "hoàn thành đúng hạn"}, {Value: 6.5, Text: "điểm"},
	}
	p.Rows = []templates.TaskRow{
		{Href: "/tasks/1", Text: "Hoàn thiện quy trình nội bộ giải quyết thủ tục hành chính của ngành và công khai trên cổng thông tin", Due: date{2026, 9, 25}, DaysLeft: -6, State: "returned", Timeliness: "overdue", Meta: []string{"CT 01/CT-UBND", "mục 2.c"}, Note: "Trả lại 1/10: thiếu phụ lục", Action: &templates.Action{Href: "/tasks/1/report", Label: "Bổ sung"}},
		{Href: "/tasks/2", Text: "Lập danh mục dịch vụ công trực tuyến", Due: october(7), DaysLeft: 2, State: "assigned", Timeliness: "due_soon", Meta: []string{"KH 02/KH-UBND"}, Action: &templates.Action{Href: "/tasks/2", Label: "Xem", Quiet: true}},
		{Href: "/tasks/3", Text: "Khảo sát mức độ hài lòng", Due: october(30), DaysLeft: 19, State: "in_progress", Timeliness: "on_track"},
		{Href: "/tasks/4", Text: "Sơ kết năm", Due: october(1), State: "completed", Timeliness: "late"},
		{Href: "/tasks/5", Text: "Tuyên truyền thường xuyên", State: "submitted", Timeliness: "no_deadline"},
		{Text: "Tập huấn", Due: october(2), State: "submitted", Timeliness: "on_time"},
	}
	p.Filters = templates.FilterForm{Action: "/tasks", ClearHref: "/tasks", Active: true, Hidden: []templates.Hidden{{Name: "sort", Value: "due"}}, Fields: []templates.Field{
		{ID: "q", Name: "q", Label: "Từ ngữ", Type: "search", Required: true},
		{ID: "state", Name: "state", Label: "Trạng thái", Type: "select", Blank: "Tất cả", Value: "submitted", Required: true, Options: []templates.Option{{Value: "submitted", Label: "Chờ xác nhận"}}},
	}}
	p.Fields = []templates.Field{
		{Name: "kind", Label: "Tình hình", Type: "radio", Value: "done", Required: true, Options: []templates.Option{{Value: "going", Label: "Đang làm"}, {Value: "done", Label: "Đã xong", Hint: "gửi xác nhận"}}},
		{Name: "text", Label: "Kết quả", Type: "textarea", Hint: "Viết ngắn.", Required: true, Error: "Chưa ghi kết quả.", MaxLength: 2000},
		{Name: "percent", Label: "Tiến độ, %", Type: "number", Min: "0", Max: "100", InputMode: "numeric", Narrow: true, Value: "60"},
		{Name: "files", Label: "Tệp", Type: "file", Multiple: true, Accept: ".pdf,image/*", Hint: "Tối đa 20 MB."},
		{Name: "groups", Label: "Nhóm", Type: "checkboxes", Values: []string{"b"}, Options: []templates.Option{{Value: "a", Label: "Khối A"}, {Value: "b", Label: "Khối B"}}},
		{Name: "sure", Label: "Đã kiểm tra", Type: "checkbox", Value: "1"},
		{Name: "version", Type: "hidden", Value: "3"},
	}
	p.Leads = templates.Pick{Name: "lead", TextName: "lead_text", Label: "Chủ trì", Suggest: "/suggest/agencies", Required: true, Picked: []templates.Option{{Value: "7", Label: "Sở Một"}}, Error: "Chưa rõ “Sở M”.", Text: "Sở M"}
	p.Problems = templates.Problems(p.Fields[0], p.Fields[1], p.Leads)
	p.Recall = templates.ConfirmForm{Summary: "Thu hồi văn bản", Text: "Các phân công sẽ bị xoá.", Action: "/documents/1/recall", Button: "Thu hồi", Open: true, Hidden: []templates.Hidden{{Name: "version", Value: "1"}}, Fields: []templates.Field{{Name: "reason", Label: "Lý do", Required: true}}}
	p.Facts = []templates.Fact{{Label: "Chủ trì", Text: "Sở Một"}, {Label: "Thời hạn", Text: "7/10/2026", Note: "văn bản ghi: tuần đầu tháng 10"}, {Label: "Văn bản", Text: "CT 01/CT-UBND", Href: "/documents/1"}}
	p.Trail = []templates.TrailItem{
		{At: time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC), Who: "Lê Văn An", Text: "trả lại", Quote: "Thiếu phụ lục."},
		{At: time.Date(2026, 7, 17, 9, 0, 0, 0, time.UTC), Text: "Giao nhiệm vụ", Href: "/documents/1"},
	}
	p.Pager = templates.Pager{PrevHref: "/tasks", NextHref: "/tasks?after=6", Text: "1–6 trong hơn 1.000"}
	p.Empty = templates.Empty{Text: "Chưa có văn bản nào.", Hint: "Văn bản tải lên sẽ nằm ở đây.", Action: &templates.Action{Href: "/documents/new", Label: "Tải văn bản lên"}}
	p.Bar = templates.Bar{Parts: []templates.BarPart{{Class: "done", Text: "hoàn thành", N: 8}, {Class: "going", Text: "đang làm", N: 4}, {Class: "soon", Text: "sắp đến hạn", N: 2}, {Class: "late", Text: "quá hạn", N: 4}}}
	return p
}

type mail struct {
	templates.Letter
	Lede    string
	Figures []templates.LetterFigure
	Tasks   []templates.LetterTask
	Button  templates.LetterButton
	Bar     templates.LetterBar
}

const (
	mailHTML = `{{define "body"}}{{template "paragraph" .Lede}}{{template "figures" .Figures}}{{template "heading" "Cần làm trước"}}{{template "tasks" .Tasks}}<tr><td style="padding:8px 24px;">{{template "bar" .Bar}}</td></tr>{{template "button" .Button}}{{end}}`
	mailText = `{{define "subject"}}{{.Headline}}{{end}}{{define "body"}}{{.Lede}}{{template "figures" .Figures}}{{template "heading" "Cần làm trước"}}{{template "tasks" .Tasks}}{{template "button" .Button}}{{end}}`
)

func sampleMail() mail {
	down := -3
	return mail{
		Letter:  templates.Letter{Kicker: "Nhắc việc · thứ Hai 5/10/2026", Headline: "1 nhiệm vụ quá hạn, 1 nhiệm vụ đến hạn thứ Tư", Preheader: "Quá hạn 6 ngày làm việc.", Greeting: "Kính gửi ông Lê Văn An,", Why: "Thư gửi tới đầu mối của Sở Thử nghiệm.", SettingsHref: "https://tiendo.example/account", Province: "tỉnh Thử"},
		Lede:    "Dưới đây là các nhiệm vụ của Sở Thử nghiệm.",
		Figures: []templates.LetterFigure{{Value: 12, Text: "QUÁ HẠN", Change: &down, Late: true}, {Value: 19, Text: "đến hạn tuần này"}, {Value: 128, Text: "hoàn thành"}},
		Tasks: []templates.LetterTask{
			{Href: "https://tiendo.example/tasks/1", Text: "Hoàn thiện quy trình nội bộ", When: "thứ Sáu 25/9, quá 6 ngày làm việc", Late: true, Meta: []string{"CT 01/CT-UBND", "mục 2.c"}, Note: "Trả lại: thiếu phụ lục"},
			{Href: "https://tiendo.example/tasks/2", Text: "Lập danh mục dịch vụ công", When: "thứ Tư 7/10, còn 2 ngày làm việc"},
		},
		Button: templates.LetterButton{Href: "https://tiendo.example/", Label: "Mở danh sách nhiệm vụ"},
		Bar:    templates.LetterBar{Parts: []templates.BarPart{{Class: "done", N: 8}, {Class: "late", N: 4}}},
	}
}

// TestSamplesRender renders a page and a mail made of every shared block, and
// the pages that need nothing of the web but their data. With
// TIENDO_TEST_PAGES naming a folder they are left there to be looked at.
func TestSamplesRender(t *testing.T) {
	set, err := templates.LoadFiles(templates.With(t, map[string]string{"pages/parts.html": partsPage, "mail/sample.html": mailHTML, "mail/sample.txt": mailText}))
	if err != nil {
		t.Fatal(err)
	}
	missing := templates.ErrorPage{Layout: templates.Layout{Title: "Không tìm thấy"}, Text: "Hãy mở lại."}
	failed := templates.ErrorPage{Layout: frame, Text: "Hãy thử lại.", Reference: "a1b2", Action: &templates.Action{Href: "/", Label: "Về trang đầu"}}
	empty := parts{Layout: frame}
	empty.Leads, empty.Recall = sample().Leads, sample().Recall
	for name, data := range map[string][]any{"parts": {sample(), &empty}, "error": {missing, failed}} {
		for i, d := range data {
			var page bytes.Buffer
			if err := set.Page(&page, name, "vi", d); err != nil {
				t.Fatal(err)
			}
			if err := templatetest.Check(page.String()); err != nil {
				t.Errorf("%s %d: %v", name, i, err)
			}
			keep(t, set, name+string(rune('0'+i))+".html", page.String())
		}
	}
	_, html, text, err := set.Mail("sample", "vi", sampleMail())
	if err != nil {
		t.Fatal(err)
	}
	if err := templatetest.Check(html); err != nil {
		t.Error(err)
	}
	keep(t, set, "mail.html", html)
	keep(t, set, "mail.txt", text)
}

// TestFrame looks for what a reader needs in the frame of a page.
func TestFrame(t *testing.T) {
	set, err := templates.LoadFiles(templates.With(t, map[string]string{"pages/parts.html": partsPage}))
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := set.Page(&page, "parts", "vi", sample()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"language":      `<html lang="vi">`,
		"error title":   `<title>Lỗi: Còn 6`,
		"current page":  `href="/" aria-current="page"`,
		"demo's clock":  `07:00, Thứ Hai, 5 tháng 10 năm 2026`,
		"sign out":      `<form method="post" action="/logout">`,
		"problem link":  `<a href="#f-text">Kết quả: Chưa ghi kết quả.</a>`,
		"problem there": `aria-describedby="f-text-hint f-text-error" aria-invalid="true"`,
		"late in words": `</span> Quá hạn</span>`,
		"days":          `<span>quá 6 ngày làm việc</span>`,
		"change":        `<b>&#43;3</b>`,
		"bar in words":  `aria-label="8 hoàn thành, 4 đang làm, 2 sắp đến hạn, 4 quá hạn"`,
		"chosen":        `value="b" checked`,
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("%s: no %s", name, want)
		}
	}
	if strings.Contains(page.String(), `style="`) {
		t.Error("an inline style, which the content security policy forbids")
	}
}

func keep(t *testing.T, set *templates.Set, name, content string) {
	t.Helper()
	dir := os.Getenv("TIENDO_TEST_PAGES")
	if dir == "" {
		return
	}
	files := map[string][]byte{name: []byte(strings.ReplaceAll(content, `"/static/`, `"static/`))}
	for _, asset := range []string{"app.css", "app.js", "mark.svg"} {
		address, err := set.Asset(asset)
		if err != nil {
			t.Fatal(err)
		}
		files[address] = serve(set, address)
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
