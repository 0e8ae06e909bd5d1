package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// What a person is told about a file that was not read; the words stand in the locales.
const (
	KeyEmpty     = "file.empty"     // no bytes at all
	KeyDamaged   = "file.damaged"   // a .docx or .xlsx that is cut off or broken
	KeyOldDoc    = "file.old_doc"   // Word before 2007 (.doc) or rich text (.rtf): save as .docx
	KeyOldSheet  = "file.old_xls"   // Excel before 2007 (.xls): save as .xlsx
	KeyPassword  = "file.password"  // locked by a password
	KeyPDF       = "file.pdf"       // a PDF
	KeyUnknown   = "file.unknown"   // none of the formats that are read
	KeyTooLarge  = "file.too_large" // beyond a limit; Args: which one (bytes, unpacked, part, parts, depth, elements, paragraphs, cells, text), its value
	KeyNoText    = "file.no_text"   // sound, but without words: a scan, an empty sheet
	limitBytes   = "bytes"
	limitTotal   = "unpacked"
	limitPart    = "part"
	limitParts   = "parts"
	limitDepth   = "depth"
	limitElems   = "elements"
	limitParas   = "paragraphs"
	limitCells   = "cells"
	limitText    = "text"
	pdfMarkReach = 1024 // a reader of PDF accepts the mark anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1)
)

// FileError says why a file was not read. Key and Args become words for people; Err, when there is one, is for the log.
type FileError struct {
	Name string
	Key  string
	Args []string
	Err  error
}

func (e *FileError) Error() string {
	s := fmt.Sprintf("read %q: %s", e.Name, e.Key)
	if len(e.Args) > 0 {
		s += " " + strings.Join(e.Args, " ")
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *FileError) Unwrap() error { return e.Err }

func tooLarge(which string, limit int) *FileError {
	return &FileError{Key: KeyTooLarge, Args: []string{which, strconv.Itoa(limit)}}
}

// Read reads one file into its blocks within DefaultLimits. The content decides how, the name serves only in errors.
// Every error is a *FileError.
func Read(name string, data []byte) (*Source, error) {
	return ReadLimited(name, data, DefaultLimits())
}

// ReadLimited is Read with limits of the caller's choice.
func ReadLimited(name string, data []byte, limits Limits) (*Source, error) {
	src, err := read(data, limits)
	if err == nil && len(src.Blocks) == 0 {
		err = &FileError{Key: KeyNoText}
	}
	if err == nil {
		return src, nil
	}
	fe, ok := errors.AsType[*FileError](err)
	if !ok {
		fe = &FileError{Key: KeyDamaged, Err: err}
	}
	fe.Name = name
	return nil, fe
}

func read(data []byte, limits Limits) (*Source, error) {
	switch {
	case len(data) == 0:
		return nil, &FileError{Key: KeyEmpty}
	case len(data) > limits.FileBytes:
		return nil, tooLarge(limitBytes, limits.FileBytes)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readPackage(data, limits)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, &FileError{Key: compoundFileKey(data)}
	case bytes.Contains(data[:min(len(data), pdfMarkReach)], []byte("%PDF-")):
		return nil, &FileError{Key: KeyPDF}
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return nil, &FileError{Key: KeyOldDoc}
	}
	return readText(data, limits)
}

func readPackage(data []byte, limits Limits) (*Source, error) {
	pkg, err := openPackage(data, limits)
	if err != nil {
		return nil, err
	}
	main, err := pkg.mainPart()
	if err != nil {
		return nil, err
	}
	switch {
	case strings.HasPrefix(main, "word/") && strings.HasSuffix(main, ".xml"):
		return readDOCX(pkg, main)
	case strings.HasPrefix(main, "xl/") && strings.HasSuffix(main, ".xml"):
		return readXLSX(pkg, main)
	}
	return nil, &FileError{Key: KeyUnknown}
}

// compoundFileKey tells the kinds of OLE compound files (MS-CFB 2.6.1) apart by the names of their streams. Directory
// entries take 128 bytes and begin at multiples of 128, so they are found without trusting the sector chains.
func compoundFileKey(data []byte) string {
	const entry, nameField = 128, 64
	streams := map[string]bool{}
	for at := 512; at+entry <= len(data); at += entry {
		size := int(data[at+nameField]) | int(data[at+nameField+1])<<8
		if size < 4 || size > nameField || size%2 != 0 {
			continue
		}
		units := make([]uint16, 0, size/2-1)
		for i := at; i < at+size-2; i += 2 {
			units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
		}
		streams[string(utf16.Decode(units))] = true
		if len(streams) > 4096 {
			break
		}
	}
	switch {
	case streams["EncryptedPackage"]:
		return KeyPassword
	case streams["WordDocument"]:
		return KeyOldDoc
	case streams["Workbook"], streams["Book"]:
		return KeyOldSheet
	}
	return KeyUnknown
}
