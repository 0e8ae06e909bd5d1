package tasks

import (
	"slices"
	"strconv"
	"strings"
)

// LadderInput is what a person types to set a ladder: lists of days as "10, 5, 1", numbers of days; blank or 0 stands for never.
type LadderInput struct {
	Own                                          bool // false: that of the level above is to hold
	Before, Cooperating                          string
	OnDay                                        bool
	AfterFirst, Every, Head, Specialist, Leaders string
	Version                                      int64
}

// Input is the ladder as it is typed.
func (l Ladder) Input() LadderInput {
	number := strconv.Itoa
	return LadderInput{
		Own: true, Before: daysText(l.Before), OnDay: l.OnDay, AfterFirst: number(l.AfterFirst), Every: number(l.Every),
		Head: number(l.Head), Specialist: number(l.Specialist), Leaders: number(l.Leaders), Cooperating: daysText(l.Cooperating),
	}
}

// The most that a ladder takes: a year of working days, and so many steps before a deadline.
const (
	maxLadderDays  = 250
	maxLadderSteps = 10
)

// Ladder reads what was typed; with an error it names the fields.
func (in LadderInput) Ladder() (Ladder, error) {
	var f fields
	l := Ladder{OnDay: in.OnDay}
	l.Before, l.Cooperating = ladderDays(&f, "before", in.Before, 1), ladderDays(&f, "cooperating", in.Cooperating, 0)
	for _, n := range []struct {
		field, text string
		to          *int
	}{{"after_first", in.AfterFirst, &l.AfterFirst}, {"every", in.Every, &l.Every}, {"head", in.Head, &l.Head}, {"specialist", in.Specialist, &l.Specialist}, {"leaders", in.Leaders, &l.Leaders}} {
		if text := strings.TrimSpace(n.text); text != "" {
			var err error
			if *n.to, err = strconv.Atoi(text); err != nil || *n.to < 0 || *n.to > maxLadderDays {
				f.add(n.field, "ladder.number", strconv.Itoa(maxLadderDays))
			}
		}
	}
	if err := f.err(); err != nil {
		return Ladder{}, err
	}
	if l.Check() != nil { // all that is left
		f.add("every", "ladder.no_first")
	}
	return l, f.err()
}

// ladderDays reads a list of days in any order; they are kept from the largest to the smallest, each once.
func ladderDays(f *fields, field, text string, least int) []int {
	var days []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\t' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < least || n > maxLadderDays {
			f.add(field, "ladder.days", strconv.Itoa(least), strconv.Itoa(maxLadderDays))
			return nil
		}
		days = append(days, n)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	slices.Reverse(days)
	if len(days) > maxLadderSteps {
		f.add(field, "ladder.too_many", strconv.Itoa(maxLadderSteps))
	}
	return days
}

func daysText(days []int) string {
	words := make([]string, len(days))
	for i, n := range days {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}

func sameLadder(a, b *Ladder) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Input() == b.Input()
}

// ladderValues are the fields of an audit row; of no ladder of its own only that.
func ladderValues(l *Ladder) map[string]any {
	values := map[string]any{"ladder_own": l != nil}
	if l != nil {
		values["ladder_before"], values["ladder_on_day"], values["ladder_cooperating"] = daysText(l.Before), l.OnDay, daysText(l.Cooperating)
		values["ladder_after_first"], values["ladder_every"] = l.AfterFirst, l.Every
		values["ladder_head"], values["ladder_specialist"], values["ladder_leaders"] = l.Head, l.Specialist, l.Leaders
	}
	return values
}
