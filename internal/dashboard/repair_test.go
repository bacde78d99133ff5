package dashboard_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
)

// repairs are what an operator puts right by SQL, one for each function of a trigger that reads the context or looks past row
// security with its owner's eyes. keeps says that the trigger only refuses others.
var repairs = map[string]struct {
	sql   string
	keeps bool
}{
	"portal.audit_chain": {sql: `INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, visibility, seq, prev, hash)
		SELECT land_id, org_id, '2026-03-03', step_id, org_id, 'repaired', 'step', step_id, 'org', 999, '', '' FROM portal.step WHERE step_id = @step`},
	"portal.step_finished":       {sql: `UPDATE portal.step SET state = 'done' WHERE step_id = @step`},
	"portal.remember_late":       {sql: `UPDATE portal.step SET due_on = '2030-01-01' WHERE step_id = @step`},
	"portal.bodies_leant":        {sql: `UPDATE portal.onboarding_basis SET reason = 'Irrtum', overruled_by = step_id, overruled_at = now() WHERE step_id = @basis`},
	"portal.remember":            {sql: `UPDATE portal.onboarding SET state = 'paused', state_reason = 'x' WHERE org_id = @body`},
	"portal.body_moved":          {sql: `UPDATE portal.onboarding SET state = 'paused', state_reason = 'x' WHERE org_id = @body`},
	"portal.note_obstacle":       {sql: `UPDATE portal.obstacle SET state = 'rejected', reason = 'Irrtum' WHERE obstacle_id = @obstacle`},
	"portal.obstacle_turned":     {sql: `UPDATE portal.obstacle SET state = 'rejected', reason = 'Irrtum' WHERE obstacle_id = @obstacle`},
	"portal.obstacle_met":        {sql: `UPDATE portal.obstacle_affected SET left_at = now() WHERE obstacle_id = @obstacle`},
	"portal.remember_progress":   {sql: `UPDATE portal.progress SET relevant = relevant + 1 WHERE org_id = @body`},
	"portal.remember_competence": {sql: `DELETE FROM portal.service_body WHERE org_id = @body`},

	"portal.ministry_only_checks": {sql: `UPDATE portal.onboarding SET state = 'paused', state_reason = 'x' WHERE org_id = @body`, keeps: true},
	"portal.other_eyes":           {sql: `UPDATE portal.step SET state = 'submitted', submitted_org = org_id WHERE step_id = @step`, keeps: true},
	"portal.decision_frozen":      {sql: `UPDATE portal.decision SET reason = 'x' WHERE decision_id = @case`, keeps: true},
	"portal.decision_hands":       {sql: `UPDATE portal.decision SET submitted_by = land_id, submitted_at = now(), state = 'in_review' WHERE decision_id = @case`, keeps: true},
	"portal.opinion_hands":        {sql: `UPDATE portal.opinion SET note = 'x', closed_at = now() WHERE decision_id = @case`, keeps: true},
	"portal.condition_hands":      {sql: `UPDATE portal.condition SET state = 'waived', settled_by = land_id, settled_at = now(), reason = 'x' WHERE decision_id = @case`, keeps: true},
}

// TestARepairByHandIsNotedLikeAnyOther: whoever puts rows right by SQL has no context, and what triggers note of it must not
// depend on one. Whether every trigger that could is tried here, the catalogue of Postgres says.
func TestARepairByHandIsNotedLikeAnyOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	where := w.hindered()
	asked := dbtest.Admin[[]string](t, w.World, `
		SELECT array_agg(DISTINCT n.nspname || '.' || p.proname ORDER BY n.nspname || '.' || p.proname)
		FROM pg_trigger g
		JOIN pg_proc p ON p.oid = g.tgfoid
		JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE NOT g.tgisinternal AND n.nspname IN ('portal', 'auth', 'ctx') AND (p.prosecdef OR p.prosrc ~ 'ctx\.|app\.(land|org|person|scope)')`)
	if known := slices.Sorted(maps.Keys(repairs)); !slices.Equal(asked, known) {
		t.Errorf("triggers read the context in %v; tried are %v", asked, known)
	}
	for trigger, r := range repairs {
		alone := w.repair(t, "", r.sql, where)
		if r.keeps {
			continue
		}
		if with := w.repair(t, `SELECT set_config('app.land_id', @land::text, true)`, r.sql, where); alone != with {
			t.Errorf("%s notes something else without a context", trigger)
		}
		if silent := w.repair(t, disable(trigger), r.sql, where); alone == silent {
			t.Errorf("%s notes nothing of its repair", trigger)
		}
	}
}

