package web_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/event"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// recount counts what the Lagebild shows, from first facts and in words of its own (domain.md 6.3 and 6.4): it asks neither what
// is kept nor anything of the portal's code. $1 is the reader's key, $2 how far it sees, $3 today.
const recount = `
	WITH reader AS (
		SELECT o.land_id, o.org_id FROM portal.organisation o JOIN portal.land l ON l.land_id = o.land_id WHERE l.key = 'thueringen' AND o.key = $1
	), body AS (
		SELECT b.org_id, b.land_id, b.key
		FROM portal.organisation b JOIN reader r ON r.land_id = b.land_id
		WHERE b.kind IN ('district', 'independent_city') AND coalesce(b.valid_to >= $3::date, true) AND coalesce(b.valid_from <= $3::date, true) AND CASE $2
			WHEN 'body' THEN b.org_id = r.org_id
			WHEN 'provider' THEN EXISTS (SELECT FROM portal.assignment a WHERE a.land_id = r.land_id AND a.provider_id = r.org_id AND a.org_id = b.org_id)
			ELSE true END
	), started AS (
		SELECT v.service_id, v.land_id
		FROM portal.rollin i JOIN portal.service v ON v.land_id = i.land_id AND v.service_id = i.service_id JOIN reader r ON r.land_id = v.land_id
		WHERE CASE $2 WHEN 'ministry' THEN v.ministry_id = r.org_id
			WHEN 'body' THEN EXISTS (SELECT FROM portal.service_body c JOIN body ON body.org_id = c.org_id WHERE c.service_id = v.service_id)
			WHEN 'provider' THEN EXISTS (SELECT FROM portal.service_body c JOIN body ON body.org_id = c.org_id WHERE c.service_id = v.service_id)
			ELSE true END
	), way AS (
		SELECT o.onboarding_id, o.org_id, o.service_id, o.state, o.state IN ('live', 'operating') AS live,
			o.held OR o.state IN ('paused', 'declined', 'not_applicable', 'decommissioned') AS rests
		FROM portal.onboarding o JOIN started s ON s.service_id = o.service_id AND s.land_id = o.land_id JOIN body b ON b.org_id = o.org_id
	), task AS (
		SELECT s.step_id, s.org_id, s.key, t.pillar, s.due_on, s.state = 'done' AND NOT coalesce(w.state = 'not_applicable', false) AS done,
			s.state <> 'not_applicable' AND NOT coalesce(w.state = 'not_applicable', false) AS counts,
			s.state NOT IN ('done', 'not_applicable') AND CASE s.scope
				WHEN 'kommune' THEN NOT w.rests
				WHEN 'basis' THEN EXISTS (
					SELECT FROM portal.onboarding_basis l JOIN portal.onboarding o ON o.land_id = l.land_id AND o.org_id = l.org_id AND o.onboarding_id = l.onboarding_id
					WHERE l.land_id = s.land_id AND l.step_id = s.step_id AND l.reason = '' AND NOT o.held AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned'))
				ELSE true END AS to_do
		FROM portal.step s
		JOIN reader r ON r.land_id = s.land_id
		JOIN portal.template_step t ON t.land_id = s.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
		LEFT JOIN way w ON w.onboarding_id = s.onboarding_id
		WHERE CASE $2
			WHEN 'ministry' THEN s.service_id IN (SELECT service_id FROM started)
			WHEN 'body' THEN s.org_id = r.org_id
			WHEN 'provider' THEN s.org_id IN (SELECT org_id FROM body)
			ELSE true END
	), held_up AS (
		SELECT w.onboarding_id
		FROM way w
		WHERE NOT w.live AND w.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned') AND EXISTS (
			SELECT FROM portal.obstacle_affected a
			JOIN portal.obstacle o ON o.land_id = a.land_id AND o.obstacle_id = a.obstacle_id
			JOIN portal.step s ON s.land_id = a.land_id AND s.step_id = a.step_id
			WHERE a.blocking AND a.left_at IS NULL AND o.state IN ('reported', 'confirmed', 'in_progress') AND o.merged_into IS NULL
				AND s.state NOT IN ('done', 'not_applicable') AND (s.onboarding_id = w.onboarding_id OR EXISTS (
					SELECT FROM portal.onboarding_basis l WHERE l.land_id = s.land_id AND l.step_id = s.step_id AND l.onboarding_id = w.onboarding_id AND l.reason = '')))
	), asked AS (
		SELECT d.* FROM portal.decision d JOIN reader r ON r.land_id = d.land_id JOIN portal.service v ON v.land_id = d.land_id AND v.service_id = d.service_id
		WHERE $2 IN ('land', 'committee') OR $2 = 'ministry' AND (d.org_id = r.org_id OR v.ministry_id = r.org_id)
	), parts (name, part, whole) AS (
		SELECT 'Produktive Anbindungen', count(*) FILTER (WHERE live), count(*) FILTER (WHERE state <> 'not_applicable') FROM way
		UNION ALL
		SELECT 'Leistungen in der Fläche', count(*) FILTER (WHERE NOT EXISTS (
			SELECT FROM portal.service_body c WHERE c.service_id = s.service_id AND c.land_id = s.land_id AND NOT EXISTS (
				SELECT FROM way w WHERE w.service_id = c.service_id AND w.org_id = c.org_id AND (w.live OR w.state = 'not_applicable')))
			AND EXISTS (SELECT FROM way w WHERE w.service_id = s.service_id AND w.live)), count(*) FROM started s
		UNION ALL SELECT 'Leistungen im Roll-in', count(*), NULL FROM started
		UNION ALL
		SELECT 'Einheiten ohne Verzug', count(*) FILTER (WHERE NOT EXISTS (SELECT FROM task t WHERE t.org_id = b.org_id AND t.to_do AND t.due_on < $3::date)), count(*) FROM body b
		UNION ALL SELECT 'Überfällige Aufgaben', count(*) FILTER (WHERE to_do AND due_on < $3::date), NULL FROM task
		UNION ALL SELECT 'Blockierte Anbindungen', count(*), NULL FROM held_up
		UNION ALL SELECT 'Offene Entscheidungen', count(*), NULL FROM asked WHERE state IN ('draft', 'in_review', 'submitted')
		UNION ALL
		SELECT p.no || ' Aufgaben', count(*) FILTER (WHERE t.done), count(*) FILTER (WHERE t.counts) FROM generate_series(1, 4) AS p (no) LEFT JOIN task t ON t.pillar = p.no GROUP BY p.no
		UNION ALL
		SELECT k.name, count(*) FILTER (WHERE t.done), count(*) FILTER (WHERE t.counts)
		FROM (VALUES ('2 DVDV-Einträge', 'k_dvdv'), ('2 Zertifikate', 'k_cert'), ('2 Basisdienst E-Payment', 'k_payment'), ('3 Leitfäden', 'l_guide')) k (name, key)
		LEFT JOIN task t ON t.key = k.key GROUP BY k.name
		UNION ALL
		SELECT '1 Entscheidungen im Termin', count(*) FILTER (WHERE outcome <> '' AND (decided_at AT TIME ZONE 'Europe/Berlin')::date <= due_on), count(*)
		FROM asked WHERE due_on IS NOT NULL AND state <> 'withdrawn' AND (outcome <> '' OR due_on < $3::date)
		UNION ALL
		SELECT '1 Rollen benannt', count(*) FILTER (WHERE 2 = (
			SELECT count(DISTINCT f.details ->> 'role') FROM portal.profile_fact f
			WHERE f.land_id = b.land_id AND f.org_id = b.org_id AND f.kind = 'contact' AND f.details ->> 'role' IN ('Koordination', 'Stellvertretung'))), count(*) FROM body b
		UNION ALL
		SELECT '2 Finanzierung', count(*) FILTER (WHERE EXISTS (
			SELECT FROM portal.funding f WHERE f.land_id = s.land_id AND f.service_id = s.service_id AND f.kind = 'funding' AND f.withdrawn_at IS NULL AND $3::date BETWEEN f.from_on AND f.to_on)), count(*) FROM started s
		UNION ALL
		SELECT '3 Steckbriefe vollständig', count(*) FILTER (WHERE v.operator <> '' AND v.source <> '' AND v.topic_field <> '' AND v.checked_on IS NOT NULL AND v.ministry_id IS NOT NULL
			AND v.ozg_ids <> '{}' AND v.leika_keys <> '{}' AND v.transports <> '{}'), count(*) FROM started s JOIN portal.service v ON v.service_id = s.service_id AND v.land_id = s.land_id
		UNION ALL
		SELECT '3 Umfragen aktuell', count(DISTINCT b.org_id) FILTER (WHERE r.state IN ('accepted', 'confirmed_unchanged') AND r.submitted_at >= $3::date - interval '12 months'), count(DISTINCT b.org_id)
		FROM body b JOIN portal.survey_response r ON r.land_id = b.land_id AND r.org_id = b.org_id
		UNION ALL
		SELECT '4 Erfahrungen geteilt', count(*) FILTER (WHERE EXISTS (
			SELECT FROM portal.experience e WHERE e.land_id = b.land_id AND e.org_id = b.org_id AND e.withdrawn_at IS NULL)), count(*) FROM body b
		UNION ALL
		SELECT '4 Teilnahme an Terminen', count(*) FILTER (WHERE EXISTS (
			SELECT FROM portal.event_registration e JOIN portal.event v ON v.land_id = e.land_id AND v.event_id = e.event_id
			WHERE e.land_id = b.land_id AND e.org_id = b.org_id AND e.attended AND (v.starts_at AT TIME ZONE 'Europe/Berlin')::date >= $3::date - interval '12 months')), count(*) FROM body b
		UNION ALL
		SELECT '4 Fragen beantwortet', count(*) FILTER (WHERE q.state <> 'open'), count(*)
		FROM portal.question q JOIN reader r ON r.land_id = q.land_id
		WHERE q.kind = 'question' AND CASE $2 WHEN 'body' THEN q.org_id = r.org_id WHEN 'provider' THEN r.org_id IN (q.side_id, q.asker_id) WHEN 'ministry' THEN r.org_id IN (q.side_id, q.asker_id) ELSE true END
		UNION ALL
		SELECT 'Offene Auflagen', count(*), NULL
		FROM portal.condition c JOIN reader r ON r.land_id = c.land_id JOIN portal.decision d ON d.land_id = c.land_id AND d.decision_id = c.decision_id
		WHERE c.state IN ('open', 'reported') AND d.state = 'approved_with_conditions' AND ($2 = 'land' OR c.owner_id = r.org_id OR d.org_id = r.org_id)
	)
	SELECT jsonb_object_agg(name, part || coalesce(' von ' || whole, ''))::text FROM parts`

