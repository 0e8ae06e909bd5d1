package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// compoundFile is an OLE container (MS-CFB) with one small stream a name: header, FAT, directory and the streams' sectors.
func compoundFile(streams ...string) []byte {
	const sector, endOfChain, free, fatSector = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
	u32 := binary.LittleEndian.PutUint32
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(head[24:], 0x3E)
	binary.LittleEndian.PutUint16(head[26:], 3)
	binary.LittleEndian.PutUint16(head[28:], 0xFFFE)
	binary.LittleEndian.PutUint16(head[30:], 9) // 512-byte sectors
	binary.LittleEndian.PutUint16(head[32:], 6)
	u32(head[44:], 1) // one FAT sector
	u32(head[48:], 1) // the directory begins in sector 1
	u32(head[60:], endOfChain)
	u32(head[68:], endOfChain)
	for at := 76; at < sector; at += 4 {
		u32(head[at:], free)
	}
	u32(head[76:], 0)
	fat := bytes.Repeat([]byte{0xFF}, sector)
	u32(fat[0:], fatSector)
	names := append([]string{"Root Entry"}, streams...)
	directorySectors := (len(names) + 3) / 4
	for i := range directorySectors {
		next := uint32(i + 2)
		if i == directorySectors-1 {
			next = endOfChain
		}
		u32(fat[4*(i+1):], next)
	}
	directory := make([]byte, directorySectors*sector)
	for i, name := range names {
		entry := directory[i*128 : (i+1)*128]
		for j, unit := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*j:], unit)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
		entry[66], entry[67] = 2, 1
		if i == 0 {
			entry[66] = 5
		}
		for _, at := range []int{68, 72, 76} {
			u32(entry[at:], free)
		}
		u32(entry[116:], endOfChain)
	}
	return append(append(head, fat...), directory...)
}

// zipFile packs parts in the order given; a part is its name and what writes it.
func zipFile(t *testing.T, parts ...zipPart) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			err = p.write(w)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

type zipPart struct {
	name  string
	write func(io.Writer) error
}

func textPart(name, text string) zipPart {
	return zipPart{name, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }}
}

// repeatedPart is a head, a piece n times, and a tail.
func repeatedPart(name, head, piece string, n int, tail string) zipPart {
	return zipPart{name, func(w io.Writer) error {
		_, err := io.WriteString(w, head)
		block := strings.Repeat(piece, 1024)
		for ; n >= 1024 && err == nil; n -= 1024 {
			_, err = io.WriteString(w, block)
		}
		_, err2 := io.WriteString(w, strings.Repeat(piece, max(n, 0))+tail)
		return errors.Join(err, err2)
	}}
}

const (
	wordHead  = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	wordTail  = `</w:body></w:document>`
	sheetHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetTail = `</sheetData></worksheet>`
)

func wordPackage(t *testing.T, body zipPart) []byte { return zipFile(t, body) }

func sheetPackage(t *testing.T, sheetName string, sheet zipPart) []byte {
	t.Helper()
	return zipFile(t,
		textPart("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`),
		textPart("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" `+
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		textPart("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `+
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="`+sheetName+`" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		textPart("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" `+
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		sheet)
}

func inlineCell(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

const megabyte = 1 << 20

// bomb is a Word file of a few hundred kilobytes whose body unpacks to 500 MB.
func bomb(t *testing.T) []byte {
	paragraph := "<w:p><w:r><w:t>" + strings.Repeat("x", 1024-40) + "</w:t></w:r></w:p>"
	return wordPackage(t, repeatedPart("word/document.xml", wordHead, paragraph, 500*megabyte/len(paragraph), wordTail))
}

func emptyRows(t *testing.T, sheetName string) []byte {
	return sheetPackage(t, sheetName, repeatedPart("xl/worksheets/sheet1.xml", sheetHead, "<row/>", 1_000_000, sheetTail))
}

func lastRow(t *testing.T, sheetName string) []byte {
	return sheetPackage(t, sheetName, textPart("xl/worksheets/sheet1.xml", sheetHead+
		`<row r="1">`+inlineCell("A1", "STT")+inlineCell("B1", "Nhiệm vụ")+inlineCell("C1", "Cơ quan chủ trì")+inlineCell("D1", "Thời hạn")+`</row>`+
		`<row r="1048576">`+inlineCell("A1048576", "1")+inlineCell("B1048576", "Báo cáo kết quả rà soát thủ tục hành chính")+
		inlineCell("C1048576", "Sở Nội vụ")+inlineCell("D1048576", "30/11/2026")+`</row>`+sheetTail))
}

func sampleFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("sample", "files", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
