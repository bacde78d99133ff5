package decisionpage_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
	"golang.org/x/net/html"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/onboarding"
	"rollinportal/web/decisionpage"
	"rollinportal/web/evidencepage"
	"rollinportal/web/page"
)

var ctx = context.Background()

// site is the pages of this room over a database of their own.
type site struct {
	*dbtest.World
	decisions              *decision.Service
	router                 *chi.Mux
	land, referat, leitung access.Actor
}

func newSite(t *testing.T) site {
	t.Helper()
	w := dbtest.New(t)
	s := site{World: w, decisions: decision.NewService(w.DB), router: chi.NewRouter()}
	s.land, s.referat, s.leitung = w.As(t, "land"), w.As(t, "tmikl-referat"), w.As(t, "tmikl-leitung")
	desk := page.Desk{Log: slog.New(slog.DiscardHandler)}
	shell := page.Shell{Asset: func(name string) string { return "/static/" + name }}
	p := decisionpage.Pages{Shell: shell, Decisions: s.decisions, Onboardings: onboarding.NewService(w.DB), Papers: evidencepage.Pages{}.Papers}
	get := func(pattern string, a access.Action, h page.Handler) { s.router.Get(pattern, desk.Handle(a, h)) }
	post := func(pattern string, a access.Action, h page.Handler) { s.router.Post(pattern, desk.Handle(a, h)) }
	get("/entscheidungen", access.DecisionView, p.List)
	get("/entscheidungen/neu", access.DecisionRequest, p.New)
	post("/entscheidungen", access.DecisionRequest, p.Create)
	get("/entscheidungen/{id}", access.DecisionView, p.Show)
	get("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalView, p.Review)
	post("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalEdit, p.SaveReview)
	post("/entscheidungen/{id}/einreichen", access.DecisionInternalEdit, p.Submit)
	post("/entscheidungen/{id}/zurueckziehen", access.DecisionInternalEdit, p.Withdraw)
	get("/entscheidungen/{id}/beschluss", access.DecisionDecide, p.Consider)
	post("/entscheidungen/{id}/beschluss", access.DecisionDecide, p.Decide)
	get("/entscheidungen/{id}/stellungnahmen/neu", access.DecisionInternalEdit, p.AskForm)
	post("/entscheidungen/{id}/stellungnahmen", access.DecisionInternalEdit, p.Ask)
	get("/entscheidungen/{id}/aufheben", access.DecisionReopen, p.ConsiderRevoking)
	post("/entscheidungen/{id}/aufheben", access.DecisionReopen, p.Revoke)
	get("/entscheidungen/vertretung", access.DecisionDecide, p.Delegations)
	post("/entscheidungen/vertretung", access.DecisionDecide, p.Delegate)
	post("/entscheidungen/vertretung/{vertretung}/beenden", access.DecisionDecide, p.EndDelegation)
	return s
}

// answer is a page as a test looks at it.
type answer struct {
	t        *testing.T
	status   int
	location string
	doc      *html.Node
}

func (s site) get(t *testing.T, who access.Actor, path string) answer {
	t.Helper()
	return s.send(t, who, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form, given as name and value in turn.
func (s site) post(t *testing.T, who access.Actor, path string, pairs ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(t, who, r)
}

func (s site) send(t *testing.T, who access.Actor, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	s.router.ServeHTTP(w, page.WithVisit(r, &page.Visit{Who: who}))
	doc, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{t, w.Code, w.Header().Get("Location"), doc}
}

func (a answer) wantStatus(want int) answer {
	a.t.Helper()
	if a.status != want {
		a.t.Errorf("status %d, want %d: %s", a.status, want, a.text("main"))
	}
	return a
}

func (a answer) wantRedirect(path string) {
	a.t.Helper()
	if to, _, _ := strings.Cut(a.location, "?"); a.status != http.StatusSeeOther || to != path {
		a.t.Errorf("status %d to %q, want 303 to %q: %s", a.status, a.location, path, a.text("main"))
	}
}

func (a answer) all(selector string) []*html.Node {
	return cascadia.QueryAll(a.doc, cascadia.MustCompile(selector))
}

// text is what the elements of a selector say, with single spaces.
func (a answer) text(selector string) string {
	var words []string
	for _, n := range a.all(selector) {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				words = append(words, strings.Fields(d.Data)...)
			}
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "\u00ad", "")
}

// value is an attribute of the first element of a selector.
func (a answer) value(selector, name string) string {
	for _, n := range a.all(selector) {
		for _, attr := range n.Attr {
			if attr.Key == name {
				return attr.Val
			}
		}
	}
	return ""
}

func (a answer) wantText(selector string, parts ...string) answer {
	a.t.Helper()
	text := a.text(selector)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			a.t.Errorf("%s says %q, want %q in it", selector, text, p)
		}
	}
	return a
}

func (a answer) wantNo(selector string) answer {
	a.t.Helper()
	if text := a.text(selector); len(a.all(selector)) > 0 {
		a.t.Errorf("%s is there and says %q, want none", selector, text)
	}
	return a
}

// wantErrors compares the links of the error summary, and that each leads to an element of the page.
func (a answer) wantErrors(fields ...string) answer {
	a.t.Helper()
	var got []string
	for _, n := range a.all("[role=alert] a") {
		for _, attr := range n.Attr {
			if attr.Key == "href" {
				got = append(got, strings.TrimPrefix(attr.Val, "#"))
			}
		}
	}
	if !slices.Equal(got, fields) {
		a.t.Errorf("the summary leads to %v, want %v", got, fields)
	}
	for _, f := range got {
		if len(a.all("[id='"+f+"']")) != 1 {
			a.t.Errorf("the summary leads to %q, which is %d times on the page", f, len(a.all("[id='"+f+"']")))
		}
	}
	return a
}

// requested is a draft about Einbürgerung that the Land asked for.
func (s site) requested(t *testing.T) (uuid.UUID, string) {
	t.Helper()
	id := uuid.New()
	if err := s.decisions.Request(ctx, s.land, decision.Request{ID: id, ServiceSlug: "einbuergerung", Occasion: "Fokusleistung"}); err != nil {
		t.Fatal(err)
	}
	return id, "/entscheidungen/" + id.String()
}

// submitted is a case that waits for the second person.
func (s site) submitted(t *testing.T) (uuid.UUID, string) {
	t.Helper()
	id, path := s.requested(t)
	for _, art := range []string{"fachlich", "technisch", "datenschutz", "wirtschaftlichkeit"} {
		s.post(t, s.referat, path+"/pruefungen/"+art, "version", "1", "result", "positive_with_conditions", "note", "Vermerk "+art, "cross_land", "ja").wantRedirect(path)
	}
	s.assess(t, id)
	s.post(t, s.referat, path+"/einreichen", "version", s.version(t, path)).wantRedirect(path)
	return id, path
}

// assess enters the least that can be compared.
func (s site) assess(t *testing.T, id uuid.UUID) {
	t.Helper()
	err := s.decisions.AssessFrame(ctx, s.referat, id, 1, economics.Frame{FirstYear: 2027, Years: 5})
	for _, which := range []economics.Alternative{economics.Reuse, economics.AsIs} {
		err = errors.Join(err, s.decisions.AssessOption(ctx, s.referat, id, 1, economics.Option{Alternative: which, Items: []economics.Item{
			{Label: "Betrieb", Kind: economics.CostYearly, Payer: economics.Land, Cents: 3_100_000, Source: "Angebot"},
		}}))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// version is what the forms of a case carry.
func (s site) version(t *testing.T, path string) string {
	t.Helper()
	return s.get(t, s.referat, path).value("input[name=version]", "value")
}
