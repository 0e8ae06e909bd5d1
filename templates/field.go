package templates

import (
	htmltemplate "html/template"
	"strconv"
)

// Boxes and selects are written by Go code too: the form above a list has ten of them. What they look like is what
// partials/form.html says of other fields; every text goes through markup.attr or markup.text.

// attr adds an attribute that has a value.
func (m *markup) attr(name, value string) {
	if value == "" {
		return
	}
	m.raw(" ", name, `="`)
	m.text(value)
	m.raw(`"`)
}

// flag adds an attribute that stands or does not.
func (m *markup) flag(name string, on bool) {
	if on {
		m.raw(" ", name)
	}
}

// control writes a field that is an <input> or a <select>, with its label, hint and error.
func (w *Words) control(f Field) htmltemplate.HTML {
	var m markup
	m.Grow(512 + 96*len(f.Options))
	id := f.ControlID()
	m.raw("\n<div class=\"field")
	if f.Error != "" {
		m.raw(" wrong")
	}
	if f.Narrow {
		m.raw(" narrow")
	}
	m.raw("\">\n<label for=\"")
	m.text(id)
	m.raw(`"`)
	if f.Plain {
		m.raw(` class="unseen"`)
	}
	m.raw(">")
	m.text(f.Label)
	if !f.Required && !f.Plain {
		m.raw(" <small>")
		m.text(w.T("form.optional"))
		m.raw("</small>")
	}
	m.raw("</label>")
	if f.Hint != "" {
		m.raw("\n<p class=\"hint\" id=\"")
		m.text(id)
		m.raw("-hint\">")
		m.text(f.Hint)
		m.raw("</p>")
	}
	if f.Error != "" {
		m.raw("\n<p class=\"error\" id=\"")
		m.text(id)
		m.raw("-error\"><b>")
		m.text(w.T("form.error"))
		m.raw("</b> ")
		m.text(f.Error)
		m.raw("</p>")
	}
	if f.Kind() == "select" {
		m.selection(id, f)
	} else {
		m.box(id, f)
	}
	m.raw("\n</div>")
	return m.html()
}

// begin writes the beginning of a control's tag.
func (m *markup) begin(tag, id string, f Field) {
	m.raw("\n<", tag, " id=\"")
	m.text(id)
	m.raw(`" name="`)
	m.text(f.Name)
	m.raw(`"`)
}

func (m *markup) selection(id string, f Field) {
	m.begin("select", id, f)
	m.attr("aria-describedby", f.DescribedBy())
	m.flag(`aria-invalid="true"`, f.Error != "")
	m.flag("required", f.Required)
	m.flag("autofocus", f.Autofocus)
	m.raw(">")
	if f.Blank != "" {
		m.raw("\n<option value=\"\">")
		m.text(f.Blank)
		m.raw("</option>")
	}
	m.options(f)
	m.raw("\n</select>")
}

func (m *markup) box(id string, f Field) {
	m.begin("input", id, f)
	m.raw(` type="`)
	m.text(f.InputType())
	m.raw(`"`)
	if f.Type != "file" && f.Type != "password" {
		m.raw(` value="`)
		m.text(f.Value)
		m.raw(`"`)
	}
	m.attr("aria-describedby", f.DescribedBy())
	m.flag(`aria-invalid="true"`, f.Error != "")
	m.flag("required", f.Required)
	m.flag("readonly", f.ReadOnly)
	m.flag("autofocus", f.Autofocus)
	m.flag("multiple", f.Multiple)
	if f.MaxLength != 0 {
		m.attr("maxlength", strconv.Itoa(f.MaxLength))
	}
	for _, a := range [...][2]string{
		{"autocomplete", f.Autocomplete}, {"inputmode", f.InputMode}, {"min", f.Min}, {"max", f.Max}, {"step", f.Step},
		{"placeholder", f.Placeholder}, {"pattern", f.Pattern}, {"accept", f.Accept}, {"capture", f.Capture}, {"data-suggest", f.Suggest},
	} {
		m.attr(a[0], a[1])
	}
	m.raw(">")
}
