package steppage

import (
	"strconv"

	"github.com/a-h/templ"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type stepView struct {
	Late     ui.AlertProps
	Errors   []ui.FieldError
	What     string
	Facts    ui.FactsProps
	Shared   bool          // a basis step: it counts for every service of the body
	Checked  string        // who checks the task, as a sentence
	Returned ui.AlertProps // why it came back
	Waits    []ui.Row
	Given    ui.FactsProps
	Files    templ.Component
	Talk     templ.Component
	Heading  string // of the form's panel
	Idle     string // why there is no form
	Form     formView
	Gate     ui.ButtonProps
	Back     ui.Link
	Trail    ui.LogProps
	Handing  handing
	Hurdles  []ui.Row        // that the body meets here
	Solved   []ui.AlertProps // how obstacles here were resolved
	Hurdle   ui.Link         // where an obstacle is reported
	Profile  ui.Link         // where the body states what proves a basis step
	Except   ui.Link         // where this service is excepted from a basis step
}

// formView asks what became of the step. With a single choice there is nothing to choose: it opens on request.
type formView struct {
	URL, Version string
	Return       string
	To           ui.Field
	Only         ui.ButtonProps // the single choice
	AsksEvidence bool
	AsksReason   bool
	AsksDay      bool // until when the evidence holds
	Evidence     ui.Field
	Link         ui.Field
	ValidUntil   ui.Field
	Reason       ui.Field
	Open         bool
}

func newStepView(s subject, f form, wrong page.Errors) stepView {
	v := stepView{
		Errors: wrong.Summary(), What: s.Description, Facts: ui.FactsProps{Columns: true, Items: s.facts()}, Shared: s.Scope == template.Basis,
		Given: ui.FactsProps{Items: s.given()}, Files: s.files, Talk: s.talk, Heading: "Bearbeiten", Idle: s.idle, Gate: s.gate, Back: s.back,
		Handing: s.handing, Hurdle: s.hurdle, Except: s.except, Profile: s.profile,
	}
	v.Hurdles, v.Solved = hurdles(s.Step)
	if s.Review != "" && !s.Checks {
		v.Checked = "Diese Aufgabe prüft eine andere Stelle, bevor sie als erledigt zählt. Die Prüfung liegt " + page.CheckedBy(s.Checker) + "."
	}
	if s.State == onboarding.Returned {
		v.Returned = ui.AlertProps{Tone: ui.Warning, Heading: "Zurückgegeben: Das fehlt noch", Text: s.Reason}
	}
	if s.Checks {
		v.Heading = "Prüfen"
	}
	for _, r := range s.WaitsFor {
		v.Waits = append(v.Waits, ui.Row{Title: s.name(r), URL: s.address(r), Meta: whose(r), Status: page.StepState(r.State, r.Possible, r.Overdue)})
	}
	switch {
	case len(s.May) > 1:
		v.Form = newFormView(s, f, wrong)
	case len(s.May) == 1:
		v.Form, v.Idle = newFormView(s, f, wrong), idle(s)
	case v.Idle == "" && v.Gate.URL == "":
		v.Idle = idle(s)
	}
	return v
}

func whose(r onboarding.Ref) string {
	if r.Scope == template.Land {
		return "Schritt des Landes, fällig am " + ui.Date(r.DueOn)
	}
	return "Fällig am " + ui.Date(r.DueOn)
}

// idle says why this reader cannot change the step.
func idle(s subject) string {
	switch {
	case s.Unneeded:
		return "Diese Leistung kommt ohne die Aufgabe aus."
	case s.State == onboarding.Submitted:
		return "Die Aufgabe liegt seit dem " + ui.Date(s.StateSince) + " zur Prüfung " + page.CheckedBy(s.Checker) + "."
	case !s.Possible() && !s.State.Finished():
		return "Die Aufgabe ist noch nicht möglich."
	case s.Blocked():
		return "Eine Hürde blockiert die Aufgabe. Sobald sie gelöst ist, geht es hier weiter."
	case s.expires() != "":
		return s.expires()
	case s.State.Finished():
		return "Hier ist nichts mehr zu tun."
	}
	return "Hierüber berichtet die zuständige Stelle: " + s.doer + "."
}

// expires asks for new evidence while the old one is about to end.
func (s subject) expires() string {
	until, soon := s.Expiring(s.today)
	switch {
	case !soon:
		return ""
	case s.ProofEnds != nil:
		return "Das Zertifikat gilt noch bis zum " + ui.Date(until) + ". Tragen Sie das neue im Profil ein, dann gilt es in jeder Anbindung."
	}
	return "Der Nachweis gilt noch bis zum " + ui.Date(until) + ". Öffnen Sie die Aufgabe wieder, sobald der neue vorliegt."
}

func newFormView(s subject, f form, wrong page.Errors) formView {
	v := formView{
		URL: s.form, Version: strconv.FormatInt(f.Version, 10), Return: f.Back,
		To:       ui.Field{Name: "to", Label: "Wie ist der Stand?", Value: string(f.To), Error: wrong.For("to")},
		Evidence: ui.Field{Name: "evidence", Label: "Nachweis", Value: f.Evidence, Rows: 4, MaxLength: 2000, Error: wrong.For("evidence"), Hint: evidenceHint(s)},
		Link:     ui.Field{Name: "evidence_url", Label: "Link zum Nachweis", Value: f.EvidenceURL, Type: "url", Optional: true, Error: wrong.For("evidence_url"), Hint: "zum Beispiel in Ihre E-Akte, beginnt mit https://"},
		AsksDay:  s.Dated,
		ValidUntil: ui.Field{
			Name: "valid_until", Label: "Gültig bis", Value: f.ValidUntil, Error: wrong.For("valid_until"),
			Hint: "Dieser Nachweis läuft ab. Gilt er als Datei mit Datum, bleibt das Feld leer. Zum Beispiel 30.04.2029",
		},
		Reason: ui.Field{Name: "reason", Label: reasonLabel(s), Value: f.Reason, Rows: 3, MaxLength: 2000, Error: wrong.For("reason")},
		Open:   len(wrong) > 0,
	}
	for _, to := range s.May {
		o := option(s.Step, to)
		v.To.Options = append(v.To.Options, o)
		v.AsksEvidence = v.AsksEvidence || o.Reveals == evidenceReveal
		v.AsksReason = v.AsksReason || o.Reveals == reasonReveal
	}
	if len(s.May) == 1 {
		only := v.To.Options[0]
		v.Only = ui.ButtonProps{Text: only.Text, Name: "to", Value: only.Value}
	}
	return v
}

func reasonLabel(s subject) string {
	if s.Checks {
		return "Was fehlt noch?"
	}
	return "Grund"
}

func evidenceHint(s subject) string {
	if s.Evidence == "" {
		return "Beschreiben Sie kurz das Ergebnis. Passwörter und private Schlüssel gehören nicht hierher."
	}
	return "Gefragt ist: " + s.Evidence + ". Eine Datei, ein Text oder ein Link genügt. Passwörter und private Schlüssel gehören nicht hierher."
}

// What an option of the form reveals.
const (
	evidenceReveal = "a"
	reasonReveal   = "b"
)

// option is a state as the form offers it, seen from where the step stands.
func option(s onboarding.Step, to onboarding.StepState) ui.Option {
	o := ui.Option{Value: string(to)}
	switch to {
	case onboarding.InProgress:
		o.Text, o.Hint, o.Reveals = inProgress(s.State)
	case onboarding.Submitted:
		o.Text, o.Hint, o.Reveals = "Zur Prüfung geben", "Eine andere Stelle prüft. Bis dahin ändern sich Ihre Angaben und Dateien nicht.", evidenceReveal
	case onboarding.Done:
		o.Text, o.Hint, o.Reveals = "Erledigt", "Der Nachweis liegt vor.", evidenceReveal
		if s.State == onboarding.Submitted {
			o.Text, o.Hint, o.Reveals = "Annehmen", "Sie haben Angaben und Dateien geprüft.", ""
		}
	case onboarding.Returned:
		o.Text, o.Hint, o.Reveals = "Zurückgeben", "Die Einheit liest Ihren Grund und reicht neu ein.", reasonReveal
	case onboarding.NotApplicable:
		o.Text, o.Hint, o.Reveals = "Trifft nicht zu", "Die Aufgabe entfällt und zählt nicht mehr mit.", reasonReveal
	}
	return o
}

func inProgress(from onboarding.StepState) (text, hint, reveals string) {
	switch from {
	case onboarding.Done, onboarding.NotApplicable:
		return "Wieder öffnen", "Nennen Sie, warum die Aufgabe noch einmal offen ist.", reasonReveal
	case onboarding.Submitted:
		return "Einreichung zurücknehmen", "Danach können Sie die Angaben ändern.", ""
	case onboarding.InProgress:
		return "Weiter in Arbeit", "Speichern Sie, was Sie schon haben.", evidenceReveal
	}
	return "In Arbeit", "Sie haben begonnen. Den Nachweis ergänzen Sie später.", evidenceReveal
}
