package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"

	"rollinportal/internal/event"
	"rollinportal/internal/profile"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
)

func TestOneClickRegistersAndTheCalendarKnows(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	id := p.eventOf(t)
	address := p.openCalendar(t, "k16051")
	summaries := func(path, login string) string {
		file, err := ics.ParseCalendar(p.ask(t, login, path, nil).Body)
		must(t, err)
		var found []string
		for _, e := range file.Events() {
			found = append(found, e.GetProperty(ics.ComponentPropertySummary).Value)
		}
		return strings.Join(found, ", ")
	}
	if got := summaries(address, ""); strings.Contains(got, "OZG-Sprechstunde") {
		t.Errorf("the calendar of a town that has not registered: %s", got)
	}
	if w := p.ask(t, "k16051", link.RegisterEvent(id), url.Values{"version": {"1"}, "question": {"Darf das IT-Team mit?"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("registering: %d", w.Code)
	}
	if got := summaries(address, ""); !strings.Contains(got, "OZG-Sprechstunde") {
		t.Errorf("the calendar does not know the event: %s", got)
	}
	if got := summaries(link.EventFile(id), "k16052"); got != "OZG-Sprechstunde" {
		t.Errorf("the file of the event: %s", got)
	}
	if w := p.ask(t, "k16052", link.Event(id), nil); strings.Contains(w.Body.String(), "IT-Team") {
		t.Error("another town reads what was asked beforehand")
	}
	if w := p.ask(t, "d-k1", link.Event(id), nil); w.Code != http.StatusNotFound {
		t.Errorf("another Land sees the event: %d", w.Code)
	}
	if w := p.ask(t, "k16051", link.WithdrawEvent(id), url.Values{"version": {"1"}}); w.Code != http.StatusSeeOther {
		t.Errorf("withdrawing: %d", w.Code)
	}
	if got := summaries(address, ""); strings.Contains(got, "OZG-Sprechstunde") {
		t.Errorf("the calendar after withdrawing: %s", got)
	}
}

func TestOpenRoundsAreAmongTheTasks(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	id := p.surveyOf(t)
	if w := p.ask(t, "k16051", link.Tasks, nil); !strings.Contains(w.Body.String(), link.Survey(id)) {
		t.Error("the start page of a town does not lead to the open round")
	}
	if w := p.ask(t, "k16051", link.FactFor("16051", "dms", link.New, id), nil); !strings.Contains(w.Body.String(), `value="`+id.String()+`"`) {
		t.Error("the form of the profile does not know the way back")
	}
	form := url.Values{"id": {"7f3b7c52-3f0f-4f0e-9a54-0c2a7b7b1c11"}, "umfrage": {id.String()}, "product": {"kein DMS"}, "other": {""}, "release": {""}, "remark": {""}, "service": {""}}
	w := p.ask(t, "k16051", link.Fact("16051", "dms", link.New), form)
	if at := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(at, link.Survey(id)) {
		t.Errorf("stating a fact for a round answers %d and leads to %q", w.Code, at)
	}
	for _, path := range []string{link.Survey(id), link.SurveyAnswer(id, "16051")} {
		if w := p.ask(t, "d-k1", path, nil); w.Code != http.StatusNotFound {
			t.Errorf("another Land asks for %s: %d", path, w.Code)
		}
	}
	if w := p.ask(t, "k16052", link.SurveyAnswer(id, "16051"), nil); w.Code != http.StatusNotFound {
		t.Errorf("another town asks for a single answer: %d", w.Code)
	}
	if w := p.ask(t, "land", link.Search+"?q=Umfrage", nil); !strings.Contains(w.Body.String(), link.Survey(id)) {
		t.Error("the search does not find the round")
	}
	if w := p.ask(t, "gremium", link.Search+"?q=Umfrage", nil); strings.Contains(w.Body.String(), link.Survey(id)) {
		t.Error("the search tells a committee of a round that is not published")
	}
}

// sends posts a form and wants to be led on.
func (p *portal) sends(t *testing.T, login, path string, form url.Values) {
	t.Helper()
	if w := p.ask(t, login, path, form); w.Code != http.StatusSeeOther {
		t.Fatalf("POST %s as %s: %d\n%s", path, login, w.Code, form.Encode())
	}
}

func TestARoundGoesToATownAndBack(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	profiles, surveys := profile.NewService(p.DB), survey.NewService(p.DB)
	for kind, product := range map[profile.Kind]string{profile.PostOffice: "nicht vorhanden", profile.DMS: "Docuware", profile.Variant: "noch offen", profile.Payment: "ePayBL"} {
		in := profile.Input{ID: uuid.New(), Kind: kind, Details: map[string]string{profile.Product: product}}
		must(t, profiles.Save(t.Context(), p.As(t, "k16051"), "16051", in))
	}
	id := uuid.New()
	p.sends(t, "land", link.Surveys, url.Values{"id": {id.String()}, "title": {"2027/I"}, "closes_on": {time.Now().AddDate(0, 0, 14).Format("02.01.2006")}, "note": {"Bitte antworten."}})
	p.sends(t, "land", link.TurnSurvey(id), url.Values{"version": {"1"}, "to": {"open"}})
	p.sends(t, "land", link.RemindSurvey(id), url.Values{"version": {"2"}})

	sheet := func() *survey.Sheet {
		s, err := surveys.Sheet(t.Context(), p.As(t, "k16051"), id)
		must(t, err)
		return s
	}
	text := func(version int64) []string { return []string{strconv.FormatInt(version, 10)} }
	early := p.ask(t, "k16051", link.SubmitSurvey(id), url.Values{"version": text(sheet().Own.Version)})
	if early.Code != http.StatusUnprocessableEntity || !strings.Contains(early.Body.String(), `href="#dms"`) {
		t.Errorf("submitting with nothing answered: %d, no link to the block", early.Code)
	}
	p.sends(t, "k16051-b", link.ConfirmSurvey(id), url.Values{"version": text(sheet().Profile), "block": {"dms"}})
	if stale := p.ask(t, "k16051", link.ConfirmSurvey(id), url.Values{"version": {"1"}}); stale.Code != http.StatusConflict {
		t.Errorf("confirming what has changed: %d", stale.Code)
	}
	p.sends(t, "k16051", link.ConfirmSurvey(id), url.Values{"version": text(sheet().Profile)})
	wrong := p.ask(t, "k16051", link.SurveyOutlook(id), url.Values{"version": text(sheet().Own.Version), "plans": {"alles"}, "wish": {"Mehr Schulungen"}})
	if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), "Mehr Schulungen") {
		t.Errorf("an outlook that nobody offers: %d, or what was typed is gone", wrong.Code)
	}
	p.sends(t, "k16051", link.SurveyOutlook(id), url.Values{"version": text(sheet().Own.Version), "plans": {"kein Wechsel"}, "wish": {"Mehr Schulungen"}})
	p.sends(t, "k16051", link.SubmitSurvey(id), url.Values{"version": text(sheet().Own.Version)})
	answer := link.SurveyAnswer(id, "16051")
	p.sends(t, "land", answer, url.Values{"version": text(sheet().Own.Version), "act": {"return"}, "reason": {"Welche Version?"}})
	if w := p.ask(t, "k16051", link.Survey(id), nil); !strings.Contains(w.Body.String(), "Welche Version?") {
		t.Error("the town does not read why its answer came back")
	}
	p.sends(t, "k16051", link.SubmitSurvey(id), url.Values{"version": text(sheet().Own.Version)})
	p.sends(t, "land", answer, url.Values{"version": text(sheet().Own.Version), "act": {"accept"}, "reason": {""}})
	p.sends(t, "land", link.SurveyProducts, url.Values{"spelling": {"Docuware"}, "products": {"DocuWare 7"}, "version": {"0"}})
	if w := p.ask(t, "land", link.Survey(id), nil); !strings.Contains(w.Body.String(), "DocuWare 7") {
		t.Error("the Land does not see the answer as it counts")
	}
	p.sends(t, "land", link.TurnSurvey(id), url.Values{"version": {"3"}, "to": {"closed"}})
	if w := p.ask(t, "land", link.TurnSurvey(id), url.Values{"version": {"4"}, "to": {"published"}}); w.Code != http.StatusConflict {
		t.Errorf("publishing what a single town answered: %d", w.Code)
	}
}

