package onboarding_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// counter counts the statements that reach the database, begin and commit apart.
type counter struct{ n atomic.Int64 }

func (c *counter) count(sql string) {
	if first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(sql)), " "); first != "begin" && first != "commit" && first != "rollback" {
		c.n.Add(1)
	}
}

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	c.count(d.SQL)
	return ctx
}
func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (c *counter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (c *counter) TraceBatchQuery(_ context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	c.count(d.SQL)
}
func (c *counter) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// Opening the context is one statement; a page has two of its own and a change four (issue 2), however many people hear
// of it.
func TestStatementsAreFew(t *testing.T) {
	t.Parallel()
	statements := &counter{}
	base := dbtest.New(t, postgres.WithTracer(statements))
	w := world{base, onboarding.NewService(base.DB), t}
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_web")
	kk, land := w.as("k16051"), w.as("land")
	basis, own := w.step("k16051", body, slug, "k_survey"), w.step("k16051", body, slug, "k_web")
	_, guide, err := w.LandStep(t.Context(), land, slug, "l_guide", 5)
	w.must(err)
	later := time.Now().AddDate(0, 1, 0)
	for _, c := range []struct {
		name string
		most int64
		do   func() error
	}{
		{"checklist", 3, func() error { _, err := w.Checklist(t.Context(), kk, body, slug, 5); return err }},
		{"task", 3, func() error { _, err := w.Task(t.Context(), kk, body, slug, "k_web", 5); return err }},
		{"Land steps", 3, func() error { _, err := w.LandSteps(t.Context(), land, slug); return err }},
		{"Land step", 3, func() error { _, _, err := w.LandStep(t.Context(), land, slug, "l_guide", 5); return err }},
		{"preview", 3, func() error { _, err := w.Preview(t.Context(), land, slug); return err }},
		{"hand over", 5, func() error {
			in := onboarding.HandOverInput{ID: uuid.New(), Version: own.Version, PartyKey: "TLRZ", Since: workday.Day(time.Now())}
			own.Version++
			return w.HandOver(t.Context(), kk, body, slug, "k_web", in)
		}},
		{"own step", 5, func() error {
			return w.ChangeStep(t.Context(), kk, body, slug, "k_web", dbtest.Wish(own, onboarding.Done))
		}},
		{"basis step", 5, func() error {
			return w.ChangeStep(t.Context(), kk, body, slug, "k_survey", dbtest.Wish(basis, onboarding.InProgress))
		}},
		{"step of the Land", 4, func() error {
			return w.ChangeLandStep(t.Context(), land, slug, "l_guide", dbtest.Wish(guide, onboarding.InProgress))
		}},
		{"state", 5, func() error {
			in := onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "so", ResumeOn: &later}
			return w.ChangeState(t.Context(), land, body, slug, in)
		}},
	} {
		before := statements.n.Load()
		w.must(c.do())
		if n := statements.n.Load() - before; n > c.most {
			t.Errorf("%s: %d statements, want at most %d", c.name, n, c.most)
		}
	}
}
