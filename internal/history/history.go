package history

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/onboarding"
)

// Question asks for a day and for the day it is compared with.
type Question struct {
	Day       time.Time // the Stichtag; zero: today
	Since     time.Time // zero: the last meeting before the Stichtag, or the end of the month before
	Corrected bool      // as known today, not as known then
}

// Report is how the reader's part of the Land stood.
type Report struct {
	Question
	Today   time.Time
	Rollins []Rollin // begun by the Stichtag, by name
	Ways    []Way    // by service and body
}

// Rollin is a service in its roll-in.
type Rollin struct {
	ID      uuid.UUID `json:"id"`
	Slug    string    `json:"slug"`
	Name    string    `json:"name"`
	BegunOn time.Time `json:"begun_on"`
}

// Body is a Landkreis or a kreisfreie Stadt.
type Body struct {
	ID   uuid.UUID `json:"id"`
	Key  string    `json:"key"`
	Name string    `json:"name"`
}

// Way is one body's way to one service. Without an onboarding a competent body has yet to be taken in.
type Way struct {
	Rollin      Rollin
	Body        Body
	BegunOn     time.Time // when the onboarding came into being
	FirstTarget time.Time // the Produktivstart that was planned first
	Then        Point     // on the Stichtag
	Before      Point     // on the day it is compared with
}

// Point is how a way stood on a day.
type Point struct {
	Competent bool
	State     onboarding.State // "" where there was no onboarding
	TargetOn  time.Time
	Cause     onboarding.Cause // why the target last moved, and in a sentence
	Reason    string
	LiveOn    *time.Time
}

// Counts reports whether the way is part of the denominator.
func (p Point) Counts() bool { return p.State != "" && p.State != onboarding.NotCompetent }

// pending reports whether a competent body has no onboarding.
func (p Point) pending() bool { return p.Competent && p.State == "" }

// Final reports whether the answer stays the same for ever: the Stichtag is over.
func (r *Report) Final() bool { return !r.Corrected && r.Day.Before(r.Today) }
