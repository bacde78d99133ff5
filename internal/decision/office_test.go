package decision_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/postgres"
)

// office is a ministry at work: one person prepares, another decides.
type office struct {
	*dbtest.World
	*decision.Service
	land, referat, leitung access.Actor
}

func newOffice(t *testing.T, options ...postgres.Option) office {
	t.Helper()
	w := dbtest.New(t, options...)
	return office{w, decision.NewService(w.DB), w.As(t, "land"), w.As(t, "tmikl-referat"), w.As(t, "tmikl-leitung")}
}

var ctx = context.Background()

// requested is a draft about Einbürgerung that the Land asked for.
func (o office) requested(t *testing.T) uuid.UUID {
	t.Helper()
	id := uuid.New()
	o.must(t, o.Request(ctx, o.land, decision.Request{ID: id, ServiceSlug: "einbuergerung", Occasion: "Fokusleistung"}))
	return id
}

// submitted is a case that waits for its decision.
func (o office) submitted(t *testing.T) uuid.UUID {
	t.Helper()
	id := o.requested(t)
	o.submit(t, id)
	return id
}

func (o office) submit(t *testing.T, id uuid.UUID) {
	t.Helper()
	yes := true
	for _, k := range decision.Kinds {
		o.must(t, o.Review(ctx, o.referat, id, k, decision.ReviewInput{Version: 1, Result: decision.Positive, CrossLand: &yes}))
	}
	o.assess(t, id)
	o.must(t, o.Submit(ctx, o.referat, id, o.version(t, id)))
}

// assess enters the least that can be compared.
func (o office) assess(t *testing.T, id uuid.UUID) {
	t.Helper()
	o.must(t, o.AssessFrame(ctx, o.referat, id, 1, economics.Frame{FirstYear: 2027, Years: 5, RateBP: 250, RateSource: "Erlass"}))
	for _, which := range []economics.Alternative{economics.Reuse, economics.AsIs} {
		o.must(t, o.AssessOption(ctx, o.referat, id, 1, economics.Option{Alternative: which, Items: []economics.Item{
			{Label: "Betrieb", Kind: economics.CostYearly, Payer: economics.Land, Cents: 3_100_000, Source: "Angebot"},
		}}))
	}
}

func (o office) seen(t *testing.T, id uuid.UUID) int64 {
	t.Helper()
	return o.show(t, o.leitung, id).Seen
}

func (o office) version(t *testing.T, id uuid.UUID) int64 {
	t.Helper()
	return o.show(t, o.referat, id).Version
}

func (o office) show(t *testing.T, who access.Actor, id uuid.UUID) decision.Shown {
	t.Helper()
	d, err := o.Show(ctx, who, id, 50)
	o.must(t, err)
	return d
}

func (o office) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// decided is a case with a decision of the second person.
func (o office) decided(t *testing.T, outcome decision.State) uuid.UUID {
	t.Helper()
	id := o.submitted(t)
	until := time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	o.must(t, o.Decide(ctx, o.leitung, id, decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Outcome: outcome, Ground: decision.Grounds[outcome][0], Reason: "begründet", DeferredUntil: &until}))
	return id
}

func (o office) approvedFor(t *testing.T, service uuid.UUID) (d decision.Decision) {
	t.Helper()
	o.must(t, o.DB.Read(ctx, o.land, access.RolloutPlan, func(tx *postgres.Tx) (err error) {
		d, err = decision.ApprovedFor(ctx, tx, service)
		return err
	}))
	return d
}

// exec changes what no use case changes, behind row security.
func (o office) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(ctx, o.AdminURL)
	o.must(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql, args...)
	o.must(t, err)
}

func trail(d decision.Shown) string {
	var text strings.Builder
	for _, e := range d.Trail {
		text.WriteString(e.Action)
		for _, c := range e.Changes {
			text.WriteString(" " + c.New)
		}
		text.WriteString("\n")
	}
	return text.String()
}
