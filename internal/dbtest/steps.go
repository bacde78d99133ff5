package dbtest

import (
	"testing"
	"time"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

// Wish is the form that gives a step another state, with everything that may be asked for.
func Wish(s onboarding.Step, to onboarding.StepState) onboarding.StepInput {
	in := onboarding.StepInput{Version: s.Version, To: to, Evidence: "Vermerk liegt vor", Reason: "So ist es"}
	if s.Dated {
		until := time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
		in.ValidUntil = &until
	}
	return in
}

// Checker is the login of whoever checks a step of a body.
func (w *World) Checker(t testing.TB, body string, s onboarding.Step) string {
	t.Helper()
	if s.Checker == template.ByLand {
		return "land"
	}
	return Admin[string](t, w, `
		SELECT lower(p.key)
		FROM portal.assignment a
		JOIN portal.organisation b ON b.land_id = a.land_id AND b.org_id = a.org_id AND b.key = $1
		JOIN portal.organisation p ON p.land_id = a.land_id AND p.org_id = a.provider_id`, body)
}
