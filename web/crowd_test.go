package web_test

import (
	"flag"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
)

// rush has n requests sent at the same time and counts the answers by status.
func rush(n int, send func(i int) int) map[int]int {
	var mu sync.Mutex
	var crowd sync.WaitGroup
	answers, start := map[int]int{}, make(chan struct{})
	for i := range n {
		crowd.Go(func() {
			<-start
			status := send(i)
			mu.Lock()
			defer mu.Unlock()
			answers[status]++
		})
	}
	close(start)
	crowd.Wait()
	return answers
}

var rounds = flag.Int("rounds", 4, "how many rounds fifty people save the same step; make drill takes a thousand")

// TestFiftyWritersLoseNothing: fifty people save the same step from the same page, round by round. One of them is taken,
// the others hear that somebody was faster, and the version counts exactly what was taken.
func TestFiftyWritersLoseNothing(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	const writers = 50
	version := func() int {
		return dbtest.Admin[int](t, p.World, `
			SELECT s.version::int FROM portal.step s JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = '16051' AND s.key = 'k_kickoff'`)
	}
	p.token(t, "k16051")
	p.token(t, "k16051-b")
	first, accepted := version(), 0
	for round := range *rounds {
		seen := version()
		to := []string{"done", "in_progress"}[round%2]
		answers := rush(writers, func(i int) int {
			login := []string{"k16051", "k16051-b"}[i%2]
			return p.ask(t, login, kickoff, url.Values{"version": {strconv.Itoa(seen)}, "to": {to}, "evidence": {"Versuch " + strconv.Itoa(round) + "." + strconv.Itoa(i)}, "reason": {"Es fehlt noch etwas."}}).Code
		})
		accepted += answers[http.StatusSeeOther]
		if answers[http.StatusSeeOther] != 1 || answers[http.StatusSeeOther]+answers[http.StatusConflict]+answers[http.StatusServiceUnavailable] != writers {
			t.Errorf("round %d: %v, want one 303 and 409 for the others", round, answers)
		}
	}
	if got := version() - first; got != accepted {
		t.Errorf("the version rose by %d, %d writes were taken", got, accepted)
	}
	t.Logf("P8: %d writers, %d rounds, %d writes taken, version %d to %d", writers, *rounds, accepted, first, version())
}

// TestOneFormSentManyTimesAtOnceCreatesOnce: the id that the form carries makes a double click one obstacle, one
// question, one case.
func TestOneFormSentManyTimesAtOnceCreatesOnce(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.token(t, "k16051")
	p.token(t, "land")
	for _, c := range []struct {
		login, path, table string
		form               url.Values
	}{
		{"k16051", "/fragen/stellen", "portal.question", url.Values{"einheit": {"16051"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {"Wer?"}}},
		{"k16051", "/huerden/melden", "portal.obstacle", url.Values{
			"einheit": {"16051"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {"Kein Zugang"}, "dimension": {"legal"}, "blocking": {"ja"}, "neu": {"1"},
		}},
		{"land", "/entscheidungen", "portal.decision", url.Values{"service": {"fuehrerschein"}, "occasion": {"Antrag"}, "due_on": {inAMonth()}}},
	} {
		c.form.Set("id", uuid.NewString())
		count := func() int { return dbtest.Admin[int](t, p.World, `SELECT count(*) FROM `+c.table) }
		before, entries := count(), p.entries(t)
		answers := rush(8, func(int) int { return p.ask(t, c.login, c.path, c.form).Code })
		answers[p.ask(t, c.login, c.path, c.form).Code]++
		if made := count() - before; made != 1 || p.entries(t)-entries != 1 {
			t.Errorf("%s nine times: %d rows, %d lines in the trail, want one of each", c.path, made, p.entries(t)-entries)
		}
		for status := range answers {
			if status >= 500 || status == http.StatusUnprocessableEntity {
				t.Errorf("%s nine times: %v", c.path, answers)
			}
		}
		t.Logf("P8: %s nine times: %v", c.path, answers)
	}
}

// TestOneCaseIsDecidedOnce: of the people who may decide, one decides.
func TestOneCaseIsDecidedOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	id := p.Case(t, "wohngeld")
	referat := p.As(t, "tmdi-referat")
	s := decision.NewService(p.DB)
	p.Waive(t, "tmdi", id)
	must(t, s.Submit(t.Context(), referat, id, p.versionOf(t, referat, id)))
	leitung := p.As(t, "tmdi-leitung")
	version, seen := p.versionOf(t, leitung, id), p.seenBy(t, leitung, id)
	outcomes := []decision.State{decision.Approved, decision.Rejected}
	var mu sync.Mutex
	said := map[decision.State]bool{}
	answers := rush(10, func(i int) int {
		who := leitung
		if i%5 == 4 {
			who = referat // who submitted does not decide
		}
		err := s.Decide(t.Context(), who, id, decision.Verdict{Version: version, Seen: seen, Outcome: outcomes[i%2], Ground: "economic", Reason: "wirtschaftlich"})
		if err != nil {
			return http.StatusConflict
		}
		mu.Lock()
		defer mu.Unlock()
		said[outcomes[i%2]] = true // the same once more is no error: it is a double click
		return http.StatusOK
	})
	decided := dbtest.Admin[int](t, p.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'decision.decided' OR action LIKE 'decision.decide%'`)
	if len(said) != 1 || decided != 1 {
		t.Errorf("ten decisions at once: %v, %d in the trail; want one", answers, decided)
	}
	if by := dbtest.Admin[uuid.UUID](t, p.World, `SELECT decided_by FROM portal.decision WHERE decision_id = $1`, id); by == referat.Person {
		t.Error("who submitted has decided")
	}
	t.Logf("P8: ten decisions at once: %v", answers)
}
