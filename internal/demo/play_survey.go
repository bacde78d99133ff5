package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/profile"
	"rollinportal/internal/survey"
)

// inventories are what bodies say in the first round. All of it is invented; Jena has stated its profile before.
var inventories = []struct{ Body, PostOffice, DMS, Variant, Payment, Plans string }{
	{"16051", governikus, "VIS Smart Suite von PDV", "OSCI über virtuelle Poststelle", "Landes-Basisdienst E-Payment", survey.PlanOptions[0]},
	{"16052", progov, "Docuware", "FIT-Connect", "Landes-Basisdienst E-Payment", survey.PlanOptions[0]},
	{"16053", "", "", "", "", survey.PlanOptions[0]},
	{"16054", noOffice, "Docuware", "FIT-Connect", "ePayBL", survey.PlanOptions[2]},
	{"16055", progov, "Docuware", "FIT-Connect", "Landes-Basisdienst E-Payment", survey.PlanOptions[1]},
	{"16061", profile.ProGovBasic, "Enaio (Optimal Systems)", "noch offen", "pmPayment", survey.PlanOptions[0]},
	{"16062", noOffice, "kein DMS", "noch offen", profile.NoPayment, survey.PlanOptions[4]},
	{"16063", progov, "d.velop smart documents", "FIT-Connect", "Landes-Basisdienst E-Payment", survey.PlanOptions[0]},
	{"16066", governikus, "VIS Smart Suite von PDV", "OSCI über virtuelle Poststelle", "ePay21", survey.PlanOptions[0]},
	{"16067", profile.ProGovBasic, "DocuWare und Enayo", "FIT-Connect", "Landes-Basisdienst E-Payment", survey.PlanOptions[0]},
	{"16069", noOffice, "kein DMS", "FIT-Connect", "Landes-Basisdienst E-Payment", survey.PlanOptions[3]},
	{"16070", progov, "VIS Smart Suite von PDV", "FIT-Connect", "Landes-Basisdienst E-Payment", survey.PlanOptions[0]},
	{"16073", governikus, "Regisafe der Firma Commundus", "noch offen", "ePayBL", survey.PlanOptions[0]},
	{"16076", noOffice, "Docuware", "FIT-Connect", "ePayBL", survey.PlanOptions[1]},
	{"16077", profile.ProGovBasic, "Enaio (Optimal Systems)", "FIT-Connect", "pmPayment", survey.PlanOptions[0]},
}

const (
	governikus = "COM Vibilia von Governikus"
	progov     = "ProGov von Procilon (Enterprise Version - unbegrenzt viele Konfigurationen möglich)"
	noOffice   = profile.NoPostOffice
)

// The two rounds of the story: one is published, one runs.
const (
	firstRound, firstOpens, firstEnds    = "2026/I", "2026-05-11", "2026-06-12"
	secondRound, secondOpens, secondEnds = "2026/II", "2026-11-09", "2026-12-11"
)

