package checklistpage_test

import (
	"net/http"
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/checklistpage"
	"rollinportal/web/evidencepage"
	"rollinportal/web/pagetest"
	"rollinportal/web/questionpage"
	"rollinportal/web/rollinpage"
	"rollinportal/web/steppage"
)

// site is the pages of a roll-in over a database of their own: list, step, gate and state lead to each other.
type site struct {
	*dbtest.World
	onboardings *onboarding.Service
	pagetest.Site
	people map[string]access.Actor
}

const (
	service   = "/leistungen/einbuergerung"
	checklist = "/kommunen/16051/leistungen/einbuergerung"
)

func newSite(t *testing.T) site {
	t.Helper()
	w := dbtest.New(t)
	s := site{World: w, onboardings: onboarding.NewService(w.DB), Site: pagetest.NewSite(), people: map[string]access.Actor{}}
	get, post := s.Shows, s.Takes
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
	if a.Status != http.StatusSeeOther {
		t.Fatalf("%s finishes %s: %d %s", login, path, a.Status, a.Text("main"))
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
			s.review(t, step, "done").WantRedirect(toCheck)
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
	s.post(t, "k16051-b", at, "version", s.version(t, "k16051-b", at), "to", "submitted", "evidence", "Vermerk mit Termin", "valid_until", "1.1.2099").WantRedirect(checklist)
}

// review judges what was handed in, as whoever checks it.
func (s site) review(t *testing.T, step onboarding.Step, to string) pagetest.Answer {
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
	return s.get(t, login, path).Value("input[name=version]", "value")
}

func (s site) get(t *testing.T, login, path string) pagetest.Answer {
	t.Helper()
	return s.Get(t, s.as(t, login), path)
}

// post sends a form, given as name and value in turn.
func (s site) post(t *testing.T, login, path string, pairs ...string) pagetest.Answer {
	t.Helper()
	return s.Post(t, s.as(t, login), path, pairs...)
}
