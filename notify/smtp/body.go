package smtp

import (
	"bufio"
	"bytes"
	"encoding/binary"
)

// writeBody writes a message as it goes over the wire after DATA (RFC 5321,
// section 4.5.2): a line that begins with a dot gets another, every line ends
// with CR LF, the last one too. It is net/textproto's DotWriter without the
// final dot, by the line instead of by the octet.
func writeBody(w *bufio.Writer, body []byte) error {
	for len(body) > 0 {
		line, end := body, "\r\n"
		if i := bytes.IndexByte(body, '\n'); i >= 0 {
			line, body = body[:i], body[i+1:]
		} else {
			body = nil
		}
		if len(line) > 0 && line[0] == '.' {
			// What goes wrong is said by the line's end: the writer keeps its first error.
			_ = w.WriteByte('.')
		}
		if len(line) > 0 && line[len(line)-1] == '\r' {
			end = "\n"
		}
		_, _ = w.Write(line)
		if _, err := w.WriteString(end); err != nil {
			return err
		}
	}
	return nil
}

// eightBit tells whether an octet is not of ASCII.
func eightBit(text []byte) bool {
	for ; len(text) >= 8; text = text[8:] {
		if binary.NativeEndian.Uint64(text)&0x8080808080808080 != 0 {
			return true
		}
	}
	for _, c := range text {
		if c >= 0x80 {
			return true
		}
	}
	return false
}
