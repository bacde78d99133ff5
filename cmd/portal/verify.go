package main

import (
	"context"
	"fmt"
	"os"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/decision"
	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Recompute every hash chain and hold it against checkpoints; fails at the first broken link."`
	Key    auditKeyCommand    `cmd:"" help:"Make a key that signs checkpoints, with its public half."`
}

type auditVerifyCommand struct {
	ownerAccess
	PublicKeys string   `env:"AUDIT_PUBLIC_KEYS" help:"Public halves of the keys that signed checkpoints, the present one and those before it, with commas between them. Without it portal audit verify checks no checkpoints."`
	Checkpoint []string `type:"existingfile" placeholder:"FILE" help:"A file of checkpoints that an organisation kept; may be given several times."`
}

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
	return c.verifyCheckpoints(ctx, s)
}

// verifyCheckpoints finds what the chains cannot show themselves: an end cut off, or a chain written anew.
func (c auditVerifyCommand) verifyCheckpoints(ctx context.Context, s stdio) error {
	if c.PublicKeys == "" && len(c.Checkpoint) == 0 {
		return nil
	}
	keys, err := audit.ReadPublicKeys(c.PublicKeys)
	if err != nil {
		return err
	}
	var kept []audit.Checkpoint
	for _, file := range c.Checkpoint {
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read checkpoints: %w", err)
		}
		found, err := audit.ReadCheckpoints(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		kept = append(kept, found...)
	}
	n, err := audit.VerifyCheckpoints(ctx, c.OwnerURL, keys, kept)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d Prüfpunkte bestätigt, davon %d aus Dateien\n", n, len(kept))
	return nil
}

type auditKeyCommand struct{}

// Run prints both halves. The private one belongs into a file that only the workers read.
func (auditKeyCommand) Run(s stdio) error {
	private, public, err := audit.NewKey()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "AUDIT_KEY=%s\nAUDIT_PUBLIC_KEYS=%s\n", private, public)
	return err
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
	DatabaseURL  string `env:"DATABASE_URL" secret:"" need:"" help:"The database, as role portal_app. A role that row-level security would not bind is refused."`
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
