package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Each file that cannot be read is answered in the form: which file, why, what to do. What was typed stays, and nothing is kept.
// The programs that take other formats apart are not found here: that is one of the reasons.
func TestUnreadableFiles(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	o := newOffice(t, nil)
	sound := sampleFile(t, "chi-thi-10.docx")
	settings := filepath.Join(t.TempDir(), "config.toml")
	o.check(os.WriteFile(settings, nil, 0o600))
	whatToDo := regexp.MustCompile(`Upload|upload it|Save it|Use \.docx|Split it`)
	for _, test := range []struct {
		what, name string
		data       []byte
		reason, do string
	}{
		{"Word 97 by another name", "Chỉ thị 10.docx", compoundFile("WordDocument", "1Table"), "chưa cài chương trình soffice", "cài gói libreoffice-writer-nogui"},
		{"Excel 97 by another name", "Phụ lục.xlsx", compoundFile("Workbook"), "định dạng Excel cũ", "lưu lại thành .xlsx"},
		{"with a password", "Kế hoạch.docx", compoundFile("EncryptionInfo", "EncryptedPackage"), "Tệp có mật khẩu", "Hãy bỏ mật khẩu"},
		{"empty", "rỗng.docx", nil, "Tệp không có nội dung", "Hãy kiểm tra"},
		{"only white space", "trắng.txt", []byte(" \r\n\t\r\n"), "Tệp không có chữ", "tải bản có chữ"},
		{"cut off", "cụt.docx", sound[:len(sound)/2], "Tệp bị hỏng", "lưu lại rồi tải lên"},
		{"a bomb", "bom.docx", bomb(t), "vượt giới hạn đọc", "chia thành nhiều tệp"},
		{"a million empty rows", "rỗng.xlsx", emptyRows(t, "Phụ lục"), "Tệp không có chữ", "tải bản có chữ"},
		{"PDF", "Chỉ thị.pdf", []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n"), "chưa cài chương trình pdftotext", "cài gói poppler-utils"},
		{"PDF by another name", "Chỉ thị.docx", []byte("%PDF-1.4\n"), "chưa cài chương trình pdftotext", "lưu lại thành .docx"},
		{"picture", "ảnh chụp.jpg", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01"), "Không nhận ra loại tệp", "Hãy dùng .docx"},
		{"PNG by another name", "ảnh.docx", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "Không nhận ra loại tệp", "Hãy dùng .docx"},
		{"web page without words", "trang.doc", []byte("<!DOCTYPE html><html><body><script>1. Sở Nội vụ báo cáo.</script></body></html>"), "Tệp không có chữ", "tải bản có chữ"},
		{"another archive", "nén.docx", zipFile(t, textPart("a.txt", "Sở Nội vụ")), "Không nhận ra loại tệp", "Hãy dùng .docx"},
		{"UTF-16 cut within a letter", "cụt.txt", []byte("\xFF\xFES\x00\xDF"), "Không nhận ra loại tệp", "Hãy dùng .docx"},
		{"octets of no encoding", "lạ.txt", []byte{0xC3, 0x28, 0x00, 0xFF, 0x01}, "Không nhận ra loại tệp", "Hãy dùng .docx"},
	} {
		t.Run(test.what, func(t *testing.T) {
			o := o.in(t)
			form := url.Values{"number": {"77/CT-UBND"}, "title": {"Gõ tay trước khi chọn tệp"}, "issuer": {"UBND tỉnh"}}
			a := o.upload("/documents", "files", test.name, test.data, form).want(http.StatusUnprocessableEntity)
			a.says(test.name, test.reason, test.do, "chọn lại")
			a.says(`value="77/CT-UBND"`, "Gõ tay trước khi chọn tệp</textarea>", `value="UBND tỉnh"`)
			// The command line says the same of the file.
			path := filepath.Join(t.TempDir(), test.name)
			o.check(os.WriteFile(path, test.data, 0o600))
			for _, command := range [][]string{{"extract", path}, {"import", "-config", settings, path}} {
				var out, stderr bytes.Buffer
				if code := run(t.Context(), command, streams{strings.NewReader(""), &out, &stderr}); code != 1 {
					t.Errorf("tiendo %s: exit code %d", command[0], code)
				}
				if said := stderr.String(); !strings.Contains(said, test.name) || !whatToDo.MatchString(said) {
					t.Errorf("tiendo %s says %q", command[0], said)
				}
				if out.Len() > 0 {
					t.Errorf("tiendo %s printed %q for a file that it could not read", command[0], out.String())
				}
			}
		})
	}
	if n := o.documentCount(); n != 0 {
		t.Errorf("%d documents were made of unreadable files", n)
	}
	if left := o.storedFiles(); len(left) > 0 {
		t.Errorf("unreadable files were kept: %q", left)
	}
}

// A bomb is refused before it can fill the memory.
func TestBombIsCheap(t *testing.T) {
	o := newOffice(t, nil)
	data := bomb(t)
	if len(data) > 2*megabyte {
		t.Fatalf("the bomb has %d octets: it is none", len(data))
	}
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	runtime.GC()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	peak := make(chan uint64, 1)
	go func() {
		var most uint64
		for ctx.Err() == nil {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			time.Sleep(5 * time.Millisecond)
		}
		peak <- most
	}()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	o.upload("/documents", "files", "bom.docx", data, nil).want(http.StatusUnprocessableEntity).says("vượt giới hạn đọc")
	took := time.Since(start)
	cancel()
	if most := <-peak; most > before.HeapAlloc+200*megabyte {
		t.Errorf("reading took up to %d MB", (most-before.HeapAlloc)>>20)
	}
	if took > 60*time.Second {
		t.Errorf("refusing took %s", took)
	}
}

// Bytes flipped anywhere: the file is read, or refused with its name and a reason; the program never fails.
func TestDamagedFiles(t *testing.T) {
	o := newOffice(t, nil)
	seed := uint64(20261005)
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	answers := make(map[int]int)
	for _, name := range []string{"chi-thi-10.docx", "phu-luc-kh-131.xlsx", "agencies.xlsx"} {
		sound := sampleFile(t, name)
		for i := range 100 {
			damaged := bytes.Clone(sound)
			for range 1 + next(12) {
				damaged[next(len(damaged))] ^= byte(1 + next(255))
			}
			if i%10 == 9 {
				damaged = damaged[:next(len(damaged))]
			}
			path, field := "/documents", "files"
			if name == "agencies.xlsx" {
				path, field = "/directory/book", "file"
			}
			a := o.upload(path, field, name, damaged, url.Values{"title": {"Gõ tay"}})
			answers[a.status]++
			switch {
			case a.status == http.StatusSeeOther, a.status == http.StatusOK && field == "file":
			case a.status != http.StatusUnprocessableEntity:
				t.Errorf("%s, case %d: status %d: %s", name, i, a.status, a.words())
			case field == "files":
				a.says(name, "Gõ tay")
			}
		}
	}
	if answers[http.StatusSeeOther] == 0 || answers[http.StatusUnprocessableEntity] == 0 {
		t.Errorf("answers by status are %v: the damage is not what it should be", answers)
	}
	t.Logf("answers by status: %v", answers)
}

// What only looks bad is read.
func TestOddFilesAreRead(t *testing.T) {
	o := newOffice(t, nil)
	const words = "CHỈ THỊ\nVề việc tăng cường cải cách hành chính\n\n1. Sở Nội vụ báo cáo kết quả trước ngày 30/11/2026.\n2. Sở Tài chính rà soát dự toán trước ngày 15/12/2026.\n"
	encoded := func(e interface {
		String(string) (string, error)
	}) []byte {
		s, err := e.String(words)
		o.check(err)
		return []byte(s)
	}
	// Windows-1258 writes tone marks behind their letters.
	decomposed, err := charmap.Windows1258.NewEncoder().String("1. S\u1EDF") // ở has no single octet: it must be spelt ơ + hook
	if err == nil {
		t.Fatalf("the encoder spells %q by itself now", decomposed)
	}
	for _, test := range []struct {
		name   string
		data   []byte
		duties int
	}{
		{"utf8-bom.txt", []byte("\ufeff" + words), 2},
		{"utf16-le.txt", encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), 2},
		{"utf16-be.txt", encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()), 2},
		{"windows-1258.txt", []byte("CH\xCA THI\n\n1. S\xF5\xD2 N\xF4\xF2i vu b\xE1o c\xE1o tr\xFDo\xCC\xECc 30/11/2026.\n2. So xem x\xE9t.\n"), -1},
		{"old-mac-line-ends.txt", []byte(strings.ReplaceAll(words, "\n", "\r")), 2},
		{"cuối trang.xlsx", lastRow(t, "Phụ lục"), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := o.in(t)
			start := time.Now()
			a := o.upload("/documents", "files", test.name, test.data, nil).want(http.StatusSeeOther)
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("reading took %s", took)
			}
			var id int64
			if _, err := fmt.Sscanf(a.location, "/documents/%d/review", &id); err != nil {
				t.Fatalf("leads to %q", a.location)
			}
			r, err := o.documents.Review(t.Context(), o.actor, id)
			o.check(err)
			if test.duties >= 0 && len(r.Drafts) != test.duties {
				t.Errorf("%d duties read, want %d: %+v", len(r.Drafts), test.duties, r.Drafts)
			}
			o.get(a.location).want(http.StatusOK)
		})
	}
}

