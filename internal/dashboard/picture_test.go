package dashboard_test

import (
	"slices"
	"testing"

	"rollinportal/internal/catalog"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/workday"
)

const thueringen = `land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen')`

// sqlOverdue counts late steps as superuser, written anew from the sentence in OverdueMeans.
const sqlOverdue = `
	WITH running AS (
		SELECT org_id, onboarding_id, service_id FROM portal.onboarding
		WHERE ` + thueringen + ` AND state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned'))
	SELECT count(*)::int
	FROM portal.step s JOIN portal.template_step t USING (template_version_id, key)
	WHERE s.` + thueringen + ` AND s.state IN ('open', 'in_progress', 'submitted', 'returned') AND s.due_on < $1
		AND (s.scope = 'land'
			OR s.onboarding_id IN (SELECT onboarding_id FROM running)
			OR s.step_id IN (SELECT step_id FROM portal.onboarding_basis JOIN running USING (onboarding_id) WHERE reason = ''))`

func TestTheLagebildIsWhatTheTablesSay(t *testing.T) {
	t.Parallel()
	w := story(t)
	p := w.picture("land")
	today := workday.Day(*w.now)
	count := func(sql string, args ...any) int { return dbtest.Admin[int](t, w.World, sql, args...) }

	onboardings := `SELECT count(*)::int FROM portal.onboarding WHERE ` + thueringen
	for name, c := range map[string]struct{ got, want int }{
		"bodies":        {len(p.Bodies), 22},
		"services":      {len(p.Services), count(`SELECT count(*)::int FROM portal.service WHERE ` + thueringen)},
		"live":          {p.Live().Part, count(onboardings + ` AND state IN ('live', 'operating')`)},
		"denominator":   {p.Live().Whole, count(onboardings + ` AND state <> 'not_applicable'`)},
		"roll-ins":      {p.Covered().Whole, count(`SELECT count(*)::int FROM portal.rollin WHERE ` + thueringen)},
		"covered":       {p.Covered().Part, 0},
		"overdue":       {p.Overdue, count(sqlOverdue, today)},
		"on time":       {p.Punctual().Part, 22 - count(`SELECT count(*)::int FROM (`+sqlOverdueBodies+`) b`, today)},
		"open":          {p.Open, count(`SELECT count(*)::int FROM portal.decision WHERE ` + thueringen + ` AND state IN ('draft', 'in_review', 'submitted')`)},
		"shown overdue": {len(p.Longest), 9},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
	if p.Live().Part != 6 || p.Overdue == 0 {
		t.Errorf("the story has %d live and %d overdue, want 6 and some", p.Live().Part, p.Overdue)
	}
	for _, pillar := range p.Pillars {
		relevant := count(`
			SELECT count(*)::int
			FROM portal.step s JOIN portal.template_step t USING (land_id, template_version_id, key)
			LEFT JOIN portal.onboarding o ON o.onboarding_id = s.onboarding_id
			WHERE s.`+thueringen+` AND t.pillar = $1 AND s.state <> 'not_applicable' AND o.state IS DISTINCT FROM 'not_applicable'`, pillar.No)
		late := count(sqlOverdue+` AND t.pillar = $2`, today, pillar.No)
		if pillar.Relevant != relevant || pillar.Overdue != late {
			t.Errorf("pillar %d: %d steps, %d overdue, want %d, %d", pillar.No, pillar.Relevant, pillar.Overdue, relevant, late)
		}
	}
}

// sqlOverdueBodies names the bodies with late steps; the Land's own steps are no body's.
const sqlOverdueBodies = `
	SELECT DISTINCT s.org_id
	FROM portal.step s
	WHERE s.` + thueringen + ` AND s.scope <> 'land' AND s.state IN ('open', 'in_progress', 'submitted', 'returned') AND s.due_on < $1
		AND EXISTS (
			SELECT FROM portal.onboarding o LEFT JOIN portal.onboarding_basis l USING (land_id, org_id, onboarding_id)
			WHERE o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned')
				AND (o.onboarding_id = s.onboarding_id OR l.step_id = s.step_id AND l.reason = ''))`

func TestSumsOfTheLagebildAgree(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, login := range []string{"land", "redaktion", "tmikl-leser", "tmdi-referat"} {
		p := w.picture(login)
		var rows, columns dashboard.Share
		for _, l := range p.RolledIn() {
			rows = rows.Plus(p.OfService(l.Slug))
		}
		for _, b := range p.Bodies {
			columns = columns.Plus(p.OfBody(b.Key))
		}
		if rows != columns || rows != p.Live() {
			t.Errorf("%s: rows %v, columns %v, figure %v", login, rows, columns, p.Live())
		}
		late := 0
		for _, n := range p.Late {
			late += n
		}
		if late != p.Overdue {
			t.Errorf("%s: %d steps are late by age, the figure says %d", login, late, p.Overdue)
		}
		reached := make([]int, len(dashboard.Funnel))
		for i, stage := range dashboard.Funnel {
			reached[i] = p.Reached(stage.Stage).Part
		}
		if !slices.IsSortedFunc(reached, func(a, b int) int { return b - a }) || reached[len(reached)-1] != p.Live().Part {
			t.Errorf("%s: the funnel %v does not narrow down to %d live", login, reached, p.Live().Part)
		}
		covered := dashboard.Share{}
		for _, c := range p.Coverage() {
			covered = covered.Plus(c.Bodies)
			if c.People.Whole == 0 || c.Bodies.Complete() != c.People.Complete() {
				t.Errorf("%s: %s is live in %v bodies for %v people", login, c.Name, c.Bodies, c.People)
			}
		}
		if covered != p.Live() {
			t.Errorf("%s: the services cover %v, the figure says %v", login, covered, p.Live())
		}
		services := 0
		for _, n := range p.Count() {
			services += n
		}
		if services != len(p.Services) {
			t.Errorf("%s: %d services stand somewhere, there are %d", login, services, len(p.Services))
		}
	}
}

func TestEveryFigureIsAsLongAsItsList(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, login := range []string{"land", "redaktion", "tmikl-leitung", "tmsgaf-leser"} {
		p := w.picture(login)
		type pair struct{ figure, list int }
		pairs := map[string]pair{
			"live":    {p.Live().Part, w.listed(login, dashboard.OnboardingFilter{States: dashboard.Live.States()})},
			"all":     {p.Live().Whole, w.listed(login, dashboard.OnboardingFilter{})},
			"overdue": {p.Overdue, w.tasks(login, dashboard.TaskFilter{Status: dashboard.Overdue})},
			"on time": {p.Punctual().Part, len(w.bodies(login, dashboard.BodyFilter{Delay: dashboard.OnTime}))},
			"bodies":  {p.Punctual().Whole, len(w.bodies(login, dashboard.BodyFilter{}))},
		}
		for _, pillar := range p.Pillars {
			no := string(rune('0' + pillar.No))
			pairs["pillar "+no] = pair{pillar.Relevant, w.tasks(login, dashboard.TaskFilter{Pillar: pillar.No})}
			pairs["done in pillar "+no] = pair{pillar.Done, w.tasks(login, dashboard.TaskFilter{Pillar: pillar.No, Status: dashboard.Finished})}
			pairs["active in pillar "+no] = pair{pillar.Active, w.tasks(login, dashboard.TaskFilter{Pillar: pillar.No, Status: dashboard.Active})}
			pairs["overdue in pillar "+no] = pair{pillar.Overdue, w.tasks(login, dashboard.TaskFilter{Pillar: pillar.No, Status: dashboard.Overdue})}
		}
		for _, b := range w.bodies(login, dashboard.BodyFilter{}) {
			share := p.OfBody(b.Key)
			pairs["live in "+b.Key] = pair{share.Part, w.listed(login, dashboard.OnboardingFilter{Body: b.Key, States: dashboard.Live.States()})}
			pairs["row of "+b.Key] = pair{b.Live, share.Part}
			pairs["all in "+b.Key] = pair{b.Whole, w.listed(login, dashboard.OnboardingFilter{Body: b.Key})}
			pairs["in work in "+b.Key] = pair{b.InWork, w.listed(login, dashboard.OnboardingFilter{Body: b.Key, States: dashboard.StatesIn(dashboard.Stage.InWork)})}
			pairs["overdue in "+b.Key] = pair{b.Overdue, w.tasks(login, dashboard.TaskFilter{Body: b.Key, Status: dashboard.Overdue})}
		}
		for name, c := range pairs {
			if c.figure != c.list {
				t.Errorf("%s: %s: the figure says %d, the list has %d", login, name, c.figure, c.list)
			}
		}
	}
}

func TestStandingsAreThoseOfTheCatalogue(t *testing.T) {
	t.Parallel()
	w := story(t)
	services := catalog.New(w.DB)
	for _, c := range []struct{ login, ministry string }{{"land", ""}, {"tmikl-leitung", "TMIKL"}} {
		counts := w.picture(c.login).Count()
		for _, s := range dashboard.Standings {
			found, _, err := services.List(t.Context(), w.as(c.login), catalog.Filter{State: string(s), Ministry: c.ministry})
			w.must(err)
			if counts[s] != len(found) {
				t.Errorf("%s: %d services are %s, the catalogue lists %d", c.login, counts[s], s, len(found))
			}
		}
	}
	if w.picture("land").Count()[dashboard.Area] != 0 {
		t.Error("a service that went out of operation in one city is not everywhere")
	}
}

func TestABodyAddedLaterKeepsAServiceFromBeingEverywhere(t *testing.T) {
	t.Parallel()
	w := story(t)
	w.sql(`UPDATE portal.onboarding o SET state = 'live', live_on = '2026-03-01' FROM portal.service v
		WHERE v.service_id = o.service_id AND v.slug = 'wohnsitzanmeldung-ewa'`)
	if got := w.picture("land").Covered(); got != (dashboard.Share{Part: 1, Whole: 4}) {
		t.Errorf("covered %v, want 1 of 4", got)
	}
	w.sql(`INSERT INTO portal.service_body (land_id, service_id, org_id)
		SELECT v.land_id, v.service_id, o.org_id FROM portal.service v JOIN portal.organisation o USING (land_id)
		WHERE v.slug = 'wohnsitzanmeldung-ewa' AND o.key = '16061'`)
	w.Service = dashboard.NewService(w.DB) // what is done behind the portal's back leaves no entry
	p := w.picture("land")
	if got := p.Covered(); got.Part != 0 {
		t.Errorf("covered %v, want none: one competent body has not begun", got)
	}
	if got := p.OfService("wohnsitzanmeldung-ewa"); got != (dashboard.Share{Part: 5, Whole: 5}) {
		t.Errorf("share %v, want 5 of 5: there are five onboardings", got)
	}
}

func TestThePastEndsInThePresent(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, login := range []string{"land", "tmikl-leser"} {
		p := w.picture(login)
		live, months := p.Live(), p.Past.Months
		if p.Past.Live != live.Part || p.Past.Whole != live.Whole || live.Part == 0 {
			t.Errorf("%s: the history says %d of %d, the picture %v", login, p.Past.Live, p.Past.Whole, live)
		}
		past := 0
		for _, m := range months {
			if m.Past {
				past = m.Done
			}
		}
		if last := months[len(months)-1]; past != live.Part || last.Planned != live.Whole || last.Scope != live.Whole {
			t.Errorf("%s: the chart ends with %+v and %d, the picture says %v", login, last, past, live)
		}
	}
}
