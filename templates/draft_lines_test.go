package templates

import (
	htmltemplate "html/template"
	"strings"
	"testing"
)

// The same rows and texts as a template; what is written by hand must be the same to the octet.
const reviewByTemplate = `{{define "rows"}}{{- range .}}
{{- with .Section}}
<li class="section"><p class="meta" lang="vi">{{.}}</p></li>
{{- end}}
<li id="draft-{{.ID}}" data-row tabindex="-1"{{if .Look}} class="doubt" data-doubt{{end}}>
<div class="line"><label class="mark"><input type="checkbox" name="draft" value="{{.Mark}}" form="columns-form" data-key=" "{{if .Marked}} checked{{end}}> <span class="unseen">{{t "review.mark" .Ref}}</span></label>
<p lang="vi"><b>{{.Ref}}</b> {{.Text}}</p>
{{if .Checked}}<span class="chip ok"><span aria-hidden="true">✓</span> {{t "review.checked"}}</span>{{else if .Look}}<span class="chip soon"><span aria-hidden="true">?</span> {{t "review.to_look"}}</span>{{end}}{{if .Restricted}} <span class="chip back">{{t "restricted.chip"}}</span>{{end}}</div>
<dl class="facts">
<dt>{{t "document_form.lead"}}</dt><dd>{{template "review.parties" .Leads}}{{with .Shares}} <small>{{.}}</small>{{end}}</dd>
{{- if .Cooperating}}
<dt>{{t "document_form.cooperating"}}</dt><dd>{{template "review.parties" .Cooperating}}</dd>
{{- end}}
<dt>{{t "draft_form.time"}}</dt><dd>{{if .NoTime}}<span class="chip soon">{{.Time}}</span>{{else}}{{.Time}}{{end}}{{if .Early}} <span class="chip soon">{{t "review.early_due"}}</span>{{end}}{{if .Past}} <span class="chip late">{{t "review.past_due"}}</span>{{end}}{{with .Phrase}} <small>{{t "document_word.written" .}}</small>{{end}}</dd>
</dl>
{{- with .Doubts}}
<ul class="doubts">{{range .}}<li>{{.}}</li>{{end}}</ul>
{{- end}}
<p class="acts">
{{- if .Checked}}<button class="plain" form="row" formaction="{{.CheckAction}}?undo=1" name="version" value="{{.Version}}">{{t "review.uncheck"}}</button>
{{- else}}<button class="btn quiet" form="row" formaction="{{.CheckAction}}" name="version" value="{{.Version}}" data-key="Enter">{{t "review.check"}}</button>{{end}}
<a class="btn quiet" href="{{.EditHref}}" data-key="e">{{t "review.edit"}}</a>
{{if .MergeAction}}<button class="plain" form="row" formaction="{{.MergeAction}}" name="version" value="{{.Version}}" data-key="m">{{t "review.merge"}}</button>
{{end}}<a href="{{.SplitHref}}" data-key="s">{{t "review.split"}}</a>
<button class="plain" form="row" formaction="{{.RemoveAction}}" name="version" value="{{.Version}}" data-key="x">{{t "review.remove"}}</button>
{{- with .SourceHref}} <a href="{{.}}" data-key="v">{{t "review.to_source"}}</a>{{end}}</p>
</li>
{{- end}}{{end}}

{{define "review.parties"}}{{$unknown := false}}{{range $i, $p := .}}{{if $i}}; {{end}}{{if .Href}}{{$unknown = true}}<a class="chip soon" href="{{.Href}}">? {{.Text}}</a>{{else if .Unknown}}<span class="chip soon">? {{.Text}}</span>{{else}}{{.Text}}{{end}}{{with .Note}} <small>({{.}})</small>{{end}}{{else}}<span class="chip soon">{{t "review.no_lead"}}</span>{{end}}{{if $unknown}} <small>{{t "document_word.unknown_name"}}</small>{{end}}{{end}}

{{define "source"}}{{range .}}
{{- with .Name}}
<p class="meta file">{{.}}</p>
{{- end}}
{{- range .Blocks}}
{{- if .Rows}}
<div class="scroll" id="{{.ID}}" tabindex="0" role="group" aria-label="{{t "document_word.table"}}{{with .Sheet}} {{.}}{{end}}">
{{- with .Sheet}}<p><b>{{.}}</b></p>{{end}}
<table{{if .Fits}} class="fits"{{end}}>
{{- $linked := .Linked}}
{{- range .Rows}}
<tr id="{{.ID}}" lang="vi"{{if .Taken}} class="taken"{{end}}>
{{- if $linked}}<td class="to">{{template "source.links" .Links}}</td>{{end}}
{{- range .Cells}}<td{{if gt .Span 1}} colspan="{{.Span}}"{{end}}>{{template "source.parts" .Parts}}</td>{{end}}</tr>
{{- end}}
</table>
</div>
{{- else}}
<p id="{{.ID}}" lang="vi"{{if .Taken}} class="taken"{{else if .Heading}} class="heading"{{end}}>{{template "source.links" .Links}}{{if .Links}} {{end}}{{template "source.parts" .Parts}}</p>
{{- end}}
{{- end}}
{{- end}}{{end}}

{{define "source.parts"}}{{range .}}{{if .Mark}}<mark>{{.Text}}</mark>{{else}}{{.Text}}{{end}}{{end}}{{end}}

{{define "source.links"}}{{range .}}{{if .Short}}<a class="to" lang="{{lang}}" href="{{.Href}}" title="{{.Text}}"><span aria-hidden="true">↔</span><span class="unseen">{{.Text}}</span></a>{{else}}<a class="to" lang="{{lang}}" href="{{.Href}}">{{.Text}}</a>{{end}}{{end}}{{end}}`

