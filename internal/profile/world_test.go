package profile_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
	"rollinportal/internal/workday"
)

// world is a database with a clock that a test moves.
type world struct {
	*dbtest.World
	*profile.Service
	t   *testing.T
	now *time.Time
}

func newWorld(t *testing.T) world {
	t.Helper()
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	w := world{t: t, now: &now}
	w.World = dbtest.New(t, postgres.WithClock(func() time.Time { return *w.now }))
	w.Service = profile.NewService(w.DB)
	return w
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) onboardings() *onboarding.Service { return onboarding.NewService(w.DB) }

// rollIn approves a service that needs everything and starts it.
func (w world) rollIn(slug string) {
	w.t.Helper()
	w.World.Approve(w.t, slug, *w.now, "transports = '{osci,fitc}', payment = true, backend = true")
	w.must(w.onboardings().Start(w.t.Context(), w.as("land"), slug, onboarding.StartInput{}))
}

func (w world) step(body, slug, key string) onboarding.Step {
	w.t.Helper()
	c, err := w.onboardings().Checklist(w.t.Context(), w.as("k"+body), body, slug, 0)
	w.must(err)
	s, known := c.Find(key)
	if !known {
		w.t.Fatalf("no step %s", key)
	}
	return s
}

func (w world) show(login, body string) *profile.Profile {
	w.t.Helper()
	p, err := w.Show(w.t.Context(), w.as(login), body)
	w.must(err)
	return p
}

// state saves a new fact of a body and returns its id.
func (w world) state(body string, in profile.Input) uuid.UUID {
	w.t.Helper()
	in.ID = uuid.New()
	w.must(w.Save(w.t.Context(), w.as("k"+body), body, in))
	return in.ID
}

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// verify recounts everything that is kept of steps.
func (w world) verify() {
	w.t.Helper()
	found, err := w.onboardings().VerifyProgress(w.t.Context(), w.as("land"))
	w.must(err)
	for _, d := range found {
		w.t.Error(d)
	}
}

func wants(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if fault.KindOf(err) != kind || kind == fault.Internal {
		t.Errorf("%s: %v, want fault kind %d", what, err, kind)
	}
}

const sha256Digest = "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89"

func certificate(until string) profile.Input {
	return profile.Input{Kind: profile.Certificate, Details: map[string]string{
		profile.Purpose: profile.ForOSCI, profile.Subject: "CN=GRP: Testbehörde 2026-OSCI", profile.Issuer: "CN=Test-CA", profile.Fingerprint: sha256Digest,
		profile.ValidFrom: "2024-11-30", profile.ValidTo: until, profile.Custodian: "IT-Abteilung",
	}}
}

func single(kind profile.Kind, product string) profile.Input {
	return profile.Input{Kind: kind, Details: map[string]string{profile.Product: product}}
}

func backend(slug, product string) profile.Input {
	return profile.Input{Kind: profile.Backend, Service: slug, Details: map[string]string{profile.Product: product, profile.Release: "4.2"}}
}

func configuration(name, tested string) profile.Input {
	return profile.Input{Kind: profile.Configuration, Details: map[string]string{profile.Name: name, profile.TestedOn: tested}}
}

// with returns an input with one detail changed.
func with(in profile.Input, name, value string) profile.Input {
	in.Details = maps.Clone(in.Details)
	in.Details[name] = value
	return in
}

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return workday.Day(d)
}
