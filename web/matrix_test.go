package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/experience"
	"rollinportal/internal/funding"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/profile"
	"rollinportal/internal/question"
	"rollinportal/web"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// loginOf names the person who stands for each role in the matrix, responsible for the objects in own.
var loginOf = map[access.Role]string{
	access.StateCoordinator: "land", access.StateEditor: "redaktion", access.MinistryDecider: "tmdi-referat", access.MinistryReader: "tmdi-leser",
	access.BodyCoordinator: "k16051", access.BodyEditor: "k16051-b", access.Provider: "tlrz", access.Committee: "gremium",
	access.Platform: "betreiber", access.Anonymous: "",
}

// TestGoldenMatrixOfRoutesAndRoles walks every route that chi serves as every role and holds the answers against
// the permission table and a golden file. A route without an action, or an action without a route, fails.
func TestGoldenMatrixOfRoutesAndRoles(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	var lines []string
	for _, route := range p.server.Routes() {
		line := fmt.Sprintf("%-5s%-62s%s", route.Method, route.Pattern, route.Action)
		for _, role := range access.Roles {
			status := p.walk(t, loginOf[role], route, own)
			line += fmt.Sprintf(" %s=%d", role, status)
			agree(t, route, role, status)
		}
		lines = append(lines, line)
	}
	golden(t, "matrix.golden", strings.Join(lines, "\n")+"\n")
}

// agree checks a status against the cell of the permission table. Forms are sent empty: whoever may send them hears
// what is missing.
func agree(t *testing.T, route web.Route, role access.Role, status int) {
	t.Helper()
	allowed := access.Allows(access.Action(route.Action), role)
	refused := status == http.StatusForbidden || status == http.StatusUnauthorized
	if role == access.Anonymous && !allowed && route.Method == http.MethodGet {
		refused = status == http.StatusSeeOther
	}
	if allowed == refused {
		t.Errorf("%s %s as %s: %d, but the permission table says %v", route.Method, route.Pattern, role, status, allowed)
	}
	if status >= 500 {
		t.Errorf("%s %s as %s: %d", route.Method, route.Pattern, role, status)
	}
}

func TestEveryRouteHasItsActionAndEveryBuiltActionItsRoute(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	listed := map[string]bool{}
	routed := map[string]bool{}
	for _, r := range p.server.Routes() {
		listed[r.Method+" "+r.Pattern] = true
		routed[r.Action] = true
	}
	err := chi.Walk(p.server.Router(), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if !listed[method+" "+pattern] && method != http.MethodHead && !strings.HasPrefix(pattern, "/static/") {
			t.Errorf("%s %s is served but has no action", method, pattern)
		}
		return nil
	})
	must(t, err)
	for _, rule := range access.Rules() {
		onCommandLine := strings.HasPrefix(rule.Routes, "portal ")
		within := rule.Action == access.DashboardLand || rule.Action == access.DashboardBody // parts of /lagebild and /
		switch {
		case rule.NotYet == "" && !routed[string(rule.Action)] && !onCommandLine && !within:
			t.Errorf("%s is said to be built but has no route", rule.Action)
		case rule.NotYet != "" && routed[string(rule.Action)]:
			t.Errorf("%s has a route but is said not to be built", rule.Action)
		}
	}
}

// ownParams fills the parameters of routes with objects that the people of loginOf are responsible for.
func ownParams(t *testing.T, p *portal) map[string]string {
	t.Helper()
	id := p.rollinOf(t, "land", "tmdi", "wohngeld")
	nr := p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	return map[string]string{
		"nr":              nr,
		"leistung":        "wohngeld",
		"einheit":         "16051",
		"id":              id.String(),
		"art":             "fachlich",
		"schritt":         "k_kickoff",
		"nachweis":        p.fileOf(t, "k16051-b", "k_kickoff"),
		"partei":          "TLRZ",
		"mitteilung":      p.noticeOf(t, "k16051"),
		"token":           "kein-solcher-link",
		"teil":            "umfang",
		"sammelaenderung": p.batchOf(t),
		"adresse":         "UNBEKANNT",
		"frage":           p.questionOf(t, "k16051"),
		"bereich":         "zertifikat",
		"angabe":          p.factOf(t, "k16051"),
		"alternative":     "nachnutzung",
		"stellungnahme":   p.opinionOf(t, "tmdi-referat", "fuehrerschein", "TLRZ").String(),
		"vertretung":      p.delegationOf(t, "tmdi-referat", "tmdi-leitung").String(),
		"erfahrung":       p.experienceOf(t, "k16051"),
		"grundsatz":       p.matterOf(t, nr),
		"hilfe":           "00000000-0000-4000-8000-000000000001",
		"auflage":         p.conditionOf(t, "tmdi", "bauvorbescheid-und-baugenehmigung"),
		"eintrag":         p.fundingOf(t, "wohngeld"),
	}
}

// conditionOf decides about a service with an Auflage for Erfurt and returns that.
func (p *portal) conditionOf(t *testing.T, ministry, slug string) string {
	t.Helper()
	p.decidedAs(t, "land", ministry, slug, decision.Verdict{
		Outcome: decision.ApprovedWithConditions, Ground: "economic", Reason: "wirtschaftlich",
		Conditions: []decision.Condition{{Text: "Anlaufstelle benennen", Owner: p.As(t, "k16051").Org.Name, DueOn: time.Now().AddDate(0, 1, 0)}},
	})
	found, err := condition.NewService(p.DB).List(t.Context(), p.As(t, "k16051"), condition.Filter{Service: slug})
	must(t, err)
	if len(found) != 1 {
		t.Fatalf("%d Auflagen, want one", len(found))
	}
	return found[0].ID.String()
}

