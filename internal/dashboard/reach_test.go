package dashboard_test

import (
	"testing"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/template"
)

func TestEachRoleListsItsOwnCircle(t *testing.T) {
	t.Parallel()
	w := story(t)
	count := func(sql string) int { return dbtest.Admin[int](t, w.World, sql) }
	all := `SELECT count(*)::int FROM portal.step s LEFT JOIN portal.onboarding o USING (land_id, org_id, onboarding_id)
		JOIN portal.organisation b ON b.org_id = s.org_id LEFT JOIN portal.service v ON v.service_id = s.service_id
		WHERE s.` + thueringen + ` AND s.state <> 'not_applicable' AND o.state IS DISTINCT FROM 'not_applicable' `
	ways := `SELECT count(*)::int FROM portal.onboarding o JOIN portal.organisation b USING (land_id, org_id) JOIN portal.service v USING (land_id, service_id)
		WHERE o.` + thueringen + ` AND o.state <> 'not_applicable' `
	ofTLRZ := `AND b.org_id IN (SELECT a.org_id FROM portal.assignment a JOIN portal.organisation p ON p.org_id = a.provider_id WHERE p.key = 'TLRZ')`
	for _, c := range []struct{ login, where string }{
		{"land", ``},
		{"land2", ``},
		{"redaktion", ``},
		{"tmikl-referat", `AND v.ministry_id = (SELECT org_id FROM portal.organisation WHERE key = 'TMIKL')`},
		{"tmsgaf-leser", `AND v.ministry_id = (SELECT org_id FROM portal.organisation WHERE key = 'TMSGAF')`},
		{"k16051", `AND b.key = '16051'`},
		{"k16071-b", `AND b.key = '16071'`},
		{"tlrz", ofTLRZ},
		{"d-land", `AND false`},
		{"d-k1", `AND false`},
	} {
		if got, want := w.tasks(c.login, dashboard.TaskFilter{}), count(all+c.where); got != want {
			t.Errorf("%s lists %d tasks, want %d", c.login, got, want)
		}
		if got, want := w.listed(c.login, dashboard.OnboardingFilter{}), count(ways+c.where); got != want {
			t.Errorf("%s lists %d onboardings, want %d", c.login, got, want)
		}
	}
}

func TestCommitteesNeverGetRows(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, login := range []string{"gremium", "tlkt"} {
		who := w.as(login)
		_, _, err := w.Tasks(t.Context(), who, dashboard.TaskFilter{})
		wants(t, login+" lists tasks", err, fault.Forbidden)
		_, _, err = w.Onboardings(t.Context(), who, dashboard.OnboardingFilter{})
		wants(t, login+" lists onboardings", err, fault.Forbidden)
		_, err = w.Bodies(t.Context(), who, dashboard.BodyFilter{})
		wants(t, login+" lists bodies", err, fault.Forbidden)
		_, err = w.Profile(t.Context(), who, "16051")
		wants(t, login+" reads a body", err, fault.NotFound)
		_, err = w.Picture(t.Context(), who)
		wants(t, login+" reads the Lagebild with names", err, fault.Forbidden)
	}
}

func TestTheLagebildIsNotForTownsAndProviders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, login := range []string{"k16051", "k16051-b", "tlrz", "betreiber"} {
		_, err := w.Picture(t.Context(), w.as(login))
		wants(t, login+" reads the Lagebild", err, fault.Forbidden)
		_, err = w.Summary(t.Context(), w.as(login))
		wants(t, login+" reads the summary", err, fault.Forbidden)
	}
}

func TestForeignBodiesDoNotExist(t *testing.T) {
	t.Parallel()
	w := story(t)
	unassigned := dbtest.Admin[string](t, w.World, `
		SELECT min(o.key) FROM portal.organisation o
		WHERE o.`+thueringen+` AND o.kind IN ('district', 'independent_city') AND NOT EXISTS (
			SELECT FROM portal.assignment a JOIN portal.organisation p ON p.org_id = a.provider_id WHERE a.org_id = o.org_id AND p.key = 'KIV')`)
	for _, c := range []struct{ login, body string }{
		{"k16051", "16052"},
		{"k16051-b", "16077"},
		{"kiv", unassigned},
		{"land", "99001"},
		{"d-land", "16051"},
		{"d-k1", "99002"},
		{"land", "TMDI"},
		{"land", "gibt-es-nicht"},
		{"tmikl-leser", "99001"},
	} {
		_, err := w.Profile(t.Context(), w.as(c.login), c.body)
		wants(t, c.login+" reads "+c.body, err, fault.NotFound)
	}
	p, err := w.Profile(t.Context(), w.as("k16051"), "16051")
	w.must(err)
	if p.Name != "Erfurt" || len(p.Onboardings) != 4 || len(p.Basis) != 4 {
		t.Errorf("%s has %d onboardings, %d basis steps; want Erfurt, 4, 4", p.Name, len(p.Onboardings), len(p.Basis))
	}
}

