package web_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/event"
	"rollinportal/internal/experience"
	"rollinportal/internal/funding"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/legal"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/privacy"
	"rollinportal/internal/profile"
	"rollinportal/internal/question"
	"rollinportal/internal/savedview"
	"rollinportal/internal/survey"
)

// ownParams fills the parameters of routes with objects that the people of loginOf are responsible for.
func ownParams(t *testing.T, p *portal) map[string]string {
	t.Helper()
	id := p.rollinOf(t, "land", "tmdi", "wohngeld")
	nr := p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	return map[string]string{
		"nr":              nr,
		"org":             "16051",
		"einladung":       "00000000-0000-4000-8000-000000000001",
		"mitglied":        "00000000-0000-4000-8000-000000000001",
		"regel":           "00000000-0000-4000-8000-000000000001",
		"sitzung":         "00000000-0000-4000-8000-000000000001",
		"leistung":        "wohngeld",
		"einheit":         "16051",
		"id":              id.String(),
		"kapitel":         "kommunen",
		"art":             "fachlich",
		"schritt":         "k_kickoff",
		"nachweis":        p.fileOf(t, "k16051-b", "k_kickoff"),
		"partei":          "TLRZ",
		"mitteilung":      p.noticeOf(t, "k16051"),
		"token":           "kein-solcher-link",
		"teil":            "umfang",
		"sammelaenderung": p.batchOf(t),
		"adresse":         "UNBEKANNT",
		"frage":           p.questionOf(t, "k16051"),
		"bereich":         "zertifikat",
		"angabe":          p.factOf(t, "k16051"),
		"alternative":     "nachnutzung",
		"stellungnahme":   p.opinionOf(t, "tmdi-referat", "fuehrerschein", "TLRZ").String(),
		"vertretung":      p.delegationOf(t, "tmdi-referat", "tmdi-leitung").String(),
		"erfahrung":       p.experienceOf(t, "k16051"),
		"grundsatz":       p.matterOf(t, nr),
		"hilfe":           "00000000-0000-4000-8000-000000000001",
		"auflage":         p.conditionOf(t, "tmdi", "bauvorbescheid-und-baugenehmigung"),
		"eintrag":         p.fundingOf(t, "wohngeld"),
		"ansicht":         p.viewOf(t, "land"),
		"seite":           string(legal.Imprint),
		"fassung":         p.versionOfImprint(t),
		"barriere":        p.barrierOf(t),
		"termin":          p.eventOf(t).String(),
		"umfrage":         p.surveyOf(t).String(),
		"person":          p.As(t, "k16051").Person.String(),
		"land":            "thueringen",
		"antrag":          p.erasureOf(t, "k16051", "k16051-b").String(),
	}
}

// erasureOf asks in somebody's name to erase somebody, and the Land refuses: the page stays as it is, whoever tries it.
func (p *portal) erasureOf(t *testing.T, login, whom string) uuid.UUID {
	t.Helper()
	s, id := privacy.NewService(p.DB), uuid.New()
	must(t, s.Ask(t.Context(), p.As(t, login), privacy.Request{ID: id, Person: p.As(t, whom).Person, Ground: privacy.Wish}))
	must(t, s.Refuse(t.Context(), p.As(t, "land"), id))
	return id
}

// eventOf plans an event for which registration is open.
func (p *portal) eventOf(t *testing.T) uuid.UUID { return p.eventBy(t, "land") }

func (p *portal) eventBy(t *testing.T, login string) uuid.UUID {
	t.Helper()
	at := time.Now().AddDate(0, 0, 7)
	in := event.Input{ID: uuid.New(), Kind: event.Consultation, Title: "OZG-Sprechstunde", Place: "Erfurt", StartsAt: at, EndsAt: at.Add(time.Hour)}
	must(t, event.NewService(p.DB).Plan(t.Context(), p.As(t, login), in))
	return in.ID
}

// surveyOf opens a round of the survey.
func (p *portal) surveyOf(t *testing.T) uuid.UUID { return p.surveyBy(t, "land") }

func (p *portal) surveyBy(t *testing.T, login string) uuid.UUID {
	t.Helper()
	s, in := survey.NewService(p.DB), survey.Input{ID: uuid.New(), Title: "2027/I", ClosesOn: time.Now().AddDate(0, 0, 14)}
	must(t, s.Create(t.Context(), p.As(t, login), in))
	must(t, s.Turn(t.Context(), p.As(t, login), in.ID, survey.Open, 1))
	return in.ID
}

// conditionOf decides about a service with an Auflage for Erfurt and returns that.
func (p *portal) conditionOf(t *testing.T, ministry, slug string) string {
	t.Helper()
	return p.conditionAt(t, ministry, slug, "16051")
}

// conditionAt is conditionOf for another body.
func (p *portal) conditionAt(t *testing.T, ministry, slug, body string) string {
	t.Helper()
	owner := p.As(t, "k"+body)
	p.decidedAs(t, "land", ministry, slug, decision.Verdict{
		Outcome: decision.ApprovedWithConditions, Ground: "economic", Reason: "wirtschaftlich",
		Conditions: []decision.Condition{{Text: "Anlaufstelle benennen", Owner: owner.Org.Name, DueOn: time.Now().AddDate(0, 1, 0)}},
	})
	found, _, err := condition.NewService(p.DB).List(t.Context(), owner, condition.Filter{Service: slug})
	must(t, err)
	if len(found) != 1 {
		t.Fatalf("%d Auflagen, want one", len(found))
	}
	return found[0].ID.String()
}

