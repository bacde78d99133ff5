package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/jobs"
)

// seeds are the files that the demo starts from.
const seeds = "../../internal/demo/seed/"

// command runs portal with the database of a test and returns what it printed.
func command(t *testing.T, w *dbtest.World, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(context.Background(), args, nil, &out, &out)
	return out.String(), err
}

func owner(w *dbtest.World) []string { return []string{"--owner-url", w.AdminURL} }

func coordination(w *dbtest.World) []string {
	return append(owner(w), "--database-url", w.URL, "--land", "neuland", "--coordination", "N-OZG")
}

func TestANewLandIsSetUpFromFiles(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	if out, err := command(t, w, append([]string{
		"land", "add", "--key", "neuland", "--name", "Neuland", "--contact-email", "x@neuland.example",
		"--coordination", "N-OZG", "--coordination-name", "Koordination Neuland",
	}, owner(w)...)...); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := command(t, w, append([]string{
		"land", "add", "--key", "neuland", "--name", "Neuland", "--contact-email", "x@[127.0.0.1]", "--coordination", "N-OZG", "--coordination-name", "Koordination Neuland",
	}, owner(w)...)...); err == nil || !strings.Contains(err.Error(), "--contact-email") {
		t.Errorf("a coordination that no mail reaches: %v", err)
	}
	files := []string{
		"--organisations", seeds + "organisationen.csv", "--bodies", seeds + "thueringen-kommunen.csv",
		"--services", seeds + "efa-dienste.csv", "--template", seeds + "musterprojektvorlage.csv",
	}
	imports := append(append([]string{"import"}, coordination(w)...), files...)

	out, err := command(t, w, imports...)
	if err != nil || !strings.Contains(out, "34 neu, 0 geändert, 0 unverändert, 0 abgelehnt") || !strings.Contains(out, "Probelauf") {
		t.Errorf("dry run: %v\n%s", err, out)
	}
	services := func() int {
		return dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.service JOIN portal.land USING (land_id) WHERE key = 'neuland'`)
	}
	if n := services(); n != 0 {
		t.Errorf("the dry run stored %d services", n)
	}
	if out, err = command(t, w, append(imports, "--apply")...); err != nil || services() != 34 {
		t.Errorf("apply: %v, %d services\n%s", err, services(), out)
	}
	out, err = command(t, w, append(imports, "--apply")...)
	if err != nil || strings.Count(out, "0 neu, 0 geändert") != 3 || !strings.Contains(out, "unverändert, Version 1") {
		t.Errorf("the same files again: %v\n%s", err, out)
	}
	if out, err = command(t, w, append([]string{"member", "add", "--land", "neuland", "--org", "16051", "--role", "KK", "--issuer", dbtest.Issuer, "--subject", "neu", "--name", "Neu"}, owner(w)...)...); err != nil {
		t.Errorf("member add: %v\n%s", err, out)
	}
	if who := w.As(t, "neu"); who.Land.Key != "neuland" || who.Org.Key != "16051" {
		t.Errorf("the new member acts as %+v", who)
	}
	if out, err = command(t, w, append([]string{"verify", "progress"}, coordination(w)...)...); err != nil {
		t.Errorf("verify progress: %v\n%s", err, out)
	}
}

func TestImportNamesTheLineOfEveryRejectedRow(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	path := filepath.Join(t.TempDir(), "dienste.csv")
	text := "\ufeffname;ozg_id;leika_schluessel;themenfeld;umsetzende_stelle;betreiber;fachressort;transport;fokusleistung;vollzugsebene;hinweis\r\n" +
		"Gut;10999;;;;;TMDI;;;kreis;\r\n" +
		"Kurz;123;;;;;TMDI;;;kreis;\r\n" +
		"Fremd;;;;;;GIBTESNICHT;;;kreis;\r\n" +
		"Zu;wenig\r\n" +
		"Gut;10999;;;;;TMDI;;;kreis;\r\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := command(t, w, "import", "--owner-url", w.AdminURL, "--database-url", w.URL, "--land", "thueringen", "--coordination", "TMDI-OZG", "--services", path)
	if err == nil || !strings.Contains(out, "1 neu, 0 geändert, 0 unverändert, 4 abgelehnt") {
		t.Errorf("err %v\n%s", err, out)
	}
	for _, want := range []string{"Zeile 3: Eine OZG-ID hat 5 Ziffern", "Zeile 4: das Fachressort", "Zeile 5: hat 2 Spalten statt 11", "Zeile 6: die Leistung"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
}

func TestAuditVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	if out, err := command(t, w, append([]string{"audit", "verify"}, owner(w)...)...); err != nil {
		t.Fatalf("untouched: %v\n%s", err, out)
	}
	for name, sql := range map[string]string{
		"changed":  `UPDATE portal.audit_event SET title = 'x' WHERE seq = 5 RETURNING 1`,
		"removed":  `DELETE FROM portal.audit_event WHERE seq = 7 RETURNING 1`,
		"cut off":  `DELETE FROM portal.audit_event e WHERE seq = (SELECT max(seq) FROM portal.audit_event x WHERE x.org_id = e.org_id) RETURNING 1`,
		"backdate": `UPDATE portal.audit_event SET at = at - interval '1 day' WHERE seq = 3 RETURNING 1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := dbtest.New(t)
			dbtest.Admin[int](t, w, `WITH done AS (`+sql+`) SELECT count(*)::int FROM done`)
			if out, err := command(t, w, append([]string{"audit", "verify"}, owner(w)...)...); err == nil {
				t.Errorf("not found\n%s", out)
			}
		})
	}
}

