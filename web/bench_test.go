package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// BenchmarkPages measures pages over 22 bodies × 20 services × 35 steps, beside a bare page as the yardstick: one
// query by primary key and 29 KB of templ through the same server.
func BenchmarkPages(b *testing.B) {
	c := &counter{}
	p := newPortal(b, c.option())
	p.grow(b, 20, 35)
	p.addBarePage()
	for _, page := range []struct{ name, login, path string }{
		{"bare", "land", "/bench/bare"},
		{"lagebild", "land", "/lagebild"},
		{"matrix-list", "land", "/roll-in"},
		{"checklist", "k16051", "/kommunen/16051/leistungen/bench-01"},
		{"home-body", "k16051", "/aufgaben"},
		{"tasks-overdue", "land", "/aufgaben?status=ueberfaellig"},
		{"services", "land", "/leistungen"},
	} {
		b.Run(page.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if w := p.ask(b, page.login, page.path, nil); w.Code != http.StatusOK {
					b.Fatalf("%s: %d", page.path, w.Code)
				}
			}
			c.reset()
			w := p.ask(b, page.login, page.path, nil)
			b.ReportMetric(float64(len(c.counted())), "statements/op")
			b.ReportMetric(float64(w.Body.Len())/1024, "KB/op")
		})
	}
}

// BenchmarkStepUpdate measures setting a step to work and back: form, transaction, audit, progress.
func BenchmarkStepUpdate(b *testing.B) {
	c := &counter{}
	p := newPortal(b, c.option())
	p.grow(b, 20, 35)
	path := "/kommunen/16051/leistungen/bench-01/aufgaben/k_01"
	version := 1
	b.ReportAllocs()
	for b.Loop() {
		form := url.Values{"version": {strconv.Itoa(version)}, "to": {"in_progress"}}
		if version%2 == 0 {
			form = url.Values{"version": {strconv.Itoa(version)}, "to": {"done"}, "evidence": {"Akte"}}
		} else if version > 1 {
			form.Set("reason", "doch noch offen")
		}
		c.reset()
		if w := p.ask(b, "k16051", path, form); w.Code != http.StatusSeeOther {
			b.Fatalf("%s: %d\n%s", path, w.Code, w.Body)
		}
		version++
	}
	b.ReportMetric(float64(len(c.counted())), "statements/op")
}

func (p *portal) addBarePage() {
	shell := page.Shell{}
	p.server.AddRoute(page.Desk{Shell: shell}, "/bench/bare", func(w http.ResponseWriter, r *http.Request, who access.Actor) error {
		var name string
		err := p.DB.Read(r.Context(), who, access.HomeView, func(tx *postgres.Tx) error {
			return tx.QueryRow(r.Context(), `SELECT name FROM portal.organisation WHERE land_id = @land AND org_id = @org`,
				pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()}).Scan(&name)
		})
		if err != nil {
			return err
		}
		return shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: name}, barePage())
	})
}

// barePage is 29 KB of links, as templ writes them.
func barePage() templ.Component {
	links := make([]ui.Link, 0, 400)
	for i := range 400 {
		links = append(links, ui.Link{Text: fmt.Sprintf("Eintrag %03d", i), URL: fmt.Sprintf("/leistungen/eintrag-%03d", i)})
	}
	return ui.LinkList(links)
}

// grow adds services that are rolled in everywhere, each with a number of steps per body. State is inserted here:
// speed is measured, not history.
func (p *portal) grow(b testing.TB, services, steps int) {
	b.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, p.AdminURL)
	must(b, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, strings.NewReplacer("@services", strconv.Itoa(services), "@steps", strconv.Itoa(steps)).Replace(growSQL))
	must(b, err)
}

