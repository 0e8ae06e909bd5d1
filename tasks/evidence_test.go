package tasks_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
)

// office is a file of an office program: a zip with the part that makes it one.
func office(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		must(must(z.Create(part))(t).Write([]byte("<x/>")))(t)
	}
	check(t, z.Close())
	return b.Bytes()
}

func TestEvidenceIsToldByItsContent(t *testing.T) {
	word := office(t, "[Content_Types].xml", "word/document.xml")
	sheet := office(t, "[Content_Types].xml", "xl/workbook.xml")
	old := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 …")
	heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
	for _, c := range []struct {
		name string
		data []byte
		want string // the media type; "" is refused
	}{
		{"bao-cao.pdf", []byte("%PDF-1.7 …"), "application/pdf"},
		{"IMG_0001.JPG", []byte("\xFF\xD8\xFF\xE0 …"), "image/jpeg"},
		{"image", []byte("\xFF\xD8\xFF\xE0 …"), "image/jpeg"}, // as a phone may send it
		{"anh.png", []byte("\x89PNG\r\n\x1a\n …"), "image/png"},
		{"anh.heic", heic, "image/heic"},
		{"anh.webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "image/webp"},
		{"bc.docx", word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"bc.xlsx", sheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"bc.doc", old, "application/msword"},
		{"bc.xls", old, "application/vnd.ms-excel"},
		{"ghi-chu.txt", []byte("Đã làm"), "text/plain"},
		{"so-lieu.csv", []byte("a,b"), "text/plain"},
		// What runs, or is not what its name says.
		{"a.exe", []byte("MZ\x90\x00\x03"), ""},
		{"a.txt", []byte("MZ\x90\x00\x03"), ""},
		{"a.bat", []byte("del *.*"), ""},
		{"a.html", []byte("<script>alert(1)</script>"), ""},
		{"a.svg", []byte("<svg onload='alert(1)'/>"), ""},
		{"a.hta", []byte("%PDF-1.7 <script>"), ""},
		{"a.docx", office(t, "evil.exe"), ""},
		{"a.docx", []byte("PK\x03\x04 broken"), ""},
		{"a.docx", sheet, ""},
		{"a.docm", office(t, "word/document.xml", "word/vbaProject.bin"), ""},
		{"a.docx", office(t, "word/document.xml", "word/vbaProject.bin"), ""},
		{"a.zip", word, ""},
		{"a.msi", old, ""},
		{"a.pdf.exe", []byte("%PDF-1.7"), ""},
		{"ảnh.jpg", []byte("%PDF-1.7"), ""},
		{"rong.pdf", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			_, a := r.issue("1/CT", r.duty())
			in := tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Xong", Files: []tasks.Upload{{Name: c.name, Data: c.data}}}
			err := r.assignments.Report(t.Context(), r.focal, a[0].ID, in)
			v := r.assignment(a[0].ID)
			if c.want == "" {
				key := "upload.type"
				if len(c.data) == 0 {
					key = "upload.empty"
				}
				refused(t, err, tasks.CodeInvalid, key)
				if len(v.Reports) != 0 || v.Assignment.State != tasks.StateAssigned {
					t.Error("the report was kept")
				}
				return
			}
			check(t, err)
			e := v.Reports[0].Evidence
			if len(e) != 1 || e[0].Type != c.want || e[0].Name != c.name || e[0].CreatedBy != r.focal.ID {
				t.Fatalf("evidence %+v, want %s", e, c.want)
			}
			_, f, err := r.assignments.OpenEvidence(t.Context(), r.focal, e[0].ID)
			check(t, err)
			if got := must(io.ReadAll(f))(t); !bytes.Equal(got, c.data) {
				t.Errorf("content %q", got)
			}
			check(t, f.Close())
		})
	}
}