// planSurveys has the Land ask twice. In the second round some have confirmed, Weimar has changed its DMS, Erfurt has begun.
func (p *player) planSurveys() {
	s := survey.NewService(p.DB)
	first := p.planRound(s, firstRound, firstOpens, firstEnds, "Demodaten. Damit das Land weiß, worauf es bei den nächsten Anbindungen aufbauen kann.")
	for i, inv := range inventories {
		p.planInventory(inv.Body, p.later(day(firstOpens), float64(1+i)), map[profile.Kind]string{
			profile.PostOffice: inv.PostOffice, profile.DMS: inv.DMS, profile.Variant: inv.Variant, profile.Payment: inv.Payment,
		})
		p.planAnswer(s, first, inv.Body, inv.Plans, day(firstOpens).AddDate(0, 0, 8+i), true)
	}
	for n, to := range []survey.State{survey.Closed, survey.Published} {
		p.planTurn(s, first, to, int64(2+n), day("2026-06-22").Add(time.Duration(n)*time.Hour))
	}
	second := p.planRound(s, secondRound, secondOpens, secondEnds, "Demodaten. Prüfen Sie Ihre Angaben vom Frühjahr. Was gleich geblieben ist, bestätigen Sie mit einem Klick.")
	for i, body := range []string{"16053", "16063", "16070", "16076"} {
		p.planAnswer(s, second, body, plansOf(body), day("2026-11-11").Add(time.Duration(i)*time.Hour), false)
	}
	p.planInventory("16055", day("2026-11-12"), map[profile.Kind]string{profile.DMS: "VIS Smart Suite von PDV"})
	p.planAnswer(s, second, "16055", plansOf("16055"), day("2026-11-12").Add(time.Hour), false)
	p.by("k16051", day("2026-11-13"), "begin a response", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		sheet, err := s.Sheet(ctx, who, second)
		if err != nil {
			return over, err
		}
		return over, s.Confirm(ctx, who, second, sheet.Profile, survey.PostOffice)
	})
}

func plansOf(body string) string {
	for _, inv := range inventories {
		if inv.Body == body {
			return inv.Plans
		}
	}
	return survey.PlanOptions[0]
}

func (p *player) planRound(s *survey.Service, title, opens, ends, note string) uuid.UUID {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte("Umfrage "+title))
	p.by("land", day(opens), "prepare a round", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		return over, s.Create(ctx, who, survey.Input{ID: id, Title: title, Note: note, ClosesOn: day(ends).Truncate(24 * time.Hour)})
	})
	p.planTurn(s, id, survey.Open, 1, day(opens))
	return id
}

func (p *player) planTurn(s *survey.Service, id uuid.UUID, to survey.State, version int64, at time.Time) {
	p.by("land", at, "turn a round", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		return over, s.Turn(ctx, who, id, to, version)
	})
}

// planInventory has a body state or change what its profile says of products.
func (p *player) planInventory(body string, at time.Time, products map[profile.Kind]string) {
	s := profile.NewService(p.DB)
	p.by("k"+body, at, "state the inventory", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		now, err := s.Show(ctx, who, body)
		if err != nil {
			return over, err
		}
		for _, kind := range profile.Kinds {
			if products[kind] == "" {
				continue
			}
			in := profile.Input{ID: uuid.New(), Kind: kind, Details: map[string]string{profile.Product: products[kind]}}
			if there := now.Of(kind); len(there) > 0 {
				in.ID, in.Version = there[0].ID, there[0].Version
			}
			if err := s.Save(ctx, who, body, in); err != nil {
				return over, err
			}
		}
		return over, nil
	})
}

// planAnswer has a body confirm what is left and submit; the Land accepts it, if it comes to that.
func (p *player) planAnswer(s *survey.Service, id uuid.UUID, body, plans string, at time.Time, accepted bool) {
	p.by("k"+body, at, "answer a round", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		sheet, err := s.Sheet(ctx, who, id)
		if err != nil {
			return over, err
		}
		if err := s.Confirm(ctx, who, id, sheet.Profile); err != nil {
			return over, err
		}
		if sheet, err = s.Sheet(ctx, who, id); err != nil { // confirming began the response
			return over, err
		}
		if err := s.Look(ctx, who, id, sheet.Own.Version, map[string]string{survey.Plans: plans}); err != nil {
			return over, err
		}
		if sheet, err = s.Sheet(ctx, who, id); err != nil {
			return over, err
		}
		return over, s.Submit(ctx, who, id, sheet.Own.Version)
	})
	if !accepted {
		return
	}
	p.by("land", at.Add(2*time.Hour), "accept a response", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		found, err := s.Single(ctx, who, id, body)
		if err != nil {
			return over, err
		}
		return over, s.Settle(ctx, who, id, body, survey.Judgement{Version: found.Responses[0].Version, Accept: true})
	})
}
