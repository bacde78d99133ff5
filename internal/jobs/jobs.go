package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Job is what is to be done: a small struct of ids. Its kind names it in the queue and never changes.
type Job interface{ Kind() string }

// Insert promises a job in the transaction of the act; it is done soon after the commit.
func Insert(ctx context.Context, tx *postgres.Tx, job Job) error {
	return InsertAt(ctx, tx, job, time.Time{})
}

// InsertAt promises a job for a later time, by the clock on the wall.
func InsertAt(ctx context.Context, tx *postgres.Tx, job Job, at time.Time) error {
	args, err := json.Marshal(job)
	if err != nil {
		return fmt.Errorf("encode job %s: %w", job.Kind(), err)
	}
	var due *time.Time
	if !at.IsZero() {
		due = &at
	}
	if _, err := tx.Exec(ctx, `SELECT ctx.add_job($1, $2, $3)`, job.Kind(), args, due); err != nil {
		return fmt.Errorf("insert job %s: %w", job.Kind(), err)
	}
	return nil
}

// actorRow mirrors the part of the database type ctx.actor that differs between workers.
type actorRow struct {
	MembershipID, PersonID, LandID, OrgID uuid.UUID
	PersonName, Role, LandKey             string
	OrgKey, OrgKind, OrgName, OrgShort    string
	Product, Banner, ContactEmail         string
	Official, Demo                        bool
}

// Actor returns in whose name a worker acts: a Landkreis or kreisfreie Stadt of a Land, or with uuid.Nil the Land's
// coordination. The actor is worth nothing but on a connection of the workers' role. NotFound if there is no such body.
func Actor(ctx context.Context, db *postgres.DB, land, org uuid.UUID) (access.Actor, error) {
	var found actorRow
	err := db.Anonymous(ctx, func(q postgres.Querier) error {
		rows, _ := q.Query(ctx, `
			SELECT membership_id, person_id, person_name, role, land_id, land_key, org_id, org_key, org_kind,
				org_name, org_short, product, banner, official, demo, contact_email
			FROM ctx.work_actor($1, $2)`, land, uuid.NullUUID{UUID: org, Valid: org != uuid.Nil})
		var err error
		found, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[actorRow])
		return err
	})
	if err != nil {
		return access.Actor{}, fmt.Errorf("find whom to act for in Land %s: %w", land, err)
	}
	return access.Actor{
		Automatic: true, Membership: found.MembershipID, Person: found.PersonID, Name: found.PersonName, Role: access.Role(found.Role),
		Land: access.Land{ID: found.LandID, Key: found.LandKey, Product: found.Product, Banner: found.Banner, Official: found.Official, Demo: found.Demo, ContactEmail: found.ContactEmail},
		Org:  access.Org{ID: found.OrgID, Key: found.OrgKey, Kind: found.OrgKind, Name: found.OrgName, Short: found.OrgShort},
	}, nil
}

// laender lists the Länder that have somebody to act for.
func laender(ctx context.Context, db *postgres.DB) (found []uuid.UUID, err error) {
	err = db.Anonymous(ctx, func(q postgres.Querier) error {
		rows, _ := q.Query(ctx, `SELECT land FROM ctx.work_laender() AS land ORDER BY land`)
		found, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the Länder to work for: %w", err)
	}
	return found, nil
}
