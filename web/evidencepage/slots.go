package evidencepage

import (
	"context"
	"time"

	"rollinportal/internal/fault"
)

// Slots are how many files are received at once: each costs memory, disk and, at its end, a connection to the database.
type Slots chan struct{}

// NewSlots returns n free slots.
func NewSlots(n int) Slots { return make(Slots, n) }

// patience is how long an upload waits for a slot before its sender hears that there is none.
const patience = 10 * time.Second

// retryAfter is when it is worth trying again, in seconds.
const retryAfter = "30"

var errBusy = fault.New(fault.Unavailable, "Gerade laden viele Personen Dateien hoch. Ihre Datei ist nicht gespeichert. Versuchen Sie es in einer halben Minute noch einmal.")

// take waits for a slot. give hands it back.
func (s Slots) take(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errBusy
	}
}

func (s Slots) give() { <-s }
