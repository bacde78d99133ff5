package decision

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Decision is one case: a ministry's way to a decision about one service.
type Decision struct {
	ID            uuid.UUID `db:"decision_id"`
	Ministry      uuid.UUID `db:"org_id"`
	ServiceID     uuid.UUID
	No            int // counts the cases of a service
	State         State
	Outcome       State // what was decided; it stays when the case is superseded
	Occasion      string
	DueOn         *time.Time
	RequestedBy   uuid.UUID
	RequestedAt   time.Time
	SubmittedBy   *uuid.UUID
	SubmittedAt   *time.Time
	DecidedBy     *uuid.UUID
	DecidedAt     *time.Time
	Ground        Ground
	Reason        string // of the decision or the withdrawal; in review, the question it was sent back with
	DeferredUntil *time.Time
	ValidUntil    *time.Time // the last day of an approval; nil for one without an end
	DelegationID  *uuid.UUID // the decider stood in for somebody
	CrossLand     *bool      // länderübergreifender Onlinedienst (§ 8a OZG); nil before the privacy review
	RevokedBy     *uuid.UUID
	RevokedAt     *time.Time
	RevokedGround Ground
	RevokedReason string
	StateSince    time.Time
	Version       int64

	Reviewers []uuid.UUID `db:"-"` // who answered a review; nobody for readers who may not see the reviews
}

// State is where a case stands.
type State string

// The states of a case.
const (
	Draft                  State = "draft"
	InReview               State = "in_review"
	Submitted              State = "submitted"
	Approved               State = "approved"
	ApprovedWithConditions State = "approved_with_conditions"
	Rejected               State = "rejected"
	Deferred               State = "deferred"
	Withdrawn              State = "withdrawn"
	Superseded             State = "superseded"
	Revoked                State = "revoked"
	Expired                State = "expired"
)

// States lists every state in the order of a case's life.
var States = []State{Draft, InReview, Submitted, Approved, ApprovedWithConditions, Deferred, Rejected, Revoked, Expired, Superseded, Withdrawn}

// Outcomes lists what a ministry may decide.
var Outcomes = []State{Approved, ApprovedWithConditions, Deferred, Rejected}

// Open reports whether the case still waits for its decision.
func (s State) Open() bool { return s == Draft || s == InReview || s == Submitted }

// Approves reports whether the service may be rolled in.
func (s State) Approves() bool { return s == Approved || s == ApprovedWithConditions }

// Word is the state as people read it, in the trail and on the screen.
func (s State) Word() string {
	switch s {
	case Draft:
		return "Entwurf"
	case InReview:
		return "In Prüfung"
	case Submitted:
		return "Wartet auf Entscheidung"
	case Approved:
		return "Beschlossen"
	case ApprovedWithConditions:
		return "Mit Auflagen beschlossen"
	case Deferred:
		return "Zurückgestellt"
	case Rejected:
		return "Abgelehnt"
	case Withdrawn:
		return "Zurückgezogen"
	case Superseded:
		return "Ersetzt"
	case Revoked:
		return "Aufgehoben"
	case Expired:
		return "Abgelaufen"
	}
	return ""
}

// Act is something people do with a case.
type Act string

// The acts. Requesting a decision makes the case.
const (
	ToReview   Act = "review"
	ToSubmit   Act = "submit"
	ToWithdraw Act = "withdraw"
	ToReturn   Act = "return"
	ToDecide   Act = "decide"
	ToRevoke   Act = "revoke"
)

// Allows reports whether the state lets an act happen.
func (s State) Allows(a Act) bool {
	switch a {
	case ToReview, ToSubmit:
		return s == Draft || s == InReview
	case ToWithdraw:
		return s.Open()
	case ToReturn, ToDecide:
		return s == Submitted
	case ToRevoke:
		return s.Approves()
	}
	return false
}

