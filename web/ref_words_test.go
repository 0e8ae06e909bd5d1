package web

import (
	"testing"

	"tiendo/templates"
)

func TestSpokenRef(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"":          "",
		"2.a":       "2.a",
		"II.3.đ":    "II.3.đ",
		"4.-2":      "4, gạch đầu dòng 2",
		"1.a.-1.+3": "1.a, gạch đầu dòng 1, dấu cộng 3",
		"-2.a":      "gạch đầu dòng 2, a",
		"Điều 2":    "Điều 2",
	} {
		if got := spokenRef(set.Words("vi"), ref); got != want {
			t.Errorf("spokenRef(%q) = %q, want %q", ref, got, want)
		}
	}
}
