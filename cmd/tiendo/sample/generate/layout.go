package main

// Building blocks of an administrative document as Nghị định 30/2020/NĐ-CP, phụ lục I lays it out: the two columns of the
// head, the title, numbered parts, and the two columns of recipients and signature.

func para(p paragraph) block { return block{P: &p} }

// body is a paragraph of running text.
func body(text string) block { return para(paragraph{Text: text, Align: "both", Indent: true}) }

// bodies is running text, a paragraph each.
func bodies(texts ...string) []block {
	out := make([]block, 0, len(texts))
	for _, t := range texts {
		out = append(out, body(t))
	}
	return out
}

// heading is a bold numbered line, the number typed.
func heading(text string) block { return para(paragraph{Lead: text, Align: "both", Indent: true}) }

// headed is a bold opening followed by plain words in the same paragraph.
func headed(lead, text string) block {
	return para(paragraph{Lead: lead, Text: text, Align: "both", Indent: true})
}

// auto is a paragraph that Word numbers itself: level 0 is I., 1 is 1., 2 is a), 3 is a dash.
func auto(level int, text string) block {
	p := paragraph{Text: text, Align: "both", Num: numHeadings, Level: level}
	if level == 0 {
		p.Lead, p.Text = p.Text, ""
	}
	return para(p)
}

// autoHeaded is like auto, with a bold opening.
func autoHeaded(level int, lead, text string) block {
	return para(paragraph{Lead: lead, Text: text, Align: "both", Num: numHeadings, Level: level})
}

func centered(lead string, size int) paragraph {
	return paragraph{Lead: lead, Align: "center", Size: size}
}

// head is the table above a document: issuer and motto, number and date.
func head(parent, issuer, number, placeDate string) block {
	return block{T: &table{Widths: []int{3700, 5600}, Rows: []row{
		{Cells: []cell{
			{Span: 1, Width: 3700, Paras: []paragraph{centered(parent, 26), centered(issuer, 26), {Text: "-------", Align: "center"}}},
			{Span: 1, Width: 5600, Paras: []paragraph{centered("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 26), centered("Độc lập - Tự do - Hạnh phúc", 28), {Text: "---------------", Align: "center"}}},
		}},
		{Cells: []cell{
			{Span: 1, Width: 3700, Paras: []paragraph{{Text: "Số: " + number, Align: "center", Size: 26}}},
			{Span: 1, Width: 5600, Paras: []paragraph{{Text: placeDate, Align: "center", Size: 28, Italic: true}}},
		}},
	}}}
}

// title is the document's kind and what it is about.
func title(kind string, about ...string) []block {
	out := []block{para(centered(kind, 28))}
	for _, a := range about {
		out = append(out, para(centered(a, 28)))
	}
	return out
}

// closing is the table below a document: recipients, and who signs.
func closing(recipients []string, signature ...string) block {
	left := []paragraph{{Lead: "Nơi nhận:", Italic: true, Size: 24}}
	for _, r := range recipients {
		left = append(left, paragraph{Text: r, Size: 22})
	}
	var right []paragraph
	for _, s := range signature {
		right = append(right, centered(s, 28))
	}
	return block{T: &table{Widths: []int{4800, 4500}, Rows: []row{{Cells: []cell{
		{Span: 1, Width: 4800, Paras: left}, {Span: 1, Width: 4500, Paras: right},
	}}}}}
}
