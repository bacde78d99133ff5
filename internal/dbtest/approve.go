package dbtest

import (
	"testing"
	"time"
)

// Approve publishes a service of Thüringen and has its ministry have approved it thirty days before a day: what a test of
// the roll-in starts from, without playing the whole case. facts are columns of the service to set besides, as SQL:
// "transports = '{osci}', payment = true".
func (w *World) Approve(t testing.TB, slug string, today time.Time, facts ...string) {
	t.Helper()
	w.ApproveUntil(t, slug, today, nil, facts...)
}

// ApproveUntil is Approve for a decision that has a last day.
func (w *World) ApproveUntil(t testing.TB, slug string, today time.Time, until *time.Time, facts ...string) {
	t.Helper()
	set := "published_at = now()"
	for _, f := range facts {
		set += ", " + f
	}
	Admin[string](t, w, `
		UPDATE portal.service SET `+set+`
		WHERE slug = $1 AND land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen')
		RETURNING slug`, slug)
	Admin[string](t, w, `
		INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, outcome, requested_by, requested_at,
			submitted_by, submitted_at, decided_by, decided_at, reason, state_since, valid_until)
		SELECT v.land_id, v.ministry_id, gen_random_uuid(), v.service_id, 1, 'approved', 'approved', gen_random_uuid(), $2::timestamptz - interval '90 days',
			gen_random_uuid(), $2::timestamptz - interval '40 days', coalesce(p.person_id, gen_random_uuid()), $2::timestamptz - interval '30 days',
			'tragfähig', $2::timestamptz - interval '30 days', $3::date
		FROM portal.service v
		JOIN portal.organisation m ON m.land_id = v.land_id AND m.org_id = v.ministry_id
		LEFT JOIN auth.person p ON p.subject = lower(m.key) || '-leitung'
		WHERE v.slug = $1 AND v.land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen')
		RETURNING 'approved'`, slug, today, until)
}
