package notify_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/lint"
	"tiendo/notify/message"
	"tiendo/tasks"
	"tiendo/templates"
)

// mailData names the data of each mail template. A template that is not here fails the test.
var mailData = map[string]any{
	"account":      notify.AccountMail{},
	"calendar":     notify.CalendarMail{},
	"consultation": notify.ConsultationMail{},
	"digest":       notify.DigestMail{},
	"event":        notify.EventMail{},
	"issued":       notify.IssuedMail{},
	"letter":       notify.LetterMail{},
	"reminder":     notify.ReminderMail{},
	"rollup":       notify.RollUpMail{},
	"unreachable":  notify.UnreachableMail{},
}

// filling is how a mail's data are filled in: with so many of each list, and every text of so many characters.
type filling struct {
	name  string
	most  int
	text  string
	late  bool
	blank bool // only what must be there
}

var fillings = []filling{
	{name: "ordinary", most: 2, text: "Rà soát, công bố danh mục thủ tục hành chính"},
	{name: "late", most: 1, text: "Số hóa hồ sơ <cấp xã> & “cấp tỉnh”", late: true},
	{name: "bare", text: "Rà soát danh mục", blank: true},
	{name: "huge", most: 25, text: strings.Repeat("Đẩy mạnh <cải cách> & “đổi mới” ở mỗi cơ quan ", 7)[:360], late: true},
}

// needed are the fields that a mail cannot be without.
var needed = []string{"Subject", "Headline", "Preheader", "Kicker", "Why", "Province", "Button", "Href", "Label", "Text", "Then", "Email", "Title", "Greeting", "Document"}

// most is how long a list of a mail can be: composing cuts some itself.
func most(name string) int {
	switch name {
	case "Pressing", "News", "Meta", "Figures", "Foreword":
		return 4
	case "Lines", "Tasks":
		return 6
	}
	return 60
}

// fill fills in a value of a mail's data, whatever its type: each field has words of its own, so that one that a form leaves out is missed.
func (f filling) fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[templates.LetterBar]() {
			v.Set(reflect.ValueOf(templates.LetterBar{Parts: []templates.BarPart{{Class: "done", N: 8}, {Class: "going", N: 3}, {Class: "late", N: 4}}}))
			return
		}
		figure := v.Type() == reflect.TypeFor[templates.LetterFigure]()
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() && (!f.blank || field.Anonymous || slices.Contains(needed, field.Name)) {
				f.fill(v.Field(i), field.Name)
			}
			if figure && field.Name == "Text" {
				v.Field(i).SetString("QUÁ HẠN") // the words of a figure that is late, in any language
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), name)
	case reflect.Slice:
		n := min(f.most, most(name))
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			f.fill(v.Index(i), name)
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf(12))
	case reflect.Int:
		v.SetInt(3)
	case reflect.Bool:
		v.SetBool(f.late)
	case reflect.String:
		switch {
		case strings.HasSuffix(name, "Href"):
			v.SetString(baseURL + "/assignments/12")
		case name == "Subject":
			v.SetString("Sở Nội vụ có việc cần làm")
		case name == "Late":
			v.SetString("QUÁ HẠN 12 ngày làm việc")
		case name == "Meta": // a name, a number: composing cuts it
			v.SetString(name + " " + string([]rune(f.text)[:min(60, len([]rune(f.text)))]))
		default:
			v.SetString(name + " " + f.text)
		}
	}
}

// Every template, filled with little, much and more than a mail can hold, in every language, passes the lint: what it shows, its plain text
// tells too, and none grows over what Gmail shows.
func TestEveryMailPassesTheLint(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name := range mailData {
		if !slices.Contains(set.Mails(), name) {
			t.Errorf("there is no mail %q", name)
		}
	}
	for _, name := range set.Mails() {
		data, ok := mailData[name]
		if !ok {
			t.Errorf("mailData has no data for the mail %q", name)
			continue
		}
		for _, language := range set.Languages() {
			for _, f := range fillings {
				t.Run(name+"/"+language+"/"+f.name, func(t *testing.T) {
					v := reflect.New(reflect.TypeOf(data)).Elem()
					f.fill(v, "")
					subject, html, text, err := notify.RenderMail(set, name, set.Words(language), v.Addr().Interface().(notify.MailData))
					if err != nil {
						t.Fatal(err)
					}
					_, _, raw, err := message.Message{
						From: message.Address{Address: "a@x.example"}, To: message.Address{Address: "b@x.example"}, Subject: subject, MessageID: "<a@x.example>",
						Date: time.Unix(1e9, 0), Kind: name, HTML: html, Text: text,
					}.Bytes()
					if err != nil {
						t.Fatal(err)
					}
					mail, err := lint.Read(raw)
					if err != nil {
						t.Fatal(err)
					}
					for _, finding := range mail.Check(baseURL) {
						t.Errorf("%s", finding)
					}
				})
			}
		}
	}
}

