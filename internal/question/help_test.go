package question_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/question"
)

func TestHelpIsForAllAndNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asker := w.as("k16051")
	id := w.ask("k16051", "16051", "k_kickoff", "Wir in "+asker.Org.Name+" fragen, gez. "+asker.Name+": Wer benennt die Ansprechperson?")
	dbtest.Wants(t, "publish what nobody answered", second(w.Propose(t.Context(), w.as("land"), id)), fault.Conflict)
	w.post("land", id, "Das Fachamt, wie in "+w.as("k16052").Org.Name+".")
	p, err := w.Propose(t.Context(), w.as("land"), id)
	w.must(err)
	for _, name := range []string{asker.Org.Name, asker.Name, w.as("k16052").Org.Name} {
		if strings.Contains(p.Question+p.Answer, name) || len(p.Taken) != 3 {
			t.Errorf("the proposal still names %s: %q, %q; taken %q", name, p.Question, p.Answer, p.Taken)
		}
	}
	named := question.HelpInput{ID: uuid.New(), Question: p.Question, Answer: "Wie in " + asker.Org.Name}
	dbtest.Wants(t, "publish with a name put back", w.Publish(t.Context(), w.as("land"), id, named), fault.Invalid)
	dbtest.Wants(t, "a body publishes", w.Publish(t.Context(), asker, id, named), fault.Forbidden)
	in := question.HelpInput{ID: uuid.New(), Question: p.Question, Answer: p.Answer}
	for range 2 {
		w.must(w.Publish(t.Context(), w.as("land"), id, in))
	}
	for _, login := range []string{"k16052", "kiv", "tmikl-leser", "redaktion"} {
		if got := w.helps(login); len(got) != 1 || got[0].Question != p.Question || got[0].StepKey != "k_kickoff" {
			t.Errorf("%s reads %+v", login, got)
		}
	}
	if got := w.helps("d-land"); len(got) != 0 {
		t.Errorf("another Land reads %+v", got)
	}
	row := dbtest.Admin[string](t, w.World, `SELECT h::text FROM portal.help h WHERE help_id = $1`, in.ID)
	for _, secret := range []string{asker.Org.ID.String(), asker.Person.String(), id.String()} {
		if strings.Contains(row, secret) {
			t.Errorf("the help leads back to its asker: %s", row)
		}
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE visibility = 'land' AND record = $1`, id); n != 0 {
		t.Error("the trail that everybody reads leads to the question")
	}
	dbtest.Wants(t, "a body withdraws", w.Withdraw(t.Context(), asker, in.ID), fault.Forbidden)
	dbtest.Wants(t, "another Land withdraws", w.Withdraw(t.Context(), w.as("d-land"), in.ID), fault.NotFound)
	for range 2 {
		w.must(w.Withdraw(t.Context(), w.as("land"), in.ID))
	}
	if got := w.helps("k16052"); len(got) != 0 {
		t.Errorf("a withdrawn help is still there: %+v", got)
	}
}

func (w world) helps(login string) []question.Help {
	w.t.Helper()
	found, err := w.List(w.t.Context(), w.as(login), question.Filter{})
	w.must(err)
	return found.Helps
}
