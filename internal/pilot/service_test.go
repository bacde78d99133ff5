package pilot_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/pilot"
	"rollinportal/internal/workday"
)

const slug = "wohngeld"

// world is a Land with a service that is to be piloted.
type world struct {
	*dbtest.World
	*pilot.Service
	t *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	w := dbtest.New(t)
	dbtest.Admin[string](t, w, `UPDATE portal.service SET piloting = true, published_at = now()
		WHERE slug = 'wohngeld' AND land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen') RETURNING slug`)
	return world{w, pilot.NewService(w.DB), t}
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) page(login string) *pilot.Page {
	w.t.Helper()
	p, err := w.Page(w.t.Context(), w.as(login), slug)
	w.must(err)
	return p
}

// publish opens a call for two pilots.
func (w world) publish() uuid.UUID {
	w.t.Helper()
	d := pilot.Draft{ID: uuid.New(), Text: "Wir suchen zwei Pilotkommunen.", ClosesOn: workday.Day(time.Now()).AddDate(0, 1, 0), Places: 2}
	w.must(w.Publish(w.t.Context(), w.as("land"), slug, d))
	w.must(w.Publish(w.t.Context(), w.as("land"), slug, d)) // a second click
	return d.ID
}

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestACallThatDoesNotHoldIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := func() pilot.Draft {
		return pilot.Draft{ID: uuid.New(), Text: "Wir suchen.", ClosesOn: workday.Day(time.Now()), Places: 1}
	}
	for name, spoil := range map[string]func(*pilot.Draft){
		"no text":     func(d *pilot.Draft) { d.Text = " " },
		"in the past": func(d *pilot.Draft) { d.ClosesOn = d.ClosesOn.AddDate(0, 0, -1) },
		"no place":    func(d *pilot.Draft) { d.Places = 0 },
		"for ever":    func(d *pilot.Draft) { d.ClosesOn = d.ClosesOn.AddDate(2, 0, 0) },
	} {
		d := good()
		spoil(&d)
		dbtest.Wants(t, name, w.Publish(t.Context(), w.as("land"), slug, d), fault.Invalid)
	}
	dbtest.Wants(t, "not piloted", w.Publish(t.Context(), w.as("land"), "einbuergerung", good()), fault.Conflict)
	for _, login := range []string{"redaktion", "k16051", "tmdi-referat", "tlrz"} {
		dbtest.Wants(t, login, w.Publish(t.Context(), w.as(login), slug, good()), fault.Forbidden)
	}
	w.publish()
	dbtest.Wants(t, "a second call", w.Publish(t.Context(), w.as("land2"), slug, good()), fault.Conflict)
}

func TestABodyAppliesAndSeesOnlyItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	call := w.publish()
	apply := func(login, sentence string) error {
		return w.Apply(t.Context(), w.as(login), slug, call, sentence)
	}
	dbtest.Wants(t, "without a sentence", apply("k16051", " "), fault.Invalid)
	dbtest.Wants(t, "an editor", apply("k16051-b", "Wir wollen."), fault.Forbidden)
	dbtest.Wants(t, "a call that is none", w.Apply(t.Context(), w.as("k16051"), slug, uuid.New(), "Wir wollen."), fault.NotFound)
	results := make(chan error)
	for range 2 {
		go func() { results <- apply("k16051", "Wir wollen.") }()
	}
	w.must(<-results)
	w.must(<-results)
	w.must(apply("k16052", "Wir auch."))
	if p := w.page("k16051"); len(p.Applications) != 1 || p.Own(w.as("k16051").Org.ID).Sentence != "Wir wollen." {
		t.Errorf("Erfurt sees %v", p.Applications)
	}
	if p := w.page("k16053"); len(p.Applications) != 0 {
		t.Errorf("Jena sees %v", p.Applications)
	}
	if p := w.page("land"); len(p.Applications) != 2 {
		t.Errorf("the Land sees %v", p.Applications)
	}
	w.must(w.Withdraw(t.Context(), w.as("k16052"), slug))
	w.must(w.Withdraw(t.Context(), w.as("k16052"), slug))
	dbtest.Wants(t, "withdrawing nothing", w.Withdraw(t.Context(), w.as("k16053"), slug), fault.NotFound)
	w.must(apply("k16052", "Doch."))
}

