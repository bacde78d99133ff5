package decisionpage

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Delegations shows who stands in for whom, and the form to be stood in for.
func (p Pages) Delegations(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderDelegations(w, r, who, http.StatusOK, delegationForm{ID: uuid.NewString()}, nil)
}

// Delegate lets a colleague decide for some days.
func (p Pages) Delegate(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "to", "begins", "ends", "reason")
	if err != nil {
		return err
	}
	f := delegationForm{sent.Text("id"), sent.Text("to"), sent.Text("begins"), sent.Text("ends"), sent.Text("reason")}
	in, unread, err := f.input()
	if err != nil {
		return err
	}
	cause := p.Decisions.Delegate(r.Context(), who, in)
	if cause == nil {
		return page.Redirect(w, r, link.Delegations, page.Delegated)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	return p.renderDelegations(w, r, who, http.StatusUnprocessableEntity, f, complaints(wrong, unread))
}

// EndDelegation ends a delegation early.
func (p Pages) EndDelegation(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "vertretung")
	if err != nil {
		return err
	}
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := p.Decisions.EndDelegation(r.Context(), who, id); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Delegations, page.BackAgain)
}

func (p Pages) renderDelegations(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f delegationForm, wrong page.Errors) error {
	found, err := p.Decisions.Delegations(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Vertretung", Meta: who.Org.Name, Narrow: true,
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: "Vertretung"}},
	}
	return p.Shell.Render(w, r, who, status, head, delegationPage(newDelegationView(found, f, wrong, who)))
}

// delegationForm is what people typed, as they typed it.
type delegationForm struct{ ID, To, Begins, Ends, Reason string }

func (f delegationForm) input() (in decision.DelegateInput, unread map[string]string, err error) {
	unread = map[string]string{}
	if in.ID, err = uuid.Parse(f.ID); err != nil {
		return in, nil, fault.New(fault.Invalid, "Dem Formular fehlt eine Angabe. Laden Sie die Seite neu.")
	}
	in.To, _ = uuid.Parse(f.To) // what is no person is nobody
	in.Reason = f.Reason
	date := func(field, text string) *time.Time {
		day, err := ui.ParseDate(text)
		if err != nil {
			unread[field] = err.Error()
			return nil
		}
		return &day
	}
	in.Begins, in.Ends = date("begins", f.Begins), date("ends", f.Ends)
	return in, unread, nil
}

type delegationView struct {
	Errors                   []ui.FieldError
	Rows                     []delegationRow
	URL, ID                  string
	To, Begins, Ends, Reason ui.Field
}

type delegationRow struct {
	Title, Meta string
	Status      ui.StatusProps
	EndURL, End string
}

func newDelegationView(d decision.Delegations, f delegationForm, wrong page.Errors, who access.Actor) delegationView {
	v := delegationView{
		Errors: wrong.Summary(), URL: link.Delegations, ID: f.ID,
		To:     ui.Field{Name: "to", Label: "Wer vertritt Sie?", Value: f.To, Error: wrong.For("to")},
		Begins: ui.Field{Name: "begins", Label: "Erster Tag", Value: f.Begins, Error: wrong.For("begins")},
		Ends:   ui.Field{Name: "ends", Label: "Letzter Tag", Value: f.Ends, Error: wrong.For("ends")},
		Reason: ui.Field{Name: "reason", Label: "Anlass", Value: f.Reason, MaxLength: 500, Error: wrong.For("reason"), Hint: "zum Beispiel „Urlaub“"},
	}
	for _, c := range d.Colleagues {
		v.To.Options = append(v.To.Options, ui.Option{Value: c.ID.String(), Text: c.Name})
	}
	for _, g := range d.All {
		row := delegationRow{
			Title: g.ToName + " vertritt " + g.FromName, Meta: ui.Date(g.Begins) + " bis " + ui.Date(g.Ends) + " · " + g.Reason, Status: delegationState(g, d.Today),
		}
		if g.From == who.Person && g.EndedAt == nil && !g.Ends.Before(d.Today) {
			row.EndURL, row.End = link.EndDelegation(g.ID), "Vertretung durch "+g.ToName+" beenden"
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func delegationState(g decision.Delegation, today time.Time) ui.StatusProps {
	switch {
	case g.EndedAt != nil:
		return ui.StatusProps{Kind: ui.Locked, Text: "Vorzeitig beendet"}
	case g.On(today):
		return ui.StatusProps{Kind: ui.InProgress, Text: "Gilt heute"}
	case g.Begins.After(today):
		return ui.StatusProps{Kind: ui.Open, Text: "Beginnt noch"}
	}
	return ui.StatusProps{Kind: ui.Locked, Text: "Abgelaufen"}
}
