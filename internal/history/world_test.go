package history_test

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/history"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

const slug = "wohngeld"

// world is a Land with a roll-in. Its clock moves when a test says so.
type world struct {
	*dbtest.World
	*history.Service
	onboardings *onboarding.Service
	t           *testing.T
	now         *time.Time
}

func newWorld(t *testing.T) world {
	t.Helper()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	return world{w, history.NewService(w.DB), onboarding.NewService(w.DB), t, &now}
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// later lets days pass.
func (w world) later(days int) { *w.now = w.now.AddDate(0, 0, days) }

func (w world) today() time.Time { return workday.Day(*w.now) }

// rollIn approves a service behind the portal's back and starts it.
func (w world) rollIn(slug string) {
	w.t.Helper()
	w.World.Approve(w.t, slug, time.Date(2026, 2, 19, 0, 0, 0, 0, time.UTC), "transports = '{osci}'")
	w.must(w.onboardings.Start(w.t.Context(), w.as("land"), slug, onboarding.StartInput{}))
	r, err := w.onboardings.LandSteps(w.t.Context(), w.as("land"), slug)
	w.must(err)
	for _, s := range r.Steps {
		if !s.State.Finished() {
			w.must(w.onboardings.ChangeLandStep(w.t.Context(), w.as("land"), slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}

func (w world) checklist(body, slug string) *onboarding.Checklist {
	w.t.Helper()
	c, err := w.onboardings.Checklist(w.t.Context(), w.as("k"+body), body, slug, 1)
	w.must(err)
	return c
}

// prepare works through the checklist of a body up to its Produktivstart.
func (w world) prepare(body, slug string) {
	w.t.Helper()
	for _, s := range w.checklist(body, slug).Steps {
		switch {
		case s.Key == template.Live:
			return
		case s.State.Finished():
		case s.RequiresReview():
			w.must(w.onboardings.ChangeStep(w.t.Context(), w.as("k"+body+"-b"), body, slug, s.Key, dbtest.Wish(s, onboarding.Submitted)))
			s.Version++
			w.must(w.onboardings.ReviewStep(w.t.Context(), w.as(w.Checker(w.t, body, s)), body, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		default:
			w.must(w.onboardings.ChangeStep(w.t.Context(), w.as("k"+body), body, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}

func (w world) goLive(body, slug string, on time.Time) {
	w.t.Helper()
	w.must(w.onboardings.GoLive(w.t.Context(), w.as("k"+body), body, slug,
		onboarding.GoLiveInput{Version: w.checklist(body, slug).Version, On: on, Evidence: "Antrag 1"}))
}

func (w world) act(login, body, slug string, act onboarding.Act) {
	w.t.Helper()
	resume := w.now.AddDate(0, 6, 0)
	w.must(w.onboardings.ChangeState(w.t.Context(), w.as(login), body, slug,
		onboarding.StateInput{Version: w.checklist(body, slug).Version, Act: act, Reason: "So ist es", ResumeOn: &resume}))
}

func (w world) changeDate(login, body, slug string, on time.Time, cause onboarding.Cause) {
	w.t.Helper()
	w.must(w.onboardings.ChangeDate(w.t.Context(), w.as(login), body, slug,
		onboarding.DateInput{Version: w.checklist(body, slug).Version, On: on, Cause: cause, Reason: "So ist es"}))
}

func (w world) report(login string, q history.Question) *history.Report {
	w.t.Helper()
	r, _, err := w.Report(w.t.Context(), w.as(login), q)
	w.must(err)
	return r
}

// verify recounts everything that is kept.
func (w world) verify() {
	w.t.Helper()
	found, err := w.onboardings.VerifyProgress(w.t.Context(), w.as("land"))
	w.must(err)
	for _, d := range found {
		w.t.Error(d)
	}
}

func refused(err error, kind fault.Kind) bool { return fault.KindOf(err) == kind }
