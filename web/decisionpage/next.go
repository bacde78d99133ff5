package decisionpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// nextView is the one thing to do next, or what everybody waits for.
type nextView struct {
	Text      string
	Mine      bool           // this person's turn
	Button    ui.ButtonProps // where the next step is taken
	SubmitURL string         // or: the button that submits the case
	Complete  bool           // submitting is the next step, not one among others
	Version   string
	Links     []ui.Link
}

func next(d decision.Shown, who access.Actor) nextView {
	switch {
	case d.May(who, decision.ToSubmit):
		return prepare(d)
	case d.May(who, decision.ToDecide):
		return nextView{
			Mine: true, Button: ui.ButtonProps{Text: "Entscheidung treffen", URL: link.Decide(d.ID)},
			Text: "Alle Prüfungen liegen vor. " + d.Submitter + " hat den Vorgang am " + ui.Date(*d.SubmittedAt) + " eingereicht.",
		}
	case d.State == decision.Submitted && d.May(who, decision.ToReturn):
		return nextView{Text: d.FourEyes(who.Person).Error()}
	case d.State == decision.Submitted:
		return nextView{Text: "Der Vorgang ist eingereicht. " + d.MinistryKey + " entscheidet."}
	case d.State.Open():
		return nextView{Text: d.MinistryKey + " prüft die Nachnutzung."}
	}
	v := after(d, who)
	if d.State.Approves() && d.ValidUntil != nil {
		v.Text += " " + ending(d)
		v.Links = append(v.Links, anew(d, who)...)
	}
	if d.May(who, decision.ToRevoke) {
		v.Links = append(v.Links, ui.Link{Text: "Beschluss aufheben", URL: link.RevokeDecision(d.ID)})
	}
	return v
}

// prepare leads to the first section that is missing, and then to the submission.
func prepare(d decision.Shown) nextView {
	v := nextView{Mine: true, SubmitURL: link.SubmitDecision(d.ID), Version: version(d.Version), Complete: true}
	missing := 0
	for _, r := range d.Reviews {
		if r.Result != decision.Open {
			continue
		}
		if missing == 0 {
			v.Button = ui.ButtonProps{Text: r.Kind.Word() + " eintragen", URL: link.Review(d.ID, page.ArtOf(r.Kind))}
		}
		missing++
	}
	v.Text = "Alles liegt vor. Nach dem Einreichen entscheidet eine zweite Person Ihres Ressorts."
	figures := d.Assessment().Missing()
	if r, ok := d.Review(decision.Economic); ok && r.Result == decision.Waived {
		figures = nil
	}
	switch {
	case missing == 0 && len(figures) > 0:
		v.Complete, v.Text = false, "Die Prüfungen liegen vor. Für die Wirtschaftlichkeitsbetrachtung fehlen noch Zahlen."
		v.Button = ui.ButtonProps{Text: "Wirtschaftlichkeitsbetrachtung ausfüllen", URL: link.Assessment(d.ID)}
	case missing == 1:
		v.Complete, v.Text = false, "Es fehlt noch eine Prüfung."
	case missing > 1:
		v.Complete = false
		v.Text = "Es fehlen noch " + ui.Number(int64(missing)) + " von " + ui.Number(int64(len(decision.Kinds))) + " Prüfungen."
	}
	for _, o := range d.Opinions {
		if o.Awaited() {
			v.Text += " " + o.PartyKey + " ist gefragt, Antwort erbeten bis " + ui.Date(o.DueOn) + "."
		}
	}
	return v
}

