package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Draft is a service to be created. ID is made with the form, so that sending it twice creates one service.
type Draft struct {
	ID     uuid.UUID
	Fields Fields
	Bodies []string // keys, for Competence Chosen
}

// Create adds a draft and returns its slug. Sent again, it returns the slug of what is there.
func (c *Catalog) Create(ctx context.Context, who access.Actor, d Draft) (string, error) {
	if err := d.Fields.check(d.Bodies); err != nil {
		return "", err
	}
	slug := slugOf(d.Fields.Name)
	err := c.db.Write(ctx, who, access.ServiceCreate, func(tx *postgres.Tx) error {
		if err := checkMinistry(ctx, tx, d.Fields.MinistryKey); err != nil {
			return err
		}
		created, err := insert(ctx, tx, d.ID, slug, d.Fields)
		if postgres.Violates(err, "service_land_id_slug_key") {
			return fault.InField("name", "Eine Leistung mit diesem Namen gibt es schon. Wählen Sie einen Namen, der sie unterscheidet.")
		}
		if err != nil {
			return fmt.Errorf("insert service: %w", err)
		}
		if !created {
			return postgres.ErrRepeated
		}
		if err := setCompetence(ctx, tx, d.ID, d.Fields.Competence, d.Bodies); err != nil {
			return err
		}
		return record(ctx, tx, "service.create", d.ID, d.Fields.Name, d.Fields.diff(Fields{}))
	})
	return slug, err
}

// Edit is a change to a service as somebody saw it.
type Edit struct {
	Version int64
	Fields  Fields
	Bodies  []string
}

// Save changes a service; Conflict if somebody saved since Version was read. A ministry changes only its own note
// and only on its own services.
func (c *Catalog) Save(ctx context.Context, who access.Actor, slug string, e Edit) error {
	return c.db.Write(ctx, who, access.ServiceEdit, func(tx *postgres.Tx) error {
		before, err := bySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		if err := mayEdit(tx, before); err != nil {
			return err
		}
		if tx.Reach == access.Responsible {
			own := e.Fields.MinistryNote
			e.Fields = before.Fields
			e.Fields.MinistryNote = own
		}
		if err := e.Fields.check(e.Bodies); err != nil && tx.Reach != access.Responsible {
			return err
		}
		if err := checkMinistry(ctx, tx, e.Fields.MinistryKey); err != nil {
			return err
		}
		changes := e.Fields.diff(before.Fields)
		if before.Version == e.Version+1 && before.ChangedBy == who.Person && len(changes) == 0 {
			return postgres.ErrRepeated
		}
		saved, err := update(ctx, tx, before.ID, e.Version, e.Fields)
		if err != nil {
			return fmt.Errorf("update service: %w", err)
		}
		if !saved {
			return fault.New(fault.Conflict, "Jemand hat diese Leistung inzwischen geändert.")
		}
		if tx.Reach != access.Responsible {
			bodies, err := c.changeCompetence(ctx, tx, before.ID, e)
			if err != nil {
				return err
			}
			changes = append(changes, bodies...)
		}
		return record(ctx, tx, "service.edit", before.ID, e.Fields.Name, changes)
	})
}

