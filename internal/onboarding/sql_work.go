package onboarding

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// lock holds what a change of a step can alter: the onboarding, and for a basis step every onboarding of the body. It
// returns the onboarding as it is then, with what the rules for steps ask of it; NotFound if the reader knows none. It
// stands alone because a statement that waits for a lock still sees the past; what is read next sees the present.
func lock(ctx context.Context, tx *postgres.Tx, bodyKey, slug, key string) (Onboarding, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.onboarding_id, o.org_id, b.key AS body_key, b.name AS body_name, v.service_id, v.slug, v.name, o.state, o.state_reason,
			o.resume_on, o.committed_at, o.live_on, o.pilot, o.held, o.version, o.service_id = v.service_id AS asked
		FROM portal.organisation b
		JOIN portal.service v ON v.land_id = @land AND v.slug = @slug
		LEFT JOIN portal.step s ON s.land_id = @land AND s.org_id = b.org_id AND s.service_id IS NULL AND s.key = @key
		JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = b.org_id AND (o.service_id = v.service_id OR s.step_id IS NOT NULL)
		WHERE b.land_id = @land AND b.key = @body
		ORDER BY o.onboarding_id
		FOR NO KEY UPDATE OF o`,
		pgx.StrictNamedArgs{"land": tx.Land(), "body": bodyKey, "slug": slug, "key": key})
	var found Onboarding
	var o Onboarding
	var asked bool
	_, err := pgx.ForEachRow(rows, []any{
		&o.ID, &o.BodyID, &o.BodyKey, &o.BodyName, &o.ServiceID, &o.ServiceSlug, &o.ServiceName, &o.State, &o.StateReason,
		&o.ResumeOn, &o.CommittedAt, &o.LiveOn, &o.Pilot, &o.Held, &o.Version, &asked,
	}, func() error {
		if asked {
			found = o
		}
		return nil
	})
	if err != nil {
		return found, fmt.Errorf("lock checklist %s of %s: %w", slug, bodyKey, err)
	}
	if found.ID == uuid.Nil {
		return found, fault.Missing()
	}
	return found, nil
}

// work is what the rules ask of a checklist in order to judge one of its steps: how every step stands, what obstacles
// there are, and everything else of the one alone.
type work struct {
	Assigned  bool
	Steps     pgtype.FlatArray[uuid.UUID] // pgx reads it without reflection
	Keys      []string
	Templates pgtype.FlatArray[uuid.UUID]
	States    []string
	StepID    uuid.UUID
	Reason    string
	Given     string
	GivenURL  string
	DueOn     time.Time
	Since     time.Time
	gathered
	SubmittedBy  *uuid.UUID
	SubmittedOrg *uuid.UUID
	ValidUntil   *time.Time
	ChangedBy    uuid.UUID
	Version      int64
	CheckedDays  int
	Unneeded     bool
	Overruled    bool
}

// working goes to the table of steps once for all that stand in the checklist (allSteps), and looks at the basis steps of the
// body that it does not lean on as well; and once more for the one. A basis step that the service does without shows the
// reason for that.
var working = `
	SELECT EXISTS (SELECT FROM portal.assignment a WHERE a.land_id = @land AND a.org_id = @org) AS assigned, l.steps, l.keys, l.templates, l.states,
		t.step_id, CASE WHEN l.without = '' THEN t.reason ELSE l.without END AS reason, CASE WHEN l.without = '' THEN t.evidence ELSE '' END AS given,
		CASE WHEN l.without = '' THEN t.evidence_url ELSE '' END AS given_url, t.due_on, t.state_since AS since, t.submitted_by, t.submitted_org,
		t.valid_until, t.changed_by, t.version, t.checked_days, l.without <> '' AS unneeded, l.overruled,
		(` + periodsOf(`ARRAY[t.step_id]`) + `) AS periods, (` + filesOf(`ARRAY[t.step_id]`) + `) AS files, (` + obstacles + `) AS obstacles
	FROM (SELECT @org::uuid AS org_id) o
	CROSS JOIN (
		SELECT array_agg(s.step_id) AS steps, array_agg(s.key) AS keys, array_agg(s.template_version_id) AS templates,
			array_agg(CASE WHEN b.reason <> '' THEN 'not_applicable' ELSE s.state END) AS states,
			coalesce(max(b.reason) FILTER (WHERE s.key = @key), '') AS without,
			coalesce(bool_or(b.overruled_by IS NOT NULL) FILTER (WHERE s.key = @key), false) AS overruled
		FROM portal.step s
		LEFT JOIN portal.onboarding_basis b ON b.land_id = @land AND b.org_id = @org AND b.onboarding_id = @onboarding AND b.step_id = s.step_id
		WHERE s.land_id = @land AND (s.org_id = @org AND s.service_id = @service OR s.service_id = @service AND s.scope = 'land' OR s.org_id = @org AND s.service_id IS NULL)
			AND (s.service_id IS NOT NULL OR b.step_id IS NOT NULL)
	) l
	JOIN portal.step t ON t.land_id = @land AND t.org_id = @org AND (t.service_id = @service OR t.service_id IS NULL) AND t.key = @key AND t.step_id = ANY (l.steps)`

// lockStep reads a step to be changed, in a checklist that knows of the other steps only what the rules ask of them;
// NotFound if the reader knows no such step.
func lockStep(ctx context.Context, tx *postgres.Tx, bodyKey, slug, key string) (*Checklist, Step, error) {
	o, err := lock(ctx, tx, bodyKey, slug, key)
	if err != nil {
		return nil, Step{}, err
	}
	rows, _ := tx.Query(ctx, working, pgx.StrictNamedArgs{"land": tx.Land(), "org": o.BodyID, "service": o.ServiceID, "onboarding": o.ID, "key": key})
	w, err := pgx.CollectExactlyOneRow(rows, pgx.RowToAddrOfStructByName[work])
	if postgres.IsNoRow(err) {
		return nil, Step{}, fault.Missing()
	}
	if err != nil {
		return nil, Step{}, fmt.Errorf("read step %s of checklist %s of %s: %w", key, slug, bodyKey, err)
	}
	templates := templatesOf(tx)
	if err := templates.read(ctx, tx, w.Templates); err != nil {
		return nil, Step{}, err
	}
	o.Assigned = w.Assigned
	c := layOut(o, w.assemble(templates), tx.Today())
	c.deriveOne(key, tx.Who)
	step, err := c.must(key)
	return c, step, err
}

// assemble makes steps of what was read, all but one of them with nothing but their place and their state.
func (w *work) assemble(templates *templates) []Step {
	steps := make([]Step, len(w.Keys))
	for i := range steps {
		s := &steps[i]
		s.Step, s.ID, s.State = templates.step(w.Templates[i], w.Keys[i]), w.Steps[i], StepState(w.States[i])
		if s.ID == w.StepID {
			s.Reason, s.Given, s.GivenURL, s.DueOn, s.StateSince = w.Reason, w.Given, w.GivenURL, w.DueOn, w.Since
			s.SubmittedBy, s.SubmittedOrg, s.ValidUntil, s.ChangedBy = w.SubmittedBy, w.SubmittedOrg, w.ValidUntil, w.ChangedBy
			s.Version, s.CheckedDays, s.Unneeded, s.Overruled = w.Version, w.CheckedDays, w.Unneeded, w.Overruled
		}
		w.give(s)
	}
	return steps
}
