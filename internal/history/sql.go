package history

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// cells are the ways as the database hands them over, column by column.
type cells struct {
	services, bodies []uuid.UUID
	begun, first     []*time.Time
	then, before     points
}

type points struct {
	competent []bool
	states    []onboarding.State
	targets   []*time.Time
	causes    []onboarding.Cause
	reasons   []string
	live      []*time.Time
}

// reading is an answer on its way out of the row of statement. Its columns are scanned into targets.
type reading struct {
	report Report
	bodies []Body
	cells  cells
}

// ask begins a reading and returns the arguments of statement.
func ask(tx *postgres.Tx, q Question) (*reading, pgx.StrictNamedArgs) {
	r := Report{Question: q, Today: tx.Today()}
	if r.Day.IsZero() {
		r.Day = r.Today
	}
	return &reading{report: r}, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "whole": wide(tx),
		"day": r.Day, "since": given(q.Since), "month": lastOfMonthBefore(r.Day), "today": r.Today, "corrected": q.Corrected,
	}
}

// wide reports whether the reader sees the roll-ins of all services.
func wide(tx *postgres.Tx) bool {
	return tx.Reach == access.WholeLand || tx.Reach == access.Aggregates
}

func lastOfMonthBefore(day time.Time) time.Time { return month(day).AddDate(0, 0, -1) }

// targets take the columns of statement.
func (r *reading) targets() []any {
	c := &r.cells
	return []any{
		&r.report.Since, &r.report.Rollins, &r.bodies, &c.services, &c.bodies, &c.begun, &c.first,
		&c.then.competent, &c.then.states, &c.then.targets, &c.then.causes, &c.then.reasons, &c.then.live,
		&c.before.competent, &c.before.states, &c.before.targets, &c.before.causes, &c.before.reasons, &c.before.live,
	}
}

// what returns what was read.
func (r *reading) what() *Report {
	r.report.place(r.cells, r.bodies)
	return &r.report
}

func read(ctx context.Context, tx *postgres.Tx, q Question) (*Report, error) {
	r, args := ask(tx, q)
	if err := tx.QueryRow(ctx, statement, args).Scan(r.targets()...); err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	return r.what(), nil
}

