package survey_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
	"rollinportal/internal/survey"
)

// world is a database with a clock that a test moves.
type world struct {
	dbtest.Clocked
	*survey.Service
}

func newWorld(t *testing.T) world {
	t.Helper()
	c := dbtest.NewAt(t, time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC))
	return world{c, survey.NewService(c.DB)}
}

// open opens a round for two weeks.
func (w world) open(title string) uuid.UUID {
	w.T.Helper()
	in := survey.Input{ID: uuid.New(), Title: title, ClosesOn: w.Now.AddDate(0, 0, 14)}
	w.Must(w.Create(w.T.Context(), w.Actor("land"), in))
	w.Must(w.Turn(w.T.Context(), w.Actor("land"), in.ID, survey.Open, 1))
	return in.ID
}

func (w world) show(login string, id uuid.UUID) *survey.Page {
	w.T.Helper()
	p, err := w.Show(w.T.Context(), w.Actor(login), id)
	w.Must(err)
	return p
}

func (w world) sheet(body string, id uuid.UUID) *survey.Sheet {
	w.T.Helper()
	s, err := w.Sheet(w.T.Context(), w.Actor("k"+body), id)
	w.Must(err)
	return s
}

// state has a body say something in its profile.
func (w world) state(body string, kind profile.Kind, product string) {
	w.T.Helper()
	in := profile.Input{ID: uuid.New(), Kind: kind, Details: map[string]string{profile.Product: product}}
	if facts := w.profile(body).Of(kind); len(facts) > 0 {
		in.ID, in.Version = facts[0].ID, facts[0].Version
	}
	w.Must(profile.NewService(w.DB).Save(w.T.Context(), w.Actor("k"+body), body, in))
}

func (w world) profile(body string) *profile.Profile {
	w.T.Helper()
	p, err := profile.NewService(w.DB).Show(w.T.Context(), w.Actor("k"+body), body)
	w.Must(err)
	return p
}

// stateAll has a body say all that the survey asks of its profile.
func (w world) stateAll(body, dms string) {
	w.T.Helper()
	w.state(body, profile.PostOffice, "COM Vibilia von Governikus")
	w.state(body, profile.DMS, dms)
	w.state(body, profile.Variant, "FIT-Connect")
	w.state(body, profile.Payment, "ePayBL")
}

func (w world) submit(body string, id uuid.UUID) {
	w.T.Helper()
	who := w.Actor("k" + body)
	if s := w.sheet(body, id); len(s.Left()) > 0 {
		w.Must(w.Confirm(w.T.Context(), who, id, s.Profile))
		w.Must(w.Look(w.T.Context(), who, id, w.sheet(body, id).Own.Version, map[string]string{survey.Plans: survey.PlanOptions[0]}))
	}
	w.Must(w.Submit(w.T.Context(), who, id, w.sheet(body, id).Own.Version))
}

func (w world) response(id uuid.UUID, body string) survey.Response {
	w.T.Helper()
	p, err := w.Single(w.T.Context(), w.Actor("land"), id, body)
	w.Must(err)
	return p.Responses[0]
}

func (w world) accept(id uuid.UUID, body string) {
	w.T.Helper()
	w.Must(w.Settle(w.T.Context(), w.Actor("land"), id, body, survey.Judgement{Version: w.response(id, body).Version, Accept: true}))
}

// close closes the round and publishes it.
func (w world) publish(id uuid.UUID) {
	w.T.Helper()
	w.Must(w.Turn(w.T.Context(), w.Actor("land"), id, survey.Closed, w.show("land", id).Version))
	w.Must(w.Turn(w.T.Context(), w.Actor("land"), id, survey.Published, w.show("land", id).Version))
}

func TestAnswersAreViewsOnTheProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stateAll("16053", "Docuware")
	*w.Now = w.Now.AddDate(0, 0, 1)
	id := w.open("2026/I")
	if left := w.sheet("16053", id).Left(); len(left) != len(survey.Blocks) {
		t.Fatalf("%d blocks are left before anybody confirmed one, want all", len(left))
	}
	*w.Now = w.Now.Add(time.Hour)
	w.state("16053", profile.DMS, "kein DMS")
	w.Must(w.Confirm(t.Context(), w.Actor("k16053-b"), id, w.sheet("16053", id).Profile, survey.Variant))
	s := w.sheet("16053", id)
	for _, p := range s.Parts {
		if want := p.Block == survey.DMS || p.Block == survey.Variant; p.Answered != want {
			t.Errorf("%s is answered: %v, want %v", p.Block, p.Answered, want)
		}
	}
	if s.Own.State != survey.Begun {
		t.Errorf("the response is %s", s.Own.State)
	}
	if at := w.profile("16053").Of(profile.Variant)[0].ConfirmedAt; !at.Equal(*w.Now) {
		t.Errorf("the profile says that the variant was confirmed %s", at)
	}
	w.Wants("submitting with blocks left", w.Submit(t.Context(), w.Actor("k16053"), id, s.Own.Version), fault.Invalid)
	w.Wants("releasing without coordinating", w.Submit(t.Context(), w.Actor("k16053-b"), id, s.Own.Version), fault.Forbidden)
}

