package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// draft puts the forms of a draft onto the page.
func (b *letterPageBuilder) draft(p *agencyLetterPage) {
	w, l := b.w, b.v.Letter
	in := tasks.LetterChange{Kind: l.Kind, About: l.About, Words: l.Words, Head: l.Head}
	answer := dayTyped(l.AnswerBy)
	chosen := make([]string, 0, len(b.v.Lines))
	for _, line := range b.v.Lines {
		chosen = append(chosen, idText(line.AssignmentID))
	}
	tried := b.try.is("draft")
	if tried {
		in, answer, chosen = b.try.change, b.try.get("answer_by"), b.try.many("duty")
	}
	on := func(f templates.Field) templates.Field {
		if f.ID = "f-draft-" + f.Name; tried {
			return b.fe.on(f)
		}
		return f
	}
	line := func(name, label, value string) templates.Field {
		return on(templates.Field{Name: name, Label: w.T(label), Value: value, MaxLength: tasks.MaxLetterLine, Autocomplete: "off"})
	}
	kind := templates.Field{Name: "kind", Type: "radio", Label: w.T("letters.kind"), Value: string(in.Kind), Required: true, Options: letterKindOptions(w)}
	about := line("about", "letters.about", in.About)
	if slices.Contains(tasks.LetterKinds, in.Kind) {
		about.Placeholder = w.T("letters.about_" + string(in.Kind))
	}
	f := &letterDraftForm{Action: agencyLetterHref(l.ID), Version: l.Version}
	f.Fields = []templates.Field{
		on(kind), about, on(dayField(w, "answer_by", "letters.answer_by", "letters.answer_by_hint", answer)),
		on(templates.Field{Name: "words", Type: "textarea", Label: w.T("letters.words"), Hint: w.T("letters.words_hint"), Value: in.Words, Rows: 4, MaxLength: tasks.MaxReasonText}),
	}
	h := in.Head
	f.Head = []templates.Field{
		line("parent", "register.parent", h.Parent), line("issuer", "register.issuer", h.Issuer), line("symbol", "register.symbol", h.Symbol), line("place", "register.place", h.Place),
		on(templates.Field{Name: "recipients", Type: "textarea", Label: w.T("register.recipients"), Hint: w.T("register.recipients_hint"), Value: strings.Join(h.Recipients, "\n"), Rows: 4, MaxLength: maxRecipientsN}),
		line("capacity", "register.capacity", h.Capacity), line("signer_title", "register.signer_title", h.Title), line("signer", "register.signer", h.Name),
	}
	f.Head[2].Hint, f.Head[5].Hint = w.T("letters.symbol_hint"), w.T("register.capacity_hint")
	f.HeadOpen = h.Issuer == ""
	for _, field := range f.Head {
		f.HeadOpen = f.HeadOpen || field.Error != ""
	}
	f.Duties = on(templates.Field{Name: "duty", Type: "checkboxes", Label: w.T("letters.duties"), Hint: w.T("letters.duties_hint"), Values: chosen, Required: true})
	for _, line := range b.v.Choices {
		shown := b.line(line)
		f.Duties.Options = append(f.Duties.Options, templates.Option{
			Value: idText(line.AssignmentID), Label: shown.Text, Hint: w.T("letters.duty_line", shown.Ref, line.Due, line.Late),
		})
	}
	if b.v.More {
		f.More = w.T("letters.more_duties", tasks.MaxLetterDuties)
	}
	p.Draft = f
	p.Warnings = b.warnings()
	p.Issue = b.record("issue", agencyLetterHref(l.ID, "/issue"), !tried)
	p.Drop = &templates.ConfirmForm{
		Summary: w.T("letters.drop"), Text: w.T("letters.drop_text"), Action: agencyLetterHref(l.ID, "/drop"), Button: w.T("letters.drop"),
		Hidden: []templates.Hidden{{Name: "version", Value: versionText(l.Version)}},
	}
}