// Every template has a mail in testdata that was read and found right, in both languages.
func TestEveryMailHasAGolden(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range set.Mails() {
		for _, folder := range []string{"testdata", filepath.Join("testdata", "en")} {
			if found, err := filepath.Glob(filepath.Join(folder, name+"*.txt")); err != nil || len(found) == 0 {
				t.Errorf("no golden mail %s in %s: %v", name, folder, err)
			}
		}
	}
}

// keep leaves a mail that a test composed in the folder that TIENDO_TEST_PAGES names, to be looked at: of each kind, language and sort of
// news the longest. See docs/mails.
func (p parsed) keep(t *testing.T) {
	t.Helper()
	folder := os.Getenv("TIENDO_TEST_PAGES")
	if folder == "" {
		return
	}
	language := "vi"
	if strings.Contains(p.html, `<html lang="en"`) {
		language = "en"
	}
	kicker, _, _ := strings.Cut(strings.SplitN(p.text, "\n", 2)[0], " · ")
	name := filepath.Join(folder, strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|0123456789`, r) {
			return '_'
		}
		return r
	}, p.kind+" "+language+" "+kicker))
	if old, err := os.Stat(name + ".html"); err == nil && old.Size() >= int64(len(p.html)) {
		return
	}
	for ending, content := range map[string]string{".html": p.html, ".txt": "Subject: " + p.subject + "\n\n" + p.text} {
		if err := os.WriteFile(name+ending, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A mail that is too large lists fewer duties, says how many more there are, and counts each once.
func TestHugeMailsFold(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("“Đẩy mạnh” & đổi mới ", 40)
	duties := notify.Duties{Subject: "Nhiều việc", Button: templates.LetterButton{Href: baseURL + "/mine", Label: "Mở"}}
	for range 3 {
		s := notify.Section{Title: "Việc"}
		for range 60 {
			s.Tasks = append(s.Tasks, templates.LetterTask{Href: baseURL + "/assignments/7", Text: long})
		}
		duties.Sections = append(duties.Sections, s)
	}
	for name, left := range map[string]int{"none left out yet": 0, "some left out already": 25} {
		if duties.More = nil; left > 0 {
			duties.More = &notify.More{Text: "và 25 việc khác", Href: baseURL + "/mine", Left: left}
		}
		_, html, text, err := notify.RenderMail(set, "reminder", set.Words("vi"), &notify.ReminderMail{Duties: duties})
		if err != nil {
			t.Fatal(err)
		}
		listed := strings.Count(html, "/assignments/7")
		if want := "và " + strconv.Itoa(180-listed+left) + " việc khác"; listed < 20 || !strings.Contains(html, want) || !strings.Contains(text, want) {
			t.Errorf("%s: %d listed, %q is not said", name, listed, want)
		}
		if len(duties.Sections[2].Tasks) != 60 {
			t.Error("folding changes what it was given")
		}
	}
	// What has nothing to leave out is not sent rather than cut.
	account := notify.AccountMail{Subject: "Một thư", Text: strings.Repeat(long, 200)}
	if _, _, _, err := notify.RenderMail(set, "account", set.Words("vi"), &account); err == nil {
		t.Error("a mail that cannot be shorter is rendered")
	}
}

// Each kind that is composed and each event can be looked at beforehand, under a name of its own and with words in every language.
func TestPreviewsAreOfEveryKind(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	kinds := make(map[string]bool)
	for _, n := range w.composer.Previews() {
		if names[n.String()] {
			t.Errorf("%s twice", n)
		}
		names[n.String()], kinds[string(n.Kind)] = true, true
		for _, language := range set.Languages() {
			if label := n.Label(set.Words(language)); strings.ContainsAny(label, "[]{}") {
				t.Errorf("%s: %s", n, label)
			}
		}
	}
	for _, mail := range set.Mails() {
		if !kinds[mail] {
			t.Errorf("no preview of the mail %s", mail)
		}
	}
	for _, event := range []string{tasks.EventExtensionGranted, tasks.EventRemark, tasks.EventNudged} {
		if !names["event."+event] {
			t.Errorf("no preview of %s", event)
		}
	}
}
