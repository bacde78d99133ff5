package template

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Service publishes templates.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Outcome says which version a template has now, and whether an import published it (or would, if it was dry).
type Outcome struct {
	Version int
	Changed bool
}

// Import publishes steps as the next version of the named template. If they are what the newest version says,
// nothing happens; a dry import only tells.
func (s *Service) Import(ctx context.Context, who access.Actor, name string, steps []Step, dry bool) (Outcome, error) {
	if err := faulty(Validate(steps)); err != nil {
		return Outcome{}, err
	}
	if dry {
		var out Outcome
		err := s.db.Read(ctx, who, access.TemplatePublish, func(tx *postgres.Tx) (err error) {
			out, err = compare(ctx, tx, name, steps)
			return err
		})
		return out, err
	}
	return s.publish(ctx, who, name, steps)
}

var errSame = errors.New("the newest version says the same")

func (s *Service) publish(ctx context.Context, who access.Actor, name string, steps []Step) (Outcome, error) {
	var out Outcome
	err := s.db.Write(ctx, who, access.TemplatePublish, func(tx *postgres.Tx) (err error) {
		if out, err = compare(ctx, tx, name, steps); err != nil {
			return err
		}
		if !out.Changed {
			return errSame
		}
		v := Version{ID: uuid.New(), Name: name, No: out.Version, PublishedAt: tx.Now, Steps: steps}
		if err := insert(ctx, tx, v); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "template.publish", Kind: "template_version", Record: v.ID, Visibility: audit.Land,
			Title:   fmt.Sprintf("%s, Version %d", name, v.No),
			Changes: audit.Diff("Schritte", "", fmt.Sprint(len(steps))),
		})
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return out, err
}

// compare tells which version the steps are, or would become.
func compare(ctx context.Context, tx *postgres.Tx, name string, steps []Step) (Outcome, error) {
	no, content, err := newest(ctx, tx, name)
	if err != nil {
		return Outcome{}, err
	}
	if bytes.Equal(content, hash(steps)) {
		return Outcome{Version: no}, nil
	}
	return Outcome{Version: no + 1, Changed: true}, nil
}
