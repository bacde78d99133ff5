package audit_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/jobs"
	"rollinportal/internal/postgres"
)

// tamperings are what somebody with the rights of the owner may do to the trail. $k is the number of an entry in the
// middle of a chain, $chain the condition that finds this chain, $other that of another one.
var tamperings = []struct{ name, sql string }{
	{"another action", `UPDATE portal.audit_event SET action = 'step.undone' WHERE $chain AND seq = $k`},
	{"another title", `UPDATE portal.audit_event SET title = title || '.' WHERE $chain AND seq = $k`},
	{"another kind of record", `UPDATE portal.audit_event SET kind = 'service' WHERE $chain AND seq = $k`},
	{"another old value", `UPDATE portal.audit_event SET changes = '[{"field": "x", "old": "1", "new": "2"}]' WHERE $chain AND seq = $k`},
	{"no changes", `UPDATE portal.audit_event SET changes = '[]' WHERE $chain AND seq = $k`},
	{"another actor", `UPDATE portal.audit_event SET actor = gen_random_uuid() WHERE $chain AND seq = $k`},
	{"another organisation acted", `UPDATE portal.audit_event SET actor_org = gen_random_uuid() WHERE $chain AND seq = $k`},
	{"another record", `UPDATE portal.audit_event SET record = gen_random_uuid() WHERE $chain AND seq = $k`},
	{"another parent", `UPDATE portal.audit_event SET parent = gen_random_uuid() WHERE $chain AND seq = $k`},
	{"backdated", `UPDATE portal.audit_event SET at = at - interval '1 microsecond' WHERE $chain AND seq = $k`},
	{"hidden from the Land", `UPDATE portal.audit_event SET visibility = 'private' WHERE $chain AND seq = $k`},
	{"removed in the middle", `DELETE FROM portal.audit_event WHERE $chain AND seq = $k`},
	{"removed at the beginning", `DELETE FROM portal.audit_event WHERE $chain AND seq = 1`},
	{"cut off at the end", `DELETE FROM portal.audit_event WHERE $chain AND seq > $k`},
	{"the whole chain removed", `DELETE FROM portal.audit_event WHERE $chain`},
	{"two entries swapped", `UPDATE portal.audit_event SET seq = CASE seq WHEN $k THEN -1 WHEN $k + 1 THEN $k ELSE seq END WHERE $chain; UPDATE portal.audit_event SET seq = $k + 1 WHERE $chain AND seq = -1`},
	{"renumbered past a removed one", `DELETE FROM portal.audit_event WHERE $chain AND seq = $k; UPDATE portal.audit_event SET seq = seq - 1000 WHERE $chain AND seq > $k; UPDATE portal.audit_event SET seq = seq + 999 WHERE $chain AND seq < 0`},
	{"an entry put in at the end", `INSERT INTO portal.audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', e.seq + 1))).* FROM portal.audit_event e WHERE $chain ORDER BY seq DESC LIMIT 1`},
	{"another organisation's entry put in", `DELETE FROM portal.audit_event WHERE $chain AND seq = $k; INSERT INTO portal.audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('org_id', (SELECT org_id FROM portal.audit_event x WHERE $chain LIMIT 1)))).* FROM portal.audit_event e WHERE $other AND seq = $k`},
	{"an entry changed and its hash made new", `UPDATE portal.audit_event SET title = 'anders' WHERE $chain AND seq = $k; UPDATE portal.audit_event e SET hash = portal.audit_hash(e) WHERE $chain AND seq = $k`},
	{"the link broken", `UPDATE portal.audit_event SET prev = sha256('x') WHERE $chain AND seq = $k`},
	{"the first entry with another beginning", `UPDATE portal.audit_event SET prev = sha256('x') WHERE $chain AND seq = 1; UPDATE portal.audit_event e SET hash = portal.audit_hash(e) WHERE $chain AND seq = 1`},
	{"the last entry rewritten with its hash", `UPDATE portal.audit_event SET title = 'anders' WHERE $chain AND seq = (SELECT max(seq) FROM portal.audit_event WHERE $chain); UPDATE portal.audit_event e SET hash = portal.audit_hash(e) WHERE $chain`},
	{"the head of the chain set back", `UPDATE auth.chain_head SET seq = seq - 1 WHERE $chain`},
	{"the head of the chain forged", `UPDATE auth.chain_head SET hash = sha256('x') WHERE $chain`},
	{"the head of the chain removed", `DELETE FROM auth.chain_head WHERE $chain`},
	{"the end cut off with the head", `DELETE FROM portal.audit_event WHERE $chain AND seq > $k; DELETE FROM auth.chain_head WHERE $chain`},
}

