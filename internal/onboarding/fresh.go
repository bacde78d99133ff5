package onboarding

import "time"

// Unconfirmed reports whether a body has not said for too long how an onboarding stands. One that has just begun has
// time; one that rests, or is in regular operation, has nothing to say. For how many days a word counts, the Land sets.
func Unconfirmed(state State, since time.Time, confirmed *time.Time, today time.Time, days int) bool {
	if state.Aside() || state == Operating {
		return false
	}
	if confirmed != nil {
		since = *confirmed
	}
	return since.Before(today.AddDate(0, 0, -days))
}

// Unconfirmed reports whether the body has not said for too long how this stands.
func (o Onboarding) Unconfirmed(today time.Time, days int) bool {
	return Unconfirmed(o.State, o.Since, o.ConfirmedAt, today, days)
}
