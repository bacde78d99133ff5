package decisionpage

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// ConsiderRevoking shows what revoking a decision would do, and the form for it.
func (p Pages) ConsiderRevoking(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderRevoke(w, r, who, http.StatusOK, id, revokeForm{}, nil)
}

// Revoke ends a decision and halts what runs on it.
func (p Pages) Revoke(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "ground", "reason")
	if err != nil {
		return err
	}
	f := revokeForm{sent.Text("ground"), sent.Text("reason")}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	cause := p.Onboardings.Revoke(r.Context(), who, id, decision.RevokeInput{Version: version, Ground: decision.Ground(f.Ground), Reason: f.Reason})
	if cause == nil {
		return page.Redirect(w, r, link.Decision(id), page.Revoked)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return p.renderAgain(w, r, who, id, err, notice{Typed: []ui.Fact{{Term: "Begründung", Body: prose(f.Reason)}}})
	}
	return p.renderRevoke(w, r, who, http.StatusUnprocessableEntity, id, f, wrong)
}

func (p Pages) renderRevoke(w http.ResponseWriter, r *http.Request, who access.Actor, status int, id uuid.UUID, f revokeForm, wrong page.Errors) error {
	found, err := p.Onboardings.Revocation(r.Context(), who, id)
	if fault.KindOf(err) == fault.Conflict || fault.KindOf(err) == fault.Forbidden {
		return p.renderAgain(w, r, who, id, err, notice{})
	}
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Beschluss aufheben: " + found.ServiceName, Meta: "Vorgang Nr. " + ui.Number(int64(found.No)) + " · " + found.MinistryName,
		State: stateOf(found.State, false), Crumbs: crumbs(decision.Shown{Details: found.Details}, "Aufheben"),
	}
	return p.Shell.Render(w, r, who, status, head, revokePage(newRevokeView(found, f, wrong)))
}

type revokeForm struct{ Ground, Reason string }

type revokeView struct {
	Errors                    []ui.FieldError
	URL, Back, Version        string
	Ground, Reason            ui.Field
	Act, Effect, Bodies, Live string
}

func newRevokeView(r onboarding.Revocation, f revokeForm, wrong page.Errors) revokeView {
	v := revokeView{
		Errors: wrong.Summary(), URL: link.RevokeDecision(r.ID), Back: link.Decision(r.ID), Version: version(r.Version),
		Ground: ui.Field{Name: "ground", Label: "Grund", Value: f.Ground, Error: wrong.For("ground"), Options: groundOptions(decision.Revoked)},
		Reason: ui.Field{Name: "reason", Label: "Begründung", Value: f.Reason, Rows: 5, Error: wrong.For("reason"), Hint: "Für alle im Land sichtbar."},
		Act:    "Beschluss aufheben", Effect: "Es läuft keine Anbindung. Angehalten wird nichts.", Live: "Keine Einheit ist produktiv.",
		Bodies: strings.Join(r.Halted, ", "),
	}
	switch n := len(r.Halted); {
	case n == 1:
		v.Effect = "1 laufende Anbindung wird angehalten."
		v.Act = "Aufheben und 1 Anbindung anhalten"
	case n > 1:
		v.Effect = ui.Number(int64(n)) + " laufende Anbindungen werden angehalten."
		v.Act = "Aufheben und " + ui.Number(int64(n)) + " Anbindungen anhalten"
	}
	if n := len(r.Live); n > 0 {
		v.Live = ui.Count(n, "produktive Einheit bleibt", "produktive Einheiten bleiben") + " produktiv: " + strings.Join(r.Live, ", ") + ". Über das Abschalten entscheidet die Landeskoordination mit ihnen."
	}
	return v
}

// groundOptions are the coded reasons of an outcome.
func groundOptions(outcome decision.State) []ui.Option {
	var options []ui.Option
	for _, g := range decision.Grounds[outcome] {
		options = append(options, ui.Option{Value: string(g), Text: g.Word()})
	}
	return options
}
