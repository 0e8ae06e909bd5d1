package notify_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// lettered is a world in which a department is late with two duties, one of them restricted, and a letter to it is prepared.
func lettered(t *testing.T, language string, kind tasks.LetterKind) (w *world, letters *tasks.Letters, id int64) {
	w = newWorld(t, "2026-10-01 09:00")
	w.language = language
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Rà soát danh mục thủ tục hành chính", due: "2026-10-05", leads: []int64{interior}},
		duty{text: "Nội dung nhạy cảm", due: "2026-10-06", leads: []int64{interior}},
		duty{text: "Niêm yết phí, lệ phí", due: "2027-01-15", leads: []int64{finance}})
	w.check(w.assignments.Restrict(t.Context(), w.secretariat, a[1].TaskID, tasks.RestrictInput{Restricted: true, Reason: "Hạn chế"}))
	w.stepTo("2026-10-20 09:00")
	letters = &tasks.Letters{Store: w.db.Letters(), Duties: w.assignments}
	made, err := letters.Prepare(t.Context(), w.secretariat, tasks.LettersInput{Kind: kind, Beyond: 5, Agencies: []int64{interior, finance}})
	w.check(err)
	id = made[0]
	v, err := letters.Get(t.Context(), w.secretariat, id)
	w.check(err)
	in := tasks.LetterChange{Kind: kind, Words: "Chữ riêng của công văn", AnswerBy: calendar.MustParseDate("2026-10-30")}
	for _, l := range v.Lines {
		in.Duties = append(in.Duties, l.AssignmentID)
	}
	w.check(letters.Change(t.Context(), w.secretariat, id, in))
	return w, letters, id
}

// A letter that was issued is told to its agency's head and focal points when the office opens: number, date, and its duties, those that are
// restricted by their number alone. A draft is told to nobody, a withdrawal to the same people.
func TestALetterIsTold(t *testing.T) {
	for _, c := range []struct {
		language, issued, withdrawn, answer string
		kind                                tasks.LetterKind
	}{
		{"vi", "Công văn đôn đốc số 412/UBND-VP ngày 20/10/2026 gửi Sở Nội vụ", "Công văn số 412/UBND-VP ngày 20/10/2026 đã được thu hồi", "trước ngày 30/10/2026", tasks.LetterReminder},
		{"en", "Letter of criticism 412/UBND-VP of 20 October 2026 to Sở Nội vụ", "Letter 412/UBND-VP of 20 October 2026 was withdrawn", "by 30 October 2026", tasks.LetterCriticism},
	} {
		folder := "testdata"
		if c.language != "vi" {
			folder = filepath.Join(folder, c.language)
		}
		t.Run(c.language, func(t *testing.T) {
			w, letters, id := lettered(t, c.language, c.kind)
			ctx := t.Context()
			w.stepTo("2026-10-20 18:00")
			if got := w.told(tasks.NoticeLetter); len(got) != 0 {
				t.Errorf("a draft was told: %q", got)
			}
			w.check(letters.Issue(ctx, w.secretariat, id, tasks.LetterRecord{Number: "412/UBND-VP", Date: calendar.MustParseDate("2026-10-20")}))
			w.stepTo("2026-10-21 07:00")
			if got := w.told(tasks.NoticeLetter); len(got) != 0 {
				t.Errorf("told while the office was closed: %q", got)
			}
			w.stepTo("2026-10-21 08:00")
			equal(t, "issued", w.told(tasks.NoticeLetter), "an@nv.vn: "+c.issued, "truong@nv.vn: "+c.issued)
			found := 0
			for _, raw := range w.server.all() {
				m := parse(t, raw.body)
				if m.kind != string(tasks.NoticeLetter) {
					continue
				}
				found++
				for _, want := range []string{"/letters/1", "Rà soát danh mục", c.answer, "10/CT-UBND", "/assignments/2"} {
					if !strings.Contains(m.text, want) || !strings.Contains(m.html, want) {
						t.Errorf("the mail lacks %q:\n%s", want, m.text)
					}
				}
				for _, never := range []string{"nhạy cảm", "Chữ riêng"} {
					if strings.Contains(m.text+m.html+m.subject, never) {
						t.Errorf("the mail says %q:\n%s", never, m.text)
					}
				}
			}
			w.parsedTo(tasks.NoticeLetter, "an@nv.vn")[0].golden(t, c.language, folder, "letter-issued")
			if found != 2 {
				t.Errorf("%d mails arrived, want 2", found)
			}
			w.check(letters.Withdraw(ctx, w.secretariat, id, 0, "Nhầm cơ quan"))
			w.stepTo("2026-10-21 09:00")
			equal(t, "withdrawn", w.told(tasks.NoticeLetter)[2:], "an@nv.vn: "+c.withdrawn, "truong@nv.vn: "+c.withdrawn)
			w.parsedTo(tasks.NoticeLetter, "an@nv.vn")[1].golden(t, c.language, folder, "letter-withdrawn")

			listed, err := letters.Get(ctx, w.secretariat, id)
			w.check(err)
			duty, err := w.assignments.Get(ctx, w.secretariat, listed.Lines[0].AssignmentID)
			w.check(err)
			whom, err := w.outbox.WhomTold(ctx, w.secretariat, duty.Assignment, 50)
			w.check(err)
			var told []string
			for _, m := range whom.Mails {
				if m.Kind == tasks.NoticeLetter {
					told = append(told, m.To+": "+m.Subject)
				}
			}
			slices.Sort(told)
			equal(t, "told of a duty that the letter lists", told, "an@nv.vn: "+c.withdrawn, "an@nv.vn: "+c.issued, "truong@nv.vn: "+c.withdrawn, "truong@nv.vn: "+c.issued)
		})
	}
}

