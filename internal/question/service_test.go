package question_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/question"
	"rollinportal/internal/template"
)

func TestQuestionGoesThereAndBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ask("k16051", "16051", "k_kickoff", "Wer ist bei Ihnen für Wohngeld zuständig?")
	if got := w.thread("land", id); got.State != question.Open || !got.Unread || got.SideName != w.as("land").Org.Name || got.WaitsSince == nil {
		t.Errorf("the Land reads %+v", got.Question)
	}
	if w.thread("land", id).Unread {
		t.Error("a question that was read is still new")
	}
	w.post("land", id, "Das Referat 23.")
	answered := w.thread("k16051", id)
	if answered.State != question.Answered || !answered.Unread || answered.WaitsSince != nil || len(answered.List) != 1 || answered.List[0].Name != "" {
		t.Errorf("the body reads %+v", answered)
	}
	if len(answered.Seen) != 1 || answered.Seen[0].OrgName != w.as("land").Org.Name {
		t.Errorf("the body learns %+v of who has read", answered.Seen)
	}
	if colleague := w.thread("k16051-b", id); !colleague.Unread {
		t.Error("what one person read counts as read by a colleague")
	}
	w.post("k16051", id, "Und wer vertritt es?")
	if got := w.thread("land", id); got.State != question.Open || !got.Unread {
		t.Errorf("after a further question: %+v", got.Question)
	}
	w.post("land", id, "Referat 24.")
	w.must(w.Close(t.Context(), w.as("k16051"), id, w.thread("k16051", id).Version))
	dbtest.Wants(t, "post to a closed question", w.Post(t.Context(), w.as("land"), id, question.PostInput{ID: uuid.New(), Version: 6, Text: "noch etwas"}), fault.Conflict)
}

func TestAnswersComeFromWhereTheStepLies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	land, tmdi, tlrz := w.as("land").Org.ID, w.as("tmdi-referat").Org.ID, w.as("tlrz").Org.ID
	provider := w.keyOf(template.ByProvider)
	for _, c := range []struct {
		what, login, step string
		side              uuid.UUID
	}{
		{"a step of the body", "k16051", "k_kickoff", land},
		{"the checklist as a whole", "k16051-b", "", land},
		{"a step of the provider", "k16051", provider, tlrz},
		{"the Land asks", "land", "k_kickoff", w.as("k16051").Org.ID},
	} {
		p, err := w.Place(t.Context(), w.as(c.login), at("16051", c.step))
		w.must(err)
		if p.SideID != c.side {
			t.Errorf("%s: %s answers", c.what, p.SideName)
		}
	}
	w.must(w.handOver("16051", "k_kickoff", "TMDI"))
	if p, err := w.Place(t.Context(), w.as("k16051"), at("16051", "k_kickoff")); err != nil || p.SideID != tmdi {
		t.Errorf("a step that lies with the ministry: %s answers, %v", p.SideName, err)
	}
	id := w.ask("k16051", "16051", "k_kickoff", "Wann kommt der Beschluss?")
	w.post("tmdi-referat", id, "Im Mai.")
	if got := w.thread("k16051", id); got.State != question.Answered || got.List[0].OrgName != w.as("tmdi-referat").Org.Name {
		t.Errorf("the ministry's answer: %+v", got)
	}
	dbtest.Wants(t, "another ministry", second(w.Thread(t.Context(), w.as("tmikl-referat"), id)), fault.NotFound)
	dbtest.Wants(t, "a reader of the ministry answers", w.Post(t.Context(), w.as("tmdi-leser"), id, question.PostInput{ID: uuid.New(), Version: 2, Text: "x"}), fault.Forbidden)
}

