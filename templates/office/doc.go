// Package office writes the files that offices work with: workbooks (.xlsx) of lists and documents (.docx) in the form of Nghị định
// 30/2020/NĐ-CP. It knows no language and nothing of what is written: words come from the caller.
//
// A list is declared once, as columns, and goes into either file:
//
//	rows := office.Table[tasks.Mail]{
//		Columns: []office.Column[tasks.Mail]{
//			{Head: "Người nhận", Width: 30, Value: func(m tasks.Mail) any { return m.To }},
//			{Head: "Ngày gửi", Width: 12, Value: func(m tasks.Mail) any { return m.Day }}, // a date: a real one in the sheet
//		},
//		Rows: rows, // an iter.Seq2[tasks.Mail, error]: read as it is written, never held whole
//	}
//	err := office.WriteWorkbook(w, office.Sheet{Title: "Thư đi"}, rows) // .xlsx
//
//	d := office.NewDocument(w, office.Properties{Title: "Thư đi"}) // .docx
//	d.Text("Thư đi", office.Style{Bold: true, Align: office.Center})
//	office.WriteTable(d, rows)
//	err = d.Close()
//
// What a column's Value may answer: text, whole numbers and float64, a Date (tasks/calendar's is one), a time.Time, which is written as
// the clock of its location shows it, and nil. Zero dates and instants are empty cells.
//
// Text is cleaned of what no XML may hold (see Clean); in sheets it can be no formula, nor become one (see Guard).
package office
