package onboarding_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// world is a database with a service that is approved and may be rolled in.
type world struct {
	*dbtest.World
	*onboarding.Service
	t *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	w := dbtest.New(t)
	return world{w, onboarding.NewService(w.DB), t}
}

// Preview reads in a transaction of its own what the rooms above read in theirs.
func (w world) Preview(ctx context.Context, who access.Actor, slug string) (p onboarding.Preview, err error) {
	err = w.DB.Read(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		p, _, err = onboarding.Prospect(ctx, tx, slug, `'{}'::json`)
		return err
	})
	return p, err
}

// facts are what a test wants to be true of a service.
type facts struct {
	transports                              string // as an SQL array
	declaration, piloting, payment, backend bool
}

var everything = facts{"{osci,fitc}", true, true, true, true}

// approve publishes a service with its facts and lets its ministry have approved it.
func (w world) approve(slug string, f facts) {
	w.t.Helper()
	w.World.Approve(w.t, slug, time.Now(), fmt.Sprintf("transports = '%s', declaration_required = %t, piloting = %t, payment = %t, backend = %t",
		f.transports, f.declaration, f.piloting, f.payment, f.backend))
}

// rollIn approves and starts a service.
func (w world) rollIn(slug string, f facts, pilots ...string) {
	w.t.Helper()
	w.approve(slug, f)
	if err := w.Start(w.t.Context(), w.as("land"), slug, onboarding.StartInput{Pilots: pilots}); err != nil {
		w.t.Fatalf("start %s: %v", slug, err)
	}
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) checklist(login, body, slug string) *onboarding.Checklist {
	w.t.Helper()
	c, err := w.Checklist(w.t.Context(), w.as(login), body, slug, 5)
	if err != nil {
		w.t.Fatalf("%s reads checklist %s of %s: %v", login, slug, body, err)
	}
	return c
}

func (w world) step(login, body, slug, key string) onboarding.Step {
	w.t.Helper()
	s, known := w.checklist(login, body, slug).Find(key)
	if !known {
		w.t.Fatalf("no step %s", key)
	}
	return s
}

// move changes a step as it is now.
func (w world) move(login, body, slug, key string, to onboarding.StepState) error {
	w.t.Helper()
	return w.ChangeStep(w.t.Context(), w.as(login), body, slug, key, dbtest.Wish(w.step(login, body, slug, key), to))
}

// Admit takes a body in as the rooms above do in their transaction.
func (w world) Admit(ctx context.Context, who access.Actor, slug string, in onboarding.AdmitInput) error {
	return w.DB.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		_, err := onboarding.Admit(ctx, tx, slug, in)
		return err
	})
}

// finishLand finishes every step of the Land, in order.
func (w world) finishLand(slug string) {
	w.t.Helper()
	who := w.as("land")
	r, err := w.LandSteps(w.t.Context(), who, slug)
	w.must(err)
	for _, s := range r.Steps {
		if !s.State.Finished() {
			w.must(w.ChangeLandStep(w.t.Context(), who, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}

// finishBody works through the checklist of a body up to (without) a step.
func (w world) finishBody(body, slug, until string) {
	w.t.Helper()
	who, editor := w.as("k"+body), w.as("k"+body+"-b")
	for _, s := range w.checklist("k"+body, body, slug).Steps {
		switch {
		case s.Key == until:
			return
		case s.State.Finished():
			continue
		case s.Key == template.Live:
			c := w.checklist("k"+body, body, slug)
			w.must(w.GoLive(w.t.Context(), who, body, slug, onboarding.GoLiveInput{Version: c.Version, On: workday.Day(c.Since), Evidence: "Antrag 1"}))
		case s.RequiresReview():
			w.must(w.ChangeStep(w.t.Context(), editor, body, slug, s.Key, dbtest.Wish(s, onboarding.Submitted)))
			s.Version++
			w.must(w.ReviewStep(w.t.Context(), w.as(w.Checker(w.t, body, s)), body, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		default:
			w.must(w.ChangeStep(w.t.Context(), who, body, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w world) verify() {
	w.t.Helper()
	found, err := w.VerifyProgress(w.t.Context(), w.as("land"))
	w.must(err)
	for _, d := range found {
		w.t.Error(d)
	}
}
