package profile_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/profile"
	"rollinportal/internal/workday"
)

// world is a database with a clock that a test moves.
type world struct {
	dbtest.Clocked
	*profile.Service
}

func newWorld(t *testing.T) world {
	t.Helper()
	c := dbtest.NewAt(t, time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC))
	return world{c, profile.NewService(c.DB)}
}

func (w world) onboardings() *onboarding.Service { return onboarding.NewService(w.DB) }

// rollIn approves a service that needs everything and starts it.
func (w world) rollIn(slug string) {
	w.T.Helper()
	w.World.Approve(w.T, slug, *w.Now, "transports = '{osci,fitc}', payment = true, backend = true")
	w.Must(w.onboardings().Start(w.T.Context(), w.Actor("land"), slug, onboarding.StartInput{}))
}

func (w world) step(body, slug, key string) onboarding.Step {
	w.T.Helper()
	c, err := w.onboardings().Checklist(w.T.Context(), w.Actor("k"+body), body, slug, 0)
	w.Must(err)
	s, known := c.Find(key)
	if !known {
		w.T.Fatalf("no step %s", key)
	}
	return s
}

func (w world) show(login, body string) *profile.Profile {
	w.T.Helper()
	p, err := w.Show(w.T.Context(), w.Actor(login), body)
	w.Must(err)
	return p
}

// state saves a new fact of a body and returns its id.
func (w world) state(body string, in profile.Input) uuid.UUID {
	w.T.Helper()
	in.ID = uuid.New()
	w.Must(w.Save(w.T.Context(), w.Actor("k"+body), body, in))
	return in.ID
}

// verify recounts everything that is kept of steps.
func (w world) verify() {
	w.T.Helper()
	found, err := w.onboardings().VerifyProgress(w.T.Context(), w.Actor("land"))
	w.Must(err)
	for _, d := range found {
		w.T.Error(d)
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
