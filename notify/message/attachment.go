package message

import (
	"errors"
	"fmt"
	"mime"
	"path"
	"strings"
	"unicode/utf8"
)

// Attachment is a file that goes with a mail.
type Attachment struct {
	// Name is a file name in any script; folders before it are left out and
	// a very long one is shortened before its extension.
	Name string
	// ContentType may have parameters; empty means application/octet-stream.
	ContentType string
	Content     []byte
}

// header writes the names as RFC 2231 wants them: go-mail would put them raw
// between quotes.
func (a Attachment) header() (map[string][]string, error) {
	if holdsControl(a.Name) {
		return nil, fmt.Errorf("file name %q holds a line break or control character", a.Name)
	}
	name := shorten(path.Base(strings.ReplaceAll(strings.ToValidUTF8(a.Name, "_"), `\`, "/")))
	if name == "" || name == "." || name == "/" {
		return nil, errors.New("an attachment has no file name")
	}
	contentType := a.ContentType
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.Contains(mediaType, "/") {
		return nil, fmt.Errorf("content type %q of %q is not valid", a.ContentType, a.Name)
	}
	for _, value := range parameters {
		if holdsControl(value) {
			return nil, fmt.Errorf("content type %q of %q is not valid", a.ContentType, a.Name)
		}
	}
	parameters["name"] = name
	return map[string][]string{
		"Content-Type":              {mime.FormatMediaType(mediaType, parameters)},
		"Content-Disposition":       {mime.FormatMediaType("attachment", map[string]string{"filename": name})},
		"Content-Transfer-Encoding": {"base64"},
	}, nil
}

// maxName keeps the encoded name, three characters an octet, on one line.
const maxName = 255

func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	extension := path.Ext(name)
	if len(extension) > 20 {
		extension = ""
	}
	stem := name[:maxName-len(extension)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + extension
}
