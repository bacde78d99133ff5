package decision

import (
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
	"rollinportal/internal/workday"
)

// told is a notice about a case for the people of its ministry who prepare and decide.
func (c locked) told(kind notify.Kind, text string) notify.Notice {
	return notify.Notice{
		Kind: kind, To: notify.Orgs(c.Ministry).In(access.MinistryDecider), Text: text, Path: notify.AtDecision(c.ID), About: c.ServiceName,
	}
}

// forTheLand is the same for the Landeskoordination.
func forTheLand(n notify.Notice) notify.Notice {
	n.To = notify.Coordination()
	return n
}

func (c locked) toldOfSubmission() notify.Notice {
	return c.told(notify.DecisionWaits, "„"+c.ServiceName+"“ wartet auf die Entscheidung einer zweiten Person Ihres Ressorts.")
}

func (c locked) toldOfReturn() notify.Notice {
	return c.told(notify.DecisionReturned, "„"+c.ServiceName+"“ ist mit einer Rückfrage zurückgegeben.")
}

func (c locked) toldOfDecision() []notify.Notice {
	n := c.told(notify.DecisionMade, "Über „"+c.ServiceName+"“ ist entschieden: "+c.Outcome.Word()+".")
	return []notify.Notice{n, forTheLand(n)}
}

func (c locked) toldOfRevocation() []notify.Notice {
	n := c.told(notify.DecisionEnded, "Der Beschluss über „"+c.ServiceName+"“ ist aufgehoben: "+c.RevokedGround.Word()+".")
	return []notify.Notice{n, forTheLand(n)}
}

func (c locked) toldOfExpiry() []notify.Notice {
	n := c.told(notify.DecisionEnded, "Der Beschluss über „"+c.ServiceName+"“ ist abgelaufen. Er galt bis "+workday.WrittenIf(c.ValidUntil)+".")
	return []notify.Notice{n, forTheLand(n)}
}

// toldAsked tells an organisation that somebody wants its opinion.
func (c locked) toldAsked(who access.Actor, in AskInput, party uuid.UUID) notify.Notice {
	return notify.Notice{
		Kind: notify.OpinionAsked, To: notify.Orgs(party), Path: notify.AtOpinion(in.ID), About: c.ServiceName,
		Text: who.Org.Name + " bittet Sie um Stellungnahme zu „" + c.ServiceName + "“ bis " + workday.WrittenIf(in.DueOn) + ".",
	}
}

// toldAnswered tells the ministry that the answer is there.
func (a Asked) toldAnswered(who access.Actor) notify.Notice {
	return notify.Notice{
		Kind: notify.OpinionAnswered, To: notify.Orgs(a.Ministry).In(access.MinistryDecider), Path: notify.AtDecision(a.DecisionID), About: a.ServiceName,
		Text: who.Org.Name + " nimmt zu „" + a.ServiceName + "“ Stellung: " + a.Result.Word() + ".",
	}
}
