package onboarding

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// OverruleInput says whether one service needs a basis step of the body.
type OverruleInput struct {
	Version int64  // of the onboarding
	Needed  bool   // it needs the step after all
	Reason  string // why it does without
}

// CanOverrule reports whether the reader may say that this service does without a basis step, or take that back.
// What the template rules out stays ruled out.
func (c *Checklist) CanOverrule(who access.Actor, s Step) bool {
	return s.Scope == template.Basis && (!s.Unneeded || s.Overruled) && !c.State.Aside() && c.handOf(who).coordinator
}

// Overrule lets one service do without a basis step, whatever the profile of the body says, or takes that back. Other
// services keep leaning on the step.
func (s *Service) Overrule(ctx context.Context, who access.Actor, bodyKey, slug, key string, in OverruleInput) error {
	in.Reason = strings.TrimSpace(in.Reason)
	return s.db.Write(ctx, who, access.ChecklistOverrule, func(tx *postgres.Tx) error {
		c, step, err := lockStep(ctx, tx, bodyKey, slug, key)
		if err != nil {
			return err
		}
		if err := c.overruled(step, in, who); err != nil {
			return err
		}
		if err := saveOverrule(ctx, tx, c, step, in); err != nil {
			return err
		}
		if err := save(ctx, tx, c.Onboarding, true, nil); err != nil {
			return err
		}
		was, is, action := "nötig", "nicht nötig", "step.overruled"
		if in.Needed {
			was, is, action = is, was, "step.needed"
		}
		changes := append(audit.Diff("Für "+c.ServiceName, was, is), audit.Diff("Grund", step.overruleReason(), in.Reason)...)
		return audit.Record(ctx, tx, waitingEntry(c, step, action, changes))
	})
}

func (s Step) overruleReason() string {
	if s.Overruled {
		return s.Reason
	}
	return ""
}

// overruled says why a service cannot do without a step, or cannot need it again; nil if it can.
func (c *Checklist) overruled(s Step, in OverruleInput, who access.Actor) error {
	switch {
	case c.Version == in.Version+1 && s.Unneeded != in.Needed && s.overruleReason() == in.Reason:
		return postgres.ErrRepeated
	case !c.handOf(who).coordinator:
		return fault.New(fault.Forbidden, "Das entscheidet die Koordination Ihrer Organisation.")
	case s.Scope != template.Basis:
		return fault.New(fault.Conflict, "„"+s.Title+"“ ist keine Basisaufgabe. Was für sie gilt, sagen Sie auf ihrer Seite.")
	case c.State.Aside():
		return fault.New(fault.Conflict, "Die Anbindung steht auf „"+c.State.Word()+"“. Solange ruht die Checkliste.")
	case c.Version != in.Version:
		return fault.New(fault.Conflict, "Jemand hat die Anbindung inzwischen geändert. Lesen Sie den Stand noch einmal.")
	case s.Unneeded && !s.Overruled:
		return fault.New(fault.Conflict, s.Reason)
	case s.Unneeded != in.Needed:
		return fault.New(fault.Conflict, "Das ist schon so eingetragen.")
	case in.Needed:
		return nil
	}
	wrong := checkText("reason", in.Reason)
	wrong.If(in.Reason == "", "reason", "Nennen Sie einen Grund.")
	return wrong.Err()
}

func saveOverrule(ctx context.Context, tx *postgres.Tx, c *Checklist, s Step, in OverruleInput) error {
	if in.Needed {
		in.Reason = ""
	}
	_, err := tx.Exec(ctx, `
		UPDATE portal.onboarding_basis SET reason = @reason,
			overruled_by = CASE WHEN @needed THEN NULL ELSE @who::uuid END, overruled_at = CASE WHEN @needed THEN NULL ELSE @now::timestamptz END
		WHERE land_id = @land AND org_id = @org AND onboarding_id = @onboarding AND step_id = @step`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": c.BodyID, "onboarding": c.ID, "step": s.ID, "reason": in.Reason, "needed": in.Needed,
			"who": tx.Who.Person, "now": tx.Now,
		})
	if err != nil {
		return fmt.Errorf("overrule step %s: %w", s.Key, err)
	}
	return nil
}
