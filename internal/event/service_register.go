package event

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Register says that the acting person's body comes, and what it wants to know beforehand. The version is that of the
// event that was seen: nobody registers for another day than they read.
func (s *Service) Register(ctx context.Context, who access.Actor, id uuid.UUID, version int64, question string) error {
	question = strings.TrimSpace(question)
	return s.db.Write(ctx, who, access.EventRegister, func(tx *postgres.Tx) error {
		if err := checkQuestion(question); err != nil {
			return err
		}
		e, err := read(ctx, tx, id)
		if err != nil {
			return err
		}
		if e.Own.Active() && e.Own.Question == question {
			return postgres.ErrRepeated
		}
		return e.say(ctx, tx, version, &Registration{Question: question})
	})
}

// Withdraw says that the body does not come.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, id uuid.UUID, version int64) error {
	return s.db.Write(ctx, who, access.EventRegister, func(tx *postgres.Tx) error {
		e, err := read(ctx, tx, id)
		if err != nil {
			return err
		}
		if !e.Own.Active() {
			return postgres.ErrRepeated
		}
		return e.say(ctx, tx, version, &Registration{Question: e.Own.Question, WithdrawnAt: &tx.Now})
	})
}

// say writes what the body has to do with the event from now on. Who asks something else keeps its place.
func (s Shown) say(ctx context.Context, tx *postgres.Tx, version int64, after *Registration) error {
	switch {
	case s.Version != version:
		return errStale
	case !s.Registering():
		return errOver
	}
	after.RegisteredAt = tx.Now
	if s.Own.Active() {
		after.RegisteredAt = s.Own.RegisteredAt
	}
	if err := register(ctx, tx, s.ID, *after); err != nil {
		return err
	}
	question := ""
	if s.Own != nil {
		question = s.Own.Question
	}
	action := "event.register"
	if !after.Active() {
		action = "event.withdraw"
	}
	return audit.Record(ctx, tx, audit.Entry{
		Org: tx.Org(), Action: action, Kind: "event_registration", Record: s.ID, Title: s.Title, Visibility: audit.Org,
		Changes: append(audit.Diff("Angemeldet", audit.YesNo(s.Own.Active()), audit.YesNo(after.Active())), audit.Diff("Frage vorab", question, after.Question)...),
	})
}
