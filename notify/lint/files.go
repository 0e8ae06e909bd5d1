package lint

import (
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"
)

// fileChecks look at what is attached.
var fileChecks = []check{
	{"files", list(wrongFiles)},
	{"calendar", list(wrongCalendar)},
}

// maxFiles is how much may be attached to a mail that nobody asked for, in octets.
const maxFiles = 256 << 10

// opened are endings that every machine opens and no server stops.
var opened = []string{".ics", ".xlsx", ".docx", ".pdf", ".txt", ".csv"}

func wrongFiles(l *letter) (found []string) {
	size := 0
	for _, f := range l.Files {
		size += len(f.Content)
		ok := false
		for _, ending := range opened {
			ok = ok || strings.HasSuffix(f.Name, ending) && f.Name != ending
		}
		if !ok {
			found = append(found, fmt.Sprintf("%q", f.Name))
		}
	}
	if size > maxFiles {
		found = append(found, fmt.Sprint(size))
	}
	return found
}

// wrongCalendar: a calendar file publishes and asks for no answer (RFC 5546, section 3.2.1), says the same in its type (RFC 6047, section
// 2.4), and keeps to the lines of RFC 5545, section 3.1.
func wrongCalendar(l *letter) (found []string) {
	for _, f := range l.Files {
		mediaType, parameters, err := mime.ParseMediaType(f.ContentType)
		if err != nil || mediaType != "text/calendar" {
			if strings.HasSuffix(f.Name, ".ics") {
				found = append(found, f.ContentType)
			}
			continue
		}
		if parameters["method"] != "PUBLISH" || !strings.EqualFold(parameters["charset"], "utf-8") {
			found = append(found, f.ContentType)
		}
		text := string(f.Content)
		if !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
			found = append(found, "VCALENDAR")
		}
		if !utf8.ValidString(text) {
			found = append(found, "UTF-8")
		}
		has := make(map[string]int)
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
				found = append(found, fmt.Sprintf("%d: %.40q", len(line), line))
			}
			has[line]++
			name, _, _ := strings.Cut(line, ":")
			name, _, _ = strings.Cut(name, ";")
			has[name+":"]++
		}
		if has["METHOD:PUBLISH"] != 1 || has["VERSION:2.0"] != 1 || has["PRODID:"] != 1 {
			found = append(found, "METHOD, VERSION, PRODID")
		}
		for _, name := range []string{"UID:", "DTSTAMP:", "DTSTART:", "SUMMARY:"} {
			if events := has["BEGIN:VEVENT"]; events == 0 || has[name] < events {
				found = append(found, name)
			}
		}
		for _, name := range []string{"ATTENDEE:", "ORGANIZER:", "BEGIN:VALARM"} {
			if has[name] > 0 {
				found = append(found, name)
			}
		}
	}
	return found
}