// rewritings are what somebody with the rights of the owner does who knows how the chains are made: every link fits again.
// Only checkpoints show it.
var rewritings = []struct{ name, sql string }{
	{"the end cut off and the head set back", `DELETE FROM portal.audit_event WHERE $chain AND seq > $k; UPDATE auth.chain_head h SET seq = $k, hash = (SELECT hash FROM portal.audit_event WHERE $chain AND seq = $k) WHERE $chain`},
	{"an entry changed and all after it made anew", `UPDATE portal.audit_event SET title = 'anders' WHERE $chain AND seq = $k; $relink`},
	{"an entry backdated and all after it made anew", `UPDATE portal.audit_event SET at = at - interval '1 day' WHERE $chain AND seq = $k; $relink`},
	{"an entry given to another actor and all after it made anew", `UPDATE portal.audit_event SET actor = gen_random_uuid() WHERE $chain AND seq = $k; $relink`},
	{"an entry removed and all after it moved up", `DELETE FROM portal.audit_event WHERE $chain AND seq = $k; UPDATE portal.audit_event SET seq = seq - 1000 WHERE $chain AND seq > $k; UPDATE portal.audit_event SET seq = seq + 999 WHERE $chain AND seq < 0; UPDATE auth.chain_head SET seq = seq - 1 WHERE $chain; $relink`},
	{"the chain and all that the database knows of it removed", `DELETE FROM portal.audit_event WHERE $chain; DELETE FROM auth.chain_head WHERE $chain; DELETE FROM portal.checkpoint WHERE $chain`},
	{"the chain made anew and its checkpoints removed", `UPDATE portal.audit_event SET title = 'anders' WHERE $chain AND seq = $k; $relink; DELETE FROM portal.checkpoint WHERE $chain`},
	{"the chain made anew and its checkpoint forged", `UPDATE portal.audit_event SET title = 'anders' WHERE $chain AND seq = $k; $relink; UPDATE portal.checkpoint c SET hash = (SELECT hash FROM auth.chain_head WHERE $chain) WHERE $chain`},
}

// relink makes a chain fit again from an entry on, as the trigger of the trail does.
const relink = `DO $do$
	DECLARE
		link bytea := coalesce((SELECT hash FROM portal.audit_event WHERE $chain AND seq = $k - 1), sha256('genesis'::bytea));
		n bigint;
	BEGIN
		FOR n IN SELECT seq FROM portal.audit_event WHERE $chain AND seq >= $k ORDER BY seq LOOP
			UPDATE portal.audit_event SET prev = link WHERE $chain AND seq = n;
			UPDATE portal.audit_event e SET hash = portal.audit_hash(e) WHERE $chain AND seq = n RETURNING hash INTO link;
		END LOOP;
		UPDATE auth.chain_head SET hash = link WHERE $chain;
	END $do$`

const (
	places  = 50
	entries = places + 2 // what is done to an entry is done to one in the middle
)

