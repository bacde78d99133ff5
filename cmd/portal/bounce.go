package main

import (
	"context"
	"errors"
	"fmt"

	"rollinportal/internal/identity"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

type bounceCommand struct{ workerDatabase }

// The words of sysexits.h, which mail servers go by: the mail is returned, or offered again later.
const (
	exitData  = 65
	exitLater = 75
)

// exit is an error that ends the program with a code of its own.
type exit struct {
	error
	code int
}

func (e exit) Unwrap() error { return e.error }

// Run reads one delivery report and notes that a mail did not arrive. What is no report changes nothing and ends with 65;
// while the database is away it ends with 75.
func (c bounceCommand) Run(ctx context.Context, s stdio) error {
	report, err := notify.ReadBounce(s.in)
	switch {
	case errors.Is(err, notify.ErrNoReport):
		return exit{err, exitData}
	case err != nil:
		return exit{err, exitLater}
	case !report.Failed:
		fmt.Fprintf(s.out, "Mail %s: keine endgültige Ablehnung, nichts zu vermerken\n", report.Mail)
		return nil
	}
	noted, err := c.note(ctx, report)
	if err != nil {
		return exit{err, exitLater}
	}
	if !noted {
		fmt.Fprintf(s.out, "Mail %s: unbekannt oder schon vermerkt\n", report.Mail)
		return nil
	}
	fmt.Fprintf(s.out, "Mail %s: als nicht zugestellt vermerkt\n", report.Mail)
	return nil
}

func (c bounceCommand) note(ctx context.Context, report notify.Bounce) (bool, error) {
	db, err := postgres.Open(ctx, c.WorkerURL)
	if err != nil {
		return false, err
	}
	defer db.Close()
	noted, err := notify.NewPost(db, nil, nil).Returned(ctx, report)
	if noted || err != nil {
		return noted, err
	}
	return identity.NewInviter(db, nil, nil).Returned(ctx, report)
}
