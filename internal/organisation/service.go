package organisation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Service keeps the organisations of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// List returns every organisation of the Land, ended ones included.
func (s *Service) List(ctx context.Context, who access.Actor) ([]Organisation, error) {
	var found []Organisation
	err := s.db.Read(ctx, who, access.OrgList, func(tx *postgres.Tx) (err error) {
		found, err = list(ctx, tx)
		return err
	})
	return found, err
}

// PlatformEntry is what the platform's administration sees of an organisation.
type PlatformEntry struct {
	LandKey, Land, OrgKey, Name string
	Kind                        Kind
	People                      int
}

// ListPlatform returns the organisations of all Länder by name; nothing of their contents.
func (s *Service) ListPlatform(ctx context.Context, who access.Actor) ([]PlatformEntry, error) {
	var found []PlatformEntry
	err := s.db.Read(ctx, who, access.OrgList, func(tx *postgres.Tx) (err error) {
		rows, _ := tx.Query(ctx, `
			SELECT land_key, land, org_key, name, kind, people
			FROM ctx.platform_organisations()
			ORDER BY land, kind, name COLLATE "de-x-icu", org_key
			LIMIT 5000`)
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[PlatformEntry])
		return err
	})
	return found, err
}

// Import adds organisations and brings known ones up to date, by their key; dry only counts. Importing the same
// again changes nothing.
func (s *Service) Import(ctx context.Context, who access.Actor, wanted []Organisation, dry bool) (Outcome, error) {
	if dry {
		var out Outcome
		err := s.db.Read(ctx, who, access.OrgEdit, func(tx *postgres.Tx) error {
			_, o, err := s.compare(ctx, tx, wanted)
			out = o
			return err
		})
		return out, err
	}
	var out Outcome
	err := s.db.Write(ctx, who, access.OrgEdit, func(tx *postgres.Tx) error {
		changed, o, err := s.compare(ctx, tx, wanted)
		if err != nil {
			return err
		}
		out = o
		for _, org := range changed {
			if err := save(ctx, tx, org); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "organisation.import", Kind: "organisation", Record: tx.Org(), Title: "Organisationen", Visibility: audit.Land,
			Changes: audit.Diff("Organisationen", "", fmt.Sprintf("%d neu, %d geändert", out.Added, out.Changed)),
		})
	})
	return out, err
}

// compare returns the organisations that are new or differ, with the ids they have or get.
func (s *Service) compare(ctx context.Context, tx *postgres.Tx, wanted []Organisation) ([]Organisation, Outcome, error) {
	known, err := list(ctx, tx)
	if err != nil {
		return nil, Outcome{}, err
	}
	byKey := map[string]Organisation{}
	for _, o := range known {
		byKey[o.Key] = o
	}
	var changed []Organisation
	var out Outcome
	for _, o := range wanted {
		before, exists := byKey[o.Key]
		switch {
		case !exists:
			o.ID = uuid.New()
			out.Added++
		case o.same(before):
			out.Same++
			continue
		default:
			o.ID = before.ID
			out.Changed++
		}
		changed = append(changed, o)
	}
	return changed, out, nil
}

func (o Organisation) same(other Organisation) bool {
	return o.Kind == other.Kind && o.Name == other.Name && o.Short == other.Short && o.Task == other.Task && o.Seat == other.Seat &&
		sameDay(o.ValidFrom, other.ValidFrom) && sameDay(o.ValidTo, other.ValidTo) && sameDay(o.PopulationOn, other.PopulationOn) &&
		equal(o.SuccessorKey, other.SuccessorKey) && equal(o.Population, other.Population) &&
		equal(o.TileColumn, other.TileColumn) && equal(o.TileRow, other.TileRow)
}

func sameDay(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Format(time.DateOnly) == b.Format(time.DateOnly)
}

func equal[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// Assign makes a provider responsible for bodies: from then on it sees their checklists. What is assigned already
// stays.
func (s *Service) Assign(ctx context.Context, who access.Actor, providerKey string, bodyKeys []string) error {
	return s.db.Write(ctx, who, access.AssignProvider, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, `
			INSERT INTO portal.assignment (land_id, org_id, provider_id)
			SELECT b.land_id, b.org_id, p.org_id
			FROM portal.organisation b, portal.organisation p
			WHERE b.land_id = @land AND b.key = ANY (@bodies) AND b.kind IN ('district', 'independent_city')
				AND p.land_id = @land AND p.key = @provider AND p.kind = 'it_provider'
			ON CONFLICT DO NOTHING`,
			pgx.StrictNamedArgs{"land": tx.Land(), "bodies": bodyKeys, "provider": providerKey})
		if err != nil {
			return fmt.Errorf("assign %s: %w", providerKey, err)
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "provider.assign", Kind: "assignment", Record: tx.Org(), Title: providerKey, Visibility: audit.Land,
			Changes: audit.Diff("Zuständigkeit "+providerKey, "", fmt.Sprintf("%d Einheiten", tag.RowsAffected())),
		})
	})
}
