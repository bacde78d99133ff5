package onboarding

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// hand is a person as far as a step is concerned.
type hand struct {
	person, org uuid.UUID
	today       time.Time
	works       func(Step) bool // whether the step is theirs to work on
	checks      func(Step) bool // whether it is theirs to check once others have submitted it
	coordinator bool
}

func never(Step) bool { return false }

// handOf says what a person may do on the steps of a body.
func (c *Checklist) handOf(who access.Actor) hand {
	h := hand{who.Person, who.Org.ID, c.Today, never, never, false}
	own := who.Org.ID == c.BodyID
	switch {
	case own && (who.Role == access.BodyCoordinator || who.Role == access.BodyEditor):
		h.works, h.coordinator = func(Step) bool { return true }, who.Role == access.BodyCoordinator
	case who.Role == access.Provider: // row security shows a provider only the bodies assigned to it
		h.works = func(s Step) bool { return s.Responsible == template.ByProvider }
		h.checks = func(s Step) bool { return c.checker(s) == template.ByProvider }
	case who.Role == access.StateCoordinator:
		h.checks = func(s Step) bool { return c.checker(s) == template.ByLand }
	case who.Role == access.MinistryDecider: // and a ministry only the onboardings of its services
		h.checks = func(s Step) bool { return c.checker(s) == template.ByMinistry }
	}
	return h
}

// checker is who checks a step: whom the template names, and the Land where that would be nobody, or the one who
// submitted. "" if nobody does.
func (c *Checklist) checker(s Step) template.Responsible {
	byProvider := s.SubmittedOrg != nil && *s.SubmittedOrg != c.BodyID
	if s.Review == template.ByProvider && (!c.Assigned || byProvider) {
		return template.ByLand
	}
	return s.Review
}

// landHandOf says what a person may do on the Land's steps.
func landHandOf(who access.Actor, now time.Time) hand {
	coordinator := who.Role == access.StateCoordinator
	return hand{who.Person, who.Org.ID, workday.Day(now), func(Step) bool { return coordinator }, never, coordinator}
}

// need is what a move asks for.
type need uint

const (
	free        need = 1 << iota // nothing unfinished stands before the step
	evidence                     // what the template wants to see
	reason                       // a sentence why
	coordinator                  // the body's or the Land's coordinator
	first                        // the organisation that submitted
	check                        // the organisation that checks, another than the one that submitted
	reviewed                     // only for steps that require a review
	plain                        // only for steps that do not
)

// move is a change from one state of a step to another.
type move struct {
	from, to StepState
	needs    need
}

// moves are all changes there are. Nothing else happens to a step.
var moves = []move{
	{Open, InProgress, free},
	{Open, Done, free | evidence | plain},
	{Open, Submitted, free | evidence | reviewed},
	{Open, NotApplicable, coordinator | reason},
	{InProgress, InProgress, 0}, // note evidence on the way
	{InProgress, Done, free | evidence | plain},
	{InProgress, Submitted, free | evidence | reviewed},
	{InProgress, NotApplicable, coordinator | reason},
	{Returned, InProgress, 0},
	{Returned, Submitted, free | evidence | reviewed},
	{Returned, NotApplicable, coordinator | reason},
	{Submitted, Done, check | free},
	{Submitted, Returned, check | reason},
	{Submitted, InProgress, first}, // take it back
	{Done, InProgress, reason},
	{NotApplicable, InProgress, coordinator | reason | free},
}

func (m move) asks(n need) bool { return m.needs&n != 0 }

// fits reports whether the move exists for the kind of step.
func (m move) fits(s Step) bool {
	return m.from == s.State && (!m.asks(reviewed) || s.RequiresReview()) && (!m.asks(plain) || !s.RequiresReview())
}

// open returns the states that a person may give the step now.
func (s Step) open(h hand) []StepState {
	if s.Unneeded {
		return nil
	}
	var found []StepState
	for _, m := range moves {
		if m.fits(s) && s.refusal(m, h) == nil {
			found = append(found, m.to)
		}
	}
	return found
}

