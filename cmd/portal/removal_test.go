package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
)

// TestTheRunbookRemovesALandAndNothingElse runs docs/runbooks/delete-land.sql, looks for the Land's id in every row of every
// table, and has a backup and its restore check that no key of what remains leads nowhere and that the trail holds.
func TestTheRunbookRemovesALandAndNothingElse(t *testing.T) {
	t.Parallel()
	needPgDump(t)
	w := dbtest.New(t)
	w.Token(t, "d-land")
	land := dbtest.Admin[string](t, w, `SELECT land_id::text FROM portal.land WHERE key = 'demoland'`)
	dbtest.Admin[int64](t, w, `
		INSERT INTO river.river_job (kind, args, max_attempts, state) VALUES ('round', jsonb_build_object('land', $1::text, 'name', 'remind', 'slot', '2026-11-22'), 25, 'available')
		RETURNING id`, land) // as the daily round of a Land is ordered, without anybody's session
	script, err := os.ReadFile("../../docs/runbooks/delete-land.sql")
	must(t, err)
	conn := connectTo(t, w.AdminURL)
	names := column(t, conn, `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('portal', 'auth', 'river') ORDER BY 1`)
	of := func(name, condition string) string {
		return column(t, conn, fmt.Sprintf(`SELECT count(*)::text FROM %s t WHERE t::text %s '%%%s%%'`, name, condition, land))[0]
	}
	others, there := map[string]string{}, 0
	for _, name := range names {
		others[name] = of(name, "NOT LIKE")
		if of(name, "LIKE") != "0" {
			there++
		}
	}
	if there < 8 {
		t.Fatalf("the Land is in only %d tables before; this test would prove little", there)
	}
	people := dbtest.Admin[int](t, w, `SELECT count(DISTINCT person_id)::int FROM auth.membership WHERE land_id::text = $1`, land)
	_, err = conn.Exec(t.Context(), "SET removal.land = 'demoland'")
	must(t, err)
	_, err = conn.Exec(t.Context(), string(script))
	must(t, err)
	for _, name := range names {
		if n := of(name, "LIKE"); n != "0" {
			t.Errorf("%s holds %s rows of the Land", name, n)
		}
		if n := of(name, "NOT LIKE"); n != others[name] && !strings.HasPrefix(name, "auth.") {
			t.Errorf("%s has %s rows of others, %s before", name, n, others[name])
		}
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.person WHERE subject LIKE 'd-%'`); n != 0 {
		t.Errorf("%d people of the Land are left", n)
	}
	listed := say(t, "", "erasures", "list", "--owner-url", w.AdminURL)
	if n := strings.Count(listed, "\n"); n != people || n == 0 {
		t.Errorf("%d people are on the list for a restore, want the %d who worked nowhere else", n, people)
	}
	w.Token(t, "k16051")

	dir := filepath.Join(t.TempDir(), "sicherung")
	say(t, "Zeilen in", "backup", "--owner-url", w.AdminURL, dir)
	_, target := emptyCluster(t)
	say(t, "Ketten unverändert", "restore", "--owner-url", target, dir)
}
