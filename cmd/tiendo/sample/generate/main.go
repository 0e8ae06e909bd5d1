// Command generate writes the sample's files: the agencies' workbook, the documents and the evidence of the history.
// What they say stands in this folder as Go data; what it writes is committed and embedded by the package above.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	dir := flag.String("dir", "files", "folder to write into")
	flag.Parse()
	files, err := build()
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := write(filepath.Join(*dir, filepath.FromSlash(name)), files[name]); err != nil {
			log.Fatal(err)
		}
	}
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}

// build makes every file of the sample by its path under the folder of files. The same content gives the same bytes.
func build() (map[string][]byte, error) {
	files := make(map[string][]byte)
	add := func(name string, data []byte, err error) error {
		if err != nil {
			return fmt.Errorf("build %s: %w", name, err)
		}
		files[name] = data
		return nil
	}
	for _, d := range []document{directive(), parPlan(), papiPlan(), dispatch(), draftPlan()} {
		data, err := d.bytes()
		if err := add(d.name, data, err); err != nil {
			return nil, err
		}
	}
	for _, l := range evidenceLetters {
		d := l.document()
		data, err := d.bytes()
		if err := add("evidence/"+d.name, data, err); err != nil {
			return nil, err
		}
	}
	for name, make := range map[string]func() ([]byte, error){
		"agencies.xlsx":                         agenciesBook,
		"phu-luc-kh-131.xlsx":                   papiAnnex,
		"evidence/danh-muc-ho-so-so-hoa.xlsx":   digitisedFiles,
		"evidence/danh-sach-lop-boi-duong.xlsx": trainingList,
	} {
		data, err := make()
		if err := add(name, data, err); err != nil {
			return nil, err
		}
	}
	return files, nil
}
