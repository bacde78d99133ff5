package witness

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"
)

// Ask sends a request in the name of a person and returns status and page. Without a form it only looks; 0 is no answer.
type Ask func(login, path string, form url.Values) (code int, page string)

// Question is what somebody wants of a record, as they saw it.
type Question struct {
	Who, Verb string
	Version   int
	Mark      string // what they write, and nobody else does
}

// Answer is what they heard, or what they saw.
type Answer struct {
	Heard   Heard
	Version int
	Mark    string
	Said    string // why it was refused, for the picture
}

// Heard is what became of a question.
type Heard string

const (
	Saw     Heard = "saw"     // the record as it is
	Yes     Heard = "yes"     // done
	No      Heard = "no"      // not possible, or not any more
	Nothing Heard = "nothing" // not done, says the portal
	Unsure  Heard = "unsure"  // nobody knows
)

// History is what was asked and heard about one record.
type History struct {
	Name string

	no         int64
	moment     atomic.Int64
	mu         sync.Mutex
	operations []porcupine.Operation
	odd        []string
	model      porcupine.Model
}

// Rules are what may become of a record, by one question after the other. They are pure.
type rules[S comparable] struct {
	act func(S, Question) (next S, allowed bool)
	see func(S, Answer) bool
}

// newHistory begins the history of a record in a state.
func newHistory[S comparable](name string, start S, r rules[S]) *History {
	return &History{Name: name, no: historyNo.Add(1), model: porcupine.Model{
		Init: func() any { return start },
		Step: func(state, input, output any) (bool, any) {
			s, q, a := state.(S), input.(Question), output.(Answer)
			next, allowed := r.act(s, q)
			switch {
			case a.Heard == Saw:
				return r.see(s, a), s
			case a.Heard == No:
				return !allowed, s
			case a.Heard == Yes:
				return allowed, next
			case a.Heard == Unsure && allowed:
				return true, next
			}
			return true, s
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v: %+v", input, output) },
		DescribeState:     func(state any) string { return fmt.Sprintf("%+v", state) },
	}}
}

// ask sends a form and notes what was heard.
func (h *History) ask(ask Ask, client int, q Question, path string, form url.Values) {
	asked := h.moment.Add(1)
	code, page := ask(q.Who, path, form)
	a := Answer{Heard: h.understand(q, code, page)}
	if a.Heard == No {
		a.Said = alert(page)
	}
	h.keep(client, q, a, asked)
}

// look notes what a person saw of the record, and returns the page; "" if there is none now.
func (h *History) look(ask Ask, client int, login, path string, read func(page string) Answer) string {
	asked := h.moment.Add(1)
	code, page := ask(login, path, nil)
	if code != 200 {
		return ""
	}
	page = body(page)
	h.keep(client, Question{Who: login, Verb: "look"}, read(page), asked)
	return page
}

// keep notes a question and its answer, which came now. What is open has no end.
func (h *History) keep(client int, q Question, a Answer, asked int64) {
	heard := h.moment.Add(1)
	if a.Heard == Unsure {
		heard = math.MaxInt64
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.operations = append(h.operations, porcupine.Operation{ClientId: client, Input: q, Call: asked, Output: a, Return: heard})
}

// What pages say when something is not stored, when nobody knows, and when others were in the way for too long.
const (
	NotStored = "Ihre Angaben sind nicht gespeichert"
	NotSure   = "ist noch nicht sicher"
	inTheWay  = "Jemand anders arbeitet gerade an derselben Stelle"
)

func (h *History) understand(q Question, code int, page string) Heard {
	switch {
	case code == 303:
		return Yes
	case code == 409 && strings.Contains(page, inTheWay):
		return Nothing
	case code == 403 || code == 404 || code == 409:
		return No
	case code == 503 && strings.Contains(page, NotStored) && !strings.Contains(page, NotSure):
		return Nothing
	case code == 0 || code == 503:
		return Unsure
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.odd = append(h.odd, fmt.Sprintf("%+v: %d %.200s", q, code, page))
	return Unsure
}

// Settle looks up, when all is over, whether changes that nobody knew of were stored; stored says so by their mark. They may have
// counted at any time still, but it is known that they did or did not: without that, the search for an order takes for ever.
func (h *History) Settle(stored func(mark string) bool) {
	for i, o := range h.operations {
		if a := o.Output.(Answer); a.Heard == Unsure && o.Input.(Question).Verb == "change" {
			a.Heard = Nothing
			if stored(o.Input.(Question).Mark) {
				a.Heard = Yes
			}
			h.operations[i].Output = a
		}
	}
}

// Count says how many questions were answered how.
func (h *History) Count() map[Heard]int {
	found := map[Heard]int{}
	for _, o := range h.operations {
		found[o.Output.(Answer).Heard]++
	}
	return found
}

// patience is how long an order is searched for.
const patience = time.Minute

// Check is nil if there is an order in which each answer is right. Otherwise a picture of the history is kept in dir.
func (h *History) Check(dir string) error {
	if len(h.odd) > 0 {
		return fmt.Errorf("%s: answers that nobody should get: %s", h.Name, strings.Join(h.odd, "\n"))
	}
	telling := slices.DeleteFunc(slices.Clone(h.operations), func(o porcupine.Operation) bool { return o.Output.(Answer).Heard == Nothing })
	result, info := porcupine.CheckOperationsVerbose(h.model, telling, patience)
	if result == porcupine.Ok {
		return nil
	}
	picture := dir + "/" + h.Name + ".html"
	if err := porcupine.VisualizePath(h.model, info, picture); err != nil {
		picture = err.Error()
	}
	return fmt.Errorf("%s: %d questions, answered %v: linearizable: %s; see %s", h.Name, len(h.operations), h.Count(), result, picture)
}

// crowd has people act at the same time, each so many times.
func crowd(people, times int, act func(who, time int)) {
	var all sync.WaitGroup
	for who := range people {
		all.Go(func() {
			for time := range times {
				act(who, time)
			}
		})
	}
	all.Wait()
}
