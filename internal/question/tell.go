package question

import (
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
)

// told are those of an organisation who may answer.
func told(org uuid.UUID) notify.To {
	return notify.Orgs(org).In(access.StateCoordinator, access.MinistryDecider, access.BodyCoordinator, access.BodyEditor, access.Provider)
}

// asked tells the side that answers.
func asked(who access.Actor, p Place, d Draft) notify.Notice {
	verb := " fragt zu „"
	if d.Kind == Comment {
		verb = " schreibt zu „"
	}
	return notify.Notice{
		Kind: notify.QuestionAsked, To: told(p.SideID), Text: who.Org.Name + verb + p.title() + "“.", Path: notify.AtQuestion(d.ID), About: p.ServiceName,
	}
}

// wrote tells the other side of a post.
func wrote(who access.Actor, q Question) notify.Notice {
	n := notify.Notice{
		Kind: notify.QuestionAnswered, To: told(q.AskerID), Text: who.Org.Name + " antwortet zu „" + q.Title() + "“.",
		Path: notify.AtQuestion(q.ID), About: q.ServiceName,
	}
	if who.Org.ID == q.AskerID {
		n.Kind, n.To, n.Text = notify.QuestionAsked, told(q.SideID), who.Org.Name+" fragt weiter zu „"+q.Title()+"“."
	}
	return n
}
