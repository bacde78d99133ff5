package survey

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

// Service asks in rounds and keeps what was answered.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// List returns a page of the rounds that the reader may see, the newest first.
func (s *Service) List(ctx context.Context, who access.Actor, page int, archived bool) (found []Listed, err error) {
	err = s.db.Read(ctx, who, access.SurveyAggregate, func(tx *postgres.Tx) error {
		found, err = list(ctx, tx, page, archived)
		return err
	})
	return found, err
}

// Show returns a round: with all responses for whoever may see them one by one, a body with its own, else without any.
func (s *Service) Show(ctx context.Context, who access.Actor, id uuid.UUID) (p *Page, err error) {
	err = s.db.Read(ctx, who, access.SurveyAggregate, func(tx *postgres.Tx) error {
		p, err = whole(ctx, tx, id)
		return err
	})
	return p, err
}

func whole(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (*Page, error) {
	p, err := load(ctx, tx, id, tx.Who.Can(access.SurveyViewSingle), nil)
	if err != nil || !tx.Who.Can(access.SurveyManage) {
		return p, err
	}
	p.Spellings, err = listSpellings(ctx, tx)
	return p, err
}

// Single returns a round with the response of one body; NotFound if it is none of the reader's business.
func (s *Service) Single(ctx context.Context, who access.Actor, id uuid.UUID, bodyKey string) (p *Page, err error) {
	err = s.db.Read(ctx, who, access.SurveyViewSingle, func(tx *postgres.Tx) error {
		p, err = single(ctx, tx, id, bodyKey)
		return err
	})
	return p, err
}

func single(ctx context.Context, tx *postgres.Tx, id uuid.UUID, bodyKey string) (*Page, error) {
	p, err := load(ctx, tx, id, true, nil)
	if err != nil {
		return nil, err
	}
	for _, r := range p.Responses {
		if r.Key == bodyKey {
			p.Responses = []Response{r}
			return p, nil
		}
	}
	return nil, fault.Missing()
}

// Create prepares a round. Sent again, it changes nothing.
func (s *Service) Create(ctx context.Context, who access.Actor, in Input) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		if err := in.check(tx.Today()); err != nil {
			return err
		}
		added, err := insert(ctx, tx, in)
		if err != nil {
			return err
		}
		if !added {
			if _, err := load(ctx, tx, in.ID, false, nil); err == nil {
				return postgres.ErrRepeated
			}
			return errNamed
		}
		return audit.Record(ctx, tx, entry(tx, in.ID, in.Title, "survey.create", details(Round{}, in)))
	})
}

var errNamed = fault.InField("title", "Diesen Namen hat schon eine andere Runde. Wählen Sie einen anderen.")

// Save changes the name, the text or the last day of a round that is not closed.
func (s *Service) Save(ctx context.Context, who access.Actor, in Input) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		if err := in.check(tx.Today()); err != nil {
			return err
		}
		p, err := load(ctx, tx, in.ID, false, nil)
		if err != nil {
			return err
		}
		made := details(p.Round, in)
		switch {
		case len(made) == 0 && (p.Version == in.Version || p.Version == in.Version+1 && p.ChangedBy == who.Person):
			return postgres.ErrRepeated
		case p.ClosedAt != nil:
			return errClosed
		case p.Version != in.Version:
			return errStale
		}
		saved, err := save(ctx, tx, in)
		if err != nil {
			return err
		}
		if !saved {
			return errNamed
		}
		return audit.Record(ctx, tx, entry(tx, in.ID, in.Title, "survey.save", made))
	})
}

// Turn takes a round a state further: it opens and invites all bodies, it closes and freezes the answers, it publishes
// what everybody may read, or it is put away.
func (s *Service) Turn(ctx context.Context, who access.Actor, id uuid.UUID, to State, version int64) error {
	return s.db.Write(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		p, err := whole(ctx, tx, id)
		if err != nil {
			return err
		}
		before := p.State
		if err := p.turn(to, version, who.Person); err != nil {
			return err
		}
		if to == Published {
			if err := p.publish(); err != nil {
				return err
			}
		}
		turned, err := saveTurn(ctx, tx, p.Round)
		if err != nil {
			return err
		}
		if !turned {
			return fault.New(fault.Conflict, "Es läuft schon eine Umfrage. Schließen Sie die andere Runde zuerst.")
		}
		var told []notify.Notice
		if to == Open {
			bodies, err := invite(ctx, tx, id)
			if err != nil {
				return err
			}
			told = append(told, opened(p.Round, bodies))
		}
		return notify.Record(ctx, tx, []audit.Entry{
			entry(tx, id, p.Title, "survey."+string(to), audit.Diff("Stand", before.Word(), to.Word())),
		}, told...)
	})
}

// publish counts what everybody may read, or says why that would tell too much.
func (p *Page) publish() error {
	if n := p.Count(func(s Progress) bool { return s == Submitted }); n > 0 {
		return fault.New(fault.Conflict, "Prüfen Sie zuerst die Antworten, die noch warten. Dann zählen sie im Ergebnis mit.")
	}
	all := p.Counted()
	if all.Answered < smallest {
		return fault.New(fault.Conflict, "Bei weniger als drei Antworten ließe das Ergebnis auf einzelne Kommunen schließen. Es bleibt unveröffentlicht.")
	}
	p.Results = all.forAll()
	return nil
}

// Remind tells the bodies that have not answered an open round, and only those.
func (s *Service) Remind(ctx context.Context, who access.Actor, id uuid.UUID, version int64) error {
	return s.db.Write(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		p, err := load(ctx, tx, id, true, nil)
		if err != nil {
			return err
		}
		waiting := p.waiting()
		switch {
		case p.Version == version+1 && p.ChangedBy == who.Person && p.RemindedAt != nil && workday.Day(*p.RemindedAt).Equal(p.Today):
			return postgres.ErrRepeated
		case p.Version != version:
			return errStale
		case p.State != Open:
			return errClosed
		case len(waiting) == 0:
			return fault.New(fault.Conflict, "Alle haben geantwortet. Niemand muss erinnert werden.")
		}
		if err := noteReminder(ctx, tx, id); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{
			entry(tx, id, p.Title, "survey.remind", audit.Diff("Erinnert", "", names(waiting))),
		}, reminded(p.Round, waiting, ""))
	})
}

func (p *Page) waiting() []Response {
	var found []Response
	for _, r := range p.Responses {
		if !r.State.Answered() {
			found = append(found, r)
		}
	}
	return found
}

// Judgement is what the Land makes of a response, with the version it saw.
type Judgement struct {
	Version int64
	Accept  bool
	Reason  string // for returning it
}

// Settle accepts a response or gives it back with a reason.
func (s *Service) Settle(ctx context.Context, who access.Actor, id uuid.UUID, bodyKey string, j Judgement) error {
	return s.db.Write(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		p, err := single(ctx, tx, id, bodyKey)
		if err != nil {
			return err
		}
		before := p.Responses[0]
		after, err := before.settle(p.Round, j)
		if err != nil {
			return err
		}
		done, err := settle(ctx, tx, id, after)
		if err != nil {
			return err
		}
		if !done {
			return errStale
		}
		return notify.Record(ctx, tx, []audit.Entry{{
			Org: after.Body, Action: "survey." + string(after.State), Kind: "survey_response", Record: id, Title: title(p.Title), Visibility: audit.Org,
			Changes: append(audit.Diff("Antwort", before.State.Word(), after.State.Word()), audit.Diff("Grund", "", after.Reason)...),
		}}, settled(p.Round, after))
	})
}
