package convert

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/tasks/extract"
)

// needs skips a test where a program is not installed; .ci/run installs all of them and lets no test be skipped.
func needs(t *testing.T, commands ...string) {
	t.Helper()
	for _, c := range commands {
		if _, err := exec.LookPath(c); err != nil {
			t.Skipf("%s is not installed", c)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if fe, ok := errors.AsType[*extract.FileError](err); !ok || fe.Key != key {
		t.Fatalf("error %v, want %s", err, key)
	}
}

func row(cells ...string) string {
	var b strings.Builder
	b.WriteString("<tr>")
	for _, c := range cells {
		b.WriteString("<td style='border: 1px solid #000000'><p><font face='Noto Serif'>" + c + "</font></p></td>")
	}
	return b.String() + "</tr>"
}

// page is a directive with a table as a web page, from which LibreOffice makes the other formats. It names a font that has all letters:
// where one must lend some of another's, the words of a PDF come apart.
func page() string {
	return `<html><head><meta charset="utf-8"><style>@page { size: 21cm 29.7cm; margin: 2cm } p { font-family: "Noto Serif" }</style></head><body>` +
		"<p>ỦY BAN NHÂN DÂN TỈNH MẪU SƠN</p><p>Số: 15/CT-UBND</p><p>Mẫu Sơn, ngày 02 tháng 6 năm 2026</p><p align=center><b>CHỈ THỊ</b></p>" +
		"<p>1. Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị liên quan rà soát các quy định về tuyển dụng, sử dụng và quản lý cán bộ, công chức, viên chức trên địa bàn tỉnh; báo cáo Ủy ban nhân dân tỉnh trước ngày 15/7/2026.</p>" +
		"<p>2. Sở Tài chính bố trí kinh phí, hoàn thành trong Quý III năm 2026.</p>" +
		"<table border=1 cellspacing=0 width=100%>" + row("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn") + row("1", "Xây dựng kế hoạch kiểm tra cải cách hành chính năm 2027", "Sở Nội vụ", "30/11/2026") +
		row("2", "Công bố danh mục thủ tục hành chính", "Văn phòng UBND tỉnh", "31/12/2026") + "</table></body></html>"
}

// made has LibreOffice write the page in a format.
func made(t *testing.T, filter, extension string) []byte {
	t.Helper()
	folder := t.TempDir()
	in := filepath.Join(folder, "in.html")
	must(t, os.WriteFile(in, []byte(page()), 0o600))
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--writer", "--convert-to", filter, "--outdir", folder, in)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("make a file: %v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(folder, "in."+extension))
	must(t, err)
	return data
}

// TestFormats reads the same directive in every format that needs a program, and finds the same duties.
func TestFormats(t *testing.T) {
	needs(t, "soffice", "pdftotext", "pdftocairo")
	for _, test := range []struct {
		format            extract.Format
		filter, extension string
	}{
		{extract.FormatPDF, "pdf:writer_web_pdf_Export", "pdf"}, {extract.FormatODT, "odt:writer8", "odt"}, {extract.FormatDOC, "doc:MS Word 97", "doc"}, {extract.FormatRTF, "rtf:Rich Text Format", "rtf"},
	} {
		t.Run(string(test.format), func(t *testing.T) {
			before := foldersInMemory(t)
			src, err := extract.Reader{Limits: extract.DefaultLimits(), Converter: New(DefaultLimits())}.Read(t.Context(), "a", made(t, test.filter, test.extension))
			must(t, err)
			if src.Format != test.format {
				t.Errorf("format %s", src.Format)
			}
			result, err := extract.Extract([]*extract.Source{src}, extract.Options{})
			must(t, err)
			var dates []string
			for _, task := range result.Tasks {
				dates = append(dates, task.Due.Date)
			}
			if want := []string{"2026-07-15", "2026-09-30", "2026-11-30", "2026-12-31"}; !slices.Equal(dates, want) {
				t.Errorf("dates %v, want %v; blocks %+v", dates, want, src.Blocks)
			}
			if result.Document.Number != "15/CT-UBND" || result.Document.Date != "2026-06-02" {
				t.Errorf("head %+v", result.Document)
			}
			if left := foldersInMemory(t); !slices.Equal(before, left) {
				t.Errorf("folders left behind: %v", left)
			}
		})
	}
}

func foldersInMemory(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("/dev/shm/tiendo-*")
	must(t, err)
	return found
}

// pdf is a page without words, put together by hand.
func pdf() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
}

func TestRefusals(t *testing.T) {
	needs(t, "soffice", "pdftotext", "pdftocairo")
	read := func(data []byte) error {
		_, err := extract.Reader{Limits: extract.DefaultLimits(), Converter: New(DefaultLimits())}.Read(t.Context(), "a", data)
		return err
	}
	wantKey(t, read(pdf()), extract.KeyScan)
	wantKey(t, read([]byte("%PDF-1.4\nno more")), extract.KeyDamaged)
	var odt bytes.Buffer
	z := zip.NewWriter(&odt)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	must(t, err)
	_, err = io.WriteString(w, "application/vnd.oasis.opendocument.text")
	must(t, err)
	must(t, z.Close())
	wantKey(t, read(odt.Bytes()), extract.KeyDamaged)
}

