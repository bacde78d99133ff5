package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/alecthomas/kong"

	"rollinportal/internal/postgres"
)

// commands is the command line and, by its env tags, the whole configuration.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Serve the portal. Needs a migrated database and an OpenID provider."`
	Work     workCommand     `cmd:"" help:"Work off jobs: mails, reminders, rounds. serve does it too, if it has WORKER_DATABASE_URL."`
	Bounce   bounceCommand   `cmd:"" help:"Read a delivery report (RFC 3464) on standard input, as a mail server pipes it, and note which mail did not arrive."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database up to the newest migration."`
	Import   importCommand   `cmd:"" help:"Import master data from CSV files; a dry run unless --apply is given."`
	Land     landCommand     `cmd:"" help:"Set up Länder."`
	Member   memberCommand   `cmd:"" help:"Give people their roles."`
	Audit    auditCommand    `cmd:"" help:"Check the audit trail."`
	Erasures erasuresCommand `cmd:"" help:"List who was erased, and erase them again after a restore."`
	Verify   verifyCommand   `cmd:"" help:"Recount figures from first facts."`
	Backup   backupCommand   `cmd:"" help:"Copy everything into a folder, while the portal works."`
	Restore  restoreCommand  `cmd:"" help:"Bring a backup back into an empty database, and check it."`
	Config   configCommand   `cmd:"" help:"List every setting of the environment: what it means and whether it is set."`
	Demo     demoCommand     `cmd:"" help:"Run everything on an embedded Postgres with a development OpenID provider and demo data."`
}

// stdio is where commands read and write: what people asked for to out, what happened to log.
type stdio struct {
	in  io.Reader
	out io.Writer
	log *slog.Logger
}

func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("portal"), kong.Description("Roll-in-Portal: EfA-Leistungen gemeinsam nachnutzen."),
		kong.Writers(out, errOut), kong.UsageOnError(), kong.Resolvers(kong.ResolverFunc(readSecret)))
	if err != nil {
		return err
	}
	chosen, err := parser.Parse(args)
	if err == nil {
		err = checkSettings(chosen)
	}
	if err != nil && slices.Contains(args, "bounce") {
		return exit{err, exitLater} // the mail server keeps the report until the settings are mended
	}
	if err != nil {
		return err
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	err = chosen.Run(stdio{in, out, slog.New(slog.NewJSONHandler(errOut, nil))})
	if postgres.LacksSchema(err) {
		return fmt.Errorf("%w: %w", postgres.ErrSchema, err)
	}
	return err
}

// ownerAccess is how a command reaches the database with the owner's rights.
type ownerAccess struct {
	OwnerURL string `name:"owner-url" env:"MIGRATE_DATABASE_URL" secret:"" need:"" help:"The database, as a role that may become portal_owner: for everything but serving and working."`
}

type migrateCommand struct{ ownerAccess }

// Run migrates; it is the only place that does outside demo and tests.
func (c migrateCommand) Run(s stdio) error {
	if err := postgres.Migrate(c.OwnerURL); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "migriert")
	return nil
}
