package dashboard_test

import (
	"testing"
	"time"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/workday"
)

func TestThePartsOfPillarsAreWhatTheTablesSay(t *testing.T) {
	t.Parallel()
	w := story(t)
	today := workday.Day(*w.now)
	on := "'" + today.Format(time.DateOnly) + "'::date"
	for _, change := range []string{
		// asked for by a day that is past
		`INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, due_on, requested_by, requested_at, state_since)
			SELECT v.land_id, v.ministry_id, gen_random_uuid(), v.service_id, 90, 'draft', '2026-01-01', gen_random_uuid(), now(), now()
			FROM portal.service v
			WHERE v.ministry_id IS NOT NULL AND NOT EXISTS (SELECT FROM portal.decision d WHERE d.service_id = v.service_id) AND v.` + thueringen + ` ORDER BY v.slug LIMIT 1`,
		`INSERT INTO portal.profile (land_id, org_id) SELECT land_id, org_id FROM portal.organisation WHERE key IN ('16051', '16052') AND ` + thueringen + ` ON CONFLICT DO NOTHING`,
		// Erfurt names both, Gera one of them twice.
		`INSERT INTO portal.profile_fact (land_id, org_id, fact_id, kind, details, confirmed_by, confirmed_at)
			SELECT o.land_id, o.org_id, gen_random_uuid(), 'contact', json_build_object('role', r.role), gen_random_uuid(), now()
			FROM portal.organisation o
			JOIN (VALUES ('16051', 'Koordination'), ('16051', 'Stellvertretung'), ('16052', 'Koordination'), ('16052', 'Koordination')) AS r (key, role) ON r.key = o.key
			WHERE o.` + thueringen,
		// Erfurt, Gera and Jena were asked; Erfurt's answer is young, Gera's old, Jena has not answered. Erfurt was at an event, Gera long ago.
		`INSERT INTO portal.survey_round (land_id, org_id, round_id, title, state, closes_on, made_at, opened_at, changed_by)
			SELECT land_id, org_id, org_id, 'Probe', 'open', ` + on + `, now(), now(), gen_random_uuid() FROM portal.organisation WHERE kind = 'state_coordination' AND ` + thueringen + ` ORDER BY key LIMIT 1`,
		`INSERT INTO portal.survey_response (land_id, org_id, round_id, state, submitted_by, submitted_at, settled_at)
			SELECT o.land_id, o.org_id, n.round_id, a.state, CASE WHEN a.days > 0 THEN gen_random_uuid() END, CASE WHEN a.days > 0 THEN ` + on + ` - a.days END, CASE WHEN a.days > 0 THEN now() END
			FROM portal.organisation o
			JOIN portal.survey_round n ON n.land_id = o.land_id AND n.title = 'Probe'
			JOIN (VALUES ('16051', 'accepted', 100), ('16052', 'confirmed_unchanged', 400), ('16053', 'none', 0)) AS a (key, state, days) ON a.key = o.key`,
		`INSERT INTO portal.event (land_id, org_id, event_id, kind, title, place, starts_at, ends_at, made_at, changed_by)
			SELECT land_id, org_id, org_id, 'workshop', 'Probe', 'Erfurt', now() - interval '2 days', now() - interval '1 day', now(), gen_random_uuid() FROM portal.organisation WHERE kind = 'state_coordination' AND ` + thueringen + ` ORDER BY key LIMIT 1`,
		`INSERT INTO portal.event_registration (land_id, org_id, event_id, registered_by, registered_at, attended, held_on)
			SELECT o.land_id, o.org_id, e.event_id, gen_random_uuid(), now(), a.came, ` + on + ` - a.days
			FROM portal.organisation o
			JOIN portal.event e ON e.land_id = o.land_id AND e.title = 'Probe'
			JOIN (VALUES ('16051', true, 2), ('16052', true, 400), ('16053', false, 2)) AS a (key, came, days) ON a.key = o.key`,
		`UPDATE portal.service SET ozg_ids = '{1}', leika_keys = '{2}', topic_field = 'a', operator = 'b', transports = '{osci}', source = 'c', checked_on = '2026-01-01'
			WHERE slug = 'wohngeld' AND ` + thueringen,
		`UPDATE portal.service SET operator = '' WHERE slug <> 'wohngeld' AND ` + thueringen,
	} {
		dbtest.Admin[any](t, w.World, `WITH done AS (`+change+` RETURNING 1) SELECT NULL FROM (SELECT count(*) FROM done) n`)
	}
	p := w.picture("land")
	count := func(sql string, args ...any) int { return dbtest.Admin[int](t, w.World, sql, args...) }
	steps := func(key string) dashboard.Share {
		all := `SELECT count(*)::int FROM portal.step s LEFT JOIN portal.onboarding o USING (land_id, onboarding_id)
			WHERE s.` + thueringen + ` AND s.key = $1 AND s.state <> 'not_applicable' AND o.state IS DISTINCT FROM 'not_applicable'`
		return dashboard.Share{Part: count(all+` AND s.state = 'done'`, key), Whole: count(all, key)}
	}
	dated := `SELECT count(*)::int FROM portal.decision WHERE ` + thueringen + ` AND due_on IS NOT NULL AND state <> 'withdrawn' AND (decided_at IS NOT NULL OR due_on < $1)`
	rollins := count(`SELECT count(*)::int FROM portal.rollin WHERE ` + thueringen)
	for _, c := range []struct {
		fact dashboard.Fact
		want dashboard.Share
	}{
		{dashboard.RolesNamed, dashboard.Share{Part: 1, Whole: 22}},
		{dashboard.TimelyDecisions, dashboard.Share{Part: count(dated+` AND decided_at::date <= due_on`, today), Whole: count(dated, today)}},
		{dashboard.DVDVEntries, steps("k_dvdv")},
		{dashboard.Certificates, steps("k_cert")},
		{dashboard.BaseServices, steps("k_payment")},
		{dashboard.Guides, steps("l_guide")},
		{dashboard.FundedServices, dashboard.Share{Whole: rollins}},
		{dashboard.CompleteServices, dashboard.Share{Part: 1, Whole: rollins}},
		{dashboard.Surveys, dashboard.Share{Part: 1, Whole: 3}},
		{dashboard.Participation, dashboard.Share{Part: 1, Whole: 22}},
		{dashboard.SharedExperience, dashboard.Share{Part: count(`SELECT count(DISTINCT org_id)::int FROM portal.experience WHERE withdrawn_at IS NULL AND ` + thueringen), Whole: 22}},
	} {
		if got := c.fact.Of(p); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.fact.Name, got, c.want)
		}
	}
	if steps("k_dvdv").Whole == 0 || count(dated, today) == 0 {
		t.Error("the story has no DVDV entry or no decision with a date: nothing is compared")
	}
	if got := dashboard.RolesNamed.Of(w.picture("tmdi-referat")); got.Whole != 0 {
		t.Errorf("a ministry does not see profiles, but reads %+v", got)
	}
}

func TestAPillarIsTheMeanOfWhatCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shares      []dashboard.Share
		percent, of int
	}{
		{nil, 0, 0},
		{[]dashboard.Share{{}, {}}, 0, 0},
		{[]dashboard.Share{{Part: 1, Whole: 2}, {}}, 50, 1},
		{[]dashboard.Share{{Part: 21, Whole: 22}, {Part: 22, Whole: 22}}, 97, 2},
		{[]dashboard.Share{{Part: 999, Whole: 1000}, {Part: 1, Whole: 1}}, 99, 2},
		{[]dashboard.Share{{Part: 1, Whole: 3}, {Part: 1, Whole: 3}, {Part: 1, Whole: 3}}, 33, 3},
		{[]dashboard.Share{{Part: 3, Whole: 3}, {Part: 7, Whole: 7}}, 100, 2},
	} {
		if percent, of := dashboard.Mean(c.shares); percent != c.percent || of != c.of {
			t.Errorf("%v: %d %% of %d, want %d %% of %d", c.shares, percent, of, c.percent, c.of)
		}
	}
}
