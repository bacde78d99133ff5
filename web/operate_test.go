package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/operation"
	"rollinportal/internal/postgres"
	"rollinportal/web"
	"rollinportal/web/metrics"
)

// TestReadyMeansTheSchemaOfThisProgram: an instance takes requests when the database has what it needs, and goes on while
// a later version migrates.
func TestReadyMeansTheSchemaOfThisProgram(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := postgres.SchemaVersion()
	for _, c := range []struct {
		name   string
		shift  int64
		dirty  bool
		status int
	}{
		{"own schema", 0, false, http.StatusOK},
		{"older schema", -1, false, http.StatusServiceUnavailable},
		{"own migration broke off", 0, true, http.StatusServiceUnavailable},
		{"newer schema", 1, false, http.StatusOK},
		{"a newer migration is under way", 1, true, http.StatusOK},
	} {
		dbtest.Admin[int](t, p.World, `UPDATE public.schema_migrations SET version = $1, dirty = $2 RETURNING 1`, own+c.shift, c.dirty)
		if w := p.ask(t, "", "/readyz", nil); w.Code != c.status {
			t.Errorf("%s: /readyz %d, want %d", c.name, w.Code, c.status)
		}
	}
}

// TestAnInstanceThatEndsSendsEverybodyElsewhereAndStillAnswers is the moment between SIGTERM and the end of listening.
func TestAnInstanceThatEndsSendsEverybodyElsewhereAndStillAnswers(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.server.Drain()
	if w := p.ask(t, "", "/readyz", nil); w.Code != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", w.Code)
	}
	if w := p.ask(t, "", "/healthz", nil); w.Code != http.StatusOK {
		t.Errorf("/healthz: %d; nobody should kill it", w.Code)
	}
	if w := p.ask(t, "land", "/leistungen", nil); w.Code != http.StatusOK || w.Header().Get("Connection") != "close" {
		t.Errorf("a page: %d, Connection %q", w.Code, w.Header().Get("Connection"))
	}
}

func TestMetricsCountByRouteAndNameNobody(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	watch := metrics.New("abc123")
	watch.Connections("app", p.DB)
	watch.Connections("worker", p.Work)
	watch.Workload(operation.NewService(p.Work))
	p = p.again(t, func(c *web.Config) { c.Watch = watch })
	p.ask(t, "land", "/leistungen/wohngeld", nil)
	p.ask(t, "land", "/leistungen/gibt-es-nicht", nil)
	odd := httptest.NewRequest("MADEUP", "http://portal.test/leistungen", nil)
	p.server.ServeHTTP(httptest.NewRecorder(), odd)
	dbtest.Admin[int64](t, p.World, `INSERT INTO river.river_job (state, kind, args, attempt, finalized_at) VALUES ('discarded', 'round', '{"name":"remind"}', 25, now()) RETURNING id`)

	text := scrape(watch)
	for _, want := range []string{
		`portal_request_seconds_count{method="GET",route="/leistungen/{leistung}",status="200"} 1`,
		`portal_request_seconds_count{method="GET",route="/leistungen/{leistung}",status="404"} 1`,
		`portal_request_seconds_count{method="other",route="-",status="404"} 1`,
		`portal_db_connections{pool="app",state="most"} 4`,
		`portal_db_connections{pool="worker",state="most"} 4`,
		`portal_work{state="discarded",what="job"} 1`,
		`revision="abc123"`, `go_goroutines `, `process_resident_memory_bytes `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in\n%s", want, text)
		}
	}
	ids := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-|@|wohngeld|thueringen`)
	if found := ids.FindString(text); found != "" {
		t.Errorf("the figures name %q", found)
	}
}

// TestMetricsAnswerWhileTheDatabaseIsAway: then more than ever somebody looks at them.
func TestMetricsAnswerWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	watch := metrics.New("abc123")
	watch.Workload(operation.NewService(p.Work))
	p.away(t, true)
	if text := scrape(watch); !strings.Contains(text, "portal_build_info") || strings.Contains(text, "portal_work{") {
		t.Errorf("without a database:\n%s", text)
	}
}

func scrape(w *metrics.Watch) string {
	out := httptest.NewRecorder()
	w.ServeHTTP(out, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return out.Body.String()
}
