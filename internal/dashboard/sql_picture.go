package dashboard

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/catalog"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/event"
	"rollinportal/internal/funding"
	"rollinportal/internal/history"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/question"
	"rollinportal/internal/survey"
)

// pairs are the cells of the matrix, each with its service and its body.
type pairs struct {
	cells
	services, bodies []uuid.UUID
}

// pictureStatement reads everything that is counted. Of the steps it looks at those that are late, and at the next ones.
var pictureStatement = `
	WITH late AS MATERIALIZED (
		SELECT s.step_id, s.org_id, s.service_id, s.scope, s.key, s.due_on, s.state, s.state_since, t.no, t.title, t.pillar, t.responsible
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE s.land_id = @land AND ` + within("s") + ` AND ` + overdue + `
	)
	SELECT (` + pictureBodies + `), (` + pictureLines + `), (` + picturePillars + `), (` + openDecisions + `), (` + longestOverdue + `),
		(SELECT count(*)::int FROM late), (` + countToCheck + ` AND ` + within("s") + `), (` + condition.FiguresAsJSON + `), (` + condition.FirstAsJSON + `), (` + question.WaitingCount + `),
		(` + timelyDecisions + `), (` + question.AnsweredAsJSON + `), (` + stepsOfFacts + `), (` + lateByAge + `), (` + openObstacles + `), (` + hurdle.FirstAsJSON + `), (` + funding.DeadlineCount + `), (` + thenCounted("past.day") + `), c.*, past.*
	FROM (` + pictureCells + `) c
	CROSS JOIN (` + history.CourseStatement + `) past`

func pictureArgs(tx *postgres.Tx, more pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	maps.Copy(more, pgx.StrictNamedArgs{"today": tx.Today(), "aside": asideStates(), "known_from": knownFrom(tx), "longest": longest, "ages": hurdle.Ages, "reach": hurdle.ReachOf(tx.Who)})
	return args(tx, more)
}

// readPicture reads everything that is counted, in one statement. Of the steps it looks at those that are late, and at
// the next ones; what else is said of steps comes from what is kept.
func readPicture(ctx context.Context, tx *postgres.Tx) (*Picture, error) {
	p := &Picture{}
	var c pairs
	past, more := history.AskCourse(tx)
	err := tx.QueryRow(ctx, pictureStatement, pictureArgs(tx, more)).Scan(slices.Concat([]any{
		&p.Bodies, &p.Services, &p.Pillars, &p.Open, &p.Longest, &p.Overdue, &p.ToCheck, &p.Conditions, &p.Due, &p.Questions,
		&p.timely, &p.answered, &p.byStep, &p.Late, &p.Obstacles, &p.Hindering, &p.Deadlines, &p.Then, &c.services, &c.bodies,
	}, c.targets(), past.Targets())...)
	if err != nil {
		return nil, fmt.Errorf("read the Lagebild: %w", err)
	}
	p.place(c)
	p.Past = past.Course()
	return p, nil
}

var pictureBodies = `
	SELECT coalesce(json_agg(json_build_object('id', b.org_id, 'key', b.key, 'name', b.name, 'short', b.short, 'city', b.kind = 'independent_city',
		'column', b.tile_column, 'row', b.tile_row, 'overdue', coalesce(l.count, 0), 'people', b.population,
		'roles', CASE WHEN @circle IN ('land', 'body') THEN ` + rolesNamed + ` END, 'shares', ` + sharesExperience + `,
		'current', CASE WHEN @circle <> 'provider' AND ` + survey.Asked + ` THEN ` + survey.Current + ` END, 'attends', CASE WHEN @circle <> 'provider' THEN ` + event.TakesPart + ` END)
		ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", b.org_id), '[]')
	FROM portal.organisation b
	LEFT JOIN (SELECT late.org_id, count(*) AS count FROM late GROUP BY late.org_id) l ON l.org_id = b.org_id
	WHERE b.land_id = @land AND ` + existing + ` AND ` + bodiesWithin

