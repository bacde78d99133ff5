package privacy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/internal/privacy"
)

const secret = "Der Hersteller verlangt 4711 Euro."

// busy is a world in which a person of a ministry has done something that only the ministry may read.
func busy(t *testing.T) (*dbtest.World, access.Actor) {
	t.Helper()
	w := dbtest.New(t)
	who := w.As(t, "tmdi-referat")
	acted(t, w, who)
	return w, who
}

// review lets a person of a ministry write a note that only the ministry may read.
func review(t *testing.T, w *dbtest.World, who access.Actor) {
	t.Helper()
	id, s := uuid.New(), decision.NewService(w.DB)
	must(t, s.Request(t.Context(), w.As(t, "land"), decision.Request{ID: id, ServiceSlug: "wohngeld", Occasion: "Test"}))
	found, err := s.ShowReviews(t.Context(), who, id, 1)
	must(t, err)
	must(t, s.Review(t.Context(), who, id, found.Reviews[0].Kind, decision.ReviewInput{Version: found.Reviews[0].Version, Result: decision.Waived, Note: secret}))
}

// TestAnExportTellsEveryRow compares an export with a count of every registered column, past row security.
func TestAnExportTellsEveryRow(t *testing.T) {
	t.Parallel()
	w, who := busy(t)
	d, err := privacy.NewService(w.DB).Own(t.Context(), who)
	must(t, err)
	told := map[string]int{}
	for _, s := range d.Sections {
		told[s.Title+"."+s.Part] += len(s.Entries)
	}
	for name, want := range map[string]int{
		"Prüfungen.reviewed_by":                dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.review WHERE reviewed_by = $1`, who.Person),
		"Verlauf.actor":                        dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.audit_event WHERE actor = $1`, who.Person),
		"Mitteilungen an die Person.person_id": dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.notice WHERE person_id = $1`, who.Person),
		"Person.":                              1,
		"Zugänge.":                             1,
		"Sitzungen.":                           dbtest.Admin[int](t, w, `SELECT count(*) FROM auth.session JOIN auth.membership USING (membership_id) WHERE person_id = $1`, who.Person),
	} {
		if want == 0 || told[name] != want {
			t.Errorf("%s: %d entries told, %d stored", name, told[name], want)
		}
	}
}

func TestTheLandDisclosesWithoutPrivateTexts(t *testing.T) {
	t.Parallel()
	w, who := busy(t)
	s := privacy.NewService(w.DB)
	d, err := s.Disclose(t.Context(), w.As(t, "land"), who.Person)
	must(t, err)
	text := jsonOf(t, d)
	if !strings.Contains(text, who.Name) || !strings.Contains(text, "Prüfungen") {
		t.Errorf("the disclosure does not say who it is about, or what they did: %.300s", text)
	}
	for _, hidden := range []string{secret, `"text"`, `"note"`, w.As(t, "tmdi-leitung").Person.String()} {
		if strings.Contains(text, hidden) {
			t.Errorf("the Land reads %s", hidden)
		}
	}
	own, err := s.Own(t.Context(), who)
	must(t, err)
	if !strings.Contains(jsonOf(t, own), `"text"`) {
		t.Error("the person does not read the text of their own notices")
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.audit_event WHERE action = 'person.disclose' AND record = $1`, who.Person); n != 1 {
		t.Errorf("%d entries in the trail, want one", n)
	}
}

func TestNobodyElseDisclosesOrCorrects(t *testing.T) {
	t.Parallel()
	w, who := busy(t)
	s := privacy.NewService(w.DB)
	for login, want := range map[string]fault.Kind{
		"d-land": fault.NotFound, "redaktion": fault.Forbidden, "k16051": fault.Forbidden, "tmdi-leitung": fault.Forbidden, "betreiber": fault.Forbidden,
	} {
		if _, err := s.Disclose(t.Context(), w.As(t, login), who.Person); fault.KindOf(err) != want {
			t.Errorf("%s discloses: %v", login, err)
		}
		if err := s.Correct(t.Context(), w.As(t, login), who.Person, privacy.Correction{Name: "X", WasName: who.Name}); fault.KindOf(err) != want {
			t.Errorf("%s corrects: %v", login, err)
		}
	}
}

func TestACorrectionHoldsUntilTheProviderSaysOtherwise(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land, who := privacy.NewService(w.DB), w.As(t, "land"), w.As(t, "k16051")
	was, err := s.Person(t.Context(), land, who.Person)
	must(t, err)
	right := privacy.Correction{Name: "Anna Müller-Beispiel", Email: "anna@stadt.example", WasName: was.Name, WasEmail: was.Email}
	must(t, s.Correct(t.Context(), land, who.Person, right))
	must(t, s.Correct(t.Context(), land, who.Person, right)) // a double click
	if err := s.Correct(t.Context(), land, who.Person, privacy.Correction{Name: "Anna", Email: "a@[127.0.0.1]", WasName: was.Name}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an address of a machine: %v", err)
	}
	late := privacy.Correction{Name: "Andere", WasName: was.Name, WasEmail: was.Email}
	if err := s.Correct(t.Context(), land, who.Person, late); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a correction of what is no longer there: %v, want a conflict", err)
	}
	if now := w.As(t, "k16051"); now.Name != right.Name {
		t.Errorf("after the correction: %q", now.Name)
	}
	_, err = identity.NewService(w.DB).SignIn(t.Context(), identity.Person{Issuer: dbtest.Issuer, Subject: "k16051", Name: "Vom Anmeldedienst", Email: "neu@stadt.example"})
	must(t, err)
	if now := w.As(t, "k16051"); now.Name != "Vom Anmeldedienst" {
		t.Errorf("after the next sign-in: %q, want the provider's word", now.Name)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.audit_event e WHERE e.action = 'person.correct' AND e::text NOT LIKE '%Müller%'`); n != 1 {
		t.Errorf("%d entries in the trail that name nobody, want one", n)
	}
}

func jsonOf(t *testing.T, d privacy.Disclosure) string {
	t.Helper()
	text, err := json.Marshal(d)
	must(t, err)
	return string(text)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
