package link

import "github.com/google/uuid"

// The dates that people attend.
const (
	Events   = "/termine"
	NewEvent = "/termine/neu"
)

// Event is a date that people attend.
func Event(id uuid.UUID) string { return Events + "/" + id.String() }

// EventFile is the event for a calendar program.
func EventFile(id uuid.UUID) string { return Event(id) + "/termin.ics" }

// EditEvent is the form of an event.
func EditEvent(id uuid.UUID) string { return Event(id) + "/bearbeiten" }

// CancelEvent is where the Land says that an event does not take place.
func CancelEvent(id uuid.UUID) string { return Event(id) + "/absage" }

// AttendEvent is where the Land notes who came.
func AttendEvent(id uuid.UUID) string { return Event(id) + "/teilnahme" }

// RegisterEvent is where a body says that it comes, and WithdrawEvent where it takes that back.
func RegisterEvent(id uuid.UUID) string { return Event(id) + "/anmeldung" }

func WithdrawEvent(id uuid.UUID) string { return Event(id) + "/abmeldung" }
