package main

import (
	"context"
	"fmt"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/decision"
	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Recompute every hash chain; fails at the first broken link."`
}

type auditVerifyCommand struct{ ownerAccess }

// Run checks the chains of all organisations of all Länder, and then the records whose hashes they hold.
func (c auditVerifyCommand) Run(ctx context.Context, s stdio) error {
	report, err := audit.Verify(ctx, c.OwnerURL)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d Einträge in %d Ketten unverändert\n", report.Entries, report.Chains)
	records, err := decision.VerifyRecords(ctx, c.OwnerURL)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d Vermerke unverändert\n", records)
	return nil
}

type verifyCommand struct {
	Progress verifyProgressCommand `cmd:"" help:"Recount progress and states from the steps; fails on any difference."`
}

type verifyProgressCommand struct {
	importAccess
}

// Run recounts the figures of one Land.
func (c verifyProgressCommand) Run(ctx context.Context, s stdio) error {
	db, who, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := onboarding.NewService(db).VerifyProgress(ctx, who)
	if err != nil {
		return err
	}
	for _, d := range found {
		fmt.Fprintln(s.out, d)
	}
	if len(found) > 0 {
		return fmt.Errorf("%d Zahlen stimmen nicht mit den Aufgaben überein", len(found))
	}
	fmt.Fprintln(s.out, "alle Zahlen stimmen mit den Aufgaben überein")
	return nil
}

// importAccess is how a command works in the name of a Land's coordination.
type importAccess struct {
	ownerAccess
	DatabaseURL  string `env:"DATABASE_URL" secret:"" required:"" help:"The database, as role portal_app. A role that row-level security would not bind is refused."`
	Land         string `required:"" help:"Key of the Land."`
	Coordination string `required:"" help:"Kürzel of the Land's coordination, in whose name the command works."`
}

// open connects and signs in the technical person of the coordination.
func (c importAccess) open(ctx context.Context) (*postgres.DB, access.Actor, error) {
	db, err := postgres.Open(ctx, c.DatabaseURL)
	if err != nil {
		return nil, access.Actor{}, err
	}
	who, err := identity.NewOperator(c.OwnerURL).Importer(ctx, db, c.Land, c.Coordination)
	if err != nil {
		db.Close()
		return nil, access.Actor{}, err
	}
	return db, who, nil
}
