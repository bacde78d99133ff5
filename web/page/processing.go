package page

import "rollinportal/internal/onboarding"

// Processing says at the step about privacy whether an Auftragsverarbeitung is to be agreed, as the privacy review of the
// decision came out; "" at every other step, and where nobody answered.
func Processing(s onboarding.Step) string {
	switch {
	case s.CrossLand == nil:
		return ""
	case *s.CrossLand:
		return "AVV entfällt: länderübergreifender Onlinedienst nach § 8a OZG, laut Nachnutzungsentscheidung."
	}
	return "AVV ist zu prüfen: kein länderübergreifender Onlinedienst, laut Nachnutzungsentscheidung."
}
