package web

import (
	"strings"

	"tiendo/templates"
	"tiendo/templates/office"
)

// writeHead writes the head of an official document (Nghị định 30/2020/NĐ-CP, annex I, parts II and V): the bodies with number at the
// left; the state's name and motto with place and date at the right.
func writeHead(d *office.Document, w *templates.Words, l letter, share float64) {
	centre := func(text string, s office.Style) office.Line {
		s.Align = office.Center
		return office.Line{Text: text, Style: s}
	}
	var left []office.Line
	if l.Parent != "" {
		left = append(left, centre(upper(l.Parent), office.Style{Size: 13}))
	}
	issuer := upper(l.Issuer)
	if issuer == "" {
		issuer = "……"
	}
	left = append(left, centre(issuer, office.Style{Size: 13, Bold: true, Rule: 0.35}))
	if l.Symbol != "" || l.Number != "" || l.Subject != "" {
		left = append(left, centre(l.numberText(w, "register.number_line"), office.Style{Size: 13, Before: 4}))
	}
	if l.Subject != "" {
		left = append(left, centre(w.T("letters.about_line", l.Subject), office.Style{Size: 12, Before: 4}))
	}
	right := []office.Line{
		centre(w.T("register.nation"), office.Style{Size: 13, Bold: true}),
		centre(w.T("register.motto"), office.Style{Size: 14, Bold: true, Rule: 0.6}),
		centre(l.dateText(w), office.Style{Size: 14, Italic: true, Before: 4}),
	}
	d.Sides(share, left, right)
	d.Text("", office.Style{Size: 6})
}

// writeFoot writes recipients at the left, and who signs with room for the signature at the right.
func writeFoot(d *office.Document, w *templates.Words, l letter) {
	d.Text("", office.Style{Size: 8})
	left := []office.Line{{Text: w.T("register.recipients_head"), Style: office.Style{Size: 12, Bold: true, Italic: true}}}
	for _, r := range recipientLines(w, l) {
		left = append(left, office.Line{Text: r, Style: office.Style{Size: 11}})
	}
	bold := office.Style{Size: 14, Bold: true, Align: office.Center, KeepNext: true}
	var right []office.Line
	for _, text := range []string{upper(l.Capacity), upper(l.Title)} {
		if text != "" {
			right = append(right, office.Line{Text: text, Style: bold})
		}
	}
	if len(right) == 0 {
		right = append(right, office.Line{Text: w.T("register.signer_blank"), Style: bold})
	}
	// Room for the signature.
	for range 4 {
		right = append(right, office.Line{Style: office.Style{Size: 14}})
	}
	right = append(right, office.Line{Text: l.Name, Style: bold})
	d.Sides(0.5, left, right)
}

// recipientLines are the recipients as a foot lists them, the archive last.
func recipientLines(w *templates.Words, l letter) []string {
	if len(l.Recipients) == 0 {
		return []string{w.T("register.archive")}
	}
	lines := make([]string, len(l.Recipients))
	for i, r := range l.Recipients {
		end := ";"
		if i == len(l.Recipients)-1 {
			end = "."
		}
		lines[i] = w.T("register.recipient", strings.TrimRight(strings.TrimLeft(r, "-– "), " ;.")+end)
	}
	return lines
}

// sheetHead puts the same head above a sheet.
func sheetHead(w *templates.Words, l letter, sheet *office.Sheet) {
	if l.Parent != "" {
		sheet.Left = append(sheet.Left, upper(l.Parent))
	}
	if l.Issuer != "" {
		sheet.Left = append(sheet.Left, upper(l.Issuer))
	}
	sheet.Right = []string{w.T("register.nation"), w.T("register.motto")}
}
