package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// calendarEntry is one VEVENT of a file, read by this test's own reader.
type calendarEntry map[string]string

// readCalendar reads a file of RFC 5545 and holds it to its form: lines end with CR LF, none has more than 75 octets nor half a
// character, each component ends.
func readCalendar(t *testing.T, text string) (head calendarEntry, entries map[string]calendarEntry) {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		t.Errorf("lines do not end with CR LF:\n%s", text)
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
		if rest, folded := strings.CutPrefix(line, " "); folded {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	head, entries = make(calendarEntry), make(map[string]calendarEntry)
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Fatalf("no calendar:\n%s", text)
	}
	unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\,`, ",", `\;`, ";")
	into := head
	for _, line := range lines[1 : len(lines)-1] {
		name, value, _ := strings.Cut(line, ":")
		switch line {
		case "BEGIN:VEVENT":
			into = make(calendarEntry)
			continue
		case "END:VEVENT":
			if entries[into["UID"]] != nil {
				t.Errorf("%s twice", into["UID"])
			}
			entries[into["UID"]] = into
			into = head
			continue
		}
		if value = unescape.Replace(value); into[name] != "" {
			value = into[name] + "|" + value
		}
		into[name] = value
	}
	return head, entries
}

// calendarOf makes a calendar for the person and answers the path of its address.
func (r *rig) calendarOf(email string, cooperating bool) string {
	r.t.Helper()
	form := url.Values{}
	if cooperating {
		form.Set("cooperating", "1")
	}
	p := r.signIn(email).post("/account/calendar", form).want(http.StatusOK)
	address, ok := p.value("calendar")
	if !ok || !strings.HasPrefix(address, r.http.URL+"/calendar/") || !strings.HasSuffix(address, ".ics") {
		r.t.Fatalf("address %q: %s", address, p.text())
	}
	return strings.TrimPrefix(address, r.http.URL)
}

func TestCalendarShowsWhatFallsDue(t *testing.T) {
	r, list := newProvince(t)
	r.did(r.Assignments.AskContributions(r.ctx(), r.person(focalEmail), list["soon"].ID, tasks.ContributionRequest{
		Agencies: list["soon"].Cooperating, Words: "Số liệu; theo mẫu, có dấu \\", Due: calendar.MustParseDate("2026-10-06"),
	}))
	anybody := r.client() // no session
	p := anybody.get(r.calendarOf(focalEmail, false)).want(http.StatusOK)
	if got := p.header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		t.Errorf("type %q", got)
	}
	if p.header.Get("Set-Cookie") != "" {
		t.Error("a calendar program gets a session")
	}
	head, entries := readCalendar(t, p.body)
	if head["VERSION"] != "2.0" || head["METHOD"] != "PUBLISH" || head["PRODID"] == "" || head["X-WR-CALNAME"] != "Thời hạn nhiệm vụ, tỉnh Mẫu Sơn" {
		t.Errorf("head %v", head)
	}
	uid := func(kind string, id int64) string {
		return kind + "-" + path(tasks.Assignment{ID: id})[len("/assignments/"):] + "@127.0.0.1"
	}
	for key, want := range map[string]calendarEntry{
		"soon": {"DTSTART;VALUE=DATE": "20261007", "DTEND;VALUE=DATE": "20261008", "STATUS": "CONFIRMED", "SEQUENCE": "0", "CATEGORIES": "Chủ trì|Thời hạn", "TRANSP": "TRANSPARENT",
			"SUMMARY": "Hạn: Tổng hợp tự chấm điểm Chỉ số CCHC (20/CT-UBND, mục 3)", "LAST-MODIFIED": "20261005T000000Z"},
		"oldest":  {"DTSTART;VALUE=DATE": "20260925", "STATUS": "CONFIRMED", "LAST-MODIFIED": "20260803T010000Z"},
		"waiting": {"DTSTART;VALUE=DATE": "20260920", "STATUS": "CONFIRMED"},
		"done":    {"DTSTART;VALUE=DATE": "20260915", "STATUS": "CANCELLED"},
	} {
		got := entries[uid("due", list[key].ID)]
		for name, value := range want {
			if got[name] != value {
				t.Errorf("%s: %s %q, want %q", key, name, got[name], value)
			}
		}
		if !strings.Contains(got["DESCRIPTION"], path(list[key])) || got["URL"] != r.http.URL+path(list[key]) || got["DTSTAMP"] == "" {
			t.Errorf("%s: %v", key, got)
		}
	}
	var kinds []string
	for id, e := range entries {
		kind, _, _ := strings.Cut(id, "-")
		kinds = append(kinds, kind)
		if kind == "report" && (!strings.HasPrefix(e["SUMMARY"], "Kỳ báo cáo: Duy trì công khai") || !strings.HasSuffix(e["DTSTART;VALUE=DATE"], "15")) {
			t.Errorf("report %v", e)
		}
	}
	for _, alien := range []string{"stc", "stc_late"} {
		if entries[uid("due", list[alien].ID)] != nil {
			t.Errorf("%s is in the calendar of another agency", alien)
		}
	}
	if !slices.Contains(kinds, "report") || slices.Contains(kinds, "contribution") || strings.Contains(p.body, "VALARM") {
		t.Errorf("kinds %q", kinds)
	}
	// With what the agency cooperates in; and the part that the other agency is to send.
	_, entries = readCalendar(t, anybody.get(r.calendarOf(headEmail, true)).want(http.StatusOK).body)
	if e := entries[uid("due", list["stc"].ID)]; e["CATEGORIES"] != "Phối hợp|Thời hạn" || e["DTSTART;VALUE=DATE"] != "20261020" {
		t.Errorf("cooperating: %v", e)
	}
	if entries[uid("due", list["stc_late"].ID)] != nil {
		t.Error("a duty without a part is shown")
	}
	_, entries = readCalendar(t, anybody.get(r.calendarOf(otherEmail, false)).want(http.StatusOK).body)
	found := false
	for id, e := range entries {
		if strings.HasPrefix(id, "contribution-") {
			found = true
			if e["DTSTART;VALUE=DATE"] != "20261006" || !strings.Contains(e["DESCRIPTION"], "Số liệu; theo mẫu, có dấu \\") {
				t.Errorf("contribution %v", e)
			}
		}
	}
	if !found || entries[uid("due", list["soon"].ID)] != nil {
		t.Errorf("contribution %v, entries %v", found, entries)
	}
}

func TestCalendarTellsWhatChanged(t *testing.T) {
	r, a := oneDuty(t)
	address := r.calendarOf(focalEmail, false)
	c := r.client()
	first := c.get(address).want(http.StatusOK)
	etag := first.header.Get("ETag")
	again := func(tags string) *page {
		req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, c.base+address, nil))(t)
		req.Header.Set("If-None-Match", tags)
		return c.send(req)
	}
	r.clock.add(time.Hour)
	if p := again(`"other", W/` + etag).want(http.StatusNotModified); p.body != "" || p.header.Get("ETag") != etag {
		t.Errorf("not modified: %q, tag %q", p.body, p.header.Get("ETag"))
	}
	r.did(r.Assignments.CorrectDeadline(r.ctx(), r.person(officeEmail), a.ID, tasks.DeadlineCorrectionInput{
		Due: calendar.MustParseDate("2026-11-20"), Reason: "Gõ nhầm ngày",
	}))
	p := again(etag).want(http.StatusOK)
	_, before := readCalendar(t, first.body)
	_, after := readCalendar(t, p.body)
	for id, e := range after {
		was := before[id]
		if was == nil || was["SEQUENCE"] != "0" || e["SEQUENCE"] != "1" || e["DTSTART;VALUE=DATE"] != "20261120" || e["LAST-MODIFIED"] <= was["LAST-MODIFIED"] {
			t.Errorf("%s: %v, then %v", id, was, e)
		}
	}
	if len(after) != 1 || len(before) != 1 {
		t.Errorf("%d entries, then %d", len(before), len(after))
	}
	r.did(r.Assignments.Cancel(r.ctx(), r.person(officeEmail), a.ID, tasks.PauseInput{Reason: "Không còn cần", Authority: "Chủ tịch UBND tỉnh"}))
	_, ended := readCalendar(t, again(p.header.Get("ETag")).want(http.StatusOK).body)
	for id, e := range ended {
		if e["STATUS"] != "CANCELLED" || after[id] == nil {
			t.Errorf("%s: %v", id, e)
		}
	}
}

func TestCalendarAddressIsSecret(t *testing.T) {
	r, a := oneDuty(t)
	c, focal := r.client(), r.signIn(focalEmail)
	focal.get("/account").wantText("Tạo địa chỉ lịch").wantNoText("Thu hồi địa chỉ lịch")
	for _, email := range []string{officeEmail, leaderEmail, adminEmail, noRoleEmail} {
		r.signIn(email).get("/account").want(http.StatusOK).wantNoText("Lịch thời hạn")
	}
	old := r.calendarOf(focalEmail, true)
	focal.get("/account").wantText("Đang có một địa chỉ lịch, tạo ngày 5/10/2026").wantNoText(strings.TrimSuffix(old, ".ics"))
	c.get(old).want(http.StatusOK)
	c.get(strings.TrimSuffix(old, ".ics")).want(http.StatusNotFound)
	c.get(old[:len(old)-5] + "x.ics").want(http.StatusNotFound)
	c.get("/calendar/" + strings.Repeat("a", 5000) + ".ics").want(http.StatusNotFound)
	renewed := r.calendarOf(focalEmail, false)
	c.get(old).want(http.StatusNotFound)
	c.get(renewed).want(http.StatusOK)
	focal.post("/account/calendar/revoke", nil).wantRedirect("/account").follow().wantText("Đã thu hồi địa chỉ lịch", "Tạo địa chỉ lịch")
	c.get(renewed).want(http.StatusNotFound)
	focal.post("/account/calendar/revoke", nil).wantRedirect("/account") // nothing is left to do

	// Nothing of the secret is kept but its hash, and the trail tells of it.
	last := r.calendarOf(focalEmail, false)
	r.signIn(adminEmail).get("/audit?topic=people").wantText("tạo địa chỉ lịch", "thu hồi địa chỉ lịch").wantNoText(strings.TrimSuffix(strings.TrimPrefix(last, "/calendar/"), ".ics"))
	p := r.person(focalEmail)
	// Who lost his agency reads nothing; nor who is disabled, and later lets in again.
	grants := p.Grants
	p.Grants = []tasks.Grant{{Role: tasks.RoleFocal, AgencyID: r.agencies["STC"].ID}}
	p = must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	if body := c.get(last).want(http.StatusOK).body; strings.Contains(body, path(a)) {
		t.Error("the duty of an agency that he no longer has is shown")
	}
	p.Grants = nil
	p = must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	c.get(last).want(http.StatusNotFound)
	p.Grants = grants
	p = must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	c.get(last).want(http.StatusOK)
	p.Active = false
	p = must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	c.get(last).want(http.StatusNotFound)
	p.Active = true
	must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	c.get(last).want(http.StatusNotFound)
}

// Guessing is slowed down for the network of who guesses; an address that holds goes on, and has a budget of its own.
func TestCalendarIsThrottled(t *testing.T) {
	r, _ := oneDuty(t)
	address, c := r.calendarOf(focalEmail, false), r.client()
	guesses := 0
	for c.get("/calendar/guess.ics").status == http.StatusNotFound && guesses < 200 {
		guesses++
	}
	if guesses < 20 || guesses > 100 {
		t.Errorf("%d guesses", guesses)
	}
	reads := 0
	for c.get(address).status == http.StatusOK && reads < 200 {
		reads++
	}
	if reads < 20 || reads > 100 {
		t.Errorf("read %d times", reads)
	}
	p := c.get(address).want(http.StatusTooManyRequests)
	if p.header.Get("Retry-After") == "" {
		t.Error("nobody is told when to come again")
	}
	r.skew.add(5 * time.Minute)
	c.get(address).want(http.StatusOK)
}
