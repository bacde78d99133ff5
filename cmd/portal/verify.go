package main

import (
	"context"
	"fmt"

	"rollinportal/internal/audit"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Recompute every hash chain; fails at the first broken link."`
}

type auditVerifyCommand struct{ ownerAccess }

// Run checks the chains of all organisations of all Länder.
func (c auditVerifyCommand) Run(ctx context.Context, s stdio) error {
	report, err := audit.Verify(ctx, c.OwnerURL)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d Einträge in %d Ketten unverändert\n", report.Entries, report.Chains)
	return nil
}
