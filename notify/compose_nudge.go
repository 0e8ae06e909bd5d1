package notify

import (
	"strings"

	"tiendo/tasks"
)

// nudgeEvents urge an agency to report.
var nudgeEvents = []*event{
	{
		name: tasks.EventNudged, class: "nudged", section: "mail.nudge.section", count: "mail.nudge.n_nudged",
		kicker: "mail.nudge.kicker", button: "mail.button.report", holds: nudgeHolds,
	},
}

// nudgeHolds holds as long as the agency owes the duty; one that had not reported, until it has.
func nudgeHolds(n tasks.Notice, row tasks.AssignmentRow) bool {
	silent := strings.HasSuffix(n.Occurrence, ".silent")
	return row.LedBy(n.AgencyID) && row.State.Open() && (!silent || row.State == tasks.StateAssigned)
}