// linesWithin limits services v to the reader's circle: a ministry's own, those that concern a body or the bodies of a
// provider, everybody else's all.
const linesWithin = `(@circle = 'land' OR @circle = 'ministry' AND v.ministry_id = @org OR @circle IN ('body', 'provider') AND ` + catalog.Concerns + `)`

// latestDecision joins to a service v the case that counts.
const latestDecision = `
	LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
	LEFT JOIN LATERAL (
		SELECT d.state
		FROM portal.decision d
		WHERE d.land_id = @land AND d.service_id = v.service_id AND d.state <> 'withdrawn'
		ORDER BY d.no DESC
		LIMIT 1) d ON true`

const pictureLines = `
	SELECT coalesce(json_agg(json_build_object('id', v.service_id, 'slug', v.slug, 'name', v.name, 'decision', coalesce(d.state, ''), 'rolling_in', r.service_id IS NOT NULL,
		'funded', r.service_id IS NOT NULL AND ` + funding.Running + `, 'complete', ` + catalog.Complete + `,
		'land', CASE WHEN e.service_id IS NOT NULL THEN json_build_object('live', e.live, 'whole', e.whole) END)
		ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]')
	FROM portal.service v` + latestDecision + `
	LEFT JOIN ctx.land_reach() e ON e.service_id = v.service_id
	WHERE v.land_id = @land AND ` + linesWithin

// pictureCells has a place for each competent body of a service in roll-in, and for each onboarding.
var pictureCells = `
	SELECT coalesce(array_agg(coalesce(o.service_id, c.service_id)), '{}') AS services, coalesce(array_agg(coalesce(o.org_id, c.org_id)), '{}') AS bodies,
		` + cellColumns("c.org_id IS NOT NULL", "false") + `
	FROM (
		SELECT c.service_id, c.org_id
		FROM portal.service_body c
		JOIN portal.rollin r ON r.land_id = @land AND r.service_id = c.service_id
		WHERE c.land_id = @land AND ` + within("c") + `) c
	FULL JOIN (
		SELECT o.service_id, o.org_id, o.onboarding_id, o.state, o.state_since, o.confirmed_at, o.held
		FROM portal.onboarding o
		WHERE o.land_id = @land AND ` + within("o") + `) o ON o.service_id = c.service_id AND o.org_id = c.org_id
	` + onboarding.EndingJoin

// picturePillars sums what is kept of the steps, and adds what is late and what is due next.
var picturePillars = `
	SELECT json_agg(json_build_object('no', n.no, 'done', coalesce(p.done, 0), 'active', coalesce(p.active, 0), 'relevant', coalesce(p.relevant, 0),
		'overdue', coalesce(l.count, 0), 'next', f.step) ORDER BY n.no)
	FROM generate_series(1, 4) AS n (no)
	LEFT JOIN (` + pillarSums(within("p")) + `) p ON p.pillar = n.no
	LEFT JOIN (SELECT late.pillar, count(*) AS count FROM late GROUP BY late.pillar) l ON l.pillar = n.no
	LEFT JOIN LATERAL (` + nextStep + `) f ON true`

// pillarSums sums what is kept of the steps, without looking at one.
func pillarSums(reach string) string {
	return `
		SELECT p.pillar, sum(p.done)::int AS done, sum(p.active)::int AS active, sum(p.relevant)::int AS relevant
		FROM portal.progress p
		WHERE p.land_id = @land AND ` + reach + `
		GROUP BY p.pillar`
}

// nextStep finds the first day on which steps of pillar n are due, and then the first step of that day.
var nextStep = `
	SELECT json_build_object('title', t.title, 'due_on', d.due_on::timestamp AT TIME ZONE 'UTC') AS step
	FROM (
		SELECT s.due_on
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE s.land_id = @land AND s.due_on >= @today AND t.pillar = n.no AND ` + upcoming + `
		ORDER BY s.due_on
		LIMIT 1) d
	JOIN portal.step s ON s.land_id = @land AND s.due_on = d.due_on
	JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
	WHERE t.pillar = n.no AND ` + upcoming + `
	ORDER BY t.no, t.title, t.template_version_id
	LIMIT 1`

var upcoming = toDo + ` AND ` + within("s")

