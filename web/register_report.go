package web

import (
	"context"
	"iter"
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
	"tiendo/templates/office"
)

type reportPage struct {
	templates.Layout
	Lede, BackHref string
	Hidden         []templates.Hidden
	Fields         []templates.Field
	// Paragraphs are the report's words, as the file has them.
	Paragraphs []string
}

// periodicReport asks for the head and foot of the periodic report of a register, and shows its words.
func (s *Server) periodicReport(c *gin.Context, actor tasks.Person) error {
	b, err := s.registerBook(c.Request.Context(), actor, s.queried(c))
	if err != nil {
		return err
	}
	return s.showReport(c, http.StatusOK, b, s.reportLetter(b), b.wrong)
}

// reportLetter is the report's letter before anything was typed.
func (s *Server) reportLetter(b registerBook) letter {
	l := s.letterOf(b.w, b.actor, b.agencies)
	l.About = b.w.T("register.about", lowered(periodWords(b.w, b.filter, b.query)))
	return l
}

// registerSummary counts the whole register: that takes one of the person's turns, as a file of it does.
func (s *Server) registerSummary(ctx context.Context, b registerBook) (tasks.RegisterSummary, error) {
	done, err := s.exportTurn(b.actor)
	if err != nil {
		return tasks.RegisterSummary{}, err
	}
	defer done()
	return s.Assignments.RegisterSummary(ctx, b.actor, b.query)
}

func (s *Server) showReport(c *gin.Context, status int, b registerBook, l letter, wrong error) error {
	fe, refused := s.invalid(b.actor, wrong)
	p := reportPage{Lede: b.w.T("register.report_lede"), BackHref: b.filter.href("/register", ""), Hidden: b.filter.hidden(), Fields: l.fields(b.w, fe)}
	if b.wrong == nil {
		sum, err := s.registerSummary(c.Request.Context(), b)
		if again, ok := s.invalid(b.actor, err); ok {
			fe, refused = again, true
		} else if err != nil {
			return err
		}
		if !refused {
			p.Paragraphs = b.paragraphs(l, sum)
		}
	}
	if refused {
		status = http.StatusUnprocessableEntity
	}
	p.Layout = s.layout(c, b.actor, b.w.T("register.report_headline", lowered(periodWords(b.w, b.filter, b.query))))
	p.Problems = fe.problems(p.Fields...)
	for _, field := range []string{"from", "to"} {
		if text := fe.byField[field]; text != "" {
			p.Problems = append(p.Problems, templates.Problem{Text: text})
		}
	}
	return s.render(c, status, "register_report", p)
}

// makeReport gives the periodic report with its annex as a document, or the annex alone as a workbook.
func (s *Server) makeReport(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	b, err := s.registerBook(ctx, actor, readRegisterFilter(c.PostForm, s.Rules.Day(s.Now())))
	if err != nil {
		return err
	}
	l, wrong := typedLetter(c)
	if wrong = joinInvalid(b.wrong, wrong); wrong != nil {
		return s.showReport(c, http.StatusOK, b, l, wrong)
	}
	sum, err := s.registerSummary(ctx, b)
	if _, refused := s.invalid(actor, err); refused {
		return s.showReport(c, http.StatusOK, b, l, err)
	}
	if err != nil {
		return err
	}
	if c.PostForm("file") == "xlsx" {
		return s.sendAnnex(c, b, l, sum)
	}
	w := b.w
	return s.sendDocument(c, actor, w.T("register.report_file"), office.Properties{Title: w.T("register.kind") + " " + l.About, Language: language(w.Lang())},
		func(d *office.Document) {
			writeHead(d, w, l, 0.4)
			d.Text(upper(w.T("register.kind")), office.Style{Bold: true, Align: office.Center, Before: 10})
			d.Text(l.About, office.Style{Bold: true, Align: office.Center, After: 12, Rule: 0.3})
			for _, text := range b.paragraphs(l, sum) {
				d.Text(text, office.Style{Align: office.Justify, Indent: true, Before: 3, After: 3})
			}
			if len(sum.Agencies) > 1 {
				d.Text(w.T("register.by_agency"), office.Style{Align: office.Justify, Indent: true, Before: 3, After: 6, KeepNext: true})
				office.WriteTable(d, office.Table[tasks.AgencyRegister]{Columns: withNumbers(w, b.agencyColumns()), Rows: listed(sum.Agencies)})
			}
			d.Text(w.T("register.closing"), office.Style{Align: office.Justify, Indent: true, Before: 8, After: 3})
			writeFoot(d, w, l)
			d.Section(true)
			s.writeAnnex(ctx, d, b, l, sum)
		})
}

