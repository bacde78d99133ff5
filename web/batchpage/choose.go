package batchpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Choose asks which step shall change in the cells of the matrix that were ticked.
func (p Pages) Choose(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := readForm(w, r)
	if err != nil {
		return err
	}
	return p.choose(w, r, who, f, nil)
}

func (p Pages) choose(w http.ResponseWriter, r *http.Request, who access.Actor, f form, wrong page.Errors) error {
	if len(f.Cells) == 0 {
		wrong.Add("", "Kreuzen Sie in der Matrix mindestens eine Zelle an.")
	}
	found, err := p.Onboardings.StepsIn(r.Context(), who, f.Cells)
	if err != nil {
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
	}
	head := ui.Page{Heading: "Welche Aufgabe?", Meta: ui.Count(len(f.Cells), "Zelle", "Zellen") + " angekreuzt"}
	v := newChoose(found, f, wrong)
	head.Crumbs = []ui.Link{v.Back, {Text: head.Heading}}
	return p.Shell.Render(w, r, who, status, head, chooseStep(v))
}

// chooseView asks for the step and what became of it.
type chooseView struct {
	Errors []ui.FieldError
	Cells  []string
	View   string
	Key    ui.Field
	Ask    page.Ask
	Back   ui.Link
}

func newChoose(found []onboarding.StepCount, f form, wrong page.Errors) chooseView {
	v := chooseView{Errors: wrong.Summary(), Ask: f.fields(wrong), Back: ui.Link{Text: "Matrix", URL: link.Matrix}}
	if f.Matrix != nil {
		v.View, v.Back.URL = *f.Matrix, link.MatrixAfter(*f.Matrix, 0)
	}
	for _, c := range f.Cells {
		v.Cells = append(v.Cells, page.CellValue(c.Body, c.Service))
	}
	v.Key = ui.Field{Name: keyField, Label: "Aufgabe", Value: f.Key, Empty: "Bitte wählen", Error: wrong.For(keyField)}
	for _, s := range found {
		text := s.Title + " – " + ui.Share(s.Done, s.Bodies) + " erledigt"
		v.Key.Options = append(v.Key.Options, ui.Option{Value: s.Key, Text: text, Group: page.LegTitle(s.Phase.Leg())})
	}
	return v
}
