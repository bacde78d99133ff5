package question

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

// Kind tells what waits for an answer from what does not.
type Kind string

// The kinds.
const (
	Asked   Kind = "question"
	Comment Kind = "comment"
)

// State is how far the talk is.
type State string

// The states of a question. A comment is never open.
const (
	Open     State = "open"
	Answered State = "answered"
	Closed   State = "closed"
)

// MaxText is how many letters a question, an answer or a help may have.
const MaxText = 4000

// Where names a step of a body's checklist; without a Step, the checklist as a whole.
type Where struct{ Body, Service, Step string }

// Place is such a step as the database knows it, with the side that answers there.
type Place struct {
	OnboardingID uuid.UUID
	BodyID       uuid.UUID
	BodyKey      string
	BodyName     string
	ServiceID    uuid.UUID
	ServiceSlug  string
	ServiceName  string
	StepID       *uuid.UUID // nil for the checklist as a whole
	StepKey      string
	StepTitle    string
	StepScope    template.Scope // "" for the checklist as a whole
	StepState    onboarding.StepState
	SideID       uuid.UUID
	SideName     string
}

// refuse says why nobody asks at a step any more, or nil.
func (p Place) refuse() error {
	if p.StepID != nil && p.StepState.Finished() {
		return fault.New(fault.Conflict, "„"+p.StepTitle+"“ steht auf „"+p.StepState.Word()+"“. Fragen Sie zur ganzen Leistung, oder öffnen Sie die Aufgabe wieder.")
	}
	return nil
}

// Draft is what somebody wants to ask or to say. The form makes the ID, so that a second click asks once.
type Draft struct {
	ID   uuid.UUID
	Kind Kind
	Text string
}

func (d Draft) check() error {
	if d.Kind != Asked && d.Kind != Comment {
		return fault.InField("kind", "Wählen Sie, ob Sie eine Antwort brauchen.")
	}
	return checkText("text", d.Text, "Schreiben Sie Ihre Frage auf.").Err()
}

func checkText(field, text, missing string) fault.Wrong {
	switch {
	case strings.TrimSpace(text) == "":
		return fault.Wrong{{Name: field, Text: missing}}
	case len([]rune(text)) > MaxText:
		return fault.Wrong{{Name: field, Text: "Kürzen Sie den Text auf höchstens 4.000 Zeichen."}}
	}
	return nil
}

// Question is a question or a comment as its readers see it.
type Question struct {
	ID          uuid.UUID
	BodyID      uuid.UUID
	BodyKey     string
	BodyName    string
	ServiceSlug string
	ServiceName string
	StepKey     string
	StepTitle   string
	StepScope   template.Scope
	Kind        Kind
	Text        string
	State       State
	AskerID     uuid.UUID
	AskerName   string
	SideID      uuid.UUID
	SideName    string
	AskedAt     time.Time
	WaitsSince  *time.Time // for an answer; nil if it does not
	LastAt      time.Time
	PublishedAt *time.Time // when its answer was last published as a help
	Version     int64
	Unread      bool // something in it is new for the reader
	Posts       int
}

// WaitsFor reports whether an organisation is to answer.
func (q Question) WaitsFor(org uuid.UUID) bool { return q.State == Open && q.SideID == org }

// MayClose reports whether a person may say that the question is answered: the side that asked, or the Land.
func (q Question) MayClose(who access.Actor) bool {
	return q.State != Closed && who.Can(access.QuestionAnswer) && (who.Org.ID == q.AskerID || who.Role == access.StateCoordinator)
}

// MayPost reports whether a person may add something.
func (q Question) MayPost(who access.Actor) bool {
	return q.State != Closed && who.Can(access.QuestionAnswer)
}

// MayPublish reports whether a person may make a help of it.
func (q Question) MayPublish(who access.Actor) bool {
	return q.State != Open && q.Posts > 0 && who.Can(access.QuestionPublish)
}

// still refuses what comes after the end, or on top of what the person has not read.
func (q Question) still(version int64) error {
	switch {
	case q.State == Closed:
		return fault.New(fault.Conflict, "Die Frage ist abgeschlossen. Stellen Sie eine neue, wenn noch etwas offen ist.")
	case q.Version != version:
		return fault.New(fault.Conflict, "Hier hat inzwischen jemand geschrieben. Lesen Sie den neuen Beitrag, und senden Sie Ihren dann noch einmal.")
	}
	return nil
}

// posted is the state after somebody of an organisation wrote: the asker goes on asking, anybody else answers.
func (q Question) posted(org uuid.UUID, now time.Time) Question {
	switch {
	case q.Kind == Comment:
	case org != q.AskerID:
		q.State, q.WaitsSince = Answered, nil
	case q.State != Open:
		q.State, q.WaitsSince = Open, &now
	}
	return q
}

// Post is an answer or a further question.
type Post struct {
	ID      uuid.UUID
	Text    string
	OrgID   uuid.UUID
	OrgName string
	Name    string // of the person, where the reader may know it
	At      time.Time
}

// PostInput is what somebody wants to add, with the version they read. The form makes the ID.
type PostInput struct {
	ID      uuid.UUID
	Version int64
	Text    string
}

func (in PostInput) check() error {
	return checkText("text", in.Text, "Schreiben Sie Ihre Antwort auf.").Err()
}

var errNotYours = fault.New(fault.Forbidden, "Dass eine Frage beantwortet ist, sagt die Seite, die gefragt hat.")

// Reading is an organisation of the other side and until when it has read.
type Reading struct {
	OrgID   uuid.UUID
	OrgName string
	At      time.Time
}

// Thread is a question with all that was said.
type Thread struct {
	Question
	AskedBy string // the person, where the reader may know it
	List    []Post
	Seen    []Reading
}

// Latest returns the last answer that the asker did not write himself; false if there is none.
func (t Thread) Latest() (Post, bool) {
	for i := len(t.List) - 1; i >= 0; i-- {
		if t.List[i].OrgID != t.AskerID {
			return t.List[i], true
		}
	}
	return Post{}, false
}
