package savedview

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Service keeps views.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// List returns the person's own views and those that others of the organisation share, by name; and what the services and
// bodies are called whose slugs and keys are asked for, once the views are known.
func (s *Service) List(ctx context.Context, who access.Actor, asked func([]View) []string) (found []View, called map[string]string, err error) {
	err = s.db.Read(ctx, who, access.ViewSave, func(tx *postgres.Tx) error {
		if found, err = list(ctx, tx); err != nil {
			return err
		}
		called, err = names(ctx, tx, asked(found))
		return err
	})
	return found, called, err
}

// Save keeps a new view. The form makes the id, so that a second click keeps one.
func (s *Service) Save(ctx context.Context, who access.Actor, id uuid.UUID, in Input) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.ViewSave, func(tx *postgres.Tx) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := lock(ctx, tx); err != nil {
			return err
		}
		others, err := list(ctx, tx)
		if err != nil {
			return err
		}
		if _, known := find(others, id); known {
			return postgres.ErrRepeated
		}
		if err := fits(others, id, in.Name); err != nil {
			return err
		}
		if err := insert(ctx, tx, id, in); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, "view.save", id, in.Name, audit.Diff("Name", "", in.Name)))
	})
}

// Change renames a view, shares it or ends that. Its filters stay.
func (s *Service) Change(ctx context.Context, who access.Actor, id uuid.UUID, version int64, in Input) error {
	in = in.tidy()
	return s.edit(ctx, who, id, version, func(tx *postgres.Tx, was View, others []View) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := fits(others, id, in.Name); err != nil {
			return err
		}
		changes := append(audit.Diff("Name", was.Name, in.Name), audit.Diff("geteilt", audit.YesNo(was.Shared), audit.YesNo(in.Shared))...)
		if len(changes) == 0 {
			return postgres.ErrRepeated
		}
		if err := update(ctx, tx, id, in); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, "view.change", id, in.Name, changes))
	})
}

// Delete forgets a view.
func (s *Service) Delete(ctx context.Context, who access.Actor, id uuid.UUID, version int64) error {
	return s.edit(ctx, who, id, version, func(tx *postgres.Tx, was View, _ []View) error {
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, "view.delete", id, was.Name, audit.Diff("Name", was.Name, "")))
	})
}

// edit finds one's own view in the version that was seen.
func (s *Service) edit(ctx context.Context, who access.Actor, id uuid.UUID, version int64, fn func(*postgres.Tx, View, []View) error) error {
	return s.db.Write(ctx, who, access.ViewSave, func(tx *postgres.Tx) error {
		if err := lock(ctx, tx); err != nil {
			return err
		}
		all, err := list(ctx, tx)
		if err != nil {
			return err
		}
		was, known := find(all, id)
		switch {
		case !known:
			return fault.Missing()
		case !was.Own:
			return fault.New(fault.Forbidden, "Diese Ansicht hat jemand anders gespeichert. Ändern kann sie nur diese Person.")
		case was.Version != version:
			return fault.New(fault.Conflict, "Die Ansicht hat sich inzwischen geändert. Sie heißt jetzt „"+was.Name+"“. Laden Sie die Seite neu.")
		}
		return fn(tx, was, all)
	})
}

func find(all []View, id uuid.UUID) (View, bool) {
	for _, v := range all {
		if v.ID == id {
			return v, true
		}
	}
	return View{}, false
}

func entry(tx *postgres.Tx, action string, id uuid.UUID, name string, changes []audit.Change) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "saved_view", Record: id, Title: "Ansicht „" + name + "“", Visibility: audit.Private, Changes: changes}
}
