package question

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Help is a question with its answer, published at a step of the template.
type Help struct {
	ID          uuid.UUID
	StepKey     string // "" for no step in particular
	StepTitle   string
	Question    string
	Answer      string
	PublishedAt time.Time
}

// HelpInput is what the Land wants to publish. The form makes the ID, so that a second click publishes once.
type HelpInput struct {
	ID               uuid.UUID
	Question, Answer string
}

// Proposal is a help before it is published: question and answer without the names that the system knows.
type Proposal struct {
	Thread
	Question string
	Answer   string
	Taken    []string // what was taken out of the two
}

// propose makes a help of a question and its latest answer.
func propose(t Thread, names Names) (Proposal, error) {
	answer, some := t.Latest()
	if !some || t.State == Open {
		return Proposal{}, fault.New(fault.Conflict, "Diese Frage ist noch nicht beantwortet. Als Hilfe veröffentlichen Sie sie danach.")
	}
	p := Proposal{Thread: t}
	var more []string
	p.Question, p.Taken = names.Strip(t.Text)
	p.Answer, more = names.Strip(answer.Text)
	p.Taken = append(p.Taken, more...)
	return p, nil
}

// check names what does not hold, and every name that is still in the texts.
func (in HelpInput) check(names Names) error {
	wrong := append(checkText("question", in.Question, "Schreiben Sie auf, welche Frage die Hilfe beantwortet."),
		checkText("answer", in.Answer, "Schreiben Sie die Antwort auf.")...)
	for _, f := range []struct{ name, text string }{{"question", in.Question}, {"answer", in.Answer}} {
		if left := names.Named(f.text); len(left) > 0 {
			wrong.Add(f.name, "Nehmen Sie diese Namen heraus: "+strings.Join(left, ", ")+".")
		}
	}
	return wrong.Err()
}
