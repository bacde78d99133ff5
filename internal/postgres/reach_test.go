package postgres_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"rollinportal/internal/access"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const reachFile = "testdata/reach.golden"

// reach is the model: who gets how far beyond the own organisation, with SQL alone. A line names a table, what is done
// to it, and by whom to whose rows: "land>other" is the Land to rows of any organisation, "provider>assigned" a provider
// to those of its bodies. What stands on no line is refused, and nothing at all crosses from one Land to another.
type reach map[string]bool

// TestGoldenReachOfSQL tries every table, as everybody, with rows of everybody.
func TestGoldenReachOfSQL(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.inTx(t, func(tx pgx.Tx) {
		got := s.measure(t, tx)
		for line := range got {
			if strings.HasSuffix(line, ">abroad") {
				t.Errorf("the wall between the Länder has a hole: %s", line)
			}
		}
		text := strings.Join(slices.Sorted(maps.Keys(got)), "\n") + "\n"
		if *update {
			if err := os.WriteFile(reachFile, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
	s.inTx(t, func(tx pgx.Tx) {
		for _, line := range s.deviations(t, tx) {
			t.Errorf("%s; if that is meant, run with -update and read the diff", line)
		}
	})
	t.Logf("P2: %d tables as %d people; %d ways beyond the own organisation, none beyond the Land", len(s.tables), len(walkers), len(model(t)))
}

func model(t *testing.T) reach {
	t.Helper()
	text, err := os.ReadFile(reachFile)
	if err != nil {
		t.Fatal(err)
	}
	m := reach{}
	for line := range strings.Lines(string(text)) {
		m[strings.TrimSpace(line)] = true
	}
	return m
}

// deviations compares what everybody reaches with the model.
func (s *stage) deviations(t *testing.T, tx pgx.Tx) (found []string) {
	t.Helper()
	want, got := model(t), s.measure(t, tx)
	for line := range got {
		if !want[line] {
			found = append(found, line+" is possible")
		}
	}
	for line := range want {
		if !got[line] {
			found = append(found, line+" is no longer possible")
		}
	}
	slices.Sort(found)
	return append(found, s.withoutContext(t, tx)...)
}

// withoutContext: an application that forgets to enter sees no row of any table.
func (s *stage) withoutContext(t *testing.T, tx pgx.Tx) (found []string) {
	t.Helper()
	if _, err := tx.Exec(ctx, `SET LOCAL ROLE portal_app`); err != nil {
		t.Fatal(err)
	}
	for _, tab := range s.tables {
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM `+tab.Name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			found = append(found, fmt.Sprintf("%d rows of %s are visible without a context", n, tab.Name))
		}
	}
	if _, err := tx.Exec(ctx, `SET LOCAL ROLE NONE`); err != nil {
		t.Fatal(err)
	}
	return found
}

// measure returns all that the people reach of others.
func (s *stage) measure(t *testing.T, tx pgx.Tx) reach {
	t.Helper()
	got := reach{}
	granted, err := s.granted(tx)
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range s.actors {
		for _, tab := range s.tables {
			for _, deed := range deeds {
				if !granted[tab.Name+" "+deed] {
					continue
				}
				for relation := range s.probe(t, tx, who, tab, deed) {
					if relation != "own" {
						got[line(tab, deed, who, relation)] = true
					}
				}
			}
		}
	}
	return got
}

var deeds = []string{"read", "change", "delete", "add"}

func line(tab tenantTable, deed string, who access.Actor, relation string) string {
	return fmt.Sprintf("%s %s %s>%s", tab.Name, deed, scopes[who.Role], relation)
}

var scopes = map[access.Role]string{
	access.StateCoordinator: "land", access.MinistryDecider: "ministry", access.BodyCoordinator: "body", access.Provider: "provider", access.Committee: "committee",
}

// probe tries one deed on all rows of a table and says whose rows it reached.
func (s *stage) probe(t *testing.T, tx pgx.Tx, who access.Actor, tab tenantTable, deed string) map[string]bool {
	t.Helper()
	org := "org_id"
	if !tab.HasOrg {
		org = "'00000000-0000-0000-0000-000000000000'::uuid"
	}
	reached := map[string]bool{}
	switch deed {
	case "read":
		s.reads(t, tx, who, fmt.Sprintf(`SELECT DISTINCT land_id, %s FROM %s`, org, tab.Name), reached)
	case "change":
		if tab.Change != "" {
			s.touches(t, tx, who, tab, org, fmt.Sprintf(`UPDATE %s SET %s = %s`, tab.Name, tab.Change, tab.Literal), reached)
		}
	case "delete":
		s.touches(t, tx, who, tab, org, `DELETE FROM `+tab.Name, reached)
	case "add":
		s.adds(t, tx, who, tab, reached)
	}
	return reached
}

// reads notes whose rows a query shows.
func (s *stage) reads(t *testing.T, tx pgx.Tx, who access.Actor, query string, reached map[string]bool) {
	t.Helper()
	var owners [][2]uuid.UUID
	err := s.as(tx, who, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, query)
		var land, org uuid.UUID
		_, err := pgx.ForEachRow(rows, []any{&land, &org}, func() error {
			owners = append(owners, [2]uuid.UUID{land, org})
			return nil
		})
		return err
	})
	if err != nil && !refused(err) {
		t.Fatalf("%s: %v", query, err)
	}
	s.note(t, tx, who, owners, reached)
}

// touches notes whose rows a statement changes or removes. It names no row and returns none, so that no policy for
// reading stands before the one that is tried; whom it hit is looked up behind row security.
func (s *stage) touches(t *testing.T, tx pgx.Tx, who access.Actor, tab tenantTable, org, statement string, reached map[string]bool) {
	t.Helper()
	var left map[string][2]uuid.UUID
	err := s.as(tx, who, func(part pgx.Tx) error {
		tag, err := part.Exec(ctx, statement)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		left, err = s.rowsOf(part, tab, org)
		return err
	})
	if err != nil || left == nil {
		return // refused, or a key or check of the schema was in the way
	}
	was, err := s.rowsOf(tx, tab, org)
	if err != nil {
		t.Fatal(err)
	}
	var owners [][2]uuid.UUID
	for row, owner := range was {
		if _, same := left[row]; !same {
			owners = append(owners, owner)
		}
	}
	s.note(t, tx, who, owners, reached)
}

// rowsOf looks behind row security at the versions of a table's rows.
func (s *stage) rowsOf(tx pgx.Tx, tab tenantTable, org string) (map[string][2]uuid.UUID, error) {
	if _, err := tx.Exec(ctx, `SET LOCAL ROLE NONE`); err != nil {
		return nil, err
	}
	rows, _ := tx.Query(ctx, fmt.Sprintf(`SELECT ctid::text, land_id, %s FROM %s`, org, tab.Name))
	found := map[string][2]uuid.UUID{}
	var id string
	var land, owner uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&id, &land, &owner}, func() error {
		found[id] = [2]uuid.UUID{land, owner}
		return nil
	}); err != nil {
		return nil, err
	}
	return found, nil
}

// adds notes in whose name a row can be put in. A key that is in the way shows that row security was not.
func (s *stage) adds(t *testing.T, tx pgx.Tx, who access.Actor, tab tenantTable, reached map[string]bool) {
	t.Helper()
	if !tab.HasOrg {
		return
	}
	for _, owner := range []access.Actor{s.actors[0], s.actors[1], s.actors[4], s.actors[7]} { // two towns, the Land, a town abroad
		err := s.as(tx, who, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, insertion(tab, owner, who))
			return err
		})
		if !refused(err) {
			s.note(t, tx, who, [][2]uuid.UUID{{owner.Land.ID, owner.Org.ID}}, reached)
		}
	}
}

func (s *stage) note(t *testing.T, tx pgx.Tx, who access.Actor, owners [][2]uuid.UUID, reached map[string]bool) {
	t.Helper()
	for _, o := range owners {
		relation, err := s.relation(tx, who, o[0], o[1])
		if err != nil {
			t.Fatal(err)
		}
		reached[relation] = true
	}
}

// TestARandomWalkKeepsToTheModel lets the Land give and take bodies to and from providers while everybody tries tables
// at random: at each step the reach is that of the model.
func TestARandomWalkKeepsToTheModel(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	want, steps := model(t), 0
	// an obstacle is shared: a provider reads it for any body that it affects, whoever reported it
	want["portal.obstacle read provider>other"] = true
	rapid.Check(t, func(rt *rapid.T) {
		s.inTx(t, func(tx pgx.Tx) {
			for range rapid.IntRange(5, 30).Draw(rt, "steps") {
				steps++
				if rapid.IntRange(0, 4).Draw(rt, "turn") == 0 {
					s.reassign(t, tx, rapid.SampledFrom([]int{0, 1}).Draw(rt, "town"), rapid.Bool().Draw(rt, "give"))
					continue
				}
				who := rapid.SampledFrom(s.actors).Draw(rt, "who")
				tab, deed := rapid.SampledFrom(s.tables).Draw(rt, "table"), rapid.SampledFrom(deeds).Draw(rt, "deed")
				for relation := range s.probe(t, tx, who, tab, deed) {
					if l := line(tab, deed, who, relation); relation != "own" && !want[l] {
						rt.Fatalf("%s is possible", l)
					}
				}
			}
		})
	})
	t.Logf("P2: %d random steps keep to the model", steps)
}

// reassign gives a town to the provider of the walk, or takes it away.
func (s *stage) reassign(t *testing.T, tx pgx.Tx, town int, give bool) {
	t.Helper()
	body, provider := s.actors[town], s.actors[2]
	sql := `DELETE FROM portal.assignment WHERE land_id = $1 AND org_id = $2 AND provider_id = $3`
	if give {
		sql = `INSERT INTO portal.assignment (land_id, org_id, provider_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	}
	if _, err := tx.Exec(ctx, sql, body.Land.ID, body.Org.ID, provider.Org.ID); err != nil {
		t.Fatal(err)
	}
}
