package onboarding

import (
	"time"

	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// Proof is what shows that a basis step of a body is done, in whatever service it is needed: a certificate, the E-Payment
// account. It stands beside the step, because it may be known before any service needs the step. Package profile says
// what proves what.
type Proof struct {
	Key        string     // of the step
	What       string     // "Zertifikat"
	Evidence   string     // what the step shows as its evidence: "aus Profil, Stand 04.05.2026"
	ValidUntil *time.Time // from that day on it shows nothing; nil: it does not end
}

// Holds reports whether the proof shows something on a day.
func (p *Proof) Holds(today time.Time) bool {
	return p != nil && (p.ValidUntil == nil || p.ValidUntil.After(today))
}

// ended says that the proof shows nothing any more.
func (p *Proof) ended() string {
	if p == nil {
		return "Die Angabe steht nicht mehr im Profil."
	}
	return p.What + ": seit dem " + workday.WrittenIf(p.ValidUntil) + " nicht mehr gültig."
}

// settled returns a basis step as a proof makes it, and whether that changes it. was is the proof that stood there
// before. What a person entered by hand stays, until a proof that it leans on ends; a review is left to its people.
func (s Step) settled(was, is *Proof, today time.Time) (Step, bool) {
	byProof := was != nil && s.Given == was.Evidence
	switch {
	case s.State == NotApplicable || s.RequiresReview():
		return s, false
	case is.Holds(today):
		if s.State == Done && (!byProof || s.Given == is.Evidence) {
			return s, false
		}
		s.State, s.Given, s.GivenURL, s.Reason, s.SubmittedBy, s.ValidUntil = Done, is.Evidence, "", "", nil, nil
		return s, true
	case s.State == Done && (is != nil || byProof):
		due := s.DueOn
		if is != nil {
			due = *is.ValidUntil
		}
		return s.reopened(is.ended(), due), true
	}
	return s, false
}

// reopened returns the step as work that has begun anew.
func (s Step) reopened(reason string, due time.Time) Step {
	s.State, s.Reason, s.Given, s.GivenURL, s.SubmittedBy, s.ValidUntil, s.DueOn = InProgress, reason, "", "", nil, nil, due
	return s
}

// Expires reports whether what shows that the step is done ends soon, or has ended.
func (s Step) Expires(today time.Time) bool {
	return s.ProofEnds != nil && !s.Unneeded && s.State != NotApplicable && !s.ProofEnds.After(Notice(today))
}

// Expiring returns the basis step whose proof ends first, if one ends soon or has ended; nil if none does.
func (c *Checklist) Expiring() *Step {
	if c.State.Aside() {
		return nil
	}
	var first *Step
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Scope == template.Basis && s.Expires(c.Today) && (first == nil || s.ProofEnds.Before(*first.ProofEnds)) {
			first = s
		}
	}
	return first
}
