package economics

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"rollinportal/internal/fault"
)

// The limits keep slips of the finger out of the record, not real figures.
const (
	MinYears, MaxYears = 3, 7
	MaxRateBP          = 2_000
	MaxCases           = 100_000_000
	MaxHourCents       = 100_000
	MaxMinutes         = 10_000
	MaxCents           = 100_000_000_000
	MaxItems           = 40
	maxText            = 500
)

// Check is a fault that names every field of the frame which does not hold, or nil.
func (f Frame) Check() error {
	var wrong complaints
	wrong.If(f.Years < MinYears || f.Years > MaxYears, "years", "Wählen Sie einen Zeitraum von 3 bis 7 Jahren.")
	wrong.If(f.FirstYear < 2020 || f.FirstYear > 2100, "first_year", "Geben Sie das erste Jahr vierstellig ein, zum Beispiel 2027.")
	wrong.If(f.RateBP < 0 || f.RateBP > MaxRateBP, "rate", "Geben Sie einen Zinssatz von 0 bis 20 Prozent ein, zum Beispiel 2,5.")
	wrong.If(f.Cases < 0 || f.Cases > MaxCases, "cases", "Geben Sie die Fälle je Jahr als Zahl von 0 bis 100 Millionen ein.")
	wrong.If(f.HourCents < 0 || f.HourCents > MaxHourCents, "hour", "Geben Sie die Kosten einer Arbeitsstunde von 0 bis 1.000 Euro ein.")
	wrong.source(f.RateBP > 0, "rate_source", f.RateSource, "Nennen Sie die Quelle des Zinssatzes.")
	wrong.source(f.Cases > 0, "cases_source", f.CasesSource, "Nennen Sie die Quelle der Fallzahl.")
	wrong.source(f.HourCents > 0, "hour_source", f.HourSource, "Nennen Sie die Quelle der Kosten je Stunde.")
	wrong.source(f.PriceUntil != nil, "payer_after", f.PayerAfter, "Schreiben Sie, wer nach dem Ende der Preisbindung zahlt.")
	return wrong.Err()
}

// Check is a fault that names every field of an alternative which does not hold, or nil. Fields of the second amount
// are called "label-2", "amount-2" and so on.
func (o Option) Check() error {
	var wrong complaints
	wrong.If(o.Minutes < 0 || o.Minutes > MaxMinutes, "minutes", "Geben Sie die Minuten je Fall als Zahl von 0 bis 10.000 ein.")
	wrong.source(o.Minutes > 0, "minutes_source", o.MinutesSource, "Nennen Sie die Quelle der Minuten je Fall.")
	wrong.If(len(o.Items) > MaxItems, "label-1", "Fassen Sie Beträge zusammen. Höchstens 40 sind möglich.")
	for i, item := range o.Items {
		item.check(strconv.Itoa(i+1), &wrong)
	}
	return wrong.Err()
}

func (i Item) check(no string, wrong *complaints) {
	wrong.source(true, "label-"+no, i.Label, "Benennen Sie Betrag "+no+", zum Beispiel „Nutzungsentgelt“.")
	wrong.If(!slices.Contains(ItemKinds, i.Kind), "kind-"+no, "Wählen Sie für Betrag "+no+", ob er kostet oder spart.")
	wrong.If(!slices.Contains(Payers, i.Payer), "payer-"+no, "Wählen Sie, wer Betrag "+no+" trägt.")
	wrong.If(i.Cents < 0, "amount-"+no, "Geben Sie Betrag "+no+" ohne Minus ein. Was spart, ist eine Einsparung.")
	wrong.If(i.Cents == 0, "amount-"+no, "Geben Sie für Betrag "+no+" eine Summe über 0 Euro ein, oder entfernen Sie ihn.")
	wrong.If(i.Cents > MaxCents, "amount-"+no, "Prüfen Sie Betrag "+no+": Mehr als 1 Milliarde Euro ist nicht möglich.")
	wrong.source(true, "source-"+no, i.Source, "Nennen Sie die Quelle von Betrag "+no+", zum Beispiel das Angebot mit Datum.")
}

type complaints struct{ fault.Wrong }

// source asks for a text where a figure needs one, and keeps it short.
func (c *complaints) source(needed bool, field, text, ask string) {
	c.If(needed && text == "", field, ask)
	c.If(utf8.RuneCountInString(text) > maxText, field, "Kürzen Sie den Text auf höchstens 500 Zeichen.")
}
