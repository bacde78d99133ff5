package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// many are ten thousand of everything that the lists about decisions show, written past use cases and triggers.
var many = []string{
	`SET session_replication_role = replica`,
	`INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, requested_by, requested_at, state_since)
	 SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, 1000 + n, 'withdrawn', gen_random_uuid(), now(), now()
	 FROM portal.service s JOIN portal.land l USING (land_id), generate_series(1, 10000) n WHERE s.slug = 'wohngeld' AND l.key = 'thueringen'`,
	`INSERT INTO portal.matter (land_id, org_id, matter_id, no, question, decider, due_on, made_at, changed_by)
	 SELECT o.land_id, o.org_id, gen_random_uuid(), 1000 + n, 'Frage ' || n, 'Beirat', current_date + n % 900, now(), gen_random_uuid()
	 FROM portal.organisation o, generate_series(1, 10000) n WHERE o.key = 'TMDI-OZG'`,
	`INSERT INTO portal.funding (land_id, org_id, funding_id, service_id, kind, purpose, payer, cents, from_on, to_on, source, saved_by, saved_at)
	 SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, 'contract', 'reuse', 'land', 100, current_date - 30, current_date + n % 60, 'erfunden', gen_random_uuid(), now()
	 FROM portal.service s JOIN portal.land l USING (land_id), generate_series(1, 10000) n WHERE s.slug = 'wohngeld' AND l.key = 'thueringen'`,
	`WITH d AS (
	   INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, outcome, requested_by, requested_at, submitted_by, decided_by, decided_at, reason, state_since)
	   SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, 1, 'approved_with_conditions', 'approved_with_conditions', gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), now(), 'geeignet', now()
	   FROM portal.service s JOIN portal.land l USING (land_id) WHERE s.slug = 'wohngeld' AND l.key = 'thueringen'
	   RETURNING land_id, org_id, decision_id, service_id
	 ), c AS (
	   INSERT INTO portal.decision_condition (land_id, org_id, decision_id, no, text, owner, due_on)
	   SELECT d.land_id, d.org_id, d.decision_id, n, 'Auflage ' || n, 'TMDI', current_date - 400 + n % 800 FROM d, generate_series(1, 10000) n
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
		p.token(t, "land")
		c.reset()
		w := p.ask(t, "land", path, nil)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, without %q", path, w.Code, want)
		}
		if n := len(c.counted()); n > statementsOfPage {
			t.Errorf("%s costs %d statements", path, n)
		}
		if n := w.Body.Len(); n > 300_000 {
			t.Errorf("%s has %d bytes", path, n)
		}
	}
	looks("/entscheidungen", "Noch")
	looks("/entscheidungen/grundsatz", "Keine Frage ist eingetragen.")
	looks("/fristen", "endet nichts")
	looks("/auflagen", "Hier ist keine Auflage.")
	conn, err := pgx.Connect(t.Context(), p.AdminURL)
	must(t, err)
	defer conn.Close(t.Context())
	for _, statement := range append(many[:len(many):len(many)], `ANALYZE`) { // as autovacuum does soon after
		_, err := conn.Exec(t.Context(), statement)
		must(t, err)
	}
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
