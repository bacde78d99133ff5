package web_test

import (
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
)

// digest sums up every table of the portal in one statement, so that any change shows.
func (p *portal) digest(t *testing.T) string {
	t.Helper()
	tables := stringsOf(t, p, `
		SELECT string_agg(c.oid::regclass::text, ' ' ORDER BY c.oid::regclass::text)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname = 'portal'`)
	var sums []string
	for _, tab := range tables {
		sums = append(sums, `SELECT '`+tab+`=' || count(*) || '/' || coalesce(sum(hashtextextended(x::text, 0)), 0) AS sum FROM `+tab+` x`)
	}
	return dbtest.Admin[string](t, p.World, `SELECT string_agg(sum, ' ' ORDER BY sum) FROM (`+strings.Join(sums, " UNION ALL ")+`) s`)
}

// differing names the tables whose digests differ.
func differing(before, after string) string {
	was := map[string]bool{}
	for _, sum := range strings.Fields(before) {
		was[sum] = true
	}
	var tables []string
	for _, sum := range strings.Fields(after) {
		if !was[sum] {
			name, _, _ := strings.Cut(sum, "=")
			tables = append(tables, name)
		}
	}
	return strings.Join(tables, ", ")
}

func stringsOf(t *testing.T, p *portal, sql string) []string {
	t.Helper()
	return strings.Fields(dbtest.Admin[string](t, p.World, sql))
}
