package dsn

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func TestRead(t *testing.T) {
	one := func(id string, r Recipient) Report {
		return Report{MessageIDs: []string{id}, Recipients: []Recipient{r}}
	}
	tests := []struct {
		file string
		want Report
		err  error
	}{
		{"postfix", one("<reminder.abc@mauson.example>", Recipient{
			"an@nv.example", "an@nv.example", Failed, "5.1.1", "550 5.1.1 <an@nv.example>: Recipient address rejected: User unknown",
		}), nil},
		{"exchange", one("<rollup.def@mauson.example>", Recipient{
			"binh@tc.example", "binh@tc.example", Failed, "5.1.10",
			"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient binh@tc.example not found by SMTP address lookup",
		}), nil},
		{"exim", one("<event.ghi@mauson.example>", Recipient{"", "cong@ca.example", Failed, "5.0.0", "552 5.2.2 Mailbox full"}), nil},
		{"exim-old", one("<issued.jkl@mauson.example>", Recipient{
			"", "dung@yt.example", Failed, "5.7.1",
			"SMTP error from remote mail server after RCPT TO:<dung@yt.example>: host mx.yt.example [192.0.2.11]: 550 5.7.1 Message refused by policy",
		}), nil},
		{"opensmtpd", one("<digest.mno@mauson.example>", Recipient{"", "hoa@gd.example", Failed, "5.1.1", "5.1.1"}), nil},
		{"gmail", one("<issued.pqr@mauson.example>", Recipient{
			"", "khong.co@gmail.example", Failed, "5.1.1", "550-5.1.1 The email account that you tried to reach does not exist. " +
				"Please try 550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 https://support.google.example/mail/?p=NoSuchUser a1-20020 - gsmtp",
		}), nil},
		{"utf8", one("<reminder.stu@mauson.example>", Recipient{
			"nguyễn@example", "nguyễn@example", Failed, "5.6.7", "553 5.6.7 địa chỉ không nhận được",
		}), nil},
		{"delayed", one("<reminder.abc@mauson.example>", Recipient{
			"", "an@nv.example", Delayed, "4.4.1", "connect to mail.nv.example[192.0.2.7]:25: Connection timed out",
		}), nil},
		{"delivered", one("<reminder.abc@mauson.example>", Recipient{"", "an@nv.example", Delivered, "2.0.0", "2.0.0"}), nil},
		{"absence", Report{}, ErrAutomatic},
		{"receipt", Report{}, ErrAutomatic},
		{"reply", Report{}, ErrNoReport},
	}
	for _, tt := range tests {
		raw, err := os.ReadFile(filepath.Join("testdata", tt.file+".eml"))
		if err != nil {
			t.Fatal(err)
		}
		// From a pipe lines come as the system ends them, over SMTP as the protocol does.
		for ends, text := range map[string][]byte{"LF": raw, "CRLF": bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))} {
			t.Run(tt.file+" "+ends, func(t *testing.T) {
				got, err := Read(iotest.HalfReader(bytes.NewReader(text)))
				if !errors.Is(err, tt.err) || !reflect.DeepEqual(got, tt.want) {
					t.Errorf("%+v, %v\nwant %+v, %v", got, err, tt.want, tt.err)
				}
			})
		}
	}
}

func report(fields, returned string) string {
	return "From: MAILER-DAEMON@x.example\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: message/delivery-status\n\n" + fields + "\n--b\nContent-Type: text/rfc822-headers\n\n" + returned + "\n--b--\n"
}

// Servers write reports as they like.
func TestOddReports(t *testing.T) {
	const returned = "Message-ID: <a@b>\n"
	tests := []struct {
		name, message string
		want          []Recipient
		err           error
	}{
		{"no action but a status", report("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.vn\nStatus: 5.2.1\n", returned), []Recipient{{Final: "a@b.vn", Action: Failed, Status: "5.2.1", Words: "5.2.1"}}, nil},
		{"an expired delay is a failure", report("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.vn\nAction: failed\nStatus: 4.4.7\n", returned), []Recipient{{Final: "a@b.vn", Action: Failed, Status: "4.4.7", Words: "4.4.7"}}, nil},
		{"comments and case", report("REPORTING-MTA: dns; x\n \nfinal-recipient: RFC822 ; <A@B.vn>\nACTION: Failed (permanently)\nstatus: 5.0.0 (unknown)\n", returned), []Recipient{{Final: "a@b.vn", Action: Failed, Status: "5.0.0", Words: "5.0.0"}}, nil},
		{"lines that are no fields", report("whatever\n\nFinal-Recipient: rfc822; a@b.vn\n??\nAction: failed\n", returned), []Recipient{{Final: "a@b.vn", Action: Failed}}, nil},
		{"two recipients", report("X: y\n\nFinal-Recipient: rfc822; a@b.vn\nAction: relayed\n\nFinal-Recipient: rfc822; c@d.vn\nAction: failed\n", returned), []Recipient{{Final: "a@b.vn", Action: Relayed}, {Final: "c@d.vn", Action: Failed}}, nil},
		{"control characters", report("X: y\n\nFinal-Recipient: rfc822; a@b.vn\nAction: failed\nDiagnostic-Code: smtp; 550 \x1b[31mno\xff\x00 such\n", returned), []Recipient{{Final: "a@b.vn", Action: Failed, Words: "550 [31mno\uFFFD such"}}, nil},
		{"a facsimile", report("X: y\n\nFinal-Recipient: fax; 123\nAction: failed\n", returned), nil, ErrAutomatic},
		{"no fields", report("", returned), nil, ErrAutomatic},
		{"no end", strings.TrimSuffix(report("X: y\n\nFinal-Recipient: rfc822; a@b.vn\nAction: failed\n", returned), "\n--b--\n"), []Recipient{{Final: "a@b.vn", Action: Failed}}, nil},
		{"a code that cannot be decoded", strings.ReplaceAll(report("X: y\n", returned), "delivery-status\n\nX", "delivery-status\nContent-Transfer-Encoding: rot13\n\nX"), nil, ErrAutomatic},
		{"empty", "", nil, ErrNoReport},
		{"one line", "hello", nil, ErrNoReport},
		{"octets", "\x00\x01\x02\xff\xfe\n\x00:\n\n", nil, ErrNoReport},
		{"the mailbox line alone", "From x\n", nil, ErrNoReport},
		{"a boundary that is not there", "From: mailer-daemon@x\nContent-Type: multipart/report; boundary=b\n\nnothing\n", nil, ErrAutomatic},
		{"no boundary", "From: a@b.vn\nContent-Type: multipart/report\n\nnothing\n", nil, ErrAutomatic},
		{"a list", "From: a@b.vn\nList-Id: <x>\n\nnews\n", nil, ErrAutomatic},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read(strings.NewReader(tt.message))
			if !errors.Is(err, tt.err) || !reflect.DeepEqual(got.Recipients, tt.want) {
				t.Errorf("%+v, %v\nwant %+v, %v", got.Recipients, err, tt.want, tt.err)
			}
		})
	}
}

