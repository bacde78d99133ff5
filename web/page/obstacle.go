package page

import (
	"strconv"
	"strings"

	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// ObstacleState is the state of an obstacle at a glance.
func ObstacleState(o hurdle.Obstacle) ui.StatusProps {
	s := ui.StatusProps{Kind: ui.Open, Text: o.Standing()}
	switch {
	case o.MergedInto != nil || o.State == hurdle.Accepted || o.State == hurdle.Rejected:
		s.Kind = ui.Locked
	case o.State == hurdle.Resolved:
		s.Kind = ui.Done
	case o.Escalated():
		s.Kind = ui.Waiting
	case o.State != hurdle.Reported:
		s.Kind = ui.InProgress
	}
	return s
}

// ObstacleRows name obstacles in short. Whom they affect they say where that is known.
func ObstacleRows(found []hurdle.Obstacle) []ui.Row {
	rows := make([]ui.Row, len(found))
	for i, o := range found {
		meta := []string{o.ServiceName, "Nr. " + strconv.Itoa(o.No), "seit " + ui.Date(o.ReportedAt)}
		if o.Bodies > 0 {
			meta = append(meta, "betrifft "+ui.Count(o.Bodies, "Einheit", "Einheiten"))
		}
		if o.Escalated() {
			meta = append(meta, "liegt bei: "+o.EscalatedTo)
		}
		rows[i] = ui.Row{Title: ui.Excerpt(o.Text, 120), URL: link.Hurdle(o.No), Tag: o.Dimension.Word(), Meta: strings.Join(meta, " · "), Status: ObstacleState(o)}
	}
	return rows
}
