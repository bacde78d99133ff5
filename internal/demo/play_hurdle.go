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
	Bodies    []string   // the first one reports, the others join
	Act       hurdle.Act // what the Land makes of it in the end
	Forum     string     // key of the committee it goes to
	Said      string     // solution, reason or decision
}

// obstacles are invented after the kinds that the workshops name (domain.md 1.13).
var obstacles = []obstacle{
	{
		Slug: "bildung-und-teilhabe", Day: "2026-09-28", Text: "Im Zuständigkeitsfinder ist unklar, welcher Leistung der Onlinedienst zugeordnet wird. Redaktion und Anbieter nennen verschiedene.",
		Dimension: hurdle.Technical, Blocking: true, Bodies: []string{"16061", "16062", "16066", "16071", "16074", "16064"}, Act: hurdle.Escalate, Forum: "BEIRAT",
	},
	{
		Slug: "fuehrerschein", Day: "2026-10-19", Text: "Wer die laufenden Kosten der Schnittstelle zum Fachverfahren trägt, ist offen.",
		Dimension: hurdle.Financial, Bodies: []string{"16067", "16070", "16075", "16063"}, Act: hurdle.TakeUp,
	},
	{
		Slug: "unterhaltsvorschuss", Day: "2026-08-24", Text: "Im Fachamt fehlt Personal, um den Ablauf neu festzulegen.",
		Dimension: hurdle.Organisational, Bodies: []string{"16069", "16072", "16073"}, Act: hurdle.Resolve, Said: "Die Kommunalberatung stellt einen fertigen Soll-Ablauf bereit. Er braucht nur noch die örtlichen Namen.",
	},
	{
		Slug: "aufenthaltstitel", Day: "2026-10-26", Text: "Testfälle mit Rückkanal kommen in der Testumgebung nicht an.",
		Dimension: hurdle.Technical, Bodies: []string{"16052", "16055"}, Act: hurdle.Test, Said: "Das Zertifikat der Testumgebung ist erneuert. Senden Sie den Testantrag noch einmal.",
	},
	{
		Slug: "wohnsitzanmeldung-ewa", Day: "2026-09-07", Text: "Die Rechtsgrundlage für die elektronische Bekanntgabe ist unklar.",
		Dimension: hurdle.Legal, Bodies: []string{"16053", "16055"}, Act: hurdle.Reject, Said: "§ 9 OZG reicht als Grundlage aus. Ein Muster des Hinweistextes liegt im Leitfaden.",
	},
	{
		Slug: "fuehrerschein", Day: "2026-08-17", Text: "Der Anbieter rechnet nur jährlich ab, die Haushaltsplanung braucht Quartale.",
		Dimension: hurdle.Financial, Bodies: []string{"16065"}, Act: hurdle.Accept, Said: "Der Vertrag lässt nichts anderes zu.",
	},
	{
		Slug: "unterhaltsvorschuss", Day: "2026-11-02", Text: "Wer den Support am Wochenende übernimmt, ist nicht festgelegt.",
		Dimension: hurdle.Organisational, Bodies: []string{"16054"}, Act: hurdle.Confirm,
	},
	{
		Slug: "bildung-und-teilhabe", Day: "2026-11-09", Text: "Der Fragebogen verlangt Angaben, die das Fachamt nicht hat.",
		Dimension: hurdle.Organisational, Bodies: []string{"16055", "16051"},
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
		if no == 0 || o.Act == "" {
			return over, nil
		}
		in := hurdle.ActInput{Version: 1, Act: o.Act, Text: o.Said, Forum: o.Forum, On: now.Truncate(24 * time.Hour)}
		if o.Forum != "" {
			agenda := now.Truncate(24*time.Hour).AddDate(0, 1, 0)
			in.Agenda = &agenda
		}
		err := p.hurdles.Act(ctx, who, no, in)
		if fault.KindOf(err) == fault.Conflict {
			return over, nil
		}
		return over, err
	})
}
