package planning

import (
	"context"
	"fmt"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// Service prepares and starts roll-ins.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Plan returns what is prepared for a service; before the first save, a proposal.
func (s *Service) Plan(ctx context.Context, who access.Actor, slug string) (*Plan, error) {
	var p *Plan
	err := s.db.Read(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) (err error) {
		p, err = load(ctx, tx, slug)
		return err
	})
	return p, err
}

// SaveScope leaves bodies out, each with its reason.
func (s *Service) SaveScope(ctx context.Context, who access.Actor, slug string, version int64, out []onboarding.LeftOut) error {
	return s.change(ctx, who, slug, version, func(p *Plan) (Draft, error) { return p.withScope(out) })
}

// SaveWaves names the waves and shares the bodies among them.
func (s *Service) SaveWaves(ctx context.Context, who access.Actor, slug string, version int64, waves []Wave) error {
	return s.change(ctx, who, slug, version, func(p *Plan) (Draft, error) { return p.withWaves(waves) })
}

// SaveDates says when the waves go live, and how many bodies the IT-Dienstleister connect in a week.
func (s *Service) SaveDates(ctx context.Context, who access.Actor, slug string, version int64, spans []Span, capacity map[string]int) error {
	return s.change(ctx, who, slug, version, func(p *Plan) (Draft, error) { return p.withDates(spans, capacity) })
}

// SaveLetter keeps what the bodies will read.
func (s *Service) SaveLetter(ctx context.Context, who access.Actor, slug string, version int64, l Letter) error {
	return s.change(ctx, who, slug, version, func(p *Plan) (Draft, error) { return p.withLetter(l) })
}

// change saves a part of the draft; Conflict if somebody saved since the version was read, or the roll-in has begun.
func (s *Service) change(ctx context.Context, who access.Actor, slug string, version int64, do func(*Plan) (Draft, error)) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		if err := lockDraft(ctx, tx, slug); err != nil {
			return err
		}
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		if p.Started {
			return fault.New(fault.Conflict, "Der Roll-in dieser Leistung ist schon gestartet.")
		}
		after, err := do(p)
		if err != nil {
			return err
		}
		if p.Version == version+1 && p.ChangedBy == who.Person && same(p.Draft, after) {
			return postgres.ErrRepeated
		}
		if after.Version != version {
			return errLate
		}
		saved, err := save(ctx, tx, p.ServiceID, after)
		if err != nil {
			return err
		}
		if !saved {
			return errLate
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "rollin.plan", Kind: "rollin_draft", Record: p.ServiceID, Title: p.ServiceName, Visibility: audit.Org,
			Changes: p.diff(after),
		})
	})
}

var errLate = fault.New(fault.Conflict, "Jemand hat den Plan inzwischen geändert.")

// Start begins the roll-in as it is planned: waves, checklists with their dates, a letter for each body. Conflict if
// the plan changed meanwhile or somebody else started it.
func (s *Service) Start(ctx context.Context, who access.Actor, slug string, version int64) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		if err := onboarding.LockStart(ctx, tx); err != nil {
			return err
		}
		if err := lockDraft(ctx, tx, slug); err != nil {
			return err
		}
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		switch {
		case p.Started && *p.StartedBy == who.Person:
			return postgres.ErrRepeated
		case p.Started:
			return fault.New(fault.Conflict, "Jemand hat den Roll-in dieser Leistung schon gestartet.")
		case p.Version != version:
			return errLate
		}
		if missing := p.Missing(); len(missing) > 0 {
			return fault.New(fault.Conflict, missing[0].Text)
		}
		return p.start(ctx, tx)
	})
}

func (p *Plan) start(ctx context.Context, tx *postgres.Tx) error {
	in, err := p.input()
	if err != nil {
		return err
	}
	if err := onboarding.Begin(ctx, tx, p.ServiceSlug, in); err != nil {
		return err
	}
	var letters []sent
	for i, w := range in.Waves {
		for _, slot := range w.Bodies {
			l := p.LetterFor(slot.Key, i, slot.On)
			letters = append(letters, sent{slot.Key, l.Subject, l.Text})
		}
	}
	if err := keep(ctx, tx, p.ServiceID, letters); err != nil {
		return err
	}
	if err := settle(ctx, tx, p.ServiceID); err != nil {
		return fmt.Errorf("start %s: %w", p.ServiceSlug, err)
	}
	return nil
}

// Admit takes a body into a roll-in that has begun, and writes to it as to the others of its wave. Where nobody was
// written to, because all began at once, it hears of it as they did: by its notice alone.
func (s *Service) Admit(ctx context.Context, who access.Actor, slug string, in onboarding.AdmitInput) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		made, err := onboarding.Admit(ctx, tx, slug, in)
		if err != nil || made.Wave == "" {
			return err
		}
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		l := p.letterIn(made.Wave, in.Body, made.On)
		return keep(ctx, tx, p.ServiceID, []sent{{in.Body, l.Subject, l.Text}})
	})
}

// Letter returns the letter that a body got; NotFound if there is none for this reader.
func (s *Service) Letter(ctx context.Context, who access.Actor, body, slug string) (Sent, error) {
	var l Sent
	err := s.db.Read(ctx, who, access.ChecklistView, func(tx *postgres.Tx) (err error) {
		l, err = readLetter(ctx, tx, body, slug)
		return err
	})
	return l, err
}
