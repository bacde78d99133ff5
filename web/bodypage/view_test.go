package bodypage

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
)

func TestAServiceSaysWhyItDoesNotMove(t *testing.T) {
	t.Parallel()
	on := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name              string
		o                 dashboard.Onboarding
		since, note, late string
		wantTarget        string
	}{
		{name: "on its way", o: dashboard.Onboarding{State: onboarding.Testing, StateSince: on, TargetOn: on}, since: "seit 01.12.2026", wantTarget: "01.12.2026"},
		{name: "too late", o: dashboard.Onboarding{State: onboarding.Testing, StateSince: on, TargetOn: on, Late: true}, since: "seit 01.12.2026", late: "Ziel überschritten", wantTarget: "01.12.2026"},
		{name: "live", o: dashboard.Onboarding{State: onboarding.Live, StateSince: on, TargetOn: on, LiveOn: &on}, since: "produktiv seit 01.12.2026", wantTarget: "01.12.2026"},
		{name: "paused", o: dashboard.Onboarding{State: onboarding.Paused, StateSince: on, TargetOn: on, ResumeOn: &on, StateReason: "Personal fehlt"}, since: "seit 01.12.2026", note: "weiter ab 01.12.2026: Personal fehlt", wantTarget: "01.12.2026"},
		{name: "declined", o: dashboard.Onboarding{State: onboarding.Declined, StateSince: on, TargetOn: on, StateReason: "Kein Bedarf"}, since: "seit 01.12.2026", note: "Kein Bedarf", wantTarget: "–"},
	} {
		v := newService(c.o, 0, access.Actor{})
		if v.Since != c.since || v.Note != c.note || v.Late.Text != c.late || v.Target != c.wantTarget {
			t.Errorf("%s: %q %q %q %q, want %q %q %q %q", c.name, v.Since, v.Note, v.Late.Text, v.Target, c.since, c.note, c.late, c.wantTarget)
		}
	}
}

func TestABodyWithoutOnboardingsHasNoShare(t *testing.T) {
	t.Parallel()
	if got := newRow(dashboard.BodyRow{Key: "16051"}); got.Live.Percent != "" || got.Target != "–" {
		t.Errorf("share %q, target %q, want none, and a dash", got.Live.Percent, got.Target)
	}
}
