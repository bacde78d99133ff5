package planning_test

import (
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/planning"
)

func TestAPlanIsKeptPartByPart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.plan()
	if p.Version != 1 || len(p.Waves) < 2 || !p.Waves[0].Pilot || len(p.Waves[0].Bodies) != 0 || p.Letter != planning.StandardLetter {
		t.Fatalf("the proposal: version %d, waves %+v", p.Version, p.Waves)
	}
	p = w.prepare()
	if len(p.LeftOut) != 1 || len(p.Members()) != 21 || len(p.Unplaced()) != 0 || p.Capacity["KIV"] != 3 || p.Waves[0].From.IsZero() || len(p.Missing()) != 0 {
		t.Errorf("left out %v, %d members, unplaced %v, missing %v", p.LeftOut, len(p.Members()), p.Unplaced(), p.Missing())
	}
	if other, err := w.Plan(t.Context(), w.as("land2"), slug); err != nil || other.Version != p.Version || other.Changer == "" {
		t.Errorf("a colleague reads version %d by %q: %v", other.Version, other.Changer, err)
	}
	for login, kind := range map[string]fault.Kind{"redaktion": fault.Forbidden, "k16051": fault.Forbidden, "tmdi-referat": fault.Forbidden, "tlrz": fault.Forbidden} {
		_, err := w.Plan(t.Context(), w.as(login), slug)
		dbtest.Wants(t, login+" reads", err, kind)
		dbtest.Wants(t, login+" saves", w.SaveLetter(t.Context(), w.as(login), slug, p.Version, planning.StandardLetter), kind)
		dbtest.Wants(t, login+" starts", w.Start(t.Context(), w.as(login), slug, p.Version), kind)
	}
}

func TestTwoPlannersDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	out := []onboarding.LeftOut{{Key: "16054", Reason: "Fachverfahren wechselt"}}
	w.must(w.SaveScope(t.Context(), w.as("land"), slug, 1, out))
	w.must(w.SaveScope(t.Context(), w.as("land"), slug, 1, out)) // a second click
	dbtest.Wants(t, "the first save of a second person", w.SaveScope(t.Context(), w.as("land2"), slug, 1, nil), fault.Conflict)
	dbtest.Wants(t, "an old version", w.SaveLetter(t.Context(), w.as("land"), slug, 1, planning.Letter{Subject: "a", Text: "b", Contact: "c"}), fault.Conflict)
	if p := w.plan(); len(p.LeftOut) != 1 || p.Version != 2 {
		t.Errorf("left out %v at version %d", p.LeftOut, p.Version)
	}
}

func TestAPlanThatDoesNotHoldIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	land, p := w.as("land"), w.plan()
	dbtest.Wants(t, "left out without a reason", w.SaveScope(t.Context(), land, slug, 1, []onboarding.LeftOut{{Key: "16054", Reason: " "}}), fault.Invalid)
	dbtest.Wants(t, "no wave", w.SaveWaves(t.Context(), land, slug, 1, nil), fault.Invalid)
	dbtest.Wants(t, "a wave without a name", w.SaveWaves(t.Context(), land, slug, 1, []planning.Wave{{}}), fault.Invalid)
	dbtest.Wants(t, "two waves of one name", w.SaveWaves(t.Context(), land, slug, 1, []planning.Wave{{Name: "a"}, {Name: "a"}}), fault.Invalid)
	dbtest.Wants(t, "a body in two waves", w.SaveWaves(t.Context(), land, slug, 1, []planning.Wave{{Name: "a", Bodies: []string{"16051"}}, {Name: "b", Bodies: []string{"16051"}}}), fault.Invalid)
	for name, spoil := range map[string]func([]planning.Span, map[string]int){
		"no date":             func(s []planning.Span, _ map[string]int) { s[0].From = time.Time{} },
		"a date in the past":  func(s []planning.Span, _ map[string]int) { s[0].From = nextMonday(p.Today.AddDate(0, 0, -14)) },
		"too soon":            func(s []planning.Span, _ map[string]int) { s[1].From = nextMonday(p.Today) },
		"a weekend":           func(s []planning.Span, _ map[string]int) { s[0].From = s[0].From.AddDate(0, 0, 5) },
		"the end before":      func(s []planning.Span, _ map[string]int) { s[0].Until = s[0].From.AddDate(0, 0, -1) },
		"far in the future":   func(s []planning.Span, _ map[string]int) { s[0].From = nextMonday(p.Today.AddDate(9, 0, 0)) },
		"no capacity":         func(_ []planning.Span, c map[string]int) { c["KIV"] = 0 },
		"a negative capacity": func(_ []planning.Span, c map[string]int) { c["KIV"] = -3 },
	} {
		s, c := spans(p), map[string]int{"KIV": 3}
		spoil(s, c)
		dbtest.Wants(t, name, w.SaveDates(t.Context(), land, slug, 1, s, c), fault.Invalid)
	}
	for name, l := range map[string]planning.Letter{
		"no subject":        {Text: "a", Contact: "b"},
		"no contact":        {Subject: "a", Text: "b"},
		"an unknown field":  {Subject: "a", Text: "Guten Tag {{Bürgermeister}}", Contact: "b"},
		"an open field":     {Subject: "a {{Leistung", Text: "b", Contact: "c"},
		"a field in fields": {Subject: "a", Text: "{{ {{Leistung}} }}", Contact: "c"},
	} {
		dbtest.Wants(t, name, w.SaveLetter(t.Context(), land, slug, 1, l), fault.Invalid)
	}
	dbtest.Wants(t, "a start without dates", w.Start(t.Context(), land, slug, 1), fault.Conflict)
	if p := w.plan(); p.Version != 1 {
		t.Errorf("version %d after nothing but refusals", p.Version)
	}
}

