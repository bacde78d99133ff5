package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rollinportal/internal/hurdle"
	"rollinportal/web"
)

// TestForeignIDsDoNotExist has people try every route with ids of others. The answer is that of an unknown id, to
// the letter, and nothing in the database changes.
func TestForeignIDsDoNotExist(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	einbuergerung := p.rollinOf(t, "land", "tmikl", "einbuergerung")
	abroad := p.rollinOf(t, "d-land", "d-min", "wohngeld")
	others := p.hurdleOf(t, "k16052", hurdle.Where{Body: "16052", Service: "wohngeld", Step: "k_kickoff"})
	before := p.digest(t)
	tried := 0
	for _, c := range []struct {
		login   string
		param   string
		foreign []string
	}{
		{"k16051", "einheit", append(p.otherBodies(t, "16051"), "99001")},
		{"k16051-b", "einheit", append(p.otherBodies(t, "16051"), "99001")},
		{"tlrz", "einheit", p.unassigned(t, "TLRZ")},
		{"d-k1", "einheit", append(p.otherBodies(t, "99001"), "99002", "99003")},
		{"tmdi-referat", "id", []string{einbuergerung.String(), abroad.String()}},
		{"tmdi-leser", "id", []string{einbuergerung.String(), abroad.String()}},
		{"land", "id", []string{abroad.String()}},
		{"k16051", "id", []string{abroad.String()}},
		{"d-land", "id", []string{own["id"], einbuergerung.String()}},
		{"k16052", "angabe", []string{own["angabe"]}},
		{"k16052", "nachweis", []string{own["nachweis"]}},
		{"tlrz", "nachweis", []string{own["nachweis"]}},
		{"d-land", "nachweis", []string{own["nachweis"]}},
		{"k16052", "frage", []string{own["frage"]}},
		{"tlrz", "frage", []string{own["frage"]}},
		{"tmdi-referat", "frage", []string{own["frage"]}},
		{"d-land", "frage", []string{own["frage"]}},
		{"k16052", "erfahrung", []string{own["erfahrung"]}},
		{"d-k1", "erfahrung", []string{own["erfahrung"]}},
		{"d-land", "leistung", []string{"einbuergerung", "elterngeld"}},
		{"d-k1", "leistung", []string{"einbuergerung"}},
		{"k16051", "nr", []string{others}},
		{"tmikl-referat", "nr", []string{own["nr"], others}},
		{"d-land", "nr", []string{own["nr"], others}},
		{"d-land", "sammelaenderung", []string{own["sammelaenderung"]}},
		{"tlrz", "sammelaenderung", []string{own["sammelaenderung"]}},
		{"redaktion", "ansicht", []string{own["ansicht"]}},
		{"k16051", "ansicht", []string{own["ansicht"]}},
		{"d-land", "ansicht", []string{own["ansicht"]}},
		{"k16052", "auflage", []string{own["auflage"]}},
		{"tlrz", "auflage", []string{own["auflage"]}},
		{"tmikl-referat", "auflage", []string{own["auflage"]}},
		{"d-land", "auflage", []string{own["auflage"]}},
		{"kiv", "stellungnahme", []string{own["stellungnahme"]}},
		{"gremium", "stellungnahme", []string{own["stellungnahme"]}},
		{"d-land", "grundsatz", []string{own["grundsatz"]}},
		{"tmikl-referat", "vertretung", []string{own["vertretung"]}},
	} {
		for _, route := range p.server.Routes() {
			if !strings.Contains(route.Pattern, "{"+c.param+"}") {
				continue
			}
			for _, value := range c.foreign {
				tried++
				p.sameAsUnknown(t, c.login, route, own, c.param, value)
			}
		}
	}
	if after := p.digest(t); after != before {
		t.Error("trying foreign ids changed the database")
	}
	t.Logf("%d requests with foreign ids", tried)
	if tried < 300 {
		t.Errorf("only %d requests: the walk is broken", tried)
	}
}

// sameAsUnknown compares the answer for a foreign id with that for an id that nobody has.
func (p *portal) sameAsUnknown(t *testing.T, login string, route web.Route, params map[string]string, name, foreign string) {
	t.Helper()
	var form url.Values
	if route.Method == http.MethodPost {
		form = completeForm()
	}
	with := func(value string) (int, string) {
		filled := map[string]string{}
		for k, v := range params {
			filled[k] = v
		}
		filled[name] = value
		answer := p.ask(t, login, fill(t, route.Pattern, filled), form)
		return answer.Code, strings.ReplaceAll(answer.Body.String(), "/"+value, "/ID")
	}
	status, body := with(foreign)
	wantStatus, wantBody := with(unknownLike(foreign))
	refusedAnyway := status == http.StatusForbidden && wantStatus == http.StatusForbidden
	if status != wantStatus || body != wantBody || status != http.StatusNotFound && !refusedAnyway && !invalidAnyway(status) {
		t.Errorf("%s %s as %s with foreign %s=%s: %d, unknown id: %d, same body: %v", route.Method, route.Pattern, login, name, foreign, status, wantStatus, body == wantBody)
	}
}

// invalidAnyway: a form that does not hold is refused before anybody looks for the record.
func invalidAnyway(status int) bool { return status == http.StatusUnprocessableEntity }

func unknownLike(id string) string {
	if strings.Count(id, "-") == 4 {
		return "00000000-0000-4000-8000-000000000000"
	}
	if strings.Trim(id, "0123456789") == "" {
		return "12345"
	}
	return "gibt-es-nicht"
}

// completeForm carries only what every form has; fields that a form does not know would be refused before the id is
// looked at.
func completeForm() url.Values { return url.Values{"version": {"1"}} }

func (p *portal) otherBodies(t *testing.T, own string) []string {
	t.Helper()
	keys := stringsOf(t, p, `SELECT string_agg(key, ' ' ORDER BY key) FROM portal.organisation WHERE kind IN ('district', 'independent_city') AND key LIKE '16%'`)
	return slices.DeleteFunc(keys, func(k string) bool { return k == own })
}

func (p *portal) unassigned(t *testing.T, provider string) []string {
	t.Helper()
	return stringsOf(t, p, `
		SELECT string_agg(o.key, ' ' ORDER BY o.key) FROM portal.organisation o
		WHERE o.kind IN ('district', 'independent_city') AND NOT EXISTS (
			SELECT FROM portal.assignment a JOIN portal.organisation p ON p.org_id = a.provider_id
			WHERE a.org_id = o.org_id AND p.key = '`+provider+`')`)
}
