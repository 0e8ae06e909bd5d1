package smtp

import (
	"bufio"
	"bytes"
	"net/textproto"
	"strings"
	"testing"
)

// wireBodies are bodies in which dots, line ends and octets stand where a careless writer would trip.
var wireBodies = []string{
	"", "a", "a\n", "a\r\n", ".", ".\r\n", "..\n.", "\r\n.\r\n", "\n\n", "a\n.b\r\n..c", "a\r", "a\rb\r\n", "\r", "\r\r\n", ".\r", "Tiến độ\n",
	strings.Repeat("x", 7) + "é", strings.Repeat("x", 8), strings.Repeat(".\n", 5000), strings.Repeat("y", 9000) + "\n.",
}

func wire(t *testing.T, body string) string {
	t.Helper()
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	if err := writeBody(w, []byte(body)); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkBody compares with the standard library's writer. That sends a line for an empty message, and a CR more before CR CR LF.
func checkBody(t *testing.T, body string) {
	t.Helper()
	var b bytes.Buffer
	w := textproto.NewWriter(bufio.NewWriter(&b))
	dots := w.DotWriter()
	if _, err := dots.Write([]byte(body)); err != nil {
		t.Fatal(err)
	}
	if err := dots.Close(); err != nil {
		t.Fatal(err)
	}
	if got := wire(t, body) + ".\r\n"; body != "" && !strings.Contains(body, "\r\r") && got != b.String() {
		t.Errorf("%.60q goes as %.80q, want %.80q", body, got, b.String())
	}
	if got, want := eightBit([]byte(body)), strings.ContainsFunc(body, func(r rune) bool { return r >= 0x80 }); got != want {
		t.Errorf("%.60q has octets beyond ASCII: %v, want %v", body, got, want)
	}
}

func TestBody(t *testing.T) {
	for _, body := range wireBodies {
		checkBody(t, body)
	}
	if got := wire(t, ""); got != "" {
		t.Errorf("nothing goes as %q", got)
	}
}

func FuzzBody(f *testing.F) {
	for _, body := range wireBodies {
		f.Add(body)
	}
	f.Fuzz(checkBody)
}
