package hurdlepage

import (
	"strconv"

	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type reportView struct {
	Late      ui.AlertProps
	Errors    []ui.FieldError
	Offers    []offerView // known obstacles that look alike
	Where     []ui.Value  // the step, and the id of the report
	Typed     []ui.Value  // what was typed, for the offers
	Dimension ui.Field
	Text      ui.Field
	Blocking  ui.Field
	Similar   string // where the script asks for offers
	Submit    ui.ButtonProps
	Back      ui.Link
}

// offerView is a known obstacle and the button that joins it.
type offerView struct {
	Text, Meta string
	Join       ui.ButtonProps
}

func newReportView(at hurdle.Place, f reportForm, found []hurdle.Similar, wrong page.Errors) reportView {
	v := reportView{
		Errors: wrong.Summary(),
		Where:  []ui.Value{{Name: "id", Value: f.ID}, {Name: "einheit", Value: at.BodyKey}, {Name: "leistung", Value: at.ServiceSlug}, {Name: "aufgabe", Value: at.StepKey}},
		Typed:  []ui.Value{{Name: "dimension", Value: f.Dimension}, {Name: "text", Value: f.Text}, {Name: "blocking", Value: f.Blocking}},
		Dimension: ui.Field{
			Name: "dimension", Label: "Um welche Art von Hürde geht es?", Value: f.Dimension, Options: dimensionOptions(true), Error: wrong.For("dimension"),
		},
		Text: ui.Field{
			Name: "text", Label: "Was hindert Sie an dieser Aufgabe?", Value: f.Text, Rows: 4, MaxLength: 1000, Error: wrong.For("text"),
			Hint: "Andere Einheiten lesen den Text ohne Ihren Namen. Bitte keine personenbezogenen Daten eintragen. Höchstens 1.000 Zeichen.",
		},
		Blocking: ui.Field{Name: "blocking", Label: "Können Sie an der Aufgabe weiterarbeiten?", Value: f.Blocking, Error: wrong.For("blocking"), Options: []ui.Option{
			{Value: "nein", Text: "Ja, die Hürde erschwert sie nur"},
			{Value: "ja", Text: "Nein, die Hürde blockiert sie"},
		}},
		Submit: ui.ButtonProps{Text: "Hürde melden"},
		Back:   ui.Link{Text: "Abbrechen und zur Checkliste", URL: link.Checklist(at.BodyKey, at.ServiceSlug)},
	}
	v.Offers = newOffers(found)
	if len(found) == 0 {
		v.Similar = link.SimilarHurdles(at.BodyKey, at.ServiceSlug, at.StepKey)
	}
	if len(found) > 0 {
		v.Submit = ui.ButtonProps{Text: "Trotzdem neu melden", Name: "neu", Value: "1"}
	}
	return v
}

func newOffers(found []hurdle.Similar) []offerView {
	list := make([]offerView, len(found))
	for i, s := range found {
		list[i] = newOffer(s)
	}
	return list
}

func newOffer(s hurdle.Similar) offerView {
	no := strconv.Itoa(s.No)
	return offerView{
		Text: s.Text, Meta: "Nr. " + no + " · " + s.Dimension.Word() + " · " + s.ServiceName + " · betrifft " + ui.Count(s.Bodies, "Einheit", "Einheiten"),
		Join: ui.ButtonProps{Text: "Nr. " + no + " betrifft uns auch", Name: "betrifft", Value: no},
	}
}
