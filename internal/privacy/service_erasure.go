package privacy

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Erasures lists the requests that the reader has a say in, the open ones first, and for a body those who left it and are
// still known by name.
func (s *Service) Erasures(ctx context.Context, who access.Actor) (found []Requested, gone []Candidate, err error) {
	err = s.db.Read(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) error {
		if found, err = erasures(ctx, tx); err != nil || tx.Reach == access.WholeLand {
			return err
		}
		gone, err = whoLeft(ctx, tx)
		return err
	})
	return found, gone, err
}

// Candidate returns a person to be asked for, with what may stand against it; NotFound for anybody out of reach.
func (s *Service) Candidate(ctx context.Context, who access.Actor, person uuid.UUID) (found Candidate, err error) {
	err = s.db.Read(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) error {
		found, err = candidate(ctx, tx, person)
		return err
	})
	return found, err
}

// Erasure returns a request with its trail; NotFound for those of others.
func (s *Service) Erasure(ctx context.Context, who access.Actor, id uuid.UUID, trail int) (found Requested, events []audit.Event, err error) {
	err = s.db.Read(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) error {
		if found, err = erasure(ctx, tx, id); err != nil {
			return err
		}
		events, err = audit.Trail(ctx, tx, id, trail)
		return err
	})
	return found, events, err
}

// Ask asks to erase a person. Twice the same makes one request; Conflict while another one is open.
func (s *Service) Ask(ctx context.Context, who access.Actor, r Request) error {
	if err := r.wrong(); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) error {
		c, err := candidate(ctx, tx, r.Person)
		if err != nil {
			return err
		}
		if c.Open.Valid && c.Open.UUID == r.ID {
			return postgres.ErrRepeated
		}
		if err := c.Refusal(who); err != nil {
			return err
		}
		org := tx.Org()
		if tx.Reach == access.WholeLand && c.Body.Valid {
			org = c.Body.UUID
		}
		if err := insertErasure(ctx, tx, org, r); err != nil {
			return err
		}
		waits := notify.Notice{
			Kind: notify.ErasureWaits, To: deciders(org, tx.Org()), Path: notify.AtErasure(r.ID),
			Text: who.Org.Name + " bittet Sie, die Löschung einer Person freizugeben.",
		}
		told := notify.Notice{
			Kind: notify.OwnErasure, To: notify.Person(uuid.Nil, r.Person), Path: notify.AtOwnData, Urgent: true, // the other side may approve within the hour
			Text: who.Org.Name + " hat beantragt, Ihre Daten im Portal zu löschen. Bis eine zweite Stelle das freigibt, können Sie Ihre Auskunft herunterladen. Wenn Sie nicht einverstanden sind, wenden Sie sich an die OZG-Landeskoordination.",
		}
		return notify.Record(ctx, tx, []audit.Entry{erasureEntry(org, r.ID, "erasure.ask", audit.Diff("Anlass", "", r.Ground.Word()))}, waits, told)
	})
}

// deciders are those who hear that a request waits for them.
func deciders(org, asker uuid.UUID) notify.To {
	if org == asker {
		return notify.Coordination()
	}
	return notify.Orgs(org).In(access.BodyCoordinator)
}

// Approve lets a person go: out at once, and erased by a worker soon after. Forbidden for whoever asked, and for everybody
// but the decider.
func (s *Service) Approve(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.settle(ctx, who, id, ErasureApproved, func(tx *postgres.Tx) error {
		if err := endFor(ctx, tx, id); err != nil {
			return err
		}
		return jobs.Insert(ctx, tx, EraseJob{id})
	})
}

// Refuse keeps a person as they are.
func (s *Service) Refuse(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.settle(ctx, who, id, ErasureRefused, nil)
}

// Withdraw takes back the own request, before somebody has decided.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.settle(ctx, who, id, ErasureWithdrawn, nil)
}

func (s *Service) settle(ctx context.Context, who access.Actor, id uuid.UUID, to ErasureState, then func(*postgres.Tx) error) error {
	return s.db.Write(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) error {
		now, err := erasure(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := now.mayBecome(to, who); err != nil {
			return err
		}
		if err := decideErasure(ctx, tx, id, to); err != nil {
			return err
		}
		if then != nil {
			if err := then(tx); err != nil {
				return err
			}
		}
		return notify.Record(ctx, tx, []audit.Entry{erasureEntry(now.Org, id, "erasure."+string(to), nil)}, now.news(to)...)
	})
}

// mayBecome says why a request cannot change so; ErrRepeated if it has.
func (r Requested) mayBecome(to ErasureState, who access.Actor) error {
	switch {
	case r.State == to || to == ErasureApproved && r.State == ErasureDone:
		return postgres.ErrRepeated
	case !r.Open():
		return errNotOpen
	case to == ErasureWithdrawn && !r.MayWithdraw(who), to != ErasureWithdrawn && !r.MayDecide(who):
		return errNotDecider
	}
	return nil
}

// news is what whoever asked hears.
func (r Requested) news(to ErasureState) []notify.Notice {
	text := map[ErasureState]string{
		ErasureApproved: "Ihr Löschantrag ist freigegeben. Die Person ist abgemeldet und wird jetzt gelöscht.",
		ErasureRefused:  "Ihr Löschantrag ist abgelehnt. Die Person bleibt, wie sie ist.",
	}[to]
	if text == "" {
		return nil
	}
	return []notify.Notice{{Kind: notify.ErasureSettled, To: notify.Person(r.AskedOrg, r.AskedBy), Path: notify.AtErasure(r.ID), Text: text}}
}

// erasureEntry names nobody: the trail stays longer than the name (ADR 0030).
func erasureEntry(org, id uuid.UUID, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{Org: org, Action: action, Kind: "erasure", Record: id, Title: "Löschung einer Person", Visibility: audit.Org, Changes: changes}
}

// endFor ends what the person of an approved request may do.
func endFor(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	result, err := endForErasure(ctx, tx, id)
	if err != nil {
		return err
	}
	switch result {
	case "ended":
		return nil
	case "last":
		return errLast
	case "elsewhere":
		return errOtherLand
	}
	return fault.Missing()
}
