package sample

import (
	"slices"
	"strings"
)

// What a person does in an Event.
const (
	DoReport   = "report"   // progress
	DoSubmit   = "submit"   // says that it is done
	DoConfirm  = "confirm"  // the secretariat accepts it
	DoReturn   = "return"   // the secretariat sends it back, with a reason
	DoWithdraw = "withdraw" // the agency takes its submission back

	DoOrder      = "order"      // a leader's word
	DoExplain    = "explain"    // a leader asks for an explanation by Due
	DoAnswer     = "answer"     // the agency answers the word that stands
	DoAsk        = "ask"        // the lead asks To for their parts by Due
	DoContribute = "contribute" // the cooperating agency To sends its part
	DoTake       = "take"       // the lead accepts the part of To
	DoDecline    = "decline"    // the agency asks that To leads, with a reason
	DoHold       = "hold"       // the secretariat lets it rest, with a reason
	DoExtend     = "extend"     // the agency asks for Due, with a reason
	DoWanting    = "wanting"    // the secretariat misses something in the evidence
	DoAccept     = "accept"     // the secretariat accepts the evidence
	DoApproval   = "approval"   // a head wants to approve what his agency reports as done
	DoLetter     = "letter"     // the secretariat records the letter of reminder to the agency that is late
)

// Event is one thing that a person did about one assignment. Document is the document's number, Ref the duty's, Agency the code
// of the lead (of joint leads: the one who acted).
type Event struct {
	At        string // RFC 3339, +07:00
	Who       string // e-mail
	Do        string
	Document  string
	Ref       string
	Agency    string
	Percent   int
	Text      string
	DocNumber string // number of a document that proves it
	Evidence  string // name of a file that Evidence gives
	Reason    string
	To        string // code of another agency
	Due       string // YYYY-MM-DD
	Authority string // by whose word
	Period    string // the last day of the period of a duty that recurs
}

// History gives what happened from July 2026 to the evening before the demo begins, oldest first.
func History() []Event {
	all := slices.Concat(directiveHistory(), communeHistory(), parHistory(), papiHistory(), monthlyHistory(), lifeHistory())
	slices.SortStableFunc(all, func(a, b Event) int { return strings.Compare(a.At, b.At) })
	return all
}

// The two of the secretariat.
const (
	minh = "minh.tv@vpub.mauson.example"
	hang = "hang.dt@snv.mauson.example"
)

// reporters names who reports for an agency.
var reporters = map[string]string{
	"SNV":         "hoa.nt@snv.mauson.example",
	"STP":         "lan.btm@stp.mauson.example",
	"STC":         "dang.vh@stc.mauson.example",
	"SCT":         "thu.ht@sct.mauson.example",
	"SNNMT":       "pao.lv@snnmt.mauson.example",
	"SXD":         "truong.cx@sxd.mauson.example",
	"SKHCN":       "bao.tn@skhcn.mauson.example",
	"SVHTTDL":     "xuan.tt@svhttdl.mauson.example",
	"SGDDT":       "anh.pd@sgddt.mauson.example",
	"SYT":         "giang.dth@syt.mauson.example",
	"SNGV":        "bach.cg@sngv.mauson.example",
	"TTT":         "thanh.qt@thanhtra.mauson.example",
	"VPUB":        "nghia.lt@vpub.mauson.example",
	"BQLKKT":      "hoa.tv@bqlkkt.mauson.example",
	"BQLDA":       "cuong.dm@bqlda.mauson.example",
	"CAT":         "khang.nd@congan.mauson.example",
	"P-MAULAM":    "yen.pt@maulam.mauson.example",
	"P-THANHKY":   "phuc.dh@thanhky.mauson.example",
	"P-DONGCAU":   "ngan.tt@dongcau.mauson.example",
	"X-KHELANH":   "inh.lv@khelanh.mauson.example",
	"X-BANVAI":    "sua.gt@banvai.mauson.example",
	"X-NALUONG":   "lin.hv@naluong.mauson.example",
	"X-THACMAY":   "nguyet.mt@thacmay.mauson.example",
	"X-DOICHE":    "quy.dv@doiche.mauson.example",
	"X-PACLUONG":  "bich.nt@pacluong.mauson.example",
	"X-LUNGTRANG": "do.sa@lungtrang.mauson.example",
	"X-SUOINHAN":  "hien.lt@suoinhan.mauson.example",
}

// duty names an assignment by its document, ref and lead, of one that recurs also by the last day of its period; its methods say what was
// done about it. Times are "MM-DD hh:mm".
type duty struct{ document, ref, agency, period string }

func (d duty) event(at, who, do string) Event {
	return Event{At: instant(at), Who: who, Do: do, Document: d.document, Ref: d.ref, Agency: d.agency, Period: d.period}
}

func (d duty) report(at string, percent int, text string) Event {
	e := d.event(at, reporters[d.agency], DoReport)
	e.Percent, e.Text = percent, text
	return e
}

// submit says that the duty is done; number and evidence may be blank.
func (d duty) submit(at, text, number, evidence string) Event {
	e := d.event(at, reporters[d.agency], DoSubmit)
	e.Percent, e.Text, e.DocNumber, e.Evidence = 100, text, number, evidence
	return e
}

func (d duty) confirm(at string) Event { return d.event(at, d.secretary(), DoConfirm) }

func (d duty) sendBack(at, reason string) Event {
	e := d.event(at, d.secretary(), DoReturn)
	e.Reason = reason
	return e
}

func (d duty) withdraw(at string) Event { return d.event(at, reporters[d.agency], DoWithdraw) }

// secretary is who follows the duty; what Sở Nội vụ leads is confirmed outside Sở Nội vụ.
func (d duty) secretary() string {
	if d.document == Directive || d.agency == "SNV" {
		return minh
	}
	return hang
}

// instant turns "MM-DD hh:mm" of 2026 into RFC 3339.
func instant(at string) string {
	day, clock, _ := strings.Cut(at, " ")
	return "2026-" + day + "T" + clock + ":00+07:00"
}
