package dbtest

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Clocked is the World of one test, whose time stands still until the test moves Now.
type Clocked struct {
	*World
	T   *testing.T
	Now *time.Time
}

// NewAt is New with the clock at a time.
func NewAt(t *testing.T, now time.Time) Clocked {
	t.Helper()
	return Clocked{New(t, postgres.WithClock(func() time.Time { return now })), t, &now}
}

// Actor is the person with a login.
func (c Clocked) Actor(login string) access.Actor { return c.As(c.T, login) }

// Must ends the test on an error.
func (c Clocked) Must(err error) {
	c.T.Helper()
	if err != nil {
		c.T.Fatal(err)
	}
}

// Wants fails the test unless there is a fault of a kind.
func (c Clocked) Wants(what string, err error, kind fault.Kind) {
	c.T.Helper()
	Wants(c.T, what, err, kind)
}

// Wants fails the test unless there is a fault of a kind.
func Wants(t testing.TB, what string, err error, kind fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Errorf("%s: %v, want fault kind %d", what, err, kind)
	}
}