func TestTheLandNotesWhoCameOrCancels(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := time.Now().Add(-2 * time.Hour)
	held := event.Input{ID: uuid.New(), Kind: "workshop", Title: "Workshop", Place: "Erfurt", StartsAt: at, EndsAt: at.Add(time.Hour)}
	must(t, event.NewService(p.DB).Plan(t.Context(), p.As(t, "redaktion"), held))
	p.sends(t, "land", link.AttendEvent(held.ID), url.Values{"version": {"1"}, "attended": {"16051", "16052"}})
	if w := p.ask(t, "k16051", link.Event(held.ID), nil); !strings.Contains(w.Body.String(), "Sie waren dabei") {
		t.Error("the town does not read that it was there")
	}
	if w := p.ask(t, "land", link.With(link.Bodies, "angabe", "teilnahme"), nil); !strings.Contains(w.Body.String(), link.Body("16052")) || strings.Contains(w.Body.String(), link.Body("16053")) {
		t.Error("the list behind the figure is not who came")
	}
	next := p.eventOf(t)
	if w := p.ask(t, "land", link.CancelEvent(next), url.Values{"version": {"1"}, "reason": {""}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("cancelling without a reason: %d", w.Code)
	}
	p.sends(t, "land", link.CancelEvent(next), url.Values{"version": {"1"}, "reason": {"Die Referentin ist krank."}})
	if w := p.ask(t, "k16051", link.RegisterEvent(next), url.Values{"version": {"2"}, "question": {""}}); w.Code != http.StatusConflict {
		t.Errorf("registering for what was cancelled: %d", w.Code)
	}
}
