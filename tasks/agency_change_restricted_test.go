package tasks_test

import (
	"testing"

	"tiendo/tasks"
)

// Who is asked in a predecessor's place reads what the draft would give that one alone, and is asked about it; no other agency is.
func TestWhoIsAskedInsteadReadsWhatIsRestricted(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document := r.draft("1/CT", r.duty(), r.duty(func(in *tasks.DraftInput) {
		in.Text, in.Leads, in.Restricted = "Chữ hạn chế", leads(r.stc), true
	}))
	id := must(r.documents.OpenConsultation(ctx, r.secretariat, document, tasks.ConsultationInput{
		Title: "Góp ý", Due: date("2026-12-01"), Agencies: []int64{r.snv, r.stc},
	}))(t)
	r.change(tasks.ChangeInput{Kind: tasks.ChangeRename, Day: date("2026-10-12"), Predecessors: []int64{r.stc}, Founded: founded("Sở Kinh tế")})
	if n := r.carry("2026-10-12 00:00"); n != 1 {
		t.Fatalf("%d changes carried out", n)
	}
	next := r.called("so kinh te").ID
	heir := r.person("Kế", focalOf(next))
	v := must(r.documents.OwnConsultation(ctx, heir, id, next))(t)
	if len(v.Items) != 2 || v.Items[1].Hidden || v.Items[1].Text != "Chữ hạn chế" {
		t.Errorf("who took over is asked %+v", v.Items)
	}
	if got := must(r.documents.OwnConsultation(ctx, r.focal, id, r.snv))(t); !got.Items[1].Hidden || got.Items[1].Text != "" {
		t.Errorf("another agency reads %+v", got.Items[1])
	}
	if items := r.office(id).ItemsFor(next); len(items) != 2 {
		t.Errorf("a letter of who took over answers %d items", len(items))
	}
}