func TestOnlyWhatChangedIsChecked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range []string{"16051", "16053", "16055"} {
		w.stateAll(body, "Docuware")
	}
	first := w.open("2026/I")
	for _, body := range []string{"16051", "16053", "16055"} {
		w.submit(body, first)
		if state := w.response(first, body).State; state != survey.Submitted {
			t.Fatalf("a first response is %s", state)
		}
		w.accept(first, body)
	}
	w.publish(first)

	*w.Now = w.Now.AddDate(1, 0, 0)
	second := w.open("2027/I")
	*w.Now = w.Now.Add(time.Hour)
	w.state("16055", profile.DMS, "Enaio (Optimal Systems)")
	w.submit("16053", second)
	w.submit("16055", second)
	if r := w.response(second, "16053"); r.State != survey.Unchanged || len(r.Changed()) != 0 {
		t.Errorf("what did not change is %s, changed %v", r.State, r.Changed())
	}
	r := w.response(second, "16055")
	if changed := r.Changed(); r.State != survey.Submitted || len(changed) != 1 || changed[0] != survey.DMS || r.Before[survey.DMS].Details[profile.Product] != "Docuware" {
		t.Errorf("what changed is %s, changed %v, before %v", r.State, changed, r.Before[survey.DMS])
	}
	w.Wants("publishing while the round is open", w.Turn(t.Context(), w.Actor("land"), second, survey.Published, w.show("land", second).Version), fault.Conflict)
	w.Must(w.Turn(t.Context(), w.Actor("land"), second, survey.Closed, w.show("land", second).Version))
	w.Wants("publishing with answers to check", w.Turn(t.Context(), w.Actor("land"), second, survey.Published, w.show("land", second).Version), fault.Conflict)
	w.accept(second, "16055")
	w.Wants("publishing two answers", w.Turn(t.Context(), w.Actor("land"), second, survey.Published, w.show("land", second).Version), fault.Conflict)
}

func TestReturnedAnswersComeBackWithTheirReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stateAll("16053", "Docuware")
	id := w.open("2026/I")
	w.submit("16053", id)
	seen := w.response(id, "16053").Version
	w.Wants("returning without a reason", w.Settle(t.Context(), w.Actor("land"), id, "16053", survey.Judgement{Version: seen}), fault.Invalid)
	for range 2 { // a double click returns it once
		w.Must(w.Settle(t.Context(), w.Actor("land"), id, "16053", survey.Judgement{Version: seen, Reason: "Welche Version?"}))
	}
	if r := w.sheet("16053", id).Own; r.State != survey.Returned || r.Reason != "Welche Version?" {
		t.Errorf("the body reads %s, %q", r.State, r.Reason)
	}
	w.submit("16053", id)
	w.Wants("accepting what was seen before", w.Settle(t.Context(), w.Actor("land"), id, "16053", survey.Judgement{Version: seen, Accept: true}), fault.Conflict)
	w.accept(id, "16053")
	w.Wants("changing what is accepted", w.Look(t.Context(), w.Actor("k16053"), id, 9, map[string]string{survey.Plans: survey.PlanOptions[1]}), fault.Conflict)
}

func TestClosingFreezesAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stateAll("16053", "Docuware")
	w.stateAll("16055", "Docuware")
	id := w.open("2026/I")
	w.submit("16053", id)
	w.accept(id, "16053")
	*w.Now = w.Now.Add(time.Hour)
	w.state("16053", profile.DMS, "kein DMS")
	w.Must(w.Turn(t.Context(), w.Actor("land"), id, survey.Closed, w.show("land", id).Version))
	if said := w.response(id, "16053").Answers[survey.DMS].Details[profile.Product]; said != "Docuware" {
		t.Errorf("the answer of the round follows the profile: %q", said)
	}
	s := w.sheet("16055", id)
	w.Wants("confirming in a closed round", w.Confirm(t.Context(), w.Actor("k16055"), id, s.Profile), fault.Conflict)
	w.Wants("submitting in a closed round", w.Submit(t.Context(), w.Actor("k16055"), id, s.Own.Version), fault.Conflict)
}

