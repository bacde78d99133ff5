package steppage

import (
	"strings"
	"testing"

	"rollinportal/internal/onboarding"
)

func TestDaysAreToldApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spent    onboarding.Time
		finished bool
		want     string
	}{
		{onboarding.Time{Own: 1}, false, "1 Tag bisher"},
		{onboarding.Time{Own: 12}, true, "12 Tage"},
		{onboarding.Time{Own: 14, Foreign: 21, With: []onboarding.PartyDays{{Party: "Dataport", Days: 21}}}, true, "35 Tage, davon 21 Tage bei Dataport und 14 Tage bei Erfurt"},
		{onboarding.Time{Own: 3, Foreign: 7, With: []onboarding.PartyDays{{Days: 7}}}, true, "10 Tage, davon 7 Tage in der Prüfung und 3 Tage bei Erfurt"},
		{
			onboarding.Time{Own: 0, Foreign: 6, With: []onboarding.PartyDays{{Party: "A", Days: 5}, {Party: "B", Days: 1}}},
			false,
			"6 Tage bisher, davon 5 Tage bei A, 1 Tag bei B und 0 Tage bei Erfurt",
		},
	} {
		if got := strings.ReplaceAll(apart(c.spent, c.finished, "Erfurt"), "\u00a0", " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.spent, got, c.want)
		}
	}
}
