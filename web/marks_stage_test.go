package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/event"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/profile"
)

// fuller are choices in forms of deeds that ask for more text than what the deeds choose.
var fuller = map[string]url.Values{
	"/entscheidungen/{bereit}/beschluss":                                   {"outcome": {"approved_with_conditions"}, "owner": {"Landeshauptstadt Erfurt"}, "due_on": {inAMonth()}},
	"/entscheidungen/grundsatz":                                            {"decider_key": {""}, "decider": nil},
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben": {"party": {""}},
}

// besides are further forms, for texts that belong to a choice the deeds do not make. Each comes before the deed it names.
var besides = map[string][]deed{
	"/huerden/{nr}": {
		{"land", "/huerden/{nr}", "/huerden/{nr}", url.Values{"act": {"merge"}, "into": {""}, "other": {""}}},
		{"land", "/huerden/{nr}", "/huerden/{nr}", url.Values{"act": {"escalate"}, "forum": {""}, "into": {""}, "on": {"today"}, "agenda": {inAMonth()}, "decided_on": {""}}},
		{"land", "/huerden/{nr}", "/huerden/{nr}", url.Values{"act": {"decide"}, "forum": {""}, "into": {""}, "on": {""}, "agenda": {""}, "decided_on": {"today"}}},
		{"land", "/huerden/{gelöst}", "/huerden/{gelöst}", url.Values{"act": {"resolve"}, "into": {""}, "on": {""}, "agenda": {""}, "decided_on": {""}}},
		{"k16051", "/huerden/{gelöst}", "/huerden/{gelöst}/besteht-noch", nil},
	},
	"/entscheidungen/grundsatz/{grundsatz}/stand": {
		{"land", "/entscheidungen/grundsatz/{grundsatz}", "/entscheidungen/grundsatz/{grundsatz}/stand", url.Values{"to": {"dropped"}, "decided_on": {""}}},
		{"land", "/entscheidungen/grundsatz/{grundsatz}", "/entscheidungen/grundsatz/{grundsatz}/stand", url.Values{"to": {"open"}, "decided_on": {""}}},
		{"land", "/entscheidungen/grundsatz/{grundsatz}", "/entscheidungen/grundsatz/{grundsatz}/stand", url.Values{"to": {"decided"}, "decided_on": {"today"}}},
	},
	"/entscheidungen/{bereit}/beschluss": {
		{"tmdi-leitung", "/entscheidungen/{bereit}/beschluss", "/entscheidungen/{bereit}/beschluss", url.Values{"outcome": {"deferred"}, "deferred_until": {""}, "schritt": {"entscheiden"}}},
	},
	"/entscheidungen/{offen}/pruefungen/fachlich": {
		{"tmdi-referat", "/entscheidungen/{offen}/pruefungen/fachlich", "/entscheidungen/{offen}/pruefungen/fachlich/dateien", nil},
	},
	"/leistungen/{leistung}/schritte/{schritt}": {
		{"land", "/leistungen/{leistung}/schritte/{schritt}", "/leistungen/{leistung}/schritte/{schritt}", url.Values{"to": {"not_applicable"}, "evidence_url": {""}}},
	},
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben": {
		{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/k_web", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/k_web", url.Values{"to": {"not_applicable"}, "evidence_url": {""}}},
		{"k16051", "/huerden/melden?einheit=16051&leistung=wohngeld&aufgabe=k_kickoff", "/huerden/melden", nil},
		{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/k_cert/ausnahme", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/k_cert/ausnahme", nil},
		{"land", "/leistungen/{leistung}/roll-in/aufgaben/{schritt}", "/sammelaenderungen/vorschau", url.Values{"to": {"in_progress"}, "on": {"today"}, "valid_until": {""}}},
	},
}

// stage brings about what some forms wait for and adds the addresses that need to be asked for something.
func (m *marker) stage(t *testing.T) {
	t.Helper()
	p := m.p
	m.own["gelöst"] = p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_survey"})
	dbtest.Admin[string](t, p.World, `UPDATE portal.service SET piloting = true WHERE slug = 'elterngeld' AND ministry_id IS NOT NULL RETURNING slug`)
	p.decided(t, "land", "tmsgaf", "elterngeld")
	for kind, product := range map[profile.Kind]string{profile.PostOffice: "nicht vorhanden", profile.DMS: "Docuware", profile.Variant: "noch offen", profile.Payment: "ePayBL"} {
		must(t, profile.NewService(p.DB).Save(t.Context(), p.As(t, "k16051"), "16051", profile.Input{ID: uuid.New(), Kind: kind, Details: map[string]string{profile.Product: product}}))
	}
	at := time.Now().Add(-2 * time.Hour)
	held := event.Input{ID: uuid.New(), Kind: event.Consultation, Title: "Sprechstunde", Place: "Erfurt", StartsAt: at, EndsAt: at.Add(time.Hour)}
	must(t, event.NewService(p.DB).Plan(t.Context(), p.As(t, "land"), held))
	for _, path := range []string{
		"/termine/" + held.ID.String(), "/matrix/ansichten?ansicht=leistung%3Dwohngeld", "/matrix?ankreuzen=ja",
		"/kommunen/16051/leistungen/elterngeld/schreiben",
		"/leistungen/elterngeld/roll-in/aufnahme", "/leistungen/elterngeld/roll-in/auswertung", "/umfragen/" + m.own["umfrage"] + "/antworten/16051",
	} {
		m.paths[path] = true
	}
	for _, r := range p.server.Routes() {
		if r.Method == http.MethodGet && r.Pattern != "/login" {
			m.paths[fill(t, r.Pattern, m.own)] = true
		}
	}
}