// TestAuditVerifyHoldsTheTrailAgainstKeptFiles goes the way of the runbook: a key is made, the workers sign, a town keeps its
// file, and an administrator cuts off the end of its chain with everything that the database knows of it.
func TestAuditVerifyHoldsTheTrailAgainstKeptFiles(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	out, err := command(t, w, "audit", "key")
	if err != nil {
		t.Fatal(err)
	}
	private, public := printed(out, "AUDIT_KEY"), printed(out, "AUDIT_PUBLIC_KEYS")
	key, err := workerAccess{AuditKey: private}.auditKey()
	if err != nil {
		t.Fatal(err)
	}
	worker, err := jobs.Actor(t.Context(), w.Work, w.As(t, "land").Land.ID, uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := audit.NewNotary(w.Work, key).Sign(t.Context(), worker); err != nil {
		t.Fatal(err)
	}
	kept, err := audit.NewNotary(w.DB, nil).Checkpoints(t.Context(), w.As(t, "land"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%d checkpoints, %v", len(kept), err)
	}
	file := filepath.Join(t.TempDir(), "pruefpunkte.txt")
	if err := os.WriteFile(file, []byte("# TMDI\r\n"+kept[0].String()+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	verify := append([]string{"audit", "verify", "--checkpoint", file}, owner(w)...)
	if _, err := command(t, w, verify...); err == nil {
		t.Error("a file is checked without the public key")
	}
	verify = append(verify, "--public-keys", public)
	if out, err := command(t, w, verify...); err != nil || !strings.Contains(out, "davon 1 aus Dateien") {
		t.Fatalf("untouched: %v\n%s", err, out)
	}
	conn, err := pgx.Connect(t.Context(), w.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), `
		SET session_replication_role = replica;
		DELETE FROM portal.checkpoint;
		DELETE FROM portal.audit_event e WHERE seq = (SELECT h.seq FROM auth.chain_head h WHERE h.org_id = e.org_id);
		UPDATE auth.chain_head h SET seq = h.seq - 1, hash = e.hash FROM portal.audit_event e WHERE e.org_id = h.org_id AND e.seq = h.seq - 1;
		DELETE FROM auth.chain_head h WHERE NOT EXISTS (SELECT FROM portal.audit_event e WHERE e.org_id = h.org_id)`); err != nil {
		t.Fatal(err)
	}
	if out, err := command(t, w, append([]string{"audit", "verify"}, owner(w)...)...); err != nil {
		t.Errorf("the links alone show it: %v\n%s", err, out)
	}
	if out, err := command(t, w, verify...); err == nil || !strings.Contains(err.Error(), "fehlt Eintrag") {
		t.Errorf("a cut end: %v\n%s", err, out)
	}
}

// printed finds NAME=value in the output of a command.
func printed(out, name string) string {
	_, rest, _ := strings.Cut(out, name+"=")
	value, _, _ := strings.Cut(rest, "\n")
	return value
}

func TestServeRefusesARoleThatRowSecurityDoesNotBind(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	out, err := command(t, w, "serve", "--database-url", w.AdminURL, "--issuer", "https://issuer.test", "--client-id", "x", "--client-secret", "y", "--addr", "127.0.0.1:0")
	if err == nil || !strings.Contains(err.Error(), "portal_app") {
		t.Errorf("err %v\n%s", err, out)
	}
}
