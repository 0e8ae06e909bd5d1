package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// firstPages is where each role begins; tasks.Roles says which of a person's roles counts.
var firstPages = map[tasks.Role]string{
	tasks.RoleSecretariat: "/inbox",
	tasks.RoleLeader:      "/week",
	tasks.RoleFocal:       "/mine",
	tasks.RoleHead:        "/mine",
	tasks.RoleAdmin:       "/health",
}

// home leads to the person's first page; who has no role yet finds his own account.
func (s *Server) home(c *gin.Context, actor tasks.Person) error {
	for _, p := range []tasks.Person{actor.Own(), actor} {
		for _, role := range tasks.Roles {
			if p.Has(role) {
				c.Redirect(http.StatusSeeOther, firstPages[role])
				return nil
			}
		}
	}
	c.Redirect(http.StatusSeeOther, "/account")
	return nil
}
