package hurdle_test

import (
	"slices"
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/notify"
)

// heard lists what somebody read of a kind.
func (w world) heard(login string, kind notify.Kind) (texts []string) {
	w.t.Helper()
	in, err := notify.NewService(w.DB).Inbox(w.t.Context(), w.as(login), 1)
	w.must(err)
	for _, i := range in.Items {
		if i.Kind == kind {
			texts = append(texts, i.Text)
		}
	}
	return texts
}

// TestTheSolutionReachesEveryBodyThatIsAffected: those who reported, who joined, and who came by a merge, each once; who
// is blocked at once.
func TestTheSolutionReachesEveryBodyThatIsAffected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16051", "wohngeld", "k_kickoff", "Kategorie 7 fehlt", true)
	w.must(w.Join(t.Context(), w.as("k16052"), at("16052", "wohngeld", "k_kickoff"), no, false))
	other := w.report("16053", "einbuergerung", "k_kickoff", "Die siebte Kategorie gibt es nicht", false)
	w.report("16054", "wohngeld", "k_kickoff", "Etwas ganz anderes", false)
	w.must(w.act(other, hurdle.ActInput{Act: hurdle.Merge, Into: no}))
	w.must(w.act(no, hurdle.ActInput{Act: hurdle.Resolve, Text: "Kategorie 7 ist jetzt wählbar."}))
	for login, n := range map[string]int{"k16051": 1, "k16051-b": 1, "k16052": 1, "k16053": 1, "k16054": 0, "k16055": 0} {
		texts := w.heard(login, notify.ObstacleClosed)
		if len(texts) != n || slices.ContainsFunc(texts, func(s string) bool {
			return !strings.HasSuffix(s, "So geht es weiter: Kategorie 7 ist jetzt wählbar.")
		}) {
			t.Errorf("%s reads %q, want %d with the solution", login, texts, n)
		}
	}
	in, err := notify.NewService(w.DB).Inbox(t.Context(), w.as("k16051"), 1)
	w.must(err)
	if want := "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"; in.Items[0].Path != want {
		t.Errorf("the solution leads to %s, want the step %s", in.Items[0].Path, want)
	}
	if got := dbtest.Admin[string](t, w.World, `
		SELECT string_agg(DISTINCT p.subject, ' ' ORDER BY p.subject) FROM portal.notice n JOIN auth.person p USING (person_id)
		WHERE n.kind = 'obstacle.closed' AND n.urgent`); got != "k16051 k16051-b" {
		t.Errorf("told at once: %s, want only the body that was blocked", got)
	}
}
