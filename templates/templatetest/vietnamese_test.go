package templatetest

import "testing"

func TestVietnamese(t *testing.T) {
	for text, want := range map[string]string{
		"đ": "đ", "Đã": "Đ", "thu ngân": "â", "co\u0302": "ô", "Người": "ư", "sữa": "ữ", "cộng": "ộ", "mà": "à",
		"plain – “text” · 5 % → ✓": "",
	} {
		if got := Vietnamese(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
