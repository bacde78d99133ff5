package onboarding

import (
	"slices"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// DateInput gives a Produktivstart another day: the planned one as long as it is ahead, the reported one afterwards.
type DateInput struct {
	Version int64
	On      time.Time
	Cause   Cause // of a moved plan
	Reason  string
}

// MayMove reports whether somebody may move the planned Produktivstart.
func (c *Checklist) MayMove(who access.Actor) bool {
	return who.Role == access.StateCoordinator && c.LiveOn == nil && (!c.State.Aside() || c.State == Paused)
}

// MayCorrect reports whether somebody may correct the reported one.
func (c *Checklist) MayCorrect(who access.Actor) bool {
	return who.Role == access.BodyCoordinator && who.Org.ID == c.BodyID && c.State.IsLive()
}

// dated returns the onboarding with its new date, or why it keeps the old one.
func (c *Checklist) dated(in DateInput, who access.Actor) (Onboarding, error) {
	o := c.Onboarding
	moves := c.MayMove(who)
	switch {
	case c.Version == in.Version+1 && in.On.Equal(c.startsOn()):
		return o, postgres.ErrRepeated
	case !moves && !c.MayCorrect(who):
		return o, fault.New(fault.Conflict, c.fixed())
	case c.Version != in.Version:
		return o, fault.New(fault.Conflict, "Jemand hat die Anbindung inzwischen geändert. Der Produktivstart ist jetzt: "+workday.Written(c.startsOn())+".")
	}
	if err := in.wrong(moves, c).Err(); err != nil {
		return o, err
	}
	if moves {
		o.TargetOn = in.On
	} else {
		o.LiveOn = &in.On
	}
	return o, nil
}

// startsOn is the day of the Produktivstart: as reported, or as planned.
func (c *Checklist) startsOn() time.Time {
	if c.LiveOn != nil {
		return *c.LiveOn
	}
	return c.TargetOn
}

// fixed says who may change the date, if anybody.
func (c *Checklist) fixed() string {
	switch {
	case c.State.IsLive():
		return "Die Anbindung ist produktiv. Den Tag des Produktivstarts berichtigt die Koordination der Einheit."
	case c.State.Aside() && c.State != Paused:
		return "Die Anbindung steht auf „" + c.State.Word() + "“. Sie hat keinen Zieltermin."
	}
	return "Den Zieltermin verschiebt die Koordination des Landes."
}

func (in DateInput) tidy() DateInput {
	in.Reason = strings.TrimSpace(in.Reason)
	return in
}

func (in DateInput) wrong(moves bool, c *Checklist) fault.Wrong {
	wrong := checkText("reason", in.Reason)
	switch {
	case in.On.IsZero():
		wrong.Add("on", "Geben Sie ein Datum ein, zum Beispiel 30.04.2027.")
	case in.On.Equal(c.startsOn()):
		wrong.Add("on", "Das ist der bisherige Tag. Wählen Sie einen anderen.")
	case moves && !in.On.After(c.Today):
		wrong.Add("on", "Wählen Sie einen Tag in der Zukunft.")
	case moves && workday.IsWeekend(in.On):
		wrong.Add("on", "Der Tag fällt auf ein Wochenende. Wählen Sie einen Arbeitstag.")
	case moves:
		wrong.If(in.On.After(c.Today.AddDate(5, 0, 0)), "on", "Der Tag liegt zu weit in der Zukunft. Wählen Sie einen Tag in den nächsten fünf Jahren.")
	default:
		wrong.If(in.On.After(c.Today), "on", "Der Produktivstart liegt nicht in der Zukunft. Wählen Sie einen Tag bis heute.")
		wrong.If(in.On.Before(workday.Day(c.StartedAt)), "on", "Der Roll-in begann erst am "+workday.Written(c.StartedAt)+". Wählen Sie einen Tag danach.")
	}
	wrong.If(moves && !slices.Contains(Causes, in.Cause), "cause", "Wählen Sie, woran es liegt.")
	wrong.If(in.Reason == "", "reason", "Begründen Sie die Änderung in einem Satz.")
	return wrong
}
