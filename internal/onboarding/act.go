package onboarding

import (
	"slices"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
)

// Act is what a person does with an onboarding as a whole.
type Act string

// The acts. Going live is none of them: it has a gate and a page of its own.
const (
	Commit       Act = "commit"
	Decline      Act = "decline"
	Rejoin       Act = "rejoin"
	Pause        Act = "pause"
	Resume       Act = "resume"
	Exclude      Act = "exclude"
	Decommission Act = "decommission"
)

// Acts lists the acts in the order in which a page offers them.
var Acts = []Act{Commit, Decline, Rejoin, Pause, Resume, Exclude, Decommission}

// turn is a change of state by an act of a role. To is "" where the steps say what comes out.
type turn struct {
	from          State
	act           Act
	role          access.Role
	to            State
	reason, until bool // what has to be said with it
}

// turns are all changes by acts there are.
var turns = slices.Concat(
	spread(turn{act: Commit, role: access.BodyCoordinator, to: Committed}, NotStarted, Interested),
	spread(turn{act: Decline, role: access.BodyCoordinator, to: Declined, reason: true},
		NotStarted, Interested, Committed, Preparing, Connecting, Testing, Ready, Paused),
	spread(turn{act: Rejoin, role: access.BodyCoordinator}, Declined),
	spread(turn{act: Pause, role: access.StateCoordinator, to: Paused, reason: true, until: true},
		NotStarted, Interested, Committed, Preparing, Connecting, Testing, Ready),
	spread(turn{act: Resume, role: access.StateCoordinator}, Paused, NotCompetent, Decommissioned),
	spread(turn{act: Exclude, role: access.StateCoordinator, to: NotCompetent, reason: true},
		NotStarted, Interested, Committed, Preparing, Connecting, Testing, Ready, Paused, Declined),
	spread(turn{act: Decommission, role: access.StateCoordinator, to: Decommissioned, reason: true}, Live, Operating),
)

func spread(t turn, from ...State) []turn {
	list := make([]turn, len(from))
	for i, state := range from {
		list[i], list[i].from = t, state
	}
	return list
}

// actsFor returns what a person may do with an onboarding now.
func actsFor(who access.Actor, o Onboarding) []Act {
	var found []Act
	for _, t := range turns {
		if t.from == o.State && t.role == who.Role && theirs(who, o) {
			found = append(found, t.act)
		}
	}
	return found
}

// theirs reports whether a coordinator is one of this onboarding: of its body, or of the Land.
func theirs(who access.Actor, o Onboarding) bool {
	return who.Role == access.StateCoordinator || who.Org.ID == o.BodyID
}

// StateInput is an act on an onboarding, with the version the person saw.
type StateInput struct {
	Version  int64
	Act      Act
	Reason   string
	ResumeOn *time.Time
}

// turned returns the onboarding after an act, or why the act is not possible.
func (c *Checklist) turned(in StateInput, who access.Actor, now, today time.Time) (Onboarding, error) {
	if !slices.ContainsFunc(turns, func(t turn) bool { return t.act == in.Act && t.role == who.Role }) {
		return c.Onboarding, fault.New(fault.Forbidden, "Das liegt bei einer anderen Rolle.")
	}
	if c.Version != in.Version {
		return c.Onboarding, fault.New(fault.Conflict, "Jemand hat den Stand inzwischen geändert. Er ist jetzt: "+c.State.Word()+".")
	}
	i := slices.IndexFunc(turns, func(t turn) bool { return t.from == c.State && t.act == in.Act && t.role == who.Role })
	if i < 0 {
		return c.Onboarding, fault.New(fault.Conflict, "Der Stand ist „"+c.State.Word()+"“. Von dort geht das nicht.")
	}
	if err := in.check(turns[i], today); err != nil {
		return c.Onboarding, err
	}
	return c.become(turns[i], in, now), nil
}

func (in StateInput) tidy() StateInput {
	in.Reason = strings.TrimSpace(in.Reason)
	return in
}

func (in StateInput) check(t turn, today time.Time) error {
	wrong := checkText("reason", in.Reason)
	wrong.If(t.reason && in.Reason == "", "reason", "Nennen Sie einen Grund.")
	wrong.If(t.until && (in.ResumeOn == nil || !in.ResumeOn.After(today)), "resume_on", "Nennen Sie einen Tag in der Zukunft, an dem es weitergeht.")
	return wrong.Err()
}

func (c *Checklist) become(t turn, in StateInput, now time.Time) Onboarding {
	o := c.Onboarding
	o.StateReason, o.ResumeOn = "", nil
	if t.reason {
		o.StateReason = in.Reason
	}
	if t.until {
		o.ResumeOn = in.ResumeOn
	}
	if t.act == Commit {
		o.CommittedAt = &now
	}
	if o.State = t.to; t.to == "" {
		o.State = c.awake()
	}
	return o
}

// repeats reports whether the act was done a moment ago with the same words: a second click.
func (o Onboarding) repeats(in StateInput) bool {
	return o.Version == in.Version+1 && slices.ContainsFunc(turns, func(t turn) bool {
		return t.act == in.Act && (t.to == o.State || t.to == "" && !o.State.Aside()) && (!t.reason || o.StateReason == in.Reason)
	})
}
