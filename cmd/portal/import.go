package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/interchange"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

type importCommand struct {
	importAccess
	Organisations string `type:"existingfile" help:"organisationen.csv"`
	Bodies        string `type:"existingfile" help:"thueringen-kommunen.csv"`
	Services      string `type:"existingfile" help:"efa-dienste.csv"`
	Template      string `type:"existingfile" help:"musterprojektvorlage.csv"`
	TemplateName  string `default:"EfA-Standard" help:"Name of the template."`
	Assignments   string `type:"existingfile" help:"CSV with columns kreisschluessel and it_dienstleister."`
	Apply         bool   `help:"Store the data. Without it no master data change."`
}

// Run reads the files in the order in which they lean on each other and says of each what happens to its rows. It
// fails if a row was rejected: the rest is stored, and the file wants mending.
func (c importCommand) Run(ctx context.Context, s stdio) error {
	db, who, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	i := &importer{db: db, who: who, apply: c.Apply, out: s.out}
	for _, step := range []struct {
		path string
		take func(context.Context, io.Reader) (string, []interchange.Rejection, error)
	}{
		{c.Organisations, i.organisations(interchange.Organisations)},
		{c.Bodies, i.organisations(interchange.Bodies)},
		{c.Services, i.services},
		{c.Template, i.template(c.TemplateName)},
		{c.Assignments, i.assignments},
	} {
		if step.path == "" {
			continue
		}
		if err := i.file(ctx, step.path, step.take); err != nil {
			return fmt.Errorf("%s: %w", step.path, err)
		}
	}
	if !c.Apply {
		fmt.Fprintln(s.out, "Probelauf: Es wurden keine Stammdaten gespeichert. Mit --apply übernehmen.")
	}
	if i.rejected > 0 {
		return fmt.Errorf("%d Zeilen abgelehnt", i.rejected)
	}
	return nil
}

type importer struct {
	db    *postgres.DB
	who   access.Actor
	apply bool
	out   io.Writer

	ministries []string // read in this run: in a dry run they are not stored yet
	rejected   int
}

func (i *importer) file(ctx context.Context, path string, take func(context.Context, io.Reader) (string, []interchange.Rejection, error)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	result, rejected, err := take(ctx, file)
	if err != nil {
		return err
	}
	fmt.Fprintf(i.out, "%s: %s, %d abgelehnt\n", path, result, len(rejected))
	for _, r := range rejected {
		fmt.Fprintln(i.out, " ", r)
	}
	i.rejected += len(rejected)
	return nil
}

func (i *importer) organisations(read func(io.Reader) ([]organisation.Organisation, []interchange.Rejection, error)) func(context.Context, io.Reader) (string, []interchange.Rejection, error) {
	return func(ctx context.Context, in io.Reader) (string, []interchange.Rejection, error) {
		found, rejected, err := read(in)
		if err != nil {
			return "", nil, err
		}
		i.ministries = append(i.ministries, organisation.Ministries(found)...)
		out, err := organisation.NewService(i.db).Import(ctx, i.who, found, !i.apply)
		return counted(out.Added, out.Changed, out.Same), rejected, err
	}
}

func (i *importer) services(ctx context.Context, in io.Reader) (string, []interchange.Rejection, error) {
	orgs, err := organisation.NewService(i.db).List(ctx, i.who)
	if err != nil {
		return "", nil, err
	}
	found, rejected, err := interchange.Services(in, "CSV-Import", append(organisation.Ministries(orgs), i.ministries...))
	if err != nil {
		return "", nil, err
	}
	out, err := catalog.New(i.db).Import(ctx, i.who, found, !i.apply)
	return counted(out.Added, out.Changed, out.Same), rejected, err
}

func (i *importer) template(name string) func(context.Context, io.Reader) (string, []interchange.Rejection, error) {
	return func(ctx context.Context, in io.Reader) (string, []interchange.Rejection, error) {
		steps, rejected, err := interchange.TemplateSteps(in)
		if err != nil || len(rejected) > 0 {
			return "nicht übernommen", rejected, err
		}
		out, err := template.NewService(i.db).Import(ctx, i.who, name, steps, !i.apply)
		if !out.Changed {
			return fmt.Sprintf("unverändert, Version %d", out.Version), nil, err
		}
		return fmt.Sprintf("%d Schritte, neue Version %d", len(steps), out.Version), nil, err
	}
}

// assignments says which provider works for which body.
func (i *importer) assignments(ctx context.Context, in io.Reader) (string, []interchange.Rejection, error) {
	orgs, err := organisation.NewService(i.db).List(ctx, i.who)
	if err != nil {
		return "", nil, err
	}
	found, rejected, err := interchange.Assignments(in, orgs)
	if err != nil {
		return "", nil, err
	}
	total := 0
	for provider, bodies := range found {
		total += len(bodies)
		if !i.apply {
			continue
		}
		if err := organisation.NewService(i.db).Assign(ctx, i.who, provider, bodies); err != nil {
			return "", nil, err
		}
	}
	return fmt.Sprintf("%d Zuständigkeiten", total), rejected, nil
}

func counted(added, changed, same int) string {
	return fmt.Sprintf("%d neu, %d geändert, %d unverändert", added, changed, same)
}