// fundingOf writes down that the Land pays for a service.
func (p *portal) fundingOf(t *testing.T, slug string) string {
	t.Helper()
	r := funding.Record{
		ID: uuid.New(), Kind: funding.Grant, Purpose: funding.Connection, Payer: economics.Land, Cents: 100, Source: "Test",
		From: time.Now(), To: time.Now().AddDate(1, 0, 0), PayerAfter: "die Kommunen",
	}
	must(t, funding.NewService(p.DB).Save(t.Context(), p.As(t, "land"), slug, r))
	return r.ID.String()
}

// batchOf sets a step for two bodies at once and returns the number of the batch.
func (p *portal) batchOf(t *testing.T) string {
	t.Helper()
	s := onboarding.NewService(p.DB)
	var steps []onboarding.Address
	p.finishLandStep(t, "wohngeld", "l_guide")
	for _, body := range []string{"16054", "16055"} {
		steps = append(steps, onboarding.Address{Body: body, Service: "wohngeld", Key: "k_kickoff", Version: 1})
	}
	no, _, err := s.ChangeMany(t.Context(), p.As(t, "land"), onboarding.ManyInput{ID: uuid.New(), Steps: steps, To: onboarding.InProgress})
	must(t, err)
	return strconv.Itoa(no)
}

// questionOf asks at a step of the own body and returns the question.
func (p *portal) questionOf(t *testing.T, login string) string {
	t.Helper()
	who, id := p.As(t, login), uuid.New()
	at := question.Where{Body: who.Org.Key, Service: "wohngeld", Step: "k_kickoff"}
	must(t, question.NewService(p.DB).Ask(t.Context(), who, at, question.Draft{ID: id, Kind: question.Asked, Text: "Wer benennt die Ansprechpersonen?"}))
	return id.String()
}

// factOf states a certificate in the profile of a body and returns its id.
func (p *portal) factOf(t *testing.T, login string) string {
	t.Helper()
	who, id, until := p.As(t, login), uuid.New(), time.Now().AddDate(1, 0, 0)
	must(t, profile.NewService(p.DB).Save(t.Context(), who, who.Org.Key, profile.Input{ID: id, Kind: profile.Certificate, Details: map[string]string{
		profile.Purpose: profile.ForOSCI, profile.Subject: "CN=Test", profile.Issuer: "CN=Test-CA", profile.Fingerprint: strings.Repeat("AB", 32),
		profile.ValidFrom: "2024-11-30", profile.ValidTo: until.Format(time.DateOnly), profile.Custodian: "IT-Abteilung",
	}}))
	return id.String()
}

// experienceOf releases an experience of the own body and returns it.
func (p *portal) experienceOf(t *testing.T, login string) string {
	t.Helper()
	who, id := p.As(t, login), uuid.New()
	at := experience.Where{Body: who.Org.Key, Service: "wohngeld", Step: "k_kickoff"}
	must(t, experience.NewService(p.DB).Release(t.Context(), who, at, experience.Draft{ID: id, Note: "So ging es.", Files: []uuid.UUID{}}))
	return id.String()
}

// noticeOf returns a notice of a person; starting a roll-in makes one.
func (p *portal) noticeOf(t *testing.T, login string) string {
	t.Helper()
	in, err := notify.NewService(p.DB).Inbox(t.Context(), p.As(t, login), 1)
	must(t, err)
	if len(in.Items) == 0 {
		t.Fatalf("%s has no notice", login)
	}
	return in.Items[0].ID.String()
}

// hurdleOf reports an obstacle and returns its number.
func (p *portal) hurdleOf(t *testing.T, login string, at hurdle.Where) string {
	t.Helper()
	return p.meets(t, login, at, false)
}

// blockedBy reports an obstacle that blocks a step.
func (p *portal) blockedBy(t *testing.T, login string, at hurdle.Where) {
	t.Helper()
	p.meets(t, login, at, true)
}

func (p *portal) meets(t *testing.T, login string, at hurdle.Where, blocking bool) string {
	t.Helper()
	no, err := hurdle.NewService(p.DB).Report(t.Context(), p.As(t, login), at, hurdle.Report{
		ID: uuid.New(), Text: "Zuständigkeit ungeklärt", Dimension: hurdle.Organisational, Blocking: &blocking,
	})
	must(t, err)
	return strconv.Itoa(no)
}

// walk sends a request to a route with its parameters filled in.
func (p *portal) walk(t *testing.T, login string, route web.Route, params map[string]string) int {
	t.Helper()
	var form url.Values
	if route.Method == http.MethodPost {
		if route.Action == string(access.Logout) && login != "" {
			return http.StatusSeeOther // would end the session that the next route needs; see TestSignOutEndsTheSession
		}
		form = url.Values{}
	}
	return p.ask(t, login, fill(t, route.Pattern, params), form).Code
}

func fill(t *testing.T, pattern string, params map[string]string) string {
	t.Helper()
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		name, isParam := strings.CutPrefix(part, "{")
		if !isParam {
			continue
		}
		value, known := params[strings.TrimSuffix(name, "}")]
		if !known {
			t.Fatalf("%s: no value for %s", pattern, part)
		}
		if part == "{schritt}" && strings.Contains(pattern, "/schritte/") {
			value = strings.Replace(value, "k_kickoff", "l_funding", 1) // a step of the Land
		}
		parts[i] = value
	}
	return strings.Join(parts, "/")
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if string(want) != got {
		t.Errorf("%s differs; run the test with -update and read the diff:\n%s", name, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want " + w[i] + "\ngot  " + g[i]
		}
	}
	return fmt.Sprintf("want %d lines, got %d", len(w), len(g))
}

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
