package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/postgres"
)

// sound is a whole configuration with which serve gets as far as its checks; nothing listens behind the database's address.
var sound = map[string]string{
	"DATABASE_URL": "postgres://portal_app:geheim@127.0.0.1:1/portal", "WORKER_DATABASE_URL": "postgres://portal_worker:geheim@127.0.0.1:1/portal",
	"MIGRATE_DATABASE_URL": "postgres://portal_migrate:geheim@127.0.0.1:1/portal",
	"OIDC_ISSUER":          "https://idp.example/realms/x", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "geheim",
	"PORTAL_URL": "https://portal.example", "PORTAL_ADDR": "127.0.0.1:0",
}

// misfits are values that nobody can mean, for every setting, with a word of the line that says so. "any" settings take every
// text.
var misfits = map[string]map[string]string{
	"DATABASE_URL":                {"quatsch geheim": "DATABASE_URL is no address like postgres://portal_app"},
	"WORKER_DATABASE_URL":         {"quatsch geheim": "WORKER_DATABASE_URL is no address"},
	"MIGRATE_DATABASE_URL":        {"quatsch geheim": "MIGRATE_DATABASE_URL is no address"},
	"OIDC_ISSUER":                 {"quatsch": `OIDC_ISSUER "quatsch" is no address`, "ldap://x.example": "is no address", "http://idp.example/x": "plain http", "http://127.0.0.1:8180/x": "plain http"},
	"AUDIT_KEY":                   {"geheim": "AUDIT_KEY is no key as portal audit key"},
	"AUDIT_PUBLIC_KEYS":           {"quatsch": "is no list of public keys"},
	"OIDC_CLIENT_ID":              {"": "missing: OIDC_CLIENT_ID"},
	"OIDC_CLIENT_SECRET":          {"": "missing: OIDC_CLIENT_SECRET"},
	"OIDC_CLIENT_SECRET_NEXT":     nil,
	"OIDC_SCOPES":                 nil,
	"OIDC_ACR":                    nil,
	"OIDC_MAX_AGE":                {"zwölf": "OIDC_MAX_AGE", "-1h": "less than nothing"},
	"OTEL_EXPORTER_OTLP_ENDPOINT": {"quatsch": "is no address like http://127.0.0.1:4318"},
	"PORTAL_ADDR":                 {"quatsch": "is no address like 127.0.0.1:8080", "127.0.0.1:99999": "is no address"},
	"PORTAL_METRICS_ADDR":         {"quatsch": "is no address like 127.0.0.1:9100"},
	"PORTAL_URL":                  {"quatsch": "is no address like https://portal.example.org", "ftp://x.example": "is no address"},
	"PORTAL_RATE":                 {"viel": "PORTAL_RATE", "-1": "less than nothing"},
	"PORTAL_PROXIES":              {"viele": "PORTAL_PROXIES", "-1": "less than nothing"},
	"PORTAL_SHUTDOWN_DELAY":       {"5": "PORTAL_SHUTDOWN_DELAY", "-5s": "less than nothing"},
	"PORTAL_TYPST":                {"/gibt/es/nicht": "is no command"},
	"PORTAL_PG_BIN":               {"/gibt/es/nicht": "is no folder"},
	"PORTAL_DEMO_DIR":             nil,
	"SMTP_ADDR":                   {"mail": "is no address like mail.example.org:587", "mail.example:x": "is no address", "mail.example:25": "missing: SMTP_FROM"},
	"SMTP_FROM":                   {"quatsch": "is no mail address"},
	"SMTP_BOUNCES":                {"quatsch": "is no mail address"},
	"SMTP_TLS":                    {"ein bisschen": "smtp-tls must be one of"},
	"SMTP_USER":                   {"portal": "missing: SMTP_PASSWORD"},
	"SMTP_PASSWORD":               {"geheim": "missing: SMTP_USER"},
}

// TestEverySettingThatCannotBeMeantStopsWithOneLine tries each setting of each command missing, empty and wrong.
func TestEverySettingThatCannotBeMeantStopsWithOneLine(t *testing.T) {
	var c commands
	parser, err := kong.New(&c, kong.Name("portal"))
	must(t, err)
	tried := 0
	for _, s := range settings(parser.Model.Node) {
		wrong, known := misfits[s.Name]
		if !known {
			t.Errorf("nothing is tried with %s", s.Name)
			continue
		}
		command := commandOf(s.Commands)
		if s.Required {
			stops(t, command, s.Name, "", "missing: "+s.Name)
			tried++
		}
		for value, want := range wrong {
			stops(t, command, s.Name, value, want)
			tried++
		}
	}
	if tried < 35 {
		t.Errorf("only %d values were tried", tried)
	}
}

