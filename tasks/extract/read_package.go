package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// officePackage is a zip container of parts (ECMA-376 part 2). It hands out parts as XML and counts what it unpacks.
type officePackage struct {
	parts  map[string]*zip.File // by name in lower case without a leading slash
	limits Limits
	left   int // bytes that may still be unpacked
}

func openPackage(data []byte, limits Limits) (*officePackage, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("open container: %w", err)
	}
	if len(z.File) > limits.Parts {
		return nil, tooLarge(limitParts, limits.Parts)
	}
	pkg := &officePackage{parts: make(map[string]*zip.File, len(z.File)), limits: limits, left: limits.UnpackedBytes}
	for _, f := range z.File {
		key := partKey(f.Name)
		if _, double := pkg.parts[key]; !double {
			pkg.parts[key] = f
		}
	}
	return pkg, nil
}

// partKey folds a part's name: names are compared without regard to case (ECMA-376 part 2, 6.2.2.3), and some writers use
// backslashes.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (pkg *officePackage) has(name string) bool { return pkg.parts[partKey(name)] != nil }

// xml calls fn with the part's root element open. A part that is not there leaves fn uncalled and is no error.
func (pkg *officePackage) xml(name string, fn func(x *xmlReader, root xml.StartElement) error) error {
	f := pkg.parts[partKey(name)]
	if f == nil {
		return nil
	}
	rc, err := f.Open()
	if err != nil {
		return fmt.Errorf("open part %s: %w", name, err)
	}
	defer rc.Close()
	counted := &countedReader{r: rc, part: pkg.limits.PartBytes, pkg: pkg}
	x := newXMLReader(counted, pkg.limits)
	root, err := x.root()
	if err == nil {
		err = fn(x, root)
	}
	if counted.full != nil {
		return counted.full
	}
	if err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return nil
}

// countedReader ends with KeyTooLarge when the part or the whole container unpacks to more than is allowed.
type countedReader struct {
	r    io.Reader
	part int
	pkg  *officePackage
	full error
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.part -= n
	c.pkg.left -= n
	switch {
	case c.part < 0:
		c.full = tooLarge(limitPart, c.pkg.limits.PartBytes)
	case c.pkg.left < 0:
		c.full = tooLarge(limitTotal, c.pkg.limits.UnpackedBytes)
	}
	if c.full != nil {
		return 0, c.full
	}
	return n, err
}

// relationship is one entry of a part's relationships: its target as the name of a part, and its kind, the last segment of
// its type, alike in transitional and strict files.
type relationship struct{ id, kind, target string }

type relationships []relationship

// first gives the target of the first relationship of a kind, "" when there is none.
func (rs relationships) first(kind string) string {
	for _, r := range rs {
		if r.kind == kind {
			return r.target
		}
	}
	return ""
}

// relations reads a part's relationships within the container. The empty name stands for the container itself.
func (pkg *officePackage) relations(part string) (relationships, error) {
	dir, file := path.Split(part)
	var all relationships
	err := pkg.xml(dir+"_rels/"+file+".rels", func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(el xml.StartElement) error {
			if attr(el, "TargetMode") != "External" {
				target := attr(el, "Target")
				if !strings.HasPrefix(target, "/") {
					target = dir + target
				}
				all = append(all, relationship{
					id:     attr(el, "Id"),
					kind:   path.Base(attr(el, "Type")),
					target: strings.TrimPrefix(path.Clean("/"+target), "/"),
				})
			}
			return x.skip()
		})
	})
	return all, err
}

// mainPart names the part the container is about: by its relationship, else by the usual names.
func (pkg *officePackage) mainPart() (string, error) {
	rels, err := pkg.relations("")
	if err != nil {
		return "", err
	}
	for _, name := range []string{rels.first("officeDocument"), "word/document.xml", "xl/workbook.xml"} {
		if name != "" && pkg.has(name) {
			return partKey(name), nil
		}
	}
	return "", &FileError{Key: KeyUnknown}
}

// openDocument tells a text document of OpenDocument by the uncompressed name of its type, the first thing in the container
// (OpenDocument 1.3 part 2, 3.3): KeyOldDoc, KeyPassword when it is locked, "" when it is none.
func (pkg *officePackage) openDocument(data []byte) string {
	const firstName = 30 // bytes before the name of a container's first entry
	if !bytes.HasPrefix(data[min(len(data), firstName):], []byte("mimetypeapplication/vnd.oasis.opendocument.text")) {
		return ""
	}
	locked := false
	_ = pkg.xml("META-INF/manifest.xml", func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(el xml.StartElement) error {
			return x.children(func(el xml.StartElement) error {
				locked = locked || el.Name.Local == "encryption-data"
				return x.skip()
			})
		})
	})
	if locked {
		return KeyPassword
	}
	return KeyOldDoc
}
