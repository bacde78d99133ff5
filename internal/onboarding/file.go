package onboarding

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/postgres"
)

// File is a file that was uploaded as evidence of a step. Package evidence writes and hands out the files; a step only
// knows which there are.
type File struct {
	ID         uuid.UUID
	Name       string
	Version    int
	Kind       string
	Size       int64
	SHA256     string // in hexadecimal
	ValidUntil *time.Time
	UploadedBy uuid.UUID
	UploadedAt time.Time
}

// Expired reports whether the file no longer shows anything on a day.
func (f File) Expired(today time.Time) bool { return f.ValidUntil != nil && f.ValidUntil.Before(today) }

// fileAt is a file and the step it was uploaded for.
type fileAt struct {
	File
	Step uuid.UUID
}

// filesOf selects the files of steps of onboarding o, newest version first.
func filesOf(steps string) string {
	return `
		SELECT json_agg(json_build_object('Step', e.step_id, 'ID', e.evidence_id, 'Name', e.name, 'Version', e.version, 'Kind', e.kind,
			'Size', e.size, 'SHA256', encode(e.sha256, 'hex'), 'ValidUntil', to_char(e.valid_until, 'YYYY-MM-DD"T"00:00:00"Z"'),
			'UploadedBy', e.uploaded_by, 'UploadedAt', e.uploaded_at) ORDER BY e.name, e.version DESC)
		FROM portal.evidence e
		WHERE e.land_id = @land AND e.org_id = o.org_id AND e.step_id = ANY (` + steps + `) AND e.deleted_at IS NULL`
}

// proven reports whether a file is there that still holds.
func (s Step) proven(today time.Time) bool {
	for _, f := range s.Files {
		if !f.Expired(today) {
			return true
		}
	}
	return false
}

// StepOf returns a step of a checklist for the rooms above; NotFound if there is none for this reader.
func StepOf(ctx context.Context, tx *postgres.Tx, bodyKey, slug, key string) (*Checklist, Step, error) {
	c, err := load(ctx, tx, bodyKey, slug)
	if err != nil {
		return nil, Step{}, err
	}
	s, err := c.must(key)
	return c, s, err
}

// Of returns a checklist for the rooms above; NotFound if there is none for this reader.
func Of(ctx context.Context, tx *postgres.Tx, bodyKey, slug string) (*Checklist, error) {
	return load(ctx, tx, bodyKey, slug)
}

// Hold locks what a change of the step would lock: until the transaction ends, nobody changes the step.
func Hold(ctx context.Context, tx *postgres.Tx, bodyKey, slug, key string) error {
	_, err := lock(ctx, tx, bodyKey, slug, key)
	return err
}
