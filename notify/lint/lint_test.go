package lint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify/lint"
	"tiendo/notify/message"
)

const base = "https://tiendo.example.gov.vn"

// good is a mail that breaks no rule.
const good = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>Một việc</title>
<style>td { font-family: Arial,sans-serif } @media (max-width:660px) { .sheet { width: 100% !important } }</style>
<style>/* dark */ @media (prefers-color-scheme: dark) { .sheet { background: #1a2027 !important; color: #e8ebef !important } a { color: #6cc0dd !important } .late { color: #ff8a80 !important } h1, h2 { color: #e8ebef !important } }</style></head>
<body bgcolor="#ffffff" style="margin:0;background:#ffffff;"><div style="display:none;mso-hide:all;">Một việc quá hạn</div>
<table role="presentation" class="sheet" width="640" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:640px;background:#ffffff;font-family:Arial,sans-serif;color:#1c2430;">
<tr><td style="padding:8px 24px;"><h1 style="color:#1c2430;">Sở Nội vụ có một việc</h1><h2>Cần làm trước</h2>
<span class="late" style="color:#b3261e;font-weight:bold;">QUÁ HẠN · thứ Sáu 9/10</span><br><a href="https://tiendo.example.gov.vn/assignments/1" style="color:#0b5d7a;">Rà soát thủ tục</a>
<table width="100%" cellpadding="0" cellspacing="0" border="0"><tr><th scope="col">Cơ quan</th><th scope="col">Số</th></tr><tr><td>Sở Tài chính</td><td width="50%">3 / 20</td></tr></table></td></tr></table></body></html>`

const goodText = `Sở Nội vụ có một việc

Cần làm trước

* QUÁ HẠN · thứ Sáu 9/10
  Rà soát thủ tục
  https://tiendo.example.gov.vn/assignments/1

* Sở Tài chính: 3 quá hạn trên 20 việc
`

const goodCalendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//VI\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:due-1@x\r\nDTSTAMP:20261005T000000Z\r\nDTSTART;VALUE=DATE:20261009\r\nSUMMARY:Hạn\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// made is a message before it is sent: its parts may be changed, and its bytes.
type made struct {
	message.Message
	bytes func(string) string
}

func goodMail() made {
	return made{Message: message.Message{
		From: message.Address{Name: "tiendo", Address: "tiendo@mauson.example.gov.vn"}, To: message.Address{Name: "Lê Thị An", Address: "an@nv.example.gov.vn"},
		Subject: "Sở Nội vụ có một việc quá hạn", MessageID: "<reminder.1@mauson.example.gov.vn>", Date: time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC), Kind: "reminder",
		HTML: good, Text: goodText,
		Attachments: []message.Attachment{{Name: "thoi-han.ics", ContentType: "text/calendar; method=PUBLISH; charset=utf-8", Content: []byte(goodCalendar)}},
	}, bytes: func(raw string) string { return raw }}
}

func (m made) check(t *testing.T) []lint.Finding {
	t.Helper()
	_, _, raw, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	read, err := lint.Read([]byte(m.bytes(string(raw))))
	if err != nil {
		t.Fatal(err)
	}
	return read.Check(base)
}

func TestGoodMail(t *testing.T) {
	m := goodMail()
	for _, f := range m.check(t) {
		t.Errorf("%s", f)
	}
	_, _, raw, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	read, err := lint.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	if read.Subject != m.Subject || read.HTML != good || read.Text != goodText || read.Size() != len(raw) {
		t.Errorf("read %+v", read)
	}
	if len(read.Files) != 1 || read.Files[0].Name != "thoi-han.ics" || string(read.Files[0].Content) != goodCalendar {
		t.Errorf("files %+v", read.Files)
	}
}

// htmlBecomes replaces a part of the good HTML.
func htmlBecomes(old, becomes string) func(*made) {
	return func(m *made) { m.HTML = replaceOnce(m.HTML, old, becomes) }
}

func textBecomes(old, becomes string) func(*made) {
	return func(m *made) { m.Text = replaceOnce(m.Text, old, becomes) }
}

func rawBecomes(old, becomes string) func(*made) {
	return func(m *made) { m.bytes = func(raw string) string { return replaceOnce(raw, old, becomes) } }
}

func calendarBecomes(old, becomes string) func(*made) {
	return func(m *made) { m.Attachments[0].Content = []byte(replaceOnce(goodCalendar, old, becomes)) }
}

func replaceOnce(text, old, becomes string) string {
	if !strings.Contains(text, old) {
		panic("not there: " + old)
	}
	return strings.Replace(text, old, becomes, 1)
}

// styled gives the cell around everything another style.
func styled(style string) func(*made) { return htmlBecomes("padding:8px 24px;", style) }

// inside puts something into the cell.
func inside(html string) func(*made) { return htmlBecomes("<h2>", html+"<h2>") }

// block puts another rule into the first style block.
func block(css string) func(*made) { return htmlBecomes("td { font-family: Arial,sans-serif }", css) }

// Each rule fails on what it is for. A mail may break a second one by that; the one that is meant must be among them.
func TestEachRuleCanFail(t *testing.T) {
	tests := []struct {
		rule   lint.Rule
		name   string
		change func(*made)
	}{
		{"headers", "no kind", rawBecomes("X-Tiendo-Kind: reminder\r\n", "")},
		{"headers", "two subjects", rawBecomes("MIME-Version", "Subject: again\r\nMIME-Version")},
		{"headers", "message id", rawBecomes("<reminder.1@mauson.example.gov.vn>", "reminder.1")},
		{"automatic", "not said", rawBecomes("Auto-Submitted: auto-generated\r\n", "")},
		{"automatic", "not to Exchange", rawBecomes("OOF, AutoReply", "None")},
		{"list_headers", "list id", rawBecomes("Auto-Submitted", "List-Id: reminders\r\nAuto-Submitted")},
		{"list_headers", "unsubscribe", rawBecomes("Auto-Submitted", "List-Unsubscribe: https://x.example\r\nAuto-Submitted")},
		{"list_headers", "unsubscribe elsewhere", rawBecomes("Auto-Submitted", "List-Id: <rollup.x.example>\r\nList-Unsubscribe: <https://x.example/>\r\nAuto-Submitted")},
		{"list_headers", "unsubscribe from no list", rawBecomes("Auto-Submitted", "List-Unsubscribe: <https://tiendo.example.gov.vn/account>\r\nAuto-Submitted")},
		{"list_headers", "one click", rawBecomes("Auto-Submitted", "List-Unsubscribe: <mailto:a@x.example>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nAuto-Submitted")},
		{"subject", "long", func(m *made) { m.Subject = strings.Repeat("việc ", 60) }},
		{"subject", "short", func(m *made) { m.Subject = "Việc" }},
		{"lines", "bare LF", rawBecomes("Auto-Submitted: auto-generated\r\n", "Auto-Submitted: auto-generated\n")},
		{"lines", "long", rawBecomes("Auto-Submitted", "X-Long: "+strings.Repeat("x", 1000)+"\r\nAuto-Submitted")},
		{"lines", "eight bits", rawBecomes("Auto-Submitted", "X-Long: ô\r\nAuto-Submitted")},
		{"encoding", "not quoted", rawBecomes("Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: 8bit")},
		{"encoding", "character set", rawBecomes("charset=UTF-8", "charset=iso-8859-1")},
		{"alternatives", "no HTML", func(m *made) { m.HTML = "" }},
		{"html_size", "too large", inside(strings.Repeat("<p>Một việc</p>", 8000))},
		{"frame", "no doctype", htmlBecomes("<!doctype html>", "")},
		{"frame", "no language", htmlBecomes(` lang="vi"`, "")},
		{"frame", "no title", htmlBecomes("<title>Một việc</title>", "")},
		{"frame", "no charset", htmlBecomes(`<meta charset="utf-8">`, "")},
		{"frame", "no viewport", htmlBecomes(`name="viewport"`, `name="x"`)},
		{"headline", "two", inside("<h1>Hai</h1>")},
		{"headline", "none", htmlBecomes("<h1", "<h3")},
		{"headline", "a level left out", htmlBecomes("<h2>Cần làm trước</h2>", "<h3>Cần làm trước</h3>")},
		{"preheader", "none", htmlBecomes(`<div style="display:none;mso-hide:all;">Một việc quá hạn</div>`, "")},
		{"preheader", "empty", htmlBecomes("Một việc quá hạn</div>", "</div>")},
		{"preheader", "shown by Outlook", htmlBecomes("mso-hide:all;", "")},
		{"preheader", "something else is hidden", inside(`<p style="display:none">x</p>`)},
		{"elements", "form", inside(`<form></form>`)},
		{"elements", "frame", inside(`<iframe src="https://tiendo.example.gov.vn/"></iframe>`)},
		{"elements", "style sheet", htmlBecomes("<title>", `<link rel="stylesheet" href="https://tiendo.example.gov.vn/x.css"><title>`)},
		{"elements", "drawing", inside("<svg></svg>")},
		{"scripts", "handler", htmlBecomes("<h2>", `<h2 onclick="x()">`)},
		{"scripts", "address", htmlBecomes("https://tiendo.example.gov.vn/assignments/1", "javascript:x()")},
		{"images", "external", inside(`<img src="https://tiendo.example.gov.vn/x.png" alt="x" width="1" height="1">`)},
		{"images", "no words", inside(`<img src="cid:x" width="10" height="10">`)},
		{"images", "no size", inside(`<img src="cid:x" alt="x">`)},
		{"links", "relative", htmlBecomes("https://tiendo.example.gov.vn/assignments/1", "/assignments/1")},
		{"links", "elsewhere", htmlBecomes("https://tiendo.example.gov.vn/assignments/1", "https://tiendo.example.gov.vn.evil.example/")},
		{"links", "without words", htmlBecomes(">Rà soát thủ tục</a>", "></a>Rà soát thủ tục")},
		{"tables", "padding", htmlBecomes(`cellpadding="0"`, "")},
		{"tables", "no width", htmlBecomes(`<table width="100%"`, "<table")},
		{"widths", "a part", htmlBecomes(`width="50%"`, `width="33.3%"`)},
		{"widths", "pixels as a unit", htmlBecomes(`width="50%"`, `width="50px"`)},
		{"widths", "in a style", styled("width:33.3%;")},
		{"widths", "wider than a phone", htmlBecomes(`width="50%"`, `width="400"`)},
		{"widths", "the sheet does not give way", htmlBecomes("@media (max-width:660px) { .sheet { width: 100% !important } }", "")},
		{"data_tables", "a layout that does not say so", htmlBecomes(`role="presentation" class="sheet"`, `class="sheet"`)},
		{"data_tables", "data that say they are none", htmlBecomes(`<table width="100%"`, `<table role="presentation" width="100%"`)},
		{"data_tables", "scope", htmlBecomes(` scope="col"`, "")},
		{"styles", "flex", styled("display:flex;")},
		{"styles", "grid", styled("display: inline-grid")},
		{"styles", "position", styled("position:absolute;")},
		{"styles", "float", styled("float:left;")},
		{"styles", "background image", styled("background:url(https://x.example/x.png);")},
		{"styles", "variable", styled("padding:var(--x);")},
		{"styles", "unit of the window", styled("padding:2vw;")},
		{"styles", "colour as a function", styled("color:rgba(0,0,0,.5);")},
		{"styles", "negative margin", styled("margin-top:-4px;")},
		{"styles", "words with padding", htmlBecomes("color:#0b5d7a;", "color:#0b5d7a;padding:4px;")},
		{"backgrounds", "in the style alone", styled("background:#eeeeee;")},
		{"backgrounds", "another one", styled("background:#eeeeee;\" bgcolor=\"#dddddd")},
		{"fonts", "none", func(m *made) { m.HTML = strings.ReplaceAll(m.HTML, "font-family:Arial,sans-serif;", "") }},
		{"fonts", "no common one", htmlBecomes("font-family:Arial,sans-serif;", "font-family:Arial;")},
		{"style_blocks", "import", block("@import 'x.css';")},
		{"style_blocks", "font", block("@font-face { font-family: x; src: url(x.woff) }")},
		{"style_blocks", "an at-rule in another", block("@media (max-width:1px) { @media (min-width:1px) { td { color: #000000 !important } } }")},
		{"style_blocks", "attribute selector", block("td[width] { font-family: Arial,sans-serif }")},
		{"style_blocks", "descendants", block("table td { font-family: Arial,sans-serif }")},
		{"style_blocks", "brace", block("td { font-family: Arial,sans-serif")},
		{"style_blocks", "needed", block("td { padding: 4px }")},
		{"style_blocks", "weaker than the element's own", block("@media (max-width:660px) { td { padding: 4px } }")},
		{"style_blocks", "picture", block("@media (max-width:660px) { td { background: url(x.png) !important } }")},
		{"style_blocks", "long", block("/*" + strings.Repeat("x", 9000) + "*/")},
		{"dark_blocks", "none", htmlBecomes("prefers-color-scheme: dark", "min-width:1px")},
		{"dark_blocks", "with others", htmlBecomes("</style>\n<style>", "")},
		{"dark_blocks", "not said", htmlBecomes(`name="color-scheme" content="light dark"`, `name="color-scheme" content="light"`)},
		{"red_alone", "no words", htmlBecomes("QUÁ HẠN", "Quá hạn")},
		{"contrast", "words", htmlBecomes("color:#0b5d7a;", "color:#9ab8c4;")},
		{"contrast", "unreadable colour", htmlBecomes("color:#0b5d7a;", "color:teal;")},
		{"contrast", "on a dark ground", styled("background:#333333;\" bgcolor=\"#333333")},
		{"dark_contrast", "a colour that stays", htmlBecomes(".late { color: #ff8a80 !important }", "")},
		{"dark_contrast", "a ground that stays", htmlBecomes("background: #1a2027 !important; ", "")},
		{"gaps", "key", htmlBecomes("Cần làm trước", "[mail.reminder.first]")},
		{"gaps", "in the text", textBecomes("Cần làm trước", "{0} việc")},
		{"gaps", "in the subject", func(m *made) { m.Subject = "Sở Nội vụ có {0} việc" }},
		{"gaps", "no day", textBecomes("Cần làm trước", "Trước 1/1/0001")},
		{"text_words", "a heading", textBecomes("Cần làm trước", "")},
		{"text_words", "a number in a table", textBecomes("trên 20 việc", "")},
		{"text_links", "none", textBecomes("https://tiendo.example.gov.vn/assignments/1", "")},
		{"text_markup", "element", textBecomes("Cần làm trước", "<b>Cần làm trước</b>")},
		{"text_markup", "escaped", textBecomes("Cần làm trước", "Cần làm trước &amp; sau")},
		{"files", "name", func(m *made) { m.Attachments[0].Name = "x.exe" }},
		{"files", "size", func(m *made) {
			m.Attachments = append(m.Attachments, message.Attachment{Name: "x.txt", Content: make([]byte, 300<<10)})
		}},
		{"calendar", "asks for an answer", calendarBecomes("METHOD:PUBLISH", "METHOD:REQUEST")},
		{"calendar", "does not say so in its type", func(m *made) { m.Attachments[0].ContentType = "text/calendar; charset=utf-8" }},
		{"calendar", "not as a calendar", func(m *made) { m.Attachments[0].ContentType = "application/octet-stream" }},
		{"calendar", "long line", calendarBecomes("SUMMARY:Hạn", "SUMMARY:"+strings.Repeat("x", 80))},
		{"calendar", "no day", calendarBecomes("DTSTART;VALUE=DATE:20261009\r\n", "")},
		{"calendar", "no events", calendarBecomes("BEGIN:VEVENT", "BEGIN:VTODO")},
		{"calendar", "alarm", calendarBecomes("END:VEVENT", "BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT")},
		{"calendar", "line ends", calendarBecomes("VERSION:2.0\r\n", "VERSION:2.0\n")},
	}
	for _, tt := range tests {
		t.Run(string(tt.rule)+"/"+tt.name, func(t *testing.T) {
			m := goodMail()
			tt.change(&m)
			if found := m.check(t); !slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Rule == tt.rule }) {
				t.Errorf("passes; found %v", found)
			}
		})
	}
	for _, rule := range lint.Rules() {
		if !slices.ContainsFunc(tests, func(tt struct {
			rule   lint.Rule
			name   string
			change func(*made)
		}) bool {
			return tt.rule == rule
		}) {
			t.Errorf("no test breaks the rule %s", rule)
		}
	}
}

func TestDamagedMails(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing":      "",
		"no boundary":  "Subject: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n",
		"content type": "Subject: x\r\nContent-Type: ;\r\n\r\nx",
		"base64":       "Subject: x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
	} {
		if _, err := lint.Read([]byte(raw)); err == nil {
			t.Errorf("%s: read", name)
		}
	}
	m, err := lint.Read([]byte("Subject: x\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Check(base)) == 0 {
		t.Error("an empty mail passes")
	}
}
