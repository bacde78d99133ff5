package history

import (
	"time"

	"rollinportal/internal/onboarding"
)

// Changes are what became of the ways between two days. A way may stand in several lists.
type Changes struct {
	Live     []Way // went live
	Moved    []Way // the date of the Produktivstart is another one
	Paused   []Way
	Resumed  []Way // paused before, and no longer
	Declined []Way
	Ended    []Way // were live and are not any more
	New      []Way // taken in
}

// Changes compares the Stichtag with the earlier day.
func (r *Report) Changes() Changes {
	return Changes{
		Live: r.Pick(WentLive, ""), Moved: r.Pick(Moved, ""), Paused: r.Pick(WasPaused, ""), Resumed: r.Pick(Resumed, ""),
		Declined: r.Pick(WasDeclined, ""), Ended: r.Pick(Ended, ""), New: r.Pick(New, ""),
	}
}

// From is the target before it moved: that of the earlier day, or the first one.
func (w Way) From() time.Time {
	if w.Before.State == "" {
		return w.FirstTarget
	}
	return w.Before.TargetOn
}

// CauseCount is how many dates moved for one cause.
type CauseCount struct {
	Cause onboarding.Cause
	Count int
}

// ByCause counts moved dates by cause, in the order of the causes; what moved without one before that was asked comes last.
func ByCause(moved []Way) []CauseCount {
	counts := map[onboarding.Cause]int{}
	for _, w := range moved {
		counts[w.Then.Cause]++
	}
	var found []CauseCount
	for _, cause := range append(append([]onboarding.Cause{}, onboarding.Causes...), "") {
		if n := counts[cause]; n > 0 {
			found = append(found, CauseCount{cause, n})
		}
	}
	return found
}
