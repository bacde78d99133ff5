package checklistpage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// goLiveForm is what was typed about the Produktivstart.
type goLiveForm struct {
	Version                   int64
	On, Evidence, EvidenceURL string
}

func readGoLive(sent page.Form) (goLiveForm, error) {
	version, err := sent.Version()
	return goLiveForm{version, sent.Text("on"), sent.Text("evidence"), sent.Text("evidence_url")}, err
}

// GoLive shows the gate: what is missing, or the form that reports the Produktivstart.
func (p Pages) GoLive(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	c, err := p.load(r, who, 0)
	if err != nil {
		return err
	}
	return p.renderGoLive(w, r, who, http.StatusOK, c, newGoLiveView(c, goLiveForm{On: ui.Date(c.Today)}, nil))
}

// ReportGoLive reports the Produktivstart, or shows the gate again with what is in the way.
func (p Pages) ReportGoLive(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung")
	sent, err := page.ReadForm(w, r, "version", "on", "evidence", "evidence_url")
	if err != nil {
		return err
	}
	f, err := readGoLive(sent)
	if err != nil {
		return err
	}
	var wrong page.Errors
	on, err := ui.ParseDate(f.On)
	if err != nil {
		wrong.Add("on", err.Error())
		return p.goLiveAgain(w, r, who, f, wrong, nil)
	}
	err = p.Onboardings.GoLive(r.Context(), who, body, slug, onboarding.GoLiveInput{
		Version: f.Version, On: on, Evidence: f.Evidence, EvidenceURL: f.EvidenceURL,
	})
	if err != nil {
		return p.goLiveAgain(w, r, who, f, wrong, err)
	}
	return page.Redirect(w, r, link.Checklist(body, slug), page.Live)
}

// goLiveAgain keeps what was typed: 422 with what is wrong, 409 with why it is not possible (any more).
func (p Pages) goLiveAgain(w http.ResponseWriter, r *http.Request, who access.Actor, f goLiveForm, wrong page.Errors, cause error) error {
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	late := status == http.StatusConflict
	c, err := p.load(r, who, 0)
	if err != nil {
		return err
	}
	v := newGoLiveView(c, f, wrong)
	if late {
		v.Late = page.NotSaved(cause)
	}
	return p.renderGoLive(w, r, who, status, c, v)
}

func (p Pages) renderGoLive(w http.ResponseWriter, r *http.Request, who access.Actor, status int, c *onboarding.Checklist, v goLiveView) error {
	head := ui.Page{
		Heading: "Produktivstart melden", Meta: c.ServiceName + " · " + c.BodyName, Narrow: true,
		Crumbs: crumbs(c, "Produktivstart"),
	}
	return p.Shell.Render(w, r, who, status, head, goLive(v))
}

type goLiveView struct {
	Late     ui.AlertProps
	Errors   []ui.FieldError
	Missing  []ui.Row
	Text     string // why there is nothing to report
	Back     ui.Link
	URL      string
	Version  string
	On       ui.Field
	Evidence ui.Field
	Link     ui.Field
}

func newGoLiveView(c *onboarding.Checklist, f goLiveForm, wrong page.Errors) goLiveView {
	step, _ := c.Find(template.Live)
	v := goLiveView{
		Errors: wrong.Summary(), Back: ui.Link{Text: "Zur Checkliste", URL: link.Checklist(c.BodyKey, c.ServiceSlug)},
		URL: link.GoLive(c.BodyKey, c.ServiceSlug), Version: strconv.FormatInt(c.Version, 10),
		On:       ui.Field{Name: "on", Label: "Tag des Produktivstarts", Value: f.On, Error: wrong.For("on")},
		Evidence: ui.Field{Name: "evidence", Label: "Nachweis", Value: f.Evidence, Rows: 3, Hint: "Gefragt ist: " + step.Evidence + ". Text oder Link genügt.", Error: wrong.For("evidence")},
		Link:     ui.Field{Name: "evidence_url", Label: "Link zum Nachweis", Value: f.EvidenceURL, Type: "url", Optional: true, Error: wrong.For("evidence_url")},
	}
	switch {
	case c.State.IsLive():
		v.Text = "Der Dienst ist seit " + ui.LongDate(*c.LiveOn) + " produktiv."
	case c.State.Aside():
		v.Text = "Die Anbindung steht auf „" + page.OnboardingState(c.State).Text + "“. Von dort gibt es keinen Produktivstart."
	}
	for _, m := range c.Missing() {
		v.Missing = append(v.Missing, missingRow(c, m))
	}
	for _, no := range c.Blockers() {
		v.Missing = append(v.Missing, ui.Row{
			Title: "Hürde Nr. " + strconv.Itoa(no), URL: link.Hurdle(no), Meta: "Sie blockiert die Anbindung, bis sie gelöst ist",
			Status: ui.StatusProps{Kind: ui.Blocked, Text: "Blockiert"},
		})
	}
	return v
}

// missingRow is a step that stands before the gate, with the way to it.
func missingRow(c *onboarding.Checklist, m onboarding.Ref) ui.Row {
	row := ui.Row{
		Title: m.Number + " " + m.Title, URL: link.Step(c.BodyKey, c.ServiceSlug, m.Key), Meta: "Fällig am " + ui.Date(m.DueOn),
		Status: page.StepState(m.State, m.Possible, m.Overdue),
	}
	if m.Scope == template.Land {
		row.Title, row.URL = m.Title, link.LandStep(c.ServiceSlug, m.Key)
		row.Meta = "Schritt des Landes, fällig am " + ui.Date(m.DueOn)
	}
	return row
}
