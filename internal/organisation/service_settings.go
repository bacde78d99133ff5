package organisation

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Settings are what the coordination of a Land decides about the portal, with what the person saw.
type Settings struct {
	FreshDays int // for how many days what a body confirmed counts as known
	Was       int
}

// The bounds of FreshDays: less would nag, more would tell nothing.
const (
	leastFreshDays = 7
	mostFreshDays  = 365
)

func (s Settings) wrong() error {
	if s.FreshDays < leastFreshDays || s.FreshDays > mostFreshDays {
		return fault.InField("fresh_days", "Geben Sie eine Zahl zwischen 7 und 365 ein.")
	}
	return nil
}

// Settings returns what the Land has set.
func (s *Service) Settings(ctx context.Context, who access.Actor) (found Settings, err error) {
	err = s.db.Read(ctx, who, access.LandSettings, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `SELECT fresh_days FROM portal.land WHERE land_id = @land`, pgx.StrictNamedArgs{"land": tx.Land()}).Scan(&found.FreshDays)
	})
	found.Was = found.FreshDays
	return found, err
}

// Set changes the settings of the Land; Conflict if somebody else changed them meanwhile.
func (s *Service) Set(ctx context.Context, who access.Actor, in Settings) error {
	if err := in.wrong(); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.LandSettings, func(tx *postgres.Tx) error {
		if in.FreshDays == in.Was {
			return postgres.ErrRepeated
		}
		tag, err := tx.Exec(ctx, `UPDATE portal.land SET fresh_days = @days WHERE land_id = @land AND fresh_days = @was`,
			pgx.StrictNamedArgs{"land": tx.Land(), "days": in.FreshDays, "was": in.Was})
		if err != nil {
			return fmt.Errorf("set the days of the Land: %w", err)
		}
		if tag.RowsAffected() == 0 {
			return fault.New(fault.Conflict, "Jemand hat die Einstellung inzwischen geändert.")
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "land.set", Kind: "land", Record: tx.Land(), Title: "Einstellungen", Visibility: audit.Land,
			Changes: audit.Diff("Ein Stand gilt als bestätigt für (Tage)", strconv.Itoa(in.Was), strconv.Itoa(in.FreshDays)),
		})
	})
}
