package savedview_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/savedview"
)

type world struct {
	*dbtest.World
	*savedview.Service
	t *testing.T
}

func newWorld(t *testing.T) world {
	w := dbtest.New(t)
	return world{w, savedview.NewService(w.DB), t}
}

func (w world) save(login string, in savedview.Input) uuid.UUID {
	w.t.Helper()
	id := uuid.New()
	if err := w.Save(w.t.Context(), w.As(w.t, login), id, in); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w world) names(login string) string {
	w.t.Helper()
	found, _, err := w.List(w.t.Context(), w.As(w.t, login), func([]savedview.View) []string { return nil })
	if err != nil {
		w.t.Fatal(err)
	}
	var names []string
	for _, v := range found {
		names = append(names, v.Name)
	}
	return strings.Join(names, ", ")
}

func TestAViewIsOnesOwnUntilItIsShared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.save("land", savedview.Input{Name: "  Wohngeld   Technik ", Query: "leistung=wohngeld"})
	if got := w.names("land") + "|" + w.names("redaktion"); got != "Wohngeld Technik|" {
		t.Errorf("land|redaktion read %q", got)
	}
	ctx := t.Context()
	if err := w.Change(ctx, w.As(t, "redaktion"), id, 1, savedview.Input{Name: "x"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("what is not shared is %v", err)
	}
	if err := w.Change(ctx, w.As(t, "land"), id, 1, savedview.Input{Name: "Technik", Shared: true}); err != nil {
		t.Fatal(err)
	}
	for login, want := range map[string]string{"redaktion": "Technik", "tmdi-referat": "", "k16051": "", "d-land": ""} {
		if got := w.names(login); got != want {
			t.Errorf("%s reads %q, want %q", login, got, want)
		}
	}
	for _, c := range []struct {
		name string
		kind fault.Kind
		err  error
	}{
		{"a colleague", fault.Forbidden, w.Change(ctx, w.As(t, "redaktion"), id, 2, savedview.Input{Name: "x"})},
		{"another organisation", fault.NotFound, w.Delete(ctx, w.As(t, "k16051"), id, 2)},
		{"another Land", fault.NotFound, w.Delete(ctx, w.As(t, "d-land"), id, 2)},
		{"an old page", fault.Conflict, w.Delete(ctx, w.As(t, "land"), id, 1)},
		{"a role without the matrix", fault.Forbidden, w.Save(ctx, w.As(t, "gremium"), uuid.New(), savedview.Input{Name: "x"})},
		{"no name", fault.Invalid, w.Change(ctx, w.As(t, "land"), id, 2, savedview.Input{Name: " "})},
		{"a long name", fault.Invalid, w.Save(ctx, w.As(t, "land"), uuid.New(), savedview.Input{Name: strings.Repeat("x", 81)})},
		{"a name twice", fault.Invalid, w.Save(ctx, w.As(t, "land"), uuid.New(), savedview.Input{Name: "Technik"})},
	} {
		if fault.KindOf(c.err) != c.kind {
			t.Errorf("%s: %v, want %v", c.name, c.err, c.kind)
		}
	}
	for range 2 { // a double click
		if err := w.Save(ctx, w.As(t, "land"), id, savedview.Input{Name: "anders"}); err != nil {
			t.Error(err)
		}
	}
	if err := w.Delete(ctx, w.As(t, "land"), id, 2); err != nil || w.names("land") != "" {
		t.Errorf("deleted: %v, %q", err, w.names("land"))
	}
}

// TestTwoSavesAtOnceKeepOneName: two windows of a person, or a double click, and nothing is there twice.
func TestTwoSavesAtOnceKeepOneName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who, id := w.As(t, "land"), uuid.New()
	said := make(chan error, 8)
	for n := range cap(said) {
		at := id // one form, sent twice
		if n%2 == 1 {
			at = uuid.New() // another window
		}
		go func() { said <- w.Save(t.Context(), who, at, savedview.Input{Name: "Technik"}) }()
	}
	for range cap(said) {
		if err := <-said; err != nil && fault.KindOf(err) != fault.Invalid {
			t.Error(err)
		}
	}
	if got := w.names("land"); got != "Technik" {
		t.Errorf("kept: %q", got)
	}
}

func TestAPersonKeepsTwentyViews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range savedview.Most {
		w.save("land", savedview.Input{Name: strconv.Itoa(n)})
	}
	if err := w.Save(t.Context(), w.As(t, "land"), uuid.New(), savedview.Input{Name: "zu viel"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("the next one: %v", err)
	}
	w.save("redaktion", savedview.Input{Name: "0"})
}
