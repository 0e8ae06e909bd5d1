package templates

// Letter is what every mail needs besides its own content. A mail's struct
// embeds it. All addresses are absolute.
type Letter struct {
	// Kicker is the small line above the headline: what this mail is, of when.
	Kicker string
	// Headline is the answer in one sentence.
	Headline string
	// Preheader is what a mailbox shows beside the subject.
	Preheader string
	// Greeting opens the mail; may be empty.
	Greeting string
	// InPlace says for whom and until when the reader gets it; empty when it is
	// for himself.
	InPlace string
	// Instead says whose mail it is when nobody there can be told; empty when it
	// is for the reader.
	Instead string
	// Why says why this person gets this mail; SettingsHref leads to where it
	// can be changed, empty when there is nothing to change.
	Why, SettingsHref string
	// Province signs the mail.
	Province string
}

// LetterTask is one duty in a mail.
type LetterTask struct {
	Href, Text string
	// When is the deadline in words: date first, then the distance.
	When string
	// Late puts the word for overdue before it, in capitals and red.
	Late bool
	// Meta is the small line: document, section, part played.
	Meta []string
	// Note is a remark that must not be missed, as why it was returned.
	Note string
}

// LetterButton is the one thing to do.
type LetterButton struct{ Href, Label string }

// LetterFigure is a large number in a mail.
type LetterFigure struct {
	Value  any
	Text   string
	Change *int
	Late   bool
}

// letterBarWidth is the width of a bar in a mail, in pixels.
const letterBarWidth = 200

// LetterBar shows the parts of a whole with table cells, which is all that
// classic Outlook draws.
type LetterBar struct{ Parts []BarPart }

// LetterCell is a cell of a LetterBar: a whole number of pixels, and a colour with the class that gives the one of dark mode.
type LetterCell struct {
	Width         int
	Class, Colour string
}

var letterColours = map[string]string{"done": "#1e6b3a", "going": "#0b5d7a", "soon": "#a56a00", "late": "#b3261e"}

// Width is the width of all cells together.
func (LetterBar) Width() int { return letterBarWidth }

// Cells gives the parts that are not zero; together they fill the bar, and none
// is too narrow to be seen.
func (b LetterBar) Cells() []LetterCell {
	const least = 3
	segments := Bar(b).Segments()
	cells := make([]LetterCell, 0, len(segments))
	used, widest := 0, 0
	for i, segment := range segments {
		width := max(least, int(segment.Width*letterBarWidth/100))
		cells = append(cells, LetterCell{Width: width, Class: segment.Class, Colour: letterColours[segment.Class]})
		used += width
		if width > cells[widest].Width {
			widest = i
		}
	}
	if len(cells) > 0 {
		cells[widest].Width += letterBarWidth - used
	}
	return cells
}
