// Package audit writes and reads the trail: who changed what, from which value to which, and when.
//
// An entry is written in the transaction of the change; the database chains the entries of each organisation by
// hash. An entry belongs to the organisation whose record changed, not to the one that acted:
//
//	private  only that organisation reads it (a ministry's reviews)
//	org      the Land and assigned providers read it too (steps, onboardings)
//	land     everybody in the Land reads it (services, decisions, roll-ins)
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// Visibility says who may read an entry.
type Visibility string

// The three circles of readers.
const (
	Private Visibility = "private"
	Org     Visibility = "org"
	Land    Visibility = "land"
)

// Change is one field of a record and its two values as people read them.
type Change struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Diff returns a change if the two values differ, and nothing otherwise: collect the fields of a record with it.
func Diff(field, before, after string) []Change {
	if before == after {
		return nil
	}
	return []Change{{field, before, after}}
}

// YesNo is a bool as people read it.
func YesNo(b bool) string {
	if b {
		return "ja"
	}
	return "nein"
}

// Entry is what happened to one record.
type Entry struct {
	Org        uuid.UUID // whose record it is
	Action     string    // "step.done", "decision.submit": the use case
	Kind       string    // "step", "service": the table
	Record     uuid.UUID
	Parent     uuid.UUID // the record it belongs to: a step's onboarding; may be Nil
	Title      string    // what the record is called, so that the trail reads without it
	Visibility Visibility
	Changes    []Change
}

// Record writes an entry. Without it, the transaction does not commit.
func Record(ctx context.Context, tx *postgres.Tx, e Entry) error {
	return RecordAll(ctx, tx, []Entry{e})
}

// RecordAll writes many entries in one statement, ordered by organisation so that two writers never wait for each
// other in a circle.
func RecordAll(ctx context.Context, tx *postgres.Tx, entries []Entry) error {
	return RecordAnd(ctx, tx, entries, "", `SELECT 1`, nil)
}

// RecordAnd writes many entries and runs a query in the same statement, for what every change does besides; with are more
// parts of its WITH, each after a comma. Their arguments come with them.
func RecordAnd(ctx context.Context, tx *postgres.Tx, entries []Entry, with, query string, more pgx.StrictNamedArgs) error {
	rows, err := json.Marshal(entries)
	if err != nil {
		return fmt.Errorf("encode audit entries: %w", err)
	}
	args := pgx.StrictNamedArgs{"land": tx.Land(), "now": tx.Now, "actor": tx.Who.Person, "org": tx.Org(), "rows": rows}
	maps.Copy(args, more)
	_, err = tx.Exec(ctx, `
		WITH recorded AS (
			INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, parent, title, visibility, changes)
			SELECT @land, e."Org", @now, @actor, @org, e."Action", e."Kind", e."Record",
				NULLIF(e."Parent", '00000000-0000-0000-0000-000000000000'), e."Title", e."Visibility", coalesce(NULLIF(e."Changes", 'null'), '[]')
			FROM jsonb_to_recordset(@rows) AS e ("Org" uuid, "Action" text, "Kind" text, "Record" uuid, "Parent" uuid, "Title" text, "Visibility" text, "Changes" jsonb)
			ORDER BY e."Org"
		)`+with+`
		`+query, args)
	if err != nil {
		return fmt.Errorf("record audit: %w", err)
	}
	tx.Audited()
	return nil
}

// Personal lets a transaction commit without an entry: what it changes is no record of an organisation but a person's own
// business, such as having read a message. A trail of that would watch people at work, not records.
func Personal(tx *postgres.Tx) { tx.Audited() }

// Event is an entry as the Verlauf shows it. Name is empty where the reader may not know the person: then the
// organisation stands for it.
type Event struct {
	At      time.Time
	Name    string
	OrgID   uuid.UUID // whose people acted
	OrgName string
	Action  string
	Kind    string
	Title   string
	Changes []Change
}

// Trail returns the newest entries of a record and of the records that belong to it, newest first, as far as the
// reader may see them.
func Trail(ctx context.Context, tx *postgres.Tx, record uuid.UUID, limit int) ([]Event, error) {
	rows, _ := tx.Query(ctx, `
		SELECT a.at, CASE WHEN a.actor = ctx.automatic() THEN 'Roll-in-Portal (automatisch)' ELSE coalesce(p.name, '') END AS name, o.org_id, o.name AS org_name, a.action, a.kind, a.title, a.changes
		FROM portal.audit_event a
		JOIN portal.organisation o ON o.land_id = a.land_id AND o.org_id = a.actor_org
		LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) p ON p.person_id = a.actor
		WHERE a.land_id = @land AND (a.record = @record OR a.parent = @record)
		ORDER BY a.at DESC, a.org_id, a.seq DESC
		LIMIT @limit`, pgx.StrictNamedArgs{"land": tx.Land(), "record": record, "limit": limit})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Event])
	if err != nil {
		return nil, fmt.Errorf("read the trail of %s: %w", record, err)
	}
	return found, nil
}
