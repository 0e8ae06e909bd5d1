package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// replyLinks lead to the files of a reply.
func replyLinks(assignment int64, files []tasks.ReplyFile) []evidenceLink {
	var links []evidenceLink
	for _, f := range files {
		links = append(links, evidenceLink{Href: assignmentHref(assignment) + "/replies/" + idText(f.ID), Name: f.Name, Size: f.Size})
	}
	return links
}

// files is the field by which files go along; when the form was refused it says which must be chosen again.
func (f *wordForms) files(form string) templates.Field {
	w := f.w
	field := templates.Field{
		Name: "files", Type: "file", Label: w.T("report_form.files"), Multiple: true, Accept: evidenceTypes,
		Hint: w.T("report_form.files_hint", tasks.MaxReportFiles, tasks.MaxUpload>>20),
	}
	if f.try.form == form && len(f.try.files) > 0 {
		field.Hint = w.T("report_form.files_again", strings.Join(f.try.files, ", ")) + " " + field.Hint
	}
	return field
}

// sent reads the files that go along with a report, a part or a reply of who may send it. They stand before the other fields of a form are
// read, which lie between them.
func (s *Server) sent(c *gin.Context, actor tasks.Person, id int64, action tasks.Action) (files []tasks.Upload, names []string, err error) {
	if err = s.Assignments.MaySend(c.Request.Context(), actor, id, action); err != nil {
		return nil, nil, err
	}
	return namedUploads(c)
}

// namedUploads are the files of the field "files", and their names: a browser does not send those again.
func namedUploads(c *gin.Context) (files []tasks.Upload, names []string, err error) {
	files, err = uploads(c, "files")
	for _, u := range files {
		names = append(names, u.Name)
	}
	return files, names, err
}
