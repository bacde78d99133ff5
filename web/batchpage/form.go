package batchpage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what was ticked and typed. From the matrix come cells and one step for all of them.
type form struct {
	ID, To, Evidence, On, Until string
	Key                         string
	Matrix                      *string // the view of the matrix that it began on
	Cells                       []onboarding.Address
	Steps                       []onboarding.Address
}

// keyField names the step that shall change in every ticked cell.
const keyField = "schritt"

func readForm(w http.ResponseWriter, r *http.Request) (form, error) {
	sent, err := page.ReadForm(w, r, "id", page.StepsField+page.Many, "to", "evidence", "on", "valid_until", keyField, page.CellsField+page.Many, page.RowsField+page.Many, page.ViewField)
	if err != nil {
		return form{}, err
	}
	f := form{ID: sent.Text("id"), To: sent.Text("to"), Evidence: sent.Text("evidence"), On: sent.Text("on"), Until: sent.Text("valid_until"), Key: sent.Text(keyField)}
	if view := sent.All(page.ViewField); len(view) > 0 {
		f.Matrix = &view[0]
	}
	if f.Cells, err = sent.Cells(); err != nil {
		return f, err
	}
	f.Steps, err = sent.Steps()
	for _, c := range f.Cells {
		c.Key = f.Key
		f.Steps = append(f.Steps, c)
	}
	return f, err
}

func (f form) input() (onboarding.ManyInput, page.Errors) {
	var wrong page.Errors
	if len(f.Cells) > 0 && f.Key == "" {
		wrong.Add(keyField, "Wählen Sie die Aufgabe.")
	}
	in := onboarding.ManyInput{Steps: f.Steps, To: onboarding.StepState(f.To), Evidence: f.Evidence}
	if f.On != "" {
		on, err := ui.ParseDate(f.On)
		if err != nil {
			wrong.Add("on", err.Error())
		}
		in.On = &on
	}
	if f.Until != "" {
		until, err := ui.ParseDate(f.Until)
		if err != nil {
			wrong.Add("valid_until", err.Error())
		}
		in.ValidUntil = &until
	}
	if f.ID == "" { // the preview makes it
		in.ID = uuid.New()
		return in, wrong
	}
	id, err := uuid.Parse(f.ID)
	if err != nil {
		wrong.Add("", fault.New(fault.Invalid, "Das Formular kam beschädigt an. Laden Sie die Seite neu.").Text)
	}
	in.ID = id
	return in, wrong
}

// values are the ticked tasks as a form carries them.
func (f form) values() []string {
	values := make([]string, len(f.Steps))
	for i, a := range f.Steps {
		values[i] = page.StepValue(a)
	}
	return values
}

func (f form) fields(wrong page.Errors) page.Ask {
	ask := page.NewAsk()
	ask.Evidence.Value, ask.Evidence.Error = f.Evidence, wrong.For("evidence")
	ask.On.Value, ask.On.Error = f.On, wrong.For("on")
	ask.Until.Value, ask.Until.Error = f.Until, wrong.For("valid_until")
	return ask
}
