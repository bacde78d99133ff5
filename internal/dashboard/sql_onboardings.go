package dashboard

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// way orders onboardings o by how far they are; what stands aside comes last.
var way = wayOrder()

func wayOrder() string {
	names := make([]string, len(onboarding.States))
	for i, s := range onboarding.States {
		names[i] = "'" + string(s) + "'"
	}
	return "array_position(ARRAY[" + strings.Join(names, ", ") + "], o.state)"
}

// onboardingSorts are the orders of the list; the request only names a key.
var onboardingSorts = map[string]string{
	"":          `v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"leistung":  `v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"-leistung": `v.name COLLATE "de-x-icu" DESC, b.name COLLATE "de-x-icu"`,
	"einheit":   `b.name COLLATE "de-x-icu", v.name COLLATE "de-x-icu"`,
	"-einheit":  `b.name COLLATE "de-x-icu" DESC, v.name COLLATE "de-x-icu"`,
	"stand":     way + `, v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"-stand":    way + ` DESC, v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"ziel":      `o.target_on, v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"-ziel":     `o.target_on DESC, v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"seit":      `o.state_since, v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
	"-seit":     `o.state_since DESC, v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu"`,
}

// onboardingColumns show an onboarding o of a service v in a body b. Written without underscores their names are those
// of the fields for pgx and for JSON alike; a date becomes a moment, because JSON knows no days.
var onboardingColumns = `b.key AS bodykey, b.name AS bodyname, v.slug AS serviceslug, v.name AS servicename, o.state,
	o.state_since AS statesince, o.state_reason AS statereason, ` + midnight("o.resume_on") + ` AS resumeon,
	` + midnight("o.target_on") + ` AS targeton, ` + midnight("o.live_on") + ` AS liveon, o.confirmed_at AS confirmedat, o.pilot, o.steps_done AS done,
	o.steps_relevant AS relevant, o.target_on < @today AND o.live_on IS NULL AND o.state <> ALL (@aside) AND NOT o.held AS late,
	k.onboarding_id IS NOT NULL AS blocked, coalesce(x.what, '') AS expires, ` + midnight("x.valid_until") + ` AS expireson,
	` + midnight("@today::date") + ` AS at, ` + stale + ` AS unconfirmed`

// stale says of an onboarding o what onboarding.Unconfirmed says.
const stale = `(o.state <> ALL (@aside) AND o.state <> 'operating' AND NOT o.held AND coalesce(o.confirmed_at, o.state_since) < @known_from)`

// knownFrom is since when what a body confirmed counts as known.
func knownFrom(tx *postgres.Tx) time.Time {
	return tx.Today().AddDate(0, 0, -tx.Who.Land.FreshDays)
}

// blockedNow are the onboardings that an obstacle blocks: those of which the last that was written down says so. What
// portal.blocked_onboarding derives of obstacles and steps is written down wherever it becomes another (ADR 0037).
const blockedNow = `
	SELECT h.org_id, h.onboarding_id
	FROM portal.blocked_history h
	WHERE h.land_id = @land AND h.blocked AND NOT EXISTS (
		SELECT FROM portal.blocked_history n
		WHERE n.land_id = @land AND n.org_id = h.org_id AND n.onboarding_id = h.onboarding_id AND n.seq > h.seq)`

// blockedJoin joins to an onboarding o the row k that says that an obstacle blocks it.
const blockedJoin = `LEFT JOIN (` + blockedNow + `) k ON k.org_id = o.org_id AND k.onboarding_id = o.onboarding_id`

// isBlocked says so of every onboarding o of a Land: those that are blocked are gathered once and then looked up.
const isBlocked = `coalesce(o.onboarding_id IN (SELECT k.onboarding_id FROM (` + blockedNow + `) k), false)`

// midnight makes a moment of a day, as pgx does.
func midnight(day string) string { return "(" + day + "::timestamp AT TIME ZONE 'UTC')" }

func listOnboardings(ctx context.Context, tx *postgres.Tx, f OnboardingFilter) ([]Onboarding, error) {
	sort, known := onboardingSorts[f.Sort]
	if !known {
		sort = onboardingSorts[""]
	}
	rows, _ := tx.Query(ctx, `
		SELECT `+onboardingColumns+`, count(*) OVER ()::int AS total
		FROM portal.onboarding o
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		`+blockedJoin+`
		`+onboarding.EndingJoin+`
		WHERE o.land_id = @land AND `+within("o")+`
			AND (NOT @blocked OR k.onboarding_id IS NOT NULL)
			AND (NOT @stale OR `+stale+`)
			AND (NOT @ending OR x.onboarding_id IS NOT NULL)
			AND o.state = ANY (@states)
			AND (@body = '' OR b.key = @body)
			AND (@service = '' OR v.slug = @service)
		ORDER BY `+sort+`, o.onboarding_id
		LIMIT @limit OFFSET @offset`, args(tx, pgx.StrictNamedArgs{
		"states": f.states(), "blocked": f.Blocked, "stale": f.Stale, "ending": f.Ending, "known_from": knownFrom(tx), "body": f.Body, "service": f.Service, "today": tx.Today(), "aside": asideStates(), "limit": PageSize, "offset": offset(f.Page, PageSize),
	}))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Onboarding])
	if err != nil {
		return nil, fmt.Errorf("list onboardings: %w", err)
	}
	return found, nil
}
