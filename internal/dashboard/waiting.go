package dashboard

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Party is somebody that steps of bodies lie with.
type Party struct {
	Key     string
	Kind    string // of an organisation of the Land; "" for another
	Name    string
	Steps   int
	Bodies  int
	Median  int // days, of the steps that lie there now
	Longest int // days
}

// WaitingFor returns the parties that unfinished steps lie with, those with the most steps first.
func (s *Service) WaitingFor(ctx context.Context, who access.Actor) (found []Party, at time.Time, err error) {
	err = s.db.Read(ctx, who, access.WaitingView, func(tx *postgres.Tx) error {
		at = tx.Now
		found, err = listParties(ctx, tx)
		return err
	})
	return found, at, err
}

// Letter is all that lies with one party.
type Letter struct {
	At    time.Time
	Party string
	Tasks []Task // by body, then by how long they lie there
}

// longestLetter is how many steps a letter names at most.
const longestLetter = 1000

// Letter returns all that lies with a party; NotFound if nothing does.
func (s *Service) Letter(ctx context.Context, who access.Actor, party string) (*Letter, error) {
	l := &Letter{}
	err := s.db.Read(ctx, who, access.WaitingView, func(tx *postgres.Tx) (err error) {
		l.At = tx.Now
		l.Tasks, err = listTasks(ctx, tx, TaskFilter{Status: Waits, WaitsFor: party, Sort: "wartet", Limit: longestLetter})
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(l.Tasks) == 0 || party == "" {
		return nil, fault.Missing()
	}
	l.Party = l.Tasks[0].Party
	return l, nil
}
