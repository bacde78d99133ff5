package onboarding

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
)

// Who hears of what happens in a roll-in. Sentences only: what happened stands in the use cases.

// about begins a notice about a step.
func (c *Checklist) about(kind notify.Kind, to notify.To, s Step, text string) notify.Notice {
	return notify.Notice{Kind: kind, To: to, Text: text, Path: notify.AtStep(c.BodyKey, c.ServiceSlug, s.Key), About: c.ServiceName}
}

// handedOver tells the organisation that a step lies with now; at once if it is late already. Parties that are none of
// the Land's organisations have nobody here to tell.
func (c *Checklist) handedOver(s Step, in HandOverInput) []notify.Notice {
	if in.PartyKey == "" {
		return nil
	}
	text := c.BodyName + " gibt „" + s.Title + "“ für " + c.ServiceName + " an Sie ab."
	if in.Ticket != "" {
		text += " Ticket: " + in.Ticket + "."
	}
	n := c.about(notify.HandedOver, notify.Keys(in.PartyKey), s, text)
	n.Urgent = s.Overdue
	return []notify.Notice{n}
}

func (c *Checklist) takenBack(s Step, with *Waiting) []notify.Notice {
	if strings.HasPrefix(with.PartyKey, "~") {
		return nil
	}
	return []notify.Notice{c.about(notify.TakenBack, notify.Keys(with.PartyKey), s,
		c.BodyName+" holt „"+s.Title+"“ für "+c.ServiceName+" zurück. Bei Ihnen ist damit nichts mehr zu tun.")}
}

// stepped tells the body what others finished for it, and who submitted a step how it was judged.
func (c *Checklist) stepped(before, after Step, who access.Actor) []notify.Notice {
	switch {
	case before.State == after.State:
		return nil
	case before.State == Submitted && after.State == Returned && before.SubmittedBy != nil:
		return []notify.Notice{c.about(notify.StepReturned, notify.Person(uuid.Nil, *before.SubmittedBy), after,
			"„"+after.Title+"“ für "+c.ServiceName+" in "+c.BodyName+" ist zurückgegeben: "+after.Reason)}
	case before.State == Submitted && after.State == Done && before.SubmittedBy != nil:
		return []notify.Notice{c.about(notify.StepAccepted, notify.Person(uuid.Nil, *before.SubmittedBy), after,
			"„"+after.Title+"“ für "+c.ServiceName+" in "+c.BodyName+" ist angenommen.")}
	case who.Org.ID != c.BodyID && after.State == Done:
		return []notify.Notice{c.about(notify.ProviderDone, notify.Orgs(c.BodyID), after, who.Org.Short+" hat „"+after.Title+"“ für "+c.ServiceName+" erledigt.")}
	case who.Org.ID != c.BodyID && after.State == Submitted:
		return []notify.Notice{c.about(notify.ProviderDone, notify.Orgs(c.BodyID).In(access.BodyCoordinator), after,
			who.Org.Short+" hat „"+after.Title+"“ für "+c.ServiceName+" erledigt. Bitte prüfen Sie es.")}
	}
	return nil
}

func manyStepped(changed []Outcome, who access.Actor) (notices []notify.Notice) {
	for _, o := range changed {
		notices = append(notices, o.list.stepped(o.Before, o.After, who)...)
	}
	return notices
}

// turnedBy tells the body what the Land did with its onboarding, and the Land what the body did.
func (o Onboarding) turnedBy(who access.Actor, act Act) []notify.Notice {
	n := notify.Notice{
		Kind: notify.OnboardingPaused, To: notify.Orgs(o.BodyID), Path: notify.AtChecklist(o.BodyKey, o.ServiceSlug), About: o.ServiceName,
		Text: o.ServiceName + " in " + o.BodyName + " steht jetzt auf „" + o.State.Word() + "“",
	}
	switch act {
	case Commit:
		return nil
	case Resume, Rejoin:
		n.Kind, n.Text = notify.OnboardingResumed, n.Text+". Die Checkliste geht weiter."
	default:
		n.Text += ": " + o.StateReason
		if o.ResumeOn != nil {
			n.Text += " (weiter ab " + day(o.ResumeOn) + ")"
		}
	}
	if who.Org.ID == o.BodyID {
		n.To = notify.Coordination()
	}
	return []notify.Notice{n}
}

func (o Onboarding) wentLive() notify.Notice {
	return notify.Notice{
		Kind: notify.WentLive, To: notify.Coordination(), Path: notify.AtChecklist(o.BodyKey, o.ServiceSlug), About: o.ServiceName,
		Text: o.BodyName + " ist mit " + o.ServiceName + " produktiv, seit " + day(o.LiveOn) + ".",
	}
}

// started tells every body of the layout that its checklist is there.
func (l layout) started() []notify.Notice {
	notices := make([]notify.Notice, 0, len(l.bodies))
	for _, b := range l.bodies {
		text := "Der Roll-in von " + l.offer.ServiceName + " hat begonnen. Ihre Checkliste liegt bereit"
		if target, err := time.Parse(time.DateOnly, b.Target); err == nil {
			text += ", Zieltermin ist der " + day(&target)
		}
		notices = append(notices, notify.Notice{
			Kind: notify.RollinStarted, To: notify.Keys(b.Key), Path: notify.AtChecklist(b.Key, l.offer.ServiceSlug), About: l.offer.ServiceName, Text: text + ".",
		})
	}
	return notices
}
