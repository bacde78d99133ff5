package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/event"
	"rollinportal/internal/workday"
)

// events are invented: three Sprechstunden that were held, and two dates to come. The town after a colon asks beforehand.
var events = []struct {
	No                   int
	Kind                 event.Kind
	Title, Goal          string
	Planned, Day         string
	Hour, Minutes, Seats int
	Place, Address       string
	Services             []string
	Registered, Came     []string
	Question, Result     string
}{
	{
		No: 1, Kind: event.Consultation, Title: "1. OZG-Sprechstunde", Goal: "Demodaten. Offene Fragen zur Anbindung.", Planned: "2025-09-08", Day: "2025-09-24", Hour: 10, Minutes: 90,
		Address: "https://konferenz.example/sprechstunde", Services: []string{"einbuergerung"}, Registered: []string{"16051", "16053", "16061", "16071", "16077"},
		Came: []string{"16051", "16061", "16068", "16071", "16077"}, Result: "Fragen zum DVDV sind gesammelt und bei den Hürden eingetragen.",
	},
	{
		No: 2, Kind: event.Consultation, Title: "2. OZG-Sprechstunde", Goal: "Demodaten. Zertifikate und virtuelle Poststelle.", Planned: "2026-04-20", Day: "2026-05-20", Hour: 10, Minutes: 90,
		Address: "https://konferenz.example/sprechstunde", Services: []string{"wohngeld", "fuehrerschein"}, Registered: []string{"16051", "16052", "16053", "16054", "16063", "16067", "16070"},
		Came: []string{"16051", "16052", "16053", "16063", "16067", "16070"}, Question: "Wer erneuert das Zertifikat, wenn die Poststelle beim Dienstleister steht?", Result: "Zertifikate beantragt, wer die Poststelle betreibt. Das Profil erinnert vier Wochen vor dem Ende.",
	},
	{
		Kind: "information", Title: "Informationsveranstaltung Führerschein", Goal: "Demodaten. Ablauf der Anbindung, Test und Produktivstart.", Planned: "2026-08-31", Day: "2026-09-17", Hour: 9, Minutes: 180, Seats: 40,
		Place: "Erfurt, Beispielsaal", Services: []string{"fuehrerschein"}, Registered: []string{"16051", "16053", "16054", "16066", "16070", "16076"},
		Came: []string{"16051", "16053", "16054", "16055", "16066", "16070"}, Result: "Die Folien beantworten die häufigsten Fragen zum Test.",
	},
	{
		No: 3, Kind: event.Consultation, Title: "3. OZG-Sprechstunde", Goal: "Demodaten. Fragen zur Umfrage und zu den nächsten Anbindungen.", Planned: "2026-11-09", Day: "2026-12-03", Hour: 10, Minutes: 90,
		Address: "https://konferenz.example/sprechstunde", Services: []string{"wohngeld"}, Registered: []string{"16053", "16054", "16063"}, Question: "Zählt die Testzahlung auch, wenn sie im Vorjahr war?",
	},
	{
		Kind: "workshop", Title: "Workshop Virtuelle Poststelle", Goal: "Demodaten. Konfigurationen anlegen und testen, am eigenen Rechner.", Planned: "2026-11-16", Day: "2027-01-14", Hour: 9, Minutes: 240, Seats: 2,
		Place: "Erfurt, Beispielsaal", Registered: []string{"16053", "16061", "16054"},
	},
}

// planEvents has the Land plan dates, towns register, and the Land note who came and what came of it.
func (p *player) planEvents() {
	s := event.NewService(p.DB)
	for _, e := range events {
		starts := day(e.Day).Truncate(24 * time.Hour)
		starts = time.Date(starts.Year(), starts.Month(), starts.Day(), e.Hour, 0, 0, 0, workday.Berlin)
		in := event.Input{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("Termin "+e.Title)), Kind: e.Kind, Title: e.Title, Goal: e.Goal, Place: e.Place, Address: e.Address,
			StartsAt: starts, EndsAt: starts.Add(time.Duration(e.Minutes) * time.Minute), Services: e.Services,
		}
		if e.No > 0 {
			in.SeriesNo = &e.No
		}
		if e.Seats > 0 {
			in.Seats = &e.Seats
		}
		p.by("land", day(e.Planned), "plan an event", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			return over, s.Plan(ctx, who, in)
		})
		for i, body := range e.Registered {
			question := ""
			if i == 0 {
				question = e.Question
			}
			p.by("k"+body, day(e.Planned).Add(time.Duration(1+i)*time.Hour), "register", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
				return over, s.Register(ctx, who, in.ID, 1, question)
			})
		}
		if len(e.Came) == 0 {
			continue
		}
		p.by("land", in.EndsAt.Add(time.Hour), "note who came", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			if err := s.Attend(ctx, who, in.ID, 1, e.Came); err != nil {
				return over, err
			}
			after := in
			after.Version, after.Result = 2, e.Result
			after.Materials = []event.Link{{Title: "Folien", URL: "https://unterlagen.example/folien.pdf"}}
			return over, s.Save(ctx, who, after)
		})
	}
}
