package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheReadmeListsEverySetting: operators read the README, the program reads its flags' tags, and both say the same.
func TestTheReadmeListsEverySetting(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := run(context.Background(), []string{"config", "--markdown"}, nil, &table, &table); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), table.String()) {
		t.Errorf("the README lacks this table, which `portal config --markdown` prints:\n%s", table.String())
	}
}

func TestConfigShowsWhatIsSetAndNoSecret(t *testing.T) {
	t.Setenv("OIDC_CLIENT_SECRET", "geheim-1")
	t.Setenv("DATABASE_URL_FILE", "/run/secrets/geheim-2")
	t.Setenv("PORTAL_ADDR", "0.0.0.0:9999")
	var out bytes.Buffer
	if err := run(t.Context(), []string{"config"}, nil, &out, &out); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"OIDC_CLIENT_SECRET": "secret, set", "DATABASE_URL": "secret, in a file", "PORTAL_ADDR": "0.0.0.0:9999", "OIDC_CLIENT_ID": "missing", "SMTP_TLS": "starttls (default)",
	} {
		if line := lineOf(out.String(), name); !strings.Contains(line, want) {
			t.Errorf("%s: %q, want %q", name, line, want)
		}
	}
	if strings.Contains(out.String(), "geheim") {
		t.Errorf("a secret shows:\n%s", out.String())
	}
}

// lineOf returns the line of a listing that begins with a word.
func lineOf(text, word string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, word+" ") {
			return line
		}
	}
	return ""
}

func TestASecretMayStandInAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(path, []byte("postgres://nobody@127.0.0.1:1/x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("MIGRATE_DATABASE_URL_FILE", path)
	var out bytes.Buffer
	err := run(t.Context(), []string{"migrate"}, nil, &out, &out)
	if err == nil || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("the address in the file was not used: %v", err)
	}
	t.Setenv("MIGRATE_DATABASE_URL", "postgres://other")
	if err := run(t.Context(), []string{"migrate"}, nil, &out, &out); err == nil || !strings.Contains(err.Error(), "both set") {
		t.Errorf("a secret given twice: %v", err)
	}
	t.Setenv("SMTP_ADDR_FILE", path) // no secret, so no file
	if err := run(t.Context(), []string{"config"}, nil, &out, &out); err != nil || strings.Contains(lineOf(out.String(), "SMTP_ADDR"), "file") {
		t.Errorf("SMTP_ADDR is no secret: %v %q", err, lineOf(out.String(), "SMTP_ADDR"))
	}
}

// TestPapersForOperatorsNameOnlySettingsThatExist: a name that drifted away would be set in vain.
func TestPapersForOperatorsNameOnlySettingsThatExist(t *testing.T) {
	t.Parallel()
	var table bytes.Buffer
	if err := run(context.Background(), []string{"config", "--markdown"}, nil, &table, &table); err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`\b(?:PORTAL|OIDC|SMTP|WORKER_DATABASE|MIGRATE_DATABASE|DATABASE)_[A-Z_]+\b`)
	known := map[string]bool{"PORTAL_APP_PASSWORD": true, "PORTAL_WORKER_PASSWORD": true} // of docker-compose.yml itself
	for _, found := range name.FindAllString(table.String(), -1) {
		known[found] = true
	}
	seen := 0
	for _, pattern := range []string{"docs/runbooks/*", "docs/betrieb/*.*", "docs/betrieb/keycloak/*", "docker-compose.yml", "Dockerfile", "README.md"} {
		paths, err := filepath.Glob("../../" + pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range name.FindAllString(string(text), -1) {
				seen++
				if !known[found] {
					t.Errorf("%s names %s, which is no setting", path, found)
				}
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d names were looked at", seen)
	}
}
