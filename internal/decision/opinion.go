package decision

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/paper"
)

// Opinion is a Stellungnahme that a ministry asks of another organisation: of TLRZ or KIV about technology, of the
// Spitzenverbände for the towns. The ministry weighs the answer; it is not bound by it.
//
//	open -> answered (and changed, until the case closes) -> closed with the case
type Opinion struct {
	ID         uuid.UUID    `json:"opinion_id" db:"opinion_id"`
	Kind       OpinionKind  `json:"kind"`
	PartyKey   string       `json:"party_key"`
	PartyName  string       `json:"party_name"`
	Question   string       `json:"question"`
	DueOn      time.Time    `json:"due_on"`
	AskedAt    time.Time    `json:"asked_at"`
	Result     Result       `json:"result"`
	Note       string       `json:"note"`
	Links      []string     `json:"links"`
	Files      []paper.File `json:"files"` // enclosed; the ministry reads them once the answer is given
	AnsweredAt *time.Time   `json:"answered_at"`
	ClosedAt   *time.Time   `json:"closed_at"`
	Version    int64        `json:"version"`
}

// OpinionKind says what an opinion is about.
type OpinionKind string

// The kinds of opinions.
const (
	TechnicalOpinion OpinionKind = "technical"
	MunicipalOpinion OpinionKind = "municipal"
)

// Word is the kind as people call it.
func (k OpinionKind) Word() string {
	if k == MunicipalOpinion {
		return "Kommunale Sicht"
	}
	return "Technische Prüfung"
}

// parties are the kinds of organisations that one asks.
var parties = map[OpinionKind][]string{TechnicalOpinion: {"it_provider"}, MunicipalOpinion: {"association", "committee"}}

// Answered reports whether the party has said something.
func (o Opinion) Answered() bool { return o.Result != Open }

// Awaited reports whether the answer is still to come.
func (o Opinion) Awaited() bool { return !o.Answered() && o.ClosedAt == nil }

// AskInput asks an organisation. ID is made with the form, so that sending it twice asks once.
type AskInput struct {
	ID       uuid.UUID
	Kind     OpinionKind
	PartyKey string
	Question string
	DueOn    *time.Time
}

const pickParty = "Wählen Sie, wen Sie fragen."

func (in AskInput) check(today time.Time) error {
	var wrong fault.Wrong
	wrong.If(in.PartyKey == "", "party", pickParty)
	switch {
	case in.Question == "":
		wrong.Add("question", "Schreiben Sie, wozu Sie eine Stellungnahme brauchen.")
	case len([]rune(in.Question)) > maxText:
		wrong.Add("question", tooLong)
	}
	wrong.If(in.DueOn == nil || in.DueOn.Before(today) || in.DueOn.After(today.AddDate(1, 0, 0)), "due_on", "Geben Sie eine Frist ab heute und innerhalb eines Jahres ein, zum Beispiel 30.04.2027.")
	return wrong.Err()
}

// answers are what an asked organisation may come to.
var answers = []Result{Positive, PositiveWithConditions, Negative}

const pickAnswer = "Wählen Sie, wie Sie Stellung nehmen."

// Answer is what the asked organisation says, on the version it saw.
type Answer struct {
	Version int64
	Result  Result
	Note    string
	Links   []string
}

func (a Answer) check() error {
	var wrong fault.Wrong
	wrong.If(!slices.Contains(answers, a.Result), "result", pickAnswer)
	if text := noteWanted(a.Result); a.Note == "" && text != "" {
		wrong.Add("note", text)
	}
	wrong.If(len([]rune(a.Note)) > maxText, "note", tooLong)
	return append(wrong, checkLinks(a.Links)...).Err()
}

// checkDraft judges an answer that is not given yet. What is not finished needs no result and no reasons.
func (a Answer) checkDraft() error {
	var wrong fault.Wrong
	wrong.If(a.Result != "" && !slices.Contains(answers, a.Result), "result", pickAnswer)
	wrong.If(len([]rune(a.Note)) > maxText, "note", tooLong)
	return append(wrong, checkLinks(a.Links)...).Err()
}

// answer enters what the party says, unless the case went on without it.
func (o *Opinion) answer(a Answer, now time.Time) error {
	if err := o.takes(a); err != nil {
		return err
	}
	if err := a.check(); err != nil {
		return err
	}
	o.Result, o.Note, o.Links, o.AnsweredAt = a.Result, a.Note, a.Links, &now
	o.Version++
	return nil
}

// takes is a Conflict if the case went on without the answer, or a colleague changed it since it was read.
func (o Opinion) takes(a Answer) error {
	switch {
	case o.ClosedAt != nil:
		return errNotNeeded
	case o.Version != a.Version:
		return errColleague
	}
	return nil
}

var errNotNeeded = fault.New(fault.Conflict, "Der Vorgang ist inzwischen abgeschlossen. Eine Stellungnahme ist nicht mehr nötig.")

var errColleague = fault.New(fault.Conflict, "Inzwischen hat jemand anders aus Ihrem Haus diese Stellungnahme geändert.")

// has reports whether the opinion says already what was sent: twice the same form.
func (o Opinion) has(a Answer) bool {
	return o.Version == a.Version+1 && o.Result == a.Result && o.Note == a.Note && slices.Equal(o.Links, a.Links)
}
