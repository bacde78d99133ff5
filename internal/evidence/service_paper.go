package evidence

import (
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// A file of a ministry's case or of an Auflage lives as a file of a step does: received, judged, stored, and deleted only
// while what it belongs to is open. The rooms below hold that record and say whether it is.

// AddPaper stores a file that a review leans on. It reports false if the review has the same file already.
func (s *Service) AddPaper(ctx context.Context, who access.Actor, id uuid.UUID, kind decision.Kind, u *Upload) (bool, error) {
	return s.attach(ctx, who, access.DecisionInternalEdit, record{Decision: &id, Section: &kind}, u)
}

// RemovePaper takes a file of a review away, as long as the case is being prepared.
func (s *Service) RemovePaper(ctx context.Context, who access.Actor, id uuid.UUID, kind decision.Kind, file uuid.UUID) error {
	return s.detach(ctx, who, access.DecisionInternalEdit, record{Decision: &id, Section: &kind}, file)
}

// AddProof stores a file that shows that an Auflage is fulfilled, for the organisation that sees to it.
func (s *Service) AddProof(ctx context.Context, who access.Actor, id uuid.UUID, u *Upload) (bool, error) {
	return s.attach(ctx, who, access.ConditionReport, record{Condition: &id}, u)
}

// RemoveProof takes such a file away before it is reported.
func (s *Service) RemoveProof(ctx context.Context, who access.Actor, id, file uuid.UUID) error {
	return s.detach(ctx, who, access.ConditionReport, record{Condition: &id}, file)
}

// AddEnclosure stores a file with a Stellungnahme, for the organisation that was asked.
func (s *Service) AddEnclosure(ctx context.Context, who access.Actor, id uuid.UUID, u *Upload) (bool, error) {
	return s.attach(ctx, who, access.OpinionAnswer, record{Opinion: &id}, u)
}

// RemoveEnclosure takes such a file away, as long as the case is open.
func (s *Service) RemoveEnclosure(ctx context.Context, who access.Actor, id, file uuid.UUID) error {
	return s.detach(ctx, who, access.OpinionAnswer, record{Opinion: &id}, file)
}

// hold asks the room that the record belongs to whether its files may change, and keeps it as it is until the end of the
// transaction.
func (r record) hold(ctx context.Context, tx *postgres.Tx) (audit.Entry, error) {
	switch {
	case r.Condition != nil:
		return condition.Hold(ctx, tx, *r.Condition)
	case r.Opinion != nil:
		return decision.HoldOpinion(ctx, tx, *r.Opinion)
	}
	return decision.HoldReview(ctx, tx, *r.Decision, *r.Section)
}

func (s *Service) attach(ctx context.Context, who access.Actor, action access.Action, to record, u *Upload) (bool, error) {
	err := s.db.Write(ctx, who, action, func(tx *postgres.Tx) error {
		f := stored{ID: uuid.New(), Of: to, Name: u.Name, Kind: u.Kind, Size: u.Size, SHA256: u.SHA256[:]}
		if err := insertChunks(ctx, tx, tx.Org(), f.ID, u); err != nil {
			return err
		}
		entry, err := to.hold(ctx, tx)
		if err != nil {
			return err
		}
		known, err := knows(ctx, tx, f)
		if err != nil {
			return err
		}
		if known {
			return errKnown
		}
		if err := insert(ctx, tx, tx.Org(), &f); err != nil {
			return err
		}
		entry.Action, entry.Changes = "evidence.upload", append(entry.Changes, f.changes()...)
		return audit.Record(ctx, tx, entry)
	})
	if errors.Is(err, errKnown) {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) detach(ctx context.Context, who access.Actor, action access.Action, from record, file uuid.UUID) error {
	return s.db.Write(ctx, who, action, func(tx *postgres.Tx) error {
		if _, err := selectOf(ctx, tx, from, file); err != nil {
			return err
		}
		entry, err := from.hold(ctx, tx)
		if err != nil {
			return err
		}
		gone, err := removeFrom(ctx, tx, from, file)
		if postgres.IsNoRow(err) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		entry.Action = "evidence.delete"
		entry.Changes = append(entry.Changes, audit.Change{Field: "Datei", Old: gone.Name}, audit.Change{Field: "Fassung", Old: strconv.Itoa(gone.Version)},
			audit.Change{Field: "SHA-256", Old: gone.SHA256})
		return audit.Record(ctx, tx, entry)
	})
}

// FindPaper returns what is known of a file of a review; NotFound for everybody but its ministry.
func (s *Service) FindPaper(ctx context.Context, who access.Actor, id, file uuid.UUID) (Download, error) {
	return s.findOf(ctx, who, access.DecisionInternalView, record{Decision: &id}, file)
}

// CopyPaper writes such a file to w as Copy does.
func (s *Service) CopyPaper(ctx context.Context, who access.Actor, d Download, w io.Writer) error {
	return s.copyOf(ctx, who, access.DecisionInternalView, d, w)
}

// FindEnclosure returns what is known of a file of a Stellungnahme, for the organisation that was asked; NotFound for others.
func (s *Service) FindEnclosure(ctx context.Context, who access.Actor, id, file uuid.UUID) (Download, error) {
	return s.findOf(ctx, who, access.OpinionAnswer, record{Opinion: &id}, file)
}

// CopyEnclosure writes such a file to w as Copy does.
func (s *Service) CopyEnclosure(ctx context.Context, who access.Actor, d Download, w io.Writer) error {
	return s.copyOf(ctx, who, access.OpinionAnswer, d, w)
}

// FindGiven is FindEnclosure for the ministry that asked; NotFound before the answer is given.
func (s *Service) FindGiven(ctx context.Context, who access.Actor, id, file uuid.UUID) (Download, error) {
	return s.findOf(ctx, who, access.DecisionInternalView, record{Opinion: &id}, file)
}

// FindProof returns what is known of a file of an Auflage; NotFound for those who do not follow the Auflage.
func (s *Service) FindProof(ctx context.Context, who access.Actor, id, file uuid.UUID) (Download, error) {
	return s.findOf(ctx, who, access.ConditionView, record{Condition: &id}, file)
}

// CopyProof writes such a file to w as Copy does.
func (s *Service) CopyProof(ctx context.Context, who access.Actor, d Download, w io.Writer) error {
	return s.copyOf(ctx, who, access.ConditionView, d, w)
}

func (s *Service) findOf(ctx context.Context, who access.Actor, action access.Action, of record, file uuid.UUID) (d Download, err error) {
	err = s.db.Read(ctx, who, action, func(tx *postgres.Tx) error {
		d, err = selectOf(ctx, tx, of, file)
		return err
	})
	return d, err
}

func (s *Service) copyOf(ctx context.Context, who access.Actor, action access.Action, d Download, w io.Writer) error {
	return pass(d, w, func(no int) (piece []byte, err error) {
		err = s.db.Read(ctx, who, action, func(tx *postgres.Tx) error {
			piece, err = selectPiece(ctx, tx, d.ID, no)
			return err
		})
		return piece, err
	})
}
