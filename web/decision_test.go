package web_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/decision"
)

// opinionOf has a ministry ask an IT provider about a service.
func (p *portal) opinionOf(t *testing.T, login, slug, party string) uuid.UUID {
	t.Helper()
	ctx, who, cases := t.Context(), p.As(t, login), decision.NewService(p.DB)
	id, opinion, due := uuid.New(), uuid.New(), time.Now().AddDate(0, 1, 0)
	must(t, cases.Request(ctx, who, decision.Request{ID: id, ServiceSlug: slug, Occasion: "Test"}))
	must(t, cases.Ask(ctx, who, id, decision.AskInput{ID: opinion, Kind: decision.TechnicalOpinion, PartyKey: party, Question: "Geht das?", DueOn: &due}))
	return opinion
}

// delegationOf lets one decider stand in for another.
func (p *portal) delegationOf(t *testing.T, from, to string) uuid.UUID {
	t.Helper()
	id, day := uuid.New(), time.Now().AddDate(0, 0, 2)
	must(t, decision.NewService(p.DB).Delegate(t.Context(), p.As(t, from), decision.DelegateInput{ID: id, To: p.As(t, to).Person, Begins: &day, Ends: &day, Reason: "Test"}))
	return id
}
