package tasks_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func written(names ...string) []tasks.Party {
	var out []tasks.Party
	for _, n := range names {
		out = append(out, tasks.Party{Written: n})
	}
	return out
}

func TestImportMapsWhatWasRead(t *testing.T) {
	r := newRig(t)
	r.reader.out = tasks.Extraction{
		Head: tasks.Head{Kind: tasks.KindPARPlan, Number: "98/KH-UBND", Date: date("2026-09-30"), Title: "Kế hoạch", Year: 2027},
		Drafts: []tasks.Draft{
			{
				Ref: "1", Text: "một", Leads: written("Sở Nội vụ"), Cooperating: written("các sở (trừ Sở Tài chính)", "Đội bóng"),
				Written: tasks.WrittenDue{Phrase: "trước 15/12", Kind: tasks.DueDate, Date: date("2026-12-15")},
				Doubts:  []tasks.Doubt{{Key: "due.no_year", Args: []string{"15/12"}}},
			},
			{Ref: "2", Text: "hai", Leads: written("các sở"), Written: tasks.WrittenDue{Kind: tasks.DueRecurring, RRule: "FREQ=MONTHLY;BYMONTHDAY=25"}},
			{Ref: "3", Text: "ba", Written: tasks.WrittenDue{Kind: tasks.DueOngoing, Date: date("2026-12-31")}},
			{Ref: "4", Text: "bốn", Leads: written("Sở Nội vụ", "so noi vu"), Written: tasks.WrittenDue{Kind: tasks.DueRecurring, RRule: "every now and then"}},
		},
		Blocks: [][]tasks.SourceBlock{{{Block: 1, Text: "Điều 1", Heading: true}}, {}},
	}
	content := []byte("PK\x03\x04 no real document")
	in := tasks.NewDocument{Files: []tasks.Upload{{Name: "kế hoạch.docx", Data: content}, {Name: "phu-luc.xlsx", Data: content}}}
	d := must(r.documents.Import(t.Context(), r.secretariat, in))(t)
	review := must(r.documents.Review(t.Context(), r.secretariat, d.ID))(t)

	if got := review.Document; got.Head != r.reader.out.Head || got.State != tasks.DocumentDraft || got.CreatedBy != r.secretariat.ID ||
		!got.CreatedAt.Equal(r.business.at) || got.Cadence != calendar.DefaultCadence || !got.IssuedAt.IsZero() {
		t.Errorf("document %+v", got)
	}
	if len(review.Files) != 2 || review.Files[0].Attachment.Name != "kế hoạch.docx" || !reflect.DeepEqual(review.Files[0].Blocks, r.reader.out.Blocks[0]) {
		t.Errorf("files %+v", review.Files)
	}
	a, f, err := r.documents.OpenFile(t.Context(), r.secretariat, review.Files[0].Attachment.ID)
	check(t, err)
	if got := must(io.ReadAll(f))(t); !bytes.Equal(got, content) || a.Size != int64(len(content)) {
		t.Errorf("content %q of %d octets", got, a.Size)
	}
	check(t, f.Close())

	if len(review.Drafts) != 4 {
		t.Fatalf("%d drafts", len(review.Drafts))
	}
	one, two, three, four := review.Drafts[0], review.Drafts[1], review.Drafts[2], review.Drafts[3]
	if got := one.LeadAgencies(); !slices.Equal(got, []int64{r.snv}) {
		t.Errorf("leads %v", got)
	}
	if got := one.Cooperating; len(got) != 2 || got[0].GroupID != r.departments || !slices.Equal(got[0].Members, []int64{r.snv}) || got[1].Mapped() {
		t.Errorf("cooperating %+v: a group with an exception, a name nobody knows", got)
	}
	if one.CooperatingAgencies() != nil {
		t.Errorf("who leads also cooperates: %v", one.CooperatingAgencies())
	}
	if one.Deadline != date("2026-12-15") || one.Cadence != "" || one.Checked || !reflect.DeepEqual(one.Doubts, r.reader.out.Drafts[0].Doubts) {
		t.Errorf("draft %+v", one)
	}
	// The group's members are those of the day: syt left it in August.
	if got := two.LeadAgencies(); !slices.Equal(got, []int64{r.snv, r.stc}) || two.Cadence != "FREQ=MONTHLY;BYMONTHDAY=25" || !two.Deadline.IsZero() {
		t.Errorf("draft %+v", two)
	}
	if !three.Deadline.IsZero() || three.Cadence != "" || len(three.Leads) != 0 {
		t.Errorf("what is done all the time has no date: %+v", three)
	}
	if four.Cadence != "" || !slices.Equal(four.LeadAgencies(), []int64{r.snv}) {
		t.Errorf("a rule that is none was kept: %+v", four)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}); !slices.Equal(got, []string{"document.imported"}) {
		t.Errorf("trail %v", got)
	}
}

