package decisionpage

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// New shows the form that asks for a decision.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f := requestForm{ID: uuid.NewString(), Service: r.URL.Query().Get("leistung")}
	return p.renderRequest(w, r, who, http.StatusOK, f, nil)
}

// Create asks for a decision, or shows the form again with what is wrong.
func (p Pages) Create(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, requestFields...)
	if err != nil {
		return err
	}
	f := readRequest(sent)
	request, wrong, err := f.request()
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return p.renderRequest(w, r, who, http.StatusUnprocessableEntity, f, wrong)
	}
	err = p.Decisions.Request(r.Context(), who, request)
	if err == nil {
		return page.Redirect(w, r, link.Decision(request.ID), page.Requested)
	}
	status := http.StatusUnprocessableEntity
	if clash, ok := errors.AsType[*fault.Fault](err); ok && clash.Kind == fault.Conflict {
		status = http.StatusConflict
		wrong.Add("service", clash.Text)
	} else if err := wrong.Merge(err); err != nil {
		return err
	}
	return p.renderRequest(w, r, who, status, f, wrong)
}

func (p Pages) renderRequest(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f requestForm, wrong page.Errors) error {
	services, err := p.Decisions.Choices(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Nachnutzungsentscheidung anfragen", Narrow: true,
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: "Anfragen"}},
	}
	return p.Shell.Render(w, r, who, status, head, request(newRequestView(f, services, wrong)))
}

var requestFields = []string{"id", "service", "occasion", "due_on"}

// requestForm is what people typed, as they typed it.
type requestForm struct{ ID, Service, Occasion, DueOn string }

func readRequest(sent page.Form) requestForm {
	return requestForm{sent.Text("id"), sent.Text("service"), sent.Text("occasion"), sent.Text("due_on")}
}

func (f requestForm) request() (decision.Request, page.Errors, error) {
	var wrong page.Errors
	id, err := page.FormID(f.ID)
	if err != nil {
		return decision.Request{}, nil, err
	}
	r := decision.Request{ID: id, ServiceSlug: f.Service, Occasion: f.Occasion}
	_ = wrong.Merge(r.Check()) // complains about fields only
	if f.DueOn != "" {
		due, err := ui.ParseDate(f.DueOn)
		if err != nil {
			wrong.Add("due_on", err.Error())
		}
		r.DueOn = &due
	}
	return r, wrong, nil
}

type requestView struct {
	Errors                   []ui.FieldError
	ID                       string
	Service, Occasion, DueOn ui.Field
	Running                  ui.Link       // the case that is open for the chosen service
	Empty                    ui.EmptyProps // instead of the form, if there is nothing to choose
}

func newRequestView(f requestForm, services []decision.Choice, wrong page.Errors) requestView {
	v := requestView{
		Errors: wrong.Summary(), ID: f.ID,
		Service:  ui.Field{Name: "service", Label: "Leistung", Value: f.Service, Empty: "Bitte wählen", Error: wrong.For("service"), Hint: "Leistungen mit laufendem Vorgang oder ohne Ressort stehen nicht zur Wahl."},
		Occasion: ui.Field{Name: "occasion", Label: "Anlass", Value: f.Occasion, MaxLength: 500, Rows: 3, Error: wrong.For("occasion"), Hint: "Warum wird jetzt entschieden?"},
		DueOn:    ui.Field{Name: "due_on", Label: "Entscheidung erbeten bis", Value: f.DueOn, Error: wrong.For("due_on"), Optional: true},
	}
	for _, s := range services {
		switch {
		case s.Requestable() == nil:
			v.Service.Options = append(v.Service.Options, ui.Option{Value: s.ServiceSlug, Text: s.ServiceName, Group: *s.MinistryName})
		case s.ServiceSlug == f.Service && s.OpenID != nil:
			v.Running = ui.Link{Text: s.ServiceName, URL: link.Decision(*s.OpenID)}
		}
	}
	v.Service.Options = grouped(v.Service.Options)
	if len(v.Service.Options) == 0 {
		v.Empty = ui.EmptyProps{Text: "Zu jeder Leistung läuft schon ein Vorgang, oder ihr fehlt noch das Ressort."}
	}
	return v
}

// grouped brings the options of a group together and keeps their order otherwise.
func grouped(options []ui.Option) []ui.Option {
	var groups []string
	byGroup := map[string][]ui.Option{}
	for _, o := range options {
		if byGroup[o.Group] == nil {
			groups = append(groups, o.Group)
		}
		byGroup[o.Group] = append(byGroup[o.Group], o)
	}
	var found []ui.Option
	for _, g := range groups {
		found = append(found, byGroup[g]...)
	}
	if len(groups) == 1 {
		for i := range found {
			found[i].Group = ""
		}
	}
	return found
}
