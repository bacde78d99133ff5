package dbtest

import (
	"sync"
	"testing"

	"rollinportal/internal/postgres"
)

// Scene is where several tests begin: a World in which something has happened already. That is played once in a test
// process, and each test gets a clone of what there was then.
type Scene struct {
	play func(t *testing.T) *World
	once sync.Once
	from source
}

// NewScene returns the scene that play leaves behind. It runs in the first test that wants the scene.
func NewScene(play func(t *testing.T) *World) *Scene {
	return &Scene{play: play}
}

// New clones the scene for one test and opens it as the application.
func (s *Scene) New(t *testing.T, options ...postgres.Option) *World {
	t.Helper()
	s.once.Do(func() {
		w := s.play(t)
		w.DB.Close() // a database that somebody is connected to cannot be cloned
		w.Work.Close()
		w.admin.Close()
		s.from = source{w.AdminURL, w.name}
	})
	if s.from.template == "" {
		t.Fatal("the scene could not be played: the first test that wanted it says why")
	}
	return s.from.clone(t, options)
}