func TestAMinistrySeesItsServicesInABody(t *testing.T) {
	t.Parallel()
	w := story(t)
	p, err := w.Profile(t.Context(), w.as("tmsgaf-referat"), "16051")
	w.must(err)
	if len(p.Onboardings) != 1 || p.Onboardings[0].ServiceSlug != "elterngeld" {
		t.Errorf("a ministry sees %v, want its own service alone", p.Onboardings)
	}
}

func TestBasisAndLandStepsAreListedOnce(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, c := range []struct {
		scope template.Scope
		kind  string
		want  int
	}{
		{template.Basis, "k_cert", 22}, {template.Land, "l_guide", 4}, {template.Kommune, "k_kickoff", 22 + 22 + 22 + 5 - 2},
	} {
		if got := w.tasks("land", dashboard.TaskFilter{Scope: c.scope, Kind: c.kind}); got != c.want {
			t.Errorf("%s is listed %d times, want %d", c.kind, got, c.want)
		}
	}
	found, _, err := w.Tasks(t.Context(), w.as("k16054"), dashboard.TaskFilter{Scope: template.Basis})
	w.must(err)
	for _, task := range found {
		if task.Via == "" || task.Via == "einbuergerung" {
			t.Errorf("%s is shown by %q, want a checklist that runs: einbuergerung is paused in Suhl", task.Key, task.Via)
		}
		if _, err := w.onboardings.Task(t.Context(), w.as("k16054"), "16054", task.Via, task.Key, 1); err != nil {
			t.Errorf("%s via %s: %v", task.Key, task.Via, err)
		}
	}
}

func TestListsTurnTheirPages(t *testing.T) {
	t.Parallel()
	w := story(t)
	seen := map[string]bool{}
	total := w.tasks("land", dashboard.TaskFilter{})
	for page := 1; len(seen) < total; page++ {
		found, _, err := w.Tasks(t.Context(), w.as("land"), dashboard.TaskFilter{Sort: "-einheit", Page: page})
		w.must(err)
		if len(found) == 0 {
			t.Fatalf("page %d is empty after %d of %d", page, len(seen), total)
		}
		for _, task := range found {
			if seen[task.StepID.String()] {
				t.Fatalf("%s of %s stands on two pages", task.Key, task.BodyName)
			}
			seen[task.StepID.String()] = true
		}
	}
}

func TestEverySortOrderWorks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	who := w.as("land")
	for _, sort := range []string{"", "leistung", "einheit", "frist", "stand", "ziel", "seit", "produktiv", "arbeit", "ueberfaellig", "x; DROP TABLE"} {
		for _, turned := range []string{sort, "-" + sort} {
			_, _, err := w.Tasks(t.Context(), who, dashboard.TaskFilter{Sort: turned})
			w.must(err)
			_, _, err = w.Onboardings(t.Context(), who, dashboard.OnboardingFilter{Sort: turned})
			w.must(err)
			_, err = w.Bodies(t.Context(), who, dashboard.BodyFilter{Sort: turned})
			w.must(err)
		}
	}
}

func wants(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if fault.KindOf(err) != kind {
		t.Errorf("%s: %v, want fault kind %d", what, err, kind)
	}
}

func TestEveryRoleBelongsToACircleOrSeesAggregates(t *testing.T) {
	t.Parallel()
	for _, role := range access.Roles {
		if !access.Allows(access.RolloutView, role) || role == access.Committee {
			continue
		}
		if !dashboard.HasCircle(role) {
			t.Errorf("%s may view roll-ins but belongs to no circle", role)
		}
	}
}
