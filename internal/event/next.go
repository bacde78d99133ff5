package event

import (
	"time"

	"github.com/google/uuid"
)

// Next is an event to come, as a start page names it.
type Next struct {
	ID         uuid.UUID
	Title      string
	StartsAt   time.Time
	Registered bool // the reader's body is
}
