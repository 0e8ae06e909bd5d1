package web

import (
	"bytes"
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates/office"
)

// maxDocumentRows is how many lines a .docx has at most: some hundred pages, beyond which nobody prints it and Word grows slow.
const maxDocumentRows = 3000

// exportRegister gives the follow-up book as a workbook.
func (s *Server) exportRegister(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	b, err := s.registerBook(ctx, actor, s.queried(c))
	if err != nil {
		return err
	}
	if b.wrong != nil {
		return s.register(c, actor)
	}
	w, l := b.w, s.letterOf(b.w, actor, b.agencies)
	first, err := s.Assignments.Register(ctx, actor, b.query)
	if err != nil {
		return err
	}
	var more bool
	sheet := office.Sheet{
		Name: w.T("register.sheet"), Title: w.T("register.book_title"), Footer: s.footer(w, w.T("register.title")),
		Lines: []string{periodWords(w, b.filter, b.query) + b.scope(), b.asOf(first.On)},
		After: func() []string {
			if more {
				return []string{w.T("export.cut", maxExport)}
			}
			return nil
		},
	}
	sheetHead(w, l, &sheet)
	table := office.Table[registerRow]{
		Columns: withNumbers(w, b.columns()), Rows: allPages(maxExport, &more, s.registerPages(ctx, b.actor, b.query)), Empty: w.T("export.empty"),
	}
	return sendWorkbook(s, c, actor, w.T("register.file"), sheet, table)
}

// registerDocument gives the follow-up book as a document to print and bind.
func (s *Server) registerDocument(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	b, err := s.registerBook(ctx, actor, s.queried(c))
	if err != nil {
		return err
	}
	if b.wrong != nil {
		return s.register(c, actor)
	}
	first, err := s.Assignments.Register(ctx, actor, b.query)
	if err != nil {
		return err
	}
	w, l := b.w, s.letterOf(b.w, actor, b.agencies)
	l.Symbol, l.Number = "", ""
	return s.sendDocument(c, actor, w.T("register.file"), office.Properties{Title: w.T("register.book_title"), Language: language(w.Lang()), Landscape: true},
		func(d *office.Document) {
			writeHead(d, w, l, 0.42)
			d.Text(w.T("register.book_title"), office.Style{Bold: true, Align: office.Center, Before: 6})
			d.Text(periodWords(w, b.filter, b.query)+b.scope(), office.Style{Italic: true, Align: office.Center})
			d.Text(b.asOf(first.On), office.Style{Italic: true, Size: 12, Align: office.Center, After: 8})
			var more bool
			office.WriteTable(d, office.Table[registerRow]{
				Columns: withNumbers(w, b.columns()), Rows: allPages(maxDocumentRows, &more, s.registerPages(ctx, b.actor, b.query)), Empty: w.T("export.empty"),
			})
			if more {
				d.Text(w.T("register.cut", maxDocumentRows), office.Style{Italic: true, Size: 12, Before: 6})
			}
		})
}

// registerPages reads the register page by page.
func (s *Server) registerPages(ctx context.Context, actor tasks.Person, q tasks.RegisterQuery) func(string) ([]registerRow, string, error) {
	return func(after string) ([]registerRow, string, error) {
		q.After, q.Limit = after, tasks.MaxPage
		page, err := s.Assignments.Register(ctx, actor, q)
		return page.Rows, page.Next, err
	}
}

// scope says of which agency a register is; "" of all.
func (b registerBook) scope() string {
	switch own, all := b.actor.Scope(tasks.ActionRegisterRead); {
	case b.query.AgencyID != 0:
		return b.w.T("register.of_agency", agencyName(b.w, b.agencies, b.query.AgencyID))
	case !all:
		return b.w.T("register.of_agency", agencyNames(b.w, b.agencies, own))
	}
	return ""
}

// language is the tag of spelling of a language of the pages.
func language(lang string) string {
	if lang == "vi" {
		return "vi-VN"
	}
	return "en-GB"
}

// sendDocument answers with a .docx once the whole of it is written.
func (s *Server) sendDocument(c *gin.Context, actor tasks.Person, name string, p office.Properties, write func(*office.Document)) error {
	done, err := s.exportTurn(actor)
	if err != nil {
		return err
	}
	defer done()
	var file bytes.Buffer
	d := office.NewDocument(&file, p)
	write(d)
	if err := d.Close(); err != nil {
		return err
	}
	c.Header("Content-Disposition", attachmentHeader(s.downloadName(name, "docx")))
	c.Header("Content-Security-Policy", "sandbox; default-src 'none'")
	c.Data(http.StatusOK, typeDOCX, file.Bytes())
	return nil
}
