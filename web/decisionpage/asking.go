package decisionpage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// AskForm shows the form that asks others for their opinion.
func (p Pages) AskForm(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	kind, known := opinionArts[r.URL.Query().Get("art")]
	if !known {
		kind = decision.TechnicalOpinion
	}
	return p.renderAsk(w, r, who, http.StatusOK, id, askForm{ID: uuid.NewString(), Kind: kind}, nil)
}

// Ask asks, or shows the form again with what is wrong.
func (p Pages) Ask(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "id", "kind", "party", "question", "due_on")
	if err != nil {
		return err
	}
	f := askForm{sent.Text("id"), decision.OpinionKind(sent.Text("kind")), sent.Text("party"), sent.Text("question"), sent.Text("due_on")}
	in, unread, err := f.input()
	if err != nil {
		return err
	}
	cause := p.Decisions.Ask(r.Context(), who, id, in)
	if cause == nil {
		return page.Redirect(w, r, link.Decision(id), page.Asked)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return p.renderAgain(w, r, who, id, err, notice{Typed: []ui.Fact{{Term: "Frage", Body: prose(f.Question)}}})
	}
	return p.renderAsk(w, r, who, http.StatusUnprocessableEntity, id, f, complaints(wrong, unread))
}

func (p Pages) renderAsk(w http.ResponseWriter, r *http.Request, who access.Actor, status int, id uuid.UUID, f askForm, wrong page.Errors) error {
	found, parties, err := p.Decisions.Parties(r.Context(), who, id, f.Kind)
	if err != nil {
		return p.renderAgain(w, r, who, id, err, notice{})
	}
	if r.Method == http.MethodGet {
		f.DueOn = ui.Date(found.Today.AddDate(0, 0, usualDays))
	}
	head := ui.Page{
		Heading: "Um Stellungnahme bitten", Meta: f.Kind.Word() + ": " + found.ServiceName, Narrow: true,
		Crumbs: crumbs(decision.Shown{Details: found}, "Um Stellungnahme bitten"),
	}
	return p.Shell.Render(w, r, who, status, head, askPage(newAskView(found, parties, f, wrong)))
}

// usualDays are how long the form proposes to wait for an answer.
const usualDays = 28

// askForm is what people typed, as they typed it.
type askForm struct {
	ID                     string
	Kind                   decision.OpinionKind
	Party, Question, DueOn string
}

func (f askForm) input() (in decision.AskInput, unread map[string]string, err error) {
	id, err := uuid.Parse(f.ID)
	if err != nil || f.Kind != decision.TechnicalOpinion && f.Kind != decision.MunicipalOpinion {
		return in, nil, fault.New(fault.Invalid, "Dem Formular fehlt eine Angabe. Laden Sie die Seite neu.")
	}
	in = decision.AskInput{ID: id, Kind: f.Kind, PartyKey: f.Party, Question: f.Question}
	due, err := ui.ParseDate(f.DueOn)
	if err != nil {
		return in, map[string]string{"due_on": err.Error()}, nil
	}
	in.DueOn = &due
	return in, nil, nil
}

type askView struct {
	Errors                 []ui.FieldError
	URL, Back, ID, Kind    string
	Party, Question, DueOn ui.Field
}

func newAskView(d decision.Details, parties []decision.Party, f askForm, wrong page.Errors) askView {
	v := askView{
		Errors: wrong.Summary(), URL: link.SendOpinion(d.ID), Back: link.Decision(d.ID), ID: f.ID, Kind: string(f.Kind),
		Party:    ui.Field{Name: "party", Label: "Wen fragen Sie?", Value: f.Party, Error: wrong.For("party")},
		Question: ui.Field{Name: "question", Label: "Ihre Frage", Value: f.Question, Rows: 5, Error: wrong.For("question")},
		DueOn:    ui.Field{Name: "due_on", Label: "Antwort erbeten bis", Hint: "Vorschlag: in vier Wochen. Die Stelle sieht die Frist in ihrer Liste.", Value: f.DueOn, Error: wrong.For("due_on")},
	}
	for _, party := range parties {
		v.Party.Options = append(v.Party.Options, ui.Option{Value: party.Key, Text: party.Name})
	}
	return v
}
