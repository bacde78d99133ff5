package decisionpage_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/onboarding"
	"rollinportal/web/decisionpage"
	"rollinportal/web/evidencepage"
	"rollinportal/web/page"
	"rollinportal/web/pagetest"
)

var ctx = context.Background()

// site is the pages of this room over a database of their own.
type site struct {
	*dbtest.World
	decisions *decision.Service
	pagetest.Site
	land, referat, leitung access.Actor
}

func newSite(t *testing.T) site {
	t.Helper()
	w := dbtest.New(t)
	s := site{World: w, decisions: decision.NewService(w.DB), Site: pagetest.NewSite()}
	s.land, s.referat, s.leitung = w.As(t, "land"), w.As(t, "tmikl-referat"), w.As(t, "tmikl-leitung")
	shell := page.Shell{Asset: func(name string) string { return "/static/" + name }}
	p := decisionpage.Pages{Shell: shell, Decisions: s.decisions, Onboardings: onboarding.NewService(w.DB), Papers: evidencepage.Pages{}.Papers}
	get, post := s.Shows, s.Takes
	get("/entscheidungen", access.DecisionView, p.List)
	get("/entscheidungen/neu", access.DecisionRequest, p.New)
	post("/entscheidungen", access.DecisionRequest, p.Create)
	get("/entscheidungen/{id}", access.DecisionView, p.Show)
	get("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalView, p.Review)
	post("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalEdit, p.SaveReview)
	post("/entscheidungen/{id}/einreichen", access.DecisionInternalEdit, p.Submit)
	post("/entscheidungen/{id}/zurueckziehen", access.DecisionInternalEdit, p.Withdraw)
	get("/entscheidungen/{id}/beschluss", access.DecisionDecide, p.Consider)
	post("/entscheidungen/{id}/beschluss", access.DecisionDecide, p.Decide)
	get("/entscheidungen/{id}/stellungnahmen/neu", access.DecisionInternalEdit, p.AskForm)
	post("/entscheidungen/{id}/stellungnahmen", access.DecisionInternalEdit, p.Ask)
	get("/entscheidungen/{id}/aufheben", access.DecisionReopen, p.ConsiderRevoking)
	post("/entscheidungen/{id}/aufheben", access.DecisionReopen, p.Revoke)
	get("/entscheidungen/vertretung", access.DecisionDecide, p.Delegations)
	post("/entscheidungen/vertretung", access.DecisionDecide, p.Delegate)
	post("/entscheidungen/vertretung/{vertretung}/beenden", access.DecisionDecide, p.EndDelegation)
	return s
}

// requested is a draft about Einbürgerung that the Land asked for.
func (s site) requested(t *testing.T) (uuid.UUID, string) {
	t.Helper()
	id := uuid.New()
	if err := s.decisions.Request(ctx, s.land, decision.Request{ID: id, ServiceSlug: "einbuergerung", Occasion: "Fokusleistung"}); err != nil {
		t.Fatal(err)
	}
	return id, "/entscheidungen/" + id.String()
}

// submitted is a case that waits for the second person.
func (s site) submitted(t *testing.T) (uuid.UUID, string) {
	t.Helper()
	id, path := s.requested(t)
	for _, art := range []string{"fachlich", "technisch", "datenschutz", "wirtschaftlichkeit"} {
		s.Post(t, s.referat, path+"/pruefungen/"+art, "version", "1", "result", "positive_with_conditions", "note", "Vermerk "+art, "cross_land", "ja").WantRedirect(path)
	}
	s.assess(t, id)
	s.Post(t, s.referat, path+"/einreichen", "version", s.version(t, path)).WantRedirect(path)
	return id, path
}

// assess enters the least that can be compared.
func (s site) assess(t *testing.T, id uuid.UUID) {
	t.Helper()
	err := s.decisions.AssessFrame(ctx, s.referat, id, 1, economics.Frame{FirstYear: 2027, Years: 5})
	for _, which := range []economics.Alternative{economics.Reuse, economics.AsIs} {
		err = errors.Join(err, s.decisions.AssessOption(ctx, s.referat, id, 1, economics.Option{Alternative: which, Items: []economics.Item{
			{Label: "Betrieb", Kind: economics.CostYearly, Payer: economics.Land, Cents: 3_100_000, Source: "Angebot"},
		}}))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// version is what the forms of a case carry.
func (s site) version(t *testing.T, path string) string {
	t.Helper()
	return s.Get(t, s.referat, path).Value("input[name=version]", "value")
}
