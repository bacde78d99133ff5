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
		want      bool
	}{
		{Preparing, 90, nil, true},
		{Preparing, 30, nil, false},
		{Preparing, 90, ago(30), false},
		{Preparing, 90, ago(31), true},
		{NotStarted, 5, nil, false},
		{Live, 90, ago(31), true},
		{Operating, 90, nil, false},
		{Paused, 90, nil, false},
		{Declined, 90, nil, false},
	} {
		if got := Unconfirmed(c.state, *ago(c.since), c.confirmed, today, 30); got != c.want {
			t.Errorf("%s for %d days, confirmed %v: %v, want %v", c.state, c.since, c.confirmed, got, c.want)
		}
	}
	if Unconfirmed(Preparing, *ago(90), nil, today, 90) || !Unconfirmed(Preparing, *ago(90), nil, today, 89) {
		t.Error("the days of the Land do not count")
	}
}
