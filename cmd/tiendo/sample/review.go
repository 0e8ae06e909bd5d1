package sample

// Review is how the secretariat corrects what was read from a document before it is issued.
type Review struct {
	Document string // its number
	Who      string // e-mail of the person who uploads, reviews and issues
	Import   string // when it is uploaded (RFC 3339)
	Issue    string // when it is issued (RFC 3339)
	Cadence  string // the document's default for duties with neither deadline nor cadence (RFC 5545)
	Names    []Name
	Duties   []Correction
}

// Name maps a name as the document writes it to an agency's or group's code, and is remembered as an alias.
type Name struct {
	Written string
	Code    string
}

// Correction is what a person changes in one draft, known by its ref or, where Start is set, by its opening words alone: the
// order that closes a directive has no number of its own. What is zero stays as read.
type Correction struct {
	Ref     string
	Start   string
	Remove  bool   // no duty of its own
	Joint   bool   // its leads answer together, in one assignment
	Due     string // the deadline that is set, YYYY-MM-DD
	Cadence string // the reporting cadence that is set (RFC 5545)
	// Opens is how many working days ahead each period of the cadence is opened as an assignment of its own; 0: one assignment.
	Opens       int
	Unconfirmed bool // needs no confirmation
}

// quarterly is the cadence that the province's offices are used to: the 15th of a quarter's last month.
const quarterly = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"

// Reviews gives the corrections of every document, in the order of Documents.
func Reviews() []Review {
	return []Review{
		{
			Document: Directive, Who: minh, Import: "2026-07-07T08:10:00+07:00", Issue: "2026-07-07T09:30:00+07:00", Cadence: quarterly,
			Names: []Name{{"Trung tâm Chuyển đổi số tỉnh", "SKHCN"}},
			Duties: []Correction{
				{Ref: "2.c", Cadence: "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"},
				{Ref: "3.b", Cadence: "FREQ=MONTHLY;BYMONTHDAY=5"},
				{Ref: "7.a", Due: "2026-10-10"},
				{Ref: "7.b", Due: "2026-12-15"},
				{Ref: "9", Joint: true},
				{Ref: "11.b", Cadence: "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"},
				{Ref: "12", Due: "2026-11-30"},
				{Start: "Yêu cầu Thủ trưởng các sở, ban, ngành", Remove: true},
			},
		},
		{
			Document: PARPlan, Who: hang, Import: "2026-07-14T08:20:00+07:00", Issue: "2026-07-14T10:00:00+07:00", Cadence: quarterly,
			Duties: []Correction{
				{Ref: "III.1", Cadence: quarterly},
				{Ref: "11", Joint: true},
				{Ref: "14", Cadence: "FREQ=MONTHLY;BYMONTHDAY=20"},
				{Ref: "20", Joint: true},
			},
		},
		{
			Document: PAPIPlan, Who: hang, Import: "2026-07-21T08:30:00+07:00", Issue: "2026-07-21T14:00:00+07:00", Cadence: quarterly,
			Duties: []Correction{
				{Ref: "6", Cadence: quarterly},
			},
		},
		{
			Document: Dispatch, Who: minh, Import: "2026-08-10T08:10:00+07:00", Issue: "2026-08-10T09:00:00+07:00", Cadence: quarterly,
			Duties: []Correction{
				{Ref: "1", Cadence: "FREQ=MONTHLY;BYMONTHDAY=25", Opens: 10, Unconfirmed: true},
			},
		},
	}
}
