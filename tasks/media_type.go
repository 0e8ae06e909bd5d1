package tasks

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"
)

// signatures are how files of the kinds that offices attach begin.
var signatures = []struct {
	magic     string
	mediaType func(Upload) string
}{
	{"%PDF-", always("application/pdf")},
	{"\xFF\xD8\xFF", always("image/jpeg")},
	{"\x89PNG\r\n\x1a\n", always("image/png")},
	{"GIF8", always("image/gif")},
	{"PK\x03\x04", zipType},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", oleType},
}

// extensions are those by which files of a type that may be evidence go: what offices send, nothing that runs. A program opens a
// file by its extension, whatever its content, so the two must agree; a photo may come without one.
var extensions = map[string][]string{
	"application/pdf": {".pdf"},
	"image/jpeg":      {".jpg", ".jpeg", ".jfif", ""},
	"image/png":       {".png", ""},
	"image/gif":       {".gif", ""},
	"image/webp":      {".webp", ""},
	"image/heic":      {".heic", ".heif", ""},
	"text/plain":      {".txt", ".csv"},
	docxType:          {".docx"},
	xlsxType:          {".xlsx"},
	pptxType:          {".pptx"},
	odtType:           {".odt"},

	"application/msword":            {".doc"},
	"application/vnd.ms-excel":      {".xls"},
	"application/vnd.ms-powerpoint": {".ppt"},
}

const (
	docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	pptxType = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	odtType  = "application/vnd.oasis.opendocument.text"
)

func always(mediaType string) func(Upload) string { return func(Upload) string { return mediaType } }

// zipType looks at the names of the parts: an office file without macros, or any other archive.
func zipType(u Upload) string {
	const other = "application/zip"
	z, err := zip.NewReader(bytes.NewReader(u.Data), int64(len(u.Data)))
	if err != nil {
		return other
	}
	found := other
	// The first thing in a container of OpenDocument is its type, not compressed (OpenDocument 1.3 part 2, 3.3).
	const firstName = 30
	if bytes.HasPrefix(u.Data[min(len(u.Data), firstName):], []byte("mimetype"+odtType)) {
		found = odtType
	}
	for _, part := range z.File {
		switch part.Name {
		case "word/document.xml":
			found = docxType
		case "xl/workbook.xml":
			found = xlsxType
		case "ppt/presentation.xml":
			found = pptxType
		}
		if path.Base(part.Name) == "vbaProject.bin" || found == odtType && (strings.HasPrefix(part.Name, "Basic/") || strings.HasPrefix(part.Name, "Scripts/")) {
			return other
		}
	}
	return found
}

// oleType tells old office files, which all begin alike, by their extension.
func oleType(u Upload) string {
	switch extension(u) {
	case ".doc":
		return "application/msword"
	case ".xls":
		return "application/vnd.ms-excel"
	case ".ppt":
		return "application/vnd.ms-powerpoint"
	}
	return "application/x-ole-storage"
}

func extension(u Upload) string { return strings.ToLower(path.Ext(u.Name)) }

// mediaType tells a file's type by its content.
func mediaType(u Upload) string {
	for _, s := range signatures {
		if bytes.HasPrefix(u.Data, []byte(s.magic)) {
			return s.mediaType(u)
		}
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

// acceptedEvidence tells whether a file may be evidence.
func acceptedEvidence(u Upload) bool { return slices.Contains(extensions[mediaType(u)], extension(u)) }
