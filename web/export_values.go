package web

import (
	"time"

	"tiendo/tasks"
	"tiendo/templates"
)

// someCount is a count; none is an empty cell.
func someCount(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func cadenceText(d dutyRows, rule string) string {
	if rule == "" {
		return ""
	}
	return cadenceWords(d.w, rule)
}

func timelinessText(d dutyRows, t tasks.Timeliness) string {
	if t == "" {
		return ""
	}
	return d.w.T("timeliness." + string(t))
}

// agenciesInCell is how many agencies a cell names before it counts the rest.
const agenciesInCell = 8

// manyAgencies names the agencies; of a duty to all of them the first ones.
func manyAgencies(w *templates.Words, agencies map[int64]tasks.Agency, ids []int64) string {
	if len(ids) <= agenciesInCell+1 {
		return agencyNames(w, agencies, ids)
	}
	return w.T("duty.and_more", agencyNames(w, agencies, ids[:agenciesInCell]), len(ids)-agenciesInCell)
}

// local is an instant by the province's clock.
func (s *Server) local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(s.Rules.Location)
}
