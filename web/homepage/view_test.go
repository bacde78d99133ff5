package homepage

import (
	"strings"
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/decision"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

// desk is a body's with one checklist that has these steps.
func desk(state onboarding.State, steps ...onboarding.Step) *dashboard.BodyDesk {
	c := &onboarding.Checklist{Onboarding: onboarding.Onboarding{BodyKey: "16051", ServiceSlug: "wohngeld", ServiceName: "Wohngeld", State: state}, Steps: steps}
	return &dashboard.BodyDesk{At: day("2026-11-20"), Checklists: []*onboarding.Checklist{c}}
}

func step(key, due string, waitsFor ...onboarding.Ref) onboarding.Step {
	s := onboarding.Step{Step: template.Step{Key: key, Title: key, Responsible: template.ByBody}, State: onboarding.Open, DueOn: day(due), WaitsFor: waitsFor}
	copy(s.ID[:], key)
	return s
}

func TestATaskSaysWhyAndWhomToAsk(t *testing.T) {
	t.Parallel()
	cert, survey := step("k_cert", "2026-11-25"), step("k_survey", "2026-11-26")
	cert.Responsible = template.ByProvider
	d := desk(onboarding.Preparing, cert, survey, step("c", "2026-12-01", onboarding.Ref{Key: "k_survey"}), step("d", "2026-12-01", onboarding.Ref{Key: "k_survey"}))
	d.Checklists[0].Providers = []string{"TLRZ"}
	who := erfurt
	who.Land.ContactEmail = "ozg@land.example"
	v := newBodyView(d, who)
	if v.Heading != "2 Dinge für Sie" || v.First.Ask.Text != "TLRZ" || v.First.Ask.URL != "/organisationen" || v.First.Why != "" {
		t.Errorf("%s: %q, ask %v", v.Heading, v.First.Why, v.First.Ask)
	}
	if then := v.Then[0]; then.Ask.URL != "mailto:ozg@land.example" || then.Why != "Darauf warten 2 weitere Aufgaben." || !strings.HasPrefix(then.Meta, "Fällig ") {
		t.Errorf("%q, ask %v", then.Meta, then.Ask)
	}
}

// TestWhatEndsIsOneTaskForAllServices: it is due when it ends, wherever its step stands, and gone while it lies with others.
func TestWhatEndsIsOneTaskForAllServices(t *testing.T) {
	t.Parallel()
	ends := day("2026-12-10")
	cert := step("k_cert", "2025-01-01")
	cert.Title, cert.Scope, cert.State, cert.ProofOf, cert.ProofEnds = "Zertifikat beschaffen", template.Basis, onboarding.Done, "Zertifikat", &ends
	d := desk(onboarding.Live, cert, step("a", "2026-12-01"))
	other := *d.Checklists[0]
	d.Checklists = append(d.Checklists, &other)
	for _, c := range d.Checklists {
		c.Today = day("2026-11-20")
	}
	v := newBodyView(d, erfurt)
	if v.First.Title != "a" || len(v.Then) != 1 || v.Then[0].Title != "Zertifikat erneuern" || v.Then[0].Status.Text != "Zertifikat läuft ab am 10.12.2026" {
		t.Fatalf("first %s, then %+v", v.First.Title, v.Then)
	}
	if renew := v.Then[0]; renew.URL != "/kommunen/16051/profil#zertifikat" || renew.Acts.Renew.URL != renew.URL || renew.Acts.Done.Text != "" || !strings.Contains(renew.Why, "beruhen 2 Leistungen") {
		t.Errorf("%s, %+v", renew.Meta, renew.Acts)
	}
	busy := desk(onboarding.Live, cert, step("a", "2026-11-01"), step("b", "2026-11-02"), step("c", "2026-11-03"), step("d", "2026-11-04"))
	busy.Checklists[0].Today = day("2026-11-20")
	if v := newBodyView(busy, erfurt); len(v.Then) != 3 || v.Then[2].Title != "Zertifikat erneuern" || v.Heading != "4 Dinge für Sie" {
		t.Errorf("a busy town: %s, then %d, want three and what ends", v.Heading, len(v.Then))
	}
	for _, c := range d.Checklists {
		c.Steps[0].Periods = []onboarding.Waiting{{Party: "TLRZ", Since: day("2026-11-19")}}
	}
	if v = newBodyView(d, erfurt); len(v.Then) != 0 {
		t.Errorf("while others renew it, the town reads %+v", v.Then)
	}
}

var erfurt = access.Actor{Token: access.Token("t"), Role: access.BodyCoordinator, Org: access.Org{Name: "Erfurt", Key: "16051", Kind: "independent_city"}}

func TestATownReadsOneThingFirst(t *testing.T) {
	t.Parallel()
	v := newBodyView(desk(onboarding.Preparing, step("b", "2026-11-25"), step("a", "2026-11-01"), step("c", "2026-10-01", onboarding.Ref{Title: "b"})), erfurt)
	if v.First == nil || v.First.Title != "a" || !v.First.Alarm || len(v.Then) != 1 || v.Rest != "" {
		t.Errorf("first %+v, then %d, want the late a, then b; c has to wait", v.First, len(v.Then))
	}
}

func TestATownReadsHowManyLateTasksAreItsTurn(t *testing.T) {
	t.Parallel()
	late := func(key string, change func(*onboarding.Step)) onboarding.Step {
		s := step(key, "2026-11-01")
		s.Overdue = true
		if change != nil {
			change(&s)
		}
		return s
	}
	with := func(s *onboarding.Step) {
		s.Periods = []onboarding.Waiting{{Party: "Dataport", Since: day("2026-11-02")}}
	}
	checked := func(s *onboarding.Step) { s.State = onboarding.Submitted }
	blocked := func(s *onboarding.Step) { s.WaitsFor = []onboarding.Ref{{Title: "a"}} }
	for want, steps := range map[string][]onboarding.Step{
		"":                             {step("a", "2026-12-01")},
		"Eine Aufgabe ist überfällig":  {late("a", nil)},
		"Alle 2 überfälligen Aufgaben": {late("a", nil), late("b", nil)},
		"Alle 4 überfälligen Aufgaben, 1 davon bei Ihnen":     {late("a", nil), late("b", with), late("c", checked), late("d", blocked)},
		"Alle 2 überfälligen Aufgaben, sie warten auf andere": {late("b", with), late("c", checked)},
		"Eine Aufgabe ist überfällig, sie wartet auf andere":  {late("b", with), step("a", "2026-12-01")},
	} {
		if got := newBodyView(desk(onboarding.Preparing, steps...), erfurt).Overdue.Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestATownWithNothingToDoReadsWhy(t *testing.T) {
	t.Parallel()
	guide := onboarding.Ref{Title: "Leitfaden", Scope: template.Land}
	for _, c := range []struct {
		name       string
		desk       *dashboard.BodyDesk
		rest, note string
	}{
		{"all done", desk(onboarding.Operating), "Alles erledigt. Zurzeit steht keine Frist an.", ""},
		{"waits for the Land", desk(onboarding.NotStarted, step("a", "2026-12-01", guide)), "Nächste Frist: 01.12.2026.", "Wartet auf das Land: „Leitfaden“"},
		{"declined", desk(onboarding.Declined, step("a", "2026-12-01")), "Alles erledigt. Zurzeit steht keine Frist an.", "Grund: "},
	} {
		v := newBodyView(c.desk, erfurt)
		if v.First != nil || !strings.HasSuffix(v.Rest, c.rest) || v.Services[0].Note != c.note {
			t.Errorf("%s: %q, %q, want %q, %q", c.name, v.Rest, v.Services[0].Note, c.rest, c.note)
		}
	}
}

func TestOnlyCoordinatorsAreSentToTheGate(t *testing.T) {
	t.Parallel()
	d := desk(onboarding.Ready, step(template.Live, "2026-12-01"))
	editor := erfurt
	editor.Role = access.BodyEditor
	if got, want := newBodyView(d, erfurt).First.URL, "/kommunen/16051/leistungen/wohngeld/produktiv"; got != want {
		t.Errorf("coordinator: %s, want %s", got, want)
	}
	if got, want := newBodyView(d, editor).First.URL, "/kommunen/16051/leistungen/wohngeld/aufgaben/k_golive"; got != want {
		t.Errorf("editor: %s, want %s", got, want)
	}
}

func TestWhoseTurnItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state decision.State
		waits bool
		want  string
	}{
		{decision.Draft, true, "Sie"},
		{decision.Submitted, true, "Sie"},
		{decision.Submitted, false, "eine zweite Person Ihres Ressorts"},
		{decision.InReview, false, "das Fachreferat"},
	} {
		if got := turn(decision.Listed{State: c.state, Waits: c.waits}); got != c.want {
			t.Errorf("%s, waits %v: %s, want %s", c.state, c.waits, got, c.want)
		}
	}
}
