// Package sample is the made-up province of the demo, tỉnh Mẫu Sơn: the workbook that sets it up, documents as such offices
// write them, how the secretariat corrects what was read from them, and what happened from July to October 2026.
// Nobody and nothing in it exists; every address ends in .example (RFC 2606).
package sample

import (
	"embed"
	"fmt"
	"path"
)

//go:generate go run ./generate

//go:embed files/*
var files embed.FS

// Names by which Review and Event speak of the documents.
const (
	Directive = "10/CT-UBND"
	PARPlan   = "98/KH-UBND"
	PAPIPlan  = "131/KH-UBND"
	Dispatch  = "845/UBND-KSTT"
)

// File is one file of a document.
type File struct {
	Name string
	Data []byte
}

// Document is one document with its files in reading order. Name is its number.
type Document struct {
	Name  string
	Files []File
}

// Agencies gives the setup workbook: agencies, groups and people.
func Agencies() []byte { return read("agencies.xlsx") }

// Documents gives the documents in the order in which they were issued.
func Documents() []Document {
	document := func(name string, names ...string) Document {
		d := Document{Name: name}
		for _, n := range names {
			d.Files = append(d.Files, File{Name: n, Data: read(n)})
		}
		return d
	}
	return []Document{
		document(Directive, "chi-thi-10.docx"),
		document(PARPlan, "ke-hoach-98-par-index.docx"),
		document(PAPIPlan, "ke-hoach-131-papi.docx", "phu-luc-kh-131.xlsx"),
		document(Dispatch, "cong-van-845.docx"),
	}
}

// Evidence gives a file that an event names as evidence. An unknown name is an error.
func Evidence(name string) ([]byte, error) {
	data, err := files.ReadFile(path.Join("files", "evidence", name))
	if err != nil {
		return nil, fmt.Errorf("evidence %s: %w", name, err)
	}
	return data, nil
}

// read gives an embedded file; the names are constants of this package, so that a missing one is a broken build.
func read(name string) []byte {
	data, err := files.ReadFile("files/" + name)
	if err != nil {
		panic(err)
	}
	return data
}

// Account is a person whom the demo lets people sign in as. Role is as the design names it.
type Account struct {
	Role  string
	Email string
}

// Accounts lists whom the demo prints, one line each: every role, and two focal points of agencies that have work to do.
func Accounts() []Account {
	return []Account{
		{"admin", "khanh.vq@vpub.mauson.example"},
		{"secretariat", "minh.tv@vpub.mauson.example"},
		{"focal", "hoa.nt@snv.mauson.example"},
		{"focal", "nguyet.mt@thacmay.mauson.example"},
		{"head", "huy.pq@snv.mauson.example"},
		{"leader", "thinh.hd@ubnd.mauson.example"},
	}
}
