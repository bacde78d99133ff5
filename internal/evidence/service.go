package evidence

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Service keeps the files.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// errKnown ends a transaction in which nothing is left to do: the step has the file already.
var errKnown = errors.New("the same file is there")

// Add stores a file as evidence of a step. It reports false if the step has the same file already.
//
// The bytes are written first, because that takes longest; then the checklist is held and judged once more, so that
// nobody waits for the bytes of somebody else.
func (s *Service) Add(ctx context.Context, who access.Actor, at Place, u *Upload, validUntil *time.Time) (bool, error) {
	err := s.db.Write(ctx, who, access.EvidenceUpload, func(tx *postgres.Tx) error {
		f := stored{ID: uuid.New(), Name: u.Name, Kind: u.Kind, Size: u.Size, SHA256: u.SHA256[:], ValidUntil: validUntil}
		c, err := f.welcome(ctx, tx, at)
		if err != nil {
			return err
		}
		if err := insertChunks(ctx, tx, c.BodyID, f.ID, u); err != nil {
			return err
		}
		if err := onboarding.Hold(ctx, tx, at.Body, at.Slug, at.Key); err != nil {
			return err
		}
		if c, err = f.welcome(ctx, tx, at); err != nil {
			return err
		}
		if err := insert(ctx, tx, c.BodyID, &f); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(c, f, "evidence.upload", f.changes()))
	})
	if errors.Is(err, errKnown) {
		return false, nil
	}
	return err == nil, err
}

// welcome judges whether the file may be added to the step now.
func (f *stored) welcome(ctx context.Context, tx *postgres.Tx, at Place) (*onboarding.Checklist, error) {
	c, step, err := onboarding.StepOf(ctx, tx, at.Body, at.Slug, at.Key)
	if err != nil {
		return nil, err
	}
	if err := Refusal(tx.Who, c, step); err != nil {
		return nil, err
	}
	if step.Dated && f.ValidUntil == nil {
		return nil, fault.InField("valid_until", "Geben Sie an, bis wann der Nachweis gilt, zum Beispiel 30.04.2029.")
	}
	if err := checkDay(f.ValidUntil, tx.Today()); err != nil {
		return nil, err
	}
	for _, there := range step.Files {
		if there.SHA256 == hex.EncodeToString(f.SHA256) {
			return nil, errKnown
		}
	}
	f.Of.Step, f.StepTitle = &step.ID, step.Title
	return c, nil
}

// Remove takes a file away. Its row stays, and the trail says who took it.
func (s *Service) Remove(ctx context.Context, who access.Actor, at Place, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.EvidenceDelete, func(tx *postgres.Tx) error {
		if err := onboarding.Hold(ctx, tx, at.Body, at.Slug, at.Key); err != nil {
			return err
		}
		c, step, err := onboarding.StepOf(ctx, tx, at.Body, at.Slug, at.Key)
		if err != nil {
			return err
		}
		file, known := find(step, id)
		if !known || !Sees(who, step, file) {
			return fault.Missing()
		}
		if err := Kept(who, c, step, file); err != nil {
			return err
		}
		if err := remove(ctx, tx, c.BodyID, id); err != nil {
			return err
		}
		gone := []audit.Change{{Field: "Datei", Old: file.Name, New: ""}, {Field: "SHA-256", Old: file.SHA256, New: ""}}
		return audit.Record(ctx, tx, entry(c, stored{Of: record{Step: &step.ID}, StepTitle: step.Title}, "evidence.delete", gone))
	})
}

func find(s onboarding.Step, id uuid.UUID) (onboarding.File, bool) {
	for _, f := range s.Files {
		if f.ID == id {
			return f, true
		}
	}
	return onboarding.File{}, false
}

// entry is what the trail of the step says about one of its files.
func entry(c *onboarding.Checklist, f stored, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{
		Org: c.BodyID, Action: action, Kind: "step", Record: *f.Of.Step, Parent: c.ID,
		Title: f.StepTitle, Visibility: audit.Org, Changes: changes,
	}
}

func (f *stored) changes() []audit.Change {
	changes := audit.Diff("Datei", "", f.Name)
	if f.Version > 1 {
		changes = append(changes, audit.Diff("Fassung", strconv.Itoa(f.Version-1), strconv.Itoa(f.Version))...)
	}
	if f.ValidUntil != nil {
		changes = append(changes, audit.Diff("Gültig bis", "", workday.Written(*f.ValidUntil))...)
	}
	changes = append(changes, audit.Diff("Größe in Byte", "", strconv.FormatInt(f.Size, 10))...)
	return append(changes, audit.Diff("SHA-256", "", hex.EncodeToString(f.SHA256))...)
}
