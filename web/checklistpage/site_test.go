package checklistpage_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/checklistpage"
	"rollinportal/web/evidencepage"
	"rollinportal/web/page"
	"rollinportal/web/questionpage"
	"rollinportal/web/rollinpage"
	"rollinportal/web/steppage"
)

// site is the pages of a roll-in over a database of their own: list, step, gate and state lead to each other.
type site struct {
	*dbtest.World
	onboardings *onboarding.Service
	router      *chi.Mux
	people      map[string]access.Actor
}

const (
	service   = "/leistungen/einbuergerung"
	checklist = "/kommunen/16051/leistungen/einbuergerung"
)

func newSite(t *testing.T) site {
	t.Helper()
	w := dbtest.New(t)
	s := site{World: w, onboardings: onboarding.NewService(w.DB), router: chi.NewRouter(), people: map[string]access.Actor{}}
	desk := page.Desk{Log: slog.New(slog.DiscardHandler)}
	get := func(pattern string, a access.Action, h page.Handler) { s.router.Get(pattern, desk.Handle(a, h)) }
	post := func(pattern string, a access.Action, h page.Handler) { s.router.Post(pattern, desk.Handle(a, h)) }
	rollins := rollinpage.Pages{Onboardings: s.onboardings}
	get("/leistungen/{leistung}/roll-in", access.RolloutView, rollins.Show)
	const one = "/kommunen/{einheit}/leistungen/{leistung}"
	lists := checklistpage.Pages{Onboardings: s.onboardings, Hints: questionpage.Pages{}.General}
	get(one, access.ChecklistView, lists.Show)
	get(one+"/produktiv", access.ChecklistSubmit, lists.GoLive)
	post(one+"/produktiv", access.ChecklistSubmit, lists.ReportGoLive)
	get(one+"/stand", access.ChecklistState, lists.State)
	post(one+"/stand", access.ChecklistState, lists.ChangeState)
	get(one+"/termin", access.ChecklistState, lists.Date)
	post(one+"/termin", access.ChecklistState, lists.ChangeDate)
	steps := steppage.Pages{Onboardings: s.onboardings, Files: evidencepage.Pages{}.Panel, Talk: questionpage.Pages{}.Panel}
	get(one+"/aufgaben/{schritt}", access.ChecklistView, steps.Task)
	post(one+"/aufgaben/{schritt}", access.ChecklistItemEdit, steps.ChangeTask)
	post(one+"/aufgaben/{schritt}/pruefung", access.ChecklistConfirm, steps.ReviewTask)
	get(one+"/aufgaben/{schritt}/abgeben", access.ChecklistItemEdit, steps.HandOver)
	post(one+"/aufgaben/{schritt}/abgeben", access.ChecklistItemEdit, steps.SaveHandOver)
	post(one+"/aufgaben/{schritt}/zurueckholen", access.ChecklistItemEdit, steps.TakeBack)
	post(one+"/bestaetigen", access.ChecklistItemEdit, lists.Confirm)
	post("/kommunen/{einheit}/bestaetigen", access.ChecklistItemEdit, lists.Confirm)
	get("/leistungen/{leistung}/schritte/{schritt}", access.RolloutView, steps.LandStep)
	post("/leistungen/{leistung}/schritte/{schritt}", access.RolloutPlan, steps.ChangeLandStep)
	return s
}

// approve lets the ministry have approved Einbürgerung, with payment and pilots.
func (s site) approve(t *testing.T) {
	t.Helper()
	s.World.Approve(t, "einbuergerung", time.Now(), "transports = '{fitc}', payment = true, piloting = true")
}

// rollIn starts Einbürgerung with Erfurt as a pilot.
func (s site) rollIn(t *testing.T) {
	t.Helper()
	s.approve(t)
	if err := s.onboardings.Start(t.Context(), s.As(t, "land"), "einbuergerung", onboarding.StartInput{Pilots: []string{"16051"}}); err != nil {
		t.Fatal(err)
	}
}

// finishLand finishes the Land's steps by the form that people use.
func (s site) finishLand(t *testing.T) {
	t.Helper()
	for _, key := range []string{"l_funding", "l_contract", "l_stamm", "l_guide", "l_support", "l_pilots", "l_pilot_eval"} {
		s.finish(t, "land", service+"/schritte/"+key)
	}
}

// finish reports a step as done.
func (s site) finish(t *testing.T, login, path string) {
	t.Helper()
	a := s.post(t, login, path, "version", s.version(t, login, path), "to", "done", "evidence", "Vermerk", "valid_until", "1.1.2099")
	if a.status != http.StatusSeeOther {
		t.Fatalf("%s finishes %s: %d %s", login, path, a.status, a.text("main"))
	}
}

// finishUntil works through the checklist of Erfurt up to (without) a step.
func (s site) finishUntil(t *testing.T, until string) {
	t.Helper()
	c, err := s.onboardings.Checklist(t.Context(), s.as(t, "k16051"), "16051", "einbuergerung", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range c.Steps {
		if step.Key == until {
			return
		}
		switch at := checklist + "/aufgaben/" + step.Key; {
		case step.State.Finished():
		case step.RequiresReview():
			s.handIn(t, at)
			s.review(t, step, "done").wantRedirect(toCheck)
		default:
			s.finish(t, "k16051", at)
		}
	}
}

// toCheck is where a review leads.
const toCheck = "/aufgaben"

// handIn submits a task that others check.
func (s site) handIn(t *testing.T, at string) {
	t.Helper()
	s.post(t, "k16051-b", at, "version", s.version(t, "k16051-b", at), "to", "submitted", "evidence", "Vermerk mit Termin", "valid_until", "1.1.2099").wantRedirect(checklist)
}

// review judges what was handed in, as whoever checks it.
func (s site) review(t *testing.T, step onboarding.Step, to string) answer {
	t.Helper()
	login, at := "land", checklist+"/aufgaben/"+step.Key
	if step.Checker == template.ByProvider {
		login = "tlrz"
	}
	return s.post(t, login, at+"/pruefung", "version", s.version(t, login, at), "to", to)
}

func (s site) as(t *testing.T, login string) access.Actor {
	t.Helper()
	if _, known := s.people[login]; !known {
		s.people[login] = s.As(t, login)
	}
	return s.people[login]
}

// version is what the form on a page carries.
func (s site) version(t *testing.T, login, path string) string {
	t.Helper()
	return s.get(t, login, path).value("input[name=version]", "value")
}

// answer is a page as a test looks at it.
type answer struct {
	t        *testing.T
	status   int
	location string
	doc      *html.Node
}

func (s site) get(t *testing.T, login, path string) answer {
	t.Helper()
	return s.send(t, login, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form, given as name and value in turn.
func (s site) post(t *testing.T, login, path string, pairs ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(t, login, r)
}

func (s site) send(t *testing.T, login string, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	s.router.ServeHTTP(w, page.WithVisit(r, &page.Visit{Who: s.as(t, login)}))
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
