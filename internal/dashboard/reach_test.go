package dashboard_test

import (
	"fmt"
	"maps"
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
		dbtest.Wants(t, login+" lists tasks", err, fault.Forbidden)
		_, _, err = w.Onboardings(t.Context(), who, dashboard.OnboardingFilter{})
		dbtest.Wants(t, login+" lists onboardings", err, fault.Forbidden)
		_, err = w.Bodies(t.Context(), who, dashboard.BodyFilter{})
		dbtest.Wants(t, login+" lists bodies", err, fault.Forbidden)
		_, err = w.Profile(t.Context(), who, "16051")
		dbtest.Wants(t, login+" reads a body", err, fault.NotFound)
		_, err = w.Picture(t.Context(), who)
		dbtest.Wants(t, login+" reads the Lagebild with names", err, fault.Forbidden)
	}
}

func TestTheSummaryIsNotForWhoeverSeesAPart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, login := range []string{"k16051", "k16051-b", "tlrz", "tmsgaf-referat"} {
		_, err := w.Summary(t.Context(), w.as(login))
		dbtest.Wants(t, login+" reads the summary", err, fault.Forbidden)
	}
}

// TestTheLagebildOfATownIsItsOwn compares with what the tables say of one body, read as superuser.
func TestTheLagebildOfATownIsItsOwn(t *testing.T) {
	t.Parallel()
	w := story(t)
	p := w.picture("k16052")
	if len(p.Bodies) != 1 || p.Bodies[0].Key != "16052" {
		t.Fatalf("Gera finds %d bodies on its Lagebild, want itself", len(p.Bodies))
	}
	of := ` FROM portal.onboarding o JOIN portal.organisation b USING (land_id, org_id) WHERE o.` + thueringen + ` AND b.key = '16052'`
	count := func(sql string) int { return dbtest.Admin[int](t, w.World, sql) }
	for name, c := range map[string]struct{ got, want int }{
		"live":        {p.Live().Part, count(`SELECT count(*)::int` + of + ` AND o.state IN ('live', 'operating')`)},
		"onboardings": {p.Live().Whole, count(`SELECT count(*)::int` + of + ` AND o.state <> 'not_applicable'`)},
		"rolled in":   {len(p.RolledIn()), 4},
		"overdue":     {p.Overdue, w.tasks("k16052", dashboard.TaskFilter{Status: dashboard.Overdue})},
		"decisions":   {p.Open, 0},
		"promised":    {p.Reached(dashboard.Preparing).Part, w.listed("k16052", dashboard.OnboardingFilter{States: dashboard.StatesIn(func(s dashboard.Stage) bool { return s.Reached(dashboard.Preparing) })})},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
	if p.Overdue == 0 || p.Live().Part == 0 {
		t.Errorf("Gera has %d late and %d live, want some of both", p.Overdue, p.Live().Part)
	}
	for _, pillar := range p.Pillars {
		if all := w.tasks("k16052", dashboard.TaskFilter{Pillar: pillar.No}); pillar.Relevant != all {
			t.Errorf("pillar %d has %d tasks, the list %d", pillar.No, pillar.Relevant, all)
		}
	}
}

// TestATownLearnsOfTheLandByCounts: four live bodies of five are told, two of 22 are not.
func TestATownLearnsOfTheLandByCounts(t *testing.T) {
	t.Parallel()
	w := story(t)
	told := map[string]string{}
	for _, l := range w.picture("k16052").RolledIn() {
		switch {
		case l.Land == nil:
			told[l.Slug] = "nothing"
		case l.Land.Live == nil:
			told[l.Slug] = fmt.Sprintf("few of %d", l.Land.Whole)
		default:
			told[l.Slug] = fmt.Sprintf("%d of %d", *l.Land.Live, l.Land.Whole)
		}
	}
	want := map[string]string{"einbuergerung": "few of 21", "wohnsitzanmeldung-ewa": "4 of 5", "wohngeld": "0 of 21", "elterngeld": "0 of 22"}
	if !maps.Equal(told, want) {
		t.Errorf("Gera reads of the Land %v, want %v", told, want)
	}
	for _, login := range []string{"land", "tmikl-leser", "kiv"} {
		for _, l := range w.picture(login).RolledIn() {
			if l.Land != nil {
				t.Errorf("%s is told counts of %s that are a town's", login, l.Slug)
			}
		}
	}
}

func TestTheLagebildOfAProviderHasItsBodies(t *testing.T) {
	t.Parallel()
	w := story(t)
	p, listed := w.picture("kiv"), w.bodies("kiv", dashboard.BodyFilter{})
	if len(p.Bodies) != len(listed) || len(p.Bodies) == 0 || len(p.Bodies) == 22 {
		t.Fatalf("a provider finds %d bodies on its Lagebild and %d in its list", len(p.Bodies), len(listed))
	}
	if all := w.listed("kiv", dashboard.OnboardingFilter{}); p.Live().Whole != all {
		t.Errorf("its Lagebild has %d onboardings, its list %d", p.Live().Whole, all)
	}
	if late := w.tasks("kiv", dashboard.TaskFilter{Status: dashboard.Overdue}); p.Overdue != late {
		t.Errorf("its Lagebild has %d late tasks, its list %d", p.Overdue, late)
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
		dbtest.Wants(t, c.login+" reads "+c.body, err, fault.NotFound)
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
