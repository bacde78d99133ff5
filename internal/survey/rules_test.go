package survey

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/profile"
)

func TestSmallGroupsAreMerged(t *testing.T) {
	t.Parallel()
	body := uuid.New()
	group := func(name string, bodies ...uuid.UUID) Group {
		return Group{Name: name, Count: len(bodies), bodies: bodies}
	}
	many := func(n int) []uuid.UUID {
		found := make([]uuid.UUID, n)
		for i := range found {
			found[i] = uuid.New()
		}
		return found
	}
	for _, c := range []struct {
		name   string
		groups []Group
		alone  int // groups that keep their name
		rest   int // bodies that are merged
	}{
		{"all large", []Group{group("a", many(5)...), group("b", many(3)...)}, 2, 0},
		{"the small ones", []Group{group("a", many(5)...), group("b", many(2)...), group("c", many(1)...)}, 1, 3},
		{"a small rest takes the next group along", []Group{group("a", many(5)...), group("b", many(3)...), group("c", many(1)...)}, 1, 4},
		{"one body with many products is one body", []Group{group("a", many(9)...), group("b", body), group("c", body), group("d", body)}, 0, 10},
	} {
		alone, rest := 0, 0
		for _, g := range merge(c.groups) {
			if g.Rest {
				rest = g.Count
			} else {
				alone++
			}
		}
		if alone != c.alone || rest != c.rest {
			t.Errorf("%s: %d alone and %d merged, want %d and %d", c.name, alone, rest, c.alone, c.rest)
		}
	}
}

func TestSpellingsCountAsProducts(t *testing.T) {
	t.Parallel()
	own := []Spelling{{Key: profile.ProductKey("Akten-Meister"), Products: []string{"AktenMeister"}}}
	for answer, want := range map[string]string{
		"DocuWare und Enayo": "DocuWare+enaio", "Enaio (Optimal Systems)": "enaio", "Docuware": "DocuWare", "Enayo": "enaio",
		"Aktenmeister": "AktenMeister", "Unbekannt 3000": "Unbekannt 3000",
	} {
		got := ""
		for _, product := range DMS.products(map[string]string{profile.Product: profile.OtherProduct, profile.Other: answer}, counting(own)) {
			if got != "" {
				got += "+"
			}
			got += product
		}
		if got != want {
			t.Errorf("%q counts as %q, want %q", answer, got, want)
		}
	}
}

func TestRoundsGoOneStepAtATime(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	for from, may := range map[State]State{Draft: Open, Open: Closed, Closed: Published, Published: Archived, Archived: ""} {
		for _, to := range []State{Draft, Open, Closed, Published, Archived, ""} {
			r := Round{State: from, Version: 3, ClosesOn: today, Today: today}
			if err := r.turn(to, 3, uuid.New()); (err == nil) != (to == may && to != "") {
				t.Errorf("%s to %q: %v", from, to, err)
			}
		}
	}
	past := Round{State: Draft, Version: 1, ClosesOn: today.AddDate(0, 0, -1), Today: today}
	if past.turn(Open, 1, uuid.New()) == nil {
		t.Error("a round opens after its last day")
	}
}