// The workbook of agencies takes the same kinds of bad files.
func TestUnreadableWorkbooks(t *testing.T) {
	o := newOffice(t, nil)
	settings := filepath.Join(t.TempDir(), "config.toml")
	o.check(os.WriteFile(settings, nil, 0o600))
	for _, test := range []struct {
		what, name string
		data       []byte
		says       []string
	}{
		{"Excel 97", "danh mục.xlsx", compoundFile("Workbook"), []string{"danh mục.xlsx", "định dạng Excel cũ"}},
		{"with a password", "danh mục.xlsx", compoundFile("EncryptionInfo", "EncryptedPackage"), []string{"danh mục.xlsx", "mật khẩu"}},
		{"empty", "danh mục.xlsx", nil, []string{"danh mục.xlsx", "không có nội dung"}},
		{"a Word file", "danh mục.docx", sampleFile(t, "chi-thi-10.docx"), []string{"danh mục.docx", "mẫu"}},
		{"PDF", "danh mục.pdf", []byte("%PDF-1.4\n"), []string{"danh mục.pdf", "mẫu"}},
		{"a million empty rows", "danh mục.xlsx", emptyRows(t, "Cơ quan"), nil},
		{"the last row", "danh mục.xlsx", lastRow(t, "Cơ quan"), nil},
	} {
		t.Run(test.what, func(t *testing.T) {
			o := o.in(t)
			start := time.Now()
			o.upload("/directory/book", "file", test.name, test.data, nil).want(http.StatusUnprocessableEntity).says(test.says...)
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("refusing took %s", took)
			}
			path := filepath.Join(t.TempDir(), test.name)
			o.check(os.WriteFile(path, test.data, 0o600))
			var out, stderr bytes.Buffer
			if code := run(t.Context(), []string{"import", "-config", settings, "-book", path}, streams{strings.NewReader(""), &out, &stderr}); code != 1 {
				t.Errorf("tiendo import -book: exit code %d", code)
			}
			if said := stderr.String(); !strings.Contains(said, test.name) {
				t.Errorf("tiendo import -book says %q", said)
			}
		})
	}
	entries, err := o.directory.All(t.Context(), o.actor)
	if err != nil || len(entries.Agencies) > 0 {
		t.Errorf("%d agencies were loaded (%v)", len(entries.Agencies), err)
	}
}