func TestReviewIsAsByTemplate(t *testing.T) {
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	const evil = `"><script>alert('x')+1</script>&amp;`
	rows := []DraftRow{
		{ID: 1, Version: 2, Mark: "1.2", Ref: "1.a", Text: "Rà soát", Leads: []PartyName{{Text: "Sở Y tế"}}, Time: "hạn 1/2/2026", EditHref: "/documents/1/drafts/1",
			CheckAction: "/documents/1/drafts/1/check", SplitHref: "/documents/1/drafts/1/split", RemoveAction: "/documents/1/drafts/1/remove"},
		{ID: 2, Version: 1, Mark: evil, Ref: evil, Section: evil, Text: evil, Leads: []PartyName{{Text: evil, Note: evil, Unknown: true, Href: "#name-1"}, {Text: "b"}},
			Cooperating: []PartyName{{Text: "c", Unknown: true}}, Shares: evil, Time: evil, Phrase: evil, NoTime: true, Past: true, Early: true,
			Doubts: []string{evil, "d"}, Look: true, Marked: true, SourceHref: "#block-1", MergeAction: "/documents/1/drafts/2/merge?above=1.2",
			EditHref: "/documents/1/drafts/2", CheckAction: "/x", SplitHref: "/y", RemoveAction: "/z"},
		{ID: 3, Version: 7, Checked: true, Look: true, CheckAction: "/documents/1/drafts/3/check", Section: "II", SourceHref: "#block-2-row-3"},
		{ID: 4, Checked: true, Early: true, Time: "x\x00y"},
	}
	links := []SourceLink{{Href: "#draft-1", Text: evil}, {Href: "/documents/1/review#draft-2", Text: evil, Short: true}}
	parts := []SourcePart{{Text: evil}, {Text: evil, Mark: true}, {Text: "x\x00y"}}
	files := []SourceFile{{Name: evil, Blocks: []SourceBlock{
		{ID: "block-1", Heading: true, Parts: parts}, {ID: "block-2", Heading: true, Taken: true, Links: links, Parts: parts}, {ID: "block-3"},
		{ID: "block-4", Sheet: evil, Linked: true, Fits: true, Rows: []SourceRow{
			{ID: "block-4-row-1", Cells: []SourceCell{{Parts: parts, Span: 1}, {Span: 3}}}, {ID: "block-4-row-2", Taken: true, Links: links, Cells: []SourceCell{{Span: 1}}},
		}},
		{ID: "block-5", Rows: []SourceRow{{ID: "r", Cells: []SourceCell{{Span: 1}}}}},
	}}, {}}
	for _, lang := range s.Languages() {
		w := s.Words(lang)
		page := htmltemplate.Must(htmltemplate.New("").Funcs(s.functions(w)).Parse(reviewByTemplate))
		for name, c := range map[string]struct {
			data any
			got  htmltemplate.HTML
		}{"rows": {rows, w.drafts(rows)}, "source": {files, w.source(files)}} {
			var want strings.Builder
			if err := page.ExecuteTemplate(&want, name, c.data); err != nil {
				t.Fatal(err)
			}
			if got := string(c.got); got != want.String() {
				at := 0
				for at < min(len(got), want.Len()) && got[at] == want.String()[at] {
					at++
				}
				t.Errorf("%s, %s: differs at %d:\n%s\nwant\n%s", lang, name, at, got[max(0, at-80):min(len(got), at+80)], want.String()[max(0, at-80):min(want.Len(), at+80)])
			}
		}
	}
}
