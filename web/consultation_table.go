package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
	"tiendo/templates/office"
)

// opinionRow is one line of the table of comments: a comment with its reply.
type opinionRow struct{ item, agency, text, reply string }

// consultationTable gives the secretariat the table of comments and replies as a document: who was asked, who agrees, who has not
// answered, and each comment by item (the form in use under Nghị định 78/2025/NĐ-CP for drafts that are put to comment).
func (s *Server) consultationTable(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Documents.Consultation(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	l := s.letterOf(w, actor, v.Agencies)
	l.Symbol, l.Number = "", ""
	o := opinionsOf(w, v)
	title := w.T("consultation_table.title")
	return s.sendDocument(c, actor, w.T("consultation_table.file"), office.Properties{Title: title, Language: language(w.Lang()), Landscape: true},
		func(d *office.Document) {
			writeHead(d, w, l, 0.42)
			d.Text(title, office.Style{Bold: true, Align: office.Center, Before: 6})
			d.Text(v.Consultation.Title, office.Style{Bold: true, Align: office.Center, After: 8})
			for _, line := range o.lines(w, v) {
				d.Text(line, office.Style{Size: 13, Align: office.Justify, Indent: true, After: 4})
			}
			d.Text("", office.Style{Size: 6})
			office.WriteTable(d, office.Table[opinionRow]{
				Columns: withNumbers(w, []office.Column[opinionRow]{
					{Head: w.T("consultation_table.item"), Width: 30, Value: func(r opinionRow) any { return r.item }},
					{Head: w.T("consultation_table.agency"), Width: 20, Value: func(r opinionRow) any { return r.agency }},
					{Head: w.T("consultation_table.text"), Width: 45, Value: func(r opinionRow) any { return r.text }},
					{Head: w.T("consultation_table.reply"), Width: 45, Value: func(r opinionRow) any { return r.reply }},
				}),
				Rows: allPages(len(o.rows), new(bool), onePage(o.rows)), Empty: w.T("consultation_table.none"),
			})
		})
}

// opinions is what agencies have said, as the table tells it.
type opinions struct {
	rows                  []opinionRow
	agreed, silent        []string // agencies
	sent, comments, asked int
}

func opinionsOf(w *templates.Words, v tasks.ConsultationView) opinions {
	o := opinions{asked: len(v.Answers)}
	said := make(map[int64]int)
	for _, item := range append(consultationItems(w, v.Items), consultationItem{}) {
		for _, m := range v.Comments {
			if m.ItemID != item.ID || m.Stance != tasks.StanceComment {
				continue
			}
			said[m.AgencyID]++
			o.comments++
			row := opinionRow{item: w.T("consultation.on_the_whole"), agency: agencyName(w, v.Agencies, m.AgencyID), text: m.Text}
			if item.ID != 0 {
				row.item = w.T("consultation_table.of_item", item.Ref, excerpt(item.Text, 200))
			}
			if m.Reply != "" && !m.Outdated() {
				row.reply = strings.TrimSpace(w.T("reply."+string(m.Reply)) + ". " + m.ReplyText)
			}
			o.rows = append(o.rows, row)
		}
	}
	for _, a := range v.Answers {
		name := agencyName(w, v.Agencies, a.AgencyID)
		switch {
		case a.State() != tasks.AnswerSent:
			o.silent = append(o.silent, name)
			continue
		case said[a.AgencyID] == 0:
			o.agreed = append(o.agreed, name)
		}
		o.sent++
	}
	return o
}

// lines say whom was asked and what came, before the table.
func (o opinions) lines(w *templates.Words, v tasks.ConsultationView) []string {
	lines := []string{
		w.T("consultation_table.asked", v.Consultation.OpenedOn, o.asked, o.sent, o.comments),
	}
	if len(o.agreed) > 0 {
		lines = append(lines, w.T("consultation_table.agreed", len(o.agreed), strings.Join(o.agreed, "; ")))
	}
	if len(o.silent) > 0 {
		lines = append(lines, w.T("consultation_table.silent", len(o.silent), v.Consultation.Due, strings.Join(o.silent, "; ")))
	}
	return append(lines, w.T("consultation_table.result"))
}
