package main

import (
	"context"
	"fmt"
	"time"

	"rollinportal/internal/backup"
	"rollinportal/internal/postgres"
)

// backupAccess is what a backup needs: the owner's rights and the programs of PostgreSQL.
type backupAccess struct {
	ownerAccess
	PgBin string `name:"pg-bin" env:"PORTAL_PG_BIN" help:"Folder of PostgreSQL's programs (pg_dump, pg_restore; the demo also needs postgres). By default what is installed."`
}

type backupCommand struct {
	backupAccess
	Dir string `arg:"" type:"path" help:"New folder for the backup."`
}

// Run takes the backup while the portal works.
func (c backupCommand) Run(ctx context.Context, s stdio) error {
	m, err := backup.Take(ctx, backup.Tools{Dir: c.PgBin}, c.OwnerURL, c.Dir, revision())
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d Zeilen in %d Tabellen, Stand %s: %s\n", m.Rows(), len(m.Tables), m.MadeAt.Format(time.RFC3339), c.Dir)
	return nil
}

type restoreCommand struct {
	backupAccess
	Dir string `arg:"" type:"existingdir" help:"Folder of the backup."`
}

// Run brings a backup back into an empty database, and checks what came back: every table, and then the trail.
func (c restoreCommand) Run(ctx context.Context, s stdio) error {
	back, err := backup.Restore(ctx, backup.Tools{Dir: c.PgBin}, c.OwnerURL, c.Dir, postgres.SchemaVersion())
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d Zeilen in %d Tabellen wie im Manifest, Stand %s; %d Sitzungen beendet\n",
		back.Rows(), len(back.Tables), back.MadeAt.Format(time.RFC3339), back.SessionsEnded)
	if err := (auditVerifyCommand{ownerAccess: c.ownerAccess}).Run(ctx, s); err != nil {
		return err
	}
	if back.Schema < postgres.SchemaVersion() {
		fmt.Fprintln(s.out, "Die Sicherung ist älter als dieses Programm: jetzt portal migrate aufrufen.")
	}
	return nil
}