// allow is a Conflict fault that says why the state does not let the act happen, or nil.
func (s State) allow(a Act) error {
	switch {
	case s.Allows(a):
		return nil
	case a == ToRevoke:
		return fault.New(fault.Conflict, "Aufheben lässt sich nur ein geltender Beschluss zur Nachnutzung. Dieser Vorgang ist: "+s.Word()+".")
	case s == Withdrawn:
		return fault.New(fault.Conflict, "Dieser Vorgang wurde zurückgezogen. Beantragen Sie eine neue Entscheidung.")
	case !s.Open():
		return fault.New(fault.Conflict, "Über diese Nachnutzung ist schon entschieden. Ein beschlossener Vorgang ändert sich nicht mehr.")
	case s == Submitted:
		return fault.New(fault.Conflict, "Der Vorgang liegt schon zur Entscheidung vor. Prüfungen ändern sich erst wieder, wenn er zurückgegeben wird.")
	}
	return fault.New(fault.Conflict, "Der Vorgang ist noch in Prüfung. Reichen Sie ihn zuerst zur Entscheidung ein.")
}

var errStale = fault.New(fault.Conflict, "Inzwischen hat jemand anders diesen Vorgang geändert. Vergleichen Sie den aktuellen Stand mit Ihren Angaben.")

// move changes the state, if nobody else changed the case since version was read.
func (d *Decision) move(a Act, version int64, to State, now time.Time) error {
	if err := d.State.allow(a); err != nil {
		return err
	}
	if d.Version != version {
		return errStale
	}
	if d.State != to {
		d.State, d.StateSince = to, now
	}
	d.Version++
	return nil
}

// submit puts the case before the deciding person, if all that a decision leans on is there.
func (d *Decision) submit(version int64, reviews []Review, a Assessment, person uuid.UUID, now time.Time) error {
	if err := d.move(ToSubmit, version, Submitted, now); err != nil {
		return err
	}
	d.SubmittedBy, d.SubmittedAt, d.Reason = &person, &now, ""
	return complete(reviews, a)
}

// Because is why somebody withdraws or returns a case, on the version they saw.
type Because struct {
	Version int64
	Reason  string
}

func (b Because) check(text string) error {
	switch {
	case b.Reason == "":
		return fault.InField("reason", text)
	case len([]rune(b.Reason)) > maxText:
		return fault.InField("reason", tooLong)
	}
	return nil
}

// withdraw ends the case without a decision.
func (d *Decision) withdraw(b Because, now time.Time) error {
	if err := d.move(ToWithdraw, b.Version, Withdrawn, now); err != nil {
		return err
	}
	d.Reason = b.Reason
	return b.check("Begründen Sie, warum der Vorgang zurückgezogen wird.")
}

// sendBack returns the case to those who prepare it, with a question.
func (d *Decision) sendBack(b Because, now time.Time) error {
	if err := d.move(ToReturn, b.Version, InReview, now); err != nil {
		return err
	}
	d.Reason, d.SubmittedBy, d.SubmittedAt = b.Reason, nil, nil
	return b.check("Schreiben Sie, was vor der Entscheidung noch zu klären ist.")
}

// FourEyes is a Forbidden fault if the person prepared the case and so must not decide it: asked for it, answered a review
// or submitted it.
func (d Decision) FourEyes(person uuid.UUID) error {
	switch {
	case d.RequestedBy == person:
		return fault.New(fault.Forbidden, "Vier-Augen-Prinzip: Sie haben diese Entscheidung beantragt. Entscheiden muss eine andere Person Ihres Ressorts.")
	case d.SubmittedBy != nil && *d.SubmittedBy == person:
		return fault.New(fault.Forbidden, "Vier-Augen-Prinzip: Sie haben diesen Vorgang eingereicht. Entscheiden muss eine andere Person Ihres Ressorts.")
	case slices.Contains(d.Reviewers, person):
		return fault.New(fault.Forbidden, "Vier-Augen-Prinzip: Sie haben eine Prüfung dieses Vorgangs abgeschlossen. Entscheiden muss eine andere Person Ihres Ressorts.")
	}
	return nil
}
