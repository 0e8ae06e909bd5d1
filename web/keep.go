package web

import (
	"fmt"

	"tiendo/tasks"
)

// keepName names a form of a document's review for the browser, which keeps what is typed into it until it is saved: per person, so that
// nobody is offered another's words on a shared computer, and per version, so that old words are not taken for new. See
// static/js/40-keep.js.
func keepName(actor tasks.Person, documentID int64, form string, id, version int64) string {
	return fmt.Sprintf("%d/%d/%s/%d/%d", actor.ID, documentID, form, id, version)
}
