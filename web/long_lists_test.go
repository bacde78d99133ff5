package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// many are ten thousand of everything that the lists about decisions show, written past use cases and triggers.
var many = []string{
	`SET session_replication_role = replica`,
	`INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, requested_by, requested_at, state_since)
	 SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, 1000 + n, 'withdrawn', gen_random_uuid(), now(), now()
	 FROM portal.service s JOIN portal.land l USING (land_id), generate_series(1, 10000) n WHERE s.slug = 'wohngeld' AND l.key = 'thueringen'`,
	`INSERT INTO portal.matter (land_id, org_id, matter_id, no, question, decider, due_on, made_at, changed_by)
	 SELECT o.land_id, o.org_id, gen_random_uuid(), 1000 + n, 'Frage ' || n, 'Beirat', portal.today() + n % 900, now(), gen_random_uuid()
	 FROM portal.organisation o, generate_series(1, 10000) n WHERE o.key = 'TMDI-OZG'`,
	`INSERT INTO portal.funding (land_id, org_id, funding_id, service_id, kind, purpose, payer, cents, from_on, to_on, source, saved_by, saved_at)
	 SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, 'contract', 'reuse', 'land', 100, portal.today() - 30, portal.today() + n % 60, 'erfunden', gen_random_uuid(), now()
	 FROM portal.service s JOIN portal.land l USING (land_id), generate_series(1, 10000) n WHERE s.slug = 'wohngeld' AND l.key = 'thueringen'`,
	`WITH d AS (
	   INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, outcome, requested_by, requested_at, submitted_by, decided_by, decided_at, reason, state_since)
	   SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, 1, 'approved_with_conditions', 'approved_with_conditions', gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), now(), 'geeignet', now()
	   FROM portal.service s JOIN portal.land l USING (land_id) WHERE s.slug = 'wohngeld' AND l.key = 'thueringen'
	   RETURNING land_id, org_id, decision_id, service_id
	 ), c AS (
	   INSERT INTO portal.decision_condition (land_id, org_id, decision_id, no, text, owner, due_on)
	   SELECT d.land_id, d.org_id, d.decision_id, n, 'Auflage ' || n, 'TMDI', portal.today() - 400 + n % 800 FROM d, generate_series(1, 10000) n
	   RETURNING land_id, org_id, decision_id, no
	 )
	 INSERT INTO portal.condition (land_id, org_id, decision_id, no, service_id, owner_id, function)
	 SELECT c.land_id, c.org_id, c.decision_id, c.no, d.service_id, c.org_id, '' FROM c JOIN d USING (decision_id)`,
}

func TestListsAboutDecisionsHoldWithNothingAndWithTenThousand(t *testing.T) {
	t.Parallel()
	c := &counter{}
	p := newPortal(t, c.option())
	looks := func(path, want string) {
		t.Helper()
		p.holds(t, c, path, want)
	}
	looks("/entscheidungen", "Noch")
	looks("/entscheidungen/grundsatz", "Keine Frage ist eingetragen.")
	looks("/fristen", "endet nichts")
	looks("/auflagen", "Hier ist keine Auflage.")
	p.runAll(t, many)
	const pages = "Seite 2 von 200"
	looks("/entscheidungen?seite=2", "Seite 2 von 201")
	looks("/entscheidungen?seite=200&sortierung=-frist", "Seite 200 von 201")
	looks("/entscheidungen/grundsatz?seite=2", pages)
	looks("/entscheidungen/grundsatz?seite=2&sortierung=-frage", pages)
	looks("/entscheidungen/grundsatz?suche=Frage+10000", "Frage 10000")
	looks("/fristen?seite=2", pages)
	looks("/auflagen?seite=2", pages)
	looks("/auflagen?stand=ueberfaellig", "Seite 1 von 1")
	looks("/", "Lagebild")
}

// holds looks at a page as the Land: it says what it must, in few statements and not too many bytes.
func (p *portal) holds(t *testing.T, c *counter, path, want string) {
	t.Helper()
	p.token(t, "land")
	c.reset()
	began := time.Now()
	w := p.ask(t, "land", path, nil)
	t.Logf("%s: %d KB in %d ms", path, w.Body.Len()>>10, time.Since(began).Milliseconds())
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
		t.Errorf("%s: %d, without %q", path, w.Code, want)
	}
	if n := len(c.counted()); n > statementsOfPage {
		t.Errorf("%s costs %d statements", path, n)
	}
	if n := w.Body.Len(); n > 200_000 {
		t.Errorf("%s has %d bytes", path, n)
	}
}

