package dashboard_test

import (
	"strings"
	"testing"
	"time"

	"rollinportal/internal/benchdata"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
)

// TestSearchWalksNoTableOfSteps: in a Land of 84,000 steps a search asks them by their keys, whoever searches and
// whether it finds something or nothing.
func TestSearchWalksNoTableOfSteps(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	if err := benchdata.Load(t.Context(), w.AdminURL, benchdata.Set{Name: "wide", Lands: []benchdata.Land{{Bodies: 60, Services: 40}, {Bodies: 3, Services: 2}}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	people, s := identity.NewService(w.DB), dashboard.NewService(w.DB)
	for _, login := range []string{benchdata.Coordinator(0), benchdata.BodyCoordinator(0), benchdata.Coordinator(1)} {
		token, err := people.SignIn(t.Context(), identity.Person{Issuer: benchdata.Issuer, Subject: login})
		if err != nil {
			t.Fatal(err)
		}
		who, err := people.Actor(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"a", "Schnittstelle", "Zertifikat", "qwertz", "Leistung 1 Kreis 2"} {
			plan, err := dashboard.ExplainSearch(t.Context(), s, who, query)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(plan, "\n")
			if strings.Contains(text, "Seq Scan on step ") || !strings.Contains(text, "on step s") {
				t.Errorf("%s looks for %s:\n%s", login, query, text)
			}
			t.Logf("%s looks for %s: %s", login, query, plan[len(plan)-1])
		}
	}
}

func TestAQueryIsTakenApartIntoWords(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"Wohngeld in Erfurt": "wohngeld in erfurt", "Kfz-Zulassung (i-Kfz)": "kfz zulassung i kfz", "ÄMTER & Straßen": "ämter straßen",
		"99107 023-017.000": "99107023017000", "16 051": "16051", "1. 2": "1 2", "Hürde 3": "hürde 3", "a b c d e f g h i j": "a b c d e f g h", "&%'": "",
	} {
		if got := strings.Join(dashboard.WordsOf(query), " "); got != want {
			t.Errorf("%q is taken apart into %q, want %q", query, got, want)
		}
	}
}
