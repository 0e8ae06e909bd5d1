package notify

import "testing"

func TestVersionOf(t *testing.T) {
	for _, tt := range []struct {
		occurrence string
		want       int
	}{{occurrence(3, -10), 3}, {occurrence(12, 6), 12}, {"-5", 0}, {"", 0}, {"vx:1", 0}} {
		if got := versionOf(tt.occurrence); got != tt.want {
			t.Errorf("version of %q = %d, want %d", tt.occurrence, got, tt.want)
		}
	}
}
