package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

const (
	maxSuggestions = 10
	maxTyped       = 200 // characters of a text that is completed
)

// suggestion is one line under a text box; see static/js/20-suggest.js.
type suggestion struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Note  string `json:"note,omitempty"`
}

// suggestAgencies completes a name that is being typed to agencies and groups, with kind=agency to agencies alone.
func (s *Server) suggestAgencies(c *gin.Context, actor tasks.Person) error {
	e, err := s.Directory.Choices(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	typed := []rune(c.Query("q"))
	typed = typed[:min(len(typed), maxTyped)]
	w, agenciesOnly := s.words(actor), c.Query("kind") == "agency"
	found := []suggestion{}
	book := s.bookOf(w, e)
	for _, o := range book.suggestions(strings.TrimSpace(string(typed)), 2*maxSuggestions) {
		agencyID, groupID := parseParty(o.Value)
		if agenciesOnly && groupID != 0 || len(found) == maxSuggestions {
			continue
		}
		if agencyID != 0 {
			o.Label = book.told(agencyID)
		}
		if o.Hint == "" {
			o.Hint = w.T("agency_kind." + string(e.Agency(agencyID).Kind))
		}
		found = append(found, suggestion{o.Value, o.Label, o.Hint})
	}
	c.JSON(http.StatusOK, found)
	return nil
}
