package dashboard

import (
	"maps"
	"strconv"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// circle says whose steps and onboardings a reader counts. Row security draws the same line, a little wider.
type circle string

const (
	wholeLand  circle = "land"     // everything
	ownService circle = "ministry" // what belongs to the services it decides
	ownBody    circle = "body"
	assigned   circle = "provider" // the bodies it works for
	nobody     circle = ""
)

func circleOf(who access.Actor) circle {
	switch who.Role {
	case access.StateCoordinator, access.StateEditor:
		return wholeLand
	case access.MinistryDecider, access.MinistryReader:
		return ownService
	case access.BodyCoordinator, access.BodyEditor:
		return ownBody
	case access.Provider:
		return assigned
	}
	return nobody // a committee counts, but not one by one
}

// within limits rows that have a service_id and an org_id to the reader's circle. A ministry's are those of its
// services: what a body does once for all services is the body's own. It is no chain of OR: of that, Postgres expects a
// hundredth of the rows, and goes through the others one by one.
func within(alias string) string {
	return `CASE @circle
		WHEN 'land' THEN true
		WHEN 'ministry' THEN ` + alias + `.service_id IN (
			SELECT m.service_id FROM portal.service m WHERE m.land_id = @land AND m.ministry_id = @org)
		WHEN 'body' THEN ` + alias + `.org_id = @org
		WHEN 'provider' THEN ` + alias + `.org_id IN (
			SELECT a.org_id FROM portal.assignment a WHERE a.land_id = @land AND a.provider_id = @org)
		ELSE false END`
}

// bodiesWithin limits bodies b: a town sees itself, a provider those it works for, everybody else all.
const bodiesWithin = `(@circle IN ('land', 'ministry')
		OR @circle = 'body' AND b.org_id = @org
		OR @circle = 'provider' AND b.org_id IN (
			SELECT a.org_id FROM portal.assignment a WHERE a.land_id = @land AND a.provider_id = @org))`

// existing limits bodies b to Landkreise and kreisfreie Städte that exist today. One that ended stays while it has
// onboardings, so that no figure loses what a list shows.
var existing = existingOn("@today")

// existingOn is the same for another day.
func existingOn(day string) string {
	return `b.kind IN ('district', 'independent_city') AND (
		(b.valid_from IS NULL OR b.valid_from <= ` + day + `) AND (b.valid_to IS NULL OR b.valid_to >= ` + day + `)
		OR EXISTS (SELECT FROM portal.onboarding x WHERE x.land_id = @land AND x.org_id = b.org_id AND x.state <> 'not_applicable'))`
}

// args are the arguments that the predicates of this file need, and more.
func args(tx *postgres.Tx, more pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	all := pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "circle": postgres.Fixed(circleOf(tx.Who))}
	maps.Copy(all, more)
	return all
}

// fixed is a yes or no that Postgres shall plan for.
func fixed(yes bool) postgres.Fixed { return postgres.Fixed(strconv.FormatBool(yes)) }
