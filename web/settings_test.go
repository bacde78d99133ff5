package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// TestTheLandSetsHowLongAWordCounts sets the days of freshness and reads the list of what nobody confirmed.
func TestTheLandSetsHowLongAWordCounts(t *testing.T) {
	t.Parallel()
	now := time.Now()
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	must(t, onboarding.NewService(p.DB).Confirm(t.Context(), p.As(t, "k16051"), "16051", "wohngeld"))
	now = now.AddDate(0, 0, 10)
	list := func() string { return p.total(t, "land", "/roll-in?stand=nicht-bestaetigt") }
	save := func(days, was string, want int) string {
		t.Helper()
		w := p.ask(t, "land", "/einstellungen", url.Values{"fresh_days": {days}, "was": {was}})
		if w.Code != want {
			t.Errorf("%s days after %s: %d, want %d", days, was, w.Code, want)
		}
		return w.Body.String()
	}
	if got := list(); got != "0" {
		t.Errorf("after ten days of thirty %s are stale", got)
	}
	for _, bad := range []string{"6", "366", "", "viele", "-1", "99999999999999999999"} {
		if html := save(bad, "30", http.StatusUnprocessableEntity); !strings.Contains(html, `value="`+bad+`"`) {
			t.Errorf("%q is lost", bad)
		}
	}
	save("7", "30", http.StatusSeeOther)
	save("7", "30", http.StatusConflict)
	save("9", "7", http.StatusSeeOther)
	if got := list(); got != "22" {
		t.Errorf("after ten days of nine %s are stale", got)
	}
	must(t, onboarding.NewService(p.DB).Confirm(t.Context(), p.As(t, "k16051"), "16051", "wohngeld"))
	if got := list(); got != "21" {
		t.Errorf("with one confirmed %s are stale", got)
	}
	if html := p.ask(t, "land", "/leistungen/wohngeld/roll-in", nil).Body.String(); !strings.Contains(html, "21 Einheiten</a>") {
		t.Error("the roll-in does not count what is stale")
	}
	land, today := p.As(t, "land"), workday.Day(now)
	rollin, err := onboarding.NewService(p.DB).LandSteps(t.Context(), land, "wohngeld")
	must(t, err)
	for _, o := range rollin.Bodies {
		if got := o.Unconfirmed(today, land.Land.FreshDays); got != (o.BodyKey != "16051") {
			t.Errorf("%s: the list says otherwise than %v", o.BodyName, got)
		}
	}
	if days := p.As(t, "d-land").Land.FreshDays; days != 30 {
		t.Errorf("the other Land has %d days", days)
	}
}