// refusal says why a person cannot make a move now, whatever they enter; nil if they can.
func (s Step) refusal(m move, h hand) error {
	switch {
	case m.asks(check) && s.SubmittedOrg != nil && *s.SubmittedOrg == h.org:
		return fault.New(fault.Forbidden, "Wer eingereicht hat, prüft nicht selbst. „"+s.Title+"“ prüft eine andere Stelle.")
	case m.asks(check) && !h.checks(s):
		return fault.New(fault.Forbidden, "Diese Prüfung liegt bei einer anderen Stelle.")
	case !m.asks(check) && !h.works(s):
		return fault.New(fault.Forbidden, "Diese Aufgabe liegt bei einer anderen Stelle.")
	case m.asks(coordinator) && !h.coordinator:
		return fault.New(fault.Forbidden, "Das entscheidet die Koordination Ihrer Organisation.")
	case m.asks(first) && (s.SubmittedOrg == nil || *s.SubmittedOrg != h.org):
		return fault.New(fault.Conflict, "Zurücknehmen kann nur die Stelle, die eingereicht hat.")
	case m.asks(free) && !s.Possible():
		return fault.New(fault.Conflict, "„"+s.Title+"“ ist noch nicht möglich. Vorher fehlt noch: "+titles(s.WaitsFor)+".")
	case m.asks(free) && s.Blocked():
		return blockedBy("„"+s.Title+"“", s.Blockers())
	case m.asks(free):
		return blockedBy("„"+s.Title+"“", s.Gate)
	}
	return nil
}

// titles lists steps in a sentence.
func titles(refs []Ref) string {
	list := ""
	for i, r := range refs {
		switch {
		case i == 0:
		case i == len(refs)-1:
			list += " und "
		default:
			list += ", "
		}
		list += "„" + r.Title + "“"
	}
	return list
}

// StepInput is what a person wants a step to become, with the version they saw.
type StepInput struct {
	Version     int64
	To          StepState
	Evidence    string
	EvidenceURL string
	ValidUntil  *time.Time // where evidence expires
	Reason      string
}

// moved returns the step after a move, or why it cannot be made.
func (s Step) moved(in StepInput, h hand) (Step, error) {
	if !h.works(s) && !h.checks(s) {
		return s, fault.New(fault.Forbidden, "Diese Aufgabe liegt bei einer anderen Stelle.")
	}
	if s.Version != in.Version {
		return s, fault.New(fault.Conflict, "Jemand hat „"+s.Title+"“ inzwischen geändert.")
	}
	if s.Unneeded {
		return s, fault.New(fault.Conflict, s.Reason)
	}
	i := slices.IndexFunc(moves, func(m move) bool { return m.to == in.To && m.fits(s) })
	if i < 0 {
		return s, fault.New(fault.Conflict, "„"+s.Title+"“ steht auf „"+s.State.Word()+"“. Von dort geht das nicht.")
	}
	m := moves[i]
	if err := s.refusal(m, h); err != nil {
		return s, err
	}
	if err := in.wrong(m, s, h.today).Err(); err != nil {
		return s, err
	}
	return s.become(m, in, h), nil
}

// become applies a move that was allowed.
func (s Step) become(m move, in StepInput, h hand) Step {
	if s.State != Submitted { // what was handed in stays as the reviewer saw it
		s.Given, s.GivenURL, s.ValidUntil = in.Evidence, in.EvidenceURL, in.ValidUntil
	}
	s.State, s.Reason = m.to, in.Reason
	switch {
	case m.to == Submitted:
		s.SubmittedBy, s.SubmittedOrg = &h.person, &h.org
	case m.to == InProgress:
		s.SubmittedBy = nil
	}
	if !m.asks(reason) {
		s.Reason = ""
	}
	s.ChangedBy = h.person
	return s
}

// repeats reports whether the input asks for what the same person did a moment ago: a second click. Other words from
// another tab are no second click: they would be lost.
func (s Step) repeats(in StepInput, h hand) bool {
	same := func(typed, kept string) bool { return typed == "" || typed == kept }
	return s.Version == in.Version+1 && s.ChangedBy == h.person && same(in.Evidence, s.Given) && same(in.EvidenceURL, s.GivenURL) &&
		(s.Reason == "" || same(in.Reason, s.Reason)) && s.State == in.To
}