func TestOthersNeverSeeAQuestion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ask("k16051", "16051", "k_kickoff", "Wer ist zuständig?")
	for _, login := range []string{"k16052", "kiv", "tlrz", "tmdi-referat", "d-land", "d-k1"} {
		who := w.as(login)
		dbtest.Wants(t, login+" reads", second(w.Thread(t.Context(), who, id)), fault.NotFound)
		if who.Can(access.NoteWrite) && login != "tlrz" { // whose work it is there
			dbtest.Wants(t, login+" comments at a foreign step", w.Ask(t.Context(), who, at("16051", "k_kickoff"), question.Draft{ID: uuid.New(), Kind: question.Comment, Text: "x"}), fault.NotFound)
		}
		dbtest.Wants(t, login+" answers", w.Post(t.Context(), who, id, question.PostInput{ID: uuid.New(), Version: 1, Text: "x"}), fault.NotFound)
		found, err := w.List(t.Context(), who, question.Filter{All: true})
		w.must(err)
		if len(found.Found) != 0 {
			t.Errorf("%s lists %+v", login, found.Found)
		}
	}
	for _, login := range []string{"gremium", "betreiber"} {
		dbtest.Wants(t, login, second(w.Thread(t.Context(), w.as(login), id)), fault.Forbidden)
	}
}

func TestAskingRefusesWhatDoesNotHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.as("k16051")
	draft := func(kind question.Kind, text string) question.Draft {
		return question.Draft{ID: uuid.New(), Kind: kind, Text: text}
	}
	dbtest.Wants(t, "no words", w.Ask(t.Context(), who, at("16051", "k_kickoff"), draft(question.Asked, " \n")), fault.Invalid)
	dbtest.Wants(t, "too many words", w.Ask(t.Context(), who, at("16051", "k_kickoff"), draft(question.Asked, strings.Repeat("ä", question.MaxText+1))), fault.Invalid)
	dbtest.Wants(t, "no kind", w.Ask(t.Context(), who, at("16051", "k_kickoff"), draft("shout", "x")), fault.Invalid)
	dbtest.Wants(t, "no such step", w.Ask(t.Context(), who, at("16051", "k_gibt_es_nicht"), draft(question.Asked, "x")), fault.NotFound)
	dbtest.Wants(t, "no such service", w.Ask(t.Context(), who, question.Where{Body: "16051", Service: "einbuergerung"}, draft(question.Asked, "x")), fault.NotFound)
	dbtest.Wants(t, "the editors of the Land", w.Ask(t.Context(), w.as("redaktion"), at("16051", "k_kickoff"), draft(question.Asked, "x")), fault.Forbidden)
	w.must(w.finish("16051", "k_kickoff"))
	dbtest.Wants(t, "a finished step", w.Ask(t.Context(), who, at("16051", "k_kickoff"), draft(question.Asked, "x")), fault.Conflict)
	w.must(w.Ask(t.Context(), who, at("16051", ""), draft(question.Asked, "x")))
	w.must(w.Ask(t.Context(), who, at("16051", "k_kickoff"), draft(question.Comment, "erledigt, siehe Akte")))
}

func TestSecondClickChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft := question.Draft{ID: uuid.New(), Kind: question.Asked, Text: "Wer?"}
	in := question.PostInput{ID: uuid.New(), Version: 1, Text: "Wir."}
	for range 2 {
		w.must(w.Ask(t.Context(), w.as("k16051"), at("16051", "k_kickoff"), draft))
		w.must(w.Post(t.Context(), w.as("land"), draft.ID, in))
	}
	dbtest.Wants(t, "an answer on top of what was not read", w.Post(t.Context(), w.as("land2"), draft.ID, question.PostInput{ID: uuid.New(), Version: 1, Text: "Ihr."}), fault.Conflict)
	dbtest.Wants(t, "closed by who did not ask", w.Close(t.Context(), w.as("tlrz"), draft.ID, 2), fault.NotFound)
	for range 2 {
		w.must(w.Close(t.Context(), w.as("k16051"), draft.ID, 2))
	}
	got := w.thread("land", draft.ID)
	if len(got.List) != 1 || got.State != question.Closed || got.Version != 3 {
		t.Errorf("after double clicks: %+v", got)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE record = $1 AND action <> 'question.read'`, draft.ID); n != 3 {
		t.Errorf("%d entries in the trail, want 3", n)
	}
}

func TestCommentWaitsForNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := uuid.New()
	w.must(w.Ask(t.Context(), w.as("tlrz"), at("16051", "k_kickoff"), question.Draft{ID: id, Kind: question.Comment, Text: "Wir sind am 3. da."}))
	got := w.thread("k16051", id)
	if got.State != question.Answered || !got.Unread || got.WaitsFor(got.BodyID) {
		t.Errorf("the body reads %+v", got.Question)
	}
	w.post("k16051", id, "Gut.")
	if again := w.thread("tlrz", id); again.State != question.Answered || !again.Unread {
		t.Errorf("the provider reads %+v", again.Question)
	}
	_, found, err := w.Exchange(t.Context(), w.as("land"), at("16051", ""))
	w.must(err)
	if len(found) != 1 || found[0].Posts != 1 {
		t.Errorf("the Land reads %+v", found)
	}
}

func TestTheOtherSideHearsOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	inbox := func(login string) []notify.Item {
		in, err := notify.NewService(w.DB).Inbox(t.Context(), w.as(login), 1)
		w.must(err)
		return in.Items
	}
	before := len(inbox("k16051"))
	id := w.ask("k16051", "16051", "k_kickoff", "Wer?")
	w.post("land", id, "Wir.")
	if got := inbox("land2"); len(got) == 0 || got[0].Kind != notify.QuestionAsked {
		t.Errorf("the Land hears %+v", got)
	}
	if got := inbox("k16051"); len(got) != before+1 || got[0].Kind != notify.QuestionAnswered {
		t.Errorf("the asker hears %+v", got)
	}
	if got := inbox("redaktion"); len(got) > 0 && got[0].Kind == notify.QuestionAsked {
		t.Errorf("who cannot answer hears %+v", got)
	}
}

func second[T any](_ T, err error) error { return err }

// keyOf is the first step of the service that somebody is responsible for.
func (w world) keyOf(by template.Responsible) string {
	w.t.Helper()
	c := w.checklist("16051")
	for _, list := range [][]onboarding.Step{c.Steps, c.Land} {
		for _, s := range list {
			if s.Responsible == by && !s.State.Finished() {
				return s.Key
			}
		}
	}
	w.t.Fatalf("no step of %s", by)
	return ""
}

func (w world) checklist(body string) *onboarding.Checklist {
	w.t.Helper()
	c, err := w.onboardings.Checklist(w.t.Context(), w.as("k"+body), body, "wohngeld", 0)
	w.must(err)
	return c
}

func (w world) handOver(body, key, party string) error {
	w.free(key)
	s, _ := w.checklist(body).Find(key)
	return w.onboardings.HandOver(w.t.Context(), w.as("k"+body), body, "wohngeld", key, onboarding.HandOverInput{
		ID: uuid.New(), Version: s.Version, PartyKey: party, Since: w.checklist(body).Today,
	})
}

func (w world) finish(body, key string) error {
	w.free(key)
	s, _ := w.checklist(body).Find(key)
	return w.onboardings.ChangeStep(w.t.Context(), w.as("k"+body), body, "wohngeld", key, onboarding.StepInput{Version: s.Version, To: onboarding.Done, Evidence: "Akte"})
}

// free finishes what stands before a step of a body with the Land.
func (w world) free(key string) {
	w.t.Helper()
	s, _ := w.checklist("16051").Find(key)
	for _, r := range s.WaitsFor {
		w.finishLand(r.Key)
	}
}

func (w world) finishLand(key string) {
	w.t.Helper()
	_, s, err := w.onboardings.LandStep(w.t.Context(), w.as("land"), "wohngeld", key, 1)
	w.must(err)
	for _, r := range s.WaitsFor {
		w.finishLand(r.Key)
	}
	w.must(w.onboardings.ChangeLandStep(w.t.Context(), w.as("land"), "wohngeld", key, onboarding.StepInput{Version: s.Version, To: onboarding.Done, Evidence: "Akte"}))
}