func TestGroupMembersOfTheDay(t *testing.T) {
	r := newRig(t)
	r.reader.out.Drafts = []tasks.Draft{{Text: "một", Leads: written("các sở")}}
	for at, want := range map[string][]int64{
		"2026-08-31 23:30": {r.snv, r.stc, r.syt}, // the 31st here and in UTC
		"2026-09-01 00:30": {r.snv, r.stc},        // still the 31st in UTC
	} {
		r.at(at)
		d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Text: "văn bản"}))(t)
		if got := r.drafts(d.ID)[0].LeadAgencies(); !slices.Equal(got, want) {
			t.Errorf("at %s %v, want %v", at, got, want)
		}
	}
}

func TestTypedHeadWinsOverTheOneRead(t *testing.T) {
	read := tasks.Head{Kind: tasks.KindPlan, Number: "1/KH", Date: date("2026-01-02"), Issuer: "UBND", Title: "Đọc được", Year: 2026}
	for name, c := range map[string]struct {
		read, typed, want tasks.Head
	}{
		"nothing typed":  {read, tasks.Head{}, read},
		"spaces typed":   {read, tasks.Head{Number: "  ", Issuer: "\t", Title: " \n "}, read},
		"number alone":   {read, tasks.Head{Number: " 2/KH "}, tasks.Head{Kind: tasks.KindPlan, Number: "2/KH", Date: date("2026-01-02"), Issuer: "UBND", Title: "Đọc được", Year: 2026}},
		"all typed":      {read, tasks.Head{"decision", "3/QĐ", date("2026-03-04"), "Sở", "Gõ", 2027}, tasks.Head{"decision", "3/QĐ", date("2026-03-04"), "Sở", "Gõ", 2027}},
		"nothing at all": {tasks.Head{}, tasks.Head{}, tasks.Head{Kind: tasks.KindOther}},
		"hidden signs":   {tasks.Head{}, tasks.Head{Number: "\ufeff1\u202e/CT\u200b"}, tasks.Head{Kind: tasks.KindOther, Number: "1/CT"}},
		"broken lines":   {tasks.Head{}, tasks.Head{Title: "Đẩy mạnh\r\ncải cách"}, tasks.Head{Kind: tasks.KindOther, Title: "Đẩy mạnh cải cách"}},
	} {
		r := newRig(t)
		r.reader.out.Head = c.read
		d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Text: "văn bản", Head: c.typed}))(t)
		if got := r.document(d.ID).Head; got != c.want || d.Head != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	files := func(n, size int) []tasks.Upload {
		return slices.Repeat([]tasks.Upload{{Name: "a.txt", Data: make([]byte, size)}}, n)
	}
	head := func(h tasks.Head) tasks.NewDocument { return tasks.NewDocument{Text: "văn bản", Head: h} }
	for name, c := range map[string]struct {
		in  tasks.NewDocument
		key string
	}{
		"nothing":           {tasks.NewDocument{}, "upload.nothing"},
		"white space":       {tasks.NewDocument{Text: " \n\t", Head: tasks.Head{Number: " "}}, "upload.nothing"},
		"kind alone":        {tasks.NewDocument{Head: tasks.Head{Kind: tasks.KindPlan}}, "upload.nothing"},
		"too many files":    {tasks.NewDocument{Files: files(tasks.MaxDocumentFiles+1, 1)}, "upload.too_many"},
		"many and text":     {tasks.NewDocument{Files: files(tasks.MaxDocumentFiles, 1), Text: "x"}, "upload.too_many"},
		"a huge file":       {tasks.NewDocument{Files: files(1, tasks.MaxUpload+1)}, "upload.too_large"},
		"a huge text":       {tasks.NewDocument{Text: strings.Repeat("ữ", tasks.MaxPastedText+1)}, "field.too_long"},
		"a long number":     {head(tasks.Head{Number: strings.Repeat("1", 101)}), "field.too_long"},
		"a long title":      {head(tasks.Head{Title: strings.Repeat("ữ", tasks.MaxTitle+1)}), "field.too_long"},
		"a long issuer":     {head(tasks.Head{Issuer: strings.Repeat("ữ", 301)}), "field.too_long"},
		"an unknown kind":   {head(tasks.Head{Kind: "novel"}), "field.required"},
		"a year of old":     {head(tasks.Head{Year: 26}), "field.bad_year"},
		"a control in name": {head(tasks.Head{Number: "1\x1b[2J"}), "field.not_text"},
	} {
		r := newRig(t)
		_, err := r.documents.Import(t.Context(), r.secretariat, c.in)
		refused(t, err, tasks.CodeInvalid, c.key)
		if r.reader.got != nil {
			t.Errorf("%s: read before it was refused", name)
		}
		// Who may not import learns nothing of what is wrong with it.
		for _, who := range []tasks.Person{r.leader, r.focal, r.head, r.admin} {
			_, err := r.documents.Import(t.Context(), who, c.in)
			refused(t, err, tasks.CodeForbidden, "")
		}
		if page := must(r.documents.List(t.Context(), r.secretariat, tasks.DocumentQuery{}))(t); page.Total != 0 {
			t.Errorf("%s: %d documents", name, page.Total)
		}
	}
	r := newRig(t)
	_, err := r.documents.Import(t.Context(), tasks.Person{}, tasks.NewDocument{Text: "x"})
	refused(t, err, tasks.CodeUnauthenticated, "")
}

