package catalog

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Outcome counts what an import did, or would do.
type Outcome struct{ Added, Changed, Same int }

// Import adds services and brings known ones up to date, by their name; dry only counts. Only what a file knows is
// overwritten: a field that is empty in the file keeps what people entered. Importing the same again changes nothing.
func (c *Catalog) Import(ctx context.Context, who access.Actor, wanted []Fields, dry bool) (Outcome, error) {
	var out Outcome
	if dry {
		err := c.db.Read(ctx, who, access.ServiceImport, func(tx *postgres.Tx) error {
			out = Outcome{}
			for _, f := range wanted {
				if _, err := compare(ctx, tx, f, &out); err != nil {
					return err
				}
			}
			return nil
		})
		return out, err
	}
	err := c.db.Write(ctx, who, access.ServiceImport, func(tx *postgres.Tx) error {
		out = Outcome{}
		for _, f := range wanted {
			if err := importOne(ctx, tx, f, &out); err != nil {
				return fmt.Errorf("import %s: %w", f.Name, err)
			}
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "service.import", Kind: "organisation", Record: tx.Org(), Title: "Leistungskatalog", Visibility: audit.Land,
			Changes: audit.Diff("Leistungen", "", fmt.Sprintf("%d neu, %d geändert", out.Added, out.Changed)),
		})
	})
	return out, err
}

func importOne(ctx context.Context, tx *postgres.Tx, f Fields, out *Outcome) error {
	before, err := compare(ctx, tx, f, out)
	switch {
	case err != nil:
		return err
	case before == nil:
		id := uuid.New()
		if _, err := insert(ctx, tx, id, slugOf(f.Name), f); err != nil {
			return err
		}
		if err := setCompetence(ctx, tx, id, f.Competence, nil); err != nil {
			return err
		}
		return record(ctx, tx, "service.create", id, f.Name, f.diff(Fields{}))
	}
	merged := before.merge(f)
	changes := merged.diff(before.Fields)
	if len(changes) == 0 {
		return nil
	}
	if _, err := update(ctx, tx, before.ID, before.Version, merged); err != nil {
		return err
	}
	return record(ctx, tx, "service.edit", before.ID, f.Name, changes)
}

// compare finds the service a row is about and counts what will happen to it; nil if it is new.
func compare(ctx context.Context, tx *postgres.Tx, f Fields, out *Outcome) (*Listed, error) {
	before, err := bySlug(ctx, tx, slugOf(f.Name))
	switch {
	case postgres.IsNoRow(err):
		out.Added++
		return nil, nil
	case err != nil:
		return nil, err
	case len(before.merge(f).diff(before.Fields)) == 0:
		out.Same++
	default:
		out.Changed++
	}
	return &before, nil
}

// merge takes over what the row says and keeps the rest.
func (s Service) merge(f Fields) Fields {
	m := s.Fields
	take := func(field *string, value string) {
		if value != "" {
			*field = value
		}
	}
	take(&m.TopicField, f.TopicField)
	take(&m.ProvidingState, f.ProvidingState)
	take(&m.Operator, f.Operator)
	take(&m.MinistryKey, f.MinistryKey)
	take(&m.TransportNote, f.TransportNote)
	take(&m.Note, f.Note)
	if m.Source == "" { // where the rest came from stays true
		m.Source = f.Source
	}
	if len(f.OzgIDs) > 0 {
		m.OzgIDs = f.OzgIDs
	}
	if len(f.LeikaKeys) > 0 {
		m.LeikaKeys = f.LeikaKeys
	}
	if len(f.AlsoSought) > 0 {
		m.AlsoSought = f.AlsoSought
	}
	if len(f.Transports) > 0 {
		m.Transports = f.Transports
	}
	m.Focus = m.Focus || f.Focus
	return m
}

// Check returns what is wrong with a row, as one sentence, or "".
func (f Fields) Check() string {
	err := f.check(nil)
	if err == nil {
		return ""
	}
	if wrong, ok := err.(*fault.Fault); ok && len(wrong.Fields) > 0 {
		return wrong.Fields[0].Text
	}
	return err.Error()
}
