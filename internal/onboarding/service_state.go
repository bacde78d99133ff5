package onboarding

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// ChangeState takes an act on an onboarding: the body commits or declines, the Land pauses, excludes or ends.
func (s *Service) ChangeState(ctx context.Context, who access.Actor, bodyKey, slug string, in StateInput) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.ChecklistState, func(tx *postgres.Tx) error {
		c, err := lockAndLoad(ctx, tx, bodyKey, slug)
		if err != nil {
			return err
		}
		if c.repeats(in) {
			return postgres.ErrRepeated
		}
		after, err := c.turned(in, who, tx.Now, tx.Today())
		if err != nil {
			return err
		}
		if err := mayResume(ctx, tx, in.Act, c.ServiceID); err != nil {
			return err
		}
		if err := save(ctx, tx, after, true, nil); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{onboardingEntry(after, "onboarding."+string(in.Act), onboardingChanges(c.Onboarding, after))}, after.turnedBy(who, in.Act)...)
	})
}

// mayResume refuses to go on without a decision: after it was revoked, the ministry has to decide anew.
func mayResume(ctx context.Context, tx *postgres.Tx, a Act, service uuid.UUID) error {
	if a != Resume {
		return nil
	}
	_, err := decision.ApprovedFor(ctx, tx, service)
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Conflict, "Der Beschluss zur Nachnutzung gilt nicht mehr. Weiter geht es erst, wenn das Ressort neu beschlossen hat.")
	}
	return err
}

func lockAndLoad(ctx context.Context, tx *postgres.Tx, bodyKey, slug string) (*Checklist, error) {
	if _, err := lock(ctx, tx, bodyKey, slug, ""); err != nil {
		return nil, err
	}
	return loadToWork(ctx, tx, bodyKey, slug)
}

func onboardingChanges(before, after Onboarding) []audit.Change {
	return slices.Concat(
		audit.Diff("Stand der Anbindung", before.State.Word(), after.State.Word()),
		audit.Diff("Grund", before.StateReason, after.StateReason),
		audit.Diff("Weiter ab", workday.WrittenIf(before.ResumeOn), workday.WrittenIf(after.ResumeOn)),
		audit.Diff("Produktiv seit", workday.WrittenIf(before.LiveOn), workday.WrittenIf(after.LiveOn)))
}

// GoLiveInput reports a Produktivstart.
type GoLiveInput struct {
	Version     int64 // of the onboarding
	On          time.Time
	Evidence    string
	EvidenceURL string
}

// GoLive reports that citizens can use the service. Conflict while anything before it is unfinished.
func (s *Service) GoLive(ctx context.Context, who access.Actor, bodyKey, slug string, in GoLiveInput) error {
	return s.db.Write(ctx, who, access.ChecklistSubmit, func(tx *postgres.Tx) error {
		c, before, err := lockStep(ctx, tx, bodyKey, slug, template.Live)
		if err != nil {
			return err
		}
		after, err := c.goLive(before, in, who, tx.Today())
		if err != nil {
			return err
		}
		was := c.Onboarding
		c.LiveOn = &in.On
		c.State = Live
		c.put(after, tx.Now)
		entry := stepEntry(c, before, after, onboardingChanges(was, c.Onboarding))
		return c.saveStep(ctx, tx, was.State, true, before, after, entry, c.wentLive())
	})
}

// goLive judges whether a Produktivstart may be reported and returns its step, done.
func (c *Checklist) goLive(s Step, in GoLiveInput, who access.Actor, today time.Time) (Step, error) {
	h := c.handOf(who)
	switch missing := c.Missing(); {
	case !h.coordinator:
		return s, fault.New(fault.Forbidden, "Den Produktivstart meldet die Koordination der Kommune.")
	case c.State.IsLive() && s.ChangedBy == who.Person && c.Version == in.Version+1:
		return s, postgres.ErrRepeated
	case c.State.IsLive():
		return s, fault.New(fault.Conflict, "Der Produktivstart ist schon gemeldet.")
	case c.State.Aside():
		return s, fault.New(fault.Conflict, "Die Anbindung steht auf „"+c.State.Word()+"“. Von dort gibt es keinen Produktivstart.")
	case c.Version != in.Version:
		return s, fault.New(fault.Conflict, "Jemand hat den Stand inzwischen geändert. Er ist jetzt: "+c.State.Word()+".")
	case len(missing) > 0:
		return s, fault.New(fault.Conflict, "Der Produktivstart ist noch nicht möglich. Vorher fehlt noch: "+titles(missing)+".")
	case len(c.Blockers()) > 0:
		return s, blockedBy("Der Produktivstart", c.Blockers())
	}
	step := StepInput{To: Done, Evidence: in.Evidence, EvidenceURL: in.EvidenceURL}.tidy()
	if err := in.wrong(step, s, today).Err(); err != nil {
		return s, err
	}
	return s.become(move{from: s.State, to: Done, needs: evidence}, step, h), nil
}

func (in GoLiveInput) wrong(step StepInput, s Step, today time.Time) fault.Wrong {
	wrong := step.wrong(move{needs: evidence}, s, today)
	if in.On.IsZero() || in.On.After(today) {
		wrong = append(fault.Wrong{{Name: "on", Text: "Geben Sie den Tag des Produktivstarts ein. Er liegt nicht in der Zukunft."}}, wrong...)
	}
	return wrong
}
