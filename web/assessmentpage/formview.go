package assessmentpage

import (
	"strconv"
	"strings"

	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// draftView is what a form says of its draft.
type draftView struct {
	Autosave string // what the form carries when a script keeps it
	Begun    string // whose it is and from when; "" for none
}

func newDraftView(s decision.Saved) draftView {
	v := draftView{Autosave: stepField + "=" + toDraft}
	if s.Draft != nil {
		v.Begun = "Das ist der Entwurf von " + ui.OrDash(s.Draft.Name) + " vom " + ui.Date(*s.Draft.At) + ". Gerechnet wird mit ihm erst, wenn Sie ihn speichern."
	}
	return v
}

type frameView struct {
	Draft              draftView
	Errors             []ui.FieldError
	URL, Version, Back string
	Term               []ui.Field
	Years              ui.Field
	Money              [][2]ui.Field // a figure and its source
	PriceUntil         ui.Field
	PayerAfter         ui.Field
}

func newFrameView(d decision.Shown, f frameForm, wrong page.Errors) frameView {
	field := func(name, label, value, hint string) ui.Field {
		return ui.Field{Name: name, Label: label, Value: value, Hint: hint, Error: wrong.For(name)}
	}
	small := func(f ui.Field) ui.Field { f.Width, f.InputMode = ui.Small, "decimal"; return f }
	source := func(name, label, value string) ui.Field {
		s := field(name, label, value, "")
		s.MaxLength = 500
		return s
	}
	v := frameView{
		Errors: wrong.Summary(), URL: link.AssessmentPart(d.ID, framePath), Version: strconv.FormatInt(f.Version, 10), Back: link.Assessment(d.ID),
		Term:  []ui.Field{small(field("first_year", "Erstes Jahr", f.FirstYear, ""))},
		Years: field("years", "Zeitraum", f.Years, ""),
		Money: [][2]ui.Field{
			{small(field("rate", "Zinssatz in Prozent", f.Rate, "Abzinsung, zum Beispiel 2,5. Ohne Angabe wird nicht abgezinst.")), source("rate_source", "Quelle des Zinssatzes", f.RateSource)},
			{small(field("cases", "Fälle im Jahr", f.Cases, "Anträge im ganzen Land")), source("cases_source", "Quelle der Fallzahl", f.CasesSource)},
			{small(field("hour", "Kosten einer Arbeitsstunde", f.Hour, "Betrag in Euro, zum Beispiel 57,40")), source("hour_source", "Quelle der Kosten je Stunde", f.HourSource)},
		},
		PriceUntil: field("price_until", "Preisbindung bis", f.PriceUntil, ""),
		PayerAfter: field("payer_after", "Wer zahlt danach?", f.PayerAfter, "zum Beispiel „Land, vorbehaltlich des Haushalts 2029“"),
	}
	v.Draft = newDraftView(d.Assessment().Frame.Saved)
	v.PriceUntil.Optional, v.PayerAfter.Optional, v.PayerAfter.MaxLength = true, true, 500
	for i := range v.Money {
		v.Money[i][0].Optional, v.Money[i][1].Optional = true, true
	}
	for n := economics.MinYears; n <= economics.MaxYears; n++ {
		v.Years.Options = append(v.Years.Options, ui.Option{Value: strconv.Itoa(n), Text: strconv.Itoa(n) + " Jahre"})
	}
	return v
}

type optionView struct {
	Draft              draftView
	Errors             []ui.FieldError
	URL, Version, Back string
	Intro              string
	Minutes            [2]ui.Field
	Items              []itemFields
	Add                ui.ButtonProps
}

type itemFields struct {
	Title                                     string
	Label, Kind, Payer, Amount, Source, Valid ui.Field
	Remove                                    ui.ButtonProps
}

var intros = map[economics.Alternative]string{
	economics.Reuse: "Was kosten und sparen Anbindung und Betrieb des EfA-Dienstes, und wer trägt es?",
	economics.Own:   "Was würde ein eigener Dienst in ThAVEL kosten? Diese Alternative ist freiwillig, macht den Vergleich aber belastbar.",
	economics.AsIs:  "Was kostet das heutige Verfahren? Damit wird jede Alternative verglichen.",
}

func newOptionView(d decision.Shown, f optionForm, wrong page.Errors) optionView {
	v := optionView{
		Errors: wrong.Summary(), URL: link.AssessmentPart(d.ID, pathOf(f.Which)), Version: strconv.FormatInt(f.Version, 10), Back: link.Assessment(d.ID),
		Intro: intros[f.Which],
		Minutes: [2]ui.Field{
			{Name: "minutes", Label: "Bearbeitung je Fall in Minuten", Value: f.Minutes, Error: wrong.For("minutes"), Width: ui.Small, InputMode: "numeric", Optional: true},
			{Name: "minutes_source", Label: "Quelle der Minuten", Value: f.MinutesSource, Error: wrong.For("minutes_source"), MaxLength: 500, Optional: true},
		},
	}
	v.Draft = newDraftView(d.Assessment().Option(f.Which).Saved)
	v.Add = ui.ButtonProps{Text: "Betrag hinzufügen", Name: stepField, Value: addOne, Action: v.URL + "#betraege", Icon: ui.IconPlus}
	if len(f.Items) == 0 {
		f.Items = []itemForm{{}}
	}
	for i, item := range f.Items {
		v.Items = append(v.Items, newItemFields(i, item, v.URL, wrong))
	}
	return v
}

func newItemFields(i int, item itemForm, url string, wrong page.Errors) itemFields {
	no := ui.Number(int64(i + 1))
	context := "für Betrag " + no
	field := func(name, label, value string) ui.Field {
		return ui.Field{Name: name, ID: numbered(name, i), Label: label, Context: context, Value: value, Error: wrong.For(numbered(name, i))}
	}
	v := itemFields{
		Title: "Betrag " + no,
		Label: field("label", "Bezeichnung", item.Label), Kind: field("kind", "Art", item.Kind), Payer: field("payer", "Wer trägt es?", item.Payer),
		Amount: field("amount", "Betrag in Euro", item.Amount), Source: field("source", "Quelle", item.Source), Valid: field("valid", "Gültig bis", item.Valid),
		Remove: ui.ButtonProps{Text: "Betrag " + no + " entfernen", Name: stepField, Value: removeOne + no, Action: url + "#betraege"},
	}
	v.Label.MaxLength, v.Source.MaxLength, v.Valid.Optional = 500, 500, true
	v.Source.Hint = "zum Beispiel Angebot vom 03.09.2026"
	for _, k := range economics.ItemKinds {
		v.Kind.Options = append(v.Kind.Options, ui.Option{Value: string(k), Text: k.Word()})
	}
	for _, p := range economics.Payers {
		v.Payer.Options = append(v.Payer.Options, ui.Option{Value: string(p), Text: p.Word()})
	}
	return v
}

// frameRows and optionRows put two states of a form side by side.
func frameRows(mine, theirs frameForm) []ui.ConflictRow {
	row := func(field, mine, theirs string) ui.ConflictRow {
		return ui.ConflictRow{Field: field, Mine: mine, Theirs: theirs}
	}
	return []ui.ConflictRow{
		row("Erstes Jahr", mine.FirstYear, theirs.FirstYear), row("Zeitraum", mine.Years, theirs.Years),
		row("Zinssatz", mine.Rate, theirs.Rate), row("Quelle des Zinssatzes", mine.RateSource, theirs.RateSource),
		row("Fälle im Jahr", mine.Cases, theirs.Cases), row("Quelle der Fallzahl", mine.CasesSource, theirs.CasesSource),
		row("Kosten je Stunde", mine.Hour, theirs.Hour), row("Quelle der Kosten je Stunde", mine.HourSource, theirs.HourSource),
		row("Preisbindung bis", mine.PriceUntil, theirs.PriceUntil), row("Wer zahlt danach?", mine.PayerAfter, theirs.PayerAfter),
	}
}

func optionRows(mine, theirs optionForm) []ui.ConflictRow {
	return []ui.ConflictRow{
		{Field: "Minuten je Fall", Mine: mine.Minutes, Theirs: theirs.Minutes},
		{Field: "Quelle der Minuten", Mine: mine.MinutesSource, Theirs: theirs.MinutesSource},
		{Field: "Beträge", Mine: mine.lines(), Theirs: theirs.lines()},
	}
}

func (f optionForm) lines() string {
	lines := make([]string, len(f.Items))
	for i, item := range f.Items {
		lines[i] = item.Label + ", " + economics.Kind(item.Kind).Word() + ", " + economics.Payer(item.Payer).Word() + ": " + item.Amount + " € (" + item.Source + ")"
	}
	return strings.Join(lines, "\n")
}
