package office

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nameSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relation   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	wordType   = `application/vnd.openxmlformats-officedocument.wordprocessingml`
)

// part is one file of the package (ECMA-376, part 2).
type part struct{ name, text string }

// parts are all parts of a document but its text.
func parts(p Properties) []part {
	title, language := escaped(Clean(p.Title)), escaped(p.Language)
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + wordType + `.document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="` + wordType + `.styles+xml"/>` +
			`<Override PartName="/word/settings.xml" ContentType="` + wordType + `.settings+xml"/>` +
			`<Override PartName="/word/header1.xml" ContentType="` + wordType + `.header+xml"/>` +
			`<Override PartName="/word/header2.xml" ContentType="` + wordType + `.header+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rDocument" Type="` + relation + `/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rCore" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title><dc:creator>tiendo</dc:creator><dc:language>` + language + `</dc:language></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rStyles" Type="` + relation + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rSettings" Type="` + relation + `/settings" Target="settings.xml"/>` +
			`<Relationship Id="rHeader" Type="` + relation + `/header" Target="header1.xml"/>` +
			`<Relationship Id="rFirst" Type="` + relation + `/header" Target="header2.xml"/></Relationships>`},
		{"word/styles.xml", xmlHead + `<w:styles ` + nameSpaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
			`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/>` +
			`<w:lang w:val="` + language + `"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
			`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>` +
			`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
			border("top") + border("left") + border("bottom") + border("right") + border("insideH") + border("insideV") + `</w:tblBorders>` +
			`<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`},
		{"word/settings.xml", xmlHead + `<w:settings ` + nameSpaces + `><w:defaultTabStop w:val="720"/><w:compat>` +
			`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`},
		{"word/header1.xml", xmlHead + `<w:hdr ` + nameSpaces + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`},
		{"word/header2.xml", xmlHead + `<w:hdr ` + nameSpaces + `><w:p/></w:hdr>`},
	}
}

func border(side string) string {
	return `<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`
}
