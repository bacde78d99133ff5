package web_test

import (
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
)

// digest sums up every table of the portal, so that any change shows.
func (p *portal) digest(t *testing.T) string {
	t.Helper()
	tables := stringsOf(t, p, `
		SELECT string_agg(c.oid::regclass::text, ' ' ORDER BY c.oid::regclass::text)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname = 'portal'`)
	var sums []string
	for _, tab := range tables {
		sums = append(sums, dbtest.Admin[string](t, p.World, `SELECT coalesce(md5(string_agg(x::text, '' ORDER BY x::text)), '') FROM `+tab+` x`))
	}
	return strings.Join(sums, " ")
}

func stringsOf(t *testing.T, p *portal, sql string) []string {
	t.Helper()
	return strings.Fields(dbtest.Admin[string](t, p.World, sql))
}
