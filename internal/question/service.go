package question

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Service keeps the questions of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Place returns where somebody wants to ask, and who answers there; NotFound if it is none of theirs. The fault
// Conflict comes with the place: the step is finished.
func (s *Service) Place(ctx context.Context, who access.Actor, at Where) (p Place, err error) {
	err = s.db.Read(ctx, who, access.QuestionAsk, func(tx *postgres.Tx) error {
		p, err = place(ctx, tx, at)
		return err
	})
	if err != nil {
		return p, err
	}
	return p, p.refuse()
}

// Ask asks or comments at a step or a checklist. Sent again, it changes nothing.
func (s *Service) Ask(ctx context.Context, who access.Actor, at Where, d Draft) error {
	action, deed := access.QuestionAsk, "question.ask"
	if d.Kind == Comment {
		action, deed = access.NoteWrite, "question.comment"
	}
	if err := d.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, who, action, func(tx *postgres.Tx) error {
		p, err := place(ctx, tx, at)
		if err != nil {
			return err
		}
		if d.Kind == Asked {
			if err := p.refuse(); err != nil {
				return err
			}
		}
		added, err := insert(ctx, tx, p, d)
		if err != nil {
			return err
		}
		if !added {
			return postgres.ErrRepeated
		}
		return notify.Record(ctx, tx, []audit.Entry{{
			Org: p.BodyID, Action: deed, Kind: "question", Record: d.ID, Parent: p.parent(), Title: p.title(), Visibility: audit.Org,
			Changes: audit.Diff("An", "", p.SideName),
		}}, asked(who, p, d))
	})
}

// parent is the record in whose trail the question shows.
func (p Place) parent() uuid.UUID {
	if p.StepID != nil {
		return *p.StepID
	}
	return p.OnboardingID
}

func (p Place) title() string {
	if p.StepTitle == "" {
		return p.ServiceName
	}
	return p.StepTitle + " · " + p.ServiceName
}

// Thread returns a question with all that was said, and notes that the reader has read it; NotFound if it is none of
// theirs. Only what was new leaves a trace.
func (s *Service) Thread(ctx context.Context, who access.Actor, id uuid.UUID) (t Thread, err error) {
	err = s.db.Write(ctx, who, access.QuestionView, func(tx *postgres.Tx) error {
		if t, err = readAndMark(ctx, tx, id); err != nil {
			return err
		}
		if !t.Unread {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, entry(tx, t.Question, "question.read"))
	})
	return t, err
}

// Post adds an answer, or asks on. Sent again, it changes nothing.
func (s *Service) Post(ctx context.Context, who access.Actor, id uuid.UUID, in PostInput) error {
	return s.db.Write(ctx, who, access.QuestionAnswer, func(tx *postgres.Tx) error {
		q, again, err := lock(ctx, tx, id, in.ID)
		if err != nil {
			return err
		}
		if again {
			return postgres.ErrRepeated
		}
		if err := q.still(in.Version); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		after := q.posted(tx.Org(), tx.Now)
		if err := add(ctx, tx, after, in); err != nil {
			return err
		}
		if err := notify.Tell(ctx, tx, wrote(who, q)); err != nil {
			return err
		}
		deed := "question.follow_up"
		if tx.Org() != q.AskerID {
			deed = "question.answer"
		}
		return audit.Record(ctx, tx, entry(tx, q, deed))
	})
}

// Close says that a question is answered: the side that asked does, or the Land. Said again, it changes nothing.
func (s *Service) Close(ctx context.Context, who access.Actor, id uuid.UUID, version int64) error {
	return s.db.Write(ctx, who, access.QuestionAnswer, func(tx *postgres.Tx) error {
		q, _, err := lock(ctx, tx, id, uuid.Nil)
		if err != nil {
			return err
		}
		if q.State == Closed {
			return postgres.ErrRepeated
		}
		if !q.MayClose(who) {
			return errNotYours
		}
		if err := q.still(version); err != nil {
			return err
		}
		if err := closeIt(ctx, tx, q); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, q, "question.close"))
	})
}

// entry is about what somebody did with a question. It is the body's record; a ministry, which writes nothing into a
// body's trail, keeps its own.
func entry(tx *postgres.Tx, q Question, action string) audit.Entry {
	e := audit.Entry{Org: q.BodyID, Action: action, Kind: "question", Record: q.ID, Title: q.Title(), Visibility: audit.Org}
	if tx.Who.Role == access.MinistryDecider || tx.Who.Role == access.MinistryReader {
		e.Org = tx.Org()
	}
	return e
}

// Title is what the question is about.
func (q Question) Title() string {
	return Place{StepTitle: q.StepTitle, ServiceName: q.ServiceName}.title()
}
