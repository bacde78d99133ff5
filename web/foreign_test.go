package web_test

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"rollinportal/internal/access"
	"rollinportal/web"
)

// attempt is an id in an address that the person of a role tries in place of an own one.
type attempt struct {
	owner, value string
	sees         string // roles that see the record by right: theirs is no foreign one
}

// TestForeignIDsDoNotExist has every role try every route with ids of other organisations, of the other Land, unknown
// and malformed ones, in each place of the address and in each circle of readers. Whoever may not see the record hears
// what an unknown id is told, to the letter, and nothing in the database changes. With the own ids of
// TestGoldenMatrixOfRoutesAndRoles that is every cell of the matrix.
func TestForeignIDsDoNotExist(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	attempts := foreignParams(t, p, own)
	before := p.digest(t)
	tally := &tally{tried: map[string]int{}}
	var crowd sync.WaitGroup
	for _, role := range access.Roles {
		crowd.Go(func() { p.tryRole(t, role, own, attempts, tally) })
	}
	for _, login := range []string{"d-land", "d-min-referat", "d-k1"} {
		crowd.Go(func() { p.tryAbroad(t, login, own, attempts, tally) })
	}
	crowd.Wait()
	if after := p.digest(t); after != before {
		t.Error("trying foreign ids changed the database: " + differing(before, after))
	}
	p.trySeen(t, own, attempts, tally)
	tally.holds(t, len(p.server.Routes())*len(access.Roles))
}

// tryRole tries what the role does not see. Records that it sees by right are for other tests: they may change, and a
// download leaves its mark in the trail.
func (p *portal) tryRole(t *testing.T, role access.Role, own map[string]string, attempts map[string][]attempt, tally *tally) {
	for _, route := range p.server.Routes() {
		for _, param := range paramsOf(route.Pattern) {
			unknown := p.try(t, loginOf[role], route, own, param, unknownLike(own[param]))
			tally.add("unknown")
			for _, a := range attempts[param] {
				if a.seenBy(role) && access.Allows(access.Action(route.Action), role) {
					continue
				}
				tally.add(a.owner)
				got := p.try(t, loginOf[role], route, own, param, a.value)
				if got != unknown && !a.nowhere(got) {
					t.Errorf("%s %s as %s with %s %s=%q: %d, an unknown id: %d, same body: %v", route.Method, route.Pattern, role, a.owner, param, a.value, got.status, unknown.status, got.body == unknown.body)
				}
			}
		}
	}
}

func (a attempt) seenBy(role access.Role) bool {
	return slices.Contains(strings.Fields(a.sees), string(role))
}

// nowhere: what is no id at all may be refused in its own words, there is nothing behind it to tell of.
func (a attempt) nowhere(got said) bool {
	return a.owner == "malformed" && (got.status == http.StatusNotFound || got.status == http.StatusUnprocessableEntity)
}

// trySeen has the roles look at what they see of others by right: a wall that hides everything keeps no promise.
func (p *portal) trySeen(t *testing.T, own map[string]string, attempts map[string][]attempt, tally *tally) {
	for _, route := range p.server.Routes() {
		for _, param := range paramsOf(route.Pattern) {
			for _, a := range attempts[param] {
				for _, role := range access.Roles {
					if !a.seenBy(role) || !access.Allows(access.Action(route.Action), role) || route.Method != http.MethodGet || !strings.HasSuffix(route.Pattern, "{"+param+"}") || len(paramsOf(route.Pattern)) > 1 {
						continue
					}
					tally.add("seen by right")
					if got := p.try(t, loginOf[role], route, own, param, a.value); got.status >= http.StatusBadRequest && got.status != http.StatusConflict {
						t.Errorf("%s %s as %s with %s %s=%q, which it may see: %d", route.Method, route.Pattern, role, a.owner, param, a.value, got.status)
					}
				}
			}
		}
	}
}

// tryAbroad has people of the other Land try the ids of this one, which are every role's own.
func (p *portal) tryAbroad(t *testing.T, login string, own map[string]string, attempts map[string][]attempt, tally *tally) {
	for _, route := range p.server.Routes() {
		for _, param := range paramsOf(route.Pattern) {
			values := []attempt{{owner: "other Land", value: own[param]}}
			for _, a := range attempts[param] {
				if a.owner == "other organisation" {
					values = append(values, attempt{owner: "other Land", value: a.value})
				}
			}
			if !isRecord[param] {
				continue
			}
			unknown := p.try(t, login, route, own, param, unknownLike(own[param]))
			for _, a := range values {
				got := p.try(t, login, route, own, param, a.value)
				tally.add(a.owner)
				if got != unknown {
					t.Errorf("%s %s as %s with %s=%q of the other Land: %d, an unknown id: %d", route.Method, route.Pattern, login, param, a.value, got.status, unknown.status)
				}
			}
		}
	}
}

