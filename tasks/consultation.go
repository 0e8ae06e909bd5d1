package tasks

import (
	"slices"
	"strconv"
	"time"

	"tiendo/tasks/calendar"
)

// Consultation (lấy ý kiến dự thảo) asks agencies what they think of a draft document. What was asked is kept as it stood then: neither
// a later change of the drafts nor the end of the document changes it.
type Consultation struct {
	ID         int64
	DocumentID int64 // 0 once the draft was discarded
	// Kind, Number and Subject are those of the document when it was opened.
	Kind    DocumentKind
	Number  string
	Subject string
	Title   string
	Note    string        // what the secretariat writes to those asked
	Due     calendar.Date // to be answered up to this day
	// DueSetOn is the day on which Due was last moved; zero when it is that of the opening.
	DueSetOn calendar.Date
	Files    []int64 // attachments of the document that go along

	OpenedBy int64
	OpenedAt time.Time
	OpenedOn calendar.Date
	ClosedBy int64
	ClosedAt time.Time
	Closed   ConsultationEnd
	// PublishedAt is when the replies were last published: from the first time on each agency sees those to its own comments. Zero: none sees any.
	PublishedBy int64
	PublishedAt time.Time
	Version     int64
}

// Published tells whether agencies see the replies to their comments.
func (c Consultation) Published() bool { return !c.PublishedAt.IsZero() }

// Open tells whether answers are still taken.
func (c Consultation) Open() bool { return c.Closed == "" }

// ConsultationEnd is why no more answers are taken; "" while they are.
type ConsultationEnd string

const (
	ConsultationEnded     ConsultationEnd = "ended"     // by the secretariat
	ConsultationIssued    ConsultationEnd = "issued"    // the document was issued
	ConsultationDiscarded ConsultationEnd = "discarded" // the document was discarded
)

// ConsultationItem is one duty as it was put before the agencies, in words: what stands in the directory later changes nothing.
type ConsultationItem struct {
	ID          int64
	Position    int
	DraftID     int64 // which may be gone
	Ref         string
	Section     string
	Text        string
	Deliverable string
	Leads       string
	Cooperating string
	Phrase      string // the deadline as worded
	Due         calendar.Date
	Cadence     string // RFC 5545; "" with a deadline
	// Restricted (hạn chế): it is for the agencies that it names, Parties, alone. Hidden tells that its words were left out: see Sealed.
	Restricted, Hidden bool
	Parties            []int64
}

// AnswerState is how far an agency is with its answer.
type AnswerState string

const (
	AnswerNone  AnswerState = "none"
	AnswerSaved AnswerState = "saved" // begun and not sent: the agency alone sees it
	AnswerSent  AnswerState = "sent"
)

// ConsultationAnswer is what became of one agency that was asked.
type ConsultationAnswer struct {
	ConsultationID int64
	AgencyID       int64
	Number         string // of the letter that answers
	SavedBy        int64
	SavedAt        time.Time
	SentOn         calendar.Date // the day of the first answer, of a letter its own; zero until then
	SentAt         time.Time     // of the newest
	// AskedOn is the day on which the agency was added, with why; zero when it was asked at the opening.
	AskedOn  calendar.Date
	AskedWhy string
	// LetterOn is the day of the letter that RecordedBy put in for the agency; zero when it answered here itself.
	LetterOn   calendar.Date
	RecordedBy int64
	Version    int64
}

// Recorded tells whether the answer came on paper.
func (a ConsultationAnswer) Recorded() bool { return !a.LetterOn.IsZero() }

// State is how far the agency is.
func (a ConsultationAnswer) State() AnswerState {
	switch {
	case !a.SentOn.IsZero():
		return AnswerSent
	case !a.SavedAt.IsZero():
		return AnswerSaved
	}
	return AnswerNone
}

// Late tells whether the first answer came after the day.
func (a ConsultationAnswer) Late(due calendar.Date) bool { return a.SentOn.After(due) }

// Stance is what an agency says of an item; "" as long as it says nothing.
type Stance string

const (
	StanceAgree   Stance = "agree"
	StanceComment Stance = "comment"
)

// CommentReply is what the secretariat makes of a comment; "" until it has said.
type CommentReply string

const (
	ReplyAccepted  CommentReply = "accepted"  // tiếp thu
	ReplyPartly    CommentReply = "partly"    // tiếp thu một phần
	ReplyExplained CommentReply = "explained" // giải trình: not taken up, with the reason
)

// CommentReplies lists them in the order in which forms offer them.
var CommentReplies = []CommentReply{ReplyAccepted, ReplyPartly, ReplyExplained}

// ConsultationComment is what one agency says of one item, or of the whole, with the secretariat's reply.
type ConsultationComment struct {
	ID             int64
	ConsultationID int64
	AgencyID       int64
	ItemID         int64 // 0: on the whole
	Stance         Stance
	Text           string
	Reply          CommentReply
	ReplyText      string
	// ReplyTo are the words that were replied to: the agency may have changed its own since.
	ReplyTo   string
	RepliedBy int64
	RepliedAt time.Time
	Version   int64
}

