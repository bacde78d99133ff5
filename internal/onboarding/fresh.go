package onboarding

import "time"

// FreshDays is for how many days what a body confirmed counts as known. It becomes a setting of the Land.
const FreshDays = 30

// Unconfirmed reports whether a body has not said for too long how an onboarding stands. One that has just begun has
// time; one that rests, or is in regular operation, has nothing to say.
func Unconfirmed(state State, since time.Time, confirmed *time.Time, today time.Time) bool {
	if state.Aside() || state == Operating {
		return false
	}
	if confirmed != nil {
		since = *confirmed
	}
	return since.Before(today.AddDate(0, 0, -FreshDays))
}

// Unconfirmed reports whether the body has not said for too long how this stands.
func (o Onboarding) Unconfirmed(today time.Time) bool {
	return Unconfirmed(o.State, o.Since, o.ConfirmedAt, today)
}
