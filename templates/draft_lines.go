package templates

import (
	htmltemplate "html/template"
	"strconv"
)

// DraftRow is one draft duty on the review screen.
type DraftRow struct {
	ID, Version        int64
	Mark               string // the draft with its version, as the box that marks it sends them
	Ref, Section, Text string
	Leads, Cooperating []PartyName
	Shares             string // how many assignments it becomes
	Time, Phrase       string // its time in words; as the document words it
	NoTime             bool
	Past               bool // its deadline has passed already
	Early              bool // its deadline lies before the document's date
	Doubts             []string
	Look               bool // a person must look: doubts, an unknown name, no lead, no time
	Checked, Marked    bool
	Restricted         bool // for those who will have a part in it
	SourceHref         string
	EditHref           string
	CheckAction        string
	RemoveAction       string
	SplitHref          string
	MergeAction        string // "" for the first
}

// PartyName is an agency or group by name, or a written name that nobody knows yet, with where to say who it is.
type PartyName struct {
	Text    string
	Note    string
	Unknown bool
	Href    string
}

// draftWords are the words that every row has.
type draftWords struct {
	lead, cooperating, time, noLead, unknown, early, past           string
	checked, look, check, uncheck, edit, merge, split, remove, seen string
}

func (w *Words) draftWords() draftWords {
	return draftWords{
		lead: w.T("document_form.lead"), cooperating: w.T("document_form.cooperating"), time: w.T("draft_form.time"), noLead: w.T("review.no_lead"),
		unknown: w.T("document_word.unknown_name"), early: w.T("review.early_due"), past: w.T("review.past_due"), checked: w.T("review.checked"),
		look: w.T("review.to_look"), check: w.T("review.check"), uncheck: w.T("review.uncheck"), edit: w.T("review.edit"), merge: w.T("review.merge"),
		split: w.T("review.split"), remove: w.T("review.remove"), seen: w.T("review.to_source"),
	}
}

// drafts writes the rows of the review screen, which are inside one <ol>. Their buttons belong to the form #row, the boxes that mark them to
// #columns-form.
func (w *Words) drafts(rows []DraftRow) htmltemplate.HTML {
	var m markup
	m.Grow(2500 * len(rows))
	words := w.draftWords()
	for _, r := range rows {
		m.draft(w, words, r)
	}
	return m.html()
}

