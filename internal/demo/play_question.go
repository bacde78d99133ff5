package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/experience"
	"rollinportal/internal/question"
)

// asked is a question of the story. Each body asks it at the step that is next for it, or else about the service.
type asked struct {
	Body, Slug, Day string
	Text, Answer    string // no answer: the question is open
	Help            bool   // published for all
}

var questions = []asked{
	{
		Body: "16054", Slug: "fuehrerschein", Day: "2026-09-14", Text: "Reicht es, wenn Fachamt und IT gemeinsam bestätigen, oder braucht es zwei Schreiben?",
		Answer: "Ein gemeinsames Schreiben genügt. Beide nennen darin ihre Ansprechperson.", Help: true,
	},
	{
		Body: "16072", Slug: "unterhaltsvorschuss", Day: "2026-10-26", Text: "Wer legt fest, an welches Postfach die Anträge gehen?",
		Answer: "Das legen Sie fest. Ein Funktionspostfach mit Vertretung hat sich bewährt.", Help: true,
	},
	{Body: "16061", Slug: "bildung-und-teilhabe", Day: "2026-11-10", Text: "Dürfen wir vor dem Test schon echte Anträge annehmen?"},
}

// planQuestion has a body ask, and the Land answer and publish.
func (p *player) planQuestion(q asked) {
	s, id := question.NewService(p.DB), uuid.NewSHA1(uuid.NameSpaceOID, []byte(q.Text))
	there := false
	p.by("k"+q.Body, p.later(day(q.Day), 0), "ask about "+q.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		list, err := p.onboardings.Checklist(ctx, who, q.Body, q.Slug, 0)
		if err != nil {
			return over, err
		}
		at := question.Where{Body: q.Body, Service: q.Slug}
		if next := list.Next(); next != nil {
			at.Step = next.Key
		}
		there = true
		return over, s.Ask(ctx, who, at, question.Draft{ID: id, Kind: question.Asked, Text: q.Text})
	})
	if q.Answer == "" {
		return
	}
	p.by("land", p.later(day(q.Day), 2), "answer a question about "+q.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		if !there {
			return over, nil
		}
		t, err := s.Thread(ctx, who, id)
		if err != nil {
			return over, err
		}
		if err := s.Post(ctx, who, id, question.PostInput{ID: uuid.NewSHA1(id, []byte("answer")), Version: t.Version, Text: q.Answer}); err != nil || !q.Help {
			return over, err
		}
		return over, s.Publish(ctx, who, id, question.HelpInput{ID: uuid.NewSHA1(id, []byte("help")), Question: q.Text, Answer: q.Answer})
	})
}

// planExperience has a body that is far release what it learned.
func (p *player) planExperience(body, slug, on, note string) {
	p.by("k"+body, p.later(day(on), 0), "release an experience", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		return over, experience.NewService(p.DB).Release(ctx, who, experience.Where{Body: body, Service: slug}, experience.Draft{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(note)), Note: note, Files: []uuid.UUID{},
		})
	})
}