func TestTheLandChoosesWithReasonsAndEverybodyHears(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	call := w.publish()
	for _, login := range []string{"k16051", "k16052", "k16053"} {
		w.must(w.Apply(t.Context(), w.as(login), slug, call, "Wir wollen."))
	}
	w.must(w.Withdraw(t.Context(), w.as("k16053"), slug))
	choices := func(selected bool) []pilot.Choice {
		var found []pilot.Choice
		for _, a := range w.page("land").Applications {
			found = append(found, pilot.Choice{Key: a.Key, Version: a.Version, Selected: selected && a.Key == "16051", Reason: "Fachverfahren X"})
		}
		return found
	}
	land := w.as("land")
	stale := choices(true)
	w.must(w.Apply(t.Context(), w.as("k16052"), slug, call, "Wir wollen wirklich."))
	dbtest.Wants(t, "an application that changed", w.Choose(t.Context(), land, slug, call, stale), fault.Conflict)
	silent := choices(true)
	silent[0].Reason = " "
	dbtest.Wants(t, "without a reason", w.Choose(t.Context(), land, slug, call, silent), fault.Invalid)
	dbtest.Wants(t, "a town", w.Choose(t.Context(), w.as("k16051"), slug, call, choices(true)), fault.Forbidden)
	last := choices(true)
	w.must(w.Choose(t.Context(), land, slug, call, last))
	w.must(w.Choose(t.Context(), land, slug, call, last)) // a second click
	dbtest.Wants(t, "another choice", w.Choose(t.Context(), w.as("land2"), slug, call, choices(false)), fault.Conflict)
	if a := w.page("k16051").Own(w.as("k16051").Org.ID); a.State != pilot.Selected || a.Reason != "Fachverfahren X" {
		t.Errorf("Erfurt: %+v", a)
	}
	if a := w.page("k16052").Own(w.as("k16052").Org.ID); a.State != pilot.Declined {
		t.Errorf("Gera: %+v", a)
	}
	told := func(key string) string {
		return dbtest.Admin[string](t, w.World, `SELECT coalesce(string_agg(DISTINCT n.text, ' | '), '') FROM portal.notice n
			JOIN portal.organisation o USING (land_id, org_id) WHERE n.kind = 'pilot.chosen' AND o.key = $1`, key)
	}
	for key, want := range map[string]string{
		"16051": "Ihre Einheit ist Pilotkommune für „Wohngeld“. Begründung: Fachverfahren X",
		"16052": "Ihre Einheit ist nicht als Pilotkommune für „Wohngeld“ ausgewählt. Begründung: Fachverfahren X",
		"16053": "Die Pilotkommunen für „Wohngeld“ stehen fest: Erfurt.", // took its application back
		"16054": "Die Pilotkommunen für „Wohngeld“ stehen fest: Erfurt.", // was called and said nothing
	} {
		if got := told(key); got != want {
			t.Errorf("%s hears %q, want %q", key, got, want)
		}
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(DISTINCT org_id) FROM portal.notice WHERE kind = 'pilot.chosen'`); n != 22 {
		t.Errorf("%d bodies hear the result, want 22", n)
	}
	dbtest.Wants(t, "applying afterwards", w.Apply(t.Context(), w.as("k16054"), slug, call, "Zu spät."), fault.Conflict)
	dbtest.Wants(t, "withdrawing afterwards", w.Withdraw(t.Context(), w.as("k16051"), slug), fault.Conflict)
}

func TestACallThatClosedTakesNothingMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	call := w.publish()
	dbtest.Admin[string](t, w.World, `UPDATE portal.pilot_call SET closes_on = current_date - 2 RETURNING 'closed'`)
	dbtest.Wants(t, "too late", w.Apply(t.Context(), w.as("k16051"), slug, call, "Wir wollen."), fault.Conflict)
}

func TestAnotherLandHasItsOwnCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish()
	p, err := w.Page(t.Context(), w.as("d-k1"), slug)
	if err == nil && p.Call != nil {
		t.Error("Demoland reads a call of Thüringen")
	}
}
