package mappingpage

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/ui"
)

func TestTheTrialTellsWhetherSomebodyGetsIn(t *testing.T) {
	t.Parallel()
	rule := func(v identity.Verdict) identity.Judgement {
		return identity.Judgement{RuleID: uuid.NullUUID{UUID: uuid.New(), Valid: true}, Claim: "groups", Value: "x", Org: "Erfurt", Role: access.BodyCoordinator, Verdict: v}
	}
	byHand := identity.Judgement{Org: "Erfurt", Role: access.BodyCoordinator, Verdict: identity.ByHand}
	for name, c := range map[string]struct {
		on    bool
		found []identity.Judgement
		tone  ui.Tone
		want  string
	}{
		"granted":         {true, []identity.Judgement{rule(identity.Grants)}, ui.Success, "käme ins Portal"},
		"kept":            {true, []identity.Judgement{rule(identity.Has)}, ui.Success, "käme ins Portal"},
		"by hand":         {false, []identity.Judgement{byHand}, ui.Success, "käme ins Portal"},
		"if it were on":   {false, []identity.Judgement{rule(identity.Grants)}, ui.Info, "Mit eingeschalteten Regeln"},
		"differs":         {true, []identity.Judgement{rule(identity.Differs)}, ui.Warning, "käme nicht"},
		"own rule":        {true, []identity.Judgement{rule(identity.OwnRule)}, ui.Warning, "käme nicht"},
		"ended by hand":   {true, []identity.Judgement{rule(identity.EndedNow)}, ui.Warning, "käme nicht"},
		"no organisation": {true, []identity.Judgement{rule(identity.OrgGone)}, ui.Warning, "käme nicht"},
		"no rule at all":  {true, nil, ui.Warning, "käme nicht"},
	} {
		v := newTrialView(identity.Trial{On: c.on, Judgements: c.found})
		if v.Tone != c.tone || !strings.Contains(v.Summary, c.want) || len(v.Rows) != len(c.found) {
			t.Errorf("%s: %s %q", name, v.Tone, v.Summary)
		}
		for _, row := range v.Rows {
			if row.State.Text == "" || row.Rule == "" {
				t.Errorf("%s: a row says nothing: %+v", name, row)
			}
		}
	}
}
