package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
)

// obstacle is a Hürde of the story. Each body meets it at the step that is next for it.
type obstacle struct {
	Slug, Day string
	Text      string
	Dimension hurdle.Dimension
	Blocking  bool
	Bodies    []string // the first one reports, the others join
	Escalated string   // to whom
	Solution  string
}

// obstacles are invented after the kinds that the workshops name (domain.md 1.13).
var obstacles = []obstacle{
	{
		Slug: "bildung-und-teilhabe", Day: "2026-09-28", Text: "Im Zuständigkeitsfinder ist unklar, welcher Leistung der Onlinedienst zugeordnet wird. Redaktion und Anbieter nennen verschiedene.",
		Dimension: hurdle.Technical, Blocking: true, Bodies: []string{"16061", "16062", "16066", "16071", "16074", "16064"}, Escalated: "Steuerungsgremium Standardisierung",
	},
	{
		Slug: "fuehrerschein", Day: "2026-10-19", Text: "Wer die laufenden Kosten der Schnittstelle zum Fachverfahren trägt, ist offen.",
		Dimension: hurdle.Financial, Bodies: []string{"16067", "16070", "16075", "16063"},
	},
	{
		Slug: "unterhaltsvorschuss", Day: "2026-08-24", Text: "Im Fachamt fehlt Personal, um den Ablauf neu festzulegen.",
		Dimension: hurdle.Organisational, Bodies: []string{"16069", "16072", "16073"}, Solution: "Die Kommunalberatung stellt einen fertigen Soll-Ablauf bereit. Er braucht nur noch die örtlichen Namen.",
	},
}

// planHurdle has bodies report and join an obstacle, and the Land take care of it. Who is through already reports
// nothing.
func (p *player) planHurdle(o obstacle) {
	no := 0
	for i, body := range o.Bodies {
		p.by("k"+body, p.later(day(o.Day), float64(4*i)), "meet an obstacle of "+o.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			list, err := p.onboardings.Checklist(ctx, who, body, o.Slug, 0)
			if err != nil {
				return over, err
			}
			next := list.Next()
			if next == nil || list.LiveOn != nil || next.State == onboarding.Submitted {
				return over, nil
			}
			at := hurdle.Where{Body: body, Service: o.Slug, Step: next.Key}
			if no > 0 {
				return over, p.hurdles.Join(ctx, who, at, no, o.Blocking)
			}
			no, err = p.hurdles.Report(ctx, who, at, hurdle.Report{
				ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(o.Text)), Text: o.Text, Dimension: o.Dimension, Blocking: &o.Blocking,
			})
			return over, err
		})
	}
	p.by("land", p.later(day(o.Day), float64(4*len(o.Bodies)+2)), "take care of an obstacle", func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		if no == 0 {
			return over, nil
		}
		in := hurdle.ActInput{Version: 1, Act: hurdle.TakeUp}
		switch {
		case o.Escalated != "":
			in.Act, in.To, in.On = hurdle.Escalate, o.Escalated, now.Truncate(24*time.Hour)
		case o.Solution != "":
			in.Act, in.Text = hurdle.Resolve, o.Solution
		}
		err := p.hurdles.Act(ctx, who, no, in)
		if fault.KindOf(err) == fault.Conflict {
			return over, nil
		}
		return over, err
	})
}