// disable takes away the triggers that call a function.
func disable(function string) string {
	return `DO $$ DECLARE g record; BEGIN
		FOR g IN SELECT tgrelid::regclass AS at, tgname FROM pg_trigger WHERE tgfoid = '` + function + `'::regproc LOOP
			EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', g.at, g.tgname);
		END LOOP; END $$`
}

// hindered is a body that has met an obstacle at a step of its own and at a basis step, both late, with a ministry's case besides.
func (w world) hindered() pgx.NamedArgs {
	w.rollIn("einbuergerung")
	step := dbtest.Admin[string](w.t, w.World, `SELECT s.key FROM portal.step s JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = '16051' AND s.scope = 'kommune' ORDER BY due_on, s.key LIMIT 1`)
	basis := dbtest.Admin[string](w.t, w.World, `SELECT s.key FROM portal.step s JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = '16052' AND s.scope = 'basis' ORDER BY due_on, s.key LIMIT 1`)
	blocking := true
	for body, key := range map[string]string{"16051": step, "16052": basis} {
		_, err := hurdle.NewService(w.DB).Report(w.t.Context(), w.as("k"+body), hurdle.Where{Body: body, Service: "einbuergerung", Step: key},
			hurdle.Report{ID: uuid.New(), Text: "In " + body + " fehlt etwas", Dimension: hurdle.Organisational, Blocking: &blocking})
		w.must(err)
	}
	found := pgx.NamedArgs{"case": w.Case(w.t, "wohngeld"), "land": w.as("land").Land.ID, "body": w.as("k16051").Org.ID}
	of := func(body string) (step, obstacle uuid.UUID) {
		const affected = ` FROM portal.obstacle_affected a JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = $1`
		return dbtest.Admin[uuid.UUID](w.t, w.World, `SELECT a.step_id`+affected, body), dbtest.Admin[uuid.UUID](w.t, w.World, `SELECT a.obstacle_id`+affected, body)
	}
	found["step"], found["obstacle"] = of("16051")
	found["basis"], _ = of("16052")
	w.sql(`UPDATE portal.step SET due_on = '2026-03-03'`)
	w.sql(`UPDATE portal.step SET to_do_on = '2026-03-01'`)
	w.sql(`INSERT INTO portal.opinion (land_id, org_id, opinion_id, decision_id, service_id, party_id, kind, question, due_on, asked_by, asked_at)
		SELECT land_id, org_id, decision_id, decision_id, service_id, org_id, 'technical', 'Geht das?', '2026-04-01', requested_by, requested_at FROM portal.decision WHERE state = 'draft'`)
	w.sql(`INSERT INTO portal.decision_condition (land_id, org_id, decision_id, no, text, due_on, owner) SELECT land_id, org_id, decision_id, 1, 'Auflage', '2026-06-01', 'Ressort' FROM portal.decision WHERE state = 'draft'`)
	w.sql(`INSERT INTO portal.condition (land_id, org_id, decision_id, no, service_id, owner_id) SELECT land_id, org_id, decision_id, 1, service_id, org_id FROM portal.decision WHERE state = 'draft'`)
	return found
}

// repair plays a repair as superuser after something else, says what then stands in all tables, and takes it back.
func (w world) repair(t *testing.T, before, sql string, where pgx.NamedArgs) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.AdminURL)
	w.must(err)
	defer conn.Close(t.Context())
	tx, err := conn.Begin(t.Context())
	w.must(err)
	if before != "" {
		_, err = tx.Exec(t.Context(), before, where)
		w.must(err)
	}
	done, err := tx.Exec(t.Context(), sql, where)
	if err != nil || done.RowsAffected() == 0 {
		t.Errorf("%s: %s, %v", sql, done, err)
		return ""
	}
	return digest(t, tx)
}

// digest is what stands in all tables, but for numbers that are not given back and the moments of the repair.
func digest(t *testing.T, tx pgx.Tx) string {
	t.Helper()
	rows, _ := tx.Query(t.Context(), `SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace IN ('portal'::regnamespace, 'auth'::regnamespace) ORDER BY 1`)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	union := ""
	for i, table := range tables {
		if i > 0 {
			union += " UNION ALL "
		}
		union += `SELECT '` + table + `' AS at, md5(string_agg((to_jsonb(x) - '{seq,overruled_at,left_at,known_at}'::text[])::text, '|' ORDER BY (to_jsonb(x) - '{seq,overruled_at,left_at,known_at}'::text[])::text)) AS of FROM ` + table + ` x`
	}
	var all string
	if err := tx.QueryRow(t.Context(), `SELECT md5(string_agg(at || coalesce(of, ''), ' ' ORDER BY at)) FROM (`+union+`) d`).Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}
