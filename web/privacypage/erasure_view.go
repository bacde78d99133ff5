package privacypage

import (
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/privacy"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type erasuresView struct {
	Waiting, Settled []ui.Row
	Gone             []ui.Row
	PeopleURL        string // where the people to choose from are
	ShowsGone        bool   // a body's page lists who left it; the Land has a page of all people
}

func newErasuresView(found []privacy.Requested, gone []privacy.Candidate, who access.Actor) erasuresView {
	v := erasuresView{PeopleURL: link.People, ShowsGone: !who.Can(access.PrivacyPerson)}
	if v.ShowsGone {
		v.PeopleURL = link.Members(who.Org.Key)
	}
	for _, e := range found {
		row := ui.Row{Title: e.Name, URL: link.Erasure(e.ID), Meta: places(e.Places, true) + " · beantragt am " + ui.Date(e.AskedAt), Status: erasureState(e)}
		if e.MayDecide(who) {
			row.Status = ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf Ihre Freigabe"}
		}
		if e.Open() {
			v.Waiting = append(v.Waiting, row)
		} else {
			v.Settled = append(v.Settled, row)
		}
	}
	for _, c := range gone {
		if c.Open.Valid {
			continue // stands above
		}
		v.Gone = append(v.Gone, ui.Row{Title: c.Name, URL: link.NewErasure(c.ID), Meta: places(c.Places, false)})
	}
	return v
}

func places(names []string, active bool) string {
	text := strings.Join(names, ", ")
	if !active {
		text += " · ausgeschieden"
	}
	return text
}

func erasureState(e privacy.Requested) ui.StatusProps {
	switch e.State {
	case privacy.ErasureAsked:
		return ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf Freigabe"}
	case privacy.ErasureApproved:
		return ui.StatusProps{Kind: ui.InProgress, Text: "Freigegeben, wird gelöscht"}
	case privacy.ErasureDone:
		return ui.StatusProps{Kind: ui.Done, Text: "Gelöscht"}
	case privacy.ErasureRefused:
		return ui.StatusProps{Kind: ui.Blocked, Text: "Abgelehnt"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Zurückgezogen"}
}

// means says what becomes of a person who is erased; asking and approving show the same.
var means = []string{
	"Name, E-Mail-Adresse und Konto werden gelöscht, ebenso Mitteilungen, Mails, Sitzungen, Einstellungen und Angaben als Ansprechperson im Profil.",
	"Was die Person getan hat, bleibt nachvollziehbar: Statt des Namens steht „Sachbearbeitung“ und die Stelle.",
	"Vermerke zu Beschlüssen behalten die Namen. Sie gehören zur Akte.",
	"Die Person bekommt eine E-Mail. Danach kann sie sich nicht mehr anmelden.",
	"Das lässt sich nicht rückgängig machen, auch nicht aus einer Sicherung.",
}

type askView struct {
	Errors           []ui.FieldError
	Late             ui.AlertProps
	Means            []string
	Who              string // decides
	FormID, Person   string
	Ground           ui.Field
	Asks             bool
	OpenURL, BackURL string
}

func newAskView(c privacy.Candidate, asked privacy.Request, who access.Actor, cause error, wrong page.Errors) askView {
	v := askView{
		Errors: wrong.Summary(), Means: means, FormID: asked.ID.String(), Person: asked.Person.String(), Asks: true, BackURL: link.Erasures,
		Ground: ui.Field{Name: "ground", Label: "Warum soll die Person gelöscht werden?", Value: string(asked.Ground), Error: wrong.For("ground")},
		Who:    "Die OZG-Landeskoordination gibt die Löschung frei.",
	}
	for _, g := range privacy.Grounds {
		v.Ground.Options = append(v.Ground.Options, ui.Option{Value: string(g.Ground), Text: g.Word})
	}
	switch {
	case who.Role == access.StateCoordinator && c.Body.Valid:
		v.Who = "Die Koordination der Kommune gibt die Löschung frei."
	case who.Role == access.StateCoordinator:
		v.Who = "Eine zweite Person der OZG-Landeskoordination gibt die Löschung frei."
	}
	if c.Open.Valid {
		v.Asks, v.OpenURL = false, link.Erasure(c.Open.UUID)
		v.Late = ui.AlertProps{Tone: ui.Info, Heading: "Für diese Person wartet schon ein Antrag", Links: []ui.Link{{Text: "Löschantrag ansehen", URL: v.OpenURL}}}
		return v
	}
	refusal := c.Refusal(who)
	if refusal == nil && len(wrong) == 0 {
		refusal = cause
	}
	if refusal != nil {
		v.Late = page.NotSaved(refusal)
		v.Late.Heading = "Das geht gerade nicht"
		v.Asks = c.Refusal(who) == nil
	}
	return v
}

type erasureView struct {
	Late                               ui.AlertProps
	Facts                              ui.FactsProps
	Means                              []string
	ApproveURL, RefuseURL, TakeBackURL string
	Trail                              ui.LogProps
}

func newErasureView(e privacy.Requested, who access.Actor, cause error) erasureView {
	v := erasureView{Means: means, Facts: ui.FactsProps{Items: []ui.Fact{
		{Term: "Anlass", Value: e.Ground.Word()},
		{Term: "Beantragt", Value: ui.DateTime(e.AskedAt) + ", " + e.Asker},
		{Term: "Freigabe durch", Value: decider(e)},
	}}}
	if e.DecidedAt != nil {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: settledTerm(e.State), Value: ui.DateTime(*e.DecidedAt)})
	}
	if e.DoneAt != nil {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: "Gelöscht", Value: ui.DateTime(*e.DoneAt)})
	}
	if cause != nil {
		v.Late = page.NotSaved(cause)
	}
	if e.MayDecide(who) {
		v.ApproveURL, v.RefuseURL = link.ApproveErasure(e.ID), link.RefuseErasure(e.ID)
	}
	if e.MayWithdraw(who) {
		v.TakeBackURL = link.WithdrawErasure(e.ID)
	}
	if !e.Open() {
		v.Means = nil
	}
	return v
}

func decider(e privacy.Requested) string {
	switch role, _ := e.Decider(); {
	case role == access.BodyCoordinator:
		return "Koordination, " + e.Office
	case e.OfBody:
		return "OZG-Landeskoordination"
	}
	return "eine zweite Person der OZG-Landeskoordination"
}

func settledTerm(s privacy.ErasureState) string {
	switch s {
	case privacy.ErasureWithdrawn:
		return "Zurückgezogen"
	case privacy.ErasureRefused:
		return "Abgelehnt"
	}
	return "Freigegeben"
}
