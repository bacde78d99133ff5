package web_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"go.yaml.in/yaml/v3"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
)

// compose is docker-compose.yml, as far as the sign-in needs it.
type compose struct {
	Services map[string]struct {
		Image       string
		Build       string
		Command     []string
		Environment map[string]string
		Ports       []string
		Volumes     []string
		Networks    map[string]struct{ Aliases []string }
	}
}

// realm is the file that Keycloak imports.
type realm struct {
	Realm  string
	Groups []struct{ Name string }
	Users  []struct {
		ID, Username, Email string
		Groups              []string
	}
	Clients []struct {
		ClientID     string
		Secret       string
		PublicClient bool
		RedirectURIs []string `json:"redirectUris"`
		Attributes   map[string]string
		Mappers      []struct {
			Kind   string `json:"protocolMapper"`
			Config map[string]string
		} `json:"protocolMappers"`
	}
}

var placeholder = regexp.MustCompile(`\$\{([A-Z_]+)(?::-([^}]*)|:\?)?\}`)

// filled replaces placeholders by their defaults, or by their names where there is none.
func filled(text string, from map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(match string) string {
		parts := placeholder.FindStringSubmatch(match)
		if value, given := from[parts[1]]; given {
			return value
		}
		if parts[2] != "" {
			return parts[2]
		}
		return "<" + parts[1] + ">"
	})
}

func readTrial(t *testing.T) (compose, realm) {
	t.Helper()
	text, err := os.ReadFile("../docker-compose.yml")
	must(t, err)
	var c compose
	must(t, yaml.Unmarshal([]byte(filled(string(text), nil)), &c))
	files, err := filepath.Glob("../docs/betrieb/keycloak/*.json")
	must(t, err)
	if len(files) != 1 {
		t.Fatalf("%d realm files", len(files))
	}
	text, err = os.ReadFile(files[0])
	must(t, err)
	var r realm
	must(t, json.Unmarshal([]byte(filled(string(text), c.Services["keycloak"].Environment)), &r))
	return c, r
}

// TestTheTrialInstallationFitsTogether: no container engine is at hand here, so its parts are held against each other and
// against the portal's routes. Keycloak itself has not run in this test.
func TestTheTrialInstallationFitsTogether(t *testing.T) {
	t.Parallel()
	c, r := readTrial(t)
	portal, keycloak := c.Services["portal"], c.Services["keycloak"]
	if len(r.Clients) != 1 {
		t.Fatalf("%d clients in the realm", len(r.Clients))
	}
	client, base := r.Clients[0], portal.Environment["PORTAL_URL"]
	for what, pair := range map[string][2]string{
		"issuer":              {portal.Environment["OIDC_ISSUER"], keycloak.Environment["KC_HOSTNAME"] + "/realms/" + r.Realm},
		"client":              {portal.Environment["OIDC_CLIENT_ID"], client.ClientID},
		"secret":              {portal.Environment["OIDC_CLIENT_SECRET"], client.Secret},
		"redirect address":    {base + "/auth/callback", strings.Join(client.RedirectURIs, " ")},
		"after signing out":   {base + "/anmelden", client.Attributes["post.logout.redirect.uris"]},
		"back channel":        {"http://portal:8080/auth/backchannel-logout", client.Attributes["backchannel.logout.url"]},
		"back channel by sid": {"true", client.Attributes["backchannel.logout.session.required"]},
		"PKCE":                {"S256", client.Attributes["pkce.code.challenge.method"]},
	} {
		if pair[0] != pair[1] || pair[0] == "" {
			t.Errorf("%s: the portal says %q, Keycloak %q", what, pair[0], pair[1])
		}
	}
	if client.PublicClient {
		t.Error("the client needs no secret")
	}
	port := keycloak.Environment["KC_HTTP_PORT"]
	if keycloak.Environment["KC_HOSTNAME"] != "http://"+keycloak.Networks["default"].Aliases[0]+":"+port || !slices.Contains(keycloak.Ports, "127.0.0.1:"+port+":"+port) {
		t.Errorf("browsers and the portal do not see Keycloak under one address: %+v", keycloak)
	}
	if !slices.Contains(keycloak.Volumes, "./docs/betrieb/keycloak:/opt/keycloak/data/import:ro") || !slices.Contains(keycloak.Command, "--import-realm") {
		t.Error("Keycloak does not import the realm")
	}
	for _, name := range []string{"db", "migrate", "portal", "keycloak"} {
		s, known := c.Services[name]
		if !known || s.Image == "" || strings.HasSuffix(s.Image, ":latest") {
			t.Errorf("service %s: %+v", name, s)
		}
	}
}

func TestTheTrialsAddressesAreRoutes(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	var routes []string
	for _, r := range p.server.Routes() {
		routes = append(routes, r.Method+" "+r.Pattern)
	}
	for _, want := range []string{"GET /auth/callback", "GET /anmelden", "POST /auth/backchannel-logout"} {
		if !slices.Contains(routes, want) {
			t.Errorf("the realm names %s, which is no route", want)
		}
	}
}

// TestTheTrialsClaimsMatchRules: what the realm's mapper puts into the id token is what a rule finds there.
func TestTheTrialsClaimsMatchRules(t *testing.T) {
	t.Parallel()
	_, r := readTrial(t)
	w := dbtest.New(t)
	s, land := identity.NewService(w.DB), w.As(t, "land")
	must(t, s.TurnRules(t.Context(), land, true))
	for _, m := range r.Clients[0].Mappers {
		if m.Kind != "oidc-group-membership-mapper" || m.Config["id.token.claim"] != "true" || m.Config["full.path"] != "false" {
			t.Fatalf("the mapper is %+v", m)
		}
		must(t, s.AddRule(t.Context(), land, identity.NewRule{ID: uuid.New(), Claim: m.Config["claim.name"], Value: "ozg-erfurt", OrgKey: "16051", Role: access.BodyCoordinator}))
		for _, u := range r.Users {
			var names []string
			for _, g := range u.Groups {
				names = append(names, strings.TrimPrefix(g, "/"))
			}
			said, err := json.Marshal(map[string]any{"iss": "http://keycloak.localhost", "sub": u.ID, m.Config["claim.name"]: names})
			must(t, err)
			trial, _, err := s.Try(t.Context(), land, string(said))
			must(t, err)
			if got := fmt.Sprint(trial.Judgements[0].Verdict); (got == string(identity.Grants)) != (u.Username == "erfurt") {
				t.Errorf("%s in %v: %s", u.Username, names, got)
			}
		}
	}
}
