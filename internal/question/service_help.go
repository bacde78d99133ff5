package question

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Propose returns what a help would say that is made of a question and its latest answer; Conflict while there is none.
func (s *Service) Propose(ctx context.Context, who access.Actor, id uuid.UUID) (p Proposal, err error) {
	var t Thread
	var names Names
	err = s.db.Read(ctx, who, access.QuestionPublish, func(tx *postgres.Tx) error {
		if t, err = read(ctx, tx, id); err != nil {
			return err
		}
		names, err = listNames(ctx, tx)
		return err
	})
	if err != nil {
		return Proposal{Thread: t}, err
	}
	return propose(t, names)
}

// Publish publishes question and answer as a help at the step, for everybody. Texts that still name somebody are
// refused. Nothing in the help, nor in what everybody reads of the trail, leads back to the question.
func (s *Service) Publish(ctx context.Context, who access.Actor, id uuid.UUID, in HelpInput) error {
	return s.db.Write(ctx, who, access.QuestionPublish, func(tx *postgres.Tx) error {
		q, _, err := lock(ctx, tx, id, uuid.Nil)
		if err != nil {
			return err
		}
		names, err := listNames(ctx, tx)
		if err != nil {
			return err
		}
		if err := in.check(names); err != nil {
			return err
		}
		added, err := publish(ctx, tx, q, in)
		if err != nil {
			return err
		}
		if !added {
			return postgres.ErrRepeated
		}
		return audit.RecordAll(ctx, tx, []audit.Entry{
			entry(tx, q, "question.publish"),
			{Org: tx.Org(), Action: "help.publish", Kind: "help", Record: in.ID, Title: q.StepTitle, Visibility: audit.Land},
		})
	})
}

// Withdraw takes a help back: from now on nobody outside the Land's coordination reads it. Said again, it changes nothing.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.QuestionPublish, func(tx *postgres.Tx) error {
		h, err := readHelp(ctx, tx, id)
		if err != nil {
			return err
		}
		withdrawn, err := withdraw(ctx, tx, id)
		if err != nil {
			return err
		}
		if !withdrawn {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "help.withdraw", Kind: "help", Record: id, Title: h.StepTitle, Visibility: audit.Land,
		})
	})
}
