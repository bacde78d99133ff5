package benchdata

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

// The steps of the template: 35 for each onboarding, two for each body and three for each service. Each of the 35 waits
// for the one before.
var (
	own     = ownSteps()
	basis   = []step{{"b_survey", template.Preparation, template.Basis, 3}, {"b_cert", template.Technology, template.Basis, 2}}
	ofLand  = []step{{"l_profile", template.Preparation, template.Land, 3}, {"l_contract", template.Decision, template.Land, 1}, {"l_guide", template.Organisation, template.Land, 3}}
	allKeys = append(append(append([]step{}, ofLand...), basis...), own...)
)

// step is a step of the template.
type step struct {
	key    string
	phase  template.Phase
	scope  template.Scope
	pillar int
}

// The places of the steps that decide about states.
const (
	organising = 2  // the first step of the organisation
	connecting = 11 // of the technology
	testing    = 23
	releasing  = 31
	goLive     = 33
	hypercare  = 34
)

func ownSteps() []step {
	steps := make([]step, 35)
	for i := range steps {
		no := i + 1
		steps[i] = step{fmt.Sprintf("k_%02d", no), phaseOf(no), template.Kommune, 1 + i%4}
	}
	steps[0].key, steps[goLive-1].key, steps[hypercare-1].key = template.Kickoff, template.Live, template.Hypercare
	return steps
}

func phaseOf(no int) template.Phase {
	switch {
	case no < organising:
		return template.Preparation
	case no < connecting:
		return template.Organisation
	case no < testing:
		return template.Technology
	case no < releasing:
		return template.Test
	case no <= goLive:
		return template.GoLive
	}
	return template.Operation
}

// way is how far a body has come with a service.
type way struct {
	done    int  // of its own steps, from the first
	begun   bool // the next one is in work
	aside   onboarding.State
	chance  uint64
	started time.Time
}

// wayOf draws a way. Bodies differ by service, and some ways rest.
func wayOf(land, service, body int, today time.Time) way {
	w := way{chance: mix(uint64(land)<<40 | uint64(service)<<20 | uint64(body))}
	w.done = int(w.chance % 36)
	w.begun = w.done+1 < goLive && w.chance>>8%2 == 0
	w.started = today.AddDate(0, 0, -7*w.done-30)
	switch w.chance >> 16 % 50 {
	case 0:
		w.aside = onboarding.Paused
	case 1:
		w.aside = onboarding.NotCompetent
	}
	if w.done >= goLive {
		w.aside = ""
	}
	return w
}

// state is what the steps speak for.
func (w way) state() onboarding.State {
	furthest := w.done
	if w.begun {
		furthest++
	}
	switch {
	case w.aside != "":
		return w.aside
	case w.done >= hypercare:
		return onboarding.Operating
	case w.done >= goLive:
		return onboarding.Live
	case w.done == goLive-1:
		return onboarding.Ready
	case furthest >= testing:
		return onboarding.Testing
	case furthest >= connecting:
		return onboarding.Connecting
	case furthest >= organising:
		return onboarding.Preparing
	case w.done == 1:
		return onboarding.Committed
	case w.begun:
		return onboarding.Interested
	}
	return onboarding.NotStarted
}

func (w way) reason() string {
	if w.aside == "" {
		return ""
	}
	return "Umstellung des Fachverfahrens"
}

// step returns the state of the own step with a number.
func (w way) step(no int) onboarding.StepState {
	switch {
	case no <= w.done:
		return onboarding.Done
	case no == w.done+1 && w.begun:
		return onboarding.InProgress
	}
	return onboarding.Open
}

// due spreads the steps by weeks. Every second way is up to three weeks behind.
func (w way) due(no int, today time.Time) time.Time {
	return today.AddDate(0, 0, 7*(no-w.done-1)+int(w.chance>>24%40)-20)
}

// changed is when the state of a step changed: steps were finished one a week.
func (w way) changed(no int) time.Time {
	if no > w.done {
		return w.started
	}
	return w.started.AddDate(0, 0, 7*no)
}

// basisDone reports whether a body has finished a basis step.
func basisDone(land, body, i int) bool { return mix(uint64(land)<<40|uint64(body)<<8|uint64(i))%2 == 0 }

// id makes an id out of numbers. It looks random, because real ids are.
func id(kind byte, numbers ...int) uuid.UUID {
	packed := uint64(kind)
	for _, n := range numbers {
		packed = packed<<14 | uint64(n)
	}
	var found uuid.UUID
	binary.BigEndian.PutUint64(found[:8], mix(packed))
	binary.BigEndian.PutUint64(found[8:], mix(packed^0x9e3779b97f4a7c15))
	found[6], found[8] = found[6]&0x0f|0x40, found[8]&0x3f|0x80
	return found
}

// mix is SplitMix64: it scatters neighbouring numbers.
func mix(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}
