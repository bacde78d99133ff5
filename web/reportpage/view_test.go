package reportpage

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/history"
	"rollinportal/internal/onboarding"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

func on(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

func actor(role access.Role, kind string) access.Actor {
	return access.Actor{Token: access.Token("x"), Role: role, Org: access.Org{Kind: kind, Name: "Erfurt", Short: "EF"}}
}

var (
	land      = actor(access.StateCoordinator, "state_coordination")
	town      = actor(access.BodyCoordinator, "independent_city")
	committee = actor(access.Committee, "committee")
)

// report has one service: five bodies went live between the days, one was moved, one is paused.
func report() *history.Report {
	service := history.Rollin{ID: uuid.New(), Slug: "wohngeld", Name: "Wohngeld", BegunOn: on(1, 5)}
	r := &history.Report{Question: history.Question{Day: on(8, 31), Since: on(6, 11)}, Today: on(9, 24), Rollins: []history.Rollin{service}}
	add := func(name string, then, before history.Point) {
		r.Ways = append(r.Ways, history.Way{Rollin: service, Body: history.Body{ID: uuid.New(), Key: name, Name: name}, BegunOn: on(1, 5), FirstTarget: on(7, 1), Then: then, Before: before})
	}
	connecting := history.Point{Competent: true, State: onboarding.Connecting, TargetOn: on(7, 1)}
	live := connecting
	live.State, live.LiveOn = onboarding.Live, new(time.Time)
	*live.LiveOn = on(7, 20)
	for _, name := range []string{"A", "B", "C", "D", "E"} {
		add(name, live, connecting)
	}
	moved := connecting
	moved.TargetOn, moved.Cause, moved.Reason = on(12, 1), onboarding.Causes[0], "Die Schnittstelle fehlt."
	add("F", moved, connecting)
	paused := connecting
	paused.State = onboarding.Paused
	add("G", paused, connecting)
	return r
}

func TestTheReportSaysWhatBecameOfTheLand(t *testing.T) {
	t.Parallel()
	v := newView(report(), nil, land)
	if want := "5 produktiv, 1 verschoben (1 × " + onboarding.Causes[0].Word() + "), 1 pausiert."; v.Summary != want {
		t.Errorf("summary %q, want %q", v.Summary, want)
	}
	if len(v.Changes) != 3 || len(v.Changes[0].Rows) != 5 || !strings.Contains(v.Changes[1].Rows[0].Meta, "Die Schnittstelle fehlt.") {
		t.Errorf("changes %+v, want five live, one moved with its sentence, one paused", v.Changes)
	}
	kpi := v.KPIs.Items[0]
	if kpi.Value != "5" || kpi.Whole.Text != "7" || kpi.Unit != "("+ui.Percent(5, 7)+")" || ui.Percent(5, 7) != "71\u00a0%" || kpi.Trend != "5 mehr als am 11.06.2026" {
		t.Errorf("productive %+v, want 5 of 7, rounded down, with its delta", kpi)
	}
	if !strings.Contains(v.Known, "ändern sich nicht mehr") {
		t.Errorf("a past day says %q", v.Known)
	}
}

// TestCommitteesReadCountsAlone: no name, no list, and no group of one or two.
func TestCommitteesReadCountsAlone(t *testing.T) {
	t.Parallel()
	v := newView(report(), nil, committee)
	if len(v.Changes) != 0 {
		t.Errorf("a committee reads names: %+v", v.Changes)
	}
	if want := "5 produktiv, weniger als drei verschoben, weniger als drei pausiert."; v.Summary != want {
		t.Errorf("summary %q, want %q", v.Summary, want)
	}
	if len(v.KPIs.Items) != 2 {
		t.Errorf("%d figures, want no group of one: %+v", len(v.KPIs.Items), v.KPIs.Items)
	}
	for _, kpi := range v.KPIs.Items {
		if kpi.URL != "" {
			t.Errorf("%s leads a committee to %s", kpi.Label, kpi.URL)
		}
	}
	for _, m := range v.Months {
		for _, c := range m.Columns {
			if c.URL != "" {
				t.Errorf("%s leads a committee to %s", m.Name, c.URL)
			}
		}
	}
}

func TestATownIsNotToldOfTheFlaeche(t *testing.T) {
	t.Parallel()
	v := newView(report(), nil, town)
	for _, kpi := range v.KPIs.Items {
		if kpi.Label == "Leistungen in der Fläche" {
			t.Error("a town sees a part of the bodies and is told of all")
		}
	}
	if line := v.Lines[0]; line.Status.Text != "" || line.Forecast.URL != "" {
		t.Errorf("%+v, want neither Fläche nor forecast", line)
	}
}

func TestAListIsAsLongAsItsFigure(t *testing.T) {
	t.Parallel()
	r := report()
	v := newView(r, nil, land)
	urls := map[string]string{}
	for _, kpi := range v.KPIs.Items {
		urls[kpi.URL] = kpi.Value
	}
	for _, m := range v.Months {
		for _, c := range m.Columns {
			if c.URL != "" {
				urls[c.URL] = c.Text
			}
		}
	}
	delete(urls, "")
	if len(urls) < 10 {
		t.Fatalf("%d linked figures: %v", len(urls), urls)
	}
	for url, figure := range urls {
		q := page.QueryOf(httptest.NewRequest("GET", url, nil), figureParam, serviceParam, monthParam)
		found, known := newListView(r, q, land)
		if got, _, _ := strings.Cut(found.Heading, " "); !known || got != figure {
			t.Errorf("%s is said to be %s and lists %q", url, figure, found.Heading)
		}
	}
}

func TestAForecastSaysWhyThereIsNone(t *testing.T) {
	t.Parallel()
	few := newForecastView(&history.Forecast{Open: 3, Finished: 4})
	if !strings.Contains(few.Answer, "mindestens 5") || len(few.Facts) != 0 {
		t.Errorf("%+v, want that five are needed", few)
	}
	early, late := on(10, 1), on(12, 1)
	some := newForecastView(&history.Forecast{Open: 3, Finished: 9, P50: &early, P85: &late, Declined: 1})
	if !strings.Contains(some.Answer, ui.LongDate(early)) || !strings.Contains(some.Answer, ui.LongDate(late)) || len(some.Rests) != 6 {
		t.Errorf("%+v, want both days and what they rest on", some)
	}
}
