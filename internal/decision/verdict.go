package decision

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Verdict is what the deciding person enters, on the version they saw.
type Verdict struct {
	Version       int64
	Seen          int64 // of the facts and opinions that the person had before them, see Details.Seen
	Outcome       State
	Ground        Ground
	Reason        string
	DelegationID  *uuid.UUID  // for whom the person stands in; nil in their own name
	Conditions    []Condition // for ApprovedWithConditions, ignored otherwise
	DeferredUntil *time.Time  // for Deferred, ignored otherwise
	ValidUntil    *time.Time  // the last day of an approval, nil for none; ignored otherwise
}

// Condition is an Auflage: what has to happen, who sees to it, by when.
type Condition struct {
	Text  string    `json:"text"`
	Owner string    `json:"owner"`
	DueOn time.Time `json:"due_on"` // the zero time while nobody named a day
}

// fit drops what the outcome has no place for.
func (v Verdict) fit() Verdict {
	v.Reason = trimmed(v.Reason)
	if v.Outcome != Deferred {
		v.DeferredUntil = nil
	}
	if !v.Outcome.Approves() {
		v.ValidUntil = nil
	}
	if v.Outcome != ApprovedWithConditions {
		v.Conditions = nil
	}
	v.Conditions = slices.Clone(v.Conditions)
	for i, c := range v.Conditions {
		v.Conditions[i].Text, v.Conditions[i].Owner = trimmed(c.Text), trimmed(c.Owner)
	}
	return v
}

const (
	maxConditions = 30
	maxShort      = 500

	longestApproval = 20 // years; a later end is a slip of the pen
)

// Check is a fault that names every field which does not hold, or nil. The page asks before its summary, Decide asks
// again. They are named in the order of the form. Fields of the second condition are called "text-2", "owner-2" and "due_on-2".
func (v Verdict) Check(today time.Time) error {
	v = v.fit()
	var wrong fault.Wrong
	wrong.If(!slices.Contains(Outcomes, v.Outcome), "outcome", "Wählen Sie, wie Sie entscheiden.")
	wrong.If(v.Outcome == Deferred && (v.DeferredUntil == nil || !v.DeferredUntil.After(today)), "deferred_until", "Geben Sie einen Termin zur Wiedervorlage in der Zukunft ein, zum Beispiel 30.04.2027.")
	wrong.If(v.Outcome == ApprovedWithConditions && len(v.Conditions) == 0, "text-1", "Nennen Sie mindestens eine Auflage, oder beschließen Sie ohne Auflagen.")
	wrong.If(len(v.Conditions) > maxConditions, "text-1", "Fassen Sie Auflagen zusammen. Höchstens "+strconv.Itoa(maxConditions)+" sind möglich.")
	for i, c := range v.Conditions {
		c.check(strconv.Itoa(i+1), today, &wrong)
	}
	wrong.If(v.ValidUntil != nil && (!v.ValidUntil.After(today) || v.ValidUntil.After(today.AddDate(longestApproval, 0, 0))), "valid_until", "Geben Sie einen Tag in den nächsten "+strconv.Itoa(longestApproval)+" Jahren ein, zum Beispiel 31.12.2029, oder lassen Sie das Feld leer.")
	wrong.If(slices.Contains(Outcomes, v.Outcome) && !v.Ground.fits(v.Outcome), "ground", "Wählen Sie einen Grund, der zu Ihrer Entscheidung passt.")
	switch {
	case v.Reason == "":
		wrong.Add("reason", "Begründen Sie die Entscheidung.")
	case len([]rune(v.Reason)) > maxText:
		wrong.Add("reason", tooLong)
	}
	return wrong.Err()
}

func (c Condition) check(no string, today time.Time, wrong *fault.Wrong) {
	switch {
	case c.Text == "":
		wrong.Add("text-"+no, "Beschreiben Sie Auflage "+no+".")
	case len([]rune(c.Text)) > maxShort:
		wrong.Add("text-"+no, "Kürzen Sie Auflage "+no+" auf höchstens 500 Zeichen.")
	}
	switch {
	case c.Owner == "":
		wrong.Add("owner-"+no, "Nennen Sie, wer für Auflage "+no+" zuständig ist.")
	case len([]rune(c.Owner)) > maxShort:
		wrong.Add("owner-"+no, "Kürzen Sie die zuständige Stelle von Auflage "+no+" auf höchstens 500 Zeichen.")
	}
	wrong.If(c.DueOn.Before(today), "due_on-"+no, "Geben Sie für Auflage "+no+" eine Frist ab heute ein, zum Beispiel 30.04.2027.")
}

// mayDecide is a fault unless the case waits for its decision and the person may take it.
func (d Decision) mayDecide(person uuid.UUID) error {
	if err := d.State.allow(ToDecide); err != nil {
		return err
	}
	return d.FourEyes(person)
}

// standIn is a fault unless the person may decide in the name of whoever delegated to them.
func (d Decision) standIn(g Delegation, person uuid.UUID, today time.Time) error {
	switch {
	case g.To != person || !g.On(today):
		return fault.InField("delegation", "Diese Vertretung gilt heute nicht. Entscheiden Sie im eigenen Namen.")
	case d.FourEyes(g.From) != nil:
		return fault.InField("delegation", "Vier-Augen-Prinzip: Wen Sie vertreten, hat diesen Vorgang vorbereitet. Entscheiden Sie im eigenen Namen.")
	}
	return nil
}

// decide takes the decision in the name of a person.
func (d *Decision) decide(v Verdict, person uuid.UUID, now, today time.Time) error {
	if err := d.mayDecide(person); err != nil {
		return err
	}
	if err := d.move(ToDecide, v.Version, v.Outcome, now); err != nil {
		return err
	}
	if err := v.Check(today); err != nil {
		return err
	}
	d.Outcome, d.Ground, d.Reason, d.DeferredUntil, d.ValidUntil, d.DelegationID = v.Outcome, v.Ground, v.Reason, v.DeferredUntil, v.ValidUntil, v.DelegationID
	d.DecidedBy, d.DecidedAt = &person, &now
	return nil
}

// has reports whether the case already carries this verdict of this person: they sent the form twice.
func (d Decision) has(v Verdict, person uuid.UUID) bool {
	return d.Version == v.Version+1 && d.State == v.Outcome && d.Reason == v.Reason && d.DecidedBy != nil && *d.DecidedBy == person
}
