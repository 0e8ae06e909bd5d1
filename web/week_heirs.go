package web

import (
	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// withPredecessors is the address's wish that agencies' figures count those that they took over from.
const withPredecessors = "with=predecessors"

// agencyLines are the agencies' figures as the address asks for them, with the link to the other way to read them. A week that lies back
// stays as it was frozen.
func (s *Server) agencyLines(c *gin.Context, actor tasks.Person, v tasks.Week, names map[int64]tasks.Agency, p *weekPage) ([]tasks.AgencyWeek, error) {
	if c.Param("monday") != "" || !anySucceeded(names, s.Rules.Day(s.Now()).String()) {
		return v.Agencies, nil
	}
	w := s.words(actor)
	if c.Query("with") != "predecessors" {
		p.WithHref, p.WithText = "/week?"+withPredecessors, w.T("week.with_predecessors")
		return v.Agencies, nil
	}
	p.WithHref, p.WithText = "/week", w.T("week.without_predecessors")
	p.WithNow = w.T("week.with_predecessors_now", s.Rules.Day(s.Now()))
	return s.Weeks.WithPredecessors(c.Request.Context(), actor)
}

// anySucceeded tells whether another agency has taken over from one by the day.
func anySucceeded(agencies map[int64]tasks.Agency, day string) bool {
	for _, a := range agencies {
		if a.SuccessorID != 0 && a.To != "" && a.To < day {
			return true
		}
	}
	return false
}
