package web

import (
	"cmp"
	"encoding/json"
	"strings"
	"unicode"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// auditWords puts audit rows into words: what was done, and each field that changed with what it was before and is after.
type auditWords struct {
	w        *templates.Words
	agencies map[int64]tasks.Agency
	groups   map[int64]tasks.Group
}

// auditShow puts a value of an audit row into words; "" when it says nothing.
type auditShow func(a auditWords, v any) string

// auditFields are the fields that people are shown, in this order; the others are numbers and marks of the program's own. The words of
// each are in locales under "audit_field.".
var auditFields = []struct {
	key  string
	show auditShow
}{
	{"name", auditText}, {"short_name", auditText}, {"code", auditText}, {"email", auditText}, {"position", auditText}, {"phone", auditText},
	{"language", auditKeyed("language.")}, {"remind_at", auditHour}, {"rollups", auditYes}, {"active", auditYes}, {"grants", auditGrants}, {"members", auditMembers},
	{"from", auditDay}, {"to", auditDay}, {"successor_id", auditAgency}, {"successor", auditText},
	{"number", auditText}, {"date", auditDay}, {"issuer", auditText}, {"title", auditText}, {"year", auditText}, {"default_due", auditDay},
	{"state", auditKeyed("state.")}, {"percent", auditPercent}, {"first_due", auditDay}, {"due", auditDay}, {"asked", auditDay},
	{"letter_kind", auditKeyed("letters.kind_")}, {"answer_by", auditDay}, {"submitted_on", auditDay}, {"completed_on", auditDay}, {"until", auditDay}, {"cadence", auditCadence}, {"since", auditDay}, {"ended_on", auditDay}, {"ahead", auditCount}, {"opens", auditCount}, {"leads", auditAgencies}, {"cooperating", auditAgencies},
	{"joint", auditYes}, {"agency", auditAgency}, {"agency_id", auditAgency}, {"proposed", auditAgency}, {"group", auditGroup}, {"written", auditText}, {"ref", auditText},
	{"deliverable", auditText}, {"phrase", auditText}, {"checked", auditYes}, {"restricted", auditYes}, {"unconfirmed", auditYes}, {"removed", auditYes},
	{"document", auditText}, {"documents", auditText}, {"files", auditList}, {"file", auditText}, {"authority", auditText}, {"wide", auditYes},
	{"agencies", auditAgencies}, {"duties", auditCount}, {"assignments", auditCount}, {"days", auditText}, {"drafts_moved", auditCount}, {"first_reports", auditCount},
	{"mailbox_issued", auditYes}, {"mailbox_overdue", auditYes}, {"specialist", auditText}, {"leader", auditText}, {"succeeds", auditText}, {"deputy", auditText}, {"keeps_mails", auditYes}, {"role", auditKeyed("role.")},
	{"ladder_own", auditYes}, {"ladder_before", auditText}, {"ladder_on_day", auditYes}, {"ladder_after_first", auditCount}, {"ladder_every", auditCount},
	{"ladder_head", auditCount}, {"ladder_specialist", auditCount}, {"ladder_leaders", auditCount}, {"ladder_cooperating", auditText},
}

// auditQuotes are what a person wrote; the first of them stands as a quotation, be it of a step or of a report.
var auditQuotes = []string{"reason", "answer", "remark", "text", "words", "note"}

// action is what was done.
func (a auditWords) action(e tasks.AuditEntry) string {
	if key := "audit." + e.Action; a.w.Has(key) {
		return a.w.T(key)
	}
	return a.w.T("audit_field.other_step")
}

// changes are the fields of a row that people understand, and what a person wrote. A row that cannot be read has none.
func (a auditWords) changes(e tasks.AuditEntry) (changes []templates.Change, quote string) {
	before, after := auditObject(e.Before), auditObject(e.After)
	for _, f := range auditFields {
		was, had := before[f.key]
		is, has := after[f.key]
		if !had && !has {
			continue
		}
		c := templates.Change{Label: a.w.T("audit_field." + f.key), Before: f.show(a, was), After: f.show(a, is)}
		switch {
		case c.Before == c.After:
			continue
		case c.After == "" && has:
			c.After = a.w.T("audit_field.none")
		}
		changes = append(changes, c)
	}
	for _, key := range auditQuotes {
		if text, _ := after[key].(string); text != "" && text != before[key] {
			quote = cmp.Or(quote, excerpt(text, 600))
		}
	}
	return changes, quote
}

// auditObject reads one side of a row. Names of fields in Go's own form are as the others.
func auditObject(text string) map[string]any {
	var raw map[string]any
	if text == "" || json.Unmarshal([]byte(text), &raw) != nil {
		return nil
	}
	fields := make(map[string]any, len(raw))
	for key, v := range raw {
		var b strings.Builder
		var last rune
		for _, r := range key {
			if unicode.IsUpper(r) && unicode.IsLower(last) {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
			last = r
		}
		fields[b.String()] = v
	}
	return fields
}

func auditText(_ auditWords, v any) string {
	s, _ := v.(string)
	return excerpt(s, 300)
}

func auditHour(a auditWords, v any) string {
	hour, ok := v.(float64)
	switch {
	case !ok:
		return ""
	case hour == 0:
		return a.w.T("switches.at_once")
	}
	return a.w.T("switches.hour", int(hour))
}

func auditDay(a auditWords, v any) string {
	s, _ := v.(string)
	d, err := calendar.ParseDate(s)
	if err != nil || d.IsZero() {
		return ""
	}
	return a.w.T("duty.day", d)
}

// auditKeyed shows a code by its words.
func auditKeyed(table string) auditShow {
	return func(a auditWords, v any) string {
		s, _ := v.(string)
		if s == "" || !a.w.Has(table+s) {
			return ""
		}
		return a.w.T(table + s)
	}
}

func auditPercent(a auditWords, v any) string {
	n, ok := v.(float64)
	if !ok {
		return ""
	}
	return a.w.T("duty.percent", int(n))
}

func auditCount(a auditWords, v any) string {
	n, ok := v.(float64)
	if !ok {
		return ""
	}
	return a.w.T("audit_field.count", int(n))
}

func auditYes(a auditWords, v any) string {
	switch v {
	case true:
		return a.w.T("audit_field.yes")
	case false:
		return a.w.T("audit_field.no")
	}
	return ""
}

func auditCadence(a auditWords, v any) string {
	rule, _ := v.(string)
	if rule == "" {
		return ""
	}
	return cadenceWords(a.w, rule)
}

func auditAgency(a auditWords, v any) string {
	id, ok := v.(float64)
	if !ok || id == 0 {
		return ""
	}
	return agencyName(a.w, a.agencies, int64(id))
}

func auditGroup(a auditWords, v any) string {
	id, ok := v.(float64)
	if !ok {
		return ""
	}
	return a.groups[int64(id)].Name
}

func auditList(_ auditWords, v any) string {
	list, _ := v.([]any)
	var out []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// auditAgencies shows agencies: their identifiers, or the parties of a review.
func auditAgencies(a auditWords, v any) string {
	list, _ := v.([]any)
	var out []string
	for _, item := range list {
		name := auditAgency(a, item)
		if party, ok := item.(map[string]any); ok {
			written, _ := party["written"].(string)
			name = cmp.Or(auditAgency(a, party["agency"]), auditGroup(a, party["group"]), written)
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return excerpt(strings.Join(out, ", "), 600)
}

// auditMembers shows the agencies of a group.
func auditMembers(a auditWords, v any) string {
	list, _ := v.([]any)
	var out []string
	for _, item := range list {
		member, _ := item.(map[string]any)
		if name := auditAgency(a, member["AgencyID"]); name != "" {
			out = append(out, name)
		}
	}
	return excerpt(strings.Join(out, ", "), 600)
}

// auditGrants shows the roles of a person.
func auditGrants(a auditWords, v any) string {
	list, _ := v.([]any)
	var grants []tasks.Grant
	for _, item := range list {
		grant, _ := item.(map[string]any)
		role, _ := grant["Role"].(string)
		agency, _ := grant["AgencyID"].(float64)
		if tasks.Role(role).Valid() {
			grants = append(grants, tasks.Grant{Role: tasks.Role(role), AgencyID: int64(agency)})
		}
	}
	return strings.Join(grantWords(a.w, a.agencies, grants), ", ")
}
