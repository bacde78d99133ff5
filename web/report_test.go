package web_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// mainOf is what a page says: its frame tells the time and what else is new.
var mainOf = regexp.MustCompile(`(?s)<main.*</main>`)

// TestAStichtagPrintsTheSameAgain prints a report, lets things happen and prints it again: scenario 7.
func TestAStichtagPrintsTheSameAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	s := onboarding.NewService(p.DB)
	later := now.AddDate(1, 0, 0)
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16052", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "Personal fehlt", ResumeOn: &later}))
	p.blockedBy(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_survey"})
	now = now.AddDate(0, 1, 0)

	const report = "/bericht?stichtag=2026-03-31&vergleich=2026-02-28"
	readers := []string{"land", "tmdi-referat", "k16052", "gremium"}
	first, corrected := map[string]string{}, map[string]string{}
	for _, login := range readers {
		first[login], corrected[login] = p.printed(t, login, report), p.printed(t, login, report+"&stand=heute")
	}
	now = now.AddDate(0, 1, 0)
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16052", "wohngeld", onboarding.StateInput{Version: 2, Act: onboarding.Resume, Reason: "Vertretung ist da"}))
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16053", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Exclude, Reason: "nicht zuständig"}))
	p.blockedBy(t, "k16077", hurdle.Where{Body: "16077", Service: "wohngeld", Step: "k_survey"})
	date := func(login, body string, in onboarding.DateInput) {
		c, err := s.Checklist(t.Context(), p.As(t, "k"+body), body, "wohngeld", 1)
		must(t, err)
		in.Version = c.Version
		must(t, s.ChangeDate(t.Context(), p.As(t, login), body, "wohngeld", in))
	}
	date("land", "16051", onboarding.DateInput{On: now.AddDate(0, 5, 0), Cause: onboarding.Causes[0], Reason: "Die Schnittstelle fehlt."})
	// a Produktivstart of March that is reported and then corrected in May
	dbtest.Admin[int](t, p.World, `
		WITH clock AS MATERIALIZED (SELECT set_config('app.now', $1, true) AS at), went AS (
			UPDATE portal.onboarding o SET state = 'live', state_since = clock.at::timestamptz, live_on = '2026-03-20', version = o.version + 1
			FROM clock, portal.service v, portal.organisation b
			WHERE v.land_id = o.land_id AND v.service_id = o.service_id AND v.slug = 'wohngeld' AND b.land_id = o.land_id AND b.org_id = o.org_id AND b.key = '16061'
			RETURNING 1)
		SELECT count(*)::int FROM went`, now.Format(time.RFC3339))
	date("k16061", "16061", onboarding.DateInput{On: time.Date(2026, 3, 24, 0, 0, 0, 0, time.UTC), Reason: "Zahlendreher"})
	for _, login := range readers {
		if again := p.printed(t, login, report); again != first[login] {
			t.Errorf("%s reads of 31.03. now\n%s\nand read\n%s", login, again, first[login])
		}
	}
	for _, login := range []string{"land", "tmdi-referat", "gremium"} { // k16052 was told of nothing new
		if p.printed(t, login, report+"&stand=heute") == corrected[login] {
			t.Errorf("%s reads of 31.03. as known today what it read before the correction", login)
		}
	}
	if p.printed(t, "land", "/bericht?stichtag=2026-04-30&vergleich=2026-02-28") == first["land"] {
		t.Error("a month later the report says the same: the test changes nothing that it shows")
	}
}

func (p *portal) printed(t *testing.T, login, path string) string {
	t.Helper()
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d", path, login, w.Code)
	}
	return mainOf.FindString(w.Body.String())
}
