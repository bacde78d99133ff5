package history_test

import (
	"errors"
	"testing"
	"time"

	"rollinportal/internal/fault"
	"rollinportal/internal/history"
	"rollinportal/internal/onboarding"
)

func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// TestTheStichtagOfScenario7: between two meetings some bodies go live, dates move for reasons, one pauses. What a town
// corrects later does not change what was known on the Stichtag.
func TestTheStichtagOfScenario7(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug)
	for _, body := range []string{"16051", "16052", "16053"} {
		w.prepare(body, slug)
	}
	*w.now = date(time.June, 8).Add(9 * time.Hour)
	w.goLive("16051", slug, date(time.June, 8))
	*w.now = date(time.July, 6).Add(9 * time.Hour)
	w.goLive("16052", slug, date(time.July, 6))
	w.changeDate("land", "16054", slug, date(time.December, 1), "backend")
	w.changeDate("land", "16055", slug, date(time.December, 1), "backend")
	w.changeDate("land", "16061", slug, date(time.December, 2), "staff")
	w.act("land", "16062", slug, onboarding.Pause)
	*w.now = date(time.September, 2).Add(9 * time.Hour)
	w.goLive("16053", slug, date(time.August, 28))

	q := history.Question{Day: date(time.August, 31), Since: date(time.June, 11)}
	then := w.report("land", q)
	if f, want := then.Figures(), (history.Figures{Live: 2, Whole: 22, Paused: 1, InWork: 1, Services: 1}); f != want {
		t.Errorf("31 August: %+v, want %+v", f, want)
	}
	if f, want := then.Earlier(), (history.Figures{Live: 1, Whole: 22, InWork: 2, Services: 1}); f != want {
		t.Errorf("11 June: %+v, want %+v", f, want)
	}
	c := then.Changes()
	if len(c.Live) != 1 || c.Live[0].Body.Key != "16052" || len(c.Paused) != 1 || len(c.New) != 0 {
		t.Errorf("went live %v, paused %v, new %v", c.Live, c.Paused, c.New)
	}
	if got := history.ByCause(c.Moved); len(got) != 2 || got[0] != (history.CauseCount{Cause: "backend", Count: 2}) || got[1] != (history.CauseCount{Cause: "staff", Count: 1}) {
		t.Errorf("moved %v, want 2 × Fachverfahren and 1 × Personal", got)
	}
	if !then.Final() {
		t.Error("the answer for a day that is over is not final")
	}

	q.Corrected = true
	if f := w.report("land", q).Figures(); f.Live != 3 {
		t.Errorf("as known today %d were live on 31 August, want the one reported on 2 September, too", f.Live)
	}
	*w.now = date(time.October, 12).Add(9 * time.Hour)
	w.changeDate("k16052", "16052", slug, date(time.September, 4), "")
	w.changeDate("land", "16054", slug, date(time.December, 15), "law")
	if f := w.report("land", q).Figures(); f.Live != 2 {
		t.Errorf("as known today %d were live on 31 August, want one less after the correction", f.Live)
	}
	q.Corrected = false
	if again := w.report("land", q); again.Figures() != then.Figures() || again.Earlier() != then.Earlier() || len(again.Changes().Live) != 1 {
		t.Errorf("the Stichtag changed: %+v, was %+v", again.Figures(), then.Figures())
	}
	w.verify()
}

func TestWhoseFiguresTheyAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug)
	for login, want := range map[string]int{"land": 22, "gremium": 22, "tmdi-referat": 22, "tmikl-referat": 0, "k16051": 1} {
		if got := w.report(login, history.Question{}).Figures().Whole; got != want {
			t.Errorf("%s counts %d onboardings, want %d", login, got, want)
		}
	}
	if n := w.report("tlrz", history.Question{}).Figures().Whole; n == 0 || n == 22 {
		t.Errorf("a provider counts %d onboardings, want those of its bodies", n)
	}
	if _, _, err := w.Report(t.Context(), w.as("betreiber"), history.Question{}); !refused(err, fault.Forbidden) {
		t.Errorf("the operator reads reports: %v", err)
	}
}

