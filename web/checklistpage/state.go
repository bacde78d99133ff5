package checklistpage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// stateForm is what was chosen and typed about an onboarding as a whole.
type stateForm struct {
	Version               int64
	Act, Reason, ResumeOn string
}

func readState(sent page.Form) (stateForm, error) {
	version, err := sent.Version()
	return stateForm{version, sent.Text("act"), sent.Text("reason"), sent.Text("resume_on")}, err
}

// input reads what was typed. Whether it holds is the onboarding's business; here only the form of the date counts.
func (f stateForm) input() (onboarding.StateInput, page.Errors) {
	var wrong page.Errors
	in := onboarding.StateInput{Version: f.Version, Act: onboarding.Act(f.Act), Reason: f.Reason}
	if f.Act == "" {
		wrong.Add("act", "Wählen Sie, was sich ändert.")
	}
	if f.ResumeOn != "" && in.Act == onboarding.Pause {
		day, err := ui.ParseDate(f.ResumeOn)
		if err != nil {
			wrong.Add("resume_on", err.Error())
		}
		in.ResumeOn = &day
	}
	return in, wrong
}

// State shows what this person may do with the onboarding as a whole.
func (p Pages) State(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	c, err := p.load(r, who, 0)
	if err != nil {
		return err
	}
	return p.renderState(w, r, who, http.StatusOK, c, newStateView(c, stateForm{}, nil))
}

// ChangeState takes an act, or shows the form again with what is wrong or came too late.
func (p Pages) ChangeState(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung")
	sent, err := page.ReadForm(w, r, "version", "act", "reason", "resume_on")
	if err != nil {
		return err
	}
	f, err := readState(sent)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) == 0 {
		if err = p.Onboardings.ChangeState(r.Context(), who, body, slug, in); err == nil {
			return page.Redirect(w, r, link.Checklist(body, slug), page.Saved)
		}
	}
	return p.stateAgain(w, r, who, f, wrong, err)
}

func (p Pages) stateAgain(w http.ResponseWriter, r *http.Request, who access.Actor, f stateForm, wrong page.Errors, cause error) error {
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	late := status == http.StatusConflict
	c, err := p.load(r, who, 1)
	if err != nil {
		return err
	}
	v := newStateView(c, f, wrong)
	if late {
		v.Late = page.NotSaved(cause)
		v.Trail = page.Trail(r, who, c.Trail)
	}
	return p.renderState(w, r, who, status, c, v)
}

func (p Pages) renderState(w http.ResponseWriter, r *http.Request, who access.Actor, status int, c *onboarding.Checklist, v stateView) error {
	head := ui.Page{
		Heading: "Stand ändern", Meta: c.ServiceName + " · " + c.BodyName, State: page.OnboardingState(c.State), Narrow: true, Crumbs: crumbs(c, "Stand ändern"),
	}
	return p.Shell.Render(w, r, who, status, head, state(v))
}

type stateView struct {
	Late   ui.AlertProps
	Trail  ui.LogProps // what the other person did
	Errors []ui.FieldError
	Since  string
	Act    ui.Field
	Reason ui.Field
	// ReasonClass hides the reason until an act asks for it; noReason leaves it out.
	ReasonClass string
	ResumeOn    ui.Field
	Pauses      bool // pausing is among the choices
	Back        string
	URL         string
	Version     string
}

func newStateView(c *onboarding.Checklist, f stateForm, wrong page.Errors) stateView {
	v := stateView{
		Errors: wrong.Summary(), Since: since(c), Back: link.Checklist(c.BodyKey, c.ServiceSlug), URL: link.OnboardingState(c.BodyKey, c.ServiceSlug),
		Version:  strconv.FormatInt(c.Version, 10),
		Act:      ui.Field{Name: "act", Label: "Was ändert sich?", Value: f.Act, Error: wrong.For("act")},
		Reason:   ui.Field{Name: "reason", Label: "Grund", Value: f.Reason, Rows: 3, Hint: "Die Einheit und das Land lesen den Grund.", Error: wrong.For("reason")},
		ResumeOn: ui.Field{Name: "resume_on", Label: "Weiter geht es am", Value: f.ResumeOn, Error: wrong.For("resume_on")},
		Pauses:   slices.Contains(c.Acts, onboarding.Pause),
	}
	v.ReasonClass = reasonClass(c.Acts)
	for _, act := range c.Acts {
		v.Act.Options = append(v.Act.Options, actOption(act))
	}
	if len(c.Acts) == 1 && f.Act == "" {
		v.Act.Value = string(c.Acts[0])
	}
	return v
}

const (
	noReason       = "-"
	reasonAlways   = ""
	reasonRevealed = "app-reveal--a"
)

// reasonClass: whoever may pause may exclude besides, and both need a reason.
func reasonClass(acts []onboarding.Act) string {
	switch {
	case slices.Contains(acts, onboarding.Pause):
		return reasonAlways
	case slices.ContainsFunc(acts, func(a onboarding.Act) bool { return actOption(a).Reveals == "a" }):
		return reasonRevealed
	}
	return noReason
}

func since(c *onboarding.Checklist) string {
	text := "Der Stand ist seit " + ui.LongDate(c.Since) + " „" + page.OnboardingState(c.State).Text + "“."
	if c.StateReason != "" {
		text += " Grund: " + c.StateReason
	}
	return text
}

// actOption is an act as the form offers it. "a" reveals the reason, "b" the day on which it goes on.
func actOption(act onboarding.Act) ui.Option {
	o := ui.Option{Value: string(act)}
	switch act {
	case onboarding.Commit:
		o.Text, o.Hint = "Teilnahme zusagen", "Ihre Einheit bindet die Leistung an."
	case onboarding.Decline:
		o.Text, o.Hint, o.Reveals = "Teilnahme ablehnen", "Die Checkliste ruht. Sie können später wieder einsteigen.", "a"
	case onboarding.Rejoin:
		o.Text, o.Hint = "Wieder teilnehmen", "Die Checkliste geht dort weiter, wo sie stand."
	case onboarding.Pause:
		o.Text, o.Hint, o.Reveals = "Pausieren", "Die Checkliste ruht bis zu einem Tag, den Sie nennen.", "b"
	case onboarding.Resume:
		o.Text, o.Hint = "Fortsetzen", "Der Stand ergibt sich wieder aus den Aufgaben."
	case onboarding.Exclude:
		o.Text, o.Hint, o.Reveals = "Als nicht zuständig führen", "Die Einheit zählt bei dieser Leistung nicht mehr mit.", "a"
	case onboarding.Decommission:
		o.Text, o.Hint, o.Reveals = "Außer Betrieb nehmen", "Der Dienst ist für Bürgerinnen und Bürger nicht mehr erreichbar.", "a"
	}
	return o
}
