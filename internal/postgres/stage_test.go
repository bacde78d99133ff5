package postgres_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
)

// stage is a database in which every table of the tenants, also one that was added yesterday, has a row of each of
// several organisations of both Länder. The rows are made up from the types of their columns; nothing but row security
// and the grants decides who reaches them.
type stage struct {
	conn   *pgx.Conn
	tables []tenantTable
	actors []access.Actor
}

type tenantTable struct {
	Name    string
	Columns []string // that can be written
	Types   []string // of these columns
	HasOrg  bool
	Change  string // a column that portal_app may change, "" if none
	Literal string // a value for it
}

// The people of the walk: two towns, a provider, a ministry, the Land and its committee, and the other Land.
var walkers = []string{"k16051", "k16052", "tlrz", "tmdi-referat", "land", "gremium", "d-land", "d-k1"}

func newStage(t *testing.T) *stage {
	t.Helper()
	w := dbtest.New(t)
	conn, err := pgx.Connect(ctx, w.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	s := &stage{conn: conn}
	for _, login := range walkers {
		s.actors = append(s.actors, w.As(t, login))
	}
	rows, _ := conn.Query(ctx, `
		SELECT c.oid::regclass::text AS name,
			array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns, array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum) AS types,
			bool_or(a.attname = 'org_id') AS has_org,
			coalesce(min(quote_ident(a.attname)) FILTER (WHERE has_column_privilege('portal_app', c.oid, a.attnum, 'UPDATE') AND a.attname NOT IN ('land_id', 'org_id')), '') AS change, '' AS literal
		FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
		WHERE c.relkind = 'r' AND n.nspname = 'portal'
		GROUP BY c.oid
		ORDER BY 1`)
	if s.tables, err = pgx.CollectRows(rows, pgx.RowToStructByName[tenantTable]); err != nil {
		t.Fatal(err)
	}
	s.fill(t)
	return s
}

// fill puts the rows in, past keys, checks and triggers.
func (s *stage) fill(t *testing.T) {
	t.Helper()
	script := `SET session_replication_role = replica;`
	for i := range s.tables {
		tab := &s.tables[i]
		script += dropChecks(tab.Name)
		for j, c := range tab.Columns {
			if c == tab.Change {
				tab.Literal = literal(c, tab.Types[j])
			}
		}
		if slices.Contains([]string{"portal.land", "portal.organisation", "portal.service"}, tab.Name) {
			continue // are there already, and who is who depends on them
		}
		for _, who := range s.actors {
			for _, ministrys := range []bool{true, false} { // about a service of the ministry, and about another
				insert := insertion(*tab, who, who)
				if !ministrys {
					insert = strings.ReplaceAll(insert, wohngeld(who), literal("", "uuid"))
				}
				script += insert + " ON CONFLICT DO NOTHING;\n"
			}
		}
	}
	if _, err := s.conn.Exec(ctx, script+`SET session_replication_role = origin;`); err != nil {
		t.Fatal(err)
	}
}

func dropChecks(table string) string {
	return fmt.Sprintf(`DO $$ DECLARE c name; BEGIN
		FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = '%[1]s'::regclass AND contype = 'c' LOOP EXECUTE format('ALTER TABLE %[1]s DROP CONSTRAINT %%I', c); END LOOP;
	END $$;`, table)
}

// value is what a person puts into a column of a row that belongs to owner. Who did it is told truly: the lie that is
// tried is whose it is.
func value(column, kind string, owner, who access.Actor) string {
	switch {
	case column == "land_id":
		return "'" + owner.Land.ID.String() + "'"
	case column == "org_id":
		return "'" + owner.Org.ID.String() + "'"
	case column == "service_id":
		return wohngeld(owner)
	case column == "withdrawn_at": // what is withdrawn does not change any more
		return "NULL"
	case kind == "uuid" && slices.Contains([]string{"actor", "person_id", "by_person", "from_person", "made_by"}, column) || kind == "uuid" && strings.HasSuffix(column, "ed_by"):
		return "'" + who.Person.String() + "'"
	case column == "actor_org" || column == "by_org" || column == "asker_id":
		return "'" + who.Org.ID.String() + "'"
	}
	return literal(column, kind)
}

func wohngeld(who access.Actor) string {
	return "(SELECT service_id FROM portal.service WHERE slug = 'wohngeld' AND land_id = '" + who.Land.ID.String() + "')"
}

// insertion puts a row of owner into a table, as somebody else may try.
func insertion(tab tenantTable, owner, who access.Actor) string {
	values := make([]string, len(tab.Columns))
	for i, c := range tab.Columns {
		values[i] = value(c, tab.Types[i], owner, who)
	}
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", tab.Name, strings.Join(tab.Columns, ", "), strings.Join(values, ", "))
}

// literal is some value of a type, another one each time where that can be.
func literal(column, kind string) string {
	switch {
	case strings.HasSuffix(kind, "[]"):
		return "'{}'"
	case kind == "uuid":
		return "'" + uuid.NewString() + "'"
	case kind == "text" || strings.HasPrefix(kind, "character"):
		return "'" + column + " " + uuid.NewString()[:8] + "'"
	case kind == "boolean":
		return "false"
	case kind == "json" || kind == "jsonb":
		return "'{}'"
	case kind == "bytea":
		return "decode('" + strings.ReplaceAll(uuid.NewString(), "-", "") + "', 'hex')"
	case kind == "date" || strings.HasPrefix(kind, "timestamp"):
		return "now()"
	case kind == "daterange" || kind == "tstzrange":
		return "'empty'"
	}
	return "1"
}

// inTx runs fn in a transaction of the superuser that is rolled back.
func (s *stage) inTx(t *testing.T, fn func(pgx.Tx)) {
	t.Helper()
	tx, err := s.conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	fn(tx)
}

// as runs fn in a part of the transaction as portal_app, in the context of a person, and takes that part back.
func (s *stage) as(tx pgx.Tx, who access.Actor, fn func(pgx.Tx) error) error {
	part, err := tx.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = part.Rollback(ctx) }()
	if _, err := part.Exec(ctx, fmt.Sprintf(`SET LOCAL ROLE portal_app; SELECT FROM ctx.enter('\x%x')`, []byte(who.Token))); err != nil {
		return err
	}
	return fn(part)
}

