package lagebildpage

import (
	"strings"
	"time"

	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// summaryView is the Lagebild without names.
type summaryView struct {
	Meta     string
	Begun    bool
	KPIs     ui.KPIProps
	Pillars  []ui.Pillar
	Groups   []groupedView
	Services []serviceView
	Total    string // of the services
	Whole    string // of the onboardings
	Counts   []standingView
	Past     pastView
}

type groupedView struct{ Name, Count string }

type serviceView struct{ Name, URL, Share string }

func newSummary(s *dashboard.Summary) summaryView {
	live, covered, counts := dashboard.LiveInAll.Of(s), dashboard.AreaInAll.Of(s), s.Count()
	whole, percent := ui.OutOf(live.Part, live.Whole, "#anbindungen")
	if dashboard.TooFew(live.Part) {
		percent = ""
	}
	begun := link.With(link.Services, "stand", "roll-in-begonnen")
	v := summaryView{
		Total: few(live.Part) + " von " + number(live.Whole), Whole: number(live.Whole),
		Meta: ui.Count(covered.Whole, "EfA-Leistung", "EfA-Leistungen") + " im Roll-in · Stand: " + ui.DateTime(s.At), Begun: covered.Whole > 0,
		Pillars: newPillars(s.Pillars, s.Past.Since), Counts: newCounted(counts, ""), Past: newPast(s.Past, true),
		KPIs: ui.KPIProps{Heading: "Kennzahlen", Items: []ui.KPI{
			{Label: dashboard.LiveOnboardings.Name, URL: "#roll-in", Value: few(live.Part), Whole: whole, Unit: percent},
			{Label: dashboard.CoveredServices.Name, URL: link.With(link.Services, "stand", "flaechendeckend"), Value: number(covered.Part), Whole: ui.Counted(covered.Whole, begun)},
			{Label: "Leistungen im Roll-in", URL: begun, Value: number(covered.Whole)},
		}},
	}
	before := s.Past.Earlier
	if !dashboard.TooFew(live.Part) && !dashboard.TooFew(before.Live) {
		v.addTrend(0, live.Part, before.Live, s.Past.Since)
	}
	v.addTrend(1, covered.Part, before.Covered, s.Past.Since)
	v.addTrend(2, covered.Whole, before.Services, s.Past.Since)
	for _, g := range s.Groups() {
		v.Groups = append(v.Groups, groupedView{stageNames(g.Stages), few(g.Count)})
	}
	for _, l := range s.ByService() {
		v.Services = append(v.Services, newService(l))
	}
	return v
}

// addTrend says how a figure changed; there is no list of those it counted then.
func (v *summaryView) addTrend(no, now, before int, since time.Time) {
	kpi := &v.KPIs.Items[no]
	kpi.Trend, kpi.TrendIcon = page.Trend(now, before, since)
	kpi.Unlisted = page.SumsID
}

// summaryWallView is the Lagebild of a committee for a beamer.
type summaryWallView struct {
	summaryView
	No    int
	Pages ui.SwitchProps
}

var summaryPages = []string{"Überblick", "Leistungen"}

func newSummaryWall(v summaryView, no int) summaryWallView {
	if no > len(summaryPages) {
		no = 1
	}
	v.KPIs.Items[0].URL, v.KPIs.Items[0].Whole.URL = link.Lagebild+v.KPIs.Items[0].URL, link.Lagebild+v.KPIs.Items[0].Whole.URL
	return summaryWallView{v, no, newWallPages(summaryPages, no)}
}

func newService(l dashboard.Counted) serviceView {
	share := l.Share()
	v := serviceView{Name: l.Name, Share: ui.Share(share.Part, share.Whole)}
	if l.Slug != "" {
		v.URL = link.Service(l.Slug)
	} else {
		v.Name = "Leistungen mit weniger als drei zuständigen Einheiten"
	}
	if dashboard.TooFew(share.Part) {
		v.Share = few(share.Part) + " von " + number(share.Whole)
	}
	return v
}

// few hides a number that would point at somebody.
func few(n int) string {
	if dashboard.TooFew(n) {
		return "unter 3"
	}
	return number(n)
}

// stageNames names a group; merged ones all together.
func stageNames(stages []dashboard.Stage) string {
	names := make([]string, len(stages))
	for i, s := range stages {
		names[i] = page.OnboardingState(s.States()[0]).Text
		if s.InWork() {
			names[i] = page.StageLegend(s).Text
		}
	}
	return strings.Join(names, ", ")
}
