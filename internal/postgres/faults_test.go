package postgres_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestEveryPlantedFaultIsFound weakens the walls one by one, in a transaction that is rolled back, and has the catalogue
// and the walk find it.
func TestEveryPlantedFaultIsFound(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	found := 0
	for _, f := range plantedFaults {
		s.inTx(t, func(tx pgx.Tx) {
			if _, err := tx.Exec(ctx, f.sql); err != nil {
				t.Fatalf("%s: %v", f.name, err)
			}
			by := "the catalogue"
			told := catalogFaults(t, tx)
			if len(told) == 0 {
				by, told = "the walk", s.deviations(t, tx)
			}
			if len(told) == 0 {
				t.Errorf("nobody noticed: %s", f.name)
				return
			}
			found++
			t.Logf("%s: found by %s: %s", f.name, by, told[0])
		})
	}
	t.Logf("P2: %d of %d planted faults found", found, len(plantedFaults))
}

// plantedFaults are ways to weaken the walls, each of which a careless migration could bring. The catalogue or the
// random walk must turn red at each.
var plantedFaults = []struct{ name, sql string }{
	{"the wall is gone", `DROP POLICY wall ON portal.step`},
	{"the wall of a private table is gone", `DROP POLICY wall ON portal.review`},
	{"the wall holds for reading alone", `DROP POLICY wall ON portal.service; CREATE POLICY wall ON portal.service AS RESTRICTIVE FOR SELECT USING (land_id = (SELECT ctx.land_id()))`},
	{"the wall checks nothing that is written", `ALTER POLICY wall ON portal.evidence WITH CHECK (true)`},
	{"the wall opens without a context", `ALTER POLICY wall ON portal.profile USING (land_id = (SELECT ctx.land_id()) OR (SELECT ctx.land_id()) IS NULL)`},
	{"the wall became permissive", `DROP POLICY wall ON portal.waiting; CREATE POLICY wall ON portal.waiting USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()))`},
	{"the wall stands for one role alone", `ALTER POLICY wall ON portal.question TO portal_owner`},
	{"row security is off", `ALTER TABLE portal.assessment DISABLE ROW LEVEL SECURITY`},
	{"row security binds others than the owner alone", `ALTER TABLE portal.invitation NO FORCE ROW LEVEL SECURITY`},
	{"a policy lets everybody read", `CREATE POLICY help ON portal.review FOR SELECT USING (true)`},
	{"a policy lets the Land read what is private", `CREATE POLICY land_reads ON portal.review FOR SELECT USING ((SELECT ctx.scope()) = 'land')`},
	{"reading is widened to the whole Land", `ALTER POLICY readers ON portal.onboarding USING (land_id = (SELECT ctx.land_id()))`},
	{"an owner's way in is opened to the application", `ALTER POLICY shared ON portal.evidence TO PUBLIC`},
	{"a trigger's way in is opened to the application", `ALTER POLICY matched ON portal.profile_fact TO portal_app`},
	{"towns see the profiles of others", `ALTER POLICY readers ON portal.profile USING ((SELECT ctx.scope()) IN ('land', 'body'))`},
	{"a town changes the steps of others", `ALTER POLICY workers ON portal.step USING ((SELECT ctx.scope()) IN ('land', 'body')) WITH CHECK ((SELECT ctx.scope()) IN ('land', 'body'))`},
	{"a town writes into the trail of others", `ALTER POLICY writers ON portal.audit_event WITH CHECK (actor = (SELECT ctx.person_id()))`},
	{"the trail may be changed", `GRANT UPDATE ON portal.audit_event TO portal_app`},
	{"the trail may be cut", `GRANT DELETE ON portal.audit_event TO portal_app`},
	{"a table may be emptied", `GRANT TRUNCATE ON portal.step TO portal_app`},
	{"sessions may be read", `GRANT USAGE ON SCHEMA auth TO portal_app; GRANT SELECT ON auth.session TO portal_app`},
	{"everybody may read a table", `GRANT SELECT ON portal.rollin_draft TO PUBLIC`},
	{"a new table has no wall", `CREATE TABLE portal.note (land_id uuid NOT NULL, org_id uuid NOT NULL, PRIMARY KEY (land_id, org_id)); ALTER TABLE portal.note OWNER TO portal_owner; GRANT SELECT ON portal.note TO portal_app`},
	{"a key leaves out the Land", `ALTER TABLE portal.question_post DROP CONSTRAINT question_post_pkey; ALTER TABLE portal.question_post ADD PRIMARY KEY (post_id)`},
	{"a reference crosses the Länder", `CREATE UNIQUE INDEX bare ON portal.service (service_id); ALTER TABLE portal.saved_view ADD COLUMN service_id uuid REFERENCES portal.service (service_id)`},
	{"a view looks with its owner's eyes", `CREATE VIEW portal.all_steps AS SELECT * FROM portal.step; GRANT SELECT ON portal.all_steps TO portal_app`},
	{"a copy of a table stands beside the wall", `CREATE MATERIALIZED VIEW portal.step_copy AS SELECT * FROM portal.step; GRANT SELECT ON portal.step_copy TO portal_app`},
	{"a definer function resolves names as the caller wishes", `ALTER FUNCTION ctx.people() RESET search_path`},
	{"an unknown definer function", `CREATE FUNCTION ctx.everything() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT count(*) FROM portal.step'`},
	{"the context may be chosen", `GRANT EXECUTE ON FUNCTION ctx.enter_work(uuid, uuid) TO portal_app`},
	{"the application owns a table", `ALTER TABLE portal.saved_view OWNER TO portal_app`},
	{"the application may act as the owner", `GRANT portal_owner TO portal_app`},
	{"the application may create", `GRANT CREATE ON SCHEMA portal TO portal_app`},
	{"everybody's context is that of the Land", `CREATE OR REPLACE FUNCTION ctx.scope() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'land'::text $$`},
}