// TestVerifyFindsTampering changes the trail in each way at fifty places. The triggers that stand in the way are switched off
// first: whoever owns the database can do that. What fits together again afterwards is found by the checkpoints.
func TestVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	chain, other := writeChain(t, w, "k16051"), writeChain(t, w, "k16052")
	if report, err := audit.Verify(t.Context(), w.AdminURL); err != nil || report.Entries < 2*entries || report.Chains < 2 {
		t.Fatalf("Verify of an untouched trail = %+v, %v", report, err)
	}
	keys, kept := signed(t, w, "k16051")
	if n, err := audit.VerifyCheckpoints(t.Context(), w.AdminURL, keys, kept); err != nil || n < 3 {
		t.Fatalf("%d checkpoints of an untouched trail hold, %v", n, err)
	}
	conn, err := pgx.Connect(t.Context(), w.AdminURL)
	must(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), `SET session_replication_role = replica`)
	must(t, err)
	words := strings.NewReplacer("$chain", "org_id = '"+chain.String()+"'", "$other", "org_id = '"+other.String()+"'")
	found := 0
	for k := 1; k <= places; k++ {
		for _, c := range tamperings {
			tx := tampered(t, conn, words.Replace(c.sql), k)
			if _, err := audit.Check(t.Context(), tx); errors.Is(err, audit.ErrTampered) {
				found++
			} else {
				t.Errorf("%s at entry %d: %v", c.name, k, err)
			}
			must(t, tx.Rollback(t.Context()))
		}
		for _, c := range rewritings {
			tx := tampered(t, conn, words.Replace(strings.ReplaceAll(c.sql, "$relink", relink)), k)
			if _, err := audit.Check(t.Context(), tx); err != nil {
				t.Errorf("%s at entry %d: the links show it already: %v", c.name, k, err)
			}
			if _, err := audit.CheckCheckpoints(t.Context(), tx, keys, kept); errors.Is(err, audit.ErrTampered) {
				found++
			} else {
				t.Errorf("%s at entry %d: %v", c.name, k, err)
			}
			must(t, tx.Rollback(t.Context()))
		}
	}
	kinds := len(tamperings) + len(rewritings)
	t.Logf("P9: %d of %d tamperings found, %d kinds at %d places, %d of the kinds by checkpoints only", found, kinds*places, kinds, places, len(rewritings))
}

// tampered is a transaction in which somebody has changed the trail at entry k.
func tampered(t *testing.T, conn *pgx.Conn, sql string, k int) pgx.Tx {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	must(t, err)
	if _, err := tx.Exec(t.Context(), strings.ReplaceAll(sql, "$k", strconv.Itoa(k))); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return tx
}

// signed has the workers sign the trail and returns what an organisation kept of that.
func signed(t *testing.T, w *dbtest.World, login string) ([]ed25519.PublicKey, []audit.Checkpoint) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	must(t, err)
	sign(t, w, private)
	kept, err := audit.NewNotary(w.DB, nil).Checkpoints(t.Context(), w.As(t, login))
	must(t, err)
	return []ed25519.PublicKey{public}, kept
}

func sign(t *testing.T, w *dbtest.World, key ed25519.PrivateKey) {
	t.Helper()
	worker, err := jobs.Actor(t.Context(), w.Work, w.As(t, "land").Land.ID, uuid.Nil)
	must(t, err)
	must(t, audit.NewNotary(w.Work, key).Sign(t.Context(), worker))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// writeChain has a person change the own organisation's records some times and returns the organisation.
func writeChain(t *testing.T, w *dbtest.World, login string) uuid.UUID {
	t.Helper()
	who := w.As(t, login)
	for i := range entries {
		err := w.DB.Write(t.Context(), who, access.ProfileEdit, func(tx *postgres.Tx) error {
			return audit.Record(t.Context(), tx, audit.Entry{
				Org: who.Org.ID, Action: "profile.save", Kind: "profile", Record: uuid.New(), Parent: uuid.New(),
				Title: fmt.Sprintf("Angabe %d", i), Visibility: audit.Org, Changes: audit.Diff("Anzahl", fmt.Sprint(i), fmt.Sprint(i+1)),
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return who.Org.ID
}
