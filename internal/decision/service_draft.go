package decision

import (
	"context"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// DraftFigures keeps what was typed into a section of the Wirtschaftlichkeitsbetrachtung and is not finished, on the version
// that was seen, for colleagues to go on with. Nothing typed drops the draft. It is no paper yet, so it stands in no trail.
func (s *Service) DraftFigures(ctx context.Context, who access.Actor, id uuid.UUID, section string, version int64, typed map[string][]string) error {
	if !slices.Contains(sections, section) {
		return fault.Missing()
	}
	return s.db.Write(ctx, who, access.DecisionInternalEdit, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := c.State.allow(ToReview); err != nil {
			return err
		}
		before := draftOf(c.Drafts, section)
		saved := c.assessment().section(section)
		switch {
		case saved.Version == version+1 && before.By != nil && *before.By == who.Person && reflect.DeepEqual(before.Typed, typed):
			return postgres.ErrRepeated
		case saved.Version != version:
			return errStale
		}
		if err := checkTyped(typed); err != nil {
			return err
		}
		kept, err := saveTyped(ctx, tx, id, before, typed)
		if err == nil && !kept {
			err = errStale
		}
		audit.Personal(tx)
		return err
	})
}

// section is when a section was saved, with its draft.
func (a Assessment) section(name string) Saved {
	if name == FrameSection {
		return a.Frame.Saved
	}
	return a.Option(economics.Alternative(name)).Saved
}
