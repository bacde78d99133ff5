package page

import (
	"time"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/web/ui"
)

// Expiry says what ends on a day, or has ended: "Zertifikat läuft ab am 30.11.2026". From the day itself on it counts
// as ended.
func Expiry(what string, end, today time.Time) ui.StatusProps {
	if end.After(today) {
		return ui.StatusProps{Kind: ui.Conditional, Text: what + " läuft ab am " + ui.Date(end)}
	}
	return ui.StatusProps{Kind: ui.Overdue, Text: what + " abgelaufen am " + ui.Date(end)}
}

// ExpiryOf says what an Anbindung leans on and ends soon, or has ended; nothing if nothing does.
func ExpiryOf(o dashboard.Onboarding) ui.StatusProps {
	if o.ExpiresOn == nil {
		return ui.StatusProps{}
	}
	return Expiry(o.Expires, *o.ExpiresOn, o.At)
}

// ExpiryIn is the same for a checklist.
func ExpiryIn(c *onboarding.Checklist) ui.StatusProps {
	s := c.Expiring()
	if s == nil {
		return ui.StatusProps{}
	}
	return Expiry(s.ProofOf, *s.ProofEnds, c.Today)
}
