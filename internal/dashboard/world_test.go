package dashboard_test

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// world is a Land in which some services are rolled in. Its clock moves when a test says so.
type world struct {
	*dbtest.World
	*dashboard.Service
	onboardings *onboarding.Service
	t           *testing.T
	now         *time.Time
}

func newWorld(t *testing.T) world {
	t.Helper()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return worldOf(t, dbtest.New(t, clock(&now)), &now)
}

func worldOf(t *testing.T, w *dbtest.World, now *time.Time) world {
	return world{w, dashboard.NewService(w.DB), onboarding.NewService(w.DB), t, now}
}

func clock(now *time.Time) postgres.Option {
	return postgres.WithClock(func() time.Time { return *now })
}

// story is the Land of played, three months later.
func story(t *testing.T) world {
	t.Helper()
	now := time.Date(2026, 6, 2, 9, 0, 0, 0, time.UTC)
	return worldOf(t, played.New(t, clock(&now)), &now)
}

// played rolls in four services and lets bodies get on with them differently: of each stage there is somebody.
var played = dbtest.NewScene(func(t *testing.T) *dbtest.World {
	w := newWorld(t)
	w.rollIn("einbuergerung", "16061", "16077")
	w.rollIn("wohngeld")
	w.rollIn("elterngeld")
	w.change("wohnsitzanmeldung-ewa", "competence = 'cities'")
	w.sql(`DELETE FROM portal.service_body b USING portal.service v, portal.organisation o
		WHERE v.land_id = b.land_id AND v.service_id = b.service_id AND v.slug = 'wohnsitzanmeldung-ewa'
		AND o.land_id = b.land_id AND o.org_id = b.org_id AND o.kind = 'district'`)
	w.rollIn("wohnsitzanmeldung-ewa")
	w.finishLand("einbuergerung")
	w.finishLand("wohngeld")
	w.finishLand("wohnsitzanmeldung-ewa")
	w.finishBody("16061", "einbuergerung", "")
	w.finishBody("16077", "einbuergerung", "k_hypercare")
	w.finishBody("16071", "einbuergerung", "k_golive")
	w.finishBody("16051", "einbuergerung", "k_release")
	w.finishBody("16052", "einbuergerung", "k_test_tech")
	w.finishBody("16053", "einbuergerung", "k_variant")
	for _, city := range []string{"16051", "16052", "16053", "16054", "16055"} {
		w.finishBody(city, "wohnsitzanmeldung-ewa", "k_hypercare")
	}
	w.act("land", "16054", "einbuergerung", onboarding.Pause)
	w.act("k16055", "16055", "einbuergerung", onboarding.Decline)
	w.act("land", "16062", "einbuergerung", onboarding.Exclude)
	w.act("land", "16061", "wohngeld", onboarding.Exclude)
	w.act("land", "16051", "wohnsitzanmeldung-ewa", onboarding.Decommission)
	return w.World
})

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

// sql changes something behind the portal's back.
func (w world) sql(statement string) {
	w.t.Helper()
	dbtest.Admin[int](w.t, w.World, `WITH changed AS (`+statement+` RETURNING 1) SELECT count(*)::int FROM changed`)
}

func (w world) change(slug, what string) {
	w.sql(`UPDATE portal.service SET ` + what + ` WHERE slug = '` + slug + `' AND land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen')`)
}

// approve makes a service one that may be rolled in.
func (w world) approve(slug string) {
	w.Approve(w.t, slug, time.Date(2026, 2, 19, 0, 0, 0, 0, time.UTC),
		`transports = '{osci,fitc}', declaration_required = true, piloting = true, payment = true, backend = true`)
}

func (w world) rollIn(slug string, pilots ...string) {
	w.t.Helper()
	w.approve(slug)
	w.must(w.onboardings.Start(w.t.Context(), w.as("land"), slug, onboarding.StartInput{Pilots: pilots}))
}

func (w world) act(login, body, slug string, act onboarding.Act) {
	w.t.Helper()
	c, err := w.onboardings.Checklist(w.t.Context(), w.as("k"+body), body, slug, 1)
	w.must(err)
	later := w.now.AddDate(0, 6, 0)
	w.must(w.onboardings.ChangeState(w.t.Context(), w.as(login), body, slug, onboarding.StateInput{Version: c.Version, Act: act, Reason: "So ist es", ResumeOn: &later}))
}

func (w world) finishLand(slug string) {
	w.t.Helper()
	r, err := w.onboardings.LandSteps(w.t.Context(), w.as("land"), slug)
	w.must(err)
	for _, s := range r.Steps {
		if !s.State.Finished() {
			w.must(w.onboardings.ChangeLandStep(w.t.Context(), w.as("land"), slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}

// finishBody works through the checklist of a body up to (without) a step, which it begins.
func (w world) finishBody(body, slug, until string) {
	w.t.Helper()
	who, editor := w.as("k"+body), w.as("k"+body+"-b")
	c, err := w.onboardings.Checklist(w.t.Context(), who, body, slug, 1)
	w.must(err)
	for _, s := range c.Steps {
		switch {
		case s.Key == until && s.Key != template.Live:
			w.must(w.onboardings.ChangeStep(w.t.Context(), who, body, slug, s.Key, dbtest.Wish(s, onboarding.InProgress)))
			return
		case s.Key == until:
			return
		case s.State.Finished():
		case s.Key == template.Live:
			c, err := w.onboardings.Checklist(w.t.Context(), who, body, slug, 1)
			w.must(err)
			w.must(w.onboardings.GoLive(w.t.Context(), who, body, slug, onboarding.GoLiveInput{Version: c.Version, On: workday.Day(*w.now), Evidence: "Antrag 1"}))
		case s.RequiresReview():
			w.must(w.onboardings.ChangeStep(w.t.Context(), editor, body, slug, s.Key, dbtest.Wish(s, onboarding.Submitted)))
			s.Version++
			w.must(w.onboardings.ReviewStep(w.t.Context(), w.as(w.Checker(w.t, body, s)), body, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		default:
			w.must(w.onboardings.ChangeStep(w.t.Context(), who, body, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w world) picture(login string) *dashboard.Picture {
	w.t.Helper()
	p, err := w.Picture(w.t.Context(), w.as(login))
	w.must(err)
	return p
}

// tasks returns how many tasks a filter finds.
func (w world) tasks(login string, f dashboard.TaskFilter) int {
	w.t.Helper()
	found, _, err := w.Tasks(w.t.Context(), w.as(login), f)
	w.must(err)
	if len(found) == 0 {
		return 0
	}
	return found[0].Total
}

func (w world) listed(login string, f dashboard.OnboardingFilter) int {
	w.t.Helper()
	found, _, err := w.Onboardings(w.t.Context(), w.as(login), f)
	w.must(err)
	if len(found) == 0 {
		return 0
	}
	return found[0].Total
}

func (w world) bodies(login string, f dashboard.BodyFilter) []dashboard.BodyRow {
	w.t.Helper()
	found, err := w.Bodies(w.t.Context(), w.as(login), f)
	w.must(err)
	return found
}
