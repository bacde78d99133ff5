// Package privacypage lets people take along what the portal holds on them, and lets the Land's coordination answer for
// people and for how long their data stay.
package privacypage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/privacy"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about people's data.
type Pages struct {
	Shell   page.Shell
	Privacy *privacy.Service
}

// Own says what one may take along.
func (p Pages) Own(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	head := ui.Page{Heading: "Ihre Daten", Narrow: true, Crumbs: []ui.Link{{Text: "Ihr Zugang", URL: link.Account}, {Text: "Ihre Daten"}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, own(who.Land.ContactEmail))
}

// OwnFile is all that the Land holds on oneself, to keep.
func (p Pages) OwnFile(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	d, err := p.Privacy.Own(r.Context(), who)
	if err != nil {
		return err
	}
	return sendBundle(w, r, d)
}

// People lists everybody the Land answers for.
func (p Pages) People(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Privacy.People(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: peopleHeading, Meta: "Wer im Land einen Zugang hat oder hatte", Narrow: true, Crumbs: []ui.Link{settingsCrumb, {Text: peopleHeading}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, people(newPeopleRows(found)))
}

const peopleHeading = "Personen"

var settingsCrumb = ui.Link{Text: "Einstellungen", URL: link.Settings}

// Person shows one of them, with what the Land can do for them.
func (p Pages) Person(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "person")
	if err != nil {
		return err
	}
	found, err := p.Privacy.Person(r.Context(), who, id)
	if err != nil {
		return err
	}
	return p.renderPerson(w, r, who, http.StatusOK, newPersonView(found, formOf(found), ui.AlertProps{}, nil))
}

// Correct sets right a name or an address, or shows the form again with what is wrong.
func (p Pages) Correct(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "person")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "name", "email", "was_name", "was_email")
	if err != nil {
		return err
	}
	c := privacy.Correction{Name: sent.Text("name"), Email: sent.Text("email"), WasName: sent.Text("was_name"), WasEmail: sent.Text("was_email")}
	cause := p.Privacy.Correct(r.Context(), who, id, c)
	if cause == nil {
		return page.Redirect(w, r, link.Person(id), page.PersonCorrected)
	}
	return p.again(w, r, who, id, c, cause)
}

func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, c privacy.Correction, cause error) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	now, err := p.Privacy.Person(r.Context(), who, id)
	if err != nil {
		return err
	}
	var late ui.AlertProps
	if status == http.StatusConflict {
		late = ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: fault.Text(cause) + " Jetzt steht dort: " + now.Name + ", " + ui.OrDash(now.Email) + "."}
		c.WasName, c.WasEmail = now.Name, now.Email
	}
	return p.renderPerson(w, r, who, status, newPersonView(now, c, late, wrong))
}

// Disclose sends what the Land holds on a person who asked for it.
func (p Pages) Disclose(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "person")
	if err != nil {
		return err
	}
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	d, err := p.Privacy.Disclose(r.Context(), who, id)
	if err != nil {
		return err
	}
	return sendBundle(w, r, d)
}

func (p Pages) renderPerson(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v personView) error {
	head := ui.Page{
		Heading: v.Name, Meta: v.Places, Narrow: true,
		Crumbs: []ui.Link{settingsCrumb, {Text: peopleHeading, URL: link.People}, {Text: v.Name}},
	}
	return p.Shell.Render(w, r, who, status, head, person(v))
}
