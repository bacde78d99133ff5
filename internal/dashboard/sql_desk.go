package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/event"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/pilot"
	"rollinportal/internal/postgres"
	"rollinportal/internal/question"
	"rollinportal/internal/survey"
	"rollinportal/internal/template"
)

// readServices reads the services of the reader's circle that are in their roll-in, and the Auflagen that wait.
func readServices(ctx context.Context, tx *postgres.Tx, d *MinistryDesk) error {
	err := tx.QueryRow(ctx, `
		SELECT (SELECT coalesce(json_agg(l ORDER BY l.name COLLATE "de-x-icu", l.slug), '[]') FROM (
		SELECT v.slug, v.name, o.live, o.whole, late.count AS overdue, c.count AS tocheck
		FROM portal.rollin r
		JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
		CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE o.state = ANY (@live))::int AS live, count(*) FILTER (WHERE o.state = ANY (@counts))::int AS whole
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.service_id = r.service_id) o
		CROSS JOIN LATERAL (
			SELECT count(*)::int AS count
			FROM portal.step s
			WHERE s.land_id = @land AND s.service_id = r.service_id AND `+overdue+`) late
		CROSS JOIN LATERAL (
			SELECT n.count FROM (`+countToCheck+` AND s.service_id = r.service_id) n (count)) c
		WHERE r.land_id = @land AND `+within("r")+`
		ORDER BY v.name COLLATE "de-x-icu", v.service_id
		LIMIT 1000) l), (`+condition.OfMinistryAsJSON+`), (`+question.WaitingCount+`)`, args(tx, pgx.StrictNamedArgs{
		"today": tx.Today(), "live": Live.States(), "counts": StatesIn(Stage.Counts), "own": tx.Org(),
	})).Scan(&d.Services, &d.Conditions, &d.Questions)
	if err != nil {
		return fmt.Errorf("list services in roll-in: %w", err)
	}
	return nil
}

// readKinds counts what the provider has to do, by kind of step, and what is not possible yet. It also reads the
// provider's Auflagen and what ministries ask of it.
func readKinds(ctx context.Context, tx *postgres.Tx, d *ProviderDesk) error {
	err := tx.QueryRow(ctx, `
		SELECT (SELECT coalesce(json_agg(l ORDER BY l.firstdue, l.key, l."check"), '[]') FROM (
		WITH found AS MATERIALIZED (`+heldBy+`), held AS MATERIALIZED ( -- each once, and not again for every title or step
			SELECT h.step_id, array_agg(ht.title ORDER BY ht.no) AS titles
			FROM found h
			JOIN portal.template_step ht ON ht.land_id = @land AND ht.template_version_id = h.template_version_id AND ht.key = h.key
			GROUP BY h.step_id
		)
		SELECT s.key, max(t.title) AS title, s.state = 'submitted' AS "check", count(*) FILTER (WHERE h.titles IS NULL)::int AS count,
			count(h.titles)::int AS held, array_agg(DISTINCT h.titles[1]) FILTER (WHERE h.titles IS NOT NULL) AS heldby,
			`+midnight("min(s.due_on) FILTER (WHERE h.titles IS NULL)")+` AS firstdue
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id
		LEFT JOIN held h ON h.step_id = s.step_id AND s.state <> 'submitted'
		WHERE s.land_id = @land AND `+within("s")+` AND (t.responsible = @responsible AND s.state <> 'submitted' AND `+statuses[ToDo]+` OR `+toCheck+`)
		GROUP BY s.key, s.state = 'submitted'
		ORDER BY firstdue, s.key, "check"
		LIMIT 100) l), (`+condition.OfOwnerAsJSON+`), (`+decision.AwaitedAsJSON+`)`,
		args(tx, pgx.StrictNamedArgs{"today": tx.Today(), "aside": asideStates(), "responsible": template.ByProvider, "own": tx.Org()})).Scan(&d.Kinds, &d.Conditions, &d.Asked)
	if err != nil {
		return fmt.Errorf("list kinds of steps: %w", err)
	}
	return nil
}

// named is how many steps the start page of a town names.
const named = 5

// readAdvice reads what a town wants to know about its next steps: whom they may lie with, and how long others needed.
func readAdvice(ctx context.Context, tx *postgres.Tx, d *BodyDesk) error {
	var keys []string
	for i, n := range d.Possible() {
		if i < named {
			keys = append(keys, n.Key)
		}
	}
	err := tx.QueryRow(ctx, `
		SELECT (`+onboarding.PartiesAsJSON+`), (SELECT coalesce(json_object_agg(u.key, json_build_object('Own', u.days, 'Away', u.away_days)), '{}') FROM portal.usual_time u WHERE u.land_id = @land AND u.key = ANY (@keys)), (`+pilot.OpenAsJSON+`), (`+survey.OpenAsJSON+`), (`+event.NextAsJSON+`), (`+condition.OfOwnerAsJSON+`)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "own": tx.Org(), "today": tx.Today(), "now": tx.Now, "keys": keys}).Scan(&d.Parties, &d.Usual, &d.Calls, &d.Surveys, &d.Events, &d.Conditions)
	if err != nil {
		return fmt.Errorf("read what helps with the next steps: %w", err)
	}
	return nil
}
