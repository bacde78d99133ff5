package hurdle_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
)

func TestReportNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	yes := true
	whole := hurdle.Report{Text: "Kein Zugang", Dimension: hurdle.Legal, Blocking: &yes}
	for name, c := range map[string]struct {
		change func(*hurdle.Report)
		wrong  string
	}{
		"whole":       {func(*hurdle.Report) {}, ""},
		"no words":    {func(r *hurdle.Report) { r.Text = " \n" }, "text"},
		"a novel":     {func(r *hurdle.Report) { r.Text = strings.Repeat("ä", 1001) }, "text"},
		"no kind":     {func(r *hurdle.Report) { r.Dimension = "" }, "dimension"},
		"odd kind":    {func(r *hurdle.Report) { r.Dimension = "cosmic" }, "dimension"},
		"not decided": {func(r *hurdle.Report) { r.Blocking = nil }, "blocking"},
	} {
		r := whole
		c.change(&r)
		got := ""
		if wrong, ok := r.Check().(*fault.Fault); ok {
			got = wrong.Fields[0].Name
		}
		if got != c.wrong {
			t.Errorf("%s: %q is wrong, want %q", name, got, c.wrong)
		}
	}
}

func TestReportTwiceReportsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	yes := true
	r := hurdle.Report{ID: uuid.New(), Text: "DVDV-Kategorie unklar", Dimension: hurdle.Technical, Blocking: &yes}
	for range 2 {
		no, err := w.Report(t.Context(), w.as("k16061"), at("16061", "wohngeld", "k_kickoff"), r)
		if err != nil || no != 1 {
			t.Fatalf("report: %d, %v", no, err)
		}
	}
	found := w.show("k16061", 1)
	if found.Bodies != 1 || len(found.Trail) != 1 {
		t.Errorf("%d bodies, %d entries, want one of each", found.Bodies, len(found.Trail))
	}
}

func TestSimilarOnesAreOfferedOfTheSameStepFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.report("16052", "einbuergerung", "k_survey", "Die Kategorie für den DVDV-Eintrag ist unklar", false)
	same := w.report("16053", "wohngeld", "k_kickoff", "DVDV-Kategorie ist unklar", false)
	w.report("16054", "wohngeld", "k_kickoff", "Kein Personal im Fachamt", false)
	_, found, err := w.Similar(t.Context(), w.as("k16061"), at("16061", "wohngeld", "k_kickoff"), "dvdv kategorie UNKLAR")
	w.must(err)
	if len(found) != 2 || found[0].No != same || found[0].Bodies != 1 {
		t.Errorf("found %+v, want the two about DVDV, number %d first", found, same)
	}
}

// TestSimilarOnesComeByPlaceAndThenByLikeness: the step, then the service, then the rest, and nothing that shares a word by
// chance.
func TestSimilarOnesComeByPlaceAndThenByLikeness(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elsewhere := w.report("16052", "einbuergerung", "k_survey", "Das OSCI-Zertifikat ist abgelaufen", false)
	inService := w.report("16053", "wohngeld", "k_survey", "Das OSCI-Zertifikat ist abgelaufen", false)
	loosely := w.report("16054", "einbuergerung", "k_kickoff", "Seit Montag abgelaufen: OSCI-Zertifikat der Poststelle und zwei andere", false)
	closely := w.report("16055", "einbuergerung", "k_kickoff", "OSCI-Zertifikat ist abgelaufen", false)
	w.report("16063", "wohngeld", "k_kickoff", "Der Vertrag mit dem Hersteller ist abgelaufen", false)
	w.report("16062", "wohngeld", "k_kickoff", "Im Fachamt fehlt Personal", false)
	_, found, err := w.Similar(t.Context(), w.as("k16061"), at("16061", "wohngeld", "k_kickoff"), "OSCI Zertifikat abgelaufen")
	w.must(err)
	var got []int
	for _, f := range found {
		got = append(got, f.No)
	}
	if want := []int{closely, loosely, inService, elsewhere}; !slices.Equal(got, want) {
		t.Errorf("offered %v, want %v: same step, same service, others", got, want)
	}
	for _, nonsense := range []string{"asdf jkl qwertz", "Das ist uns nicht klar", "Mein Hund ist krank", "die"} {
		if _, found, err = w.Similar(t.Context(), w.as("k16061"), at("16061", "wohngeld", "k_kickoff"), nonsense); err != nil || len(found) != 0 {
			t.Errorf("%q is offered %+v, %v", nonsense, found, err)
		}
	}
}

