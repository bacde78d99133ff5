package onboarding

import (
	"testing"
	"time"
)

func TestUnconfirmedAfterTheDaysOfTheLand(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	ago := func(days int) *time.Time { at := today.AddDate(0, 0, -days); return &at }
	for _, c := range []struct {
		state     State
		since     int
		confirmed *time.Time
		held      bool
		want      bool
	}{
		{Preparing, 90, nil, false, true},
		{Preparing, 30, nil, false, false},
		{Preparing, 90, ago(30), false, false},
		{Preparing, 90, ago(31), false, true},
		{NotStarted, 5, nil, false, false},
		{Live, 90, ago(31), false, true},
		{Operating, 90, nil, false, false},
		{Paused, 90, nil, false, false},
		{Declined, 90, nil, false, false},
		{NotStarted, 90, nil, true, false},
	} {
		if got := (Onboarding{State: c.state, Since: *ago(c.since), ConfirmedAt: c.confirmed, Held: c.held}).Unconfirmed(today, 30); got != c.want {
			t.Errorf("%s for %d days, confirmed %v, held %v: %v, want %v", c.state, c.since, c.confirmed, c.held, got, c.want)
		}
	}
	if o := (Onboarding{State: Preparing, Since: *ago(90)}); o.Unconfirmed(today, 90) || !o.Unconfirmed(today, 89) {
		t.Error("the days of the Land do not count")
	}
}
