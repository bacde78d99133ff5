package hurdle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/hurdle"
)

// subjects are ten obstacles as towns word them, each with the four words that somebody types who meets it too.
var subjects = []struct{ text, words string }{
	{"Die Kategorie für den DVDV-Eintrag ist unklar", "DVDV Eintrag Kategorie unklar"},
	{"Das Zertifikat für den OSCI-Empfang fehlt noch", "OSCI Zertifikat fehlt uns"},
	{"Im Fachamt ist kein Personal für den Test", "kein Personal für Test"},
	{"Die Schnittstelle zum Fachverfahren kostet zu viel", "Schnittstelle Fachverfahren zu teuer"},
	{"Der Datenschutz verlangt eine neue Folgenabschätzung", "Datenschutz will neue Folgenabschätzung"},
	{"E-Payment bucht auf ein falsches Kassenzeichen", "falsches Kassenzeichen bei E-Payment"},
	{"Die virtuelle Poststelle nimmt Anträge nicht an", "Poststelle nimmt nichts an"},
	{"Der Nutzungsvertrag ist nicht unterschrieben", "Nutzungsvertrag noch nicht unterschrieben"},
	{"Für die Schulung der Mitarbeitenden gibt es keinen Termin", "kein Termin für Schulung"},
	{"Der Leistungstext im Zuständigkeitsfinder ist veraltet", "Leistungstext veraltet im Zuständigkeitsfinder"},
}

// wordings are how the same obstacle comes in again and again.
var wordings = []string{"%s.", "Bei uns: %s", "%s, seit Wochen", "Problem: %s!", "%s (Rückfrage offen)"}

// crowd has ten towns report two hundred obstacles: each of the ten subjects in twenty near-duplicates, over two services
// and two steps, each subject of one dimension. It returns the numbers by subject.
func (w world) crowd() [][]int {
	w.t.Helper()
	numbers, mild := make([][]int, len(subjects)), false
	for body := range 10 {
		key := fmt.Sprint(16061 + body)
		who := w.as("k" + key)
		for i, s := range subjects {
			for j, service := range []string{"wohngeld", "einbuergerung"} {
				step := []string{"k_kickoff", "k_process"}[(i+j)%2]
				no, err := w.Report(w.t.Context(), who, at(key, service, step), hurdle.Report{
					ID: uuid.New(), Text: fmt.Sprintf(wordings[(body+j)%len(wordings)], s.text), Dimension: hurdle.Dimensions[i%4], Blocking: &mild,
				})
				w.must(err)
				numbers[i] = append(numbers[i], no)
			}
		}
	}
	return numbers
}

// TestTwoHundredObstaclesStayManageable: who types four words is offered the right ones, the list and its clusters count
// all of them once, and the Land merges a subject by what it is offered, without losing anybody or any history.
func TestTwoHundredObstaclesStayManageable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	numbers := w.crowd()

	for i, s := range subjects {
		_, found, err := w.Similar(t.Context(), w.as("k16051"), at("16051", "wohngeld", "k_kickoff"), s.words)
		w.must(err)
		if len(found) != 5 {
			t.Errorf("%q: %d offers, want 5", s.words, len(found))
		}
		for _, f := range found {
			if !slices.Contains(numbers[i], f.No) {
				t.Errorf("%q: offered %d %q, want only %q", s.words, f.No, f.Text, s.text)
			}
		}
	}

	seen := map[int]bool{}
	var all hurdle.Overview
	for page := 1; page <= 4; page++ {
		var err error
		all, err = w.List(t.Context(), w.as("land"), hurdle.Filter{Page: page})
		w.must(err)
		for _, o := range all.Found {
			seen[o.No] = true
		}
	}
	if len(seen) != 200 || all.Total != 200 {
		t.Errorf("four pages list %d obstacles of %d, want 200", len(seen), all.Total)
	}
	want := map[hurdle.Dimension]int{hurdle.Organisational: 60, hurdle.Technical: 60, hurdle.Financial: 40, hurdle.Legal: 40}
	for _, c := range all.Clusters {
		if c.Obstacles != want[c.Dimension] || c.Bodies != 1 || c.Age != 1 {
			t.Errorf("cluster %+v, want %d obstacles of one body each, all new", c, want[c.Dimension])
		}
	}
	if len(all.Clusters) != 4 {
		t.Errorf("%d clusters, want one for each dimension", len(all.Clusters))
	}

	first := numbers[0][0]
	w.mergeAll(first, numbers[0])
	merged := w.show("land", first)
	if merged.Bodies != 10 || merged.Services != 2 || len(merged.TookOver) != 19 || len(merged.Affected) != 20 {
		t.Errorf("merged: %d bodies, %d services, %d taken over, %d affected steps; want 10, 2, 19, 20",
			merged.Bodies, merged.Services, len(merged.TookOver), len(merged.Affected))
	}
	if all, err := w.List(t.Context(), w.as("land"), hurdle.Filter{}); err != nil || all.Total != 181 || all.Found[0].No != first {
		t.Errorf("%d are open, number %d first (%v); want 181, the merged one first", all.Total, all.Found[0].No, err)
	}
	old := w.show("land", numbers[0][7])
	var acts []string
	for _, e := range old.Trail {
		acts = append(acts, e.Action)
	}
	if got := strings.Join(acts, " "); old.MergedInto == nil || *old.MergedInto != first || got != "obstacle.merge obstacle.report" {
		t.Errorf("a merged one went to %v with the trail %q; want its own history kept", old.MergedInto, got)
	}
}

// mergeAll has the Land merge into an obstacle what its page offers as alike, until nothing is left, and checks that
// nothing else was offered.
func (w world) mergeAll(into int, same []int) {
	w.t.Helper()
	for range 10 {
		offered := w.show("land", into).Alike
		for _, f := range offered {
			if !slices.Contains(same, f.No) || f.No == into {
				w.t.Fatalf("number %d is offered number %d, %q", into, f.No, f.Text)
			}
			w.must(w.act(f.No, hurdle.ActInput{Act: hurdle.Merge, Into: into}))
		}
		if len(offered) == 0 {
			return
		}
	}
	w.t.Errorf("number %d is offered others for ever", into)
}
