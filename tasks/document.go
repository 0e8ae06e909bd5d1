package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

// DocumentKind is the kind of an administrative document (Nghị định 30/2020/NĐ-CP, art. 7, as far as duties come from it).
type DocumentKind string

const (
	KindDirective  DocumentKind = "directive"  // chỉ thị
	KindPARPlan    DocumentKind = "par_plan"   // kế hoạch on the PAR INDEX
	KindPAPIPlan   DocumentKind = "papi_plan"  // kế hoạch on PAPI
	KindPlan       DocumentKind = "plan"       // another kế hoạch
	KindConclusion DocumentKind = "conclusion" // thông báo kết luận
	KindDispatch   DocumentKind = "dispatch"   // công văn, công điện
	KindDecision   DocumentKind = "decision"   // quyết định
	KindOther      DocumentKind = "other"
)

// DocumentKinds lists every kind in the order in which forms offer them.
var DocumentKinds = []DocumentKind{KindDirective, KindPARPlan, KindPAPIPlan, KindPlan, KindConclusion, KindDispatch, KindDecision, KindOther}

// DocumentState is where a document stands.
type DocumentState string

const (
	DocumentDraft  DocumentState = "draft"
	DocumentIssued DocumentState = "issued"
	DocumentClosed DocumentState = "closed"
)

// Head is what the first page of a document says of it.
type Head struct {
	Kind   DocumentKind
	Number string        // số, ký hiệu: "10/CT-UBND"; blank until known
	Date   calendar.Date // zero until known
	Issuer string
	Title  string // trích yếu
	Year   int    // the year that it is for; 0 when it names none
}

// Document is one directive, plan or notice with its files.
type Document struct {
	ID int64
	Head
	State DocumentState
	// Duties that get neither deadline nor cadence at review take DefaultDue when it is set, else Cadence (RFC 5545).
	DefaultDue calendar.Date
	Cadence    string
	Revises    Revises // the earlier document that this one replaces or amends
	Followers  Followers
	CreatedBy  int64
	CreatedAt  time.Time
	IssuedBy   int64
	IssuedAt   time.Time // zero while a draft
	Version    int64
}

// DocumentFile is one file of a document, in reading order.
type DocumentFile struct {
	ID         int64
	DocumentID int64
	Position   int
	Attachment Attachment
	Blocks     []SourceBlock // as read; shown beside the drafts
}

// SourceBlock is one paragraph or table of a file, kept to show where a duty stands.
type SourceBlock struct {
	Block   int         `json:"block"` // 1-based, in reading order
	Text    string      `json:"text,omitempty"`
	Heading bool        `json:"heading,omitempty"`
	Sheet   string      `json:"sheet,omitempty"`
	Rows    []SourceRow `json:"rows,omitempty"`
}

// SourceRow is one row of a table of the source.
type SourceRow struct {
	Row   int          `json:"row"`
	Cells []SourceCell `json:"cells"`
}

// SourceCell is one cell; Span is the number of columns it covers.
type SourceCell struct {
	Text string `json:"text"`
	Span int    `json:"span,omitempty"`
}

// Attachment is a file that belongs to a document or to a report; it is authorised by this row, never by its hash.
type Attachment struct {
	ID         int64
	DocumentID int64 // 0 when it belongs to a report
	ReportID   int64 // 0 when it belongs to a document
	Name       string
	Hash       string // SHA-256 in hexadecimal: where the bytes lie
	Size       int64
	Type       string // media type, told by content
	CreatedBy  int64
	CreatedAt  time.Time
}
