package store

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

func TestDirectory(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var first, second int64
		update(t, db, func(tx *Tx) error {
			second = agency(t, tx, "yt", "Sở Y tế")
			agency(t, tx, "do", "Đảng uỷ")
			agency(t, tx, "da", "Dân tộc")
			first = must(tx.InsertAgency(tasks.Agency{
				Code: "ldtbxh", Name: "Ân", ShortName: "LĐ", Kind: directory.KindBoard, From: "2020-01-01", To: "2025-06-30", SuccessorID: second,
			}))(t)
			return nil
		})
		if err := attempt(t, db, func(tx *Tx) error {
			_, err := tx.InsertAgency(tasks.Agency{Code: "yt", Name: "another"})
			return err
		}); !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("a code twice: %v", err)
		}
		update(t, db, func(tx *Tx) error {
			members := []tasks.Membership{{AgencyID: second, From: "2025-07-01"}, {AgencyID: first, To: "2025-06-30"}}
			id := must(tx.InsertGroup(tasks.Group{Code: "so", Name: "Các sở", Members: members}))(t)
			got := must(tx.Groups())(t)
			if want := []tasks.Group{{ID: id, Code: "so", Name: "Các sở", Members: members, Version: 1}}; !reflect.DeepEqual(got, want) {
				t.Errorf("groups %+v, want %+v", got, want)
			}
			changed := tasks.Group{ID: id, Code: "so", Name: "Khối sở", Members: members[:1], Version: 1}
			if err := tx.UpdateGroup(changed); err != nil {
				t.Error(err)
			}
			if err := tx.UpdateGroup(changed); !errors.Is(err, tasks.ErrConflict) {
				t.Errorf("a group of an old version: %v", err)
			}
			if got := must(tx.Groups())(t)[0]; got.Name != "Khối sở" || len(got.Members) != 1 || got.Version != 2 {
				t.Errorf("group %+v", got)
			}
			a := must(tx.InsertAlias(tasks.Alias{Name: "Sở YT", AgencyID: second}))(t)
			if b := must(tx.InsertAlias(tasks.Alias{Name: "Sở YT", AgencyID: second}))(t); a != b {
				t.Errorf("an alias twice: %d and %d", a, b)
			}
			if c := must(tx.InsertAlias(tasks.Alias{Name: "Sở YT", GroupID: id}))(t); c == a {
				t.Error("the alias of a group is that of an agency")
			}
			if err := tx.DeleteAlias(a); err != nil {
				t.Error(err)
			}
			if got := must(tx.Aliases())(t); len(got) != 1 || got[0].GroupID != id || got[0].AgencyID != 0 {
				t.Errorf("aliases %+v", got)
			}
			if err := tx.DeleteAlias(a); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("delete again: %v", err)
			}
			if err := tx.UpdateAgency(tasks.Agency{ID: 12345}); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("no such agency: %v", err)
			}
			return nil
		})
		update(t, db, func(tx *Tx) error {
			a := must(tx.Agencies())(t)[0]
			if err := tx.UpdateAgency(a); err != nil {
				t.Error(err)
			}
			if err := tx.UpdateAgency(a); !errors.Is(err, tasks.ErrConflict) {
				t.Errorf("an agency of an old version: %v", err)
			}
			return nil
		})
		view(t, db, func(tx *Tx) error {
			agencies := must(tx.Agencies())(t)
			var names []string
			for _, a := range agencies {
				names = append(names, a.Name)
			}
			// A comes before its hat, d before đ.
			if want := []string{"Ân", "Dân tộc", "Đảng uỷ", "Sở Y tế"}; !slices.Equal(names, want) {
				t.Errorf("order %q, want %q", names, want)
			}
			want := tasks.Agency{ID: first, Code: "ldtbxh", Name: "Ân", ShortName: "LĐ", Kind: directory.KindBoard, From: "2020-01-01", To: "2025-06-30", SuccessorID: second, Version: 2}
			if agencies[0] != want {
				t.Errorf("agency %+v, want %+v", agencies[0], want)
			}
			return nil
		})
	})
}

