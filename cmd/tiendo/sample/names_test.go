package sample

import (
	"slices"
	"testing"

	"tiendo/tasks/directory"
)

// provinceDirectory makes the directory of the workbook, and the code of each agency (positive) and group (negative) by id.
func provinceDirectory(t *testing.T) (*directory.Directory, map[int64]string) {
	t.Helper()
	book, mistakes, err := directory.ReadBook(Agencies())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mistakes {
		t.Errorf("workbook, sheet %s row %d column %s: %s %v", m.Sheet, m.Row, m.Column, m.Key, m.Args)
	}
	if t.Failed() {
		t.FailNow()
	}
	codes, ids := map[int64]string{}, map[string]int64{}
	var agencies []directory.Agency
	var groups []directory.Group
	var aliases []directory.Alias
	alias := func(name string, agency, group int64) {
		aliases = append(aliases, directory.Alias{ID: int64(len(aliases) + 1), Name: name, AgencyID: agency, GroupID: group})
	}
	for i, a := range book.Agencies {
		id := int64(i + 1)
		codes[id], ids[a.Code] = a.Code, id
		agencies = append(agencies, directory.Agency{ID: id, Code: a.Code, Name: a.Name, ShortName: a.ShortName, Kind: a.Kind, From: a.From, To: a.To})
		for _, name := range a.Aliases {
			alias(name, id, 0)
		}
	}
	for i, g := range book.Groups {
		id := int64(i + 1)
		codes[-id] = g.Code
		group := directory.Group{ID: id, Code: g.Code, Name: g.Name}
		for _, m := range g.Members {
			group.Members = append(group.Members, directory.Membership{AgencyID: ids[m.Agency], From: m.From, To: m.To})
		}
		groups = append(groups, group)
		for _, name := range g.Aliases {
			alias(name, 0, id)
		}
	}
	return directory.New(agencies, groups, aliases), codes
}

// TestNamesAreKnown looks up every name of the documents on the day they were issued: all are known but those that the reviews map.
func TestNamesAreKnown(t *testing.T) {
	d, codes := provinceDirectory(t)
	for _, r := range Reviews() {
		var mapped []string
		for _, n := range r.Names {
			mapped = append(mapped, n.Written)
		}
		for _, w := range wantedTasks[r.Document] {
			var got []string
			for _, name := range w.lead {
				for _, p := range d.Resolve(name, r.Issue[:10]) {
					got = append(got, codes[p.AgencyID]+codes[-p.GroupID])
				}
			}
			if !slices.Equal(got, w.codes) {
				t.Errorf("%s %s: %q are %v, want %v", r.Document, w.ref, w.lead, got, w.codes)
			}
			for _, name := range w.cooperating {
				for _, p := range d.Resolve(name, r.Issue[:10]) {
					known := p.AgencyID != 0 || p.GroupID != 0
					if known == slices.Contains(mapped, p.Written) {
						t.Errorf("%s %s: %q (of %q): known is %v", r.Document, w.ref, p.Written, name, known)
					}
				}
			}
		}
	}
}