// isRecord are the parameters that name a record of one Land alone, by an id or a number that both Länder give out.
var isRecord = map[string]bool{
	"id": true, "nachweis": true, "mitteilung": true, "frage": true, "angabe": true, "stellungnahme": true, "vertretung": true,
	"erfahrung": true, "auflage": true, "eintrag": true, "ansicht": true, "einheit": true, "org": true, "hilfe": true, "umfrage": true, "termin": true, "einladung": true, "mitglied": true,
}

// said is all that a person can tell an answer by.
type said struct {
	status         int
	body, location string
}

// try sends a request with one id in place of the own one and takes that id out of the answer.
func (p *portal) try(t *testing.T, login string, route web.Route, own map[string]string, param, value string) said {
	var form url.Values
	if route.Method == http.MethodPost {
		form = url.Values{"version": {"1"}} // what every form has; an unknown field would be refused before the id is looked at
	}
	params := maps.Clone(own)
	params[param] = url.PathEscape(value)
	w := p.ask(t, login, fill(t, route.Pattern, params), form)
	return said{w.Code, without(value, w.Body.String()), without(value, w.Header().Get("Location"))}
}

// without takes an id out of an answer, as it stands in addresses.
func without(value, text string) string {
	for _, spelt := range []string{value, url.PathEscape(value), url.QueryEscape(value), url.QueryEscape(url.PathEscape(value))} {
		for _, before := range []string{"/", "%2F", "=", `value="`} {
			text = strings.ReplaceAll(text, before+spelt, before+"ID")
			text = strings.ReplaceAll(text, before+html.EscapeString(spelt), before+"ID")
		}
	}
	return text
}

var param = regexp.MustCompile(`\{(\w+)\}`)

func paramsOf(pattern string) (names []string) {
	for _, m := range param.FindAllStringSubmatch(pattern, -1) {
		names = append(names, m[1])
	}
	return names
}

func unknownLike(id string) string {
	if strings.Count(id, "-") == 4 {
		return "00000000-0000-4000-8000-000000000000"
	}
	if strings.Trim(id, "0123456789") == "" && len(id) < 5 {
		return "12345"
	}
	return "gibt-es-nicht"
}

// tally counts the attempts.
type tally struct {
	mu    sync.Mutex
	tried map[string]int
}

func (c *tally) add(owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tried[owner]++
}

// holds prints the count and compares it with the golden one: a walk that shrinks by more than two of a hundred has
// lost something on its way.
func (c *tally) holds(t *testing.T, own int) {
	t.Helper()
	total, lines := own, fmt.Sprintf("own %d\n", own)
	for _, owner := range slices.Sorted(maps.Keys(c.tried)) {
		total += c.tried[owner]
		lines += fmt.Sprintf("%s %d\n", owner, c.tried[owner])
	}
	t.Logf("P1: %d requests: %s", total, strings.ReplaceAll(strings.TrimSpace(lines), "\n", ", "))
	path := filepath.Join("testdata", "walk.golden")
	if *update {
		must(t, os.WriteFile(path, fmt.Appendf(nil, "%d\n%s", total, lines), 0o644))
	}
	text, err := os.ReadFile(path)
	must(t, err)
	first, _, _ := strings.Cut(string(text), "\n")
	want, err := strconv.Atoi(first)
	must(t, err)
	if total*100 < want*98 || total < 10_000 {
		t.Errorf("%d requests, %d were walked before and 10,000 are promised; if routes have gone, run with -update", total, want)
	}
}

func (p *portal) unassigned(t *testing.T, provider string) []string {
	t.Helper()
	return stringsOf(t, p, `
		SELECT string_agg(o.key, ' ' ORDER BY o.key) FROM portal.organisation o
		WHERE o.kind IN ('district', 'independent_city') AND o.key LIKE '16%' AND NOT EXISTS (
			SELECT FROM portal.assignment a JOIN portal.organisation p ON p.org_id = a.provider_id
			WHERE a.org_id = o.org_id AND p.key = '`+provider+`')`)
}