// plan are the forms of a roll-in in two waves without Gotha, and of its first town's way to the gate.
func (m *marker) plan(t *testing.T) []deed {
	const start, town = "/leistungen/elterngeld/roll-in/start/", "/kommunen/16051/leistungen/elterngeld"
	waves := url.Values{"name": {"Nord", "Süd"}, "old": {"1", "2"}, "piloted": {"1"}, "act": nil}
	in := m.p.allIn(t, "16067")
	for _, key := range in {
		waves.Set("body_"+key, "2")
	}
	waves.Set("body_16051", "1")
	monday := time.Now().AddDate(1, 0, 0)
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	day := func(weeks int) string { return monday.AddDate(0, 0, 7*weeks).Format("02.01.2006") }
	return []deed{
		{"land", start + "umfang", start + "umfang", url.Values{"in": in, "act": nil, "reason_16067": {toMark}}},
		{"land", start + "wellen", start + "wellen", waves},
		{"land", start + "termine", start + "termine", url.Values{"from": {day(0), day(8)}, "until": {day(1), day(20)}, "capacity_KIV": {"20"}, "capacity_TLRZ": {"20"}, "act": nil}},
		{"land", start + "schreiben", start + "schreiben", url.Values{"act": nil}},
		{"land", start + "vorschau", "/leistungen/elterngeld/roll-in", nil},
		{"land", "/leistungen/elterngeld/roll-in/auswertung", "/leistungen/elterngeld/roll-in/auswertung", url.Values{"outcome": {"adjust"}, "weeks": {""}}},
		{"k16051", "/umfragen/{umfrage}", "/umfragen/{umfrage}/antwort", nil},
		{"land", "/umfragen/{umfrage}/antworten/16051", "/umfragen/{umfrage}/antworten/16051", url.Values{"act": {"return"}}},
		{"land", "/umfragen/produkte", "/umfragen/produkte", nil},
		{"k16051", town + "/aufgaben/k_release", town + "/aufgaben/k_release", url.Values{"to": {"submitted"}, "evidence_url": {""}}},
		{"land", town + "/aufgaben/k_release", town + "/aufgaben/k_release/pruefung", url.Values{"to": {"returned"}}},
		{"k16051", town + "/aufgaben/k_release", town + "/aufgaben/k_release", url.Values{"to": {"submitted"}, "evidence_url": {""}}},
		{"land", town + "/aufgaben/k_release", town + "/aufgaben/k_release/pruefung", url.Values{"to": {"done"}}},
		{"k16051", town + "/produktiv", town + "/produktiv", url.Values{"on": {"today"}, "evidence_url": {""}}},
	}
}

// upTo finishes everything that stands before a step of Erfurt for Elterngeld, each as whoever does or checks it.
func (m *marker) upTo(t *testing.T, until string) {
	t.Helper()
	s, town := onboarding.NewService(m.p.DB), m.p.As(t, "k16051")
	for _, key := range []string{"l_funding", "l_contract", "l_stamm", "l_guide", "l_support", "l_pilots"} {
		_, step, err := s.LandStep(t.Context(), m.p.As(t, "land"), "elterngeld", key, 0)
		must(t, err)
		if !step.State.Finished() {
			m.p.finishLandStep(t, "elterngeld", key)
		}
	}
	c, err := s.Checklist(t.Context(), town, "16051", "elterngeld", 0)
	must(t, err)
	for _, step := range c.Steps {
		task, err := s.Task(t.Context(), town, "16051", "elterngeld", step.Key, 0)
		must(t, err)
		now := task.Step
		switch {
		case step.Key == until:
			return
		case now.State.Finished():
		case now.RequiresReview():
			must(t, s.ChangeStep(t.Context(), town, "16051", "elterngeld", step.Key, dbtest.Wish(now, onboarding.Submitted)))
			task, err = s.Task(t.Context(), town, "16051", "elterngeld", step.Key, 0)
			must(t, err)
			must(t, s.ReviewStep(t.Context(), m.p.As(t, m.p.Checker(t, "16051", now)), "16051", "elterngeld", step.Key, dbtest.Wish(task.Step, onboarding.Done)))
		default:
			must(t, s.ChangeStep(t.Context(), town, "16051", "elterngeld", step.Key, dbtest.Wish(now, onboarding.Done)))
		}
	}
}