func TestSimilarFoldsUmlauts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.report("16052", "wohngeld", "k_kickoff", "Zuständigkeit für Schlüsselverwaltung ungeklärt", false)
	_, found, err := w.Similar(t.Context(), w.as("k16061"), at("16061", "einbuergerung", "k_survey"), "Zustaendigkeit der Schluesselverwaltung ist ungeklaert")
	w.must(err)
	if len(found) != 1 {
		t.Errorf("found %+v, want one", found)
	}
}

func TestWhateverIsTypedCanBeSearchedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.report("16052", "wohngeld", "k_kickoff", "Unklar, für wen https://portal.example/a?b=c gilt", false)
	for _, typed := range []string{"für über", `' | & ! ( : * \`, "<->", "%_", "a & b | !c", "https://portal.example/a?b=c", strings.Repeat("ö", 1000)} {
		_, found, err := w.Similar(t.Context(), w.as("k16061"), at("16061", "wohngeld", "k_survey"), typed)
		if err != nil || strings.HasPrefix(typed, "https") && len(found) != 1 {
			t.Errorf("%.20q: %d found, %v", typed, len(found), err)
		}
	}
}

func TestJoinIsIdempotentAndAnonymous(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	for range 2 {
		w.must(w.Join(t.Context(), w.as("k16051"), at("16051", "einbuergerung", "k_kickoff"), no, false))
	}
	own := w.show("k16051", no)
	if own.Bodies != 2 || own.Services != 2 || len(own.Affected) != 1 || own.Affected[0].BodyKey != "16051" {
		t.Errorf("the town sees %d bodies, %d services, affected %+v; want itself alone by name", own.Bodies, own.Services, own.Affected)
	}
	for _, e := range own.Trail {
		if e.OrgName != own.Affected[0].BodyName {
			t.Errorf("the town reads what %s did: %s", e.OrgName, e.Action)
		}
	}
	if land := w.show("land", no); len(land.Affected) != 2 || len(land.Trail) != 2 {
		t.Errorf("the Land sees %d affected and %d entries, want 2 of each", len(land.Affected), len(land.Trail))
	}
	w.must(w.Leave(t.Context(), w.as("k16051"), no))
	w.must(w.Leave(t.Context(), w.as("k16051"), no))
	if land := w.show("land", no); land.Bodies != 1 || len(land.Trail) != 3 {
		t.Errorf("after leaving: %d bodies, %d entries", land.Bodies, len(land.Trail))
	}
}

func TestForeignObstaclesAndStepsDoNotExist(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	no := w.report("16061", "wohngeld", "k_kickoff", "DVDV-Kategorie unklar", true)
	for _, login := range []string{"k16051", "tmikl-referat", "gremium", "d-land", "d-k1"} {
		_, err := w.Show(t.Context(), w.as(login), no, 5)
		dbtest.Wants(t, login+" shows it", err, fault.NotFound)
	}
	_, err := w.Place(t.Context(), w.as("k16051"), at("16061", "wohngeld", "k_kickoff"))
	dbtest.Wants(t, "place of another body", err, fault.NotFound)
	_, err = w.Place(t.Context(), w.as("land"), at("16061", "wohngeld", "k_kickoff"))
	dbtest.Wants(t, "the Land reports", err, fault.Forbidden)
	dbtest.Wants(t, "leave what is not joined", w.Leave(t.Context(), w.as("k16051"), no), fault.NotFound)
	if found := w.show("tmdi-referat", no); len(found.Affected) != 1 {
		t.Errorf("the ministry of the service sees %+v", found.Affected)
	}
}
