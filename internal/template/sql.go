package template

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// newest returns number and contents of the newest version of a template; 0 if there is none.
func newest(ctx context.Context, tx *postgres.Tx, name string) (no int, content []byte, err error) {
	err = tx.QueryRow(ctx, `
		SELECT coalesce(max(no), 0), (array_agg(content_hash ORDER BY no DESC))[1]
		FROM portal.template_version
		WHERE land_id = @land AND name = @name`,
		pgx.StrictNamedArgs{"land": tx.Land(), "name": name}).Scan(&no, &content)
	if err != nil {
		return 0, nil, fmt.Errorf("read the newest version of template %s: %w", name, err)
	}
	return no, content, nil
}

func insert(ctx context.Context, tx *postgres.Tx, v Version) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.template_version (land_id, org_id, template_version_id, name, no, content_hash, published_at, published_by)
		VALUES (@land, @org, @id, @name, @no, @hash, @now, @who)`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": v.ID, "name": v.Name, "no": v.No,
			"hash": hash(v.Steps), "now": tx.Now, "who": tx.Who.Person,
		})
	if err != nil {
		return fmt.Errorf("insert version %d of template %s: %w", v.No, v.Name, err)
	}
	batch := &pgx.Batch{}
	for _, s := range v.Steps {
		batch.Queue(`
			INSERT INTO portal.template_step (land_id, template_version_id, key, no, title, description, pillar, phase, responsible,
				predecessors, duration_days, repeat_months, scope, evidence, conditions, review, dated)
			VALUES (@land, @version, @key, @no, @title, @description, @pillar, @phase, @responsible,
				@predecessors, @duration_days, NULLIF(@repeat_months::int, 0), @scope, @evidence, @conditions, @review, @dated)`,
			pgx.StrictNamedArgs{
				"land": tx.Land(), "version": v.ID, "key": s.Key, "no": s.No, "title": s.Title, "description": s.Description,
				"pillar": s.Pillar, "phase": s.Phase, "responsible": s.Responsible, "predecessors": notNil(s.Predecessors),
				"duration_days": s.DurationDays, "repeat_months": s.RepeatMonths, "scope": s.Scope, "evidence": s.Evidence,
				"conditions": notNil(s.Conditions), "review": s.Review, "dated": s.Dated,
			})
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("insert steps of template %s: %w", v.Name, err)
	}
	return nil
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// row is a step with the version it belongs to.
type row struct {
	Step
	VersionID   uuid.UUID
	VersionName string
	VersionNo   int
	PublishedAt time.Time
}

// Current returns the version that was published last; a roll-in starts with it. Conflict if there is none yet.
func Current(ctx context.Context, tx *postgres.Tx) (Version, error) { return read(ctx, tx, nil) }

// At returns a version, such as the one that a roll-in started with.
func At(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Version, error) {
	return read(ctx, tx, &id)
}

func read(ctx context.Context, tx *postgres.Tx, id *uuid.UUID) (Version, error) {
	rows, _ := tx.Query(ctx, `
		SELECT v.template_version_id AS version_id, v.name AS version_name, v.no AS version_no, v.published_at,
			s.key, s.no, s.title, s.description, s.pillar, s.phase, s.responsible, s.predecessors, s.duration_days,
			coalesce(s.repeat_months, 0) AS repeat_months, s.scope, s.evidence, s.conditions, s.review, s.dated
		FROM (
			SELECT template_version_id, name, no, published_at
			FROM portal.template_version
			WHERE land_id = @land AND (@version::uuid IS NULL OR template_version_id = @version)
			ORDER BY published_at DESC, no DESC, template_version_id
			LIMIT 1) v
		JOIN portal.template_step s ON s.land_id = @land AND s.template_version_id = v.template_version_id
		ORDER BY s.no, s.key
		LIMIT 500`, pgx.StrictNamedArgs{"land": tx.Land(), "version": id})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return Version{}, fmt.Errorf("read a template: %w", err)
	}
	if len(found) == 0 {
		return Version{}, fault.New(fault.Conflict, "Es gibt noch keine Musterprojektvorlage. Lassen Sie zuerst eine Vorlage einspielen.")
	}
	first := found[0]
	v := Version{ID: first.VersionID, Name: first.VersionName, No: first.VersionNo, PublishedAt: first.PublishedAt}
	for _, r := range found {
		v.Steps = append(v.Steps, r.Step)
	}
	return v, nil
}
