package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
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
		within := rule.Action == access.DashboardBody // a part of /aufgaben
		switch {
		case rule.NotYet == "" && !routed[string(rule.Action)] && !onCommandLine && !within:
			t.Errorf("%s is said to be built but has no route", rule.Action)
		case rule.NotYet != "" && routed[string(rule.Action)]:
			t.Errorf("%s has a route but is said not to be built", rule.Action)
		}
	}
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
