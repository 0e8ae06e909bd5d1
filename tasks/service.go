package tasks

import (
	"encoding/json"
	"time"
)

// entry begins an audit row of what the actor does now.
func entry(now time.Time, actor Person, action string, s Subject) AuditEntry {
	return AuditEntry{At: now, Action: action, Subject: s}.ActedBy(actor)
}

// with fills before and after. Values are plain structs and maps of ours: encoding them cannot fail.
func (e AuditEntry) with(before, after any) AuditEntry {
	e.Before, e.After = encode(before), encode(after)
	return e
}

// With fills before and after of a row that is written outside the domain: plain structs and maps without secrets.
func (e AuditEntry) With(before, after any) AuditEntry { return e.with(before, after) }

func encode(v any) string {
	if v == nil {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic("audit value cannot be encoded: " + err.Error())
	}
	return string(b)
}

// merge adds the fields of a JSON object to those given.
func merge(base map[string]any, object string) string {
	if object != "" {
		var more map[string]any
		if err := json.Unmarshal([]byte(object), &more); err != nil {
			panic("audit value is no object: " + err.Error())
		}
		for k, v := range more {
			base[k] = v
		}
	}
	return encode(base)
}
