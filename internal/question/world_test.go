package question_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/question"
)

// world is a database with a service in its roll-in.
type world struct {
	*dbtest.World
	*question.Service
	onboardings *onboarding.Service
	t           *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldOf(t, rolledIn.New(t))
}

func worldOf(t *testing.T, w *dbtest.World) world {
	return world{w, question.NewService(w.DB), onboarding.NewService(w.DB), t}
}

var rolledIn = dbtest.NewScene(func(t *testing.T) *dbtest.World {
	w := worldOf(t, dbtest.New(t))
	w.Approve(t, "wohngeld", time.Now())
	w.must(w.onboardings.Start(t.Context(), w.as("land"), "wohngeld", onboarding.StartInput{}))
	return w.World
})

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func at(body, step string) question.Where {
	return question.Where{Body: body, Service: "wohngeld", Step: step}
}

// ask has somebody ask at a step of a body and returns the question's id.
func (w world) ask(login, body, step, text string) uuid.UUID {
	w.t.Helper()
	id := uuid.New()
	w.must(w.Ask(w.t.Context(), w.as(login), at(body, step), question.Draft{ID: id, Kind: question.Asked, Text: text}))
	return id
}

// post adds to a question on top of what is there.
func (w world) post(login string, id uuid.UUID, text string) {
	w.t.Helper()
	w.must(w.Post(w.t.Context(), w.as(login), id, question.PostInput{ID: uuid.New(), Version: w.thread(login, id).Version, Text: text}))
}

func (w world) thread(login string, id uuid.UUID) question.Thread {
	w.t.Helper()
	t, err := w.Thread(w.t.Context(), w.as(login), id)
	w.must(err)
	return t
}
