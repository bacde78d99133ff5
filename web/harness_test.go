package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/web"
	"rollinportal/web/signinpage"
)

// portal is the whole portal over a database of its own.
type portal struct {
	*dbtest.World
	server *web.Server
	issuer *issuer
	base   string      // how browsers reach it
	log    *dbtest.Log // fails the test when it reads of people

	mu     sync.Mutex
	tokens map[string]string
}

func newPortal(t testing.TB, options ...postgres.Option) *portal {
	t.Helper()
	return portalOver(t, dbtest.New(t, options...))
}

// newRollin is newPortal where the Land rolls in Wohngeld already.
func newRollin(t *testing.T) *portal {
	t.Helper()
	return portalOver(t, rolledIn.New(t))
}

var rolledIn = dbtest.NewScene(func(t *testing.T) *dbtest.World {
	p := newPortal(t)
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	return p.World
})

func portalOver(t testing.TB, w *dbtest.World) *portal {
	t.Helper()
	p := &portal{World: w, issuer: newIssuer(t)}
	return p.again(t, func(*web.Config) {})
}

// again is a second instance over the same database and provider, with other settings.
func (p *portal) again(t testing.TB, change func(*web.Config)) *portal {
	t.Helper()
	base, _ := url.Parse("http://portal.test")
	config := web.Config{
		BaseURL: base, Provider: signinpage.ProviderConfig{Issuer: p.issuer.URL, ClientID: "portal", ClientSecret: clientSecret},
	}
	again := &portal{World: p.World, issuer: p.issuer, tokens: map[string]string{}}
	again.log = dbtest.NewLog(t, again.secrets)
	config.Log = slog.New(slog.NewJSONHandler(again.log, nil))
	change(&config)
	server, err := web.New(config, p.DB)
	if err != nil {
		t.Fatal(err)
	}
	again.server, again.base = server, config.BaseURL.String()
	return again
}

// askPost sends a form without fields.
func (p *portal) askPost(t testing.TB, login, path string) *httptest.ResponseRecorder {
	t.Helper()
	return p.ask(t, login, path, url.Values{})
}

// ask sends a request as a person of the demo; login "" is a stranger. A nil form is a GET.
func (p *portal) ask(t testing.TB, login, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, "http://portal.test"+path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://portal.test")
	}
	if login != "" {
		r.AddCookie(&http.Cookie{Name: "portal", Value: p.token(t, login)})
	}
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, r)
	return w
}

func (p *portal) token(t testing.TB, login string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tokens[login] == "" {
		p.tokens[login] = p.Token(t, login)
	}
	return p.tokens[login]
}

// rollinOf decides about a service and starts its roll-in, so that there is something to look at. It returns the
// decision.
func (p *portal) rollinOf(t testing.TB, land, ministry, slug string) uuid.UUID {
	t.Helper()
	id := p.decided(t, land, ministry, slug)
	if err := onboarding.NewService(p.DB).Start(context.Background(), p.As(t, land), slug, onboarding.StartInput{}); err != nil {
		t.Fatalf("start %s: %v", slug, err)
	}
	return id
}

func (p *portal) decided(t testing.TB, land, ministry, slug string) uuid.UUID {
	t.Helper()
	return p.decidedAs(t, land, ministry, slug, decision.Verdict{Outcome: decision.Approved, Ground: "economic", Reason: "wirtschaftlich"})
}

// decidedAs takes a service to its decision; the verdict's versions are read here.
func (p *portal) decidedAs(t testing.TB, land, ministry, slug string, v decision.Verdict) uuid.UUID {
	t.Helper()
	id := uuid.New()
	must(t, decision.NewService(p.DB).Request(context.Background(), p.As(t, land), decision.Request{ID: id, ServiceSlug: slug, Occasion: "Test"}))
	p.decide(t, ministry, id, v)
	return id
}

// decide does without the reviews of a requested case, submits it and takes the decision.
func (p *portal) decide(t testing.TB, ministry string, id uuid.UUID, v decision.Verdict) {
	t.Helper()
	p.Waive(t, ministry, id)
	ctx, s := context.Background(), decision.NewService(p.DB)
	referat, leitung := p.As(t, ministry+"-referat"), p.As(t, ministry+"-leitung")
	must(t, s.Submit(ctx, referat, id, p.versionOf(t, referat, id)))
	v.Version, v.Seen = p.versionOf(t, leitung, id), p.seenBy(t, leitung, id)
	must(t, s.Decide(ctx, leitung, id, v))
}

func (p *portal) versionOf(t testing.TB, who access.Actor, id uuid.UUID) int64 {
	t.Helper()
	found, err := decision.NewService(p.DB).Show(context.Background(), who, id, 1)
	must(t, err)
	return found.Version
}

func (p *portal) seenBy(t testing.TB, who access.Actor, id uuid.UUID) int64 {
	t.Helper()
	found, err := decision.NewService(p.DB).Show(context.Background(), who, id, 1)
	must(t, err)
	return found.Seen
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// finishLandStep has the Land finish a step, whatever stands before it is finished first.
func (p *portal) finishLandStep(t testing.TB, slug, key string) {
	t.Helper()
	ctx, land := context.Background(), p.As(t, "land")
	s := onboarding.NewService(p.DB)
	_, step, err := s.LandStep(ctx, land, slug, key, 1)
	must(t, err)
	for _, before := range step.WaitsFor {
		p.finishLandStep(t, slug, before.Key)
	}
	must(t, s.ChangeLandStep(ctx, land, slug, key, onboarding.StepInput{Version: step.Version, To: onboarding.Done, Evidence: "Akte"}))
}