// TestTheLagebildIsWhatAnotherCountFinds compares the figures that each role reads with a recount, as the page says them.
func TestTheLagebildIsWhatAnotherCountFinds(t *testing.T) {
	t.Parallel()
	now := time.Now()
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	p.playForRecount(t, &now)
	for _, reader := range []struct {
		login, key, sees string
		figures          int      // at least as many as this are compared
		hidden           []string // parts of the pillars that say of bodies what the reader does not see
	}{
		{"land", "TMDI-OZG", "land", 20, nil},
		{"tmdi-referat", "TMDI", "ministry", 20, []string{"1 Rollen benannt"}},
		{"k16051", "16051", "body", 15, nil},
		{"tlrz", "TLRZ", "provider", 15, []string{"1 Rollen benannt", "3 Umfragen aktuell", "4 Teilnahme an Terminen"}},
		{"gremium", "BEIRAT", "committee", 7, nil},
	} {
		var want map[string]string
		must(t, json.Unmarshal([]byte(dbtest.Admin[string](t, p.World, recount, reader.key, reader.sees, now.Format(time.DateOnly))), &want))
		shown := p.look(t, reader.login, "/lagebild").counted()
		for _, name := range slices.Sorted(maps.Keys(shown)) {
			if expected, known := want[name]; !known {
				t.Errorf("%s reads %q (%s), which nobody recounts", reader.login, name, shown[name])
			} else if shown[name] == "entfällt" && (strings.HasSuffix(expected, " von 0") || slices.Contains(reader.hidden, name)) {
				continue
			} else if shown[name] != expected {
				t.Errorf("%s reads %q: %s, the recount says %s", reader.login, name, shown[name], expected)
			}
		}
		if len(shown) < reader.figures {
			t.Errorf("%s reads %d figures, want %d and more: %v", reader.login, len(shown), reader.figures, shown)
		}
	}
}

