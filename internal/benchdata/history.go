package benchdata

import (
	"context"
	"time"

	"rollinportal/internal/onboarding"
)

// stood is a state on a way, and since when.
type stood struct {
	state onboarding.State
	at    time.Time
	live  *time.Time
}

// past is how a way came to where it is: a row for each state, the present one last.
func (w way) past() []stood {
	var found []stood
	for no := range w.done + 1 {
		earlier := way{done: no}
		s := stood{state: earlier.state(), at: w.started.AddDate(0, 0, 7*no)}
		if no == w.done {
			s.state = w.state()
		}
		if no >= goLive {
			on := day(w.changed(goLive))
			s.live = &on
		}
		if len(found) == 0 || found[len(found)-1].state != s.state {
			found = append(found, s)
		}
	}
	return found
}

// history is what the triggers would have written down; they sleep while the tables are filled.
func (t *tables) history(ctx context.Context) error {
	columns := []string{
		"land_id", "org_id", "onboarding_id", "service_id", "state", "held", "target_on", "target_cause", "target_reason",
		"live_on", "known_at", "known_on", "valid_on",
	}
	return t.copy(ctx, "portal", "onboarding_history", columns, func(add func(...any)) {
		t.each(func(s, b int, w way) {
			for _, p := range w.past() {
				add(t.land, t.body(b), t.onboarding(s, b), t.service(s), p.state, false, day(w.due(goLive, t.today)), "", "",
					p.live, p.at, day(p.at), day(p.at))
			}
		})
	})
}

func (t *tables) competenceHistory(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "service_id", "competent", "known_on"}
	return t.copy(ctx, "portal", "competence_history", columns, func(add func(...any)) {
		t.each(func(s, b int, _ way) {
			add(t.land, t.body(b), t.service(s), true, day(t.ago(400)))
		})
	})
}
