package hurdle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/workday"
)

func TestASolutionIsTestedAndMayBeDisputed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	w.must(w.Join(t.Context(), w.as("k16062"), at("16062", "wohngeld", "k_kickoff"), no, true))
	w.must(w.act(no, hurdle.ActInput{Act: hurdle.Test, Text: "Kategorie 7 eintragen"}))
	found := w.show("k16061", no)
	if found.Standing() != "Lösung im Test" || found.Solution != "Kategorie 7 eintragen" || !found.Open() {
		t.Errorf("in test: %s with solution %q, open %v", found.Standing(), found.Solution, found.Open())
	}
	w.must(w.act(no, hurdle.ActInput{Act: hurdle.Resolve, Text: "Kategorie 7 eintragen"}))
	seen := w.show("k16061", no).Version

	dbtest.Wants(t, "without words", w.Persist(t.Context(), w.as("k16061"), no, seen, "  "), fault.Invalid)
	dbtest.Wants(t, "a town that it does not affect", w.Persist(t.Context(), w.as("k16063"), no, seen, "Geht nicht"), fault.NotFound)
	dbtest.Wants(t, "another Land", w.Persist(t.Context(), w.as("d-k1"), no, seen, "Geht nicht"), fault.NotFound)
	dbtest.Wants(t, "the Land itself", w.Persist(t.Context(), w.as("land"), no, seen, "Geht nicht"), fault.Forbidden)
	dbtest.Wants(t, "an old version", w.Persist(t.Context(), w.as("k16061"), no, seen-1, "Geht nicht"), fault.Conflict)
	for range 2 { // the second click counts as done
		w.must(w.Persist(t.Context(), w.as("k16061"), no, seen, "Kategorie 7 fehlt in der Liste"))
	}
	found = w.show("k16062", no)
	if found.State != hurdle.InProgress || found.Reason != "Kategorie 7 fehlt in der Liste" || found.Solution != "" {
		t.Errorf("disputed: %s, reason %q, solution %q", found.State, found.Reason, found.Solution)
	}
	for _, e := range found.Trail {
		if e.Action == "obstacle.persist" {
			t.Error("another town reads who disputed")
		}
	}
	dbtest.Wants(t, "once more", w.Persist(t.Context(), w.as("k16062"), no, found.Version, "Auch bei uns"), fault.Conflict)
}

func TestACommitteeSeesItsAgendaAndItsDecisionComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	other := w.report("16062", "wohngeld", "k_kickoff", "Etwas ganz anderes", false)
	_, err := w.Show(t.Context(), w.as("gremium"), no, 5)
	dbtest.Wants(t, "before it is escalated", err, fault.NotFound)
	today := workday.Day(time.Now())
	yesterday, soon := today.AddDate(0, 0, -2), today.AddDate(0, 0, 14)
	dbtest.Wants(t, "a meeting in the past", w.act(no, hurdle.ActInput{Act: hurdle.Escalate, Forum: "BEIRAT", On: yesterday, Agenda: &yesterday}), fault.Invalid)
	dbtest.Wants(t, "no such committee", w.act(no, hurdle.ActInput{Act: hurdle.Escalate, Forum: "TLRZ", On: yesterday}), fault.Invalid)
	dbtest.Wants(t, "a decision that nobody was asked for", w.act(no, hurdle.ActInput{Act: hurdle.Decide, Text: "Ja", On: yesterday}), fault.Conflict)
	w.must(w.act(no, hurdle.ActInput{Act: hurdle.Escalate, Forum: "BEIRAT", On: yesterday, Agenda: &soon}))

	found := w.show("gremium", no)
	if len(found.Affected) != 0 || found.Bodies != 1 || found.AgendaOn == nil {
		t.Errorf("the committee sees %v of %d bodies, agenda %v", found.Affected, found.Bodies, found.AgendaOn)
	}
	for login, want := range map[string]int{"gremium": 1, "tlkt": 0} {
		list, err := w.List(t.Context(), w.as(login), hurdle.Filter{})
		w.must(err)
		if list.Total != want {
			t.Errorf("%s has %d on its agenda, want %d", login, list.Total, want)
		}
	}
	_, err = w.Show(t.Context(), w.as("gremium"), other, 5)
	dbtest.Wants(t, "what is not on its agenda", err, fault.NotFound)
	_, err = w.Show(t.Context(), w.as("tlkt"), no, 5)
	dbtest.Wants(t, "another committee", err, fault.NotFound)

	dbtest.Wants(t, "a decision of tomorrow", w.act(no, hurdle.ActInput{Act: hurdle.Decide, Text: "Kategorie 7", On: soon}), fault.Invalid)
	w.must(w.act(no, hurdle.ActInput{Act: hurdle.Decide, Text: "Kategorie 7 gilt landesweit", On: yesterday}))
	if town := w.show("k16061", no); town.Decision != "Kategorie 7 gilt landesweit" || town.Standing() != "In Klärung" {
		t.Errorf("the town reads decision %q, standing %s", town.Decision, town.Standing())
	}
}

