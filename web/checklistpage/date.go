package checklistpage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// dateForm is what was typed about another day of the Produktivstart.
type dateForm struct {
	Version           int64
	On, Cause, Reason string
}

// Date shows the form that gives the Produktivstart another day: the Land moves the plan, the body corrects its report.
func (p Pages) Date(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	c, err := p.load(r, who, 0)
	if err != nil {
		return err
	}
	return p.renderDate(w, r, who, http.StatusOK, c, newDateView(c, who, dateForm{}, nil))
}

// ChangeDate takes the new day, or shows the form again with what is wrong or came too late.
func (p Pages) ChangeDate(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung")
	sent, err := page.ReadForm(w, r, "version", "on", "cause", "reason")
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := dateForm{version, sent.Text("on"), sent.Text("cause"), sent.Text("reason")}
	var wrong page.Errors
	on, err := ui.ParseDate(f.On)
	if err != nil && f.On != "" { // what is missing is said together with the rest
		wrong.Add("on", err.Error())
		return p.dateAgain(w, r, who, f, wrong, nil)
	}
	err = p.Onboardings.ChangeDate(r.Context(), who, body, slug, onboarding.DateInput{
		Version: f.Version, On: on, Cause: onboarding.Cause(f.Cause), Reason: f.Reason,
	})
	if err != nil {
		return p.dateAgain(w, r, who, f, wrong, err)
	}
	return page.Redirect(w, r, link.Checklist(body, slug), page.Saved)
}

func (p Pages) dateAgain(w http.ResponseWriter, r *http.Request, who access.Actor, f dateForm, wrong page.Errors, cause error) error {
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	late := status == http.StatusConflict
	c, err := p.load(r, who, 1)
	if err != nil {
		return err
	}
	v := newDateView(c, who, f, wrong)
	if late {
		v.Late, v.Trail = page.NotSaved(cause), page.Trail(r, who, c.Trail)
	}
	return p.renderDate(w, r, who, status, c, v)
}

func (p Pages) renderDate(w http.ResponseWriter, r *http.Request, who access.Actor, status int, c *onboarding.Checklist, v dateView) error {
	head := ui.Page{
		Heading: v.Heading, Meta: c.ServiceName + " · " + c.BodyName, State: page.OnboardingState(c.State), Narrow: true, Crumbs: crumbs(c, v.Heading),
	}
	return p.Shell.Render(w, r, who, status, head, changeDate(v))
}

type dateView struct {
	Heading string
	Late    ui.AlertProps
	Trail   ui.LogProps
	Errors  []ui.FieldError
	Now     string // the day as it stands
	Open    bool   // the reader may change it
	Means   string // what a change does
	On      ui.Field
	Cause   ui.Field // of a moved plan; no options where it is none
	Reason  ui.Field
	Back    string
	URL     string
	Version string
}

func newDateView(c *onboarding.Checklist, who access.Actor, f dateForm, wrong page.Errors) dateView {
	v := dateView{
		Heading: dateHeading(c, who), Errors: wrong.Summary(), Open: c.MayMove(who) || c.MayCorrect(who),
		Back: link.Checklist(c.BodyKey, c.ServiceSlug), URL: link.OnboardingDate(c.BodyKey, c.ServiceSlug), Version: strconv.FormatInt(c.Version, 10),
		On:     ui.Field{Name: "on", Label: "Neuer Tag", Value: f.On, Error: wrong.For("on")},
		Reason: ui.Field{Name: "reason", Label: "Begründung", Value: f.Reason, Rows: 3, Hint: "Ein Satz. Die Einheit und das Land lesen ihn, im Bericht steht er auch.", Error: wrong.For("reason")},
	}
	switch {
	case c.LiveOn != nil:
		v.Now = "Als Produktivstart ist der " + ui.LongDate(*c.LiveOn) + " gemeldet."
		v.Means = "Die Berichtigung zählt von heute an. Frühere Berichte bleiben, wie sie waren."
		v.Reason.Hint = "Ein Satz. Er steht im Verlauf der Anbindung."
	default:
		v.Now = "Der Produktivstart ist für den " + ui.LongDate(c.TargetOn) + " geplant."
		v.Means = "Die offenen Aufgaben dieser Anbindung verschieben sich mit, Basisaufgaben nicht. Die Einheit erhält eine Mitteilung."
	}
	if c.MayMove(who) {
		v.Cause = ui.Field{Name: "cause", Label: "Woran liegt es?", Value: f.Cause, Error: wrong.For("cause")}
		for _, cause := range onboarding.Causes {
			v.Cause.Options = append(v.Cause.Options, ui.Option{Value: string(cause), Text: cause.Word()})
		}
	}
	return v
}

// dateHeading is what somebody may do with the day, as a heading and as the text of a link.
func dateHeading(c *onboarding.Checklist, who access.Actor) string {
	if c.MayCorrect(who) {
		return "Produktivstart berichtigen"
	}
	return "Zieltermin verschieben"
}
