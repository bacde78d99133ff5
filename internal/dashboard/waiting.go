package dashboard

import (
	"context"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
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
func (s *Service) Letter(ctx context.Context, who access.Actor, party string) (l *Letter, err error) {
	err = s.db.Read(ctx, who, access.WaitingView, func(tx *postgres.Tx) error {
		l, err = readLetter(ctx, tx, party)
		return err
	})
	return l, err
}

// ExportLetter returns a letter that leaves the portal as a file, and notes in the trail that it did.
func (s *Service) ExportLetter(ctx context.Context, who access.Actor, party string) (l *Letter, err error) {
	err = s.db.Write(ctx, who, access.WaitingExport, func(tx *postgres.Tx) error {
		if l, err = readLetter(ctx, tx, party); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "waiting.export", Kind: "letter", Record: tx.Org(), Title: "Offene Punkte: " + l.Party, Visibility: audit.Org,
			Changes: audit.Diff("Zeilen", "", strconv.Itoa(len(l.Tasks))),
		})
	})
	return l, err
}

func readLetter(ctx context.Context, tx *postgres.Tx, party string) (*Letter, error) {
	tasks, err := listTasks(ctx, tx, TaskFilter{Status: Waits, WaitsFor: party, Sort: "wartet", Limit: longestLetter})
	if err != nil {
		return nil, err
	}
	if len(tasks) == 0 || party == "" {
		return nil, fault.Missing()
	}
	return &Letter{tx.Now, tasks[0].Party, tasks}, nil
}
