package web_test

import (
	"net/url"
)

// answer is what a visitor gets: so much of it that the table below can be read.
type answer string

const (
	yes     answer = "yes"     // does it, or refuses what the form holds: 200, 303 to elsewhere than the sign-in form, 409, 422
	signIn  answer = "sign in" // 303 to the sign-in form
	no      answer = "no"      // 403
	unknown answer = "unknown" // 404: to this visitor there is no such thing
)

// The visitors, in the order of the table's columns. "own" leads the assignment that a route is about, "coop" cooperates in it,
// "other" has no part in its document.
var visitors = []string{"", officeEmail, leaderEmail, focalEmail, headEmail, otherEmail, communeEmail, adminEmail, noRoleEmail}

// row is one route with what each visitor gets, in the order of visitors.
type row struct {
	method, pattern string
	path            string // of the request; ":" parts filled by scene.path
	form            url.Values
	want            [9]answer
}

// accessTable says who may do what: written by hand from the design, "Who sees and does what".
func accessTable() []row {
	const (
		y, s, n, u = yes, signIn, no, unknown
	)
	stale := url.Values{"version": {"999"}} // refused as a conflict where it is allowed, so that nothing changes under the next visitor
	staleReason := url.Values{"version": {"999"}, "reason": {"Thiếu danh sách"}}
	everybody := [9]answer{y, y, y, y, y, y, y, y, y}
	signedIn := [9]answer{s, y, y, y, y, y, y, y, y}
	//                       nobody office leader own head coop other admin none
	office := [9]answer{s, y, n, n, n, n, n, n, n}
	draft := [9]answer{s, y, u, u, u, u, u, u, u}
	issued := [9]answer{s, y, n, n, n, n, u, u, u}
	read := [9]answer{s, y, y, y, y, y, u, u, u}
	report := [9]answer{s, n, n, y, y, n, u, u, u}
	decide := [9]answer{s, y, n, n, n, n, u, u, u}
	week := [9]answer{s, y, y, n, n, n, n, n, n}
	directory := [9]answer{s, y, n, n, n, n, n, y, n}
	admin := [9]answer{s, n, n, n, n, n, n, y, n}
	agencies := [9]answer{s, y, y, y, y, y, y, n, n}
	consulting := [9]answer{s, y, n, n, n, n, u, u, u}
	return []row{
		{"GET", "/", "/", nil, signedIn},
		{"GET", "/login", "/login", nil, everybody},
		{"POST", "/login", "/login", url.Values{"email": {"x"}}, everybody},
		{"POST", "/logout", "/logout", nil, [9]answer{s, s, s, s, s, s, s, s, s}},
		{"GET", "/password/forgot", "/password/forgot", nil, everybody},
		{"POST", "/password/forgot", "/password/forgot", url.Values{"email": {"nobody@mauson.example"}}, [9]answer{s, s, s, s, s, s, s, s, s}},
		{"GET", "/password/link/:token", "/password/link/none", nil, [9]answer{u, u, u, u, u, u, u, u, u}},
		{"POST", "/password/link/:token", "/password/link/none", nil, [9]answer{u, u, u, u, u, u, u, u, u}},
		{"GET", "/account", "/account", nil, signedIn},
		{"POST", "/account/password", "/account/password", nil, signedIn},
		{"POST", "/account/language", "/account/language", url.Values{"language": {"vi"}}, signedIn},
		{"POST", "/account/mails", "/account/mails", url.Values{"remind_at": {"9"}}, signedIn},
		{"POST", "/account/calendar", "/account/calendar", nil, [9]answer{s, n, n, y, y, y, y, n, n}},
		{"POST", "/account/calendar/revoke", "/account/calendar/revoke", nil, [9]answer{s, n, n, y, y, y, y, n, n}},
		{"GET", "/account/deputy", "/account/deputy", nil, signedIn},
		{"POST", "/account/deputy", "/account/deputy", nil, signedIn},
		// There is none yet that anybody could end.
		{"POST", "/account/deputy/end", "/account/deputy/end", nil, [9]answer{s, u, u, u, u, u, u, u, u}},
		{"GET", "/calendar/:token", "/calendar/none.ics", nil, [9]answer{u, u, u, u, u, u, u, u, u}},

		{"GET", "/mine", "/mine", nil, [9]answer{s, n, n, y, y, y, y, n, n}},
		{"GET", "/mine.xlsx", "/mine.xlsx", nil, [9]answer{s, n, n, y, y, y, y, n, n}},
		{"GET", "/inbox", "/inbox", nil, [9]answer{s, y, n, n, n, n, n, n, n}},
		{"GET", "/assignments", "/assignments", nil, agencies},
		{"GET", "/assignments.xlsx", "/assignments.xlsx", nil, agencies},
		{"GET", "/assignments/:id", "/assignments/:assignment", nil, read},
		{"POST", "/assignments/:id/report", "/assignments/:assignment/report", nil, report},
		{"POST", "/assignments/:id/withdraw", "/assignments/:assignment/withdraw", stale, report},
		{"POST", "/assignments/:id/confirm", "/assignments/:assignment/confirm", stale, decide},
		{"POST", "/assignments/:id/return", "/assignments/:assignment/return", staleReason, decide},
		{"POST", "/assignments/:id/reopen", "/assignments/:assignment/reopen", staleReason, decide},
		{"POST", "/assignments/decide", "/assignments/decide", nil, office},
		{"GET", "/assignments/views", "/assignments/views", nil, agencies},
		{"POST", "/assignments/views", "/assignments/views", nil, agencies},
		// One that the office shares: the others of it open it, who saved it changes it.
		{"POST", "/assignments/views/:view", "/assignments/views/:saved-view", nil, [9]answer{s, y, u, u, u, u, u, n, n}},
		{"POST", "/assignments/views/:view/delete", "/assignments/views/:saved-view/delete", nil, [9]answer{s, y, u, u, u, u, u, n, n}},
		{"POST", "/assignments/views/:view/usual", "/assignments/views/:saved-view/usual", nil, [9]answer{s, y, u, u, u, u, u, n, n}},
		{"POST", "/assignments/:id/confirmation", "/assignments/:assignment/confirmation", stale, decide},
		{"POST", "/assignments/:id/approve", "/assignments/:assignment/approve", stale, [9]answer{s, n, n, n, y, n, u, u, u}},
		{"POST", "/assignments/:id/approve/refuse", "/assignments/:assignment/approve/refuse", staleReason, [9]answer{s, n, n, n, y, n, u, u, u}},
		{"POST", "/assignments/:id/approve/withdraw", "/assignments/:assignment/approve/withdraw", stale, report},
		{"GET", "/assignments/:id/evidence", "/assignments/:assignment/evidence", nil, read},
		{"POST", "/assignments/:id/evidence/judge", "/assignments/:assignment/evidence/judge", stale, decide},
		{"POST", "/assignments/:id/evidence/add", "/assignments/:assignment/evidence/add", stale, report},
		{"GET", "/assignments/:id/deadline", "/assignments/:assignment/deadline", nil, read},
		{"POST", "/assignments/:id/extension", "/assignments/:assignment/extension", stale, report},
		{"POST", "/assignments/:id/extension/withdraw", "/assignments/:assignment/extension/withdraw", stale, report},
		{"POST", "/assignments/:id/extension/decide", "/assignments/:assignment/extension/decide", stale, [9]answer{s, y, y, n, n, n, u, u, u}},
		{"POST", "/assignments/:id/deadline/correct", "/assignments/:assignment/deadline/correct", stale, decide},
		{"GET", "/assignments/:id/pause", "/assignments/:assignment/pause", nil, read},
		{"POST", "/assignments/:id/hold", "/assignments/:assignment/hold", staleReason, decide},
		{"POST", "/assignments/:id/resume", "/assignments/:assignment/resume", staleReason, decide},
		{"POST", "/assignments/:id/cancel", "/assignments/:assignment/cancel", staleReason, decide},
		{"POST", "/assignments/:id/restore", "/assignments/:assignment/restore", staleReason, decide},
		{"GET", "/assignments/:id/assign", "/assignments/:assignment/assign", nil, read},
		{"POST", "/assignments/:id/assign", "/assignments/:assignment/assign", staleReason, [9]answer{s, y, y, n, n, n, u, u, u}},
		{"POST", "/assignments/:id/insist", "/assignments/:assignment/insist", staleReason, [9]answer{s, y, y, n, n, n, u, u, u}},
		{"POST", "/assignments/:id/decline", "/assignments/:assignment/decline", staleReason, report},
		{"POST", "/assignments/:id/decline/withdraw", "/assignments/:assignment/decline/withdraw", stale, report},
		{"GET", "/assignments/:id/remarks", "/assignments/:assignment/remarks", nil, read},
		{"POST", "/assignments/:id/remarks", "/assignments/:assignment/remarks", stale, [9]answer{s, y, y, n, n, n, u, u, u}},
		{"POST", "/assignments/:id/remarks/:remark/answer", "/assignments/:assignment/remarks/:remark/answer", stale, report},
		{"POST", "/assignments/:id/remarks/:remark/settle", "/assignments/:assignment/remarks/:remark/settle", stale, [9]answer{s, y, y, n, n, n, u, u, u}},
		{"GET", "/assignments/:id/contributions", "/assignments/:assignment/contributions", nil, read},
		// That of an answer to a word for the lead alone.
		{"GET", "/assignments/:id/replies/:file", "/assignments/:assignment/replies/:reply", nil, [9]answer{s, y, y, y, y, u, u, u, u}},
		{"POST", "/assignments/:id/contributions", "/assignments/:assignment/contributions", stale, [9]answer{s, y, n, y, y, n, u, u, u}},
		{"POST", "/assignments/:id/contributions/send", "/assignments/:assignment/contributions/send", stale, [9]answer{s, n, n, n, n, y, u, u, u}},
		{"POST", "/assignments/:id/contributions/:contribution/settle", "/assignments/:assignment/contributions/:contribution/settle", stale, [9]answer{s, y, n, y, y, n, u, u, u}},
		{"POST", "/assignments/:id/contributions/:contribution/nudge", "/assignments/:assignment/contributions/:contribution/nudge", stale, [9]answer{s, y, n, y, y, n, u, u, u}},
		// A duty of two agencies: who sees one of them alone is led to that.
		{"GET", "/tasks/:id", "/tasks/:task", nil, read},
		{"GET", "/tasks/:id/list.xlsx", "/tasks/:task/list.xlsx", nil, read},
		{"POST", "/tasks/:id/nudge", "/tasks/:task/nudge", nil, issued},
		{"GET", "/tasks/:id/add", "/tasks/:task/add", nil, issued},
		{"POST", "/tasks/:id/add", "/tasks/:task/add", nil, issued},
		{"GET", "/tasks/:id/release", "/tasks/:task/release?chosen=1", nil, issued},
		{"POST", "/tasks/:id/release", "/tasks/:task/release", nil, issued},
		{"GET", "/tasks/:id/restriction", "/tasks/:task/restriction", nil, issued},
		{"POST", "/tasks/:id/restriction", "/tasks/:task/restriction", nil, issued},
		{"GET", "/tasks/:id/series", "/tasks/:recurring/series", nil, issued},
		{"POST", "/tasks/:id/series", "/tasks/:recurring/series", stale, issued},
		{"POST", "/tasks/:id/series/begin", "/tasks/:cadenced/series/begin", stale, issued},
		{"POST", "/tasks/:id/series/end", "/tasks/:recurring/series/end", staleReason, issued},
		{"GET", "/assignments/:id/followers", "/assignments/:assignment/followers", nil, decide},
		{"POST", "/assignments/:id/followers", "/assignments/:assignment/followers", stale, decide},
		{"GET", "/documents/:id/followers", "/documents/:document/followers", nil, issued},
		{"POST", "/documents/:id/followers", "/documents/:document/followers", stale, issued},
		{"GET", "/documents/:id/reminders", "/documents/:document/reminders", nil, issued},
		{"POST", "/documents/:id/reminders", "/documents/:document/reminders", stale, issued},
		{"GET", "/tasks/:id/reminders", "/tasks/:task/reminders", nil, issued},
		{"POST", "/tasks/:id/reminders", "/tasks/:task/reminders", stale, issued},
		{"GET", "/settings/reminders", "/settings/reminders", nil, directory},
		{"POST", "/settings/reminders", "/settings/reminders", stale, directory},
		{"GET", "/remarks", "/remarks", nil, agencies},
		{"GET", "/evidence/:id", "/evidence/:evidence", nil, read},
		{"GET", "/week", "/week", nil, week},
		{"GET", "/week/:monday", "/week/2026-10-05", nil, week},
		{"GET", "/week.xlsx", "/week.xlsx", nil, week},
		{"POST", "/week/foreword", "/week/foreword", url.Values{"week": {"2026-10-05"}, "version": {"999"}}, office},
		{"GET", "/month", "/month", nil, week},
		{"GET", "/month.xlsx", "/month.xlsx", nil, week},
		{"GET", "/register", "/register", nil, agencies},
		{"GET", "/register.xlsx", "/register.xlsx", nil, agencies},
		{"GET", "/register.docx", "/register.docx", nil, agencies},
		{"GET", "/register/report", "/register/report", nil, agencies},
		{"POST", "/register/report", "/register/report", nil, agencies},

		{"GET", "/letters", "/letters", nil, agencies},
		{"POST", "/letters", "/letters", nil, office},
		{"GET", "/letters.xlsx", "/letters.xlsx", nil, agencies},
		{"GET", "/letters/counts", "/letters/counts", nil, week},
		{"GET", "/letters/counts.xlsx", "/letters/counts.xlsx", nil, week},
		// One that was issued to the agency of "own"; a draft is the office's and the leaders' alone.
		{"GET", "/letters/:id", "/letters/:letter", nil, [9]answer{s, y, y, y, y, u, u, u, u}},
		{"POST", "/letters/:id", "/letters/:letter-draft", stale, [9]answer{s, y, n, u, u, u, u, u, u}},
		{"GET", "/letters/:id/letter.docx", "/letters/:letter/letter.docx", nil, [9]answer{s, y, n, n, n, u, u, u, u}},
		{"POST", "/letters/:id/issue", "/letters/:letter-draft/issue", stale, [9]answer{s, y, n, u, u, u, u, u, u}},
		{"POST", "/letters/:id/correct", "/letters/:letter/correct", staleReason, [9]answer{s, y, n, n, n, u, u, u, u}},
		{"POST", "/letters/:id/withdraw", "/letters/:letter/withdraw", staleReason, [9]answer{s, y, n, n, n, u, u, u, u}},
		{"POST", "/letters/:id/drop", "/letters/:letter-draft/drop", stale, [9]answer{s, y, n, u, u, u, u, u, u}},
		{"GET", "/letters/:id/files/:file", "/letters/:letter/files/:letter-copy", nil, [9]answer{s, y, y, y, y, u, u, u, u}},

		{"GET", "/documents", "/documents", nil, agencies},
		{"GET", "/documents.xlsx", "/documents.xlsx", nil, agencies},
		{"GET", "/documents/new", "/documents/new", nil, office},
		{"POST", "/documents", "/documents", nil, office},
		{"GET", "/documents/takeover", "/documents/takeover", nil, office},
		{"POST", "/documents/takeover", "/documents/takeover", nil, office},
		{"GET", "/documents/takeover/:takeover", "/documents/takeover/:takeover", nil, office},
		{"POST", "/documents/takeover/:takeover/names", "/documents/takeover/:takeover/names", nil, office},
		{"POST", "/documents/takeover/:takeover/days", "/documents/takeover/:takeover/days", nil, office},
		{"POST", "/documents/takeover/:takeover/issue", "/documents/takeover/:takeover/issue", nil, office},
		{"POST", "/documents/takeover/:takeover/discard", "/documents/takeover/:takeover/discard", nil, office},
		{"GET", "/documents/:id", "/documents/:document", nil, read},
		{"GET", "/documents/:id/review", "/documents/:draft-document/review", nil, draft},
		{"POST", "/documents/:id/head", "/documents/:draft-document/head", stale, draft},
		{"POST", "/documents/:id/drafts", "/documents/:draft-document/drafts", nil, draft},
		{"GET", "/documents/:id/drafts/:draft", "/documents/:draft-document/drafts/:draft", nil, draft},
		{"POST", "/documents/:id/drafts/:draft", "/documents/:draft-document/drafts/:draft", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/check", "/documents/:draft-document/drafts/:draft/check", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/remove", "/documents/:draft-document/drafts/:draft/remove", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/taken", "/documents/:tracked-document/drafts/:tracked-draft/taken", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/leave", "/documents/:tracked-document/drafts/:tracked-draft/leave", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/restore", "/documents/:draft-document/drafts/:draft/restore", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/merge", "/documents/:draft-document/drafts/:draft/merge?above=1.1", stale, draft},
		{"GET", "/documents/:id/drafts/:draft/split", "/documents/:draft-document/drafts/:draft/split", nil, draft},
		{"POST", "/documents/:id/drafts/:draft/split", "/documents/:draft-document/drafts/:draft/split", stale, draft},
		{"POST", "/documents/:id/columns", "/documents/:draft-document/columns", nil, draft},
		{"POST", "/documents/:id/undo", "/documents/:draft-document/undo", nil, draft},
		{"POST", "/documents/:id/here", "/documents/:draft-document/here", nil, draft},
		{"POST", "/documents/:id/names", "/documents/:draft-document/names", nil, draft},
		{"POST", "/documents/:id/names/drop", "/documents/:draft-document/names/drop", nil, draft},
		{"GET", "/documents/:id/revision", "/documents/:draft-document/revision", nil, draft},
		{"POST", "/documents/:id/revision", "/documents/:draft-document/revision", stale, draft},
		{"POST", "/documents/:id/revision/document", "/documents/:draft-document/revision/document", stale, draft},
		{"GET", "/documents/:id/issue", "/documents/:draft-document/issue", nil, draft},
		{"POST", "/documents/:id/issue", "/documents/:draft-document/issue", stale, draft},
		{"GET", "/documents/:id/close", "/documents/:document/close", nil, issued},
		{"GET", "/documents/:id/close.xlsx", "/documents/:document/close.xlsx", nil, issued},
		{"GET", "/documents/:id/close.docx", "/documents/:document/close.docx", nil, issued},
		{"POST", "/documents/:id/carry", "/documents/:document/carry", nil, issued},
		{"POST", "/documents/:id/end", "/documents/:document/end", stale, issued},
		{"POST", "/documents/:id/reopen", "/documents/:document/reopen", staleReason, issued},
		{"POST", "/documents/:id/recall", "/documents/:document/recall", stale, issued},
		{"POST", "/documents/:id/release", "/documents/:document/release", nil, [9]answer{s, y, n, n, n, n, u, u, u}},
		{"POST", "/documents/:id/discard", "/documents/:draft-document/discard", stale, draft},
		{"GET", "/files/:id", "/files/:file", nil, read},

		{"GET", "/documents/:id/consultation", "/documents/:draft-document/consultation", nil, draft},
		{"POST", "/documents/:id/consultation", "/documents/:draft-document/consultation", nil, draft},
		{"GET", "/consultations", "/consultations", nil, [9]answer{s, y, y, y, y, y, y, n, n}},
		// Of the visitors the secretariat may read it, leaders, and the agencies that are asked.
		{"GET", "/consultations/:id", "/consultations/:consultation", nil, [9]answer{s, y, y, y, y, y, u, u, u}},
		{"GET", "/consultations/:id/files/:file", "/consultations/:consultation/files/:consulted-file", nil, [9]answer{s, y, y, y, y, y, u, u, u}},
		{"GET", "/consultations/:id/table.docx", "/consultations/:consultation/table.docx", nil, [9]answer{s, y, y, n, n, n, u, u, u}},
		// That of "coop": another agency's letter is not there.
		{"GET", "/consultations/:id/letters/:file", "/consultations/:consultation/letters/:letter-file", nil, [9]answer{s, y, y, u, u, y, u, u, u}},
		// For the first agency, which only its own people may answer for.
		{"POST", "/consultations/:id/answer", "/consultations/:consultation/answer", url.Values{"version": {"999"}, "agency": {"1"}}, [9]answer{s, n, n, y, y, u, u, u, u}},
		{"POST", "/consultations/:id/replies", "/consultations/:consultation/replies", nil, consulting},
		{"POST", "/consultations/:id/close", "/consultations/:consultation/close", stale, consulting},
		{"POST", "/consultations/:id/publish", "/consultations/:consultation/publish", stale, consulting},
		{"GET", "/consultations/:id/change", "/consultations/:consultation/change", nil, consulting},
		{"POST", "/consultations/:id/due", "/consultations/:consultation/due", staleReason, consulting},
		{"POST", "/consultations/:id/agencies", "/consultations/:consultation/agencies", staleReason, consulting},
		{"GET", "/consultations/:id/letter", "/consultations/:consultation/letter?agency=1", nil, consulting},
		{"POST", "/consultations/:id/letter", "/consultations/:consultation/letter", url.Values{"version": {"999"}, "agency": {"1"}}, consulting},

		{"GET", "/directory", "/directory", nil, directory},
		{"GET", "/directory.xlsx", "/directory.xlsx", nil, directory},
		{"GET", "/directory/agencies/:id", "/directory/agencies/:agency", nil, directory},
		{"POST", "/directory/agencies/:id", "/directory/agencies/:agency", nil, directory},
		{"GET", "/directory/agencies/:id/approval", "/directory/agencies/:agency/approval", nil, [9]answer{s, y, n, n, n, n, y, y, n}},
		{"POST", "/directory/agencies/:id/approval", "/directory/agencies/:agency/approval", nil, directory},
		{"GET", "/directory/agencies/:id/mailbox", "/directory/agencies/:agency/mailbox", nil, directory},
		{"POST", "/directory/agencies/:id/mailbox", "/directory/agencies/:agency/mailbox", nil, directory},
		{"GET", "/directory/changes", "/directory/changes", nil, office},
		{"POST", "/directory/changes", "/directory/changes", nil, office},
		{"GET", "/directory/changes/new", "/directory/changes/new", nil, office},
		{"GET", "/directory/changes/:id", "/directory/changes/:agency-change", nil, office},
		{"POST", "/directory/changes/:id", "/directory/changes/:agency-change", stale, office},
		{"POST", "/directory/changes/:id/confirm", "/directory/changes/:agency-change/confirm", stale, office},
		{"POST", "/directory/changes/:id/drop", "/directory/changes/:agency-change/drop", stale, office},
		{"GET", "/directory/groups/:id", "/directory/groups/:group", nil, directory},
		{"POST", "/directory/groups/:id", "/directory/groups/:group", nil, directory},
		{"POST", "/directory/aliases", "/directory/aliases", nil, directory},
		{"POST", "/directory/aliases/:id/remove", "/directory/aliases/:alias/remove", nil, directory},
		{"GET", "/directory/names", "/directory/names", nil, office},
		{"POST", "/directory/names/:id/undo", "/directory/names/:alias/undo", nil, office},
		{"GET", "/directory/book", "/directory/book", nil, directory},
		{"GET", "/directory/book/template", "/directory/book/template", nil, directory},
		{"POST", "/directory/book", "/directory/book", nil, directory},
		{"POST", "/directory/book/load", "/directory/book/load", nil, directory},
		{"GET", "/suggest/agencies", "/suggest/agencies?q=so", nil, [9]answer{s, y, y, n, n, n, n, y, n}},
		{"GET", "/people", "/people", nil, directory},
		{"GET", "/people.xlsx", "/people.xlsx", nil, directory},
		{"GET", "/people/:id", "/people/:person", nil, directory},
		{"POST", "/people/:id", "/people/:person", nil, admin},
		{"POST", "/people/:id/invite", "/people/:person/invite", nil, admin},
		{"POST", "/people/:id/reachable", "/people/:person/reachable", nil, directory},
		// "other" is the person: as on his own account.
		{"GET", "/people/:id/deputy", "/people/:person/deputy", nil, [9]answer{s, y, n, n, n, n, y, y, n}},
		{"POST", "/people/:id/deputy", "/people/:person/deputy", nil, [9]answer{s, y, n, n, n, n, y, y, n}},
		{"POST", "/people/:id/deputy/end", "/people/:person/deputy/end", nil, [9]answer{s, u, n, n, n, n, u, u, n}},
		{"GET", "/outbox", "/outbox", nil, directory},
		{"GET", "/outbox.xlsx", "/outbox.xlsx", nil, directory},
		{"GET", "/outbox/previews", "/outbox/previews", nil, office},
		{"GET", "/outbox/previews/body", "/outbox/previews/body", nil, office},
		{"POST", "/outbox/:id/retry", "/outbox/:failed-mail/retry", nil, directory},
		{"POST", "/outbox/retry", "/outbox/retry", nil, directory},
		{"POST", "/outbox/:id/cancel", "/outbox/:waiting-mail/cancel", nil, directory},
		{"POST", "/outbox/release", "/outbox/release", nil, directory},
		{"GET", "/working-days", "/working-days?year=2027", nil, directory},
		{"GET", "/working-days.tsv", "/working-days.tsv", nil, directory},
		{"POST", "/working-days", "/working-days", url.Values{"lines": {"2027-02-08\toff\tHoliday"}, "version": {"999"}}, directory},
		{"POST", "/working-days/preview", "/working-days/preview", url.Values{"from": {"2027-02-08"}, "kind": {"off"}, "name": {"Holiday"}}, directory},
		{"GET", "/health", "/health", nil, directory},
		{"GET", "/audit", "/audit", nil, [9]answer{s, y, y, n, n, n, n, y, n}},

		{"POST", "/demo/clock", "/demo/clock", url.Values{"to": {rigStart}}, everybody},
		{"POST", "/demo/release", "/demo/release", nil, everybody},
	}
}