func TestADateNeedsACauseAndASentence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug)
	c := w.checklist("16051", slug)
	change := func(login string, in onboarding.DateInput) error {
		return w.onboardings.ChangeDate(t.Context(), w.as(login), "16051", slug, in)
	}
	good := onboarding.DateInput{Version: c.Version, On: date(time.December, 1), Cause: "law", Reason: "Das Gesetz fehlt."}
	for name, spoil := range map[string]func(*onboarding.DateInput){
		"no cause": func(in *onboarding.DateInput) { in.Cause = "" }, "an unknown cause": func(in *onboarding.DateInput) { in.Cause = "weather" },
		"no sentence": func(in *onboarding.DateInput) { in.Reason = " " }, "the past": func(in *onboarding.DateInput) { in.On = date(time.February, 2) },
		"a Sunday": func(in *onboarding.DateInput) { in.On = date(time.December, 6) }, "the same day": func(in *onboarding.DateInput) { in.On = c.TargetOn },
	} {
		in := good
		spoil(&in)
		if err := change("land", in); !refused(err, fault.Invalid) {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
	if err, all := errors.AsType[*fault.Fault](change("land", onboarding.DateInput{Version: c.Version})); !all || len(err.Fields) != 3 {
		t.Errorf("an empty form: %v, want all that is missing at once", err)
	}
	if err := change("k16051", good); !refused(err, fault.Conflict) {
		t.Errorf("a town moves its own date: %v", err)
	}
	if err := change("k16052", good); !refused(err, fault.NotFound) {
		t.Errorf("another town moves the date: %v", err)
	}
	w.must(change("land", good))
	w.must(change("land", good)) // a double click
	other := good
	other.On = date(time.December, 2)
	if err := change("land", other); !refused(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	after := w.checklist("16051", slug)
	if !after.TargetOn.Equal(good.On) || after.Version != c.Version+1 {
		t.Errorf("the date is %v, version %d", after.TargetOn, after.Version)
	}
	for i, s := range after.Steps {
		if s.State.Finished() || s.Scope != "kommune" {
			continue
		}
		if !s.DueOn.After(c.Steps[i].DueOn) || s.DueOn.Weekday() == time.Saturday || s.DueOn.Weekday() == time.Sunday {
			t.Errorf("%s is due on %v, was on %v", s.Key, s.DueOn, c.Steps[i].DueOn)
		}
	}
	w.verify()
}

func TestAForecastNeedsFiveWaysThatArrived(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug)
	ask := func(login string) *history.Forecast {
		t.Helper()
		f, err := w.Forecast(t.Context(), w.as(login), slug)
		w.must(err)
		return f
	}
	for i, body := range []string{"16051", "16052", "16053", "16054", "16055"} {
		if f := ask("land"); f.P50 != nil || f.Finished != i || f.Open != 22-i {
			t.Errorf("after %d ways: %+v", i, f)
		}
		w.prepare(body, slug)
		w.later(7)
		w.goLive(body, slug, w.today())
	}
	f := ask("land")
	if f.P50 == nil || f.P50.After(*f.P85) || f.Open != 17 || f.Live != 5 {
		t.Fatalf("%+v", f)
	}
	for _, login := range []string{"tmdi-referat", "gremium"} {
		if other := ask(login); !other.P50.Equal(*f.P50) || !other.P85.Equal(*f.P85) {
			t.Errorf("%s reads %v and %v, the Land %v and %v", login, other.P50, other.P85, f.P50, f.P85)
		}
	}
	for login, kind := range map[string]fault.Kind{"k16051": fault.Forbidden, "tlrz": fault.Forbidden, "tmikl-referat": fault.NotFound} {
		if _, err := w.Forecast(t.Context(), w.as(login), slug); !refused(err, kind) {
			t.Errorf("%s: %v, want kind %v", login, err, kind)
		}
	}
}