func given(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// place makes ways of the cells, in the order of the services and bodies.
func (r *Report) place(c cells, bodies []Body) {
	serviceAt, bodyAt := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	for i, s := range r.Rollins {
		serviceAt[s.ID] = i
	}
	for i, b := range bodies {
		bodyAt[b.ID] = i
	}
	cell := make([]int, len(r.Rollins)*len(bodies)) // by service and body: the number of its cell, from 1
	for i := range c.services {
		service, known := serviceAt[c.services[i]]
		body, there := bodyAt[c.bodies[i]]
		if known && there {
			cell[service*len(bodies)+body] = i + 1
		}
	}
	r.Ways = make([]Way, 0, len(c.services))
	for n, no := range cell {
		if i := no - 1; no > 0 {
			r.Ways = append(r.Ways, Way{
				Rollin: r.Rollins[n/len(bodies)], Body: bodies[n%len(bodies)], BegunOn: day(c.begun[i]), FirstTarget: day(c.first[i]),
				Then: c.then.at(i), Before: c.before.at(i),
			})
		}
	}
}

func (p points) at(i int) Point {
	return Point{p.competent[i], p.states[i], day(p.targets[i]), p.causes[i], p.reasons[i], p.live[i]}
}

func day(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// asOf is the row h that says how an onboarding o stood on a day.
func asOf(day string) string {
	return `
		SELECT h.state, h.target_on, h.target_cause, h.target_reason, h.live_on
		FROM portal.onboarding_history h
		WHERE h.land_id = @land AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
			AND h.valid_on <= ` + day + ` AND h.known_on <= CASE WHEN @corrected THEN @today ELSE ` + day + ` END
		ORDER BY h.seq DESC
		LIMIT 1`
}

// competentOn says whether body and service of a group of rows c belonged together on a day.
func competentOn(day string) string {
	return `coalesce((array_agg(c.competent ORDER BY c.seq DESC) FILTER (WHERE c.known_on <= CASE WHEN @corrected THEN @today ELSE ` + day + ` END))[1], false)`
}

// columns hand over what is known of point p.
func columns(p string) string {
	return `coalesce(array_agg(coalesce(c.competent_` + p + `, false)), '{}'), coalesce(array_agg(coalesce(` + p + `.state, '')), '{}'),
		coalesce(array_agg(` + p + `.target_on), '{}'), coalesce(array_agg(coalesce(` + p + `.target_cause, '')), '{}'),
		coalesce(array_agg(coalesce(` + p + `.target_reason, '')), '{}'), coalesce(array_agg(` + p + `.live_on), '{}')`
}

// beginning is the day in Germany on which a roll-in r began.
const beginning = `(r.started_at AT TIME ZONE 'Europe/Berlin')::date`

// comparedWith is the day that a day is compared with: the one that was asked for, or the last meeting before it, or the end of
// the month before.
func comparedWith(day, asked string) string {
	return `coalesce(` + asked + `, (
			SELECT max(b.agenda_on) FROM portal.obstacle b WHERE b.land_id = @land AND b.agenda_on < ` + day + `), @month::date)`
}

// statement answers a question with one row, as far as row security shows the ways to the reader. It looks up the row that
// counts of each onboarding, so it costs by onboardings, however long their history is.
var statement = `
	WITH since AS MATERIALIZED (
		SELECT ` + comparedWith("@day", "@since::date") + ` AS day
	), competence AS MATERIALIZED (
		SELECT c.service_id, c.org_id, ` + competentOn("@day") + ` AS competent_n, ` + competentOn("s.day") + ` AS competent_p
		FROM portal.competence_history c
		JOIN portal.rollin r ON r.land_id = @land AND r.service_id = c.service_id
		CROSS JOIN since s
		WHERE c.land_id = @land
		GROUP BY c.service_id, c.org_id, s.day
	)
	SELECT s.day, (
		SELECT coalesce(json_agg(json_build_object('id', v.service_id, 'slug', v.slug, 'name', v.name, 'begun_on', to_char(` + beginning + `, 'YYYY-MM-DD"T00:00:00Z"'))
			ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]')
		FROM portal.rollin r
		JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
		WHERE r.land_id = @land AND ` + beginning + ` <= @day AND (@whole OR v.ministry_id = @org OR EXISTS (
			SELECT FROM portal.onboarding o WHERE o.land_id = @land AND o.service_id = r.service_id))), (
		SELECT coalesce(json_agg(json_build_object('id', b.org_id, 'key', b.key, 'name', b.name) ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", b.org_id), '[]')
		FROM portal.organisation b
		WHERE b.land_id = @land AND b.kind IN ('district', 'independent_city')),
		w.*
	FROM since s
	CROSS JOIN LATERAL (
		SELECT coalesce(array_agg(coalesce(o.service_id, c.service_id)), '{}'), coalesce(array_agg(coalesce(o.org_id, c.org_id)), '{}'),
			coalesce(array_agg(f.known_on), '{}'), coalesce(array_agg(f.target_on), '{}'), ` + columns("n") + `, ` + columns("p") + `
		FROM (SELECT o.service_id, o.org_id, o.onboarding_id FROM portal.onboarding o WHERE o.land_id = @land) o
		FULL JOIN competence c ON c.service_id = o.service_id AND c.org_id = o.org_id
		LEFT JOIN LATERAL (
			SELECT h.known_on, h.target_on
			FROM portal.onboarding_history h
			WHERE h.land_id = @land AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
			ORDER BY h.seq
			LIMIT 1) f ON true
		LEFT JOIN LATERAL (` + asOf("@day") + `) n ON true
		LEFT JOIN LATERAL (` + asOf("s.day") + `) p ON true
		WHERE n.state IS NOT NULL OR c.competent_n OR c.competent_p) w`
