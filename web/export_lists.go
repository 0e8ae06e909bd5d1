package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
	"tiendo/templates/office"
)

// exportDocuments gives the list of documents.
func (s *Server) exportDocuments(c *gin.Context, actor tasks.Person) error {
	w, q := s.words(actor), documentQuery(c)
	type row = tasks.DocumentRow
	issued := func(value func(row) any) func(row) any {
		return func(d row) any {
			if d.State == tasks.DocumentDraft {
				return nil
			}
			return value(d)
		}
	}
	return sendList(s, c, actor, exported[row]{
		key: "documents", lines: filtersChosen(w, documentFilters(w, q, actor.Can(tasks.ActionDocumentManage))),
		columns: []office.Column[row]{
			{Head: w.T("document_form.kind"), Width: 18, Value: func(d row) any { return w.T("document_kind." + string(d.Kind)) }},
			{Head: w.T("export.number_sign"), Width: 18, Value: func(d row) any { return d.Number }},
			{Head: w.T("export.document_date"), Value: func(d row) any { return d.Date }},
			{Head: w.T("export.title"), Width: 60, Value: func(d row) any { return d.Title }},
			{Head: w.T("document_list.state"), Width: 14, Center: true, Value: func(d row) any { return w.T("document_state." + string(d.State)) }},
			{Head: w.T("document_list.duties"), Width: 11, Value: func(d row) any {
				if d.State == tasks.DocumentDraft {
					return d.Drafts
				}
				return d.Tasks
			}},
			{Head: w.T("export.assignments_of"), Width: 11, Value: issued(func(d row) any { return d.Assignments })},
			{Head: w.T("state.completed"), Width: 11, Value: issued(func(d row) any { return d.Completed })},
			{Head: w.T("timeliness.overdue"), Width: 11, Value: issued(func(d row) any { return d.Overdue })},
			{Head: w.T("part.cooperating"), Width: 11, Value: func(d row) any { return someCount(d.Cooperating) }},
		},
		page: func(after string) ([]row, string, error) {
			q.After, q.Limit = after, tasks.MaxPage
			page, err := s.Documents.List(c.Request.Context(), actor, q)
			return page.Rows, page.Next, err
		},
	})
}

// exportPeople gives the list of people.
func (s *Server) exportPeople(c *gin.Context, actor tasks.Person) error {
	ctx, w, q := c.Request.Context(), s.words(actor), personQuery(c)
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	agencies := s.bookOf(w, e).agencies
	return sendList(s, c, actor, exported[tasks.Person]{
		key: "people", lines: filtersChosen(w, peopleFilters(w, q, e.Agencies)),
		columns: []office.Column[tasks.Person]{
			{Head: w.T("person.name"), Width: 28, Value: func(p tasks.Person) any { return p.Name }},
			{Head: w.T("person.roles"), Width: 44, Value: func(p tasks.Person) any { return strings.Join(grantWords(w, agencies, p.Grants), "\n") }},
			{Head: w.T("person.position"), Width: 28, Value: func(p tasks.Person) any { return p.Position }},
			{Head: w.T("sign_in.email"), Width: 34, Value: func(p tasks.Person) any { return p.Email }},
			{Head: w.T("export.note"), Width: 18, Value: func(p tasks.Person) any {
				if p.Active {
					return ""
				}
				return w.T("person.disabled_word")
			}},
		},
		page: func(after string) ([]tasks.Person, string, error) {
			q.After, q.Limit = after, tasks.MaxPage
			page, err := s.Accounts.People(ctx, actor, q)
			return page.Rows, page.Next, err
		},
	})
}

// exportOutbox gives the fate of mails, without what they say.
func (s *Server) exportOutbox(c *gin.Context, actor tasks.Person) error {
	w, q := s.words(actor), mailQuery(c)
	return sendList(s, c, actor, exported[notify.Mail]{
		key: "outbox", lines: filtersChosen(w, outboxFilters(w, q)),
		columns: []office.Column[notify.Mail]{
			{Head: w.T("outbox.to"), Width: 28, Value: func(m notify.Mail) any { return m.To }},
			{Head: w.T("outbox.subject"), Width: 48, Value: func(m notify.Mail) any { return mailSubject(w, m) }},
			{Head: w.T("outbox.kind"), Width: 16, Value: func(m notify.Mail) any { return w.T("mail_kind." + string(m.Kind)) }},
			{Head: w.T("outbox.state"), Width: 14, Center: true, Value: func(m notify.Mail) any { return w.T("mail_state." + string(m.State)) }},
			{Head: w.T("export.mail_created"), Width: 18, Value: func(m notify.Mail) any { return s.local(m.CreatedAt) }},
			{Head: w.T("export.mail_sent"), Width: 18, Value: func(m notify.Mail) any { return s.local(m.SentAt) }},
			{Head: w.T("export.mail_tries"), Width: 9, Value: func(m notify.Mail) any { return someCount(m.Tries) }},
			{Head: w.T("export.mail_error"), Width: 26, Value: func(m notify.Mail) any { return m.LastError }},
		},
		page: func(after string) ([]notify.Mail, string, error) {
			q.After, q.Limit = after, tasks.MaxPage
			page, err := s.Outbox.Page(c.Request.Context(), actor, q)
			return page.Rows, page.Next, err
		},
	})
}