// counted are the key figures of a Lagebild and the parts of its pillars, by name: "3 von 44".
func (l lookedAt) counted() map[string]string {
	found := map[string]string{}
	for _, tile := range l.all(".app-kpi") {
		name := visible(cascadia.Query(tile, cascadia.MustCompile(".app-kpi__label")))
		value, _, _ := strings.Cut(strings.Join(strings.Fields(visible(cascadia.Query(tile, cascadia.MustCompile(".app-kpi__value")))), " "), " (")
		found[name] = strings.ReplaceAll(value, ".", "")
	}
	for i, pillar := range l.all(".app-pillar") {
		for _, part := range cascadia.QueryAll(pillar, cascadia.MustCompile(".app-pillar__parts > *")) {
			name := visible(cascadia.Query(part, cascadia.MustCompile("span")))
			value := strings.TrimSpace(strings.TrimPrefix(strings.Join(strings.Fields(visible(part)), " "), name))
			if value != "nicht erfasst" {
				found[strconv.Itoa(i+1)+" "+name] = strings.ReplaceAll(value, ".", "")
			}
		}
		for _, sum := range cascadia.QueryAll(pillar, cascadia.MustCompile("[aria-describedby] > p:first-child")) { // of a committee
			value, _, _ := strings.Cut(visible(sum), " Aufgabe")
			found[strconv.Itoa(i+1)+" Aufgaben"] = strings.ReplaceAll(value, ".", "")
		}
	}
	return found
}

