package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/event"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
	"rollinportal/internal/survey"
)

// bodySorts are the orders of the list; the request only names a key.
var bodySorts = map[string]string{
	"":              `v.name COLLATE "de-x-icu"`,
	"einheit":       `v.name COLLATE "de-x-icu"`,
	"-einheit":      `v.name COLLATE "de-x-icu" DESC`,
	"produktiv":     `v.live, v.name COLLATE "de-x-icu"`,
	"-produktiv":    `v.live DESC, v.name COLLATE "de-x-icu"`,
	"arbeit":        `v.in_work, v.name COLLATE "de-x-icu"`,
	"-arbeit":       `v.in_work DESC, v.name COLLATE "de-x-icu"`,
	"ueberfaellig":  `v.overdue, v.name COLLATE "de-x-icu"`,
	"-ueberfaellig": `v.overdue DESC, v.name COLLATE "de-x-icu"`,
	"ziel":          `v.next_target NULLS LAST, v.name COLLATE "de-x-icu"`,
	"-ziel":         `v.next_target DESC NULLS LAST, v.name COLLATE "de-x-icu"`,
}

// rolesNamed holds for a body b whose profile names the people in charge.
const rolesNamed = `(
	SELECT count(DISTINCT f.details ->> '` + profile.Role + `') = 2
	FROM portal.profile_fact f
	WHERE f.land_id = @land AND f.org_id = b.org_id AND f.kind = '` + string(profile.Contact) + `'
		AND f.details ->> '` + profile.Role + `' IN ('` + profile.Coordinator + `', '` + profile.Deputy + `'))`

// sharesExperience holds for a body b that released something of its way.
const sharesExperience = `EXISTS (
	SELECT FROM portal.experience e WHERE e.land_id = @land AND e.org_id = b.org_id AND e.withdrawn_at IS NULL)`

func listBodies(ctx context.Context, tx *postgres.Tx, f BodyFilter) ([]BodyRow, error) {
	sort, known := bodySorts[f.Sort]
	if !known {
		sort = bodySorts[""]
	}
	rows, _ := tx.Query(ctx, `
		SELECT v.key, v.name, v.kind, v.live, v.whole, v.in_work, v.overdue, v.next_target, coalesce(v.next_target < @today, false) AS target_missed,
			coalesce((SELECT m.name FROM portal.service m WHERE m.land_id = @land AND m.slug = @deals), '') AS deals
		FROM (
			SELECT b.org_id, b.key, b.name, b.kind, coalesce(o.live, 0) AS live, coalesce(o.whole, 0) AS whole,
				coalesce(o.in_work, 0) AS in_work, o.next_target, coalesce(late.count, 0)::int AS overdue
			FROM portal.organisation b
			LEFT JOIN (
				SELECT o.org_id, count(*) FILTER (WHERE o.state = ANY (@live))::int AS live,
					count(*) FILTER (WHERE o.state = ANY (@counts))::int AS whole,
					count(*) FILTER (WHERE o.state = ANY (@in_work))::int AS in_work,
					min(o.target_on) FILTER (WHERE o.live_on IS NULL AND o.state <> ALL (@aside)) AS next_target
				FROM portal.onboarding o
				WHERE o.land_id = @land AND `+within("o")+`
				GROUP BY o.org_id) o ON o.org_id = b.org_id
			LEFT JOIN (
				SELECT s.org_id, count(*) AS count
				FROM portal.step s
				WHERE s.land_id = @land AND `+within("s")+` AND `+overdue+`
				GROUP BY s.org_id) late ON late.org_id = b.org_id
			WHERE b.land_id = @land AND `+existing+` AND `+bodiesWithin+`
				AND (@says <> '`+string(NamesRoles)+`' OR @circle IN ('land', 'body') AND `+rolesNamed+`)
				AND (@party = '' OR EXISTS (
					SELECT FROM portal.step s
					`+lying+`
					WHERE s.land_id = @land AND s.org_id = b.org_id AND `+within("s")+` AND `+statuses[Waits]+` AND coalesce(p.key, w.party_key) = @party))
				AND (@deals = '' OR b.org_id IN (
					SELECT c.org_id
					FROM portal.service_body c
					JOIN portal.service m ON m.land_id = @land AND m.service_id = c.service_id
					WHERE c.land_id = @land AND m.slug = @deals))
				AND (@says <> '`+string(SharesExperience)+`' OR `+sharesExperience+`)
				AND (@says <> '`+string(WasAsked)+`' OR @circle <> 'provider' AND `+survey.Asked+`)
				AND (@says <> '`+string(HasAnswered)+`' OR @circle <> 'provider' AND `+survey.Asked+` AND `+survey.Current+`)
				AND (@says <> '`+string(TakesPart)+`' OR @circle <> 'provider' AND `+event.TakesPart+`)
		) v
		WHERE @delay = '' OR (@delay = 'yes') = (v.overdue > 0)
		ORDER BY `+sort+`, v.org_id
		LIMIT 2000`, args(tx, pgx.StrictNamedArgs{
		"today": tx.Today(), "aside": asideStates(), "live": Live.States(), "counts": StatesIn(Stage.Counts),
		"in_work": StatesIn(Stage.InWork), "delay": f.Delay, "says": f.Says, "party": f.WaitsFor, "deals": f.Deals,
	}))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[BodyRow])
	if err != nil {
		return nil, fmt.Errorf("list bodies: %w", err)
	}
	return found, nil
}

// readProfile reads a body with its onboardings; NotFound outside the reader's circle.
func readProfile(ctx context.Context, tx *postgres.Tx, key string) (Profile, error) {
	var p Profile
	rows, _ := tx.Query(ctx, `
		SELECT b.org_id, b.kind, b.key, b.name, b.short, b.task, b.valid_from, b.valid_to, b.successor_key, b.seat, b.population,
			b.population_on, b.tile_column, b.tile_row, coalesce(b.valid_to < @today, false) AS ended, o.onboardings
		FROM portal.organisation b
		CROSS JOIN LATERAL (
			SELECT coalesce(json_agg(l ORDER BY l.servicename COLLATE "de-x-icu", l.serviceslug), '[]') AS onboardings
			FROM (
				SELECT `+onboardingColumns+`, 0 AS total
				FROM portal.onboarding o
				JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
				`+blockedJoin+`
				`+onboarding.EndingJoin+`
				WHERE o.land_id = @land AND o.org_id = b.org_id AND `+within("o")+`
			) l
		) o
		WHERE b.land_id = @land AND b.kind IN ('district', 'independent_city') AND b.key = @key AND `+bodiesWithin,
		args(tx, pgx.StrictNamedArgs{"key": key, "today": tx.Today(), "aside": asideStates(), "known_from": knownFrom(tx)}))
	type row struct {
		organisation.Organisation
		Onboardings []Onboarding
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[row])
	if postgres.IsNoRow(err) {
		return p, fault.Missing()
	}
	if err != nil {
		return p, fmt.Errorf("read body %s: %w", key, err)
	}
	p.Organisation, p.Onboardings = found.Organisation, found.Onboardings
	return p, nil
}
