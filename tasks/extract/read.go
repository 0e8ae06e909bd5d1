package extract

import (
	"bytes"
	"context"
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
	KeyOldDoc    = "file.old_doc"   // Word before 2007 (.doc), rich text (.rtf) or OpenDocument (.odt), where nothing converts them: save as .docx
	KeyOldSheet  = "file.old_xls"   // Excel before 2007 (.xls): save as .xlsx
	KeyPassword  = "file.password"  // locked by a password
	KeyPDF       = "file.pdf"       // a PDF, where nothing takes it apart
	KeyScan      = "file.scan"      // a PDF whose pages are pictures
	KeyProgram   = "file.program"   // a program is not installed; Args: it, its Debian package
	KeySlow      = "file.slow"      // a program did not come to an end in its time
	KeyNoMemory  = "file.no_memory" // no folder in memory to convert in, and a disk is not allowed
	KeyEncoding  = "file.encoding"  // letters of a font's own encoding (TCVN3, VNI) that cannot be told surely; Args: which
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
	limitPages   = "pages"
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

// Read reads one file of a format that needs no program into its blocks within DefaultLimits. The content decides how, the
// name serves only in errors. Every error is a *FileError.
func Read(name string, data []byte) (*Source, error) {
	return ReadLimited(name, data, DefaultLimits())
}

// ReadLimited is Read with limits of the caller's choice.
func ReadLimited(name string, data []byte, limits Limits) (*Source, error) {
	return Reader{Limits: limits}.Read(context.Background(), name, data)
}

// Reader reads files of every format. Without a Converter it refuses those that need a program.
type Reader struct {
	Limits    Limits
	Converter Converter
}

// Read reads one file into its blocks. The content decides how, the name serves only in errors. Every error is a *FileError;
// one that comes of ctx wraps its cause.
func (r Reader) Read(ctx context.Context, name string, data []byte) (*Source, error) {
	src, err := r.read(ctx, data)
	if err == nil && len(src.Blocks) == 0 {
		err = &FileError{Key: KeyNoText}
	}
	if err == nil && src.Format != FormatText && src.Format != FormatHTML {
		if l := writtenLegacy(src); l != legacyNone {
			err = &FileError{Key: KeyEncoding, Args: []string{l.String()}}
		}
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

func (r Reader) read(ctx context.Context, data []byte) (*Source, error) {
	switch {
	case len(data) == 0:
		return nil, &FileError{Key: KeyEmpty}
	case len(data) > r.Limits.FileBytes:
		return nil, tooLarge(limitBytes, r.Limits.FileBytes)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return r.readPackage(ctx, data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if key := compoundFileKey(data); key != KeyOldDoc {
			return nil, &FileError{Key: key}
		}
		return r.convert(ctx, data, FormatDOC)
	case bytes.Contains(data[:min(len(data), pdfMarkReach)], []byte("%PDF-")):
		return readPDF(ctx, data, r.Limits, r.Converter)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return r.convert(ctx, data, FormatRTF)
	}
	return readText(data, r.Limits)
}

// convert reads a text document of another program by way of .docx.
func (r Reader) convert(ctx context.Context, data []byte, format Format) (*Source, error) {
	if r.Converter == nil {
		return nil, &FileError{Key: KeyOldDoc}
	}
	docx, err := r.Converter.WordFile(ctx, data, "."+string(format))
	if err != nil {
		return nil, err
	}
	pkg, err := openPackage(docx, r.Limits)
	if err != nil {
		return nil, err
	}
	main, err := pkg.mainPart()
	if err != nil {
		return nil, err
	}
	src, err := readDOCX(pkg, main)
	if err == nil {
		src.Format = format
	}
	return src, err
}

func (r Reader) readPackage(ctx context.Context, data []byte) (*Source, error) {
	pkg, err := openPackage(data, r.Limits)
	if err != nil {
		return nil, err
	}
	if key := pkg.openDocument(data); key != "" {
		if key != KeyOldDoc {
			return nil, &FileError{Key: key}
		}
		return r.convert(ctx, data, FormatODT)
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
		if lockedDoc(data) {
			return KeyPassword
		}
		return KeyOldDoc
	case streams["Workbook"], streams["Book"]:
		return KeyOldSheet
	}
	return KeyUnknown
}

// lockedDoc reads the flags at the front of a Word file of before 2007 (MS-DOC 2.5.2, fEncrypted). The stream usually lies in the
// first sector behind the header; of a file where it does not, the program that converts it says that it is locked.
func lockedDoc(data []byte) bool {
	const header, flags, encrypted = 512, 10, 0x01
	return len(data) > header+flags+1 && data[header] == 0xEC && data[header+1] == 0xA5 && data[header+flags+1]&encrypted != 0
}