func TestStartMakesWhatWasPlanned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.prepare()
	spaced, _ := p.Spaced()
	dbtest.Wants(t, "an old version", w.Start(t.Context(), w.as("land"), slug, p.Version-1), fault.Conflict)
	results := make(chan error, 3)
	for _, who := range []string{"land", "land", "land2"} {
		go func() { results <- w.Start(t.Context(), w.as(who), slug, p.Version) }()
	}
	conflicts := 0
	for range 3 {
		if err := <-results; fault.KindOf(err) == fault.Conflict {
			conflicts++
		} else {
			w.must(err)
		}
	}
	if conflicts == 0 || conflicts == 3 {
		t.Errorf("%d of three starts met a conflict", conflicts)
	}
	for i, wave := range spaced {
		for _, slot := range wave.Slots {
			c, err := w.onboardings.Checklist(t.Context(), w.as("land"), slot.Key, slug, 0)
			w.must(err)
			if !c.TargetOn.Equal(slot.On) || *c.WaveNo != i+1 {
				t.Errorf("%s goes live on %s in wave %d, planned %s in %d", slot.Key, c.TargetOn, *c.WaveNo, slot.On, i+1)
			}
		}
	}
	l, err := w.Letter(t.Context(), w.as("k16052"), "16052", slug)
	w.must(err)
	if !strings.Contains(l.Subject, "Gera") || strings.Contains(l.Subject+l.Text, "{{") || l.SentAt.IsZero() {
		t.Errorf("the letter to Gera: %q", l.Subject)
	}
	for login, body := range map[string]string{"k16051": "16052", "tlrz": "16052", "gremium": "16052", "d-land": "16052", "k16054": "16054"} {
		if _, err := w.Letter(t.Context(), w.as(login), body, slug); err == nil {
			t.Errorf("%s reads the letter to %s", login, body)
		}
	}
	if left := dbtest.Admin[string](t, w.World, `SELECT string_agg(k, ' ') FROM portal.rollin_draft, jsonb_object_keys(content) k`); left != "Letter" {
		t.Errorf("of the draft is left %q, want the letter alone", left)
	}
	found, err := w.onboardings.VerifyProgress(t.Context(), w.as("land"))
	w.must(err)
	for _, d := range found {
		t.Error(d)
	}
	dbtest.Wants(t, "a plan for what has begun", w.SaveScope(t.Context(), w.as("land"), slug, 1, nil), fault.Conflict)
}

// TestABodyTakenInLaterIsWrittenTo: it reads what the others of its wave read, with its own name and day.
func TestABodyTakenInLaterIsWrittenTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.prepare()
	own := planning.Letter{Subject: "{{Leistung}} für {{Einheit}}", Text: "{{Einheit}} ist in {{Welle}} und geht am {{Termin}} live.", Contact: "Projektbüro"}
	w.must(w.SaveLetter(t.Context(), w.as("land"), slug, p.Version, own))
	w.must(w.Start(t.Context(), w.as("land"), slug, w.plan().Version))
	w.sql(`INSERT INTO portal.service_body (land_id, service_id, org_id)
		SELECT v.land_id, v.service_id, o.org_id FROM portal.service v JOIN portal.organisation o USING (land_id)
		WHERE v.slug = 'wohngeld' AND o.key = '16054' ON CONFLICT DO NOTHING`)
	in := onboarding.AdmitInput{Body: "16054", Wave: 2}
	dbtest.Wants(t, "a town", w.Admit(t.Context(), w.as("k16054"), slug, in), fault.Forbidden)
	w.must(w.Admit(t.Context(), w.as("land"), slug, in))
	w.must(w.Admit(t.Context(), w.as("land"), slug, in)) // a second click
	l, err := w.Letter(t.Context(), w.as("k16054"), "16054", slug)
	w.must(err)
	c, err := w.onboardings.Checklist(t.Context(), w.as("k16054"), "16054", slug, 0)
	w.must(err)
	if want := "Suhl ist in " + c.WaveName + " und geht am " + c.TargetOn.Format("02.01.2006") + " live."; l.Text != want || l.Subject != "Wohngeld für Suhl" || !c.Letter {
		t.Errorf("%q, %q, want %q", l.Subject, l.Text, want)
	}
	if _, err := w.Letter(t.Context(), w.as("k16052"), "16054", slug); err == nil {
		t.Error("another town reads the letter")
	}
}

func TestABodyThatBecomesCompetentIsMissedBeforeTheStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sql(`DELETE FROM portal.service_body b USING portal.service v, portal.organisation o
		WHERE v.service_id = b.service_id AND v.slug = 'wohngeld' AND o.org_id = b.org_id AND o.key = '16055'`)
	p := w.prepare()
	w.sql(`INSERT INTO portal.service_body (land_id, service_id, org_id)
		SELECT v.land_id, v.service_id, o.org_id FROM portal.service v JOIN portal.organisation o USING (land_id) WHERE v.slug = 'wohngeld' AND o.key = '16055'`)
	dbtest.Wants(t, "a body in no wave", w.Start(t.Context(), w.as("land"), slug, p.Version), fault.Conflict)
	if unplaced := w.plan().Unplaced(); len(unplaced) != 1 || unplaced[0].Key != "16055" {
		t.Errorf("unplaced %v", unplaced)
	}
}

func TestALetterValueIsNoField(t *testing.T) {
	t.Parallel()
	got := planning.Fill("{{ Einheit }} und {{Leistung}}, {{Welle}}.", map[string]string{"Einheit": "{{Leistung}}", "Leistung": "Wohngeld"})
	if want := "{{Leistung}} und Wohngeld, ."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
