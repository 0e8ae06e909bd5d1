package web

import (
	"testing"

	"tiendo/tasks"
	"tiendo/templates"
)

// What was made once is made anew when what it was made of has changed.
func TestWhatWasMadeFollowsTheRows(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	var agencies agencyIndex
	var documents documentChoices
	rows := []tasks.Agency{{ID: 1, Name: "Sở Nội vụ", Version: 1}, {ID: 2, Name: "Sở Y tế", Version: 1}}
	names := []tasks.DocumentName{{ID: 7, Kind: tasks.KindPlan, Number: "1/KH", Title: "Cải cách"}}
	for _, name := range []string{"Sở Nội vụ", "Sở Nội Vụ", "Sở Nội vụ"} {
		rows[0].Name, names[0].Title = name, name
		for range 2 {
			if made := agencies.of(rows); made.byID[1].Name != name || made.options[0].Label != name || made.options[1].Value != "2" || len(made.byID) != 2 {
				t.Errorf("%s: %+v", name, made)
			}
			for _, lang := range set.Languages() {
				w := set.Words(lang)
				want := w.T("duty.titled", documentLabel(w, tasks.KindPlan, "1/KH"), name)
				if made := documents.of(w, names); len(made) != 1 || made[0].Label != want {
					t.Errorf("%s: %+v, want %s", lang, made, want)
				}
			}
		}
	}
	if made := agencies.of(rows[:1]); len(made.byID) != 1 || len(made.options) != 1 {
		t.Errorf("one that is gone: %+v", made)
	}
	if made := documents.of(set.Words("en"), nil); len(made) != 0 {
		t.Errorf("one that is gone: %+v", made)
	}
}
