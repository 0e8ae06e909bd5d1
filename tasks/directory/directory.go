// Package directory knows the bodies of a province: agencies with their dates
// of validity, groups with dated members, aliases. It turns a name as written
// in a document into agencies and groups, completes names typed without tone
// marks, and reads the workbook a province is set up from.
//
// Days are ISO text, "YYYY-MM-DD", which sorts as it counts; "" is open.
package directory

import "slices"

// Kind says what sort of body an agency is.
type Kind string

// The kinds of agency.
const (
	// KindDepartment: sở and what stands beside them (Thanh tra, Văn phòng UBND).
	KindDepartment Kind = "department"
	// KindBoard: a management board under the provincial People's Committee.
	KindBoard Kind = "board"
	// KindVertical: a body of a ministry on the province's soil (police, tax, treasury).
	KindVertical Kind = "vertical"
	// KindCommune: the People's Committee of a xã.
	KindCommune Kind = "commune"
	// KindWard: the People's Committee of a phường or đặc khu.
	KindWard Kind = "ward"
	// KindParty: the Party, Front and mass organisations, the People's Council.
	KindParty Kind = "party"
	// KindAuthority: the provincial People's Committee itself.
	KindAuthority Kind = "authority"
	// KindOther: everything else (companies, associations, press).
	KindOther Kind = "other"
)

// Kinds lists all kinds in the order forms show them.
func Kinds() []Kind {
	return []Kind{KindDepartment, KindBoard, KindVertical, KindCommune, KindWard, KindParty, KindAuthority, KindOther}
}

// Valid reports whether k is one of Kinds.
func (k Kind) Valid() bool {
	return slices.Contains(Kinds(), k)
}

// Ordered reports whether the chairman orders agencies of this kind ("yêu
// cầu"); vertical and Party bodies are asked ("đề nghị").
func Ordered(k Kind) bool { return k != KindVertical && k != KindParty }

// Agency is one body. Names repeat across mergers, so it is known by ID.
type Agency struct {
	ID        int64
	Code      string
	Name      string
	ShortName string
	Kind      Kind
	// From and To are the first and last day on which it exists; "" is open.
	From, To string
	// SuccessorID is the agency that took over, 0 when none.
	SuccessorID int64
	// Version grows with each change that is stored.
	Version int64 `json:"-"`
}

// ValidOn reports whether the agency exists on the day; both ends count. An
// empty day asks nothing about time and is always true.
func (a Agency) ValidOn(day string) bool { return within(a.From, a.To, day) }

// Membership is an agency's time in a group, From and To included.
type Membership struct {
	AgencyID int64
	From, To string
}

// Group is a named set of agencies ("các sở, ban, ngành") whose members have
// dates.
type Group struct {
	ID      int64
	Code    string
	Name    string
	Members []Membership
	// Version grows with each change that is stored, that of a member too.
	Version int64 `json:"-"`
}

// MembersOn returns the agencies that are members on the day, each once, in
// the group's order.
func (g Group) MembersOn(day string) []int64 {
	var out []int64
	seen := map[int64]bool{}
	for _, m := range g.Members {
		if !seen[m.AgencyID] && within(m.From, m.To, day) {
			seen[m.AgencyID] = true
			out = append(out, m.AgencyID)
		}
	}
	return out
}

// Alias is another name for an agency or a group; exactly one of the two ids
// is set.
type Alias struct {
	ID       int64
	Name     string
	AgencyID int64
	GroupID  int64
}

func within(from, to, day string) bool {
	return day == "" || (from == "" || from <= day) && (to == "" || day <= to)
}
