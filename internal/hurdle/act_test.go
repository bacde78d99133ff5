package hurdle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/workday"
)

// act has the Land act on an obstacle as it is now.
func (w world) act(no int, in hurdle.ActInput) error {
	w.t.Helper()
	in.Version = w.show("land", no).Version
	return w.Act(w.t.Context(), w.as("land"), no, in)
}

func TestObstacleGoesItsWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	on := workday.Day(time.Now())
	for _, c := range []struct {
		in   hurdle.ActInput
		want string
	}{
		{hurdle.ActInput{Act: hurdle.Confirm}, "Bestätigt"},
		{hurdle.ActInput{Act: hurdle.TakeUp}, "In Klärung"},
		{hurdle.ActInput{Act: hurdle.Escalate, To: "Lenkungsausschuss", On: on}, "Eskaliert"},
		{hurdle.ActInput{Act: hurdle.Resolve, Text: "Kategorie 7 eintragen"}, "Gelöst"},
	} {
		w.must(w.act(no, c.in))
		if got := w.show("k16061", no).Standing(); got != c.want {
			t.Errorf("after %s: %s, want %s", c.in.Act, got, c.want)
		}
	}
	found := w.show("k16061", no)
	if found.Solution != "Kategorie 7 eintragen" || len(found.Trail) != 5 {
		t.Errorf("the body reads solution %q and %d entries", found.Solution, len(found.Trail))
	}
	dbtest.Wants(t, "confirm what is resolved", w.act(no, hurdle.ActInput{Act: hurdle.Confirm}), fault.Conflict)
}

func TestClosingNeedsWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	for _, in := range []hurdle.ActInput{
		{Act: hurdle.Resolve, Text: " "},
		{Act: hurdle.Accept},
		{Act: hurdle.Reject},
		{Act: hurdle.Escalate, On: time.Now()},
		{Act: hurdle.Escalate, To: "Beirat"},
		{Act: hurdle.Escalate, To: "Beirat", On: time.Now().Add(48 * time.Hour)},
		{Act: hurdle.Merge, Into: no},
		{Act: hurdle.Merge, Into: 4711},
	} {
		dbtest.Wants(t, string(in.Act), w.act(no, in), fault.Invalid)
	}
	dbtest.Wants(t, "no such act", w.act(no, hurdle.ActInput{Act: "explode"}), fault.Conflict)
	if got := w.show("land", no).State; got != hurdle.Reported {
		t.Errorf("state %s after refused acts", got)
	}
}

func TestActsKnowTheirVersionAndTheirPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	in := hurdle.ActInput{Version: 1, Act: hurdle.TakeUp}
	for range 2 { // the second click counts as done
		w.must(w.Act(t.Context(), w.as("land"), no, in))
	}
	in.Act = hurdle.Confirm
	dbtest.Wants(t, "an old version", w.Act(t.Context(), w.as("land"), no, in), fault.Conflict)
	for _, login := range []string{"redaktion", "k16061", "tmdi-referat", "tlrz", "gremium"} {
		dbtest.Wants(t, login, w.Act(t.Context(), w.as(login), no, in), fault.Forbidden)
	}
	dbtest.Wants(t, "another Land", w.Act(t.Context(), w.as("d-land"), no, in), fault.NotFound)
}

func TestMergeTakesTheAffectedAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	into := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", false)
	from := w.report("16051", "einbuergerung", "k_survey", "Welche DVDV-Kategorie gilt?", true)
	w.must(w.act(from, hurdle.ActInput{Act: hurdle.Merge, Into: into}))
	if got := w.show("k16051", into); got.Bodies != 2 || got.Services != 2 || len(got.Affected) != 1 || !got.Affected[0].Blocking {
		t.Errorf("the merged body sees %+v", got)
	}
	if got := w.show("k16051", from); got.MergedInto == nil || *got.MergedInto != into || got.Open() || len(got.Trail) != 2 {
		t.Errorf("the merged obstacle is %+v", got)
	}
	if got := w.show("land", into); len(got.TookOver) != 1 || got.TookOver[0] != from || len(got.Trail) != 2 {
		t.Errorf("the other one took over %v with %d entries", got.TookOver, len(got.Trail))
	}
	err := w.Join(t.Context(), w.as("k16052"), at("16052", "wohngeld", "k_kickoff"), from, false)
	dbtest.Wants(t, "join what was merged", err, fault.Conflict)
}

