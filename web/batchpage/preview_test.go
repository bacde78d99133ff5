package batchpage

import (
	"testing"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/ui"
)

// TestWhatIsLeftOutStandsUnderItsReason: a hundred times the same sentence is said once, and many tasks are folded.
func TestWhatIsLeftOutStandsUnderItsReason(t *testing.T) {
	t.Parallel()
	left := func(body, why string) onboarding.Outcome {
		return onboarding.Outcome{BodyName: body, ServiceName: "Wohngeld", Before: onboarding.Step{Step: template.Step{Title: "Schulen"}}, LeftOut: why}
	}
	var found []onboarding.Outcome
	for range mostUnfolded + 1 {
		found = append(found, left("Erfurt", "Ist schon erledigt."))
	}
	found = append(found, left("Gera", "Liegt bei Gera."), onboarding.Outcome{LeftOut: "Das gibt es nicht."}, left("Jena", "Ist schon erledigt."))
	v := newPreview(found, form{}, ui.Link{}).Left
	if v.Heading != "9 ausgelassen" || len(v.Groups) != 3 {
		t.Fatalf("%+v", v)
	}
	if g := v.Groups[0]; g.Count != "7 Aufgaben" || !g.Folded || g.Tasks[6] != (leftTask{"Jena", "„Schulen“ · Wohngeld"}) {
		t.Errorf("%+v", g)
	}
	if g := v.Groups[1]; g.Folded || g.Why != "Liegt bei Gera." {
		t.Errorf("%+v", g)
	}
	if g := v.Groups[2]; g.Tasks[0].Body != "Unbekannte Aufgabe" {
		t.Errorf("%+v", g)
	}
}
