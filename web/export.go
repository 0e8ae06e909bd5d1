package web

import (
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
	"tiendo/templates/office"
)

// A list is exported by one more route: its page's address with ".xlsx" behind it, the same filters, the same service. It says which
// columns it has and how its next page is read; sendList does the rest:
//
//	w := s.words(actor)
//	return sendList(s, c, actor, exported[tasks.PersonRow]{
//		key:   "people", // words: export.people is the title, export_file.people the file's name
//		lines: []string{…}, // under the title: what was filtered by
//		columns: []office.Column[tasks.PersonRow]{
//			{Head: w.T("person.name"), Width: 28, Value: func(p tasks.PersonRow) any { return p.Name }},
//		},
//		page: func(after string) ([]tasks.PersonRow, string, error) { … },
//	})
//
// The page links to it by exportHref, in templates.Pager.ExportHref or {{template "export" .ExportHref}}.
type exported[T any] struct {
	key     string
	lines   []string
	columns []office.Column[T]
	group   func(T) string
	// page answers the rows behind the cursor ("" for the first) and the next cursor, "" at the end.
	page func(after string) ([]T, string, error)
}

// maxExport is how many rows a workbook is sent with: more than any province's year has, and less than programs have trouble with.
const maxExport = 100_000

const (
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// exportHref is the workbook of the list at the address: "/people?q=an" gives "/people.xlsx?q=an".
func exportHref(list string) string {
	path, query, filtered := strings.Cut(list, "?")
	if path += ".xlsx"; filtered {
		path += "?" + query
	}
	return path
}

// exportOf is the workbook of the list that was asked for, from its first page on.
func exportOf(c *gin.Context) string { return exportHref(pageHref(c, "")) }

// onePage are rows that are no pages.
func onePage[T any](rows []T) func(string) ([]T, string, error) {
	return func(string) ([]T, string, error) { return rows, "", nil }
}

// allPages reads page after page until most rows were read; more is set when there would be others. Pages are read one by one, each as
// the list is then: a row that changes its place meanwhile may be missed, as it may be by who turns pages.
func allPages[T any](most int, more *bool, page func(after string) ([]T, string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		*more = false
		n, after := 0, ""
		for {
			rows, next, err := page(after)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, row := range rows {
				if n == most {
					*more = true
					return
				}
				if n++; !yield(row, nil) {
					return
				}
			}
			if next == "" || next == after {
				return
			}
			after = next
		}
	}
}

// withNumbers puts the row's number before the other columns.
func withNumbers[T any](w *templates.Words, columns []office.Column[T]) []office.Column[T] {
	n := 0
	number := office.Column[T]{Head: w.T("export.number"), Width: 6, Value: func(T) any { n++; return n }}
	return append([]office.Column[T]{number}, columns...)
}

// sendList answers with the list as a workbook. Who asks for it comes from its service like the page's: nobody gets rows or columns
// that the page does not show him.
func sendList[T any](s *Server, c *gin.Context, actor tasks.Person, e exported[T]) error {
	w := s.words(actor)
	var more bool
	sheet := office.Sheet{
		Title: w.T("export." + e.key), Lines: append(e.lines, s.exportMade(w)), Footer: s.footer(w, w.T("export."+e.key)),
		After: func() []string {
			if more {
				return []string{w.T("export.cut", maxExport)}
			}
			return nil
		},
	}
	table := office.Table[T]{
		Columns: withNumbers(w, e.columns), Group: e.group, Rows: allPages(maxExport, &more, e.page), Empty: w.T("export.empty"),
	}
	return sendWorkbook(s, c, actor, w.T("export_file."+e.key), sheet, table)
}

// exportMade says of when a list is.
func (s *Server) exportMade(w *templates.Words) string {
	return w.T("export.made", s.Now().In(s.Rules.Location))
}

// footer stands on each printed page.
func (s *Server) footer(w *templates.Words, title string) string {
	return w.T("export.footer", title, s.Now().In(s.Rules.Location))
}

// sendWorkbook answers with a workbook, once all its rows are read.
func sendWorkbook[T any](s *Server, c *gin.Context, actor tasks.Person, name string, sheet office.Sheet, table office.Table[T]) error {
	done, err := s.exportTurn(actor)
	if err != nil {
		return err
	}
	defer done()
	out := &download{c: c, name: s.downloadName(name, "xlsx"), kind: typeXLSX}
	return out.end(office.WriteWorkbook(out, sheet, table))
}

// exportTurn takes one of the person's turns: a large list keeps the database and a processor busy for seconds.
func (s *Server) exportTurn(actor tasks.Person) (done func(), err error) {
	if done, err = s.exports.begin(actor.ID); err != nil {
		return nil, &tasks.Error{Code: tasks.CodeTooMany, Key: "export.at_once", RetryAfter: retryUpload}
	}
	return done, nil
}

// downloadName is a file's name with the day.
func (s *Server) downloadName(name, extension string) string {
	return fileName(fmt.Sprintf("%s %s.%s", name, s.Rules.Day(s.Now()), extension))
}

// download is an answer that becomes a file with its first octet: until then the answer can still be an error's page.
type download struct {
	c          *gin.Context
	name, kind string
	begun      bool
}

var _ io.Writer = (*download)(nil)

// Write implements io.Writer.
func (d *download) Write(b []byte) (int, error) {
	if !d.begun {
		d.begun = true
		h := d.c.Writer.Header()
		h.Set("Content-Type", d.kind)
		h.Set("Content-Disposition", attachmentHeader(d.name))
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		d.c.Status(http.StatusOK)
	}
	return d.c.Writer.Write(b)
}

// end answers an error as long as a page can tell it. Later the connection is broken off: half a file may not look like a whole one.
func (d *download) end(err error) error {
	if err != nil && d.begun {
		note(d.c, err)
		panic(http.ErrAbortHandler)
	}
	return err
}