// warnings say what a draft lists that is no longer so, and whom no mail reaches.
func (b *letterPageBuilder) warnings() []string {
	late := make(map[int64]bool, len(b.v.Choices))
	for _, line := range b.v.Choices {
		late[line.AssignmentID] = true
	}
	gone := 0
	for _, line := range b.v.Lines {
		if !late[line.AssignmentID] {
			gone++
		}
	}
	var out []string
	switch {
	case len(b.v.Choices) == 0:
		out = append(out, b.w.T("letters.none_left"))
	case gone > 0 && !b.v.More:
		out = append(out, b.w.T("letters.some_gone", gone))
	}
	if b.v.Unreached {
		out = append(out, b.w.T("letters.unreached", agencyName(b.w, b.v.Agencies, b.v.Letter.AgencyID)))
	}
	return out
}

// issued puts the forms of a letter that was issued onto the page.
func (b *letterPageBuilder) issued(p *agencyLetterPage) {
	w, l := b.w, b.v.Letter
	p.Mend = b.record("correct", agencyLetterHref(l.ID, "/correct"), b.try.is("correct"))
	reason := templates.Field{ID: "f-withdraw-reason", Name: "reason", Type: "textarea", Label: w.T("letters.reason"), Required: true, MaxLength: tasks.MaxReasonText}
	if b.try.is("withdraw") {
		reason.Value = b.try.get("reason")
		reason = b.fe.on(reason)
	}
	p.Withdraw = &templates.ConfirmForm{
		Summary: w.T("letters.withdraw"), Text: w.T("letters.withdraw_text"), Action: agencyLetterHref(l.ID, "/withdraw"), Button: w.T("letters.withdraw"),
		Hidden: []templates.Hidden{{Name: "version", Value: versionText(l.Version)}}, Fields: []templates.Field{reason}, Open: b.try.is("withdraw"),
	}
}

// record is the form for what the paper bears: of the first record, or of its correction.
func (b *letterPageBuilder) record(form, action string, open bool) *letterRecordForm {
	w, l := b.w, b.v.Letter
	number, date, keep := l.Number, dayTyped(l.Date), []string{}
	var files []templates.Option
	for _, f := range b.v.Files {
		files = append(files, templates.Option{Value: idText(f.ID), Label: f.Name})
		keep = append(keep, idText(f.ID))
	}
	upload := templates.Field{
		Name: "files", Type: "file", Label: w.T("letters.files"), Multiple: true, Accept: evidenceTypes, Hint: w.T("report_form.files_hint", tasks.MaxReportFiles, tasks.MaxUpload>>20),
	}
	tried, reason := b.try.is(form), ""
	if tried {
		number, date, keep, reason = b.try.get("number"), b.try.get("date"), b.try.many("keep"), b.try.get("reason")
		if len(b.try.files) > 0 {
			upload.Hint = w.T("report_form.files_again", strings.Join(b.try.files, ", ")) + " " + upload.Hint
		}
	}
	day := dayField(w, "date", "letters.date", "", date)
	day.Required = true
	fields := []templates.Field{
		{Name: "number", Label: w.T("letters.number"), Hint: w.T("letters.number_hint"), Value: number, MaxLength: tasks.MaxDocumentNumber, Required: true, Narrow: true, Autocomplete: "off"},
		day, upload,
	}
	if len(files) > 0 {
		fields = append(fields, templates.Field{Name: "keep", Type: "checkboxes", Label: w.T("consultation_letter.keep"), Hint: w.T("consultation_letter.keep_hint"), Options: files, Values: keep})
	}
	if form == "correct" {
		fields = append(fields, templates.Field{Name: "reason", Type: "textarea", Label: w.T("letters.mend_reason"), Value: reason, Required: true, MaxLength: tasks.MaxReasonText})
	}
	for i, f := range fields {
		if f.ID = "f-" + form + "-" + f.Name; tried {
			f = b.fe.on(f)
		}
		fields[i] = f
	}
	return &letterRecordForm{
		ID: form, Title: w.T("letters." + form), Hint: w.T("letters." + form + "_hint"), Action: action, Button: w.T("letters." + form + "_button"),
		Version: l.Version, Fields: fields, Open: open,
	}
}

