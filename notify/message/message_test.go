package message

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"
)

func sample() Message {
	return Message{
		From:      Address{Name: "Theo dõi nhiệm vụ, tỉnh Mẫu Sơn", Address: "tiendo@mauson.example"},
		To:        Address{Name: `Nguyễn Văn "Ân"`, Address: "an@mauson.example"},
		ReplyTo:   Address{Name: "Van phong", Address: "vp@mauson.example"},
		Subject:   "Chỉ thị 012/CT-UBND: 3 nhiệm vụ giao Sở Nội vụ, hạn gần nhất thứ Hai 12/10/2026, đề nghị báo cáo đúng hạn",
		MessageID: NewMessageID("mauson.example", "issued", "42", "r4nd0m"),
		ListID:    NewListID("issued", "Tiendo.mauson.example"), Unsubscribe: "https://tiendo.mauson.example/account#mails",
		Date: time.Date(2026, 10, 5, 8, 0, 0, 0, time.FixedZone("", 7*3600)),
		Kind: "issued",
		Text: "Kính gửi đồng chí,\n\n.dòng bắt đầu bằng chấm\n" + strings.Repeat("rất dài ", 400) + "\n",
		HTML: "<p>" + strings.Repeat("đường liên kết ", 300) + "</p>\n",
		Attachments: []Attachment{
			{Name: "thư mục/Phụ lục số 1 – Sở Nội vụ.xlsx", ContentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Content: bytes.Repeat([]byte{0, 1, 255, '\n'}, 500)},
			{Name: "lich.ics", ContentType: "text/calendar; method=PUBLISH; charset=utf-8", Content: []byte("BEGIN:VCALENDAR\r\n")},
		},
	}
}

type part struct {
	mediaType, fileName, body string
	parameters                map[string]string
}

// leaves walks the MIME tree and returns what a mail program would see.
func leaves(t *testing.T, contentType, encoding string, body io.Reader) (tree string, parts []part) {
	t.Helper()
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatalf("content type %q: %v", contentType, err)
	}
	if !strings.HasPrefix(mediaType, "multipart/") {
		switch encoding {
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		default:
			t.Errorf("encoding %q of %s", encoding, mediaType)
		}
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return mediaType, []part{{mediaType: mediaType, parameters: parameters, body: string(b)}}
	}
	tree = mediaType + "("
	r := multipart.NewReader(body, parameters["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return tree + ")", parts
		}
		if err != nil {
			t.Fatal(err)
		}
		subtree, found := leaves(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)
		if len(found) == 1 {
			found[0].fileName = p.FileName()
		}
		tree += " " + subtree
		parts = append(parts, found...)
	}
}