func TestARefusedReportLeavesNoBytes(t *testing.T) {
	r := newRig(t)
	submitted := r.into(tasks.StateSubmitted)
	dir := t.TempDir()
	files, err := store.OpenFiles(dir)
	check(t, err)
	r.assignments.Files = files
	in := tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "x", Files: []tasks.Upload{{Name: "a.pdf", Data: []byte("%PDF-")}}}
	refused(t, r.assignments.Report(t.Context(), r.focal, submitted, in), tasks.CodeConflict, "assignment.step_not_allowed")
	refused(t, r.assignments.Report(t.Context(), r.other, submitted, in), tasks.CodeForbidden, "")
	_, open := r.issue("2/CT", r.duty())
	in.Version = open[0].Version + 1
	refused(t, r.assignments.Report(t.Context(), r.focal, open[0].ID, in), tasks.CodeConflict, "error.conflict")
	if left := must(os.ReadDir(dir))(t); len(left) != 0 {
		t.Errorf("on disk: %v", left)
	}
}

func TestReportsThatAreRefused(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }))
	id := a[0].ID
	pdf := tasks.Upload{Name: "a.pdf", Data: []byte("%PDF-")}
	for name, c := range map[string]struct {
		in  tasks.ReportInput
		key string
	}{
		"no kind":        {tasks.ReportInput{Text: "x"}, "field.required"},
		"no words":       {tasks.ReportInput{Kind: tasks.ReportProgress, Text: " \u200b\n"}, "field.required"},
		"less than none": {tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Percent: -1}, "field.percent"},
		"more than all":  {tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Percent: 101}, "field.percent"},
		"long words":     {tasks.ReportInput{Kind: tasks.ReportProgress, Text: strings.Repeat("ữ", tasks.MaxReportText+1)}, "field.too_long"},
		"long numbers":   {tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Documents: strings.Repeat("ữ", tasks.MaxReportDocument+1)}, "field.too_long"},
		"control":        {tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x\x00y"}, "field.not_text"},
		"many files":     {tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Files: slices.Repeat([]tasks.Upload{pdf}, tasks.MaxReportFiles+1)}, "upload.too_many"},
		"a huge file":    {tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Files: []tasks.Upload{{Name: "a.pdf", Data: make([]byte, tasks.MaxUpload+1)}}}, "upload.too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, r.assignments.Report(t.Context(), r.focal, id, c.in), tasks.CodeInvalid, c.key)
			// Those who may not report are not told what is wrong with the form.
			refused(t, r.assignments.Report(t.Context(), r.other, id, c.in), tasks.CodeForbidden, "")
			refused(t, r.assignments.Report(t.Context(), r.admin, id, c.in), tasks.CodeNotFound, "")
			refused(t, r.assignments.Report(t.Context(), r.focal, id+99, c.in), tasks.CodeNotFound, "")
		})
	}
	for name, c := range map[string]struct{ reason, key string }{
		"none": {" \t", "field.required"}, "long": {strings.Repeat("ữ", tasks.MaxReasonText+1), "field.too_long"}, "control": {"\x1b", "field.not_text"},
	} {
		t.Run("reason "+name, func(t *testing.T) {
			submitted, completed := r.into(tasks.StateSubmitted), r.into(tasks.StateCompleted)
			refused(t, r.assignments.Return(t.Context(), r.secretariat, submitted, 0, c.reason), tasks.CodeInvalid, c.key)
			refused(t, r.assignments.Return(t.Context(), r.focal, submitted, 0, c.reason), tasks.CodeForbidden, "")
			refused(t, r.assignments.Reopen(t.Context(), r.secretariat, completed, 0, c.reason), tasks.CodeInvalid, c.key)
		})
	}
	in := tasks.ReportInput{Kind: tasks.ReportProgress, Text: "dòng một\r\ndòng hai\t" + strings.Repeat("ữ", 100), Documents: "12/BC-SNV", Percent: 100}
	check(t, r.assignments.Report(t.Context(), r.focal, id, in))
	if got := r.assignment(id).Reports[0]; !strings.HasPrefix(got.Text, "dòng một\ndòng hai") || got.Documents != in.Documents || got.AgencyID != r.snv {
		t.Errorf("report %+v", got)
	}
}