func TestPeople(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b := agency(t, tx, "a", "A"), agency(t, tx, "b", "B")
			p := tasks.Person{
				Email: "An.Nguyen@MauSon.gov.vn", Name: "Nguyễn Văn Ấn", Position: "Chuyên viên", Phone: "0900", Language: "vi", Active: true,
				Grants: []tasks.Grant{{Role: tasks.RoleHead, AgencyID: b}, {Role: tasks.RoleFocal, AgencyID: a}, {Role: tasks.RoleLeader}}, CreatedAt: noon,
			}
			id := must(tx.InsertPerson(p))(t)
			p.ID, p.Version, p.Email = id, 1, "an.nguyen@mauson.gov.vn"
			for _, got := range []tasks.Person{
				must(tx.Person(id))(t), must(tx.PersonByEmail("AN.nguyen@mauson.gov.vn"))(t), must(tx.PeopleByID([]int64{id, 999}))(t)[id],
			} {
				if !reflect.DeepEqual(got, p) {
					t.Errorf("person %+v, want %+v", got, p)
				}
			}
			if _, err := tx.Person(999); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("no such person: %v", err)
			}
			idle := must(tx.Person(person(t, tx, "idle@mauson.gov.vn", "Đỗ Thị Idle", tasks.Grant{Role: tasks.RoleFocal, AgencyID: b})))(t)
			idle.Active = false
			if err := tx.UpdatePerson(idle); err != nil {
				t.Error(err)
			}
			if got := must(tx.Recipients(tasks.RoleFocal, a))(t); len(got) != 1 || got[0].ID != id {
				t.Errorf("recipients %v", got)
			}
			if got := must(tx.Recipients(tasks.RoleFocal, b))(t); len(got) != 0 {
				t.Errorf("recipients among the idle and of other roles: %v", got)
			}
			if got := must(tx.Recipients(tasks.RoleLeader, 0))(t); len(got) != 1 {
				t.Errorf("leaders %v", got)
			}
			if got := must(tx.CountActive(tasks.RoleFocal))(t); got != 1 {
				t.Errorf("%d active focal points", got)
			}
			if got := must(tx.ReachableAgencies())(t); !reflect.DeepEqual(got, map[int64]bool{a: true}) {
				t.Errorf("reachable %v", got)
			}
			for _, c := range []struct {
				q    tasks.PersonQuery
				want []int64
			}{
				{tasks.PersonQuery{}, []int64{id}},
				{tasks.PersonQuery{Inactive: true}, []int64{idle.ID, id}},
				{tasks.PersonQuery{Words: "van an"}, []int64{id}},
				{tasks.PersonQuery{Words: "ấn nguy"}, []int64{id}},
				{tasks.PersonQuery{Words: "mauson", Inactive: true}, []int64{idle.ID, id}},
				{tasks.PersonQuery{Words: "do", Inactive: true}, []int64{idle.ID}},
				{tasks.PersonQuery{Words: "guyen"}, nil},
				{tasks.PersonQuery{Role: tasks.RoleFocal, AgencyID: b, Inactive: true}, []int64{idle.ID}},
				{tasks.PersonQuery{AgencyID: b}, []int64{id}},
			} {
				page := must(tx.People(c.q))(t)
				var got []int64
				for _, p := range page.Rows {
					got = append(got, p.ID)
				}
				if !slices.Equal(got, c.want) || page.Total != len(c.want) {
					t.Errorf("%+v: %v of %d, want %v", c.q, got, page.Total, c.want)
				}
			}
			return nil
		})
		if err := attempt(t, db, func(tx *Tx) error {
			_, err := tx.InsertPerson(tasks.Person{Email: "AN.NGUYEN@mauson.gov.vn"})
			return err
		}); !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("an address twice: %v", err)
		}
	})
}

func TestPeopleOfOneNameArePaged(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			for i := range 7 {
				person(t, tx, string(rune('a'+i))+"@mauson.gov.vn", "Trần Văn Bình")
			}
			seen := make(map[int64]bool)
			q := tasks.PersonQuery{Limit: 3}
			for range 4 {
				page := must(tx.People(q))(t)
				for _, p := range page.Rows {
					if seen[p.ID] {
						t.Errorf("person %d twice", p.ID)
					}
					seen[p.ID] = true
				}
				if q.After = page.Next; q.After == "" {
					break
				}
			}
			if len(seen) != 7 {
				t.Errorf("%d people on all pages, want 7", len(seen))
			}
			return nil
		})
	})
}

func TestCredentials(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			id := person(t, tx, "an@mauson.gov.vn", "An")
			if got := must(tx.PasswordHash(id))(t); got != "" {
				t.Errorf("hash %q before one was set", got)
			}
			for _, hash := range []string{"first", "second"} {
				if err := tx.SetPasswordHash(id, hash); err != nil {
					t.Error(err)
				}
				if got := must(tx.PasswordHash(id))(t); got != hash {
					t.Errorf("hash %q, want %q", got, hash)
				}
			}
			want := tasks.Token{Hash: "h", PersonID: id, Purpose: "reset", Expires: noon.Add(time.Hour)}
			if err := tx.InsertToken(want); err != nil {
				t.Error(err)
			}
			if got := must(tx.Token("h"))(t); got != want {
				t.Errorf("token %+v, want %+v", got, want)
			}
			if err := tx.DeleteTokens(id); err != nil {
				t.Error(err)
			}
			if _, err := tx.Token("h"); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("token after its end: %v", err)
			}
			return nil
		})
	})
}

func TestSessions(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		now := noon
		s := db.Sessions(func() time.Time { return now })
		if _, found, err := s.Find("secret"); found || err != nil {
			t.Errorf("found %v, %v before commit", found, err)
		}
		for _, data := range []string{"one", "two"} {
			if err := s.Commit("secret", []byte(data), now.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			if got, found, err := s.Find("secret"); string(got) != data || !found || err != nil {
				t.Errorf("found %q, %v, %v", got, found, err)
			}
		}
		view(t, db, func(tx *Tx) error {
			if plain := must(tx.exists("SELECT 1 FROM sessions WHERE hash = $1", "secret"))(t); plain {
				t.Error("the token itself is stored")
			}
			return nil
		})
		if n := must(s.Sweep(t.Context()))(t); n != (Swept{}) {
			t.Errorf("swept %+v, live ones", n)
		}
		now = now.Add(time.Hour)
		if _, found, err := s.Find("secret"); found || err != nil {
			t.Errorf("found %v, %v after its end", found, err)
		}
		if n := must(s.Sweep(t.Context()))(t); n != (Swept{Sessions: 1}) {
			t.Errorf("swept %+v, want one session", n)
		}
		if err := s.Commit("other", []byte("x"), now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Delete("other"); err != nil {
				t.Error(err)
			}
		}
		if _, found, _ := s.Find("other"); found {
			t.Error("found after delete")
		}
	})
}
