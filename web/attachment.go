package web

import (
	"net/url"
	"strings"
)

// notAttrChar escapes what a path may hold and an extended parameter may not (RFC 8187, section 3.2.1).
var notAttrChar = strings.NewReplacer("'", "%27", "=", "%3D", ":", "%3A", "@", "%40")

// attachmentHeader is a Content-Disposition with the name in both forms of RFC 6266: ASCII for the old, UTF-8 (RFC 8187) for the rest.
func attachmentHeader(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + notAttrChar.Replace(url.PathEscape(name))
}
