package hurdle

import (
	"context"
	"slices"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Persist says that an obstacle still hinders the acting person's body, although it counts as solved or as none. It is
// open again for everybody, with the reason; who said so stands in the trail of the body. Said again, it changes nothing.
func (s *Service) Persist(ctx context.Context, who access.Actor, no int, version int64, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := checkReason(reason); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.ObstacleReport, func(tx *postgres.Tx) error {
		if err := oneByOne(ctx, tx); err != nil {
			return err
		}
		o, err := read(ctx, tx, no)
		if err != nil {
			return err
		}
		if o.Version == version+1 && o.State == InProgress && o.Reason == reason {
			return postgres.ErrRepeated
		}
		hit := slices.ContainsFunc(o.Affected, func(a Affected) bool { return a.BodyKey == who.Org.Key && a.LeftAt == nil })
		if !hit {
			return fault.New(fault.Forbidden, "Diese Hürde betrifft Ihre Einheit nicht.")
		}
		if o.Version != version || !o.Disputable() {
			return fault.New(fault.Conflict, "Die Hürde steht jetzt auf „"+o.Standing()+"“. Lesen Sie nach, was sich geändert hat.")
		}
		done, err := persists(ctx, tx, o.Obstacle, reason)
		if err != nil {
			return err
		}
		if !done {
			return fault.New(fault.Conflict, "Jemand hat die Hürde inzwischen geändert.")
		}
		return notify.Record(ctx, tx, []audit.Entry{{
			Org: tx.Org(), Action: "obstacle.persist", Kind: "obstacle", Record: o.ID, Title: title(no), Visibility: audit.Org,
			Changes: append(audit.Diff("Stand", o.Standing(), InProgress.Word()), audit.Diff("Grund", "", reason)...),
		}}, persistsNotice(o.Obstacle, who.Org.Name, reason))
	})
}

func checkReason(reason string) error {
	switch {
	case reason == "":
		return fault.InField("reason", "Sagen Sie, was noch nicht geht.")
	case len([]rune(reason)) > maxText:
		return fault.InField("reason", "Kürzen Sie den Text auf höchstens 1.000 Zeichen.")
	}
	return nil
}
