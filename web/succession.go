package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// succession asks to whom the work of somebody who leaves goes over.
type succession struct{ Fields []templates.Field }

func typedSuccessors(c *gin.Context) tasks.Successors {
	return tasks.Successors{
		Focal: formID(c.PostForm("successor_focal")), Specialist: formID(c.PostForm("successor_specialist")), Leader: formID(c.PostForm("successor_leader")),
	}
}

// succession is nil as long as no successor is asked for.
func (s *Server) succession(ctx context.Context, actor, leaving tasks.Person, in tasks.Successors, fe fieldErrors) (*succession, error) {
	w := s.words(actor)
	var out succession
	for _, of := range []struct {
		name   string
		role   tasks.Role
		chosen int64
	}{
		{"successor_focal", "", in.Focal}, {"successor_specialist", tasks.RoleSecretariat, in.Specialist}, {"successor_leader", tasks.RoleLeader, in.Leader},
	} {
		if fe.byField[of.name] == "" && of.chosen == 0 {
			continue
		}
		people, err := s.everyone(ctx, actor, of.role, leaving.ID)
		if err != nil {
			return nil, err
		}
		out.Fields = append(out.Fields, fe.on(templates.Field{
			Name: of.name, Type: "select", Label: w.T("succession." + of.name), Value: idText(of.chosen), Blank: w.T("succession.choose"),
			Options: personOptions(people), Required: true,
		}))
	}
	if out.Fields == nil {
		return nil, nil
	}
	return &out, nil
}

// mostPeople is how many a choice of people offers.
const mostPeople = 1000

// everyone lists the active people who have the role, all when it is blank, but for one.
func (s *Server) everyone(ctx context.Context, actor tasks.Person, role tasks.Role, but int64) ([]tasks.Person, error) {
	var people []tasks.Person
	for after := ""; ; {
		page, err := s.Accounts.People(ctx, actor, tasks.PersonQuery{Role: role, After: after, Limit: tasks.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, p := range page.Rows {
			if p.ID != but {
				people = append(people, p)
			}
		}
		if after = page.Next; after == "" || len(people) >= mostPeople {
			return people, nil
		}
	}
}