// playForRecount lets enough happen that no two figures are alike by chance, and time pass.
func (p *portal) playForRecount(t *testing.T, now *time.Time) {
	t.Helper()
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	p.questionOf(t, "k16051")
	s := onboarding.NewService(p.DB)
	for _, body := range []string{"16051", "16077"} {
		must(t, s.ChangeStep(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", onboarding.StepInput{Version: 1, To: onboarding.Done, Evidence: "Akte"}))
	}
	later := now.AddDate(2, 0, 0)
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16052", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "Personal fehlt", ResumeOn: &later}))
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16053", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Exclude, Reason: "nicht zuständig"}))
	p.blockedBy(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_survey"})
	p.blockedBy(t, "k16077", hurdle.Where{Body: "16077", Service: "elterngeld", Step: "k_kickoff"})
	p.fundingOf(t, "wohngeld")
	p.conditionOf(t, "tmdi", "bauvorbescheid-und-baugenehmigung")
	p.factOf(t, "k16051")
	dbtest.Admin[int](t, p.World, `
		WITH clock AS MATERIALIZED (SELECT set_config('app.now', $1, true) AS at), went AS (
			UPDATE portal.onboarding o SET state = 'live', state_since = clock.at::timestamptz, live_on = $2::date, version = o.version + 1
			FROM clock, portal.service v, portal.organisation b
			WHERE v.land_id = o.land_id AND v.service_id = o.service_id AND v.slug = 'elterngeld' AND b.land_id = o.land_id AND b.org_id = o.org_id AND b.key IN ('16051', '16054', '16061', '16062')
			RETURNING 1)
		SELECT count(*)::int FROM went`, now.Format(time.RFC3339), now.Format(time.DateOnly))
	held := event.Input{ID: uuid.New(), Kind: event.Consultation, Title: "Sprechstunde", Place: "Erfurt", StartsAt: now.Add(-2 * time.Hour), EndsAt: now.Add(-time.Hour)}
	must(t, event.NewService(p.DB).Plan(t.Context(), p.As(t, "land"), held))
	must(t, event.NewService(p.DB).Attend(t.Context(), p.As(t, "land"), held.ID, 1, []string{"16051", "16055", "16077"}))
	*now = now.AddDate(0, 2, 0)
}
