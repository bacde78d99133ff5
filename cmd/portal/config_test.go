package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
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
	if err := run(context.Background(), []string{"config", "--markdown"}, &table, &table); err != nil {
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
	if err := run(t.Context(), []string{"config"}, &out, &out); err != nil {
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
	err := run(t.Context(), []string{"migrate"}, &out, &out)
	if err == nil || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("the address in the file was not used: %v", err)
	}
	t.Setenv("MIGRATE_DATABASE_URL", "postgres://other")
	if err := run(t.Context(), []string{"migrate"}, &out, &out); err == nil || !strings.Contains(err.Error(), "both set") {
		t.Errorf("a secret given twice: %v", err)
	}
	t.Setenv("SMTP_ADDR_FILE", path) // no secret, so no file
	if err := run(t.Context(), []string{"config"}, &out, &out); err != nil || strings.Contains(lineOf(out.String(), "SMTP_ADDR"), "file") {
		t.Errorf("SMTP_ADDR is no secret: %v %q", err, lineOf(out.String(), "SMTP_ADDR"))
	}
}