func TestAProviderReportsAtItsSteps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	yes := true
	report := func(login, body, step string) (int, error) {
		return w.Report(t.Context(), w.as(login), at(body, "wohngeld", step), hurdle.Report{
			ID: uuid.New(), Text: "Das Rechenzentrum lässt den Port nicht zu", Dimension: hurdle.Technical, Blocking: &yes,
		})
	}
	no, err := report("tlrz", "16051", "k_variant")
	w.must(err)
	if found := w.show("k16051", no); len(found.Affected) != 1 || !found.Affected[0].Blocking {
		t.Errorf("the town finds %v", found.Affected)
	}
	_, err = report("tlrz", "16051", "k_kickoff")
	dbtest.Wants(t, "at a town's own step", err, fault.NotFound)
	_, err = report("kiv", "16051", "k_variant")
	dbtest.Wants(t, "in a town that it does not work for", err, fault.NotFound)
}

// TestTwoHundredObstaclesStayUsable: whoever reports the two-hundred-and-first is offered the cluster that it belongs to,
// and the Land finds what hits most towns on top.
func TestTwoHundredObstaclesStayUsable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kinds := []string{
		"Die DVDV-Kategorie für Wohngeld ist unklar", "Das Zertifikat der Verwaltungs-PKI fehlt noch", "Im Fachamt fehlt Personal für den neuen Ablauf",
		"Die Schnittstelle zum Fachverfahren kostet mehr als geplant", "Der Datenschutz verlangt eine Vereinbarung mit dem Betreiber",
	}
	variants := []string{"%s.", "%s, wir kommen nicht weiter", "Bei uns: %s!", "%s (seit Wochen)", "Problem: %s und niemand antwortet"}
	who, no := w.as("k16051"), false
	first := 0
	for i := range 200 {
		n, err := w.Report(t.Context(), who, at("16051", "wohngeld", "k_kickoff"), hurdle.Report{
			ID: uuid.New(), Text: fmt.Sprintf(variants[i/5%5], kinds[i%5]) + fmt.Sprint(" ", i), Dimension: hurdle.Technical, Blocking: &no,
		})
		w.must(err)
		if i == 0 {
			first = n
		}
	}
	for _, body := range []string{"16052", "16053", "16054"} {
		w.must(w.Join(t.Context(), w.as("k"+body), at(body, "wohngeld", "k_kickoff"), first, true))
	}
	began := time.Now()
	_, found, err := w.Similar(t.Context(), w.as("k16055"), at("16055", "wohngeld", "k_kickoff"), "DVDV Kategorie unklar Wohngeld")
	w.must(err)
	if len(found) == 0 || len(found) > 5 || found[0].No != first {
		t.Errorf("offered %v, want the one that most towns share first", found)
	}
	list, err := w.List(t.Context(), w.as("land"), hurdle.Filter{})
	w.must(err)
	if list.Total != 200 || len(list.Found) != hurdle.PageSize || list.Found[0].No != first || list.Found[0].Bodies != 4 {
		t.Errorf("the Land finds %d, first Nr. %d with %d towns", list.Total, list.Found[0].No, list.Found[0].Bodies)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("offer and list took %s", took)
	}
}
