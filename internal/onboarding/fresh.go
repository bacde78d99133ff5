package onboarding

import "time"

// Unconfirmed reports whether a body has not said for too long how an onboarding stands. One that has just begun has
// time; one that rests, waits for the pilots or is in regular operation has nothing to say. For how many days a word counts,
// the Land sets.
func (o Onboarding) Unconfirmed(today time.Time, days int) bool {
	if o.State.Aside() || o.State == Operating || o.Held {
		return false
	}
	since := o.Since
	if o.ConfirmedAt != nil {
		since = *o.ConfirmedAt
	}
	return since.Before(today.AddDate(0, 0, -days))
}
