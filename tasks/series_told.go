package tasks

import (
	"slices"
	"strconv"
)

// Events by which agencies learn what becomes of a recurring duty; Notice.Event holds them. They concern periods that are still to come and are
// told on the assignments of the newest period, be these completed or not.
const (
	EventSeriesBegun   = "series_begun"   // a cadence has become a duty each period
	EventSeriesChanged = "series_changed" // it recurs on other days, or again
	EventSeriesEnded   = "series_ended"   // no more periods are opened
)

// tellSeries tells those who have the newest period what became of the series. An agency that cooperates with several leads is told once.
func (s *Assignments) tellSeries(tx AssignmentTx, newest []Assignment, x Series, event string) error {
	var told []int64
	for _, leads := range []bool{true, false} {
		for _, a := range newest {
			if a.State == StateCancelled {
				continue
			}
			to := a.Cooperating
			if leads {
				to = a.Leads
			}
			to = without(to, told)
			told = append(told, to...)
			err := s.tellAgencies(tx, a.ID, moved{event: event, occurrence: "s" + strconv.FormatInt(x.Version, 10), to: slices.Clone(to)})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Upcoming lists the next periods of a series that are still to be opened, at most so many; none of one that has ended.
func (r Rules) Upcoming(x Series, most int) ([]UpcomingPeriod, error) {
	if x.Ended() {
		return nil, nil
	}
	list, err := r.preview(x)
	return list[:min(most, len(list))], err
}
