package tasks

import (
	"bytes"
	"path/filepath"
	"strings"
)

// signatures are how files of the kinds that offices attach begin.
var signatures = []struct {
	magic string
	types map[string]string // by extension; "" is the type of any other
}{
	{"%PDF-", map[string]string{"": "application/pdf"}},
	{"\xFF\xD8\xFF", map[string]string{"": "image/jpeg"}},
	{"\x89PNG\r\n\x1a\n", map[string]string{"": "image/png"}},
	{"GIF8", map[string]string{"": "image/gif"}},
	{"PK\x03\x04", map[string]string{
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
		"":      "application/zip",
	}},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", map[string]string{
		".doc": "application/msword", ".xls": "application/vnd.ms-excel", "": "application/x-ole-storage",
	}},
}

// mediaType tells a file's type by its content; the extension only tells apart kinds that begin alike.
func mediaType(u Upload) string {
	ext := strings.ToLower(filepath.Ext(u.Name))
	for _, s := range signatures {
		if !bytes.HasPrefix(u.Data, []byte(s.magic)) {
			continue
		}
		if t, ok := s.types[ext]; ok {
			return t
		}
		return s.types[""]
	}
	if len(u.Data) > 12 && string(u.Data[4:8]) == "ftyp" {
		switch string(u.Data[8:12]) {
		case "heic", "heix", "mif1", "msf1":
			return "image/heic"
		}
	}
	if len(u.Data) > 12 && string(u.Data[:4]) == "RIFF" && string(u.Data[8:12]) == "WEBP" {
		return "image/webp"
	}
	if !bytes.ContainsRune(u.Data[:min(len(u.Data), 4096)], 0) {
		return "text/plain"
	}
	return "application/octet-stream"
}

// acceptedEvidence tells whether a file of the type may be evidence: what offices send, nothing that runs.
func acceptedEvidence(mediaType string) bool {
	switch mediaType {
	case "application/octet-stream", "application/zip", "application/x-ole-storage":
		return false
	}
	return true
}
