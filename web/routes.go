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

// quietRoutes change nothing that a mail tells of: the sign of life of an open page comes every few seconds from each of them.
var quietRoutes = map[string]bool{"/documents/:id/here": true, "/register/report": true}

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
		{"POST", "/account/calendar", false, s.makeCalendar},
		{"POST", "/account/calendar/revoke", false, s.revokeCalendar},
		{"GET", "/account/deputy", false, s.deputy},
		{"POST", "/account/deputy", false, s.appointDeputy},
		{"POST", "/account/deputy/end", false, s.endDeputation},
		{"GET", calendarPath + ":token", true, s.calendarFile},

		{"GET", "/mine", false, s.mine},
		{"GET", "/mine.xlsx", false, s.exportMine},
		{"GET", "/inbox", false, s.inbox},
		{"GET", "/assignments", false, s.assignmentList},
		{"GET", "/assignments.xlsx", false, s.exportAssignments},
		{"GET", "/assignments/:id", false, s.assignment},
		{"POST", "/assignments/:id/report", false, s.report},
		{"POST", "/assignments/:id/withdraw", false, s.withdraw},
		{"POST", "/assignments/:id/confirm", false, s.confirm},
		{"POST", "/assignments/:id/return", false, s.returnReport},
		{"POST", "/assignments/:id/reopen", false, s.reopen},
		{"POST", "/assignments/decide", false, s.decideMany},
		{"GET", savedViewsPath, false, s.savedViewList},
		{"POST", savedViewsPath, false, s.saveView},
		{"POST", savedViewsPath + "/:view", false, s.changeView},
		{"POST", savedViewsPath + "/:view/delete", false, s.deleteView},
		{"POST", savedViewsPath + "/:view/usual", false, s.setUsualView},
		{"POST", "/assignments/:id/confirmation", false, s.waive},
		{"POST", "/assignments/:id/approve", false, s.approve},
		{"POST", "/assignments/:id/approve/refuse", false, s.refuseApproval},
		{"POST", "/assignments/:id/approve/withdraw", false, s.withdrawApproval},
		{"GET", "/assignments/:id/evidence", false, s.evidencePage},
		{"POST", "/assignments/:id/evidence/judge", false, s.judgeEvidence},
		{"POST", "/assignments/:id/evidence/add", false, s.addEvidence},
		{"GET", "/assignments/:id/deadline", false, s.deadline},
		{"POST", "/assignments/:id/extension", false, s.askExtension},
		{"POST", "/assignments/:id/extension/withdraw", false, s.withdrawExtension},
		{"POST", "/assignments/:id/extension/decide", false, s.decideExtension},
		{"POST", "/assignments/:id/deadline/correct", false, s.correctDeadline},
		{"GET", "/assignments/:id/pause", false, s.pause},
		{"POST", "/assignments/:id/hold", false, s.hold},
		{"POST", "/assignments/:id/resume", false, s.resume},
		{"POST", "/assignments/:id/cancel", false, s.cancel},
		{"POST", "/assignments/:id/restore", false, s.restore},
		{"GET", "/assignments/:id/assign", false, s.assign},
		{"POST", "/assignments/:id/assign", false, s.reassign},
		{"POST", "/assignments/:id/insist", false, s.insist},
		{"POST", "/assignments/:id/decline", false, s.decline},
		{"POST", "/assignments/:id/decline/withdraw", false, s.withdrawDecline},
		{"GET", "/assignments/:id/remarks", false, s.remarks},
		{"POST", "/assignments/:id/remarks", false, s.giveRemark},
		{"POST", "/assignments/:id/remarks/:remark/answer", false, s.answerRemark},
		{"POST", "/assignments/:id/remarks/:remark/settle", false, s.settleRemark},
		{"GET", "/assignments/:id/replies/:file", false, fileOf(s.Assignments.OpenReplyFile)},
		{"GET", "/assignments/:id/contributions", false, s.contributions},
		{"POST", "/assignments/:id/contributions", false, s.askContributions},
		{"POST", "/assignments/:id/contributions/send", false, s.sendContribution},
		{"POST", "/assignments/:id/contributions/:contribution/settle", false, s.settleContribution},
		{"POST", "/assignments/:id/contributions/:contribution/nudge", false, s.nudgeContribution},
		{"GET", "/tasks/:id", false, s.duty},
		{"GET", "/tasks/:id/list.xlsx", false, s.exportDuty},
		{"POST", "/tasks/:id/nudge", false, s.nudgeDuty},
		{"GET", "/tasks/:id/add", false, s.addForm},
		{"POST", "/tasks/:id/add", false, s.addAgencies},
		{"GET", "/tasks/:id/release", false, s.releaseForm},
		{"POST", "/tasks/:id/release", false, s.releaseAgencies},
		{"GET", "/tasks/:id/restriction", false, s.restriction},
		{"POST", "/tasks/:id/restriction", false, s.restrict},
		{"GET", "/tasks/:id/series", false, s.series},
		{"POST", "/tasks/:id/series", false, s.changeSeries},
		{"POST", "/tasks/:id/series/begin", false, s.beginSeries},
		{"POST", "/tasks/:id/series/end", false, s.endSeries},
		{"GET", "/assignments/:id/followers", false, s.assignmentFollowers},
		{"POST", "/assignments/:id/followers", false, s.nameFollowers},
		{"GET", "/documents/:id/followers", false, s.documentFollowers},
		{"POST", "/documents/:id/followers", false, s.setDocumentFollowers},
		{"GET", "/remarks", false, s.remarkList},
		{"GET", "/evidence/:id", false, s.evidence},
		{"GET", "/week", false, s.week},
		{"GET", "/week.xlsx", false, s.exportWeek},
		{"GET", "/week/:monday", false, s.week},
		{"GET", "/register", false, s.register},
		{"GET", "/register.xlsx", false, s.exportRegister},
		{"GET", "/register.docx", false, s.registerDocument},
		{"GET", "/register/report", false, s.periodicReport},
		{"POST", "/register/report", false, s.makeReport},

		{"GET", "/documents", false, s.documentList},
		{"GET", "/documents.xlsx", false, s.exportDocuments},
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
		{"GET", "/documents/:id/close", false, s.yearEnd},
		{"GET", "/documents/:id/close.xlsx", false, s.exportYearEnd},
		{"GET", "/documents/:id/close.docx", false, s.yearEndReport},
		{"POST", "/documents/:id/carry", false, s.endYear},
		{"POST", "/documents/:id/end", false, s.endDocument},
		{"POST", "/documents/:id/reopen", false, s.reopenDocument},
		{"POST", "/documents/:id/release", false, s.releaseDocument},
		{"POST", "/documents/:id/discard", false, s.discard},
		{"GET", "/files/:id", false, s.file},

		{"GET", "/documents/:id/consultation", false, s.consultationForm},
		{"POST", "/documents/:id/consultation", false, s.openConsultation},
		{"GET", "/consultations", false, s.consultationList},
		{"GET", "/consultations/:id", false, s.consultation},
		{"POST", "/consultations/:id/answer", false, s.answerConsultation},
		{"POST", "/consultations/:id/replies", false, s.replyToComments},
		{"POST", "/consultations/:id/close", false, s.closeConsultation},
		{"GET", "/consultations/:id/files/:file", false, fileOf(s.Documents.OpenConsultationFile)},
		{"GET", "/consultations/:id/table.docx", false, s.consultationTable},
		{"GET", "/consultations/:id/change", false, s.consultationChange},
		{"POST", "/consultations/:id/due", false, s.moveConsultation},
		{"POST", "/consultations/:id/agencies", false, s.addConsulted},
		{"POST", "/consultations/:id/publish", false, s.publishReplies},
		{"GET", "/consultations/:id/letter", false, s.letterForm},
		{"POST", "/consultations/:id/letter", false, s.recordLetter},
		{"GET", "/consultations/:id/letters/:file", false, fileOf(s.Documents.OpenConsultationLetter)},

		{"GET", "/directory", false, s.directory},
		{"GET", "/directory.xlsx", false, s.exportDirectory},
		{"GET", "/directory/agencies/:id", false, s.agencyForm},
		{"POST", "/directory/agencies/:id", false, s.saveAgency},
		{"GET", "/directory/agencies/:id/approval", false, s.approvalForm},
		{"POST", "/directory/agencies/:id/approval", false, s.setApproval},
		{"GET", "/directory/agencies/:id/mailbox", false, s.mailbox},
		{"POST", "/directory/agencies/:id/mailbox", false, s.setMailbox},
		{"GET", changesPath, false, s.changes},
		{"POST", changesPath, false, s.prepareChange},
		{"GET", changesPath + "/new", false, s.newChange},
		{"GET", changesPath + "/:id", false, s.change},
		{"POST", changesPath + "/:id", false, s.chooseChange},
		{"POST", changesPath + "/:id/confirm", false, s.confirmChange},
		{"POST", changesPath + "/:id/drop", false, s.dropChange},
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
		{"GET", "/people.xlsx", false, s.exportPeople},
		{"GET", "/people/:id", false, s.personForm},
		{"POST", "/people/:id", false, s.savePerson},
		{"POST", "/people/:id/invite", false, s.invite},
		{"GET", "/people/:id/deputy", false, s.deputy},
		{"POST", "/people/:id/deputy", false, s.appointDeputy},
		{"POST", "/people/:id/deputy/end", false, s.endDeputation},
		{"GET", "/outbox", false, s.outbox},
		{"GET", "/outbox.xlsx", false, s.exportOutbox},
		{"POST", "/outbox/:id/retry", false, s.retryMail},
		{"POST", "/outbox/retry", false, s.retryMails},
		{"POST", "/outbox/:id/cancel", false, s.cancelMail},
		{"POST", "/outbox/release", false, s.releaseMails},
		{"GET", "/health", false, s.health},
		{"GET", auditPath, false, s.audit},
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