// fundingOf writes down that the Land pays for a service.
func (p *portal) fundingOf(t *testing.T, slug string) string {
	t.Helper()
	return p.fundingBy(t, "land", slug)
}

func (p *portal) fundingBy(t *testing.T, login, slug string) string {
	t.Helper()
	r := funding.Record{
		ID: uuid.New(), Kind: funding.Grant, Purpose: funding.Connection, Payer: economics.Land, Cents: 100, Source: "Test",
		From: time.Now(), To: time.Now().AddDate(1, 0, 0), PayerAfter: "die Kommunen",
	}
	must(t, funding.NewService(p.DB).Save(t.Context(), p.As(t, login), slug, r))
	return r.ID.String()
}

// versionOfImprint publishes an Impressum and returns its version.
func (p *portal) versionOfImprint(t *testing.T) string {
	t.Helper()
	must(t, legal.NewService(p.DB).Publish(t.Context(), p.As(t, "land"), legal.Imprint, legal.Draft{Body: "## Verantwortlich"}))
	return "1"
}

// barrierOf reports a barrier as a stranger and returns its number.
func (p *portal) barrierOf(t *testing.T) string {
	t.Helper()
	id := uuid.New()
	must(t, legal.NewService(p.DB).ReportBarrier(t.Context(), p.As(t, "land").Land.Key, legal.Report{ID: id, Message: "Die Matrix liest sich nicht vor."}))
	return id.String()
}

// batchOf sets a step for two bodies at once and returns the number of the batch.
func (p *portal) batchOf(t *testing.T) string {
	t.Helper()
	s := onboarding.NewService(p.DB)
	var steps []onboarding.Address
	p.finishLandStep(t, "wohngeld", "l_guide")
	for _, body := range []string{"16054", "16055"} {
		steps = append(steps, onboarding.Address{Body: body, Service: "wohngeld", Key: "k_kickoff", Version: 1})
	}
	no, _, err := s.ChangeMany(t.Context(), p.As(t, "land"), onboarding.ManyInput{ID: uuid.New(), Steps: steps, To: onboarding.InProgress})
	must(t, err)
	return strconv.Itoa(no)
}

// questionOf asks at a step of the own body and returns the question.
func (p *portal) questionOf(t *testing.T, login string) string {
	t.Helper()
	who, id := p.As(t, login), uuid.New()
	at := question.Where{Body: who.Org.Key, Service: "wohngeld", Step: "k_kickoff"}
	must(t, question.NewService(p.DB).Ask(t.Context(), who, at, question.Draft{ID: id, Kind: question.Asked, Text: "Wer benennt die Ansprechpersonen?"}))
	return id.String()
}

// factOf states a certificate in the profile of a body and returns its id.
func (p *portal) factOf(t *testing.T, login string) string {
	t.Helper()
	who, id, until := p.As(t, login), uuid.New(), time.Now().AddDate(1, 0, 0)
	must(t, profile.NewService(p.DB).Save(t.Context(), who, who.Org.Key, profile.Input{ID: id, Kind: profile.Certificate, Details: map[string]string{
		profile.Purpose: profile.ForOSCI, profile.Subject: "CN=Test", profile.Issuer: "CN=Test-CA", profile.Fingerprint: strings.Repeat("AB", 32),
		profile.ValidFrom: "2024-11-30", profile.ValidTo: until.Format(time.DateOnly), profile.Custodian: "IT-Abteilung",
	}}))
	return id.String()
}

// experienceOf releases an experience of the own body and returns it.
func (p *portal) experienceOf(t *testing.T, login string) string {
	t.Helper()
	who, id := p.As(t, login), uuid.New()
	at := experience.Where{Body: who.Org.Key, Service: "wohngeld", Step: "k_kickoff"}
	must(t, experience.NewService(p.DB).Release(t.Context(), who, at, experience.Draft{ID: id, Note: "So ging es.", Files: []uuid.UUID{}}))
	return id.String()
}

// noticeOf returns a notice of a person; starting a roll-in makes one.
func (p *portal) noticeOf(t *testing.T, login string) string {
	t.Helper()
	in, err := notify.NewService(p.DB).Inbox(t.Context(), p.As(t, login), 1)
	must(t, err)
	if len(in.Items) == 0 {
		t.Fatalf("%s has no notice", login)
	}
	return in.Items[0].ID.String()
}

// hurdleOf reports an obstacle and returns its number.
func (p *portal) hurdleOf(t *testing.T, login string, at hurdle.Where) string {
	t.Helper()
	return p.meets(t, login, at, false)
}

// blockedBy reports an obstacle that blocks a step.
func (p *portal) blockedBy(t *testing.T, login string, at hurdle.Where) {
	t.Helper()
	p.meets(t, login, at, true)
}

func (p *portal) meets(t *testing.T, login string, at hurdle.Where, blocking bool) string {
	t.Helper()
	no, err := hurdle.NewService(p.DB).Report(t.Context(), p.As(t, login), at, hurdle.Report{
		ID: uuid.New(), Text: "Zuständigkeit ungeklärt", Dimension: hurdle.Organisational, Blocking: &blocking,
	})
	must(t, err)
	return strconv.Itoa(no)
}

// viewOf saves a view of the matrix.
func (p *portal) viewOf(t *testing.T, login string) string {
	t.Helper()
	id := uuid.New()
	must(t, savedview.NewService(p.DB).Save(t.Context(), p.As(t, login), id, savedview.Input{Name: "Wohngeld", Query: "leistung=wohngeld"}))
	return id.String()
}