func (c *Catalog) changeCompetence(ctx context.Context, tx *postgres.Tx, id uuid.UUID, e Edit) ([]audit.Change, error) {
	before, err := competentKeys(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if err := setCompetence(ctx, tx, id, e.Fields.Competence, e.Bodies); err != nil {
		return nil, err
	}
	after, err := competentKeys(ctx, tx, id)
	return audit.Diff("Zuständige Einheiten", strings.Join(before, " "), strings.Join(after, " ")), err
}

// Publish shows a service to everybody in the Land. Four eyes: whoever made the last change does not publish it.
func (c *Catalog) Publish(ctx context.Context, who access.Actor, slug string, version int64) error {
	return c.db.Write(ctx, who, access.ServicePublish, func(tx *postgres.Tx) error {
		before, err := bySlug(ctx, tx, slug)
		switch {
		case err != nil:
			return err
		case before.Version != version:
			return fault.New(fault.Conflict, "Jemand hat diese Leistung inzwischen geändert. Prüfen Sie die Angaben und veröffentlichen Sie dann.")
		case before.PublishedAt != nil:
			return fault.New(fault.Conflict, "Diese Leistung ist schon veröffentlicht.")
		case before.ChangedBy == who.Person:
			return fault.New(fault.Forbidden, "Vier-Augen-Prinzip: Wer zuletzt geändert hat, veröffentlicht nicht selbst. Bitten Sie eine zweite Person der Landeskoordination.")
		}
		published, err := publish(ctx, tx, before)
		if err != nil {
			return fmt.Errorf("publish service: %w", err)
		}
		if !published {
			return fault.New(fault.Conflict, "Jemand hat diese Leistung gerade geändert oder veröffentlicht. Prüfen Sie die Angaben noch einmal.")
		}
		return record(ctx, tx, "service.publish", before.ID, before.Name, audit.Diff("Veröffentlicht", "nein", "ja"))
	})
}

// checkMinistry refuses a ministry that the Land does not have.
func checkMinistry(ctx context.Context, tx *postgres.Tx, key string) error {
	if key == "" {
		return nil
	}
	known, err := ministryExists(ctx, tx, key)
	if err == nil && !known {
		return fault.InField("ministry", "Wählen Sie ein Ressort aus der Liste.")
	}
	return err
}

// mayEdit lets a ministry touch only the services it decides about.
func mayEdit(tx *postgres.Tx, s Listed) error {
	if tx.Reach == access.Responsible && !s.DecidedBy(tx.Org()) {
		return fault.New(fault.Forbidden, "Diese Leistung liegt bei einem anderen Ressort.")
	}
	return nil
}

func record(ctx context.Context, tx *postgres.Tx, action string, id uuid.UUID, name string, changes []audit.Change) error {
	return audit.Record(ctx, tx, audit.Entry{
		Org: tx.Org(), Action: action, Kind: "service", Record: id, Title: name, Visibility: audit.Land, Changes: changes,
	})
}

// diff lists what differs from an earlier state, in the words of the form.
func (f Fields) diff(old Fields) []audit.Change {
	var found []audit.Change
	add := func(field, before, after string) { found = append(found, audit.Diff(field, before, after)...) }
	add("Name", old.Name, f.Name)
	add("OZG-ID", strings.Join(old.OzgIDs, " "), strings.Join(f.OzgIDs, " "))
	add("LeiKa-Schlüssel", strings.Join(old.LeikaKeys, " "), strings.Join(f.LeikaKeys, " "))
	add("Auch gesucht als", strings.Join(old.AlsoSought, ", "), strings.Join(f.AlsoSought, ", "))
	add("Themenfeld", old.TopicField, f.TopicField)
	add("Stand beim Anbieter", old.Lifecycle.Name(), f.Lifecycle.Name())
	add("Grund der Einschränkung", old.LifecycleNote, f.LifecycleNote)
	add("Umsetzendes Land", old.ProvidingState, f.ProvidingState)
	add("Betreiber", old.Operator, f.Operator)
	add("Entscheidendes Fachressort", old.MinistryKey, f.MinistryKey)
	add("Hinweis des Ressorts", old.MinistryNote, f.MinistryNote)
	add("Transportweg", TransportNames(old.Transports), TransportNames(f.Transports))
	add("Hinweis zum Transportweg", old.TransportNote, f.TransportNote)
	add("Fokusleistung", audit.YesNo(old.Focus), audit.YesNo(f.Focus))
	add("Vollzugsebene", old.ExecutionLevel.Name(), f.ExecutionLevel.Name())
	add("Zuständigkeit", old.Competence.Name(), f.Competence.Name())
	add("Nutzungserklärung nötig", audit.YesNo(old.Declaration), audit.YesNo(f.Declaration))
	add("Pilotierung", audit.YesNo(old.Piloting), audit.YesNo(f.Piloting))
	add("Zahlung", audit.YesNo(old.Payment), audit.YesNo(f.Payment))
	add("Fachverfahren anzubinden", audit.YesNo(old.Backend), audit.YesNo(f.Backend))
	add("Preis einmalig", ptr(old.PriceOnce, cents), ptr(f.PriceOnce, cents))
	add("Preis je Jahr", ptr(old.PriceYearly, cents), ptr(f.PriceYearly, cents))
	add("Preis gebunden bis", workday.WrittenIf(old.PriceUntil), workday.WrittenIf(f.PriceUntil))
	add("Verfügbar ab", workday.WrittenIf(old.AvailableFrom), workday.WrittenIf(f.AvailableFrom))
	add("Bedingungen", old.Conditions, f.Conditions)
	add("Hinweis", old.Note, f.Note)
	add("Quelle", old.Source, f.Source)
	add("Geprüft am", workday.WrittenIf(old.CheckedOn), workday.WrittenIf(f.CheckedOn))
	return found
}

func cents(c int64) string { return fmt.Sprintf("%d,%02d €", c/100, c%100) }
func ptr[T any](p *T, format func(T) string) string {
	if p == nil {
		return ""
	}
	return format(*p)
}
