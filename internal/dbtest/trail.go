package dbtest

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Untold are the tables of Länder in which rows change without an entry in the trail: what people have read, want to be
// told of or have begun to write, and what is sent or signed on its way. Nothing that is kept follows from one of them
// (ADR 0033).
var Untold = []string{"assessment_draft", "checkpoint", "invitation", "mail", "mail_setting", "notice", "opinion_draft", "reminder"}

// WatchTrail notes from now on which tables of a Land the portal changes in a transaction that leaves no entry in the
// trail of that Land. What it returns fails the test if one of them is not Untold. What an operator does past the portal
// is not noted.
func (w *World) WatchTrail(t testing.TB) (check func()) {
	t.Helper()
	if err := exec(context.Background(), w.AdminURL, watchTrail); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		rows, _ := w.admin.Query(context.Background(), `SELECT DISTINCT name FROM watch.untold ORDER BY name`)
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if !slices.Contains(Untold, name) {
				t.Errorf("rows of %s change without an entry in the trail", name)
			}
		}
		if !slices.Contains(found, "notice") {
			t.Error("nobody was told of anything: the watch is broken")
		}
	}
}

// watchTrail looks at the end of a transaction whether it moved the head of a chain, as every entry does.
const watchTrail = `
	CREATE SCHEMA watch;
	CREATE TABLE watch.untold (name text);
	CREATE FUNCTION watch.look() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	DECLARE
		land uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.land_id ELSE NEW.land_id END;
	BEGIN
		IF session_user IN ('portal_app', 'portal_worker') AND NOT EXISTS (
			SELECT FROM auth.chain_head h WHERE h.land_id = land AND h.xmin = pg_current_xact_id()::xid) THEN
			INSERT INTO watch.untold VALUES (TG_TABLE_NAME);
		END IF;
		RETURN NULL;
	END $$;
	DO $$
	DECLARE
		name text;
	BEGIN
		FOR name IN
			SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'land_id'
			WHERE c.relkind = 'r' AND c.relnamespace = 'portal'::regnamespace
		LOOP
			EXECUTE format('CREATE CONSTRAINT TRIGGER watch_trail AFTER INSERT OR UPDATE OR DELETE ON portal.%I
				DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION watch.look()', name);
		END LOOP;
	END $$`
