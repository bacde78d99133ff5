package calendar

import (
	"time"

	"github.com/google/uuid"
)

// Calendar is what a body still has to do.
type Calendar struct {
	At                time.Time
	BodyKey, BodyName string
	Product           string // how the portal calls itself in the Land
	Entries           []Entry
	Meetings          []Meeting
}

// Meeting is an event that the body is registered for.
type Meeting struct {
	ID             uuid.UUID `db:"event_id"`
	Title          string
	StartsAt       time.Time
	EndsAt         time.Time
	Place, Address string
	Cancelled      bool
}

// Entry is a day of a service: tasks that are due, or the planned start. There is one of each kind for a day.
type Entry struct {
	Slug, Service string
	On            time.Time
	Tasks         []string
	GoesLive      bool
}