const growSQL = `
CREATE TEMP TABLE l AS SELECT l.land_id, o.org_id AS coord, m.org_id AS ministry, gen_random_uuid() AS version, p.person_id
	FROM portal.land l
	JOIN portal.organisation o ON o.land_id = l.land_id AND o.kind = 'state_coordination' AND o.valid_to IS NULL
	JOIN portal.organisation m ON m.land_id = l.land_id AND m.key = 'TMDI'
	JOIN auth.person p ON p.subject = 'land'
	WHERE l.key = 'thueringen';
INSERT INTO portal.template_version (land_id, org_id, template_version_id, name, no, content_hash, published_at, published_by)
	SELECT land_id, coord, version, 'bench', 1, '\x00', now(), person_id FROM l;
INSERT INTO portal.template_step (land_id, template_version_id, key, no, title, description, pillar, phase, responsible, predecessors, duration_days, scope, evidence)
	SELECT land_id, version, 'k_' || to_char(i, 'FM00'), i, 'Schritt ' || i, 'Beschreibung ' || i, 1 + i % 4,
		(ARRAY['vorbereitung', 'organisation', 'technik', 'test', 'go_live'])[1 + i * 5 / (@steps + 1)], 'kommune',
		CASE WHEN i > 5 THEN ARRAY['k_' || to_char(i - 5, 'FM00')] ELSE '{}' END, 5, 'kommune', 'Nachweis'
	FROM l, generate_series(1, @steps) i;
CREATE TEMP TABLE s AS SELECT gen_random_uuid() AS service_id, gen_random_uuid() AS decision_id, i FROM generate_series(1, @services) i;
INSERT INTO portal.service (land_id, org_id, service_id, slug, name, execution_level, competence, ministry_id, published_at, changed_by, created_at)
	SELECT land_id, coord, service_id, 'bench-' || to_char(i, 'FM00'), 'Bench ' || i, 'kreis', 'all', ministry, now(), person_id, now() FROM l, s;
INSERT INTO portal.service_body SELECT l.land_id, s.service_id, o.org_id
	FROM l, s, portal.organisation o WHERE o.land_id = l.land_id AND o.kind IN ('district', 'independent_city');
INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, requested_by, requested_at, submitted_by, submitted_at, decided_by, decided_at, outcome, reason, state_since)
	SELECT land_id, ministry, decision_id, service_id, 1, 'approved', gen_random_uuid(), now(), gen_random_uuid(), now(), gen_random_uuid(), now(), 'approved', 'bench', now() FROM l, s;
INSERT INTO portal.rollin (land_id, org_id, service_id, decision_id, template_version_id, started_by, started_at)
	SELECT land_id, coord, service_id, decision_id, version, person_id, now() FROM l, s;
INSERT INTO portal.onboarding (land_id, org_id, onboarding_id, service_id, state, state_since, target_on, live_on, steps_relevant, steps_done)
	SELECT b.land_id, b.org_id, gen_random_uuid(), b.service_id,
		(ARRAY['connecting', 'testing', 'live'])[1 + i % 3], now(), current_date + 30, CASE WHEN i % 3 = 2 THEN current_date END, @steps, @steps / 2
	FROM portal.service_body b JOIN s USING (service_id);
INSERT INTO portal.step (land_id, org_id, step_id, scope, key, service_id, onboarding_id, template_version_id, state, due_on, state_since, changed_by)
	SELECT o.land_id, o.org_id, gen_random_uuid(), 'kommune', t.key, o.service_id, o.onboarding_id, l.version,
		CASE WHEN t.no > 1 AND t.no <= @steps / 2 + 1 THEN 'done' ELSE 'open' END, current_date - 40 + t.no * 2, now(), l.person_id
	FROM portal.onboarding o JOIN s USING (service_id), l, portal.template_step t WHERE t.template_version_id = l.version;
INSERT INTO portal.progress (land_id, org_id, service_id, pillar, scope, relevant, done, active)
	SELECT t.land_id, t.org_id, t.service_id, ts.pillar, 'kommune', count(*), count(*) FILTER (WHERE t.state = 'done'), 0
	FROM portal.step t JOIN portal.template_step ts USING (land_id, template_version_id, key) GROUP BY 1, 2, 3, 4;
ANALYZE;`
