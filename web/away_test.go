package web_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
	"rollinportal/web"
)

// TestDatabaseAwayIsAPageAndNoRestart cuts the portal off from its database and lets it come back.
func TestDatabaseAwayIsAPageAndNoRestart(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.token(t, "land")
	form := url.Values{"version": {"1"}, "name": {"Mein langer Text"}}

	p.away(t, true)
	w := p.ask(t, "land", "/leistungen", nil)
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Die Datenbank antwortet gerade nicht") {
		t.Errorf("page without database: %d", w.Code)
	}
	w = p.ask(t, "land", "/leistungen/wohngeld", form)
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Mein langer Text") {
		t.Errorf("form without database: %d; what was typed must still be there", w.Code)
	}
	if w := p.ask(t, "", "/readyz", nil); w.Code != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", w.Code)
	}
	for _, path := range []string{"/healthz", "/impressum"} {
		if w := p.ask(t, "", path, nil); w.Code != http.StatusOK {
			t.Errorf("%s without database: %d", path, w.Code)
		}
	}

	p.away(t, false)
	if w := p.ask(t, "land", "/leistungen", nil); w.Code != http.StatusOK {
		t.Errorf("after the database is back: %d", w.Code)
	}
}

// TestASilentDatabaseIsAPageWithinThreeSeconds: nobody waits for a server that does not even refuse.
func TestASilentDatabaseIsAPageWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.token(t, "land")
	silent, err := net.Listen("tcp", "127.0.0.1:0") // the kernel accepts, and nobody ever answers
	must(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	p.DB, err = postgres.Open(t.Context(), "postgres://portal_app@"+silent.Addr().String()+"/portal?sslmode=disable")
	must(t, err)
	t.Cleanup(p.DB.Close)
	q := p.again(t, func(*web.Config) {})
	q.tokens = p.tokens
	var slowest time.Duration
	var mu sync.Mutex
	answers := rush(12, func(i int) int {
		began := time.Now()
		w := q.ask(t, "land", "/leistungen/wohngeld", []url.Values{nil, {"version": {"1"}, "name": {"Mein langer Text"}}}[i%2])
		if i%2 == 1 && !strings.Contains(w.Body.String(), "Mein langer Text") {
			t.Error("what was typed is lost")
		}
		mu.Lock()
		defer mu.Unlock()
		slowest = max(slowest, time.Since(began))
		return w.Code
	})
	if answers[http.StatusServiceUnavailable] != 12 || slowest > 3*time.Second {
		t.Errorf("without a word from the database: %v after at most %s", answers, slowest)
	}
	t.Logf("P10: %v, the slowest after %s", answers, slowest)
}

// away closes the database to everybody and ends all connections, or opens it again.
func (p *portal) away(t *testing.T, closed bool) {
	t.Helper()
	ctx := context.Background()
	config, err := pgx.ParseConfig(p.AdminURL)
	must(t, err)
	name := pgx.Identifier{config.Database}.Sanitize()
	config.Database = "postgres"
	conn, err := pgx.ConnectConfig(ctx, config)
	must(t, err)
	defer conn.Close(ctx)
	open := "true"
	if closed {
		open = "false"
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+name+` ALLOW_CONNECTIONS `+open)
	must(t, err)
	_, err = conn.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE '"' || datname || '"' = $1`, name)
	must(t, err)
}

func TestBadInputIsAnsweredInGerman(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for name, c := range map[string]struct {
		path   string
		form   url.Values
		status int
		text   string
	}{
		"unknown page":      {"/gibt-es-nicht", nil, http.StatusNotFound, "Diese Seite gibt es nicht"},
		"unknown service":   {"/leistungen/gibt-es-nicht", nil, http.StatusNotFound, "Diese Seite gibt es nicht"},
		"malformed id":      {"/entscheidungen/%00", nil, http.StatusNotFound, "Diese Seite gibt es nicht"},
		"odd page number":   {"/leistungen?seite=-7", nil, http.StatusOK, "Leistungen"},
		"huge page number":  {"/leistungen?seite=999999", nil, http.StatusOK, "Keine Leistung passt"},
		"zero byte search":  {"/leistungen?suche=%00", nil, http.StatusOK, "Leistungen"},
		"broken utf-8":      {"/leistungen?suche=%ff", nil, http.StatusOK, "Leistungen"},
		"unknown sort":      {"/leistungen?sortierung=;drop", nil, http.StatusOK, "34 Leistungen"},
		"unknown field":     {"/leistungen", url.Values{"land_id": {"x"}}, http.StatusUnprocessableEntity, "unbekanntes Feld"},
		"doubled field":     {"/leistungen", url.Values{"name": {"x", "y"}}, http.StatusUnprocessableEntity, "ein Feld doppelt"},
		"no version":        {"/leistungen/wohngeld", url.Values{"name": {"x"}}, http.StatusUnprocessableEntity, "Laden Sie die Seite neu"},
		"body over one MiB": {"/leistungen", url.Values{"name": {strings.Repeat("x", 1<<20+1)}}, http.StatusRequestEntityTooLarge, "zu groß"},
	} {
		w := p.ask(t, "land", c.path, c.form)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.text) {
			t.Errorf("%s: %d, want %d with %q", name, w.Code, c.status, c.text)
		}
	}
}
