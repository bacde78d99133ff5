package hurdle

import (
	"slices"

	"rollinportal/internal/notify"
)

// Who hears of obstacles.

// reportedNotice tells the Land of a new obstacle; at once if a body cannot go on.
func reportedNotice(p Place, no int, r Report) notify.Notice {
	text := p.BodyName + " meldet " + title(no) + " bei „" + p.StepTitle + "“: " + r.Text
	return notify.Notice{
		Kind: notify.ObstacleReported, To: notify.Coordination(), Text: text, Path: notify.AtHurdle(no), About: p.ServiceName, Urgent: *r.Blocking,
	}
}

// persistsNotice tells the Land that what counted as done still hinders somebody.
func persistsNotice(o Obstacle, body, reason string) notify.Notice {
	return notify.Notice{
		Kind: notify.ObstacleReported, To: notify.Coordination(), Path: notify.AtHurdle(o.No), About: o.ServiceName,
		Text: body + " meldet, dass " + title(o.No) + " noch besteht: " + reason,
	}
}

// toBody addresses a notice to a body. A solution leads to the step itself, which says how it goes on.
func toBody(n notify.Notice, key string, hit []Affected, o Obstacle) notify.Notice {
	n.To, n.About = notify.Keys(key), hit[0].ServiceName
	n.Urgent = !o.Open() && slices.ContainsFunc(hit, func(a Affected) bool { return a.Blocking })
	if o.State == Resolved && len(hit) == 1 {
		n.Path = notify.AtStep(key, hit[0].ServiceSlug, hit[0].StepKey)
	}
	return n
}

// actedNotices tells everybody whom the obstacle still hinders what the Land did with it. Who is blocked hears at once
// that the way is free.
func actedNotices(after Obstacle, affected []Affected, act Act) []notify.Notice {
	n := notify.Notice{Path: notify.AtHurdle(after.No)}
	switch act {
	case Escalate:
		n.Kind, n.Text = notify.ObstacleEscalated, title(after.No)+" liegt jetzt bei: "+after.EscalatedTo+"."
	case Decide:
		n.Kind, n.Text = notify.ObstacleDecided, after.EscalatedTo+" hat über "+title(after.No)+" entschieden: "+after.Decision
	case Test:
		n.Kind, n.Text = notify.ObstacleDecided, title(after.No)+": Bitte probieren Sie die Lösung aus. "+after.Solution
	case Resolve:
		n.Kind, n.Text = notify.ObstacleClosed, title(after.No)+" ist gelöst. So geht es weiter: "+after.Solution
	case Accept:
		n.Kind, n.Text = notify.ObstacleClosed, title(after.No)+" bleibt bestehen und hält Sie nicht mehr auf. Grund: "+after.Reason
	case Reject:
		n.Kind, n.Text = notify.ObstacleClosed, title(after.No)+" ist kein Hemmnis. Grund: "+after.Reason
	default:
		return nil
	}
	var order []string
	hit := map[string][]Affected{}
	for _, a := range affected {
		if a.LeftAt != nil {
			continue
		}
		if hit[a.BodyKey] == nil {
			order = append(order, a.BodyKey)
		}
		hit[a.BodyKey] = append(hit[a.BodyKey], a)
	}
	notices := make([]notify.Notice, 0, len(order))
	for _, key := range order {
		notices = append(notices, toBody(n, key, hit[key], after))
	}
	return notices
}
