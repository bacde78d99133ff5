package privacy

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Periods returns how long the Land keeps each kind, and the newest entries of the trail about it.
func (s *Service) Periods(ctx context.Context, who access.Actor, trail int) (found []Period, events []audit.Event, err error) {
	err = s.db.Read(ctx, who, access.PrivacyRetain, func(tx *postgres.Tx) error {
		if found, err = periods(ctx, tx); err != nil {
			return err
		}
		events, err = audit.Trail(ctx, tx, trailOf(tx), trail)
		return err
	})
	return found, events, err
}

// Retain sets how long the Land keeps kinds; Conflict if somebody else set one of them meanwhile.
func (s *Service) Retain(ctx context.Context, who access.Actor, choices []Choice) error {
	if err := wrong(choices); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.PrivacyRetain, func(tx *postgres.Tx) error {
		if err := lockPeriods(ctx, tx); err != nil {
			return err
		}
		now, err := periods(ctx, tx)
		if err != nil {
			return err
		}
		changed, changes, err := compare(choices, now)
		if err != nil {
			return err
		}
		if len(changed) == 0 {
			return postgres.ErrRepeated
		}
		if err := savePeriods(ctx, tx, changed); err != nil {
			return err
		}
		return audit.Record(ctx, tx, retentionEntry(tx, "privacy.retain", changes))
	})
}

// compare keeps the choices that change something; Conflict if a form showed what holds no more.
func compare(choices []Choice, now []Period) (changed []Choice, changes []audit.Change, err error) {
	for _, c := range choices {
		for _, p := range now {
			if p.Kind != c.Kind || p.Days == c.Days {
				continue
			}
			if p.Days != c.Was {
				return nil, nil, fault.New(fault.Conflict, "Jemand hat eine Frist inzwischen geändert: "+p.Title+".")
			}
			changed = append(changed, c)
			changes = append(changes, audit.Diff(p.Title+" (Tage)", strconv.Itoa(p.Days), strconv.Itoa(c.Days))...)
		}
	}
	return changed, changes, nil
}

// Forget deletes what is older than the Land keeps it, and notes how much of which kind. It is a round of every day; a
// second one finds nothing, and after a restore the next one forgets again what the backup brought back.
func (s *Service) Forget(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.PrivacyRetain, func(tx *postgres.Tx) error {
		kept, err := periods(ctx, tx)
		if err != nil {
			return err
		}
		var changes []audit.Change
		for _, p := range kept {
			if p.Kind == DeletedFiles {
				continue // package evidence knows its files
			}
			n, err := purge(ctx, tx, p.Kind, p.before(tx.Now))
			if err != nil {
				return err
			}
			if n > 0 {
				changes = append(changes, audit.Diff(p.Title, "", strconv.Itoa(n)+" "+p.Way)...)
			}
		}
		if len(changes) == 0 {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, retentionEntry(tx, "privacy.forget", changes))
	})
}

// Before is the moment before which the Land of the transaction no longer keeps a kind.
func Before(ctx context.Context, tx *postgres.Tx, kind Kind) (time.Time, error) {
	kept, err := periods(ctx, tx)
	if err != nil {
		return time.Time{}, err
	}
	for _, p := range kept {
		if p.Kind == kind {
			return p.before(tx.Now), nil
		}
	}
	return time.Time{}, fmt.Errorf("no period for %s", kind)
}

func retentionEntry(tx *postgres.Tx, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "retention", Record: trailOf(tx), Title: "Löschfristen", Visibility: audit.Org, Changes: changes}
}

// trailOf is the record under which the trail keeps what becomes of the periods of a Land.
func trailOf(tx *postgres.Tx) uuid.UUID { return uuid.NewSHA1(tx.Land(), []byte("retention")) }

func periods(ctx context.Context, tx *postgres.Tx) ([]Period, error) {
	rows, _ := tx.Query(ctx, `
		SELECT kind, days
		FROM portal.retention
		WHERE land_id = @land
		ORDER BY kind`, pgx.StrictNamedArgs{"land": tx.Land()})
	set := map[Kind]int{}
	var kind Kind
	var days int
	if _, err := pgx.ForEachRow(rows, []any{&kind, &days}, func() error { set[kind] = days; return nil }); err != nil {
		return nil, fmt.Errorf("read the periods: %w", err)
	}
	found := make([]Period, len(Rules))
	for i, r := range Rules {
		found[i] = Period{r, r.Proposal}
		if d, own := set[r.Kind]; own {
			found[i].Days = d
		}
	}
	return found, nil
}

// lockPeriods has two who set periods of a Land wait for each other.
func lockPeriods(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('retention ' || @land::text, 0))`, pgx.StrictNamedArgs{"land": tx.Land()})
	return err
}

func savePeriods(ctx context.Context, tx *postgres.Tx, choices []Choice) error {
	kinds, days := make([]string, len(choices)), make([]int, len(choices))
	for i, c := range choices {
		kinds[i], days[i] = string(c.Kind), c.Days
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.retention (land_id, org_id, kind, days, changed_by, changed_at)
		SELECT @land, @org, c.kind, c.days, @person, @now
		FROM unnest(@kinds::text[], @days::int[]) AS c (kind, days)
		ON CONFLICT (land_id, kind) DO UPDATE SET days = excluded.days, org_id = excluded.org_id, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person, "now": tx.Now, "kinds": kinds, "days": days})
	if err != nil {
		return fmt.Errorf("set periods: %w", err)
	}
	return nil
}

func purge(ctx context.Context, tx *postgres.Tx, kind Kind, before time.Time) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT ctx.purge(@kind, @before, @now)`, pgx.StrictNamedArgs{"kind": kind, "before": before, "now": tx.Now}).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("forget %s: %w", kind, err)
	}
	return n, nil
}
