package notify

import (
	"cmp"
	"fmt"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// leastPeers is how many agencies of a sort there must be for one to be told its place: of two, each would learn how the other stands.
const leastPeers = 3

// sortOf is the sort of agencies that are compared with each other: departments with boards, communes with wards.
func sortOf(kind directory.Kind) directory.Kind {
	switch kind {
	case directory.KindBoard:
		return directory.KindDepartment
	case directory.KindWard:
		return directory.KindCommune
	}
	return kind
}

// standing says what waits at the secretariat, and the agency's place among those of its sort, then and now.
func (p *pass) standing(tx ComposeReader, w *templates.Words, agency tasks.Agency, before map[int64]tasks.Figures, waiting int) (string, error) {
	var said []string
	if waiting > 0 {
		said = append(said, w.T("mail.rollup.waits", waiting))
	}
	if p.figures == nil {
		var err error
		if p.figures, err = tx.AgencyFigures(p.figureQuery()); err != nil {
			return "", fmt.Errorf("figures of agencies: %w", err)
		}
	}
	if at, of := p.place(p.figures, agency); of >= leastPeers {
		was, then := p.place(before, agency)
		if then >= leastPeers {
			said = append(said, w.T("mail.rollup.place_change", at, of, was))
		} else {
			said = append(said, w.T("mail.rollup.place", at, of))
		}
	}
	return strings.Join(said, " "), nil
}

// place is where the agency stands by its share of overdue duties among those whose deadline has passed, the least first; those that stand
// alike share a place. of is how many of its sort lead duties; 0 when it leads none itself.
func (p *pass) place(figures map[int64]tasks.Figures, agency tasks.Agency) (at, of int) {
	own, ok := figures[agency.ID]
	if !ok || own.All == 0 {
		return 0, 0
	}
	at = 1
	for id, f := range figures {
		peer, known := p.bodies[id]
		if id == 0 || !known || f.All == 0 || sortOf(peer.Kind) != sortOf(agency.Kind) {
			continue
		}
		of++
		if cmp.Compare(f.Overdue*max(own.Passed, 1), own.Overdue*max(f.Passed, 1)) < 0 {
			at++
		}
	}
	return at, of
}

// frozenOnce reads the frozen figures of a Monday once a pass; none when nothing was frozen on it.
func (p *pass) frozenOnce(tx ComposeReader, monday calendar.Date) (map[int64]tasks.Figures, error) {
	if monday.IsZero() {
		return nil, nil
	}
	if known, ok := p.frozen[monday]; ok {
		return known, nil
	}
	figures, err := frozen(tx, monday)
	if err != nil {
		return nil, err
	}
	if p.frozen == nil {
		p.frozen = make(map[calendar.Date]map[int64]tasks.Figures)
	}
	p.frozen[monday] = figures
	return figures, nil
}