// relation is what an organisation is to the person who asks.
func (s *stage) relation(tx pgx.Tx, who access.Actor, land, org uuid.UUID) (string, error) {
	switch {
	case land != who.Land.ID:
		return "abroad", nil
	case org == who.Org.ID:
		return "own", nil
	}
	var assigned bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM portal.assignment WHERE land_id = $1 AND org_id = $2 AND provider_id = $3)`, land, org, who.Org.ID).Scan(&assigned)
	if assigned {
		return "assigned", err
	}
	return "other", err
}

// granted are the deeds that portal_app may do at all, each with its table. Where there is no grant nothing need be tried.
func (s *stage) granted(tx pgx.Tx) (map[string]bool, error) {
	rows, _ := tx.Query(ctx, `
		SELECT t || ' ' || d.deed FROM unnest($1::text[]) t, (VALUES ('read', 'SELECT'), ('change', 'UPDATE'), ('delete', 'DELETE'), ('add', 'INSERT')) d (deed, privilege)
		WHERE has_table_privilege('portal_app', t, d.privilege) OR d.deed <> 'delete' AND has_any_column_privilege('portal_app', t, d.privilege)`, s.names())
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	granted := map[string]bool{}
	for _, g := range found {
		granted[g] = true
	}
	return granted, err
}

func (s *stage) names() (names []string) {
	for _, tab := range s.tables {
		names = append(names, tab.Name)
	}
	return names
}

// refused: row security or a missing grant said no, or a trigger before them.
func refused(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && !slices.Contains([]string{"23505", "23503", "23502", "23514", "28000", "22P02"}, pg.Code)
}