// exportDirectory gives the agencies, those of a kind under its name.
func (s *Server) exportDirectory(c *gin.Context, actor tasks.Person) error {
	view, err := s.directoryView(c, actor)
	if err != nil {
		return err
	}
	type row struct {
		agencyEntry
		kind string
	}
	var rows []row
	for _, table := range view.tables() {
		for _, entry := range table.Rows {
			rows = append(rows, row{entry, table.Caption})
		}
	}
	w := view.words
	return sendList(s, c, actor, exported[row]{
		key: "directory", lines: filtersChosen(w, view.filters()), group: func(r row) string { return r.kind }, page: onePage(rows),
		columns: []office.Column[row]{
			{Head: w.T("directory.name"), Width: 44, Value: func(r row) any { return r.Name }},
			{Head: w.T("directory.code"), Width: 14, Value: func(r row) any { return r.Code }},
			{Head: w.T("directory.short_name"), Width: 24, Value: func(r row) any { return r.Short }},
			{Head: w.T("directory.valid"), Width: 34, Value: func(r row) any { return r.Valid }},
			{Head: w.T("export.successor"), Width: 34, Value: func(r row) any { return r.Successor }},
			{Head: w.T("directory.mail"), Width: 18, Value: func(r row) any {
				text := w.T("directory.somebody")
				if r.Unreached {
					text = w.T("directory.nobody")
				}
				if r.Returned {
					text += "; " + w.T("unreachable.mailbox_word")
				}
				return text
			}},
		},
	})
}

// exportWeek gives the figures of the agencies in a week: the one in the address, else the latest.
func (s *Server) exportWeek(c *gin.Context, actor tasks.Person) error {
	var monday calendar.Date
	if text := c.Query("monday"); text != "" {
		var err error
		if monday, err = calendar.ParseDate(text); err != nil {
			return tasks.ErrNotFound
		}
	}
	v, err := s.Weeks.Get(c.Request.Context(), actor, monday)
	if err != nil {
		return err
	}
	w := s.words(actor)
	lines, list := append([]string{s.weekLede(w, v)}, weekRates(w, v.Province)...), v.Agencies
	if c.Query("with") == "predecessors" {
		lines = []string{w.T("week.with_predecessors_now", s.Rules.Day(s.Now()))}
		if list, err = s.Weeks.WithPredecessors(c.Request.Context(), actor); err != nil {
			return err
		}
	}
	type row = tasks.AgencyWeek
	count := func(head string, value func(row) int) office.Column[row] {
		return office.Column[row]{Head: w.T(head), Width: 12, Value: func(r row) any { return value(r) }}
	}
	return sendList(s, c, actor, exported[row]{
		key: "week", lines: lines, page: onePage(list),
		columns: []office.Column[row]{
			{Head: w.T("week.agency"), Width: 44, Value: func(r row) any { return r.Agency.Name }},
			count("export.all", func(r row) int { return r.All }),
			count("state.completed", func(r row) int { return r.Completed }),
			count("export.on_time", func(r row) int { return r.OnTime }),
			count("state.submitted", func(r row) int { return r.Waiting }),
			count("export.open", func(r row) int { return r.Open() }),
			count("timeliness.due_soon", func(r row) int { return r.DueSoon }),
			count("timeliness.overdue", func(r row) int { return r.Overdue }),
			count("export.passed", func(r row) int { return r.Passed }),
		},
	})
}

// filtersChosen says the filters of a list in words; nothing when none is set.
func filtersChosen(w *templates.Words, form templates.FilterForm) []string {
	if !form.Active {
		return nil
	}
	if text := filterWords(w, form.Fields); text != "" {
		return []string{text}
	}
	return nil
}