// A letter that is withdrawn before its agency was told of it is told as withdrawn alone.
func TestALetterThatIsWithdrawnAtOnce(t *testing.T) {
	w, letters, id := lettered(t, "vi", tasks.LetterReminder)
	w.stepTo("2026-10-20 20:00")
	w.check(letters.Issue(t.Context(), w.secretariat, id, tasks.LetterRecord{Number: "412/UBND-VP", Date: calendar.MustParseDate("2026-10-20")}))
	w.check(letters.Withdraw(t.Context(), w.secretariat, id, 0, "Nhầm cơ quan"))
	w.stepTo("2026-10-21 12:00")
	got := w.told(tasks.NoticeLetter)
	if len(got) != 2 || !strings.Contains(got[0], "đã được thu hồi") || !strings.Contains(got[1], "đã được thu hồi") {
		t.Errorf("told %q", got)
	}
}

// A mail that waits is composed anew when a duty of its letter becomes restricted.
func TestALetterOfADutyThatBecomesRestricted(t *testing.T) {
	w, letters, id := lettered(t, "vi", tasks.LetterReminder)
	v, err := letters.Get(t.Context(), w.secretariat, id)
	w.check(err)
	w.check(letters.Issue(t.Context(), w.secretariat, id, tasks.LetterRecord{Number: "412/UBND-VP", Date: calendar.MustParseDate("2026-10-20")}))
	w.check(w.composer.Compose(t.Context(), w.business.now()))
	if got := w.mails(tasks.NoticeLetter); len(got) != 2 {
		t.Fatalf("%d mails wait", len(got))
	}
	w.check(w.assignments.Restrict(t.Context(), w.secretariat, v.Lines[0].Row.TaskID, tasks.RestrictInput{Restricted: true, Reason: "Hạn chế"}))
	w.stepTo("2026-10-20 12:00")
	mails := w.parsedTo(tasks.NoticeLetter, "an@nv.vn")
	if len(mails) != 1 || strings.Contains(mails[0].text+mails[0].html, "Rà soát danh mục") {
		t.Errorf("%d mails arrived, with the words of what is restricted by now", len(mails))
	}
}