func (m *markup) draft(w *Words, words draftWords, r DraftRow) {
	version := strconv.FormatInt(r.Version, 10)
	if r.Section != "" {
		m.raw("\n<li class=\"section\"><p class=\"meta\" lang=\"vi\">")
		m.text(r.Section)
		m.raw("</p></li>")
	}
	m.raw("\n<li id=\"draft-", strconv.FormatInt(r.ID, 10), `" data-row tabindex="-1"`)
	m.flag(`class="doubt" data-doubt`, r.Look)
	m.raw(">\n<div class=\"line\"><label class=\"mark\"><input type=\"checkbox\" name=\"draft\" value=\"")
	m.text(r.Mark)
	m.raw(`" form="columns-form" data-key=" "`)
	m.flag("checked", r.Marked)
	m.raw(`> <span class="unseen">`)
	m.text(w.T("review.mark", r.Ref))
	m.raw("</span></label>\n<p lang=\"vi\"><b>")
	m.text(r.Ref)
	m.raw("</b> ")
	m.text(r.Text)
	m.raw("</p>\n")
	switch {
	case r.Checked:
		m.draftChip("ok", "✓", words.checked)
	case r.Look:
		m.draftChip("soon", "?", words.look)
	}
	if r.Restricted {
		m.raw(" ")
		m.chip(w.chip("restricted", "chip"))
	}
	m.raw("</div>\n<dl class=\"facts\">\n<dt>")
	m.text(words.lead)
	m.raw("</dt><dd>")
	m.parties(words, r.Leads)
	m.small(r.Shares)
	m.raw("</dd>")
	if len(r.Cooperating) > 0 {
		m.raw("\n<dt>")
		m.text(words.cooperating)
		m.raw("</dt><dd>")
		m.parties(words, r.Cooperating)
		m.raw("</dd>")
	}
	m.raw("\n<dt>")
	m.text(words.time)
	m.raw("</dt><dd>")
	if r.NoTime {
		m.draftChip("soon", "", r.Time)
	} else {
		m.text(r.Time)
	}
	if r.Early {
		m.raw(" ")
		m.draftChip("soon", "", words.early)
	}
	if r.Past {
		m.raw(" ")
		m.draftChip("late", "", words.past)
	}
	if r.Phrase != "" {
		m.small(w.T("document_word.written", r.Phrase))
	}
	m.raw("</dd>\n</dl>")
	if len(r.Doubts) > 0 {
		m.raw("\n<ul class=\"doubts\">")
		for _, d := range r.Doubts {
			m.raw("<li>")
			m.text(d)
			m.raw("</li>")
		}
		m.raw("</ul>")
	}
	m.raw("\n<p class=\"acts\">")
	if r.Checked {
		m.draftButton("plain", r.CheckAction+"?undo=1", version, "", words.uncheck)
	} else {
		m.draftButton("btn quiet", r.CheckAction, version, "Enter", words.check)
	}
	m.raw("\n")
	m.draftLink("btn quiet", r.EditHref, "e", words.edit)
	m.raw("\n")
	if r.MergeAction != "" {
		m.draftButton("plain", r.MergeAction, version, "m", words.merge)
		m.raw("\n")
	}
	m.draftLink("", r.SplitHref, "s", words.split)
	m.raw("\n")
	m.draftButton("plain", r.RemoveAction, version, "x", words.remove)
	if r.SourceHref != "" {
		m.raw(" ")
		m.draftLink("", r.SourceHref, "v", words.seen)
	}
	m.raw("</p>\n</li>")
}

func (m *markup) draftButton(class, action, version, key, text string) {
	m.raw(`<button class="`, class, `" form="row" formaction="`)
	m.href(action)
	m.raw(`" name="version" value="`, version, `"`)
	m.attr("data-key", key)
	m.raw(">")
	m.text(text)
	m.raw("</button>")
}

func (m *markup) draftLink(class, href, key, text string) {
	m.raw("<a")
	m.attr("class", class)
	m.raw(` href="`)
	m.href(href)
	m.raw(`" data-key="`, key, `">`)
	m.text(text)
	m.raw("</a>")
}

func (m *markup) draftChip(class, mark, text string) {
	m.raw(`<span class="chip `, class, `">`)
	if mark != "" {
		m.raw(`<span aria-hidden="true">`, mark, "</span> ")
	}
	m.text(text)
	m.raw("</span>")
}

// small adds what goes beside a fact.
func (m *markup) small(text string) {
	if text == "" {
		return
	}
	m.raw(" <small>")
	m.text(text)
	m.raw("</small>")
}

func (m *markup) parties(words draftWords, parties []PartyName) {
	if len(parties) == 0 {
		m.draftChip("soon", "", words.noLead)
	}
	unknown := false
	for i, p := range parties {
		if i > 0 {
			m.raw("; ")
		}
		switch {
		case p.Href != "":
			m.raw(`<a class="chip soon" href="`)
			m.href(p.Href)
			m.raw(`">? `)
			m.text(p.Text)
			m.raw("</a>")
			unknown = true
		case p.Unknown:
			m.raw(`<span class="chip soon">? `)
			m.text(p.Text)
			m.raw("</span>")
		default:
			m.text(p.Text)
		}
		if p.Note != "" {
			m.raw(" <small>(")
			m.text(p.Note)
			m.raw(")</small>")
		}
	}
	if unknown {
		m.small(words.unknown)
	}
}