// writeAnnex writes the annex: what became of each duty, agency by agency.
func (s *Server) writeAnnex(ctx context.Context, d *office.Document, b registerBook, l letter, sum tasks.RegisterSummary) {
	w := b.w
	// Nghị định 30/2020/NĐ-CP, annex I, part IV: the word in small letters and bold, the title in capitals and bold, what it goes with
	// in italics over a line.
	d.Text(w.T("register.annex"), office.Style{Bold: true, Align: office.Center})
	d.Text(upper(w.T("register.annex_title", lowered(periodWords(w, b.filter, b.query)))), office.Style{Bold: true, Align: office.Center})
	d.Text(b.annexOf(l), office.Style{Italic: true, Align: office.Center, Rule: 0.25})
	d.Text(b.asOf(sum.On), office.Style{Italic: true, Size: 12, Align: office.Center, Before: 2, After: 8})
	var more bool
	office.WriteTable(d, office.Table[annexRow]{
		Columns: withNumbers(w, b.annexColumns()), Group: func(r annexRow) string { return r.group },
		Rows: s.annexRows(ctx, b, sum, maxDocumentRows, &more), Empty: w.T("export.empty"),
	})
	if more {
		d.Text(w.T("register.cut", maxDocumentRows), office.Style{Italic: true, Size: 12, Before: 6})
	}
}

// sendAnnex gives the annex as a workbook.
func (s *Server) sendAnnex(c *gin.Context, b registerBook, l letter, sum tasks.RegisterSummary) error {
	w := b.w
	var more bool
	sheet := office.Sheet{
		Name: w.T("register.annex"), Above: []string{w.T("register.annex")}, Title: upper(w.T("register.annex_title", lowered(periodWords(w, b.filter, b.query)))),
		Lines: []string{b.annexOf(l), b.asOf(sum.On)}, Footer: s.footer(w, w.T("register.annex")),
		After: func() []string {
			if more {
				return []string{w.T("export.cut", maxExport)}
			}
			return nil
		},
	}
	return sendWorkbook(s, c, b.actor, w.T("register.annex_file"), sheet, office.Table[annexRow]{
		Columns: withNumbers(w, b.annexColumns()), Group: func(r annexRow) string { return r.group },
		Rows: s.annexRows(c.Request.Context(), b, sum, maxExport, &more), Empty: w.T("export.empty"),
	})
}

// annexOf says with which report the annex goes.
func (b registerBook) annexOf(l letter) string {
	issuer := l.Issuer
	if issuer == "" {
		issuer = "……"
	}
	return b.w.T("register.annex_of", l.numberText(b.w, "register.number_inline"), l.dayText(b.w), issuer)
}

// annexRow is a line of the annex under the agency that leads.
type annexRow struct {
	registerRow
	group string
}

// annexRows reads agency after agency; what agencies lead jointly stands under each.
func (s *Server) annexRows(ctx context.Context, b registerBook, sum tasks.RegisterSummary, most int, more *bool) iter.Seq2[annexRow, error] {
	return func(yield func(annexRow, error) bool) {
		left := most
		for _, agency := range sum.Agencies {
			q := b.query
			q.AgencyID, q.Part, q.Outgoing = agency.Agency.ID, tasks.PartLead, true
			group := b.w.T("register.group", agency.Agency.Name, agency.RegisterFigures.All, agency.Completed, agency.Overdue)
			for row, err := range allPages(left, more, s.registerPages(ctx, b.actor, q)) {
				left--
				if !yield(annexRow{row, group}, err) || err != nil {
					return
				}
			}
			if *more {
				return
			}
		}
	}
}

// listed are rows that are there already.
func listed[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
