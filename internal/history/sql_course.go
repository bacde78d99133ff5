package history

import (
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// CourseReading is today's Course on its way out of the row of CourseStatement, within the statement of another room. Its
// columns are scanned into Targets.
type CourseReading struct {
	course Course
	sums   struct {
		by     []int
		months []time.Time
		counts []int
	}
}

// AskCourse begins a reading and returns the arguments of CourseStatement.
func AskCourse(tx *postgres.Tx) (*CourseReading, pgx.StrictNamedArgs) {
	today := tx.Today()
	return &CourseReading{course: Course{Day: today}}, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "whole": wide(tx), "today": today, "month": lastOfMonthBefore(today),
	}
}

// Targets take the columns of CourseStatement.
func (r *CourseReading) Targets() []any {
	c, f := &r.course, &r.course.Earlier
	return []any{&c.Since, &c.Live, &c.Whole, &c.Behind, &f.Live, &f.Whole, &f.InWork, &f.Paused, &f.Covered, &f.Services, &r.sums.by, &r.sums.months, &r.sums.counts}
}

// Course returns what was read.
func (r *CourseReading) Course() Course {
	var p pipeline
	for i, by := range r.sums.by {
		p.add(by, r.sums.months[i], r.sums.counts[i])
	}
	r.course.Months = p.months(r.course.Day)
	return r.course
}

// CourseStatement sums up in the database what Report.Course sums up of a report of today that is compared with the last
// meeting or the end of the month before; a walk compares them. How an onboarding stands today says the onboarding. So
// it did on the earlier day, unless its history has got rows since: only of those is the history looked up.
var CourseStatement = `
	WITH since AS MATERIALIZED (
		SELECT ` + comparedWith("@today", "NULL") + ` AS day
	), ways AS MATERIALIZED (
		SELECT o.service_id, o.org_id, o.state, o.target_on, o.live_on, o.begun_on, o.first_target_on, CASE
			WHEN o.onboarding_id IN (SELECT h.onboarding_id FROM portal.onboarding_history h WHERE h.land_id = @land AND h.known_on > (SELECT s.day FROM since s)) THEN coalesce((
				SELECT h.state
				FROM portal.onboarding_history h
				WHERE h.land_id = @land AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id AND h.known_on <= (SELECT s.day FROM since s)
				ORDER BY h.seq DESC
				LIMIT 1), '')
			ELSE o.state END AS before
		FROM portal.onboarding o
		WHERE o.land_id = @land
	), competence AS (
		SELECT DISTINCT ON (c.service_id, c.org_id) c.service_id, c.org_id, c.competent
		FROM portal.competence_history c
		WHERE c.land_id = @land AND c.known_on <= (SELECT s.day FROM since s)
		ORDER BY c.service_id DESC, c.org_id DESC, c.seq DESC
	), earlier AS (
		SELECT coalesce(w.live, 0) AS live, coalesce(w.whole, 0) AS whole, coalesce(w.in_work, 0) AS in_work, coalesce(w.paused, 0) AS paused,
			w.whole > 0 AND w.live = w.whole AND r.service_id NOT IN (
				SELECT c.service_id
				FROM competence c
				LEFT JOIN ways w ON w.service_id = c.service_id AND w.org_id = c.org_id
				WHERE c.competent AND coalesce(w.before, '') = '') AS covered
		FROM portal.rollin r
		JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
		LEFT JOIN (
			SELECT w.service_id, count(*) FILTER (WHERE w.before IN (` + liveStates + `)) AS live, count(*) FILTER (WHERE w.before NOT IN ('', 'not_applicable')) AS whole,
				count(*) FILTER (WHERE w.before IN (` + workingStates + `)) AS in_work, count(*) FILTER (WHERE w.before = 'paused') AS paused
			FROM ways w
			GROUP BY w.service_id) w ON w.service_id = r.service_id
		WHERE r.land_id = @land AND ` + beginning + ` <= (SELECT s.day FROM since s) AND (@whole OR v.ministry_id = @org OR w.service_id IS NOT NULL)
	), months AS (
		SELECT array_position('{7,11,13,14}', GROUPING(m.begun, m.planned, m.target, m.live)) - 1 AS by,
			coalesce(m.begun, m.planned, m.target, m.live) AS month, count(*)::int AS count
		FROM (
			SELECT ` + monthOf("w.begun_on") + ` AS begun, ` + monthOf("w.first_target_on") + ` AS planned, ` + monthOf("w.target_on") + ` AS target,
				CASE WHEN w.state IN (` + liveStates + `) THEN ` + monthOf("w.live_on") + ` END AS live
			FROM ways w
			WHERE w.state <> 'not_applicable') m
		GROUP BY GROUPING SETS ((m.begun), (m.planned), (m.target), (m.live))
		HAVING coalesce(m.begun, m.planned, m.target, m.live) IS NOT NULL
	)
	SELECT s.day, n.live, n.whole, n.behind, e.live, e.whole, e.in_work, e.paused, e.covered, e.services, m.by, m.months, m.counts
	FROM since s
	CROSS JOIN (
		SELECT count(*) FILTER (WHERE w.state IN (` + liveStates + `))::int AS live, count(*)::int AS whole,
			(count(*) FILTER (WHERE w.first_target_on <= @today) - count(*) FILTER (WHERE w.state IN (` + liveStates + `)))::int AS behind
		FROM ways w
		WHERE w.state <> 'not_applicable') n
	CROSS JOIN (
		SELECT coalesce(sum(e.live), 0)::int AS live, coalesce(sum(e.whole), 0)::int AS whole, coalesce(sum(e.in_work), 0)::int AS in_work,
			coalesce(sum(e.paused), 0)::int AS paused, (count(*) FILTER (WHERE e.covered))::int AS covered, count(*)::int AS services
		FROM earlier e) e
	CROSS JOIN (
		SELECT coalesce(array_agg(m.by), '{}') AS by, coalesce(array_agg(m.month), '{}') AS months, coalesce(array_agg(m.count), '{}') AS counts
		FROM months m) m`

// monthOf is the first day of the month of a day.
func monthOf(day string) string { return `date_trunc('month', ` + day + `::timestamp)::date` }

var (
	liveStates    = onboarding.Named(onboarding.State.IsLive)
	workingStates = onboarding.Named(func(s onboarding.State) bool { return inWork[s] })
)
