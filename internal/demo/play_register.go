package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/register"
)

// matters are invented after the questions that the workshops leave open (domain.md 1.13): who decides and when is made up.
var matters = []struct {
	Day, Question, Background string
	Decider, Other            string
	Due                       string
	Services                  []string
	Decided, Result           string
}{
	{
		Day: "2026-06-08", Question: "Wer berät die Kommunen in Rechtsfragen der Nachnutzung?", Background: "Demodaten. Die Kommunen fragen nach Rechtssicherheit und danach, wer sie stützt.",
		Decider: "BEIRAT", Due: "2026-09-30", Decided: "2026-09-21", Result: "Die Landeskoordination beantwortet Rechtsfragen gesammelt und veröffentlicht die Antworten.",
	},
	{
		Day: "2026-08-10", Question: "Welche Regeln gelten für den Datenschutz, wenn ein anderes Land den Onlinedienst betreibt?", Background: "Demodaten. Speicherung, Weitergabe und Verarbeitung zwischen den Ländern sind noch nicht einheitlich geregelt.",
		Other: "IT-Planungsrat (Beispiel)", Due: "2026-10-31", Services: []string{"aufenthaltstitel", "einbuergerung"},
	},
	{
		Day: "2026-09-14", Question: "Wer trägt die laufenden Kosten der Schnittstellen nach dem Ende der Anschubfinanzierung?", Background: "Demodaten. Land und Kommunen brauchen die Antwort für ihre Haushaltsplanung.",
		Decider: "BEIRAT", Due: "2027-02-26", Services: []string{"fuehrerschein", "unterhaltsvorschuss"},
	},
	{
		Day: "2026-10-05", Question: "Wann hat ThAVEL Vorrang vor der Nachnutzung eines EfA-Dienstes?", Background: "Demodaten. Zentrale Basisdienste sind vorrangig zu nutzen, soweit das wirtschaftlich sinnvoll ist.",
		Decider: "TLRZ", Due: "2027-03-31",
	},
}

// planRegister has the Land enter what is to be decided beyond one service, and note what came of it.
func (p *player) planRegister() {
	s := register.NewService(p.DB)
	for _, m := range matters {
		due, no := day(m.Due), 0
		p.by("land", p.later(day(m.Day), 0), "enter a question", func(ctx context.Context, who access.Actor, _ time.Time) (_ time.Time, err error) {
			no, err = s.Enter(ctx, who, register.Input{
				ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(m.Question)), Question: m.Question, Background: m.Background, DeciderKey: m.Decider, Decider: m.Other,
				DueOn: &due, Services: m.Services,
			})
			return over, err
		})
		if m.Decided == "" {
			continue
		}
		on := day(m.Decided)
		p.by("land", p.later(on, 1), "note what was decided", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			return over, s.Turn(ctx, who, no, register.Turn{Version: 1, To: register.Decided, Result: m.Result, DecidedOn: &on})
		})
	}
}
