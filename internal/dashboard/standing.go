package dashboard

import "rollinportal/internal/decision"

// Standing is what the Land has made of a service. The catalogue filters by the same names.
type Standing string

// The standings.
const (
	Undecided Standing = "no_decision"
	Deciding  Standing = "deciding"
	Postponed Standing = "deferred"
	NotReused Standing = "not_reused"
	Approved  Standing = "approved_preparing"
	RollingIn Standing = "rolling_in"
	Area      Standing = "covered" // live in every competent body (flächendeckend)
)

// Standings lists the standings from the last step of the way to the first.
var Standings = []Standing{Area, RollingIn, Approved, Deciding, Postponed, NotReused, Undecided}

func standing(l Line, everywhere bool) Standing {
	switch {
	case l.RollingIn && everywhere:
		return Area
	case l.RollingIn:
		return RollingIn
	case l.Decision.Approves():
		return Approved
	case l.Decision.Open():
		return Deciding
	case l.Decision == decision.Deferred:
		return Postponed
	case l.Decision == decision.Rejected:
		return NotReused
	}
	return Undecided
}