// Outdated tells whether the reply was given to other words than those that stand now.
func (c ConsultationComment) Outdated() bool { return c.Reply != "" && c.ReplyTo != c.Text }

// The limits of a consultation, in characters.
const (
	MaxConsultationTitle = 500
	MaxConsultationNote  = 5000
	MaxCommentText       = 10_000
)

// Why a notice of a consultation was written; Notice.Event holds one.
const (
	EventConsultationAsked   = "asked"
	EventConsultationRemind  = "remind"
	EventConsultationMoved   = "moved"   // its day
	EventConsultationReplied = "replied" // the agency sees what became of its comments
)

// ConsultationInput is what the secretariat types to open a consultation.
type ConsultationInput struct {
	Title    string
	Due      calendar.Date
	Note     string
	Agencies []int64
	Files    []int64 // attachments of the document
	Version  int64   // of the document as it was shown
}

func (in ConsultationInput) check(today calendar.Date) (ConsultationInput, error) {
	var f fields
	in.Title = f.line("title", in.Title, true, MaxConsultationTitle)
	in.Note = f.text("note", in.Note, false, MaxConsultationNote)
	switch {
	case in.Due.IsZero():
		f.add("due", "field.required")
	case in.Due.Before(today):
		f.add("due", "consultation.past")
	case in.Due.Year > today.Year+1:
		f.add("due", "extension.too_far")
	}
	if in.Agencies = once(in.Agencies); len(in.Agencies) == 0 {
		f.add("agencies", "field.required")
	}
	in.Files = once(in.Files)
	return in, f.err()
}

func once(ids []int64) []int64 {
	var out []int64
	for _, id := range ids {
		if id != 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// ItemAnswer is what an agency's form says of one item.
type ItemAnswer struct {
	ItemID int64
	Stance Stance
	Text   string
}

// AnswerInput is an agency's form.
type AnswerInput struct {
	Items   []ItemAnswer
	General string // of the whole
	Number  string // of the letter that answers
	// Send makes it the agency's answer; without, it is kept for the agency alone.
	Send bool
	// AgreeRest says "đồng ý" of each item that the form says nothing of.
	AgreeRest bool
	Version   int64 // of the answer as it was shown
}

// ItemField names the controls of an item in a form's errors: "stance-12", "text-12".
func ItemField(name string, itemID int64) string {
	return name + "-" + strconv.FormatInt(itemID, 10)
}

// check puts the form into one comment an item, in the order of the items, the one on the whole last.
func (in AnswerInput) check(f *fields, items []ConsultationItem, sent bool) (AnswerInput, []ConsultationComment) {
	var out []ConsultationComment
	for _, item := range items {
		c := ConsultationComment{ItemID: item.ID}
		if i := slices.IndexFunc(in.Items, func(a ItemAnswer) bool { return a.ItemID == item.ID }); i >= 0 {
			c.Stance, c.Text = in.Items[i].Stance, in.Items[i].Text
		}
		c.Text = f.text(ItemField("text", item.ID), c.Text, false, MaxCommentText)
		switch {
		case c.Stance == "" && c.Text != "":
			c.Stance = StanceComment
		case c.Stance == "" && in.AgreeRest:
			c.Stance = StanceAgree
		}
		switch {
		case c.Stance == StanceAgree && c.Text != "":
			f.add(ItemField("text", item.ID), "consultation.agree_with_text")
		case c.Stance == StanceComment && c.Text == "" && (in.Send || sent):
			f.add(ItemField("text", item.ID), "consultation.comment_without_text")
		case c.Stance == "" && (in.Send || sent):
			f.add(ItemField("stance", item.ID), "consultation.no_stance")
		case c.Stance != "" && c.Stance != StanceAgree && c.Stance != StanceComment:
			f.add(ItemField("stance", item.ID), "field.required")
		}
		out = append(out, c)
	}
	in.General = f.text("general", in.General, len(items) == 0 && in.Send && !in.AgreeRest, MaxCommentText)
	in.Number = f.line("number", in.Number, false, MaxDocumentNumber)
	whole := ConsultationComment{Text: in.General}
	if in.General != "" {
		whole.Stance = StanceComment
	} else if len(items) == 0 && in.Send {
		whole.Stance = StanceAgree
	}
	return in, append(out, whole)
}

// ReplyInput is what the secretariat makes of one comment.
type ReplyInput struct {
	CommentID int64
	Reply     CommentReply
	Text      string
	Version   int64 // of the comment as it was shown
}

func (in ReplyInput) check(f *fields) ReplyInput {
	name := ItemField("words", in.CommentID)
	in.Text = f.text(name, in.Text, in.Reply == ReplyExplained || in.Reply == ReplyPartly, MaxCommentText)
	switch {
	case in.Reply == "" && in.Text != "":
		f.add(ItemField("reply", in.CommentID), "consultation.no_reply")
	case in.Reply != "" && !slices.Contains(CommentReplies, in.Reply):
		f.add(ItemField("reply", in.CommentID), "field.required")
	}
	return in
}