// runAll writes past use cases, and counts afterwards as autovacuum does.
func (p *portal) runAll(t *testing.T, statements []string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), p.AdminURL)
	must(t, err)
	defer conn.Close(t.Context())
	for _, statement := range append(statements[:len(statements):len(statements)], `ANALYZE`) {
		_, err := conn.Exec(t.Context(), statement)
		must(t, err)
	}
}

// manyDates are ten thousand events, half of them past, as many rounds of the survey, and as many obstacles.
var manyDates = []string{
	`SET session_replication_role = replica`,
	`INSERT INTO portal.event (land_id, org_id, event_id, kind, title, place, starts_at, ends_at, made_at, changed_by)
	 SELECT o.land_id, o.org_id, gen_random_uuid(), 'consultation', 'Sprechstunde ' || n, 'Erfurt', now() + (n - 5000) * interval '1 hour', now() + (n - 4999) * interval '1 hour', now(), gen_random_uuid()
	 FROM portal.organisation o, generate_series(1, 10000) n WHERE o.key = 'TMDI-OZG'`,
	`INSERT INTO portal.survey_round (land_id, org_id, round_id, title, state, closes_on, made_at, opened_at, closed_at, published_at, results, changed_by)
	 SELECT o.land_id, o.org_id, gen_random_uuid(), 'Runde ' || n, 'published', portal.today() - n, now(), now() - n * interval '1 day', now(), now(), '{}', gen_random_uuid()
	 FROM portal.organisation o, generate_series(1, 10000) n WHERE o.key = 'TMDI-OZG'`,
	`WITH o AS (
	   INSERT INTO portal.obstacle (land_id, org_id, obstacle_id, no, text, dimension, service_id, step_key, step_title, state, state_since, reported_at)
	   SELECT o.land_id, o.org_id, gen_random_uuid(), n, 'Schnittstelle fehlt, Fall ' || n, 'technical', v.service_id, 'k_kickoff', 'Auftakt', 'reported', now(), now() - n * interval '1 hour'
	   FROM portal.organisation o JOIN portal.service v ON v.land_id = o.land_id AND v.slug = 'wohngeld', generate_series(1, 10000) n WHERE o.key = 'TMDI-OZG'
	   RETURNING land_id, obstacle_id, service_id, reported_at
	 )
	 INSERT INTO portal.obstacle_affected (land_id, org_id, obstacle_id, step_id, service_id, basis, blocking, since)
	 SELECT o.land_id, b.org_id, o.obstacle_id, gen_random_uuid(), o.service_id, false, false, o.reported_at
	 FROM o JOIN portal.organisation b ON b.land_id = o.land_id AND b.key IN ('16051', '16052')`,
}

func TestListsOfDatesAndObstaclesHoldWithNothingAndWithTenThousand(t *testing.T) {
	t.Parallel()
	c := &counter{}
	p := newPortal(t, c.option())
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	looks := func(path, want string) {
		t.Helper()
		p.holds(t, c, path, want)
	}
	looks("/termine", "app-empty")
	looks("/umfragen", "app-empty")
	looks("/huerden", "Keine offenen Hürden.")
	p.runAll(t, manyDates)
	looks("/termine?seite=2", "Seite 2 von 1")
	looks("/termine?zeit=vergangen&seite=100", "Seite 100 von 1")
	looks("/umfragen?seite=2", "Seite 2 von 500")
	looks("/huerden?seite=2", "Seite 2 von 200")
	looks("/huerden?seite=200&sortierung=-alter&art=technisch", "Seite 200 von 200")
	looks("/huerden?leistung=wohngeld&alter=ueber-60", "Hürde")
	looks("/lagebild", "Schnittstelle fehlt, Fall 10000")
	looks("/suche?q=Schnittstele", "10.000 Hürden")
	looks("/suche?q=Sprechstunde", "10.000 Termine")
	looks("/", "Lagebild")
}
