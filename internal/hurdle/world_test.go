package hurdle_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
)

// world is a database with two services in their roll-in.
type world struct {
	*dbtest.World
	*hurdle.Service
	onboardings *onboarding.Service
	t           *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldOf(t, rolledIn.New(t))
}

func worldOf(t *testing.T, w *dbtest.World) world {
	return world{w, hurdle.NewService(w.DB), onboarding.NewService(w.DB), t}
}

var rolledIn = dbtest.NewScene(func(t *testing.T) *dbtest.World {
	w := worldOf(t, dbtest.New(t))
	for _, slug := range []string{"wohngeld", "einbuergerung"} {
		w.Approve(t, slug, time.Now())
		w.must(w.onboardings.Start(t.Context(), w.as("land"), slug, onboarding.StartInput{}))
	}
	return w.World
})

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func at(body, service, step string) hurdle.Where {
	return hurdle.Where{Body: body, Service: service, Step: step}
}

// report has the coordinator of a body report an obstacle and returns its number.
func (w world) report(body, service, step, text string, blocking bool) int {
	w.t.Helper()
	no, err := w.Report(w.t.Context(), w.as("k"+body), at(body, service, step), hurdle.Report{
		ID: uuid.New(), Text: text, Dimension: hurdle.Technical, Blocking: &blocking,
	})
	w.must(err)
	return no
}

func (w world) show(login string, no int) hurdle.Shown {
	w.t.Helper()
	found, err := w.Show(w.t.Context(), w.as(login), no, 20)
	w.must(err)
	return found
}
