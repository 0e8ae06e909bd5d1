package web

import (
	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// evidence sends a file of a report to those who may see its assignment.
func (s *Server) evidence(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	a, f, err := s.Assignments.OpenEvidence(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	serveFile(c, a, f)
	return nil
}
