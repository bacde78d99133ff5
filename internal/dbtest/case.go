package dbtest

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/decision"
)

// Case has the Land ask a ministry for its decision about a service, and returns the case.
func (w *World) Case(t testing.TB, slug string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	err := decision.NewService(w.DB).Request(context.Background(), w.As(t, "land"), decision.Request{ID: id, ServiceSlug: slug, Occasion: "Test"})
	if err != nil {
		t.Fatalf("ask for a decision about %s: %v", slug, err)
	}
	return id
}

// Waive has a ministry (its key in small letters) do without every review that is open in a case.
func (w *World) Waive(t testing.TB, ministry string, id uuid.UUID) {
	t.Helper()
	ctx, s, referat := context.Background(), decision.NewService(w.DB), w.As(t, ministry+"-referat")
	for _, kind := range decision.Kinds {
		found, err := s.ShowReviews(ctx, referat, id, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range found.Reviews {
			if r.Kind == kind && r.Result == decision.Open {
				if err := s.Review(ctx, referat, id, kind, decision.ReviewInput{Version: r.Version, Result: decision.Waived, Note: "Test"}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
