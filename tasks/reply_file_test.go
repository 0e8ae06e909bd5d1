package tasks_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func (r *rig) reads(who tasks.Person, id, file int64) (string, error) {
	r.t.Helper()
	a, f, err := r.assignments.OpenReplyFile(r.t.Context(), who, id, file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return a.Name + ": " + string(must(io.ReadAll(f))(r.t)), nil
}

func pdf(name, text string) tasks.Upload {
	return tasks.Upload{Name: name, Data: []byte("%PDF-1.7 " + text)}
}

// What goes along with a part is for those who see the part; with an answer, for those who see the word.
func TestFilesGoAlongWithReplies(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	other := r.helped("2/CT")
	third := r.person("Sơn", focalOf(r.syt))
	stranger := r.person("Khách", focalOf(r.thue))
	r.at("2026-10-06 08:00")
	check(t, r.assignments.AskContributions(ctx, r.focal, a.ID, askPart("2026-10-16", r.stc, r.syt)))
	check(t, r.assignments.SendContribution(ctx, r.other, a.ID, tasks.ContributionInput{Words: "Kèm biểu", Files: []tasks.Upload{pdf("bieu.pdf", "biểu một"), pdf("bieu.pdf", "biểu hai")}}))
	parts := r.contributions(r.focal, a.ID).Lines[1].Parts
	if len(parts) != 1 || len(parts[0].Files) != 2 || parts[0].Files[0].CreatedBy != r.other.ID {
		t.Fatalf("sent %+v", parts)
	}
	part := parts[0].Files[0].ID

	narrow := r.say(r.leader, a.ID, explain("2026-10-09"))
	in := explain("2026-10-09")
	in.Wide = true
	wide := r.say(r.leader, a.ID, in)
	for _, word := range []tasks.Remark{narrow, wide} {
		check(t, r.assignments.AnswerRemark(ctx, r.head, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Kèm giải trình", Files: []tasks.Upload{pdf("gt.pdf", "giải trình")}}))
	}
	lines := r.remarks(r.leader, a.ID).Lines
	shared, kept := lines[0].Answers[0].Files[0].ID, lines[1].Answers[0].Files[0].ID

	for name, c := range map[string]struct {
		who                tasks.Person
		part, kept, shared bool
	}{
		"secretariat":       {r.secretariat, true, true, true},
		"leader":            {r.leader, true, true, true},
		"the lead":          {r.focal, true, true, true},
		"who sent it":       {r.other, true, false, true},
		"another of theirs": {third, false, false, true},
		"no part":           {stranger, false, false, false},
		"admin":             {r.admin, false, false, false},
	} {
		for file, want := range map[int64]bool{part: c.part, kept: c.kept, shared: c.shared} {
			text, err := r.reads(c.who, a.ID, file)
			if want && (err != nil || !strings.Contains(text, ".pdf: %PDF-1.7 ")) || !want && tasks.CodeOf(err) != tasks.CodeNotFound {
				t.Errorf("%s reads file %d: %q, %v", name, file, text, err)
			}
		}
	}
	// A file of one duty is none of another.
	if _, err := r.reads(r.leader, other.ID, part); tasks.CodeOf(err) != tasks.CodeNotFound {
		t.Errorf("of another duty: %v", err)
	}
	e := must(r.assignments.Get(ctx, r.focal, a.ID))(t).Trail
	i := slices.IndexFunc(e, func(e tasks.AuditEntry) bool { return e.Action == "assignment.contribution_sent" })
	if i < 0 || !strings.Contains(e[i].After, "bieu.pdf") {
		t.Errorf("the history does not name the files")
	}
}

// What is refused keeps no bytes, and is refused the same with a file as without.
func TestRefusedRepliesKeepNoFiles(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	r.at("2026-10-06 08:00")
	word := r.say(r.leader, a.ID, explain("2026-10-09"))
	version := r.assignment(a.ID).Assignment.Version
	var many []tasks.Upload
	for range tasks.MaxReportFiles + 1 {
		many = append(many, pdf("a.pdf", "x"))
	}
	good := []tasks.Upload{pdf("a.pdf", "x")}
	for name, c := range map[string]struct {
		who     tasks.Person
		words   string
		files   []tasks.Upload
		version int64
		code    tasks.Code
		key     string
	}{
		"too many":        {r.focal, "Có", many, 0, tasks.CodeInvalid, "upload.too_many"},
		"empty":           {r.focal, "Có", []tasks.Upload{{Name: "a.pdf"}}, 0, tasks.CodeInvalid, "upload.empty"},
		"a program":       {r.focal, "Có", []tasks.Upload{{Name: "a.exe", Data: []byte("MZ\x90\x00")}}, 0, tasks.CodeInvalid, "upload.type"},
		"no words":        {r.focal, " ", good, 0, tasks.CodeInvalid, "field.required"},
		"another version": {r.focal, "Có", good, version + 3, tasks.CodeConflict, ""},
		"not his":         {r.leader, "Có", good, 0, tasks.CodeForbidden, ""},
		"no part":         {r.admin, "Có", good, 0, tasks.CodeNotFound, ""},
	} {
		refused(t, r.assignments.AnswerRemark(ctx, c.who, a.ID, word.ID, tasks.RemarkAnswerInput{Words: c.words, Files: c.files, Version: c.version}), c.code, c.key)
		if c.who.ID == r.focal.ID {
			c.who = r.other
		}
		err := r.assignments.SendContribution(ctx, c.who, a.ID, tasks.ContributionInput{Words: c.words, Files: c.files, Version: c.version})
		t.Run(name, func(t *testing.T) { refused(t, err, c.code, c.key) })
	}
	if l := r.remarks(r.leader, a.ID).Lines[0]; l.State != tasks.RemarkOpen || len(l.Answers) != 0 {
		t.Errorf("the word is %+v", l)
	}
	if lines := r.contributions(r.focal, a.ID).Lines; len(lines) != 0 {
		t.Errorf("parts %+v", lines)
	}
}