// commandOf chooses a command that reads a setting, serve where it can be.
func commandOf(names []string) []string {
	for _, name := range append([]string{"serve"}, names...) {
		switch {
		case name == "serve" && strings.Contains(" "+strings.Join(names, " ")+" ", " serve "):
			return []string{"serve"}
		case name == "migrate":
			return []string{"migrate"}
		case strings.HasPrefix(name, "backup"):
			return []string{"backup", "ordner"}
		}
	}
	return strings.Fields(names[0])
}

// stops demands that a command with a setting of that value ends at once, with one line that repeats no secret.
func stops(t *testing.T, command []string, name, value, want string) {
	t.Helper()
	t.Run(name+"="+value, func(t *testing.T) {
		for n, v := range sound {
			t.Setenv(n, v)
		}
		if strings.HasPrefix(name, "SMTP_") {
			t.Setenv("SMTP_ADDR", "mail.example:587")
			t.Setenv("SMTP_FROM", "portal@land.example")
			if name == "SMTP_ADDR" {
				t.Setenv("SMTP_FROM", "")
			}
		}
		t.Setenv(name, value)
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // what is not refused ends by itself
		var out bytes.Buffer
		err := run(ctx, command, nil, &out, &out)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "geheim") {
			t.Errorf("portal %s: %v, want one line with %q", strings.Join(command, " "), err, want)
		}
	})
}

// TestAMailServerElsewhereNeedsTLS: none is for the same machine.
func TestAMailServerElsewhereNeedsTLS(t *testing.T) {
	t.Parallel()
	for addr, allowed := range map[string]bool{"127.0.0.1:25": true, "localhost:25": true, "[::1]:25": true, "mail.example.org:25": false, "10.0.0.1:25": false} {
		_, err := mailAccess{SMTPAddr: addr, SMTPTLS: "none", SMTPFrom: "portal@land.example"}.server()
		if (err == nil) != allowed {
			t.Errorf("SMTP_TLS=none with %s: %v", addr, err)
		}
	}
}

// TestServeRefusesADatabaseThatIsNotSafe: a role of another duty, one that nobody lets in, and tables without their walls.
func TestServeRefusesADatabaseThatIsNotSafe(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	serve := func(database string, more ...string) error {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var out bytes.Buffer
		return run(ctx, append([]string{"serve", "--database-url", database, "--issuer", "https://issuer.test", "--client-id", "x", "--client-secret", "y", "--addr", "127.0.0.1:0"}, more...), nil, &out, &out)
	}
	nobody := strings.Replace(w.URL, "portal_app", "gibt_es_nicht", 1)
	for what, err := range map[string]error{
		"a worker's role": serve(w.WorkerURL), "an unknown role": serve(nobody), "the app's role for workers": serve(w.URL, "--worker-url", w.URL),
	} {
		if err == nil || !strings.Contains(err.Error(), "not safe") {
			t.Errorf("%s: %v", what, err)
		}
	}
	conn := connectTo(t, w.AdminURL)
	_, err := conn.Exec(t.Context(), `ALTER TABLE portal.step NO FORCE ROW LEVEL SECURITY`)
	must(t, err)
	if err := serve(w.URL); err == nil || !strings.Contains(err.Error(), "row-level security is off for step") {
		t.Errorf("a table without forced row security: %v", err)
	}
}

// TestEveryCommandNamesAtOnceWhatItLacks, in the order in which one sets it, and a mail server is told to come again.
func TestEveryCommandNamesAtOnceWhatItLacks(t *testing.T) {
	for name := range misfits {
		t.Setenv(name, "")
		must(t, os.Unsetenv(name))
	}
	land := []string{"--land", "x", "--coordination", "y"}
	file := t.TempDir()
	for _, c := range []struct {
		command []string
		lacks   string
		code    int
	}{
		{[]string{"serve"}, "DATABASE_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET", 1},
		{[]string{"work"}, "WORKER_DATABASE_URL, PORTAL_URL", 1},
		{[]string{"bounce"}, "WORKER_DATABASE_URL", exitLater},
		{[]string{"migrate"}, "MIGRATE_DATABASE_URL", 1},
		{append([]string{"import"}, land...), "MIGRATE_DATABASE_URL, DATABASE_URL", 1},
		{append([]string{"verify", "progress"}, land...), "MIGRATE_DATABASE_URL, DATABASE_URL", 1},
		{[]string{"member", "add", "--land", "x", "--org", "y", "--role", "LK", "--subject", "1", "--name", "N"}, "MIGRATE_DATABASE_URL, OIDC_ISSUER", 1},
		{[]string{"audit", "verify"}, "MIGRATE_DATABASE_URL", 1},
		{[]string{"erasures", "list"}, "MIGRATE_DATABASE_URL", 1},
		{[]string{"backup", "x"}, "MIGRATE_DATABASE_URL", 1},
		{[]string{"restore", file}, "MIGRATE_DATABASE_URL", 1},
	} {
		var out bytes.Buffer
		err := run(t.Context(), c.command, strings.NewReader("From: a@b.example\n\nkein Bericht"), &out, &out)
		want := "missing: " + c.lacks + " (portal config lists every setting)"
		if err == nil || err.Error() != want || codeOf(err) != c.code {
			t.Errorf("portal %s: %v, want %q and %d", strings.Join(c.command, " "), err, want, c.code)
		}
	}
}