func TestARefusedFileLeavesNothingOnDisk(t *testing.T) {
	r := newRig(t)
	dir := t.TempDir()
	files, err := store.OpenFiles(dir)
	check(t, err)
	r.documents.Files = files
	classified := tasks.Invalid(tasks.FieldError{Field: "files", Key: "file.classified"})
	r.reader.err = classified
	in := tasks.NewDocument{Files: []tasks.Upload{{Name: "mat.docx", Data: []byte("nội dung")}}}
	if _, err := r.documents.Import(t.Context(), r.secretariat, in); !errors.Is(err, classified) {
		t.Errorf("error %v", err)
	}
	if left := must(os.ReadDir(dir))(t); len(left) != 0 {
		t.Errorf("on disk: %v", left)
	}
	// A reader that breaks its promise is an error, not a crash.
	r.reader.err, r.reader.out.Blocks = nil, [][]tasks.SourceBlock{}
	if _, err := r.documents.Import(t.Context(), r.secretariat, in); tasks.CodeOf(err) != tasks.CodeInternal {
		t.Errorf("a file without blocks: %v", err)
	}
}

func TestNamesOfUploadsAreMadeHarmless(t *testing.T) {
	for name, want := range map[string]string{
		"kế hoạch.docx":                      "kế hoạch.docx",
		`C:\Users\Thu\Desktop\ke-hoach.docx`: "ke-hoach.docx",
		"../../etc/passwd":                   "passwd",
		"a\r\nSet-Cookie: x=1.txt":           "aSet-Cookie: x=1.txt",
		"invoice\u202excod.exe":              "invoicexcod.exe",
		"":                                   "tep",
		"..":                                 "tep",
		"\x00":                               "tep",
		"bad\xff.txt":                        "bad.txt",
		strings.Repeat("ữ", 300) + ".docx":   strings.Repeat("ữ", 145) + ".docx",
		"a." + strings.Repeat("b", 300):      "a." + strings.Repeat("b", 148),
		filepath.Join("thư mục", "phụ lục.x"): "phụ lục.x",
	} {
		r := newRig(t)
		d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Files: []tasks.Upload{{Name: name, Data: []byte("x")}}}))(t)
		got := must(r.documents.Review(t.Context(), r.secretariat, d.ID))(t).Files[0].Attachment.Name
		if got != want || r.reader.got[0].Name != want {
			t.Errorf("%q became %q, read as %q; want %q", name, got, r.reader.got[0].Name, want)
		}
	}
}

func TestPastedTextIsAFileBehindTheOthers(t *testing.T) {
	r := newRig(t)
	uploads := make([]tasks.Upload, 1, 4)
	uploads[0] = tasks.Upload{Name: "than.txt", Data: []byte("thân")}
	must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Files: uploads, Text: "  phụ lục "}))(t)
	if got := r.reader.got; len(got) != 2 || string(got[1].Data) != "phụ lục" || !strings.HasSuffix(got[1].Name, ".txt") {
		t.Errorf("read %+v", got)
	}
	if spare := uploads[:2][1]; spare.Name != "" {
		t.Error("the caller's files were written to")
	}
	r.reader.got = nil
	must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Head: tasks.Head{Title: "không tệp"}}))(t)
	if r.reader.got != nil {
		t.Error("a document without files was read")
	}
}
