package web

import (
	"cmp"
	"slices"

	"tiendo/tasks"
	"tiendo/templates"
)

// form is a form of the page with what was typed into it when it was refused.
func (b *deadlineBuilder) form(name, path string, fields []templates.Field) *deadlineForm {
	w := b.w
	for i, f := range fields {
		f.ID = "f-" + name + "-" + f.Name // the page has several forms
		if b.try.form == name {
			f = b.errors.on(f)
			if typed := b.try.typed[f.Name]; f.Type == "date" {
				f = dayControl(f, typed)
			} else {
				f.Value = typed
			}
		}
		fields[i] = f
	}
	if b.try.form == name {
		b.problems = append(b.problems, b.errors.problems(fields...)...)
	}
	return &deadlineForm{
		ID: name, Action: assignmentHref(b.v.Assignment.ID) + path, Version: b.v.Assignment.Version, Fields: fields,
		Title: w.T("deadline." + name + "_title"), Hint: w.T("deadline." + name + "_hint"), Button: w.T("deadline." + name + "_button"),
	}
}

func (b *deadlineBuilder) dayField(label, value string) templates.Field {
	return templates.Field{Name: "due", Type: "date", Label: b.w.T(label), Value: value, Required: true, Narrow: true}
}

func (b *deadlineBuilder) reasonField(name, label string, required bool) templates.Field {
	return templates.Field{Name: name, Type: "textarea", Label: b.w.T(label), Required: required, MaxLength: tasks.MaxReasonText}
}

func (b *deadlineBuilder) numberField(label string) templates.Field {
	return templates.Field{Name: "document", Label: b.w.T(label), MaxLength: tasks.MaxDocumentNumber}
}

func (b *deadlineBuilder) askFields() []templates.Field {
	return []templates.Field{
		b.dayField("deadline.new_due", ""), b.reasonField("reason", "decide.reason", true), b.numberField("deadline.ask_document"),
	}
}

func (b *deadlineBuilder) correctFields() []templates.Field {
	return []templates.Field{
		b.dayField("deadline.right_due", ""), b.reasonField("reason", "decide.reason", true), b.numberField("deadline.correct_document"),
	}
}

func (b *deadlineBuilder) decideFields(x tasks.Extension) []templates.Field {
	w := b.w
	due := b.dayField("deadline.granted_due", x.Asked.String())
	due.Required, due.Hint = false, w.T("deadline.granted_due_hint")
	fields := []templates.Field{
		{Name: "decision", Type: "radio", Label: w.T("deadline.decision"), Required: true, Options: []templates.Option{
			{Value: string(tasks.ExtensionGranted), Label: w.T("deadline.grant")},
			{Value: string(tasks.ExtensionRefused), Label: w.T("deadline.refuse")},
		}},
		due,
	}
	if !b.actor.Has(tasks.RoleLeader) {
		authority := templates.Field{
			Name: "authority", Label: w.T("deadline.authority"), Hint: w.T("deadline.authority_hint"), Required: b.v.NeedsAuthority,
			MaxLength: tasks.MaxAuthority,
		}
		fields = append(fields, authority)
	}
	answer := b.reasonField("answer", "deadline.answer", false)
	answer.Hint = w.T("deadline.answer_hint")
	return append(fields, b.numberField("deadline.decision_document"), answer)
}

// kept shows what was typed into a form that is no longer on the page.
func (b *deadlineBuilder) kept(p deadlinePage) []templates.Field {
	shown := map[string]bool{
		"": true, formWithdraw: true, formAsk: p.Ask != nil, formCorrect: p.Correct != nil,
		formDecide: p.Waiting != nil && p.Waiting.Decide != nil,
	}
	if shown[b.try.form] {
		return nil
	}
	labels := map[string]string{
		"due": "deadline.new_due", "reason": "decide.reason", "document": "deadline.number", "authority": "deadline.authority", "answer": "deadline.answer",
	}
	var fields []templates.Field
	for _, name := range deadlineFields {
		if value := b.try.typed[name]; value != "" && labels[name] != "" {
			fields = append(fields, keptField(name, b.w.T(labels[name]), value))
		}
	}
	return fields
}

func (b *deadlineBuilder) who(person, agency int64) string {
	return personOf(b.w, b.actor, b.v.Agencies, b.v.People[person].Name, agency)
}

// history is all that was asked, decided and mended, the newest first.
func (b *deadlineBuilder) history() []templates.TrailItem {
	w := b.w
	var items []templates.TrailItem
	for _, x := range b.v.Extensions {
		if x.Origin != "" { // nobody asked
			text := b.numbered(w.T("deadline.did_decide_"+string(x.Origin), x.Was, x.Granted), x.Decision)
			if x.Authority != "" {
				text = w.T("deadline.by_word", text, x.Authority)
			}
			items = append(items, templates.TrailItem{At: x.At, Who: b.who(x.PersonID, 0), Quote: x.Answer, Text: text})
			continue
		}
		items = append(items, templates.TrailItem{
			At: x.At, Who: b.who(x.PersonID, x.AgencyID), Quote: x.Reason, Text: b.numbered(w.T("deadline.did_ask", x.Was, x.Asked), x.Document),
		})
		if x.Outcome == "" {
			continue
		}
		done := templates.TrailItem{At: x.DecidedAt, Who: b.who(x.DecidedBy, 0), Quote: x.Answer}
		switch x.Outcome {
		case tasks.ExtensionGranted:
			done.Text = w.T("deadline.did_grant", x.Granted)
		case tasks.ExtensionRefused:
			done.Text = w.T("deadline.did_refuse")
		case tasks.ExtensionLapsed:
			done.Text = w.T("deadline.did_lapse")
		default:
			done.Who, done.Text = b.who(x.DecidedBy, x.AgencyID), w.T("deadline.did_withdraw")
		}
		if x.Authority != "" {
			done.Text = w.T("deadline.by_word", done.Text, x.Authority)
		}
		done.Text = b.numbered(done.Text, x.Decision)
		items = append(items, done)
	}
	for _, c := range b.v.Corrections {
		items = append(items, templates.TrailItem{
			At: c.At, Who: b.who(c.PersonID, 0), Quote: c.Reason, Text: b.numbered(w.T("deadline.did_correct", c.Was, c.Due), c.Document),
		})
	}
	slices.SortStableFunc(items, func(x, y templates.TrailItem) int { return cmp.Or(y.At.Compare(x.At)) })
	return items
}
