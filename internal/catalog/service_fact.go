package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// FactsAsJSON are what sources say about service s.
const FactsAsJSON = `
	SELECT coalesce(json_agg(json_build_object('Kind', f.fact, 'Source', f.source, 'Value', f.value,
		'CheckedOn', f.checked_on::timestamp AT TIME ZONE 'UTC', 'Address', f.address, 'Version', f.version) ORDER BY f.fact, f.source), '[]')
	FROM portal.service_fact f
	WHERE f.land_id = @land AND f.service_id = s.service_id AND f.withdrawn_at IS NULL`

// FactsSeen changes whenever somebody changes what sources say about service s.
const FactsSeen = `coalesce((SELECT sum(f.version) FROM portal.service_fact f WHERE f.land_id = @land AND f.service_id = s.service_id), 0)`

// ShowFacts returns a service with what its sources say, for those who keep it.
func (c *Catalog) ShowFacts(ctx context.Context, who access.Actor, slug string) (found Listed, err error) {
	err = c.db.Read(ctx, who, access.ServiceFact, func(tx *postgres.Tx) error {
		found, err = bySlug(ctx, tx, slug)
		return err
	})
	return found, err
}

// SetFact enters what a source says, anew or instead of what stood there; Conflict if that is not what the person saw.
func (c *Catalog) SetFact(ctx context.Context, who access.Actor, slug string, f Fact) error {
	f.Value, f.Address = strings.TrimSpace(f.Value), strings.TrimSpace(f.Address)
	return c.changeFact(ctx, who, slug, f, func(tx *postgres.Tx, service uuid.UUID) (bool, error) {
		if err := f.check(tx.Today()); err != nil {
			return false, err
		}
		return saveFact(ctx, tx, service, f)
	})
}

// WithdrawFact takes away what a source no longer says.
func (c *Catalog) WithdrawFact(ctx context.Context, who access.Actor, slug string, kind FactKind, source Source, version int64) error {
	f := Fact{Kind: kind, Source: source, Version: version}
	return c.changeFact(ctx, who, slug, f, func(tx *postgres.Tx, service uuid.UUID) (bool, error) {
		return withdrawFact(ctx, tx, service, f)
	})
}

func (c *Catalog) changeFact(ctx context.Context, who access.Actor, slug string, f Fact, save func(*postgres.Tx, uuid.UUID) (bool, error)) error {
	return c.db.Write(ctx, who, access.ServiceFact, func(tx *postgres.Tx) error {
		s, err := bySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		var before Fact
		if i := slices.IndexFunc(s.Facts, func(o Fact) bool { return o.Kind == f.Kind && o.Source == f.Source }); i >= 0 {
			before = s.Facts[i]
		}
		again := before.Version == f.Version+1 && before.same(f)
		gone := before.Version == 0 && f.CheckedOn.IsZero()
		if again || gone {
			return postgres.ErrRepeated // the same form, sent twice
		}
		saved, err := save(tx, s.ID)
		if err != nil {
			return err
		}
		if !saved {
			return fault.New(fault.Conflict, "Inzwischen hat jemand anders diese Angabe geändert. Vergleichen Sie den aktuellen Stand mit Ihrer Angabe.")
		}
		what := f.Kind.Word() + " laut " + f.Source.Word()
		return record(ctx, tx, "service.fact", s.ID, s.Name, slices.Concat(
			audit.Diff(what, before.Value, f.Value), audit.Diff(what+" geprüft am", before.checked(), f.checked()),
			audit.Diff(what+" unter", before.Address, f.Address)))
	})
}

func (f Fact) same(o Fact) bool {
	return f.Value == o.Value && f.Address == o.Address && f.CheckedOn.Equal(o.CheckedOn)
}

func (f Fact) checked() string {
	if f.CheckedOn.IsZero() {
		return ""
	}
	return workday.Written(f.CheckedOn)
}

// saveFact reports whether the fact was what the person saw. What was withdrawn may be entered again.
func saveFact(ctx context.Context, tx *postgres.Tx, service uuid.UUID, f Fact) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.service_fact AS f (land_id, org_id, service_id, fact, source, value, checked_on, address, saved_by, saved_at)
		VALUES (@land, @org, @service, @fact, @source, @value, @checked_on, @address, @who, @now)
		ON CONFLICT (land_id, service_id, fact, source) DO UPDATE
			SET value = @value, checked_on = @checked_on, address = @address, saved_by = @who, saved_at = @now, withdrawn_at = NULL, version = f.version + 1
			WHERE f.version = @version OR @version = 0 AND f.withdrawn_at IS NOT NULL`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "service": service, "fact": f.Kind, "source": f.Source, "value": f.Value, "checked_on": f.CheckedOn,
			"address": f.Address, "who": tx.Who.Person, "now": tx.Now, "version": f.Version,
		})
	if err != nil {
		return false, fmt.Errorf("save what %s says: %w", f.Source, err)
	}
	return tag.RowsAffected() == 1, nil
}

func withdrawFact(ctx context.Context, tx *postgres.Tx, service uuid.UUID, f Fact) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.service_fact SET withdrawn_at = @now, saved_by = @who, saved_at = @now, version = version + 1
		WHERE land_id = @land AND service_id = @service AND fact = @fact AND source = @source AND version = @version AND withdrawn_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "fact": f.Kind, "source": f.Source, "who": tx.Who.Person, "now": tx.Now, "version": f.Version})
	if err != nil {
		return false, fmt.Errorf("withdraw what %s says: %w", f.Source, err)
	}
	return tag.RowsAffected() == 1, nil
}