func TestAssessKeepsTheStateAndRefusesThePast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	due := workday.Day(time.Now()).AddDate(0, 1, 0)
	w.must(w.Assess(t.Context(), w.as("land"), no, hurdle.Assessment{Version: 1, Severity: 3, SolvableBy: "federal", Scope: "land", DueOn: &due}))
	got := w.show("land", no)
	if *got.Severity != 3 || got.SolvableBy != "federal" || got.Scope != "land" || got.State != hurdle.Reported {
		t.Errorf("assessed as %+v", got.Obstacle)
	}
	past := due.AddDate(-1, 0, 0)
	err := w.Assess(t.Context(), w.as("land"), no, hurdle.Assessment{Version: got.Version, DueOn: &past})
	dbtest.Wants(t, "a date in the past", err, fault.Invalid)
	err = w.Assess(t.Context(), w.as("land"), no, hurdle.Assessment{Version: got.Version, SolvableBy: "nobody"})
	dbtest.Wants(t, "an unknown solver", err, fault.Invalid)
}

func TestEveryClusterIsAsLongAsItsList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := false
	for i, d := range []hurdle.Dimension{hurdle.Technical, hurdle.Legal, hurdle.Technical} {
		nr, err := w.Report(t.Context(), w.as("k16051"), at("16051", "wohngeld", "k_kickoff"), hurdle.Report{ID: uuid.New(), Text: fmt.Sprint("Hürde ", i), Dimension: d, Blocking: &no})
		w.must(err)
		dbtest.Admin[int](t, w.World, `
			WITH older AS (UPDATE portal.obstacle_affected a SET since = since - make_interval(days => $2)
				FROM portal.obstacle o WHERE o.obstacle_id = a.obstacle_id AND o.no = $1 RETURNING 1)
			SELECT count(*) FROM older`, nr, 20*i)
	}
	all, err := w.List(t.Context(), w.as("land"), hurdle.Filter{})
	w.must(err)
	if len(all.Clusters) != 3 {
		t.Errorf("clusters: %+v, want three: two technical of different age, one legal", all.Clusters)
	}
	for _, c := range all.Clusters {
		found, err := w.List(t.Context(), w.as("land"), hurdle.Filter{Dimension: c.Dimension, Age: c.Age})
		w.must(err)
		if found.Total != c.Obstacles || c.Bodies != 1 {
			t.Errorf("%+v, but its list finds %d", c, found.Total)
		}
	}
}

func TestListShowsClustersFirstAndEachReaderItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	small := w.report("16061", "wohngeld", "k_kickoff", "Kein Personal", false)
	large := w.report("16051", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	w.must(w.Join(t.Context(), w.as("k16052"), at("16052", "einbuergerung", "k_survey"), large, false))
	for login, want := range map[string][]int{
		"land": {large, small}, "redaktion": {large, small}, "k16061": {small}, "k16052": {large}, "k16053": nil,
		"tmdi-referat": {large, small}, "tmikl-referat": {large}, "gremium": nil, "d-land": nil,
	} {
		found, err := w.List(t.Context(), w.as(login), hurdle.Filter{})
		w.must(err)
		var got []int
		for _, o := range found.Found {
			got = append(got, o.No)
		}
		open := 0
		for _, n := range found.Open {
			open += n
		}
		counted := len(want)
		if login == "gremium" {
			counted = 2
		}
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] || open != counted {
			t.Errorf("%s finds %v and counts %d, want %v and %d", login, got, open, want, counted)
		}
	}
	w.must(w.act(large, hurdle.ActInput{Act: hurdle.Resolve, Text: "Kategorie 7"}))
	found, err := w.List(t.Context(), w.as("land"), hurdle.Filter{States: []hurdle.State{hurdle.Resolved}, Service: "einbuergerung"})
	w.must(err)
	if found.Total != 1 || found.Found[0].No != large {
		t.Errorf("resolved in Einbürgerung: %+v", found.Found)
	}
}