func TestBytes(t *testing.T) {
	m := sample()
	from, to, raw, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if from != "tiendo@mauson.example" || !slices.Equal(to, []string{"an@mauson.example"}) {
		t.Errorf("envelope %s, %v", from, to)
	}
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 || r == '\n' || r == '\r' }) {
			t.Errorf("line of %d octets, or not 7-bit: %.80q", len(line), line)
		}
	}
	parsed, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]Address{"From": m.From, "To": m.To, "Reply-To": m.ReplyTo} {
		got, err := parsed.Header.AddressList(field)
		if err != nil || len(got) != 1 || *got[0] != want {
			t.Errorf("%s: %v, %v; want %v", field, got, err, want)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	for field, want := range map[string]string{
		"Date": "Mon, 05 Oct 2026 08:00:00 +0700", "Message-Id": m.MessageID, KindHeader: "issued",
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply", "Mime-Version": "1.0",
		"List-Id": "<issued.tiendo.mauson.example>", "List-Unsubscribe": "<https://tiendo.mauson.example/account#mails>",
	} {
		if got := parsed.Header.Get(field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	tree, parts := leaves(t, parsed.Header.Get("Content-Type"), parsed.Header.Get("Content-Transfer-Encoding"), parsed.Body)
	const want = "multipart/mixed( multipart/alternative( text/plain text/html) application/vnd.openxmlformats-officedocument.spreadsheetml.sheet text/calendar)"
	if tree != want {
		t.Fatalf("parts %s, want %s", tree, want)
	}
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	if parts[0].body != crlf(m.Text) || parts[1].body != crlf(m.HTML) {
		t.Errorf("text %q\nhtml %q", parts[0].body, parts[1].body)
	}
	if parts[0].parameters["charset"] != "UTF-8" || parts[1].parameters["charset"] != "UTF-8" {
		t.Errorf("charsets %v, %v", parts[0].parameters, parts[1].parameters)
	}
	for i, name := range []string{"Phụ lục số 1 – Sở Nội vụ.xlsx", "lich.ics"} {
		p := parts[2+i]
		if p.fileName != name || p.parameters["name"] != name || p.body != string(m.Attachments[i].Content) {
			t.Errorf("attachment %d: %q, %v, %d octets", i, p.fileName, p.parameters, len(p.body))
		}
	}
	if parts[3].parameters["method"] != "PUBLISH" {
		t.Errorf("calendar parameters %v", parts[3].parameters)
	}
}

func TestTextAlone(t *testing.T) {
	m := sample()
	m.HTML, m.Attachments, m.ListID, m.Unsubscribe = "", nil, "", ""
	_, _, raw, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	tree, _ := leaves(t, parsed.Header.Get("Content-Type"), parsed.Header.Get("Content-Transfer-Encoding"), parsed.Body)
	for _, name := range []string{"List-Id", "List-Unsubscribe"} {
		if _, ok := parsed.Header[name]; ok {
			t.Errorf("%s: %q of a mail of no list", name, parsed.Header[name])
		}
	}
	if tree != "text/plain" {
		t.Errorf("parts %s", tree)
	}
}

func TestLongFileNameStaysOnOneLine(t *testing.T) {
	m := sample()
	m.Attachments = []Attachment{{Name: strings.Repeat("Báo cáo kết quả ", 60) + ".docx", Content: []byte("x")}}
	_, _, raw, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, parts := leaves(t, parsed.Header.Get("Content-Type"), "", parsed.Body)
	if name := parts[2].fileName; !strings.HasPrefix(name, "Báo cáo") || !strings.HasSuffix(name, ".docx") {
		t.Errorf("file name %q", name)
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Message)
	}{
		{"line break in subject", func(m *Message) { m.Subject = "x\r\nBcc: b@x.example" }},
		{"bare LF in subject", func(m *Message) { m.Subject = "x\nBcc: b@x.example" }},
		{"no subject", func(m *Message) { m.Subject = " " }},
		{"line break in name", func(m *Message) { m.To.Name = "An\r\nBcc: b@x.example" }},
		{"line break in address", func(m *Message) { m.To.Address = "a@x.example\r\nBcc: b@x.example" }},
		{"two addresses", func(m *Message) { m.To.Address = "a@x.example,b@x.example" }},
		{"name inside address", func(m *Message) { m.To.Address = "An<a@x.example>" }},
		{"no recipient", func(m *Message) { m.To = Address{} }},
		{"no sender", func(m *Message) { m.From = Address{Name: "x"} }},
		{"reply-to without address", func(m *Message) { m.ReplyTo.Address = "" }},
		{"line break in reply-to", func(m *Message) { m.ReplyTo.Name = "x\ny" }},
		{"line break in message id", func(m *Message) { m.MessageID = "<a@b>\r\nX: y" }},
		{"no message id", func(m *Message) { m.MessageID = "" }},
		{"line break in list id", func(m *Message) { m.ListID = "<a.b>\r\nX: y" }},
		{"list id without a host", func(m *Message) { m.ListID = NewListID("rollup", "") }},
		{"line break in unsubscribe", func(m *Message) { m.Unsubscribe = "https://x.example/\r\nX: y" }},
		{"bracket in unsubscribe", func(m *Message) { m.Unsubscribe = "https://x.example/>, <mailto:x@x.example" }},
		{"line break in kind", func(m *Message) { m.Kind = "issued\r\nX: y" }},
		{"no kind", func(m *Message) { m.Kind = "" }},
		{"no date", func(m *Message) { m.Date = time.Time{} }},
		{"no text", func(m *Message) { m.Text = "" }},
		{"line break in file name", func(m *Message) { m.Attachments[0].Name = "a\r\nX: y.txt" }},
		{"no file name", func(m *Message) { m.Attachments[0].Name = "" }},
		{"line break in content type", func(m *Message) { m.Attachments[0].ContentType = "text/plain; x=\"a\r\nb\"" }},
		{"content type without a slash", func(m *Message) { m.Attachments[0].ContentType = "text" }},
		{"subject that cannot be folded", func(m *Message) { m.Subject = strings.Repeat("x", 1200) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := sample()
			tt.change(&m)
			if _, _, raw, err := m.Bytes(); err == nil {
				t.Errorf("accepted:\n%.400s", raw)
			}
		})
	}
}

func TestNewMessageID(t *testing.T) {
	base := NewMessageID("mauson.example", "issued", "42", "token")
	if again := NewMessageID("mauson.example", "issued", "42", "token"); again != base {
		t.Errorf("%s and then %s", base, again)
	}
	if !strings.HasPrefix(base, "<issued.") || !strings.HasSuffix(base, "@mauson.example>") || strings.Contains(base, "token") {
		t.Error(base)
	}
	others := [][]string{{"issued", "42", "other"}, {"issued", "4", "2token"}, {"issued", "42token"}, {"issued42", "token"}, {"issued"}, {}}
	seen := map[string]bool{base: true}
	for _, parts := range others {
		id := NewMessageID("mauson.example", parts...)
		if seen[id] {
			t.Errorf("%q gives an id twice: %s", parts, id)
		}
		seen[id] = true
	}
	for _, domain := range []string{"", "127.0.0.1:8080", "[::1]:80", "tỉnh.example", "..", "a b\r\n"} {
		if id := NewMessageID(domain, "Giao việc", "1"); !messageID.MatchString(id) {
			t.Errorf("domain %q: %s", domain, id)
		}
	}
}
