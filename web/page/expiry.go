package page

import (
	"strings"
	"time"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/web/ui"
)

// Expiry says what ends on a day, or has ended: "Zertifikat läuft ab am 30.11.2026". From the day itself on it counts
// as ended.
func Expiry(what string, end, today time.Time) ui.StatusProps {
	if end.After(today) {
		return ui.StatusProps{Kind: ui.Ending, Text: what + " läuft ab am " + ui.Date(end)}
	}
	return ui.StatusProps{Kind: ui.Overdue, Text: what + " abgelaufen am " + ui.Date(end)}
}

// EndingFilter is the filter of the onboardings that lean on something that ends soon, or has ended.
const EndingFilter = "laeuft-ab"

// ExpiryIs is the same for what is known to end; nothing if nothing does.
func ExpiryIs(e onboarding.Ending, today time.Time) ui.StatusProps {
	if !e.Some() {
		return ui.StatusProps{}
	}
	return Expiry(e.What, e.On, today)
}

// EndingCell marks a cell of a matrix whose onboarding leans on something that ends. What an obstacle blocks stays so.
func EndingCell(cell ui.MatrixCell, e onboarding.Ending, today time.Time) ui.MatrixCell {
	if !e.Some() {
		return cell
	}
	cell.Icon, cell.Text = ui.IconClock, cell.Text+", "+ExpiryIs(e, today).Text
	if cell.Class != BlockedCell.Class {
		cell.Class = endingClass
	}
	return cell
}

const endingClass = "hm-w"

// EndingLegend explains such cells; what names all that ends in them.
func EndingLegend(what []string) ui.MatrixCell {
	return ui.MatrixCell{Icon: ui.IconClock, Text: strings.Join(what, ", ") + " läuft ab oder ist abgelaufen", Class: endingClass}
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
