package history_test

import (
	"testing"
	"time"

	"rollinportal/internal/dbtest"
)

// TestTheFlaecheOfADayThatIsOver: a service is live in both of its bodies; a third becomes competent, and stops being it. Each
// month the Lagebild says of the end of the month before what the report says.
func TestTheFlaecheOfADayThatIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range w.bodiesBut("16051", "16052") {
		w.competent(body, false)
	}
	w.rollIn(slug)
	for _, body := range []string{"16051", "16052"} {
		w.prepare(body, slug)
		w.goLive(body, slug, w.today())
	}
	for _, month := range []struct {
		change func()
		before int // services in the Fläche at the end of the month before
	}{
		{func() {}, 0},
		{func() { w.competent("16053", true) }, 1},
		{func() { w.competent("16053", false) }, 0},
		{func() {}, 1},
	} {
		month.change()
		w.sumsAgree()
		if got := w.course("land").Earlier.Covered; got != month.before {
			t.Errorf("%s: %d services were in the Fläche, want %d", w.today().Format(time.DateOnly), got, month.before)
		}
		*w.now = w.now.AddDate(0, 1, 0)
	}
}

// bodiesBut are the keys of all bodies but some.
func (w world) bodiesBut(some ...string) []string {
	w.t.Helper()
	return dbtest.Admin[[]string](w.t, w.World, `SELECT array_agg(DISTINCT b.key ORDER BY b.key) FROM portal.service_body c JOIN portal.organisation b USING (land_id, org_id)
		JOIN portal.service v USING (land_id, service_id) WHERE v.slug = $1 AND b.key <> ALL ($2)`, slug, some)
}

// competent makes a body competent for the service, or no longer, by the clock of the test.
func (w world) competent(body string, is bool) {
	w.t.Helper()
	change := `DELETE FROM portal.service_body c USING pair p WHERE c.land_id = p.land_id AND c.service_id = p.service_id AND c.org_id = p.org_id`
	if is {
		change = `INSERT INTO portal.service_body (land_id, service_id, org_id) SELECT land_id, service_id, org_id FROM pair`
	}
	dbtest.Admin[string](w.t, w.World, `WITH pair AS MATERIALIZED (
			SELECT v.land_id, v.service_id, b.org_id, set_config('app.now', $3, true) FROM portal.service v JOIN portal.organisation b ON b.land_id = v.land_id
			WHERE v.slug = $1 AND b.key = $2), changed AS (`+change+` RETURNING 1)
		SELECT ''`, slug, body, w.now.Format(time.RFC3339))
}