func TestSingleAnswersAreForTheBodyAndTheLand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bodies := []string{"16051", "16052", "16053", "16054"}
	id := w.open("2026/I")
	for i, body := range bodies {
		w.stateAll(body, []string{"Docuware", "Docuware", "Docuware", "kein DMS"}[i])
		w.submit(body, id)
		w.accept(id, body)
	}
	_, err := w.Single(t.Context(), w.Actor("k16053"), id, "16051")
	w.Wants("reading what another body answered", err, fault.NotFound)
	_, err = w.Show(t.Context(), w.Actor("gremium"), id)
	w.Wants("reading a round that is not published", err, fault.NotFound)
	if p := w.show("redaktion", id); len(p.Responses) != 0 {
		t.Errorf("the Redaktion reads %d responses", len(p.Responses))
	}
	w.publish(id)
	for _, login := range []string{"gremium", "tlrz", "tmdi-referat", "k16055"} {
		p := w.show(login, id)
		dms, known := p.Results.Of(survey.DMS)
		if !known || len(dms.Groups) != 1 || !dms.Groups[0].Rest || dms.Groups[0].Count != 4 {
			t.Errorf("%s reads %+v", login, dms.Groups)
		}
		for _, r := range p.Responses {
			if len(r.Answers) > 0 {
				t.Errorf("%s reads what %s answered", login, r.Key)
			}
		}
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.survey_round WHERE results::text LIKE '%16053%'`); n != 0 {
		t.Error("published results name a body")
	}
}

func TestRemindersGoToTheOthersOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stateAll("16053", "Docuware")
	id := w.open("2026/I")
	w.submit("16053", id)
	told := func(body string) int {
		return dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.notice n JOIN portal.organisation o USING (land_id, org_id) WHERE n.kind = 'survey.due' AND o.key = $1`, body)
	}
	seen := w.show("land", id).Version
	for range 2 {
		w.Must(w.Remind(t.Context(), w.Actor("land"), id, seen))
	}
	if told("16053") != 0 || told("16051") == 0 {
		t.Errorf("told %d times who answered, %d times who did not", told("16053"), told("16051"))
	}
	once := told("16051")
	w.Must(w.RemindInTime(t.Context(), w.Actor("land")))
	if n := told("16051"); n != once {
		t.Errorf("two weeks before the end %d more notices", n-once)
	}
	for _, day := range []int{8, 9, 13} { // a week before, the next day, the day before
		*w.Now = time.Date(2026, 5, 4+day, 5, 0, 0, 0, time.UTC)
		w.Must(w.RemindInTime(t.Context(), w.Actor("land")))
	}
	if n := told("16051"); n != 3*once {
		t.Errorf("%d notices, want %d: by hand, a week and a day before", n, 3*once)
	}
}

func TestTheLandKeepsTheProductList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.open("2026/I")
	w.stateAll("16053", "Docuware")
	dms := w.profile("16053").Of(profile.DMS)[0]
	w.Must(profile.NewService(w.DB).Save(t.Context(), w.Actor("k16053"), "16053", profile.Input{
		ID: dms.ID, Version: dms.Version, Kind: profile.DMS, Details: map[string]string{profile.Product: profile.OtherProduct, profile.Other: "Akten Profi 3"},
	}))
	w.submit("16053", id)
	w.accept(id, "16053")
	list, err := w.Products(t.Context(), w.Actor("land"))
	w.Must(err)
	if len(list) == 0 || list[0].Known || list[0].Spelling.Spelling != "Akten Profi 3" {
		t.Fatalf("unknown spellings do not come first: %+v", list)
	}
	for range 2 {
		w.Must(w.Count(t.Context(), w.Actor("land"), survey.Spelling{Spelling: "Akten Profi 3", Products: []string{"AktenProfi", "AktenProfi "}}))
	}
	result, _ := w.show("land", id).Counted().Of(survey.DMS)
	if n, known := result.Count("AktenProfi"); !known || n != 1 {
		t.Errorf("the result counts %+v", result.Groups)
	}
	w.Wants("counting as another product on top of an old state", w.Count(t.Context(), w.Actor("land"), survey.Spelling{Spelling: "Akten Profi 3", Products: []string{"Anderes"}}), fault.Conflict)
	w.Wants("keeping the list without steering", w.Count(t.Context(), w.Actor("k16053"), survey.Spelling{Spelling: "x", Products: []string{"y"}}), fault.Forbidden)
}
