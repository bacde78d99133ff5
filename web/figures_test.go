package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/economics"
	"rollinportal/internal/event"
	"rollinportal/internal/funding"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
	"rollinportal/internal/survey"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
)

// TestEveryLinkedFigureCountsItsList follows every number that is a link, as everybody who sees one, and compares it
// with the total of the list it leads to.
func TestEveryLinkedFigureCountsItsList(t *testing.T) {
	t.Parallel()
	now := time.Now()
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	s := onboarding.NewService(p.DB)
	for _, body := range []string{"16051", "16077"} {
		who := p.As(t, "k"+body)
		must(t, s.ChangeStep(t.Context(), who, body, "wohngeld", "k_kickoff", onboarding.StepInput{Version: 1, To: onboarding.Done, Evidence: "Akte"}))
	}
	must(t, s.HandOver(t.Context(), p.As(t, "k16054"), "16054", "wohngeld", "k_kickoff", onboarding.HandOverInput{ID: uuid.New(), Version: 1, Party: "Hersteller A", Since: workday.Day(now)}))
	later := now.AddDate(2, 0, 0)
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16052", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "Personal fehlt", ResumeOn: &later}))
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16053", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Exclude, Reason: "nicht zuständig"}))
	p.blockedBy(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_survey"})
	p.blockedBy(t, "k16077", hurdle.Where{Body: "16077", Service: "elterngeld", Step: "k_kickoff"})
	p.conditionOf(t, "tmdi", "bauvorbescheid-und-baugenehmigung")
	now = now.AddDate(0, 2, 0)

	round, held := p.datesWithFigures(t, &now)

	checked, above, lists := 0, 0, map[string]string{} // a list is counted once for everybody who reads it
	for _, start := range []struct {
		login string
		paths []string
	}{
		{"land", []string{"/", "/lagebild?ansicht=praesentation", "/lagebild?ansicht=praesentation&seite=2", "/lagebild?ansicht=praesentation&seite=3", "/kommunen", "/kommunen/16051", "/huerden", "/entscheidungen", "/bericht", "/wartet-auf", "/leistungen", "/leistungen/wohngeld", "/leistungen/wohngeld/roll-in", "/leistungen/wohnsitzanmeldung-ewa", "/leistungen/wohngeld/roll-in/prognose", "/matrix", "/organisationen", "/umfragen", link.Survey(round), "/termine", link.Event(held), "/fristen", "/auflagen", "/suche?q=wohngeld", "/suche?q=Erfurt", "/suche?q=DVDV"}},
		{"betreiber", []string{"/", "/organisationen"}},
		{"redaktion", []string{"/lagebild", "/kommunen/16077"}},
		{"tmdi-referat", []string{"/", "/lagebild", "/kommunen", "/bericht", "/matrix", "/termine", link.Event(held), "/fristen", "/auflagen", "/suche?q=wohngeld"}},
		{"tmsgaf-leser", []string{"/", "/lagebild", "/matrix"}},
		{"tlrz", []string{"/", "/leistungen", "/lagebild", "/kommunen", "/bericht", "/matrix", "/umfragen", link.Survey(round), "/termine", link.Event(held), "/auflagen", "/suche?q=wohngeld"}},
		{"k16051", []string{"/aufgaben", "/lagebild", "/lagebild?ansicht=praesentation", "/lagebild?ansicht=praesentation&seite=2", "/kommunen/16051", "/huerden", "/bericht", "/matrix", "/umfragen", link.Survey(round), "/termine", link.Event(held), "/auflagen", "/suche?q=wohngeld"}},
		{"gremium", []string{"/", "/lagebild?ansicht=praesentation", "/lagebild?ansicht=praesentation&seite=2", "/huerden", "/bericht", "/leistungen", "/leistungen/wohngeld", "/umfragen", link.Survey(round), "/termine", link.Event(held), "/suche?q=wohngeld"}},
	} {
		for _, path := range start.paths {
			page := p.look(t, start.login, path)
			for url, figure := range page.figures() {
				checked++
				key := start.login + " " + url
				if strings.HasPrefix(url, "#") {
					key = start.login + " " + path + url
				}
				if _, known := lists[key]; !known {
					lists[key] = p.totalFrom(t, start.login, page, url)
				}
				if got := lists[key]; got != figure {
					t.Errorf("%s reads %s on %s, but %s lists %s", start.login, figure, path, url, got)
				}
				if figure != "0" {
					above++
				}
			}
			for _, figure := range page.unlinked() {
				t.Errorf("%s reads %q on %s without a list", start.login, figure, path)
			}
		}
	}
	t.Logf("%d figures followed, %d of them above zero", checked, above)
	if above < 150 {
		t.Errorf("only %d figures above zero: the pages no longer link them", above)
	}
}

// datesWithFigures sees to a funding that ends soon, an event for which two towns registered, and two rounds of the survey: the
// first with the answers of three, and a week later one with those of four.
func (p *portal) datesWithFigures(t *testing.T, clock *time.Time) (round, held uuid.UUID) {
	t.Helper()
	bodies := []string{"16052", "16053", "16054", "16055"}
	for _, body := range bodies {
		p.uses(t, body)
	}
	p.asks(t, "2026/II", *clock, bodies[:3])
	*clock = clock.AddDate(0, 0, 7)
	now := *clock
	round = p.asks(t, "2027/I", now, bodies)
	must(t, funding.NewService(p.DB).Save(t.Context(), p.As(t, "land"), "wohngeld", funding.Record{
		ID: uuid.New(), Kind: funding.Grant, Purpose: funding.Connection, Payer: economics.Land, Cents: 100, Source: "Test", From: now, To: now.AddDate(0, 1, 0), PayerAfter: "die Kommunen",
	}))
	events, next := event.NewService(p.DB), event.Input{ID: uuid.New(), Kind: event.Consultation, Title: "OZG-Sprechstunde", Place: "Erfurt", StartsAt: now.AddDate(0, 0, 7), EndsAt: now.AddDate(0, 0, 7).Add(time.Hour)}
	must(t, events.Plan(t.Context(), p.As(t, "land"), next))
	for _, body := range []string{"16051", "16077"} {
		must(t, events.Register(t.Context(), p.As(t, "k"+body), next.ID, 1, ""))
	}
	return round, next.ID
}

// asks has the Land hold a round of the survey, from the beginning to its result.
func (p *portal) asks(t *testing.T, title string, now time.Time, bodies []string) uuid.UUID {
	t.Helper()
	surveys, in := survey.NewService(p.DB), survey.Input{ID: uuid.New(), Title: title, ClosesOn: now.AddDate(0, 0, 14)}
	must(t, surveys.Create(t.Context(), p.As(t, "land"), in))
	must(t, surveys.Turn(t.Context(), p.As(t, "land"), in.ID, survey.Open, 1))
	for _, body := range bodies {
		p.answers(t, in.ID, body)
	}
	must(t, surveys.Turn(t.Context(), p.As(t, "land"), in.ID, survey.Closed, 2))
	must(t, surveys.Turn(t.Context(), p.As(t, "land"), in.ID, survey.Published, 3))
	return in.ID
}

// uses has a town say what it uses.
func (p *portal) uses(t *testing.T, body string) {
	t.Helper()
	for kind, product := range map[profile.Kind]string{profile.PostOffice: "nicht vorhanden", profile.DMS: "Docuware", profile.Variant: "noch offen", profile.Payment: "ePayBL"} {
		must(t, profile.NewService(p.DB).Save(t.Context(), p.As(t, "k"+body), body, profile.Input{ID: uuid.New(), Kind: kind, Details: map[string]string{profile.Product: product}}))
	}
}

// answers has a town confirm in a round what it uses, and the Land accept it.
func (p *portal) answers(t *testing.T, round uuid.UUID, body string) {
	t.Helper()
	who, s := p.As(t, "k"+body), survey.NewService(p.DB)
	sheet := func() *survey.Sheet {
		found, err := s.Sheet(t.Context(), who, round)
		must(t, err)
		return found
	}
	must(t, s.Confirm(t.Context(), who, round, sheet().Profile))
	must(t, s.Look(t.Context(), who, round, sheet().Own.Version, map[string]string{"plans": "kein Wechsel"}))
	must(t, s.Submit(t.Context(), who, round, sheet().Own.Version))
	if sheet().Own.State == survey.Submitted { // what is as before needs nobody
		must(t, s.Settle(t.Context(), p.As(t, "land"), round, body, survey.Judgement{Version: sheet().Own.Version, Accept: true}))
	}
}
