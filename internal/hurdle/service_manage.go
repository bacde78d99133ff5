package hurdle

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Act takes an act of the Land on an obstacle.
func (s *Service) Act(ctx context.Context, who access.Actor, no int, in ActInput) error {
	return s.change(ctx, who, no, in.Version, func(tx *postgres.Tx, before Obstacle) (Obstacle, error) {
		if in.Act == Escalate && in.Forum != "" {
			var err error
			if in.To, err = forumName(ctx, tx, in.Forum); err != nil {
				return before, err
			}
		}
		after, err := before.acted(in, tx.Now)
		if err != nil || in.Act != Merge {
			return after, err
		}
		return after, s.merge(ctx, tx, before, in.Into)
	}, in.Act)
}

// Assess notes how the Land judges an obstacle.
func (s *Service) Assess(ctx context.Context, who access.Actor, no int, in Assessment) error {
	return s.change(ctx, who, no, in.Version, func(tx *postgres.Tx, before Obstacle) (Obstacle, error) {
		return before.assessed(in, tx.Today())
	}, assess)
}

// assess stands beside the acts: it changes how an obstacle is judged, not where it stands.
const assess Act = "assess"

// change saves what becomes of an obstacle. A second click of the same person, who then wants what is there already,
// counts as done.
func (s *Service) change(ctx context.Context, who access.Actor, no int, version int64, become func(*postgres.Tx, Obstacle) (Obstacle, error), act Act) error {
	action := "obstacle." + string(act)
	return s.db.Write(ctx, who, access.ObstacleManage, func(tx *postgres.Tx) error {
		if err := oneByOne(ctx, tx); err != nil {
			return err
		}
		shown, err := read(ctx, tx, no)
		if err != nil {
			return err
		}
		before := shown.Obstacle
		if before.Version == version+1 && before.ChangedBy != nil && *before.ChangedBy == who.Person {
			again, err := repeated(ctx, tx, before.ID, action)
			if err != nil {
				return err
			}
			if again {
				return postgres.ErrRepeated
			}
		}
		after, err := become(tx, before)
		if err != nil {
			return err
		}
		made := changes(before, after)
		if len(made) == 0 {
			return postgres.ErrRepeated
		}
		if err := save(ctx, tx, after); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{lands(tx, before.ID, no, action, made)}, actedNotices(after, shown.Affected, act)...)
	})
}

// merge lets another obstacle take over whom this one affects. Both keep their own trail.
func (s *Service) merge(ctx context.Context, tx *postgres.Tx, from Obstacle, into int) error {
	target, err := read(ctx, tx, into)
	if fault.KindOf(err) == fault.NotFound || err == nil && !target.Open() {
		return fault.InField("into", "Wählen Sie eine andere, offene Hürde, oder geben Sie ihre Nummer ein.")
	}
	if err != nil {
		return err
	}
	if err := takeOver(ctx, tx, from.ID, target.ID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, lands(tx, target.ID, into, "obstacle.take_over", audit.Diff("Aufgenommen", "", title(from.No))))
}

// lands is an entry about what the Land did: whoever is affected reads it.
func lands(tx *postgres.Tx, obstacle uuid.UUID, no int, action string, made []audit.Change) audit.Entry {
	return audit.Entry{
		Org: tx.Org(), Action: action, Kind: "obstacle", Record: obstacle, Title: title(no), Visibility: audit.Land, Changes: made,
	}
}
