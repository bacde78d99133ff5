package hurdle

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Place returns the step at which the acting person's body meets an obstacle; NotFound if it is none of theirs,
// Conflict if nothing is to be reported there.
func (s *Service) Place(ctx context.Context, who access.Actor, at Where) (p Place, err error) {
	err = s.db.Read(ctx, who, access.ObstacleReport, func(tx *postgres.Tx) error {
		p, err = place(ctx, tx, at)
		return err
	})
	if err != nil {
		return p, err
	}
	return p, p.refuse()
}

// Similar returns the open obstacles of the Land that may be the one described, those of the same step and service
// first.
func (s *Service) Similar(ctx context.Context, who access.Actor, at Where, text string) (p Place, found []Similar, err error) {
	err = s.db.Read(ctx, who, access.ObstacleReport, func(tx *postgres.Tx) error {
		if p, err = place(ctx, tx, at); err != nil {
			return err
		}
		found, err = similar(ctx, tx, p, text)
		return err
	})
	return p, found, err
}

// Report reports a new obstacle and returns its number. Sent again, it changes nothing.
func (s *Service) Report(ctx context.Context, who access.Actor, at Where, r Report) (no int, err error) {
	r.Text = strings.TrimSpace(r.Text)
	if err := r.Check(); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, who, access.ObstacleReport, func(tx *postgres.Tx) error {
		p, err := placeToReport(ctx, tx, at)
		if err != nil {
			return err
		}
		no, err = insert(ctx, tx, p, r)
		if postgres.IsNoRow(err) {
			no, err = reported(ctx, tx, p, r.ID)
			if err == nil {
				return postgres.ErrRepeated
			}
		}
		if err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{own(p, r.ID, "obstacle.report",
			audit.Diff("Nummer", "", strconv.Itoa(no)), audit.Diff("Art", "", r.Dimension.Word()), blocked(nil, *r.Blocking))}, reportedNotice(p, no, r))
	})
	return no, err
}

// Join says that an obstacle which is open already affects the acting person's body, too. Said again, it changes
// nothing.
func (s *Service) Join(ctx context.Context, who access.Actor, at Where, no int, blocking bool) error {
	return s.db.Write(ctx, who, access.ObstacleReport, func(tx *postgres.Tx) error {
		p, err := placeToReport(ctx, tx, at)
		if err != nil {
			return err
		}
		o, err := known(ctx, tx, no, p)
		switch {
		case err != nil:
			return err
		case o.Joined && *o.Blocking == blocking:
			return postgres.ErrRepeated
		case !o.Open:
			return fault.New(fault.Conflict, "Hürde Nr. "+strconv.Itoa(no)+" ist inzwischen abgeschlossen. Melden Sie Ihre Hürde neu, wenn sie noch besteht.")
		}
		if err := join(ctx, tx, p, o.ID, blocking); err != nil {
			return err
		}
		return audit.Record(ctx, tx, own(p, o.ID, "obstacle.join", blocked(o.Blocking, blocking)))
	})
}

// Leave says that an obstacle no longer hinders the acting person's body. Said again, it changes nothing.
func (s *Service) Leave(ctx context.Context, who access.Actor, no int) error {
	return s.db.Write(ctx, who, access.ObstacleReport, func(tx *postgres.Tx) error {
		o, err := read(ctx, tx, no)
		if err != nil {
			return err
		}
		left, err := leave(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		if left == 0 {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "obstacle.leave", Kind: "obstacle", Record: o.ID, Title: title(no), Visibility: audit.Org,
		})
	})
}

func placeToReport(ctx context.Context, tx *postgres.Tx, at Where) (Place, error) {
	if err := oneByOne(ctx, tx); err != nil {
		return Place{}, err
	}
	p, err := place(ctx, tx, at)
	if err != nil {
		return p, err
	}
	return p, p.refuse()
}

// own is an entry about what a body said: the body's record, which other bodies do not read.
func own(p Place, obstacle uuid.UUID, action string, changes ...[]audit.Change) audit.Entry {
	e := audit.Entry{
		Org: p.BodyID, Action: action, Kind: "obstacle", Record: obstacle, Parent: p.StepID, Title: p.StepTitle + " · " + p.ServiceName, Visibility: audit.Org,
	}
	for _, c := range changes {
		e.Changes = append(e.Changes, c...)
	}
	return e
}

func blocked(before *bool, now bool) []audit.Change {
	was := ""
	if before != nil {
		was = audit.YesNo(*before)
	}
	return audit.Diff("Blockiert die Aufgabe", was, audit.YesNo(now))
}

func title(no int) string { return "Hürde Nr. " + strconv.Itoa(no) }