// endless writes so many octets of a pattern without holding them.
type endless struct {
	pattern string
	left    int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && e.left > 0 {
		k := copy(p[n:min(len(p), n+e.left)], e.pattern)
		n, e.left = n+k, e.left-k
	}
	return n, nil
}

// A message of 50 MB costs no more memory than a small one, whatever it is long in.
func TestLongMessages(t *testing.T) {
	const long = 50 << 20
	head, foot, _ := strings.Cut(report("X: y\n\nFinal-Recipient: rfc822; a@b.vn\nAction: failed\n", "Message-ID: <a@b>\nX: |"), "|")
	status := "--b\nContent-Type: message/delivery-status\n\n"
	before, after, _ := strings.Cut(report("X: y\n", ""), status)
	var nested strings.Builder
	for i := range 20_000 {
		nested.WriteString("Content-Type: multipart/mixed; boundary=" + strings.Repeat("b", i%60+1) + "\n\n--" + strings.Repeat("b", i%60+1) + "\n")
	}
	tests := []struct {
		name string
		r    io.Reader
		ok   bool
	}{
		{"a whole mail that came back", io.MultiReader(strings.NewReader(head), &endless{"a long line of the returned mail\n", long}, strings.NewReader(foot)), true},
		{"one line", &endless{"x", long}, false},
		{"one field", io.MultiReader(strings.NewReader("From: a@b.vn\nSubject: "), &endless{"x", long}), false},
		{"fields", &endless{"X-A: b\n", long}, false},
		{"the line of the mailbox", io.MultiReader(strings.NewReader("From "), &endless{"x", long}), false},
		{"empty lines", &endless{"\n", long}, false},
		{"a field of a part", io.MultiReader(strings.NewReader(before+"--b\nX: "), &endless{"x", long}), false},
		{"parts", io.MultiReader(strings.NewReader(before), &endless{"--b\nX: y\n\nz\n", long}), false},
		{"a report", io.MultiReader(strings.NewReader(before+status), &endless{"Final-Recipient: fax; 1\n\n", long}, strings.NewReader(after)), false},
		{"nested parts", strings.NewReader(nested.String()), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var was, is runtime.MemStats
			runtime.ReadMemStats(&was)
			report, err := Read(tt.r)
			runtime.ReadMemStats(&is)
			if (err == nil) != tt.ok || tt.ok && len(report.Recipients) != 1 {
				t.Errorf("%+v, %v", report, err)
			}
			if took := is.TotalAlloc - was.TotalAlloc; took > 64<<20 {
				t.Errorf("took %d MB of memory in all", took>>20)
			}
			if _, err := io.Copy(io.Discard, tt.r); err != nil {
				t.Errorf("the rest cannot be read: %v", err)
			}
		})
	}
}

func TestBrokenPipe(t *testing.T) {
	broken := errors.New("broken")
	raw, err := os.ReadFile("testdata/postfix.eml")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 10, 700, 1500, len(raw) - 300} {
		_, err := Read(io.MultiReader(bytes.NewReader(raw[:at]), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("broken after %d octets: %v", at, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		report, err := Read(bytes.NewReader(raw))
		if (err == nil) != (len(report.Recipients) > 0) {
			t.Errorf("%d recipients, %v", len(report.Recipients), err)
		}
		for _, r := range report.Recipients {
			if r.Action == "" || r.Final == "" && r.Original == "" || strings.ContainsAny(r.Words, "\r\n\x00") {
				t.Errorf("%+v", r)
			}
		}
	})
}