// stepsOfFacts counts the steps that are a part of a pillar of their own, as the list of tasks counts them.
var stepsOfFacts = `
	SELECT coalesce(json_object_agg(k.key, json_build_object('part', k.done, 'whole', k.relevant)), '{}')
	FROM (
		SELECT s.key, count(*) FILTER (WHERE ` + effective + ` = 'done') AS done, count(*) FILTER (WHERE ` + effective + ` <> 'not_applicable') AS relevant
		FROM portal.step s
		LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id
		WHERE s.land_id = @land AND s.key IN ('` + DVDVStep + `', '` + CertificateStep + `', '` + PaymentStep + `', '` + GuideStep + `') AND ` + within("s") + `
		GROUP BY s.key) k`

const openDecisions = `
	SELECT count(*)::int
	FROM portal.decision d
	JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
	WHERE d.land_id = @land AND d.state IN ('draft', 'in_review', 'submitted') AND ` + casesWithin

// casesWithin limits cases d of a service v to those of the reader's circle. Bodies and providers decide none.
const casesWithin = `(@circle = 'land' OR @circle = 'ministry' AND (d.org_id = @org OR v.ministry_id = @org))`

var lateByAge = `
	SELECT coalesce(json_object_agg(a.age, a.count), '{}')
	FROM (SELECT ` + agedLate("late") + ` AS age, count(*) AS count FROM late GROUP BY 1) a`

// agedLate says for which of hurdle.Ages a step has been late.
func agedLate(step string) string {
	return `width_bucket(@today::date - ` + step + `.due_on, @ages::int[])`
}

const openObstacles = `
	SELECT coalesce(json_object_agg(n.dimension, n.count), '{}')
	FROM (
		SELECT o.dimension, count(*) AS count
		FROM portal.obstacle o
		WHERE o.land_id = @land AND ` + hurdle.Visible + ` AND portal.obstacle_open(o)
		GROUP BY o.dimension) n`

// timelyDecisions counts the cases that were decided in time, of those whose time has come.
const timelyDecisions = `
	SELECT json_build_object('part', count(*) FILTER (WHERE ` + decision.Timely + `), 'whole', count(*))
	FROM portal.decision d
	JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
	WHERE d.land_id = @land AND ` + decision.Due + ` AND ` + casesWithin

// lateWithOthers counts of the days for which a step s has been late those on which it lay with others, or with whoever
// checks it now. It says what onboarding.Step.Late says.
const lateWithOthers = `
	SELECT coalesce(sum(greatest(0, least(coalesce((w.ended_at AT TIME ZONE 'Europe/Berlin')::date, @today::date), @today::date) - greatest(w.since, s.due_on))), 0)
		+ CASE WHEN s.state = 'submitted' THEN greatest(0, @today::date - greatest((s.state_since AT TIME ZONE 'Europe/Berlin')::date, s.due_on)) ELSE 0 END
	FROM portal.waiting w
	WHERE w.land_id = @land AND w.org_id = s.org_id AND w.step_id = s.step_id`

// longestOverdue names the first steps of the list of overdue tasks: of all that are late, it looks closer at those that come
// first by day and number. Its names are those of the fields of Task.
var longestOverdue = `
	SELECT coalesce(json_agg(l ORDER BY l.dueon, l.no, l.bodyname COLLATE "de-x-icu", l.stepid), '[]')
	FROM (
		SELECT s.step_id AS stepid, s.scope, s.key, s.no, s.title, s.responsible, ` + midnight("s.due_on") + ` AS dueon, b.key AS bodykey, b.name AS bodyname,
			coalesce(v.slug, '') AS serviceslug, coalesce(v.name, '') AS servicename,
			CASE s.scope WHEN 'basis' THEN (SELECT via.slug FROM (` + shownBy + `) via) WHEN 'kommune' THEN v.slug END AS via, (` + lateWithOthers + `) AS foreigndays
		FROM (SELECT late.* FROM late ORDER BY late.due_on, late.no FETCH FIRST (@longest) ROWS WITH TIES) s
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = s.org_id
		LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
		ORDER BY s.due_on, s.no, b.name COLLATE "de-x-icu", s.step_id
		LIMIT @longest) l`
