package homepage

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// actsView is what can be said about a task right here, each with one request.
type actsView struct {
	Version  string
	StepURL  string
	Open     string // what the page of the task is opened for
	Done     doneView
	HandOver handOverView
	Ask      askView
	Away     ui.Field // why the task does not apply
	MayDrop  bool
	Renew    ui.Link // to the profile, for what is to be renewed there
	Helps    ui.Link // what others asked here and were answered
}

// askView asks at a task.
type askView struct {
	ID, Body, Service, Step string
	Text                    ui.Field
}

// doneView finishes a task. Without a question it is a single button.
type doneView struct {
	Text, To string // nothing if it cannot be finished here
	Asks     bool
	Evidence ui.Field
	AsksDay  bool
	Until    ui.Field
}

// handOverView says with whom a task lies.
type handOverView struct {
	URL, ID             string // nothing if it cannot lie with others
	Party, Name, Ticket ui.Field
	Since               string
}

func newActs(n dashboard.Next, d *dashboard.BodyDesk, place int) actsView {
	no := "-" + strconv.Itoa(place+1)
	context := "zu „" + title(n) + "“"
	v := actsView{
		Open: "Aufgabe öffnen", Version: strconv.FormatInt(n.Version, 10), StepURL: link.Step(n.In.BodyKey, n.In.ServiceSlug, n.Key), Done: newDone(n, no, context),
		MayDrop: slices.Contains(n.May, onboarding.NotApplicable),
		Away:    ui.Field{Name: "reason", ID: "reason" + no, Label: "Grund", Context: context, Rows: 2, MaxLength: 2000, Hint: "Warum braucht Ihre Einheit die Aufgabe nicht?"},
	}
	v.Ask = askView{
		ID: uuid.NewString(), Body: n.In.BodyKey, Service: n.In.ServiceSlug, Step: n.Key,
		Text: ui.Field{Name: "text", ID: "text" + no, Label: "Ihre Frage", Context: context, Rows: 3, MaxLength: 4000, Hint: "Das Land oder die zuständige Stelle antwortet."},
	}
	if n.Key == template.Live {
		v.Open = "Produktivstart melden"
	}
	if len(n.Talk.Helps) > 0 {
		v.Helps = ui.Link{Text: "Antworten auf häufige Fragen", Note: " " + context, URL: link.Step(n.In.BodyKey, n.In.ServiceSlug, n.Key) + "#antworten"}
	}
	if n.Renews > 0 {
		v.Renew = ui.Link{Text: "Im Profil erneuern", URL: renewal(n)}
		v.Done, v.MayDrop = doneView{}, false // only the profile shows that it is renewed
	}
	if n.CanHandOver() {
		v.HandOver = handOverView{
			URL: link.HandOver(n.In.BodyKey, n.In.ServiceSlug, n.Key), ID: uuid.NewString(), Since: ui.Date(d.At),
			Party:  ui.Field{Name: "party", ID: "party" + no, Label: "Stelle", Context: context, Empty: "Andere Stelle, Name unten", Options: ui.PartyOptions(parties(d))},
			Name:   ui.Field{Name: "party_name", ID: "party_name" + no, Label: "Name der anderen Stelle", Context: context, Optional: true, MaxLength: 100, Hint: "zum Beispiel der Hersteller; keine Namen von Personen"},
			Ticket: ui.Field{Name: "ticket", ID: "ticket" + no, Label: "Ticketnummer", Context: context, Optional: true, MaxLength: 100},
		}
	}
	return v
}

func newDone(n dashboard.Next, no, context string) doneView {
	v := doneView{
		Asks:     n.Evidence != "",
		AsksDay:  n.Dated,
		Until:    ui.Field{Name: "valid_until", ID: "valid_until" + no, Label: "Gültig bis", Context: context, Hint: "zum Beispiel 30.04.2029"},
		Evidence: ui.Field{Name: "evidence", ID: "evidence" + no, Label: "Nachweis", Context: context, Value: n.Given, Rows: 2, MaxLength: 2000, Hint: "Gefragt ist: " + n.Evidence + "."},
	}
	switch {
	case slices.Contains(n.May, onboarding.Done):
		v.Text, v.To = "Erledigt", string(onboarding.Done)
	case slices.Contains(n.May, onboarding.Submitted):
		v.Text, v.To = "Zur Prüfung geben", string(onboarding.Submitted)
	}
	return v
}

func parties(d *dashboard.BodyDesk) []ui.Party {
	found := make([]ui.Party, len(d.Parties))
	for i, p := range d.Parties {
		found[i] = ui.Party(p)
	}
	return found
}
