package templates

import "time"

// Layout is what every page needs besides its own content. A page's struct
// embeds it.
type Layout struct {
	// Title is the page's title, usually the words of its h1.
	Title string
	// Province stands beside the product's name: "tỉnh …".
	Province string

	// PersonName and PersonPlace (the agency) say who is signed in; without a
	// name neither they nor the sign-out button are shown.
	PersonName, PersonPlace string
	// Standing says for whom the person acts today; empty for nobody.
	Standing string
	// AccountHref leads to the person's own page, SignOutAction takes the POST
	// that ends the session.
	AccountHref, SignOutAction string

	Nav []NavItem

	// Languages lead to the same page in other languages; only for who is not
	// signed in, since a person's own language is set in his account.
	Languages []LanguageLink

	// Demo is the bar of the demo's clock; nil outside the demo.
	Demo *DemoBar
	// Alert tells of what stands still and what to do; nil when nothing does.
	Alert *Alert
	// Flash is a message about what was just done.
	Flash string
	// Problems is what a form was refused for; they head the page, each a link
	// to its field. Problems gathers them from fields.
	Problems []Problem
	// Meanwhile is what others changed while the refused form was filled, the
	// newest first.
	Meanwhile []TrailItem
	// Printed says when; on paper alone.
	Printed string
	// Wide lets the page use more of a large screen: two panes, many columns.
	Wide bool
}

// LanguageLink leads to the page in another language. Lang is its BCP 47 tag,
// Label its name in its own words.
type LanguageLink struct{ Href, Lang, Label string }

// Alert tells that something stands still. Detail is what was said of it, from
// elsewhere and in any language; may be empty.
type Alert struct {
	Text, Hint, Detail string
	Action             Action
}

// NavItem is one entry of the main navigation.
type NavItem struct {
	Href, Label string
	Current     bool
	// Count stands behind the label when it is not zero: what waits there.
	Count int
}

// DemoBar shows the demo's clock and the buttons that move it.
type DemoBar struct {
	Now time.Time
	// ClockAction takes the POST of a move, with the move's Value as "to".
	ClockAction string
	Moves       []DemoMove
	// ReleaseAction takes the POST that ends the hold of issued mails.
	ReleaseAction string
	// MailHref leads to the mail catcher.
	MailHref string
}

// DemoMove is a button of the demo's clock.
type DemoMove struct{ Value, Label string }

// ErrorPage is the data of the page "error".
type ErrorPage struct {
	Layout
	// Text says what happened and what to do next.
	Text string
	// Reference finds the request in the log; may be empty.
	Reference string
	// Kept is what was typed into the form that failed, to be copied; may be empty.
	Kept []Field
	// Action leads on; may be nil.
	Action *Action
}
