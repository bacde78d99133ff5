package web_test

import (
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/onboarding"
)

// TestTheAnswerAboutAVVReachesTheChecklist: what the privacy review says of § 8a OZG stands at the step about privacy, and
// a step that is there for an AVV alone falls away with that reason.
func TestTheAnswerAboutAVVReachesTheChecklist(t *testing.T) {
	t.Parallel()
	const at = "/kommunen/16051/leistungen/wohngeld"
	for name, tt := range map[string]struct {
		crossLand  bool
		conditions string
		says       string
	}{
		"over the borders":      {true, "{}", "AVV entfällt: länderübergreifender Onlinedienst nach § 8a OZG"},
		"within the Land":       {false, "{}", "AVV ist zu prüfen"},
		"a step for it alone":   {true, "{avv}", "Entfällt: Die Leistung ist ein länderübergreifender Onlinedienst (§ 8a OZG)"},
		"needed, so it is kept": {false, "{avv}", "AVV ist zu prüfen"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			dbtest.Admin[string](t, p.World, `UPDATE portal.template_step SET conditions = '`+tt.conditions+`' WHERE key = 'k_privacy' RETURNING key`)
			id := p.Case(t, "wohngeld")
			must(t, decision.NewService(p.DB).Review(t.Context(), p.As(t, "tmdi-referat"), id, decision.Privacy, decision.ReviewInput{Version: 1, Result: decision.Positive, CrossLand: &tt.crossLand}))
			p.decide(t, "tmdi", id, decision.Verdict{Outcome: decision.Approved, Ground: "economic", Reason: "wirtschaftlich"})
			must(t, onboarding.NewService(p.DB).Start(t.Context(), p.As(t, "land"), "wohngeld", onboarding.StartInput{}))
			for _, path := range []string{at, at + "/aufgaben/k_privacy"} {
				if page := p.ask(t, "k16051", path, nil).Body.String(); !strings.Contains(page, tt.says) {
					t.Errorf("%s does not say %q", path, tt.says)
				}
			}
		})
	}
}
