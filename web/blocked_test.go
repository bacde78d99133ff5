package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/hurdle"
)

// TestABlockingObstacleBlocksUntilItIsResolved: the step, the gate, the matrix and the figures say so, for everybody
// alike; the solution opens all of it again and stands at the step.
func TestABlockingObstacleBlocksUntilItIsResolved(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	yes, s := true, hurdle.NewService(p.DB)
	where := hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"}
	no, err := s.Report(t.Context(), p.As(t, "k16051"), where, hurdle.Report{ID: uuid.New(), Text: "Niemand ist zuständig", Dimension: hurdle.Organisational, Blocking: &yes})
	must(t, err)
	must(t, s.Join(t.Context(), p.As(t, "k16052"), hurdle.Where{Body: "16052", Service: "wohngeld", Step: "k_survey"}, no, true))

	checklist, step := "/kommunen/16051/leistungen/wohngeld", "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	for _, login := range []string{"k16051", "land", "tmdi-referat", "tlrz"} {
		says(t, p.ask(t, login, checklist, nil), http.StatusOK, "<span>Blockiert</span>", `href="/huerden/1"`, "Blockiert durch")
	}
	says(t, p.ask(t, "k16051", step, nil), http.StatusOK, "Niemand ist zuständig", "<span>blockiert</span>", "<span>Blockiert</span>")
	says(t, p.ask(t, "k16051", "/aufgaben", nil), http.StatusOK, "Zurzeit sind andere am Zug", "<span>Blockiert</span>", "bis Hürde Nr. 1 gelöst ist")
	for _, login := range []string{"k16051", "land"} {
		says(t, p.ask(t, login, "/aufgaben?einheit=16051&leistung=wohngeld&status=zu-tun", nil), http.StatusOK, "<span>Blockiert</span>")
	}
	says(t, p.ask(t, "k16051", checklist+"/produktiv", nil), http.StatusOK, "Sie blockiert die Anbindung, bis sie gelöst ist")
	done := url.Values{"version": {"1"}, "to": {"done"}, "evidence": {"Vermerk"}}
	says(t, p.ask(t, "k16051", step, done), http.StatusConflict, "Hürde Nr. 1 ist noch nicht gelöst")
	for _, login := range []string{"land", "tmdi-referat"} {
		w := p.ask(t, login, "/lagebild", nil)
		says(t, w, http.StatusOK, "Blockierte Anbindungen", `href="/roll-in?stand=blockiert"`)
		if n := strings.Count(w.Body.String(), "hm-b"); n != 3 { // two cells and the legend
			t.Errorf("%s sees %d blocked cells, want 2 and the legend", login, n)
		}
		says(t, p.ask(t, login, "/roll-in?stand=blockiert", nil), http.StatusOK, "2 Anbindungen", "<span>Blockiert</span>")
	}
	must(t, s.Act(t.Context(), p.As(t, "land"), no, hurdle.ActInput{Version: 1, Act: hurdle.Resolve, Text: "Das Fachamt ist es."}))
	says(t, p.ask(t, "k16051", step, nil), http.StatusOK, "Hürde Nr. 1 ist gelöst", "Das Fachamt ist es.")
	if home := p.ask(t, "k16051", "/aufgaben", nil).Body.String(); !strings.Contains(home, "Eine Sache für Sie") || strings.Contains(home, "Blockiert") {
		t.Error("once the obstacle is solved, the step is not what the town has to do next")
	}
	says(t, p.ask(t, "k16052", "/kommunen/16052/leistungen/wohngeld", nil), http.StatusOK, "Gelöst, Hürde Nr. 1: Das Fachamt ist es.")
	says(t, p.ask(t, "land", "/roll-in?stand=blockiert", nil), http.StatusOK, "Keine Anbindung passt")
	if w := p.ask(t, "k16051", step, done); w.Code != http.StatusSeeOther {
		t.Errorf("finish the step afterwards: %d\n%s", w.Code, w.Body)
	}
}
