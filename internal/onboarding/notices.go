package onboarding

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
	"rollinportal/internal/workday"
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

// stepped tells the body what others did for it, and of a check whoever submitted the step and the body's coordination.
func (c *Checklist) stepped(before, after Step, who access.Actor) []notify.Notice {
	switch {
	case before.State == after.State:
		return nil
	case before.State == Submitted && after.State == Returned:
		return c.checked(notify.StepReturned, before, after, "zurückgegeben: "+after.Reason)
	case before.State == Submitted && after.State == Done:
		return c.checked(notify.StepAccepted, before, after, "angenommen.")
	case who.Org.ID != c.BodyID && after.State == Done:
		return []notify.Notice{c.about(notify.OthersDid, notify.Orgs(c.BodyID), after, doer(who)+" hat „"+after.Title+"“ für "+c.ServiceName+" erledigt.")}
	case who.Org.ID != c.BodyID && after.State == Submitted:
		return []notify.Notice{c.about(notify.OthersDid, notify.Orgs(c.BodyID).In(access.BodyCoordinator), after,
			doer(who)+" hat „"+after.Title+"“ für "+c.ServiceName+" zur Prüfung eingereicht.")}
	}
	return nil
}

// checked tells how a check ended, everybody once: the day's mail is soon enough, work on other steps goes on.
func (c *Checklist) checked(kind notify.Kind, before, after Step, outcome string) []notify.Notice {
	n := c.about(kind, notify.Orgs(c.BodyID).In(access.BodyCoordinator), after, "„"+after.Title+"“ für "+c.ServiceName+" in "+c.BodyName+" ist "+outcome)
	n.Key = "check/" + after.ID.String() + "/" + strconv.FormatInt(before.Version, 10)
	if before.SubmittedBy == nil {
		return []notify.Notice{n}
	}
	submitter := n
	submitter.To = notify.Person(uuid.Nil, *before.SubmittedBy)
	return []notify.Notice{n, submitter}
}

// manyStepped tells each body once what a batch did to its steps, or that it was undone.
func manyStepped(changed []Outcome, who access.Actor, no int, undone bool) (notices []notify.Notice) {
	byBody := map[uuid.UUID][]Outcome{}
	var order []uuid.UUID
	for _, o := range changed {
		id := o.list.BodyID
		if byBody[id] == nil {
			order = append(order, id)
		}
		byBody[id] = append(byBody[id], o)
	}
	for _, id := range order {
		if id != who.Org.ID {
			notices = append(notices, batchNotice(byBody[id], who, no, undone))
		}
	}
	return notices
}

func batchNotice(steps []Outcome, who access.Actor, no int, undone bool) notify.Notice {
	first := steps[0]
	n := notify.Notice{Kind: notify.OthersDid, To: notify.Orgs(first.list.BodyID), Path: notify.AtBody(first.Body)}
	what := "„" + first.After.Title + "“ für " + first.ServiceName
	switch {
	case len(steps) == 1:
		n.Path, n.About = notify.AtStep(first.Body, first.Service, first.Key), first.ServiceName
	case inOneList(steps):
		n.Path, n.About = notify.AtChecklist(first.Body, first.Service), first.ServiceName
		what = strconv.Itoa(len(steps)) + " Aufgaben für " + first.ServiceName
	default:
		what = strconv.Itoa(len(steps)) + " Aufgaben"
	}
	switch {
	case undone:
		n.Text = doer(who) + " nimmt die Sammeländerung Nr. " + strconv.Itoa(no) + " zurück: " + what + " wieder wie vorher."
	case first.After.State == Done:
		n.Text = doer(who) + " hat " + what + " erledigt (Sammeländerung Nr. " + strconv.Itoa(no) + ")."
	default:
		n.Text = doer(who) + " hat " + what + " in Arbeit (Sammeländerung Nr. " + strconv.Itoa(no) + ")."
	}
	return n
}

// doer names the organisation of whoever acts, as a body knows it.
func doer(who access.Actor) string {
	if who.Role == access.StateCoordinator {
		return "Die Landeskoordination"
	}
	return who.Org.Short
}

func inOneList(steps []Outcome) bool {
	for _, o := range steps {
		if o.list != steps[0].list {
			return false
		}
	}
	return true
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
			n.Text += " (weiter ab " + workday.WrittenIf(o.ResumeOn) + ")"
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
		Text: o.BodyName + " ist mit " + o.ServiceName + " produktiv, seit " + workday.WrittenIf(o.LiveOn) + ".",
	}
}

// started tells every body of the layout that its checklist is there.
func (l layout) started() []notify.Notice {
	notices := make([]notify.Notice, 0, len(l.bodies))
	for _, b := range l.bodies {
		text := "Der Roll-in von " + l.offer.ServiceName + " hat begonnen. Ihre Checkliste liegt bereit"
		if target, err := time.Parse(time.DateOnly, b.Target); err == nil {
			text += ", Zieltermin ist der " + workday.Written(target)
		}
		notices = append(notices, notify.Notice{
			Kind: notify.RollinStarted, To: notify.Keys(b.Key), Path: notify.AtChecklist(b.Key, l.offer.ServiceSlug), About: l.offer.ServiceName, Text: text + ".",
		})
	}
	return notices
}
