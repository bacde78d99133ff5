package decision

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Parties returns whom a ministry may ask about a case in preparation; Conflict if it is not.
func (s *Service) Parties(ctx context.Context, who access.Actor, id uuid.UUID, kind OpinionKind) (d Details, found []Party, err error) {
	err = s.db.Read(ctx, who, access.DecisionInternalEdit, func(tx *postgres.Tx) error {
		if d, err = details(ctx, tx, id); err != nil {
			return err
		}
		if d.Ministry != who.Org.ID {
			return fault.Missing()
		}
		if err = d.State.allow(ToReview); err != nil {
			return err
		}
		found, err = listParties(ctx, tx, kind)
		return err
	})
	return d, found, err
}

// Ask asks an organisation for its opinion. Asked again while the answer is open, it is a Conflict.
func (s *Service) Ask(ctx context.Context, who access.Actor, id uuid.UUID, in AskInput) error {
	in.Question = trimmed(in.Question)
	return s.act(ctx, who, access.DecisionInternalEdit, id, func(c *locked, tx *postgres.Tx) (audit.Entry, error) {
		was := c.State
		if err := c.move(ToReview, c.Version, InReview, tx.Now); err != nil {
			return audit.Entry{}, err
		}
		if err := in.check(c.Today); err != nil {
			return audit.Entry{}, err
		}
		party, name, err := insertOpinion(ctx, tx, c.Decision, in)
		switch {
		case err == nil:
			err = notify.Tell(ctx, tx, c.toldAsked(who, in, party))
		case postgres.IsNoRow(err):
			err = fault.InField("party", pickParty)
		case postgres.Violates(err, "opinion_once"):
			err = fault.New(fault.Conflict, "Diese Stelle ist schon gefragt. Ihre Antwort steht noch aus.")
		}
		entry := c.entry("opinion.ask", audit.Private, moved(was, c.State),
			audit.Diff("Gefragt", "", name), audit.Diff("Frage", "", in.Question), audit.Diff("Frist", "", workday.WrittenIf(in.DueOn)))
		entry.Kind, entry.Title = "opinion", in.Kind.Word()
		return entry, err
	})
}

// ListAsked returns what the acting person's organisation is asked and was asked.
func (s *Service) ListAsked(ctx context.Context, who access.Actor) (found []Asked, err error) {
	err = s.db.Read(ctx, who, access.OpinionAnswer, func(tx *postgres.Tx) error {
		found, err = ListAsked(ctx, tx, false)
		return err
	})
	return found, err
}

// ShowAsked returns one of them; NotFound for everybody who was not asked.
func (s *Service) ShowAsked(ctx context.Context, who access.Actor, id uuid.UUID) (found Asked, err error) {
	err = s.db.Read(ctx, who, access.OpinionAnswer, func(tx *postgres.Tx) error {
		found, err = askedOne(ctx, tx, id, "")
		return err
	})
	return found, err
}

// DraftOpinion keeps an answer that is not given yet, for colleagues of the asked organisation to go on with. Nobody else
// sees it, so it stands in no trail.
func (s *Service) DraftOpinion(ctx context.Context, who access.Actor, id uuid.UUID, a Answer) error {
	a.Note, a.Links = trimmed(a.Note), tidyLinks(a.Links)
	return s.db.Write(ctx, who, access.OpinionAnswer, func(tx *postgres.Tx) error {
		o, err := askedOne(ctx, tx, id, "")
		if err != nil {
			return err
		}
		if err := o.takes(a); err != nil {
			return err
		}
		if o.Answered() {
			return fault.New(fault.Conflict, "Diese Stellungnahme ist schon abgegeben. Ändern Sie sie ohne Entwurf.")
		}
		if err := a.checkDraft(); err != nil {
			return err
		}
		audit.Personal(tx)
		return saveDraft(ctx, tx, o, a)
	})
}

// AnswerOpinion says what the asked organisation thinks, for the first time or anew, until the case closes. Ministry
// and asked organisation both find it in their trails.
func (s *Service) AnswerOpinion(ctx context.Context, who access.Actor, id uuid.UUID, a Answer) error {
	a.Note, a.Links = trimmed(a.Note), tidyLinks(a.Links)
	return s.db.Write(ctx, who, access.OpinionAnswer, func(tx *postgres.Tx) error {
		o, err := askedOne(ctx, tx, id, "")
		if err != nil {
			return err
		}
		if o.has(a) {
			return postgres.ErrRepeated
		}
		before := o.Opinion
		if err := o.answer(a, tx.Now); err != nil {
			return err
		}
		if err := saveAnswer(ctx, tx, o); err != nil {
			return err
		}
		if err := notify.Tell(ctx, tx, o.toldAnswered(who)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: who.Org.ID, Action: "opinion.answer", Kind: "opinion", Record: o.ID, Title: o.ServiceName, Visibility: audit.Private,
			Changes: append(audit.Diff("Ergebnis", before.Result.Word(), o.Result.Word()), audit.Diff("Stellungnahme", before.Note, o.Note)...),
		})
	})
}
