package web

import (
	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// handler answers one request of a signed-in person (of nobody, on open routes). An error becomes a page in one place: serve.
type handler func(c *gin.Context, actor tasks.Person) error

// route is one line of the table of routes.
type route struct {
	method, path string
	open         bool // needs no sign-in
	handle       handler
}

// Route names a route for those outside who list them.
type Route struct{ Method, Path string }

// Routes lists every route that people use, in the order of the table.
func (s *Server) Routes() []Route {
	var out []Route
	for _, r := range s.routes() {
		out = append(out, Route{r.method, r.path})
	}
	return out
}

// routes is the one table of what the program answers. A GET never acts: mail scanners open links.
func (s *Server) routes() []route {
	return append([]route{
		{"GET", "/", false, s.home},
		{"GET", "/login", true, s.loginForm},
		{"POST", "/login", true, s.login},
		{"POST", "/logout", true, s.logout},
		{"GET", "/password/forgot", true, s.forgotForm},
		{"POST", "/password/forgot", true, s.forgot},
		{"GET", "/password/link/:token", true, s.linkForm},
		{"POST", "/password/link/:token", true, s.useLink},
		{"GET", "/account", false, s.accountForm},
		{"POST", "/account/password", false, s.changePassword},
		{"POST", "/account/language", false, s.setLanguage},

		{"GET", "/mine", false, s.mine},
		{"GET", "/inbox", false, s.inbox},
		{"GET", "/assignments", false, s.assignmentList},
		{"GET", "/assignments/:id", false, s.assignment},
		{"POST", "/assignments/:id/report", false, s.report},
		{"POST", "/assignments/:id/withdraw", false, s.withdraw},
		{"POST", "/assignments/:id/confirm", false, s.confirm},
		{"POST", "/assignments/:id/return", false, s.returnReport},
		{"POST", "/assignments/:id/reopen", false, s.reopen},
		{"GET", "/assignments/:id/deadline", false, s.deadline},
		{"POST", "/assignments/:id/extension", false, s.askExtension},
		{"POST", "/assignments/:id/extension/withdraw", false, s.withdrawExtension},
		{"POST", "/assignments/:id/extension/decide", false, s.decideExtension},
		{"POST", "/assignments/:id/deadline/correct", false, s.correctDeadline},
		{"GET", "/evidence/:id", false, s.evidence},
		{"GET", "/week", false, s.week},
		{"GET", "/week/:monday", false, s.week},

		{"GET", "/documents", false, s.documentList},
		{"GET", "/documents/new", false, s.newDocument},
		{"POST", "/documents", false, s.importDocument},
		{"GET", "/documents/takeover", false, s.newTakeover},
		{"POST", "/documents/takeover", false, s.importTakeover},
		{"GET", "/documents/takeover/:takeover", false, s.takeover},
		{"POST", "/documents/takeover/:takeover/names", false, s.mapTrackerName},
		{"POST", "/documents/takeover/:takeover/days", false, s.fillDays},
		{"POST", "/documents/takeover/:takeover/issue", false, s.takeOver},
		{"POST", "/documents/takeover/:takeover/discard", false, s.discardTakeover},
		{"GET", "/documents/:id", false, s.document},
		{"GET", "/documents/:id/review", false, s.review},
		{"POST", "/documents/:id/head", false, s.saveHead},
		{"POST", "/documents/:id/drafts", false, s.addDraft},
		{"GET", "/documents/:id/drafts/:draft", false, s.draftForm},
		{"POST", "/documents/:id/drafts/:draft", false, s.saveDraft},
		{"POST", "/documents/:id/drafts/:draft/check", false, s.checkDraft},
		{"POST", "/documents/:id/drafts/:draft/remove", false, s.removeDraft},
		{"POST", "/documents/:id/drafts/:draft/taken", false, s.saveTaken},
		{"POST", "/documents/:id/drafts/:draft/leave", false, s.leaveTaken},
		{"POST", "/documents/:id/drafts/:draft/restore", false, s.restoreDraft},
		{"POST", "/documents/:id/drafts/:draft/merge", false, s.mergeDraft},
		{"GET", "/documents/:id/drafts/:draft/split", false, s.splitForm},
		{"POST", "/documents/:id/drafts/:draft/split", false, s.splitDraft},
		{"POST", "/documents/:id/columns", false, s.setColumns},
		{"POST", "/documents/:id/undo", false, s.undoStep},
		{"POST", "/documents/:id/here", false, s.visitReview},
		{"POST", "/documents/:id/names", false, s.mapName},
		{"POST", "/documents/:id/names/drop", false, s.dropName},
		{"GET", "/documents/:id/revision", false, s.revision},
		{"POST", "/documents/:id/revision", false, s.chooseFates},
		{"POST", "/documents/:id/revision/document", false, s.setRevises},
		{"GET", "/documents/:id/issue", false, s.issueForm},
		{"POST", "/documents/:id/issue", false, s.issue},
		{"POST", "/documents/:id/recall", false, s.recall},
		{"POST", "/documents/:id/release", false, s.releaseDocument},
		{"POST", "/documents/:id/discard", false, s.discard},
		{"GET", "/files/:id", false, s.file},

		{"GET", "/directory", false, s.directory},
		{"GET", "/directory/agencies/:id", false, s.agencyForm},
		{"POST", "/directory/agencies/:id", false, s.saveAgency},
		{"GET", "/directory/groups/:id", false, s.groupForm},
		{"POST", "/directory/groups/:id", false, s.saveGroup},
		{"POST", "/directory/aliases", false, s.addAlias},
		{"POST", "/directory/aliases/:id/remove", false, s.removeAlias},
		{"GET", "/directory/names", false, s.learntNames},
		{"POST", "/directory/names/:id/undo", false, s.forgetName},
		{"GET", "/directory/book", false, s.bookForm},
		{"GET", "/directory/book/template", false, s.bookTemplate},
		{"POST", "/directory/book", false, s.planBook},
		{"POST", "/directory/book/load", false, s.loadBook},
		{"GET", "/suggest/agencies", false, s.suggestAgencies},
		{"GET", "/people", false, s.peopleList},
		{"GET", "/people/:id", false, s.personForm},
		{"POST", "/people/:id", false, s.savePerson},
		{"POST", "/people/:id/invite", false, s.invite},
		{"GET", "/outbox", false, s.outbox},
		{"POST", "/outbox/:id/retry", false, s.retryMail},
		{"POST", "/outbox/retry", false, s.retryMails},
		{"POST", "/outbox/:id/cancel", false, s.cancelMail},
		{"POST", "/outbox/release", false, s.releaseMails},
		{"GET", "/health", false, s.health},
	}, s.demoRoutes()...)
}

// demoRoutes exist in the demo alone. Moving its clock needs no sign-in.
func (s *Server) demoRoutes() []route {
	if s.Demo == nil {
		return nil
	}
	return []route{
		{"POST", "/demo/clock", true, s.moveClock},
		{"POST", "/demo/release", true, s.releaseAll},
	}
}