// after says what follows from a case that is closed.
func after(d decision.Shown, who access.Actor) nextView {
	var v nextView
	switch {
	case d.State.Approves() && d.RollinStarted:
		v.Text = "Die Nachnutzung ist beschlossen. Der Roll-in läuft."
		if reach := who.Reach(access.RolloutView); reach == access.WholeLand || reach == access.Responsible {
			v.Links = []ui.Link{{Text: "Roll-in über alle Einheiten", URL: link.Rollin(d.ServiceSlug)}}
		}
		return v
	case d.State.Approves() && who.Can(access.RolloutPlan):
		return nextView{
			Mine: true, Text: "Die Nachnutzung ist beschlossen. Der Roll-in ist noch nicht gestartet.",
			Button: ui.ButtonProps{Text: "Roll-in vorbereiten", URL: link.StartRollin(d.ServiceSlug)},
		}
	case d.State.Approves():
		return nextView{Text: "Die Nachnutzung ist beschlossen. Die Landeskoordination startet den Roll-in."}
	case d.State == decision.Deferred:
		v.Text = "Zurückgestellt bis " + ui.LongDate(*d.DeferredUntil) + "."
	case d.State == decision.Rejected:
		v.Text = "Die Leistung wird nicht nachgenutzt."
	case d.State == decision.Revoked:
		v.Text = "Der Beschluss ist aufgehoben. Laufende Anbindungen sind angehalten."
	case d.State == decision.Expired:
		v.Text = "Der Beschluss galt bis " + ui.LongDate(*d.ValidUntil) + ". Laufende Anbindungen sind angehalten, bis neu entschieden ist."
	case d.State == decision.Superseded:
		v.Text = "Eine neuere Entscheidung gilt."
	case d.State == decision.Withdrawn:
		v.Text = "Der Vorgang ist ohne Entscheidung beendet."
	}
	v.Links = anew(d, who)
	if d.EndRecorded {
		v.Links = append(v.Links, ui.Link{Text: "Vermerk über das Ende des Beschlusses", URL: link.EndRecord(d.ID)})
	}
	return v
}

// ending says beforehand what the end of an approval will do.
func ending(d decision.Shown) string {
	text := "Der Beschluss gilt bis " + ui.LongDate(*d.ValidUntil) + "."
	if d.Running == 0 {
		return text
	}
	halted := "wird 1 laufende Anbindung"
	if d.Running > 1 {
		halted = "werden " + ui.Number(int64(d.Running)) + " laufende Anbindungen"
	}
	return text + " Ohne neue Entscheidung " + halted + " am " + ui.LongDate(d.ValidUntil.AddDate(0, 0, 1)) + " angehalten."
}

// anew leads to the newer case of the service, or to asking for one.
func anew(d decision.Shown, who access.Actor) []ui.Link {
	if len(d.Others) > 0 && d.Others[0].No > d.No {
		return []ui.Link{{Text: "Zum neueren Vorgang", URL: link.Decision(d.Others[0].ID)}}
	}
	reach := who.Reach(access.DecisionRequest)
	if reach == access.WholeLand || reach == access.Responsible && d.ServiceMinistry != nil && *d.ServiceMinistry == who.Org.ID {
		return []ui.Link{{Text: "Neue Entscheidung anfragen", URL: link.RequestDecision(d.ServiceSlug)}}
	}
	return nil
}

// steps is where the case stands on its way from the request to the roll-in.
func steps(d decision.Shown, who access.Actor) ui.StepLineProps {
	line := []ui.Step{
		{Title: "Anfrage", Note: "am " + ui.Date(d.RequestedAt), Done: true},
		{Title: "Prüfung"},
		{Title: "Einreichung"},
		{Title: "Entscheidung"},
		{Title: "Roll-in"},
	}
	review, submission, verdict, rollin := &line[1], &line[2], &line[3], &line[4]
	if d.SubmittedAt != nil {
		review.Note, review.Done = "abgeschlossen", true
		submission.Note, submission.Done = "am "+ui.Date(*d.SubmittedAt), true
	}
	switch {
	case d.State == decision.Draft:
		review.Note, review.Current = "noch nicht begonnen", true
	case d.State == decision.InReview:
		review.Note, review.Current = reviewing(d), true
	case d.State == decision.Submitted && d.May(who, decision.ToDecide):
		verdict.Note, verdict.Current = "Ihr Schritt", true
	case d.State == decision.Submitted:
		verdict.Note, verdict.Current = "liegt bei "+d.MinistryKey, true
	case d.State == decision.Withdrawn:
		verdict.Note = "zurückgezogen am " + ui.Date(d.StateSince)
	default:
		verdict.Note, verdict.Done = d.Outcome.Word()+" am "+ui.Date(*d.DecidedAt), true
	}
	switch {
	case d.State.Approves() && d.RollinStarted:
		rollin.Note, rollin.Current = "läuft", true
	case d.State.Approves():
		rollin.Note, rollin.Current = "noch nicht gestartet", true
	case d.State.Open():
		rollin.Note = "nach dem Beschluss"
	default:
		rollin.Note = "entfällt"
	}
	return ui.StepLineProps{Label: "Ablauf der Entscheidung", Steps: line}
}

func reviewing(d decision.Shown) string {
	if len(d.Reviews) == 0 {
		return "begonnen"
	}
	done := 0
	for _, r := range d.Reviews {
		if r.Result != decision.Open {
			done++
		}
	}
	return ui.Number(int64(done)) + " von " + ui.Number(int64(len(d.Reviews))) + " Prüfungen"
}
