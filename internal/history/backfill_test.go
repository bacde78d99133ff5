package history_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
	"rollinportal/migrations"
)

// TestTheTrailTellsWhatWasBefore: a database that lived before the history was kept has the same history afterwards.
func TestTheTrailTellsWhatWasBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug)
	w.prepare("16051", slug)
	*w.now = date(time.April, 13).Add(9 * time.Hour)
	w.goLive("16051", slug, date(time.April, 7))
	w.changeDate("land", "16052", slug, date(time.December, 1), "staff")
	w.later(3)
	w.act("land", "16053", slug, "pause")
	w.later(3)
	w.act("land", "16053", slug, "resume")
	const rows = `
		SELECT coalesce(string_agg(concat_ws(' ', b.key, h.state, h.target_on, h.target_cause, h.live_on, h.known_on, h.valid_on), E'\n' ORDER BY b.key, h.seq), '')
		FROM portal.onboarding_history h JOIN portal.organisation b USING (land_id, org_id)`
	kept := dbtest.Admin[string](t, w.World, rows)
	conn, err := pgx.Connect(t.Context(), w.AdminURL)
	w.must(err)
	defer conn.Close(context.Background())
	for _, name := range []string{"000054_tell_ways_to_live.down.sql", "000052_keep_history.down.sql", "000052_keep_history.up.sql", "000054_tell_ways_to_live.up.sql"} {
		sql, err := migrations.Files.ReadFile(name)
		w.must(err)
		_, err = conn.Exec(t.Context(), string(sql))
		w.must(err)
	}
	if told := dbtest.Admin[string](t, w.World, rows); told != kept {
		t.Errorf("the trail tells\n%s\nand kept was\n%s", told, kept)
	}
	w.verify()
}
