package hurdle

import (
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

// actedNotices tells everybody whom the obstacle still hinders what the Land did with it. Who is blocked hears at once
// that the way is free.
func actedNotices(after Obstacle, affected []Affected, act Act) []notify.Notice {
	n := notify.Notice{Path: notify.AtHurdle(after.No)}
	closed := false
	switch act {
	case Escalate:
		n.Kind, n.Text = notify.ObstacleEscalated, title(after.No)+" liegt jetzt bei: "+after.EscalatedTo+"."
	case Decide:
		n.Kind, n.Text = notify.ObstacleDecided, after.EscalatedTo+" hat über "+title(after.No)+" entschieden: "+after.Decision
	case Test:
		n.Kind, n.Text = notify.ObstacleDecided, title(after.No)+": Bitte probieren Sie die Lösung aus. "+after.Solution
	case Resolve:
		n.Kind, n.Text, closed = notify.ObstacleClosed, title(after.No)+" ist gelöst. So geht es weiter: "+after.Solution, true
	case Accept:
		n.Kind, n.Text, closed = notify.ObstacleClosed, title(after.No)+" bleibt bestehen und hält Sie nicht mehr auf. Grund: "+after.Reason, true
	case Reject:
		n.Kind, n.Text, closed = notify.ObstacleClosed, title(after.No)+" ist kein Hemmnis. Grund: "+after.Reason, true
	default:
		return nil
	}
	blocked := map[string]bool{} // by body: is anything of it blocked
	var keys []string
	services := map[string]string{}
	for _, a := range affected {
		if a.LeftAt != nil {
			continue
		}
		if _, known := blocked[a.BodyKey]; !known {
			keys = append(keys, a.BodyKey)
		}
		blocked[a.BodyKey] = blocked[a.BodyKey] || a.Blocking
		services[a.BodyKey] = a.ServiceName
	}
	notices := make([]notify.Notice, 0, len(keys))
	for _, key := range keys {
		n.To, n.About, n.Urgent = notify.Keys(key), services[key], closed && blocked[key]
		notices = append(notices, n)
	}
	return notices
}