// TestADatabaseThatWasNotMigratedIsCalledThat by whoever meets it first.
func TestADatabaseThatWasNotMigratedIsCalledThat(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	conn := connectTo(t, w.AdminURL)
	_, err := conn.Exec(t.Context(), `DROP SCHEMA portal, auth, river, ctx CASCADE; TRUNCATE public.schema_migrations`)
	must(t, err)
	land := []string{"--database-url", w.URL, "--land", "x", "--coordination", "y"}
	for _, c := range [][]string{
		append([]string{"verify", "progress"}, land...), append([]string{"import"}, land...), {"audit", "verify"}, {"erasures", "list"},
	} {
		var out bytes.Buffer
		err := run(t.Context(), append(c, "--owner-url", w.AdminURL), nil, &out, &out)
		if err == nil || !strings.Contains(err.Error(), "run portal migrate") || strings.Contains(err.Error(), "\n") {
			t.Errorf("portal %s: %v, want one line that says to migrate", strings.Join(c, " "), err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	var out bytes.Buffer
	must(t, run(ctx, []string{"serve", "--database-url", w.URL, "--issuer", "https://issuer.test", "--client-id", "x", "--client-secret", "y", "--addr", "127.0.0.1:0", "--announce", "0s"}, nil, &out, &out))
	if !strings.Contains(out.String(), "run portal migrate") {
		t.Errorf("serve says %q", out.String())
	}
}

// TestTheRunbooksSecondLoginsDoTheWorkOfTheFirst: a password is changed without a gap (docs/runbooks/keys.md). A login that could
// become more than its role is refused.
func TestTheRunbooksSecondLoginsDoTheWorkOfTheFirst(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	conn := connectTo(t, w.AdminURL)
	defer func() {
		_, err := conn.Exec(context.Background(), `DROP ROLE portal_app_b, portal_worker_b, portal_app_strong`)
		must(t, err)
	}()
	_, err := conn.Exec(t.Context(), block(t, "keys.md", "sql logins")+`
		CREATE ROLE portal_app_strong LOGIN NOINHERIT IN ROLE portal_app, portal_owner; ALTER ROLE portal_app_strong SET role = 'portal_app'`)
	must(t, err)
	for url, want := range map[string]struct {
		duty postgres.Duty
		safe bool
	}{
		strings.Replace(w.URL, "portal_app@", "portal_app_b@", 1):             {postgres.Serving, true},
		strings.Replace(w.WorkerURL, "portal_worker@", "portal_worker_b@", 1): {postgres.Working, true},
		strings.Replace(w.URL, "portal_app@", "portal_app_strong@", 1):        {postgres.Serving, false},
	} {
		db, err := postgres.Open(t.Context(), url)
		must(t, err)
		err = db.CheckRole(t.Context(), want.duty)
		if errors.Is(err, postgres.ErrUnsafe) == want.safe || err != nil && want.safe {
			t.Errorf("%s: %v", url, err)
		}
		db.Close()
	}
	db, err := postgres.Open(t.Context(), strings.Replace(w.URL, "portal_app@", "portal_app_b@", 1))
	must(t, err)
	defer db.Close()
	if _, _, err := catalog.New(db).List(t.Context(), w.As(t, "land"), catalog.Filter{}); err != nil {
		t.Errorf("a look at the catalogue: %v", err)
	}
}

// block is what a runbook has people type, by the words after its fence.
func block(t *testing.T, runbook, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/runbooks/" + runbook)
	must(t, err)
	_, rest, found := strings.Cut(string(text), "```"+name+"\n")
	typed, _, ended := strings.Cut(rest, "\n```")
	if !found || !ended {
		t.Fatalf("%s has no block %q", runbook, name)
	}
	return typed + "\n"
}
