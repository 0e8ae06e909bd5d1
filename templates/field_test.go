package templates

import (
	"bytes"
	htmltemplate "html/template"
	"testing"
)

// engineControl is what the template engine makes of a box or a select.
const engineControl = `
<div class="field{{if .Error}} wrong{{end}}{{if .Narrow}} narrow{{end}}">
<label for="{{.ControlID}}"{{if .Plain}} class="unseen"{{end}}>{{.Label}}{{if not .Required}}{{if not .Plain}} <small>{{t "form.optional"}}</small>{{end}}{{end}}</label>
{{- with .Hint}}
<p class="hint" id="{{$.ControlID}}-hint">{{.}}</p>
{{- end}}
{{- with .Error}}
<p class="error" id="{{$.ControlID}}-error"><b>{{t "form.error"}}</b> {{.}}</p>
{{- end}}
{{- if eq .Kind "select"}}
<select id="{{.ControlID}}" name="{{.Name}}"
{{- with .DescribedBy}} aria-describedby="{{.}}"{{end}}
{{- if .Error}} aria-invalid="true"{{end}}
{{- if .Required}} required{{end}}
{{- if .Autofocus}} autofocus{{end}}>
{{- with .Blank}}
<option value="">{{.}}</option>
{{- end}}
{{- range .Options}}
<option value="{{.Value}}"{{if $.Chosen .Value}} selected{{end}}>{{.Label}}</option>
{{- end}}
</select>
{{- else}}
<input id="{{.ControlID}}" name="{{.Name}}" type="{{.InputType}}"
{{- if ne .Type "file"}}{{if ne .Type "password"}} value="{{.Value}}"{{end}}{{end}}
{{- with .DescribedBy}} aria-describedby="{{.}}"{{end}}
{{- if .Error}} aria-invalid="true"{{end}}
{{- if .Required}} required{{end}}
{{- if .ReadOnly}} readonly{{end}}
{{- if .Autofocus}} autofocus{{end}}
{{- if .Multiple}} multiple{{end}}
{{- with .MaxLength}} maxlength="{{.}}"{{end}}
{{- with .Autocomplete}} autocomplete="{{.}}"{{end}}
{{- with .InputMode}} inputmode="{{.}}"{{end}}
{{- with .Min}} min="{{.}}"{{end}}
{{- with .Max}} max="{{.}}"{{end}}
{{- with .Step}} step="{{.}}"{{end}}
{{- with .Placeholder}} placeholder="{{.}}"{{end}}
{{- with .Pattern}} pattern="{{.}}"{{end}}
{{- with .Accept}} accept="{{.}}"{{end}}
{{- with .Capture}} capture="{{.}}"{{end}}
{{- with .Suggest}} data-suggest="{{.}}"{{end}}>
{{- end}}
</div>`

func TestControlsAreThoseOfTheEngine(t *testing.T) {
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	w := s.Words(DefaultLanguage)
	engine := htmltemplate.Must(htmltemplate.New("").Funcs(map[string]any{"t": w.T}).Parse(engineControl))
	const evil = "\"><script>alert('1+1')</script>&amp;\x00\u00a0"
	for _, f := range []Field{
		{Name: "q"}, {Name: "q", Type: "search", Label: "Từ", Value: "a b", MaxLength: 200, Required: true},
		{ID: "x", Name: "q", Type: "date", Label: evil, Value: evil, Error: evil, Hint: evil, Narrow: true, Min: evil, Max: "9", Step: "1"},
		{Name: evil, Value: evil, Plain: true, ReadOnly: true, Autofocus: true, Multiple: true, Placeholder: evil, Pattern: evil, Suggest: "/suggest?a=" + "1&b"},
		{Name: "f", Type: "file", Value: "secret", Accept: ".docx,.pdf", Capture: "user", Hint: "h"},
		{Name: "p", Type: "password", Value: "secret", Autocomplete: "current-password", InputMode: "numeric"},
		{Name: "s", Type: "select", Blank: "Tất cả", Value: "2", Required: true, Options: []Option{{Value: "1", Label: "Một"}, {Value: "2", Label: `"Hai" & <b>`}}},
		{Name: "s", Type: "select", Label: "L", Hint: "h", Error: evil, Autofocus: true},
	} {
		var want bytes.Buffer
		if err := engine.Execute(&want, f); err != nil {
			t.Fatal(err)
		}
		if got := string(w.control(f)); got != want.String() {
			t.Errorf("got  %s\nwant %s", got, want.String())
		}
	}
}