// script puts a program of the test's own before all others.
func script(t *testing.T, name, body string) {
	t.Helper()
	folder := t.TempDir()
	must(t, os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+body), 0o755))
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
}

func TestLimits(t *testing.T) {
	discard := func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }
	t.Run("missing", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		err := New(DefaultLimits()).PDFWords(t.Context(), pdf(), discard)
		wantKey(t, err, extract.KeyProgram)
		if fe, _ := errors.AsType[*extract.FileError](err); !slices.Equal(fe.Args, []string{"pdftotext", "poppler-utils"}) {
			t.Errorf("args %v", fe.Args)
		}
		_, err = New(DefaultLimits()).WordFile(t.Context(), []byte("x"), ".doc")
		wantKey(t, err, extract.KeyProgram)
		if len(Missing()) != len(Programs) {
			t.Errorf("missing %v", Missing())
		}
	})
	t.Run("time, with all that was started", func(t *testing.T) {
		mark := filepath.Join(t.TempDir(), "pid")
		script(t, "soffice", "sleep 300 & echo $! >"+mark+"; wait")
		limits := DefaultLimits()
		limits.Time = time.Second
		start := time.Now()
		_, err := New(limits).WordFile(t.Context(), []byte("x"), ".doc")
		wantKey(t, err, extract.KeySlow)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		gone(t, mark)
	})
	t.Run("the caller leaves", func(t *testing.T) {
		script(t, "pdftotext", "exec sleep 300")
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		if err := New(DefaultLimits()).PDFWords(ctx, pdf(), discard); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the caller leaves while another converts", func(t *testing.T) {
		c := New(DefaultLimits())
		c.turn <- struct{}{}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if _, err := c.WordFile(ctx, []byte("x"), ".doc"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("output", func(t *testing.T) {
		script(t, "pdftotext", "exec cat /dev/zero")
		limits := DefaultLimits()
		limits.Output = 1 << 20
		wantKey(t, New(limits).PDFWords(t.Context(), pdf(), discard), extract.KeyTooLarge)
	})
	t.Run("memory", func(t *testing.T) {
		script(t, "pdftotext", "ulimit -v; ulimit -c; ulimit -t")
		limits := DefaultLimits()
		limits.Memory = 512 << 20
		var out bytes.Buffer
		must(t, New(limits).PDFWords(t.Context(), pdf(), func(r io.Reader) error { _, err := io.Copy(&out, r); return err }))
		if out.String() != "524288\n0\n91\n" {
			t.Errorf("limits in the program: %q", out.String())
		}
	})
	t.Run("the reader's own error", func(t *testing.T) {
		script(t, "pdftotext", "exec cat /dev/zero")
		want := errors.New("enough")
		if err := New(DefaultLimits()).PDFWords(t.Context(), pdf(), func(io.Reader) error { return want }); !errors.Is(err, want) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no network", func(t *testing.T) {
		if !separable() {
			t.Log("this kernel lets this user make no network of its own; the programs run in the machine's")
			return
		}
		script(t, "pdftotext", "cat /proc/net/dev")
		var out bytes.Buffer
		must(t, New(DefaultLimits()).PDFWords(t.Context(), pdf(), func(r io.Reader) error { _, err := io.Copy(&out, r); return err }))
		if names := strings.Count(out.String(), ":"); names != 1 || !strings.Contains(out.String(), "lo:") {
			t.Errorf("networks: %s", out.String())
		}
	})
}

// gone waits until the process whose number stands in a file has ended.
func gone(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	proc := filepath.Join("/proc", strings.TrimSpace(string(text)), "stat")
	for range 100 {
		stat, err := os.ReadFile(proc)
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ESRCH) || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("what the program started still runs: %s", proc)
}

// TestNothingOnDisk: what LibreOffice works on lies in memory, in a folder that nobody else may open, and is gone afterwards.
func TestNothingOnDisk(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "where")
	script(t, "soffice", `for a; do in=$a; done; { echo "$in"; stat -f -c %T "$in"; stat -c %a "$(dirname "$in")"; echo "$HOME $TMPDIR"; } >`+mark+"; mkdir out; echo made >out/in.docx")
	out, err := New(DefaultLimits()).WordFile(t.Context(), []byte("x"), ".odt")
	must(t, err)
	if string(out) != "made\n" {
		t.Errorf("got %q", out)
	}
	text, err := os.ReadFile(mark)
	must(t, err)
	said := strings.Split(strings.TrimSpace(string(text)), "\n")
	folder := filepath.Dir(said[0])
	if said[1] != "tmpfs" || said[2] != "700" || said[3] != folder+" "+folder {
		t.Errorf("the program saw %q", said)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is left: %v", folder, err)
	}
}
