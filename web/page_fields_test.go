package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tiendo/templates"
)

// A page whose struct has a field or method of a name that the layout has too would show its own in the layout's place: its title, its
// problems, its message.
func TestNoPageHidesAFieldOfTheLayout(t *testing.T) {
	layout := make(map[string]bool)
	for _, f := range reflect.VisibleFields(reflect.TypeFor[templates.Layout]()) {
		layout[f.Name] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	pages := make(map[string]bool)
	methods := make(map[string][]string) // by receiver
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && embeds(s, "Layout") {
					pages[n.Name.Name] = true
					for _, hidden := range namesOf(s) {
						if layout[hidden] {
							t.Errorf("%s: %s.%s hides that of the layout", name, n.Name.Name, hidden)
						}
					}
				}
			case *ast.FuncDecl:
				if n.Recv != nil {
					receiver := typeName(n.Recv.List[0].Type)
					methods[receiver] = append(methods[receiver], n.Name.Name)
				}
			}
			return true
		})
	}
	for page := range pages {
		for _, m := range methods[page] {
			if layout[m] {
				t.Errorf("method %s of %s hides a field of the layout", m, page)
			}
		}
	}
	if len(pages) < 20 || !layout["Title"] {
		t.Errorf("%d pages were found, the layout has %d fields", len(pages), len(layout))
	}
}

// embeds tells whether the struct embeds a type of that name.
func embeds(s *ast.StructType, name string) bool {
	for _, f := range s.Fields.List {
		if len(f.Names) == 0 && typeName(f.Type) == name {
			return true
		}
	}
	return false
}

// namesOf lists the names of the struct's own fields, embedded ones by their types.
func namesOf(s *ast.StructType) []string {
	var names []string
	for _, f := range s.Fields.List {
		for _, n := range f.Names {
			names = append(names, n.Name)
		}
		if len(f.Names) == 0 {
			names = append(names, typeName(f.Type))
		}
	}
	return names
}

// typeName is the name of a type without its package and without a star.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}
