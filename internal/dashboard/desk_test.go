package dashboard_test

import (
	"strings"
	"testing"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

func TestATownFindsItsMostUrgentPossibleStepFirst(t *testing.T) {
	t.Parallel()
	w := story(t)
	d, err := w.BodyDesk(t.Context(), w.as("k16051"))
	w.must(err)
	possible := d.Possible()
	if len(possible) < 2 {
		t.Fatalf("%d possible steps, want some", len(possible))
	}
	seen := map[string]bool{}
	for i, n := range possible {
		switch {
		case n.State.Finished() || !n.Possible() || n.In.State.Aside():
			t.Errorf("%s of %s cannot be worked on", n.Key, n.In.ServiceSlug)
		case i > 0 && n.DueOn.Before(possible[i-1].DueOn):
			t.Errorf("%s is due before the step above it", n.Key)
		case seen[n.ID.String()]:
			t.Errorf("%s stands there twice", n.Key)
		}
		seen[n.ID.String()] = true
	}
	all, own := d.Overdue()
	if want := w.tasks("k16051", dashboard.TaskFilter{Status: dashboard.Overdue}); all != want || want == 0 {
		t.Errorf("%d overdue, the list has %d, want some", all, want)
	}
	late := 0
	for _, n := range possible {
		if n.Overdue {
			late++
		}
	}
	if own != late || own == all {
		t.Errorf("%d of %d overdue steps are the town's turn, it can work on %d", own, all, late)
	}
}

func TestATownThatIsDoneReadsWhatComesNext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	d, err := w.BodyDesk(t.Context(), w.as("k16051"))
	w.must(err)
	if n := len(d.Possible()); n != 0 {
		t.Fatalf("%d possible steps, want none: the Land has its guide to write first", n)
	}
	if _, some := d.NextDue(); !some {
		t.Error("there is no next deadline, want the kickoff's")
	}
	w.act("k16051", "16051", "wohngeld", onboarding.Decline)
	if d, err = w.BodyDesk(t.Context(), w.as("k16051-b")); err != nil {
		t.Fatal(err)
	}
	if _, some := d.NextDue(); some || len(d.Possible()) != 0 {
		t.Error("a declined roll-in leaves something to do")
	}
}

func TestAMinistrySeesItsServicesInRollin(t *testing.T) {
	t.Parallel()
	w := story(t)
	d, err := w.MinistryDesk(t.Context(), w.as("tmikl-referat"))
	w.must(err)
	p := w.picture("tmikl-referat")
	if len(d.Services) != 2 {
		t.Fatalf("%d services, want Einbürgerung and Wohnsitzanmeldung", len(d.Services))
	}
	for _, s := range d.Services {
		if got := p.OfService(s.Slug); got != s.Share() {
			t.Errorf("%s: %v here, %v on the Lagebild", s.Slug, s.Share(), got)
		}
		if got := w.tasks("tmikl-referat", dashboard.TaskFilter{Service: s.Slug, Status: dashboard.Overdue}); got != s.Overdue {
			t.Errorf("%s: %d overdue here, %d in the list", s.Slug, s.Overdue, got)
		}
	}
}

func TestAProvidersQueueIsItsList(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, login := range []string{"tlrz", "kiv"} {
		d, err := w.ProviderDesk(t.Context(), w.as(login))
		w.must(err)
		if len(d.Kinds) == 0 || len(d.First) == 0 {
			t.Fatalf("%s: %d kinds, %d steps, want some", login, len(d.Kinds), len(d.First))
		}
		held := 0
		for _, k := range d.Kinds {
			f := dashboard.TaskFilter{Status: dashboard.Possible, Responsible: template.ByProvider, Kind: k.Key}
			if got := w.tasks(login, f); got != k.Count {
				t.Errorf("%s: %d %s, the list has %d", login, k.Count, k.Key, got)
			}
			f.Status = dashboard.Held
			if got := w.tasks(login, f); got != k.Held {
				t.Errorf("%s: %d %s not possible yet, the list has %d", login, k.Held, k.Key, got)
			}
			if (k.Held > 0) != (len(k.HeldBy) > 0) || (k.Count > 0) != (k.FirstDue != nil) {
				t.Errorf("%s: kind %+v", login, k)
			}
			held += k.Held
		}
		if held == 0 {
			t.Errorf("%s: nothing waits, so the test shows nothing", login)
		}
	}
}

// TestWhatIsPossibleIsWhatTheChecklistSays: the list's SQL and the checklist's rule agree on every step of the providers.
func TestWhatIsPossibleIsWhatTheChecklistSays(t *testing.T) {
	t.Parallel()
	w := story(t)
	seen := map[bool]int{}
	for _, login := range []string{"tlrz", "kiv"} {
		for _, status := range []dashboard.Status{dashboard.Possible, dashboard.Held} {
			found, _, err := w.Tasks(t.Context(), w.as(login), dashboard.TaskFilter{Status: status, Responsible: template.ByProvider, Limit: 1000})
			w.must(err)
			for _, s := range found {
				if s.Scope == template.Land {
					continue
				}
				list, err := w.onboardings.Checklist(t.Context(), w.as(login), s.BodyKey, s.Via, 1)
				w.must(err)
				step, known := list.Find(s.Key)
				if want := status == dashboard.Possible; !known || step.Possible() != want {
					t.Errorf("%s of %s for %s is %s in the list; the checklist says %v, waiting for %v", s.Key, s.BodyKey, s.Via, status, step.Possible(), step.WaitsFor)
				}
				seen[step.Possible()]++
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("compared %v, want some of both", seen)
	}
}

// TestWhatIsHeldIsAskedOnceForAllSteps: asked step by step, a list of 20,000 took longer than a statement may.
func TestWhatIsHeldIsAskedOnceForAllSteps(t *testing.T) {
	t.Parallel()
	w := story(t)
	for _, status := range []dashboard.Status{dashboard.Possible, dashboard.Held} {
		plan, err := dashboard.ExplainTasks(t.Context(), w.Service, w.as("tlrz"), dashboard.TaskFilter{Status: status, Responsible: template.ByProvider})
		w.must(err)
		if text := strings.Join(plan, "\n"); !strings.Contains(text, "hashed SubPlan") {
			t.Errorf("%s asks for each step:\n%s", status, text)
		}
	}
}
