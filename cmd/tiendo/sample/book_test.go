package sample

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// setup is the workbook as a plain reader sees it.
type setup struct {
	agencies []string            // codes
	members  map[string][]string // codes by group
	grants   map[string][]string // "role agency" by e-mail
	kinds    map[string]int      // living agencies by kind
}

func openSetup(t *testing.T) setup {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(Agencies()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	s := setup{members: map[string][]string{}, grants: map[string][]string{}, kinds: map[string]int{}}
	for _, r := range rowsOf(t, f, "Cơ quan", 8) {
		s.agencies = append(s.agencies, r[0])
		if r[6] == "" {
			s.kinds[r[3]]++
		}
	}
	for _, r := range rowsOf(t, f, "Nhóm", 6) {
		s.members[r[0]] = append(s.members[r[0]], r[3])
	}
	for _, r := range rowsOf(t, f, "Người", 6) {
		s.grants[r[1]] = append(s.grants[r[1]], strings.TrimSpace(r[4]+" "+r[5]))
	}
	return s
}

// rowsOf gives the rows below the heads, filled up to width cells.
func rowsOf(t *testing.T, f *excelize.File, sheet string, width int) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, r := range rows[1:] {
		out = append(out, append(slices.Clone(r), make([]string, max(0, width-len(r)))...))
	}
	return out
}

func TestWorkbook(t *testing.T) {
	s := openSetup(t)
	for kind, want := range map[string]int{"Sở": 14, "Ban quản lý": 2, "Ngành dọc": 3, "Phường": 3, "Xã": 9, "UBND": 1} {
		if got := s.kinds[kind]; got != want {
			t.Errorf("%s: %d agencies, want %d", kind, got, want)
		}
	}
	if got := len(s.members["SBN"]); got != 16 {
		t.Errorf("các sở, ban, ngành has %d members, want 16", got)
	}
	if got := len(s.members["XP"]); got != 12 {
		t.Errorf("UBND các xã, phường has %d members, want 12", got)
	}
	for _, vertical := range []string{"CAT", "THUE", "KBNN"} {
		for group, members := range s.members {
			if slices.Contains(members, vertical) {
				t.Errorf("%s is a member of %s", vertical, group)
			}
		}
	}
	var unreached []string
	for _, code := range append(slices.Clone(s.members["SBN"]), s.members["XP"]...) {
		if !s.holds("Đầu mối " + code) {
			unreached = append(unreached, code)
		}
	}
	if !slices.Equal(unreached, []string{"X-PHIENGBAN"}) {
		t.Errorf("without a focal point: %v, want only X-PHIENGBAN", unreached)
	}
	for email := range s.grants {
		if !strings.HasSuffix(email, ".mauson.example") {
			t.Errorf("%s is outside mauson.example", email)
		}
	}
}

// holds tells whether somebody has the grant.
func (s setup) holds(grant string) bool {
	for _, grants := range s.grants {
		if slices.Contains(grants, grant) {
			return true
		}
	}
	return false
}

func TestAccountsHoldTheirRoles(t *testing.T) {
	s := openSetup(t)
	words := map[string]string{"admin": "Quản trị", "secretariat": "Văn phòng", "focal": "Đầu mối", "head": "Thủ trưởng", "leader": "Lãnh đạo"}
	for _, a := range Accounts() {
		if !slices.ContainsFunc(s.grants[a.Email], func(g string) bool { return strings.HasPrefix(g, words[a.Role]) }) {
			t.Errorf("%s has %v, not %s", a.Email, s.grants[a.Email], a.Role)
		}
	}
}
