package checklistpage

import (
	"testing"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/template"
)

func TestPossibleOnce(t *testing.T) {
	t.Parallel()
	own := func(no string) onboarding.Ref { return onboarding.Ref{Number: no, Scope: template.Kommune} }
	basis := func(no string) onboarding.Ref { return onboarding.Ref{Number: no, Scope: template.Basis} }
	land := func(title string) onboarding.Ref { return onboarding.Ref{Title: title, Scope: template.Land} }
	for _, c := range []struct {
		waits []onboarding.Ref
		want  string
	}{
		{[]onboarding.Ref{own("2.4")}, "Möglich, sobald Aufgabe 2.4 erledigt ist."},
		{[]onboarding.Ref{own("2.4"), basis("2.5")}, "Möglich, sobald Aufgabe 2.4 und 2.5 erledigt sind."},
		{[]onboarding.Ref{own("1.1"), own("1.4"), own("3.1")}, "Möglich, sobald Aufgabe 1.1, 1.4 und 3.1 erledigt sind."},
		{[]onboarding.Ref{land("Leitfaden")}, "Möglich, sobald das Land „Leitfaden“ erledigt hat."},
		{[]onboarding.Ref{land("Vertrag"), own("1.1")}, "Möglich, sobald Aufgabe 1.1 erledigt ist und das Land „Vertrag“ erledigt hat."},
	} {
		if got := possibleOnce(c.waits); got != c.want {
			t.Errorf("possibleOnce = %q, want %q", got, c.want)
		}
	}
}

func TestTheBody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind organisation.Kind
		want string
	}{
		"Gera":             {organisation.IndependentCity, "die Stadt Gera"},
		"Gotha":            {organisation.District, "den Landkreis Gotha"},
		"Wartburgkreis":    {organisation.District, "den Wartburgkreis"},
		"Ilm-Kreis":        {organisation.District, "den Ilm-Kreis"},
		"Altenburger Land": {organisation.District, "den Landkreis Altenburger Land"},
	} {
		if got := theBody(onboarding.Onboarding{BodyName: name, BodyKind: c.kind}); got != c.want {
			t.Errorf("theBody(%s) = %q, want %q", name, got, c.want)
		}
	}
}

func TestUnknownGroupingIsByPhase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]grouping{"": byPhase, "phase": byPhase, "saeule": byPillar, "frist": byDeadline, "'": byPhase} {
		if got := groupOf(in); got != want {
			t.Errorf("groupOf(%q) = %q, want %q", in, got, want)
		}
	}
}
