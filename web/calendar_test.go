package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"rollinportal/internal/dbtest"
)

var calendarAddress = regexp.MustCompile(`value="http://portal\.test(/kalender/[A-Z2-7]+/fristen\.ics)"`)

// openCalendar opens an address for a person and returns its path.
func (p *portal) openCalendar(t *testing.T, login string) string {
	t.Helper()
	w := p.ask(t, login, "/kalender", url.Values{})
	found := calendarAddress.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || found == nil {
		t.Fatalf("open a calendar for %s: %d, no address on the page", login, w.Code)
	}
	return found[1]
}

func TestTheCalendarShowsTheDueDatesOfOneBody(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	w := p.ask(t, "", p.openCalendar(t, "k16051"), nil)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/calendar") {
		t.Fatalf("the calendar: %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	file, err := ics.ParseCalendar(w.Body)
	must(t, err)
	tasks, starts, ids := 0, 0, map[string]bool{}
	for _, e := range file.Events() {
		if at := e.GetProperty(ics.ComponentPropertyUrl).Value; at != "http://portal.test/kommunen/16051/leistungen/wohngeld" {
			t.Errorf("an entry leads to %s", at)
		}
		if ids[e.Id()] {
			t.Errorf("two entries are called %s", e.Id())
		}
		ids[e.Id()] = true
		if strings.HasPrefix(e.Id(), "produktivstart-") {
			starts++
			continue
		}
		tasks += strings.Count(e.GetProperty(ics.ComponentPropertyDescription).Value, "• ")
	}
	if want := p.openSteps(t, "16051"); tasks != want || starts != 1 {
		t.Errorf("the calendar has %d tasks and %d starts, want %d and 1", tasks, starts, want)
	}
}

// openSteps counts what a body has to do, the shared steps included.
func (p *portal) openSteps(t *testing.T, body string) int {
	t.Helper()
	return dbtest.Admin[int](t, p.World, `
		SELECT count(*)
		FROM portal.step s JOIN portal.organisation o USING (land_id, org_id)
		WHERE o.key = $1 AND s.scope <> 'land' AND s.state NOT IN ('done', 'not_applicable')`, body)
}

func TestACalendarAddressEnds(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	first := p.openCalendar(t, "k16051")
	if code := p.ask(t, "", first, nil).Code; code != http.StatusOK {
		t.Fatalf("a calendar without due dates: %d", code)
	}
	second, other := p.openCalendar(t, "k16051"), p.openCalendar(t, "k16052")
	gone := func(why, path string, want int) {
		t.Helper()
		if code := p.ask(t, "", path, nil).Code; code != want {
			t.Errorf("%s: %d, want %d", why, code, want)
		}
	}
	gone("replaced", first, http.StatusNotFound)
	gone("still open", second, http.StatusOK)
	if code := p.ask(t, "k16051", "/kalender/sperren", url.Values{}).Code; code != http.StatusSeeOther {
		t.Fatalf("closing: %d", code)
	}
	gone("closed", second, http.StatusNotFound)
	gone("of somebody else", other, http.StatusOK)
	ended := dbtest.Admin[int](t, p.World, `
		WITH ended AS (
			UPDATE auth.membership m SET status = 'ended' FROM portal.organisation o
			WHERE (o.land_id, o.org_id) = (m.land_id, m.org_id) AND o.key = '16052' RETURNING 1)
		SELECT count(*) FROM ended`)
	if ended == 0 {
		t.Fatal("nobody left")
	}
	gone("of somebody who left", other, http.StatusNotFound)
}