// typedLetterChange reads the form of a draft; its day comes as it was typed.
func typedLetterChange(c *gin.Context) tasks.LetterChange {
	return tasks.LetterChange{
		Version: formID(c.PostForm("version")), Kind: tasks.LetterKind(c.PostForm("kind")), About: c.PostForm("about"), Words: c.PostForm("words"),
		Duties: formIDs(c.PostFormArray("duty")), Head: tasks.LetterHead{
			Parent: c.PostForm("parent"), Issuer: c.PostForm("issuer"), Symbol: c.PostForm("symbol"), Place: c.PostForm("place"),
			Recipients: paragraphs(c.PostForm("recipients")), Capacity: c.PostForm("capacity"), Title: c.PostForm("signer_title"), Name: c.PostForm("signer"),
		},
	}
}

// changeLetter writes a draft anew.
func (s *Server) changeLetter(c *gin.Context, actor tasks.Person) error {
	return s.letterStep(c, actor, "draft", "letters.saved", func(id int64, try *agencyLetterTyped) error {
		in := typedLetterChange(c)
		try.change = in
		var ok bool
		if in.AnswerBy, ok = formDate(c.PostForm("answer_by")); !ok {
			return tasks.Invalid(tasks.FieldError{Field: "answer_by", Key: "field.bad_date"})
		}
		return s.Letters.Change(c.Request.Context(), actor, id, in)
	})
}

// issueLetter records that a letter was issued.
func (s *Server) issueLetter(c *gin.Context, actor tasks.Person) error {
	return s.letterStep(c, actor, "issue", "letters.was_issued", func(id int64, try *agencyLetterTyped) error {
		in, err := s.typedRecord(c, actor, id, try)
		if err != nil {
			return err
		}
		return s.Letters.Issue(c.Request.Context(), actor, id, in)
	})
}

// correctLetter mends what was recorded.
func (s *Server) correctLetter(c *gin.Context, actor tasks.Person) error {
	return s.letterStep(c, actor, "correct", "letters.was_corrected", func(id int64, try *agencyLetterTyped) error {
		in, err := s.typedRecord(c, actor, id, try)
		if err != nil {
			return err
		}
		return s.Letters.Correct(c.Request.Context(), actor, id, in)
	})
}

// withdrawLetter takes a letter back.
func (s *Server) withdrawLetter(c *gin.Context, actor tasks.Person) error {
	return s.letterStep(c, actor, "withdraw", "letters.was_withdrawn", func(id int64, _ *agencyLetterTyped) error {
		return s.Letters.Withdraw(c.Request.Context(), actor, id, formID(c.PostForm("version")), c.PostForm("reason"))
	})
}

// dropLetter removes a draft.
func (s *Server) dropLetter(c *gin.Context, actor tasks.Person) error {
	return s.letterStep(c, actor, "drop", "letters.was_dropped", func(id int64, _ *agencyLetterTyped) error {
		return s.Letters.Drop(c.Request.Context(), actor, id, formID(c.PostForm("version")))
	})
}

// typedRecord reads number, date and files. The body of an upload is read once it is known that the person may.
func (s *Server) typedRecord(c *gin.Context, actor tasks.Person, id int64, try *agencyLetterTyped) (in tasks.LetterRecord, err error) {
	v, err := s.Letters.Get(c.Request.Context(), actor, id)
	if err == nil && !v.Manages {
		err = tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	if err != nil {
		return in, err
	}
	if in.Files, try.files, err = namedUploads(c); err != nil {
		return in, err
	}
	in.Version, in.Number, in.Keep, in.Reason = formID(c.PostForm("version")), c.PostForm("number"), formIDs(c.PostFormArray("keep")), c.PostForm("reason")
	var ok bool
	if in.Date, ok = formDate(c.PostForm("date")); !ok {
		return in, tasks.Invalid(tasks.FieldError{Field: "date", Key: "field.bad_date"})
	}
	return in, nil
}

// letterStep takes a step of a letter; one that is refused comes back with all that was typed.
func (s *Server) letterStep(c *gin.Context, actor tasks.Person, form, flash string, do func(id int64, try *agencyLetterTyped) error) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	try := agencyLetterTyped{form: form, get: c.PostForm, many: c.PostFormArray}
	if try.err = do(id, &try); try.err == nil {
		if form == "drop" {
			return s.redirect(c, actor, lettersPath, flash)
		}
		return s.redirect(c, actor, agencyLetterHref(id), flash)
	}
	switch code := tasks.CodeOf(try.err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, try.err)
		return s.showAgencyLetter(c, actor, id, statuses[code], try)
	}
	return try.err
}
