package onboarding

import (
	"context"
	"fmt"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Evaluate says what the Land makes of the pilots: Go releases the waves that wait, Adjust moves their dates, Stop
// pauses their bodies. Conflict if nothing waits or somebody else judged meanwhile.
func (s *Service) Evaluate(ctx context.Context, who access.Actor, slug string, in EvaluationInput) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		if err := lockWaves(ctx, tx, slug); err != nil {
			return err
		}
		r, err := loadLand(ctx, tx, slug, locked)
		if err != nil {
			return err
		}
		if r == nil {
			return fault.Missing()
		}
		done, err := r.judged(in, who.Person)
		if err != nil {
			return err
		}
		entries, err := r.evaluate(ctx, tx, in, done)
		if err != nil {
			return fmt.Errorf("evaluate the pilots of %s: %w", slug, err)
		}
		return audit.RecordAll(ctx, tx, entries)
	})
}

// evaluate makes a judgement come true and returns its trail: for the Land, its step, and every body that waits.
func (r *Rollin) evaluate(ctx context.Context, tx *postgres.Tx, in EvaluationInput, done *Step) ([]audit.Entry, error) {
	held, err := lockHeld(ctx, tx, r.ServiceID)
	if err != nil {
		return nil, err
	}
	if err := insertEvaluation(ctx, tx, r.ServiceID, in); err != nil {
		return nil, err
	}
	entries := []audit.Entry{r.evaluationEntry(tx, in)}
	if done != nil {
		before, _ := r.Find(done.Key)
		if err := saveLand(ctx, tx, r, *done); err != nil {
			return nil, err
		}
		entries = append(entries, audit.Entry{
			Org: tx.Org(), Action: "step." + string(done.State), Kind: "step", Record: done.ID, Parent: r.ServiceID,
			Title: done.Title, Visibility: audit.Land, Changes: stepChanges(before, *done),
		})
	}
	if err := notify.Tell(ctx, tx, r.judgementNotices(held, in)...); err != nil {
		return nil, err
	}
	if in.Outcome == Adjust {
		return append(entries, postponed(held, in)...), postpone(ctx, tx, r.ServiceID, in)
	}
	var after []Onboarding
	for _, c := range held {
		o := c.afterJudgement(in, r.Stopped())
		after = append(after, o)
		changes := onboardingChanges(c.Onboarding, o)
		if in.Outcome == Go {
			changes = append(changes, audit.Diff("Wartet auf Auswertung der Pilotierung", "ja", "nein")...)
		}
		entries = append(entries, onboardingEntry(o, "onboarding.wave-"+string(in.Outcome), changes))
	}
	return entries, saveHeld(ctx, tx, r.ServiceID, after, in.Outcome == Go)
}

// judgementNotices tell the bodies that waited what becomes of their wave.
func (r *Rollin) judgementNotices(held []*Checklist, in EvaluationInput) []notify.Notice {
	text := "Die Pilotierung von „" + r.ServiceName + "“ ist ausgewertet. "
	found := make([]notify.Notice, len(held))
	for i, c := range held {
		moved := c.TargetOn.AddDate(0, 0, 7*in.Weeks)
		became := map[Judgement]string{
			Go:     "Ihre Welle beginnt.",
			Adjust: "Ihr Produktivstart verschiebt sich auf den " + workday.Written(moved) + ". Ursache: " + in.Cause.Word() + ".",
			Stop:   "Ihre Welle ist angehalten.",
		}[in.Outcome]
		found[i] = notify.Notice{
			Kind: notify.WaveJudged, To: notify.Orgs(c.BodyID), Path: notify.AtChecklist(c.BodyKey, c.ServiceSlug), About: r.ServiceName,
			Text: text + became + " Begründung: " + in.Reason,
		}
	}
	return found
}

// afterJudgement pauses what waits, or wakes what an earlier judgement had paused. Whoever declined stays away.
func (c *Checklist) afterJudgement(in EvaluationInput, stopped *Evaluation) Onboarding {
	o := c.Onboarding
	switch {
	case in.Outcome == Stop && !o.State.Aside():
		o.State, o.StateReason, o.ResumeOn = Paused, in.Reason, nil
	case in.Outcome == Go && stopped != nil && o.State == Paused && o.ResumeOn == nil && o.StateReason == stopped.Reason:
		o.State, o.StateReason = c.awake(), ""
	}
	return o
}

func (r *Rollin) evaluationEntry(tx *postgres.Tx, in EvaluationInput) audit.Entry {
	changes := audit.Diff("Auswertung der Pilotierung", "", in.Outcome.Word())
	changes = append(changes, audit.Diff("Begründung", "", in.Reason)...)
	if in.Outcome == Adjust {
		changes = append(changes, audit.Diff("Termine verschoben um Wochen", "", fmt.Sprint(in.Weeks))...)
		changes = append(changes, audit.Diff("Ursache", "", in.Cause.Word())...)
	}
	return audit.Entry{
		Org: tx.Org(), Action: "rollin.evaluate", Kind: "rollin", Record: r.ServiceID, Title: r.ServiceName, Visibility: audit.Land, Changes: changes,
	}
}

func postponed(held []*Checklist, in EvaluationInput) []audit.Entry {
	entries := make([]audit.Entry, len(held))
	for i, c := range held {
		later := c.TargetOn.AddDate(0, 0, 7*in.Weeks)
		changes := append(audit.Diff("Zieltermin", workday.Written(c.TargetOn), workday.Written(later)), audit.Diff("Ursache", "", in.Cause.Word())...)
		entries[i] = onboardingEntry(c.Onboarding, "onboarding.postpone", append(changes, audit.Diff("Grund", "", in.Reason)...))
	}
	return entries
}
