package experience

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

// MaxNote is how many letters a note may have.
const MaxNote = 4000

// Where names a step of the own body's checklist; without a Step, the checklist as a whole.
type Where struct{ Body, Service, Step string }

// Place is such a step with the files that may be released there.
type Place struct {
	Checklist *onboarding.Checklist
	StepID    uuid.UUID // of the step, or of the onboarding
	StepKey   string
	StepTitle string
	StepScope template.Scope
	Files     []onboarding.File
	Released  []Experience // what the body has released here
}

// placeOf finds the place in a checklist. As a whole it has the files of all its steps.
func placeOf(c *onboarding.Checklist, key string) (Place, error) {
	p := Place{Checklist: c, StepID: c.ID}
	if key == "" {
		for _, s := range c.Steps {
			p.Files = append(p.Files, s.Files...)
		}
		return p, nil
	}
	s, known := c.Find(key)
	if !known {
		return p, fault.Missing()
	}
	p.StepID, p.StepKey, p.StepTitle, p.StepScope, p.Files = s.ID, s.Key, s.Title, s.Scope, s.Files
	return p, nil
}

// Draft is what a body wants to release. The form makes the ID, so that a second click releases once.
type Draft struct {
	ID    uuid.UUID
	Note  string
	Files []uuid.UUID
}

// Check names what does not hold. A file that is not at this place is as unknown as one that nobody has.
func (d Draft) Check(p Place) error {
	for _, id := range d.Files {
		if !slices.ContainsFunc(p.Files, func(f onboarding.File) bool { return f.ID == id }) {
			return fault.Missing()
		}
	}
	switch {
	case strings.TrimSpace(d.Note) == "":
		return fault.InField("note", "Beschreiben Sie in wenigen Sätzen, wie Sie vorgegangen sind.")
	case len([]rune(d.Note)) > MaxNote:
		return fault.InField("note", "Kürzen Sie den Text auf höchstens 4.000 Zeichen.")
	}
	return nil
}

// Experience is what a body released.
type Experience struct {
	ID          uuid.UUID
	BodyKey     string
	BodyName    string
	ServiceSlug string
	ServiceName string
	StepKey     string // "" for the way as a whole
	StepTitle   string
	Note        string
	ReleasedAt  time.Time
	Files       []File
	Own         bool
	Taken       bool // the reader's body has it as a hint
}

// File is a file that was released with an experience.
type File struct {
	ID   uuid.UUID
	Name string
	Size int64
}

// Filter narrows the list. An empty field narrows nothing.
type Filter struct {
	Service string // slug
	Body    string // key
}
